package provider

import (
	"context"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// flowElement is the switch of the client credentials flow. There are two, in the app and in its policies, and the flow is on when
// both are.
const flowElement = "isClientCredentialsFlowEnabled"

var flowKinds = []string{globalOAuthKind, oauthPoliciesKind}

// readApp is an app as the org has it. What means the same as in prior stays as it is written there.
func (c *connection) readApp(ctx context.Context, content appContent, prior attributes) (attributes, error) {
	app := attributes{}
	for _, part := range appParts {
		for _, f := range part.fields {
			app[f.key()] = f.read(content[part.kind], prior[f.key()])
		}
	}
	for _, kind := range flowKinds {
		if component := content[kind]; component == nil || component.Text(flowElement) != "true" {
			before, _ := prior[runAsKey].(types.String)
			app[runAsKey] = textOrNull("", before)
		}
	}
	return app, c.settleNames(ctx, app, prior)
}

// condition is a field without which others mean nothing.
type condition struct {
	key        string
	preset     string   // what Salesforce gives the field at first
	values     []string // with which the others mean something
	dependents []string
}

var appConditions = []condition{
	{permittedUsersKey, "AllSelfAuthorized", []string{preAuthorized}, []string{permissionSetsKey, profilesKey}},
	{refreshPolicyKey, "SpecificLifetime", []string{"SpecificLifetime", "SpecificInactivity"}, []string{refreshPeriodKey, refreshUnitKey}},
}

// write puts what the configuration writes into a part, and tells whether that changes it. What else the part holds stays, but for what means
// nothing any longer.
func (p *appPart) write(component *sfclient.Component, wanted, config attributes) (changed bool) {
	for _, f := range p.fields {
		value := wanted[f.key()]
		if !config.writes(f.key()) || f.same(value, f.read(component, value)) {
			continue
		}
		f.write(component, value)
		changed = true
		for _, c := range appConditions {
			if c.key == f.key() && !slices.Contains(c.values, textOf(value)) {
				p.clear(component, c.dependents)
			}
		}
	}
	if slices.Contains(flowKinds, p.kind) && config.writes(runAsKey) {
		on := strconv.FormatBool(textOf(wanted[runAsKey]) != "")
		changed = changed || component.Text(flowElement) != on
		component.Set(on, flowElement)
	}
	return changed
}

func (p *appPart) clear(component *sfclient.Component, keys []string) {
	for _, f := range p.fields {
		if slices.Contains(keys, f.key()) {
			component.Remove(f.at()...)
		}
	}
}

// made is a new part with what the configuration writes.
func (p *appPart) made(app string, wanted, config attributes) *sfclient.Component {
	name := app + p.names[0]
	component := sfclient.NewComponent(name)
	if p.kind != appKind {
		component.Set(app, appReferenceElement)
		component.Set(name, "label")
	}
	if p.kind == pluginPoliciesKind {
		component.Set("true", "isEnabled") // which Salesforce wants to be told
	}
	p.write(component, wanted, config)
	return component
}

// holds tells whether an app is as it was sent, which makes it ours.
func (c appContent) holds(wanted, config attributes) bool {
	for _, part := range appParts {
		if component := c[part.kind]; component == nil || part.write(component, wanted, config) {
			return false
		}
	}
	return true
}

// missing tells whether an app has no part of a kind, judging by its attributes.
func (p *appPart) missing(app attributes) bool {
	return !slices.ContainsFunc(p.fields, func(f appField) bool { return app[f.key()] != nil && !same(app[f.key()], types.StringNull()) })
}

// writes tells whether a configuration, which these are the values of, gives an attribute a value.
func (values attributes) writes(key string) bool { return values[key] != nil && !values[key].IsNull() }
