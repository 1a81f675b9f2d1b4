package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// create makes the app with all its parts in one deployment, so that after a failure there is nothing.
func (r *externalClientAppResource) create(ctx context.Context, plan, config attributes, diags *diag.Diagnostics) bool {
	name := plan.name()
	items := make([]sfclient.DeployItem, len(appParts))
	for i, part := range appParts {
		component := part.made(name, plan, config)
		items[i] = sfclient.DeployItem{Type: part.kind, FullName: component.FullName(), Component: component}
	}
	err := r.client.Deploy(ctx, "create external client app "+name, items, sfclient.DeployOptions{})
	if isUncertain(err) {
		return r.adopt(ctx, plan, config, err, diags)
	}
	if err != nil {
		addAppDeployError(diags, name, err)
	}
	return err == nil
}

// lookTime is how long an app may be looked for of which nobody knows whether it was made, when the time for making it is over.
const lookTime = time.Minute

// adopt takes an app that is there after an uncertain creation for ours if it is what was sent.
func (r *externalClientAppResource) adopt(ctx context.Context, plan, config attributes, lost error, diags *diag.Diagnostics) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookTime)
	defer cancel()
	name := plan.name()
	content, err := r.app(ctx, name)
	switch {
	case err != nil || content[appKind] == nil:
		addError(diags, "create", appNoun, name, errors.Join(lost, err))
		return false
	case !content.holds(plan, config):
		diags.AddAttributeError(path.Root("name"), fmt.Sprintf("Unable to create %s %q", appNoun, name),
			explain(lost)+"\n\nAn app of that name is there now, but it is not what was sent, so it may be somebody else's. If it is yours, import it:\n  terraform import "+appType+".<name> "+name)
		return false
	}
	return true
}

// update writes the parts that differ from what the configuration says, each as a whole with what it holds besides.
func (r *externalClientAppResource) update(ctx context.Context, plan, config attributes, diags *diag.Diagnostics) bool {
	name := plan.name()
	content, err := r.app(ctx, name)
	if err == nil && content[appKind] == nil {
		err = fmt.Errorf("%s %s: %w", appKind, name, sfclient.ErrNotFound)
	}
	if err != nil {
		addError(diags, "read", appNoun, name, err)
		return false
	}
	for i := range appParts {
		if err := r.updatePart(ctx, &appParts[i], content, plan, config); err != nil {
			appParts[i].addError(diags, name, err)
			return false
		}
	}
	return true
}

func (r *externalClientAppResource) updatePart(ctx context.Context, part *appPart, content appContent, plan, config attributes) (err error) {
	component := content[part.kind]
	if component == nil { // Salesforce makes policies when OAuth settings are made, which may have been a moment ago
		if component, err = r.appPart(ctx, *part, plan.name()); err != nil {
			return err
		}
	}
	switch {
	case component == nil && slices.ContainsFunc(part.fields, func(f appField) bool { return config.writes(f.key()) }):
		return r.makePart(ctx, part, plan, config)
	case component == nil || !part.write(component, plan, config):
		return nil
	}
	component.Remove("shouldRotateConsumerKey")
	component.Remove("shouldRotateConsumerSecret")
	return sfclient.UpdateMetadata(ctx, r.client, part.kind, component.FullName(), *component)
}

// makePart creates a part that somebody removed, or that the app never had.
func (r *externalClientAppResource) makePart(ctx context.Context, part *appPart, plan, config attributes) error {
	component := part.made(plan.name(), plan, config)
	return sfclient.CreateMetadata(ctx, r.client, part.kind, component.FullName(), *component, func(found sfclient.Component) bool { return !part.write(&found, plan, config) })
}

// finish reads back what Salesforce made of a write, and reports what it did not take.
func (r *externalClientAppResource) finish(ctx context.Context, plan, config attributes, private privateState, severity diag.Severity, diags *diag.Diagnostics) {
	found, err := r.current(ctx, plan.name(), plan)
	if err != nil {
		addUnfinished(diags, "read back", appNoun, plan.name(), err)
		return
	}
	forced := false
	for f := range allAppFields() {
		key := f.key()
		switch value := found[key]; {
		case plan[key].IsUnknown():
			plan[key] = value
		case !config.writes(key) || f.same(plan[key], value):
		case key == pkceKey:
			forced = true
			diags.AddAttributeWarning(pathOf(key), "Salesforce keeps PKCE required",
				"Salesforce took is_pkce_required = false and requires PKCE all the same, as it does in many orgs. JWT bearer and client credentials work without it. Plans don't show the difference; remove the attribute, or write true, to be rid of it.")
		default:
			notTaken := fmt.Sprintf("Salesforce accepted %s without an error, and holds %q all the same. The rest is written. Remove the attribute, or write what Salesforce holds.", f.element, textOf(value))
			if severity == diag.SeverityWarning {
				diags.AddAttributeWarning(pathOf(key), "Salesforce does not take the setting", notTaken)
			} else {
				diags.AddAttributeError(pathOf(key), "Salesforce does not take the setting", notTaken)
			}
		}
	}
	diags.Append(private.SetKey(ctx, forcedPKCE, []byte(strconv.FormatBool(forced)))...)
}

// forcedPKCE is the private state that says that PKCE was written off and stayed on.
const forcedPKCE = "forced_pkce"

// privateState is what only the provider reads of a state.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

func pkceIsForced(ctx context.Context, private privateState, diags *diag.Diagnostics) bool {
	value, more := private.GetKey(ctx, forcedPKCE)
	diags.Append(more...)
	return string(value) == "true"
}

// changesApp tells whether two states differ in what Salesforce knows.
func changesApp(a, b attributes) bool {
	for f := range allAppFields() {
		if !a[f.key()].Equal(b[f.key()]) {
			return true
		}
	}
	return false
}

// addError reports a refused write of a part, on the attribute that Salesforce blames, or on the object around the part's.
func (p *appPart) addError(diags *diag.Diagnostics, name string, err error) {
	summary := fmt.Sprintf("Unable to update %s %q", appNoun, name)
	if refused, ok := errors.AsType[*sfclient.Error](err); ok {
		for _, f := range p.fields {
			if slices.Contains(refused.Fields, f.element) {
				diags.AddAttributeError(pathOf(f.key()), summary, explain(err))
				return
			}
		}
	}
	diags.AddAttributeError(pathOf(p.at), summary, p.kind+": "+explain(err))
}

// addAppDeployError reports what Salesforce has against the parts of a new app.
func addAppDeployError(diags *diag.Diagnostics, name string, err error) {
	failed, judged := errors.AsType[*sfclient.DeployError](err)
	if !judged || len(failed.Failures) == 0 {
		addError(diags, "create", appNoun, name, err)
		return
	}
	for _, failure := range failed.Failures {
		at := path.Root("name")
		for _, part := range appParts {
			if part.kind == failure.Type {
				at = pathOf(part.at)
			}
		}
		diags.AddAttributeError(at, fmt.Sprintf("Unable to create %s %q", appNoun, name), fmt.Sprintf("Salesforce says: %s\n\nNothing was created; Setup > Deployment Status has the deployment %s.", failure, failed.ID))
	}
}
