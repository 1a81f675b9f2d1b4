package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

type userModel struct {
	userCore
	ProfileID       text         `tfsdk:"profile_id"`
	UserRoleID      text         `tfsdk:"user_role_id"`
	ManagerID       text         `tfsdk:"manager_id"`
	EmployeeNumber  types.String `tfsdk:"employee_number"`
	Title           types.String `tfsdk:"title"`
	Department      types.String `tfsdk:"department"`
	Division        types.String `tfsdk:"division"`
	CompanyName     types.String `tfsdk:"company_name"`
	FeatureLicenses types.Set    `tfsdk:"feature_licenses"`
	UserType        types.String `tfsdk:"user_type"`
	userPassword
}

var personColumns = []textColumn[userModel]{
	{"employee_number", "EmployeeNumber", 20, "Employee number.", func(m *userModel) *types.String { return &m.EmployeeNumber }, func(u *sfclient.User) *string { return &u.EmployeeNumber }},
	{"title", "Title", 80, "Job title.", func(m *userModel) *types.String { return &m.Title }, func(u *sfclient.User) *string { return &u.Title }},
	{"department", "Department", 80, "Department.", func(m *userModel) *types.String { return &m.Department }, func(u *sfclient.User) *string { return &u.Department }},
	{"division", "Division", 80, "Division.", func(m *userModel) *types.String { return &m.Division }, func(u *sfclient.User) *string { return &u.Division }},
	{"company_name", "CompanyName", 80, "Company.", func(m *userModel) *types.String { return &m.CompanyName }, func(u *sfclient.User) *string { return &u.CompanyName }},
}

// userReferences are the attributes that hold another record's id.
var userReferences = []struct {
	attribute, column string
	value             func(*userModel) *text
	row               func(*sfclient.User) *string
}{
	{"profile_id", "ProfileId", func(m *userModel) *text { return &m.ProfileID }, func(u *sfclient.User) *string { return &u.ProfileID }},
	{"user_role_id", "UserRoleId", func(m *userModel) *text { return &m.UserRoleID }, func(u *sfclient.User) *string { return &u.UserRoleID }},
	{"manager_id", "ManagerId", func(m *userModel) *text { return &m.ManagerID }, func(u *sfclient.User) *string { return &u.ManagerID }},
}

// values are the columns of User to write; at creation prior is nil.
func (m *userModel) values(ctx context.Context, prior *userModel, diags *diag.Diagnostics) sfclient.Values {
	var core *userCore
	held := []string{}
	if prior != nil {
		core = &prior.userCore
		held = stringsOf(ctx, prior.FeatureLicenses, diags)
	}
	v := m.userCore.values(core)
	write(personColumns, m, prior, v)
	for _, reference := range userReferences {
		value := *reference.value(m)
		if isSet(value) && (prior == nil || !recordID.same(value.ValueString(), reference.value(prior).ValueString())) {
			v[reference.column] = orNull(value.ValueString())
		}
	}
	if isSet(m.FeatureLicenses) {
		wanted := stringsOf(ctx, m.FeatureLicenses, diags)
		for _, name := range slices.Concat(wanted, held) {
			if want := slices.Contains(wanted, name); want != slices.Contains(held, name) {
				v["UserPermissions"+name] = want
			}
		}
	}
	return v
}
