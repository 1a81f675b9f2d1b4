package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// ModifyPlan finds at plan time what Salesforce would refuse at apply, and keeps from the plan what only looks like a change.
func (r *permissionSetResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	d := &resp.Diagnostics
	c := changeIn[permissionSetModel](ctx, req, d)
	plan, prior := c.plan, c.prior
	if !c.creating {
		r.plan.tracks(prior.ID.ValueString())
	}
	if c.destroying || d.HasError() {
		return
	}
	adopted := !c.creating && plan.adopt(&prior.permissionContent)
	after, complete := plan.contents()
	before, _ := prior.contents()
	r.askAhead(ctx, after, before)
	r.planName(ctx, &plan, &prior, d)
	if !c.creating && !plan.License.Equal(prior.License) {
		if plan.License.IsUnknown() || !r.sameLicense(ctx, plan.License.ValueString(), prior.License.ValueString(), d) {
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root("license"))
		} else {
			plan.License, adopted = prior.License, true
		}
	}
	if isSet(plan.License) && !plan.License.Equal(prior.License) {
		r.checkLicense(ctx, plan.License.ValueString(), d)
	}
	r.checkContent(ctx, after, before, complete, d)
	if complete {
		r.guard(ctx, &prior, plan.Name.ValueString(), before, after, d)
	}
	if adopted {
		d.Append(resp.Plan.Set(ctx, &plan)...)
	}
}

// adopt takes sections that mean the same as before as they were, and tells whether there were any.
func (c *permissionContent) adopt(prior *permissionContent) (adopted bool) {
	for _, s := range permissionSections {
		value, before := s.value(c), s.value(prior)
		if !isSet(value) || !isSet(before) || value.Equal(before) {
			continue
		}
		written, complete := entriesIn(value)
		held, _ := entriesIn(before)
		if complete && maps.Equal(held.respelled(written, s.canonical), written) {
			s.copy(c, prior)
			adopted = true
		}
	}
	return adopted
}

// planName announces a new name and reports one that is taken by a set that this configuration does not manage.
func (r *permissionSetResource) planName(ctx context.Context, plan, prior *permissionSetModel, diags *diag.Diagnostics) {
	if !isSet(plan.Name) || plan.Name.Equal(prior.Name) {
		return
	}
	name := plan.Name.ValueString()
	r.plan.creates(permissionSetKind, name)
	if prior.ID.IsNull() && r.ofPackage(ctx, "permission set", "salesforce_permission_set", name, diags) {
		return
	}
	switch taken, err := r.client.PermissionSets.Find(ctx, "Name", name); {
	case errors.Is(err, sfclient.ErrNotFound):
	case err != nil:
		addError(diags, "check the name of", "permission set", name, err)
	case !r.plan.tracked(taken.ID): // those of this configuration are about to be renamed or replaced
		addNameTaken(diags, "permission set", "salesforce_permission_set", name, taken.ID)
	}
}

// ofPackage reports a thing to be created that only a package can bring, and tells whether it is one.
func (c *connection) ofPackage(ctx context.Context, noun, typeName, name string, diags *diag.Diagnostics) bool {
	namespace, _, managed := strings.Cut(name, "__")
	if !managed {
		return false
	}
	org, err := c.client.Organization(ctx)
	if err != nil {
		addError(diags, "read", "the organization", "", err)
		return false
	}
	if org.NamespacePrefix == namespace {
		return false
	}
	diags.AddAttributeError(path.Root("name"), upperFirst(noun)+" belongs to a package",
		fmt.Sprintf("Only the package %q can bring a %s of its namespace. Install it, then import that one:\n  %s", namespace, noun, importCommand(typeName, name)))
	return true
}

// askAhead starts the questions that the checks of a change will ask, so that they travel side by side. The client keeps the
// answers; what fails here is asked again by the check, which reports it.
func (c *connection) askAhead(ctx context.Context, after, before contents) {
	grants := false
	for _, check := range nameChecks {
		if addedNames(after[check.attribute], before[check.attribute]) != nil {
			go func() { _, _ = check.names(ctx, c.client) }()
			grants = grants || check.attribute == userPermissionNames.attribute || check.attribute == grantableObjects.attribute
		}
	}
	if grants {
		go func() { _, _ = c.client.PermissionDependencies(ctx) }()
	}
}

func addedNames[V any](after, before map[string]V) []string {
	var added []string
	for name := range after {
		if _, there := before[name]; !there {
			added = append(added, name)
		}
	}
	return added
}

// checkContent looks for names that the org lacks among those that are new, and for permissions without what they depend on. after
// is complete when nothing in it is known only after apply.
func (c *connection) checkContent(ctx context.Context, after, before contents, complete bool, diags *diag.Diagnostics) {
	for _, check := range nameChecks {
		added := addedNames(after[check.attribute], before[check.attribute])
		if added == nil {
			continue
		}
		known, err := check.names(ctx, c.client)
		if err != nil {
			addError(diags, "read", "the names that the org has for", check.attribute, err)
			continue
		}
		if len(known) > 0 { // an org that lists no names leaves the check to Salesforce
			check.report(c.plan, added, known, diags)
		}
	}
	changed := func(attribute string) bool { return !maps.Equal(after[attribute], before[attribute]) }
	if complete && !diags.HasError() && (changed("user_permissions") || changed("object_permissions")) {
		c.checkDependencies(ctx, after, diags)
	}
}
