package provider

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// licenseNames are the names by which each licence is known, by its id.
func (r *permissionSetResource) licenseNames(ctx context.Context) (map[string][]string, error) {
	users, err := r.client.UserLicenses.List(ctx)
	if err != nil {
		return nil, err
	}
	sets, err := r.client.PermissionSetLicenses.List(ctx)
	if err != nil {
		return nil, err
	}
	names := make(map[string][]string, len(users)+len(sets))
	for _, l := range users {
		names[l.ID] = []string{l.Name, l.MasterLabel}
	}
	for _, l := range sets {
		names[l.ID] = []string{l.DeveloperName, l.MasterLabel}
	}
	return names, nil
}

// sameLicense tells whether two texts name one licence.
func (r *permissionSetResource) sameLicense(ctx context.Context, a, b string, diags *diag.Diagnostics) bool {
	if a == b || a == "" || b == "" {
		return a == b
	}
	known, err := r.licenseNames(ctx)
	if err != nil {
		addError(diags, "read", "licences", "", err)
		return true // nothing is to be replaced for want of an answer
	}
	for _, names := range known {
		if slices.Contains(names, a) && slices.Contains(names, b) {
			return true
		}
	}
	return false
}

func (r *permissionSetResource) checkLicense(ctx context.Context, license string, diags *diag.Diagnostics) {
	known, err := r.licenseNames(ctx)
	if err != nil {
		addError(diags, "read", "licences", "", err)
		return
	}
	if names := slices.Concat(slices.Collect(maps.Values(known))...); !slices.Contains(names, license) {
		diags.AddAttributeError(path.Root("license"), "Unknown license", unknownName("user licence or permission set licence", license, names))
	}
}
