package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// ModifyPlan finds at plan time what Salesforce would refuse at apply: a taken developer name, a parent that is not there,
// an access to contacts that this org lets nobody set.
func (r *userRoleResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil || req.Plan.Raw.IsNull() {
		return
	}
	c := changeIn[userRoleModel](ctx, req, &resp.Diagnostics)
	plan, prior := c.plan, c.prior
	if resp.Diagnostics.HasError() {
		return
	}
	if c.creating {
		r.planRoleDefaults(ctx, req, &plan, &resp.Diagnostics)
	}
	if isSet(plan.DeveloperName) && !plan.DeveloperName.Equal(prior.DeveloperName) {
		r.planDeveloperName(ctx, plan.DeveloperName.ValueString(), prior.ID.ValueString(), &resp.Diagnostics)
	}
	if parent := plan.ParentRoleID.ValueString(); parent != "" && !recordID.same(parent, prior.ParentRoleID.ValueString()) {
		r.planParent(ctx, parent, &resp.Diagnostics)
	}
	r.planContactAccess(ctx, &plan, &prior, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// planRoleDefaults fills in what a new role gets where the configuration says nothing, so that the plan shows it.
func (r *userRoleResource) planRoleDefaults(ctx context.Context, req resource.ModifyPlanRequest, plan *userRoleModel, diags *diag.Diagnostics) {
	var config userRoleModel
	if diags.Append(req.Config.Get(ctx, &config)...); diags.HasError() {
		return
	}
	if config.DeveloperName.IsNull() && isSet(plan.Name) {
		plan.DeveloperName = types.StringValue(developerName(plan.Name.ValueString()))
	}
	if config.ParentRoleID.IsNull() {
		plan.ParentRoleID = idOrNull("", text{})
	}
	if config.OpportunityAccessForAccountOwner.IsNull() {
		plan.OpportunityAccessForAccountOwner = r.leastOpportunityAccess(ctx, diags)
	}
}

// leastOpportunityAccess is the least access to opportunities that a role may have, which Salesforce requires to be written: the
// org's sharing default.
func (r *userRoleResource) leastOpportunityAccess(ctx context.Context, diags *diag.Diagnostics) types.String {
	orgs, err := sfclient.Query[struct{ DefaultOpportunityAccess string }](ctx, r.client, "read Organization", "SELECT DefaultOpportunityAccess FROM Organization")
	if err != nil || len(orgs) == 0 {
		addError(diags, "read", "the sharing default for opportunities", "", cmp.Or(err, sfclient.ErrNotFound))
		return types.StringUnknown()
	}
	if level := orgs[0].DefaultOpportunityAccess; slices.Contains(accessLevels, level) {
		return types.StringValue(level)
	}
	return types.StringValue(accessLevels[len(accessLevels)-1]) // such as ReadEditTransfer, which is more than any role's
}

// developerName is the API name that Salesforce derives from a label: runs of anything but ASCII letters and digits become one
// underscore, and a letter comes first.
func developerName(label string) string {
	words := strings.FieldsFunc(label, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := strings.Join(words, "_")
	if name == "" || !unicode.IsLetter(rune(name[0])) {
		name = "X" + name
	}
	return strings.TrimRight(name[:min(len(name), 80)], "_")
}

// planDeveloperName reports another role that holds a developer name.
func (r *userRoleResource) planDeveloperName(ctx context.Context, name, ownID string, diags *diag.Diagnostics) {
	role, err := r.client.UserRoles.Find(ctx, "DeveloperName", name)
	switch {
	case errors.Is(err, sfclient.ErrNotFound):
	case err != nil:
		addError(diags, "look up", "role", name, err)
	case role.ID != ownID:
		diags.AddAttributeError(path.Root("developer_name"), "Developer name is taken",
			fmt.Sprintf("The role %q (%s) has the developer name %s.\n\nTo manage that role, import it:\n  terraform import salesforce_user_role.<name> %s\nOr write another developer_name.", role.Name, role.ID, role.DeveloperName, role.ID))
	}
}

// planParent reports a parent that is not there.
func (r *userRoleResource) planParent(ctx context.Context, id string, diags *diag.Diagnostics) {
	_, err := r.client.UserRoles.Get(ctx, id)
	switch {
	case errors.Is(err, sfclient.ErrNotFound):
		diags.AddAttributeError(path.Root("parent_role_id"), "Unknown role", fmt.Sprintf("This org has no role with the id %s that the signed-in user can see.", id))
	case err != nil:
		addError(diags, "look up", "role", id, err)
	}
}

// planContactAccess reports an access to contacts in an org where accounts control it: the description of the object tells.
func (r *userRoleResource) planContactAccess(ctx context.Context, plan, prior *userRoleModel, diags *diag.Diagnostics) {
	access := plan.ContactAccessForAccountOwner
	if !isSet(access) || access.Equal(prior.ContactAccessForAccountOwner) {
		return
	}
	description, err := r.client.Describe(ctx, "UserRole")
	if err != nil {
		addError(diags, "read", "the columns of roles", "", err)
		return
	}
	if column := description.Fields["ContactAccessForAccountOwner"]; !column.Createable && !column.Updateable {
		diags.AddAttributeError(path.Root("contact_access_for_account_owner"), "Access to contacts can't be set in this org",
			"The org's sharing default for contacts is Controlled by Parent (Setup > Sharing Settings), so that whoever may see an account may see its contacts. Leave contact_access_for_account_owner out.")
	}
}
