package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// planGrants fills in the licence that every integration user needs, and looks for the sets and licences that are named.
func (r *integrationUserResource) planGrants(ctx context.Context, config, plan, prior *integrationUserModel, creating bool, diags *diag.Diagnostics) {
	switch {
	case config.PermissionSetLicenses.IsNull() && creating:
		plan.PermissionSetLicenses = setOf(ctx, []string{integrationLicense}, diags)
	case config.PermissionSetLicenses.IsNull():
		held := stringsOf(ctx, prior.PermissionSetLicenses, diags)
		if !slices.Contains(held, integrationLicense) {
			held = append(held, integrationLicense)
		}
		plan.PermissionSetLicenses = setOf(ctx, held, diags)
	}
	if config.PermissionSets.IsNull() && !creating {
		plan.PermissionSets = prior.PermissionSets
	}
	if config.PermissionSetGroups.IsNull() && !creating {
		plan.PermissionSetGroups = prior.PermissionSetGroups
	}
	r.planGroups(ctx, plan, prior, diags)
	licences := stringsOf(ctx, plan.PermissionSetLicenses, diags)
	for _, name := range licences {
		if _, err := r.permissionSetLicense(ctx, name); err != nil {
			diags.AddAttributeError(path.Root("permission_set_licenses"), "Unknown permission set licence", upperFirst(err.Error()))
		}
	}
	if !isSet(plan.PermissionSets) || plan.PermissionSets.Equal(prior.PermissionSets) || !isSet(plan.PermissionSetLicenses) {
		return
	}
	for _, name := range stringsOf(ctx, plan.PermissionSets, diags) {
		r.planSet(ctx, name, licences, diags)
	}
}

// planGroups looks for new permission set groups in the org and in the plan.
func (r *integrationUserResource) planGroups(ctx context.Context, plan, prior *integrationUserModel, diags *diag.Diagnostics) {
	if !isSet(plan.PermissionSetGroups) || plan.PermissionSetGroups.Equal(prior.PermissionSetGroups) {
		return
	}
	for _, name := range stringsOf(ctx, plan.PermissionSetGroups, diags) {
		r.groupToAssign(ctx, name, path.Root("permission_set_groups"), diags)
	}
}

// planSet looks for one permission set in the org and in the plan, and checks that an integration user can hold it.
func (r *integrationUserResource) planSet(ctx context.Context, name string, licences []string, diags *diag.Diagnostics) {
	set, err := r.client.PermissionSets.Find(ctx, "Name", name)
	switch {
	case errors.Is(err, sfclient.ErrNotFound) && r.plan.has("PermissionSet", name):
	case errors.Is(err, sfclient.ErrNotFound):
		diags.AddAttributeError(path.Root("permission_sets"), "Unknown permission set", r.unknownSet(ctx, name))
	case err != nil:
		addError(diags, "look up", "permission set", name, err)
	case set.LicenseID != "" && !r.licensed(ctx, set.LicenseID, licences):
		diags.AddAttributeError(path.Root("permission_sets"), "Permission set needs another licence",
			fmt.Sprintf("The permission set %q is tied to a licence that this user does not hold, so Salesforce would refuse the assignment.\n\nUse a permission set without a licence, or add its permission set licence to permission_set_licenses.", name))
	}
}

// licensed tells whether a permission set tied to a licence can be held by an integration user with the given permission set licences.
func (r *integrationUserResource) licensed(ctx context.Context, licenceID string, licences []string) bool {
	for _, name := range licences {
		if l, err := r.permissionSetLicense(ctx, name); err == nil && l.ID == licenceID {
			return true
		}
	}
	seats, err := r.client.UserLicenses.List(ctx)
	return err != nil || slices.ContainsFunc(seats, func(l sfclient.UserLicense) bool { return l.ID == licenceID && l.Name == integrationSeat })
}

// unknownSet explains a permission set that is neither in the org nor in the plan.
func (c *connection) unknownSet(ctx context.Context, name string) string {
	var names []string
	if sets, err := c.client.PermissionSets.List(ctx); err == nil {
		for _, s := range sets {
			names = append(names, s.FullName())
		}
	}
	return unknownName("permission set", name, names) +
		"\n\nIf this configuration creates it, refer to it, so that Terraform creates it first: salesforce_permission_set.<name>.name"
}
