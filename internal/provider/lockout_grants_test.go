package provider

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ownPermissions are what the robot needs, all by one permission set.
var ownPermissions = []string{"AssignPermissionSets", "ManageInternalUsers", "ManageProfilesPermissionsets", "ModifyMetadata", "ViewAllUsers", "ViewRoles", "ViewSetup"}

const robotName = "robot@example.com"

// terraformSet is a permission set with what the robot needs.
func terraformSet(t *testing.T, o *testOrg, name string) (id string) {
	t.Helper()
	values := set(name, nil)
	for _, permission := range ownPermissions {
		values["Permissions"+permission] = true
	}
	return o.insert(t, "PermissionSet", values)
}

// robot is an API-only user without any grant.
func robot(t *testing.T, o *testOrg) (id string) {
	t.Helper()
	id = o.insert(t, "User", person(robotName, o.profile(t, apiOnlyProfiles[0])))
	o.insert(t, "PermissionSetLicenseAssign", map[string]any{"AssigneeId": id, "PermissionSetLicenseId": o.id(t, "PermissionSetLicense", "DeveloperName", integrationLicense)})
	return id
}

// robotWithSet has what it needs by the permission set Terraform.
func robotWithSet(t *testing.T, o *testOrg) {
	t.Helper()
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": robot(t, o), "PermissionSetId": terraformSet(t, o, "Terraform")})
}

// robotWithGroup has it by the group Robots.
func robotWithGroup(t *testing.T, o *testOrg) {
	t.Helper()
	group := o.insert(t, "PermissionSetGroup", map[string]any{"DeveloperName": "Robots", "MasterLabel": "Robots"})
	o.insert(t, "PermissionSetGroupComponent", map[string]any{"PermissionSetGroupId": group, "PermissionSetId": terraformSet(t, o, "Terraform")})
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": robot(t, o), "PermissionSetGroupId": group})
}

// robotWithProfile has it by its profile, which is no API-only one.
func robotWithProfile(t *testing.T, o *testOrg) {
	t.Helper()
	values := map[string]any{"Name": "Robots", "UserLicenseId": o.id(t, "UserLicense", "Name", "Salesforce"), "PermissionsApiEnabled": true}
	for _, permission := range ownPermissions {
		values["Permissions"+permission] = true
	}
	o.insert(t, "User", person(robotName, o.insert(t, "Profile", values)))
}

func asRobot(t *testing.T, o *testOrg) config {
	t.Helper()
	token, err := o.Token(robotName)
	if err != nil {
		t.Fatal(err)
	}
	return config{"instance_url": tfText(o.url), "access_token": tfText(token)}
}

// assignmentOf imports the one assignment of the robot by a column.
func assignmentOf(column string) func(*testing.T, *testOrg) string {
	return func(t *testing.T, o *testOrg) string {
		t.Helper()
		user := o.id(t, "User", "Username", robotName)
		for _, row := range o.Records("PermissionSetAssignment") {
			if row["AssigneeId"] == user && row[column] != nil && o.Record(row["PermissionSetId"].(string))["ProfileId"] == nil {
				return row["Id"].(string)
			}
		}
		t.Fatal("the robot has no such assignment")
		return ""
	}
}

// named imports by a name.
func named(name string) func(*testing.T, *testOrg) string {
	return func(*testing.T, *testOrg) string { return name }
}

func TestLockoutByGrants(t *testing.T) {
	t.Parallel()
	all := append([]string{"ApiEnabled"}, ownPermissions...)
	less := func(names []string, without string) tftypes.Value {
		var rest []string
		for _, name := range names {
			if name != without {
				rest = append(rest, name)
			}
		}
		return tfNames(rest...)
	}
	checkLockouts(t, []lockout{
		{
			name: "permission set", check: ownUserPermissions, prepare: robotWithSet, signIn: asRobot, typeName: "salesforce_permission_set", imported: named("Terraform"),
			after: always(config{"name": tfText("Terraform"), "label": tfText("Terraform"), "user_permissions": less(ownPermissions, "ModifyMetadata")}),
			at:    "user_permissions", says: "the permission set Terraform loses ModifyMetadata",
		},
		{
			name: "permission set within a group", check: ownUserPermissions, prepare: robotWithGroup, signIn: asRobot, typeName: "salesforce_permission_set", imported: named("Terraform"),
			after: always(config{"name": tfText("Terraform"), "label": tfText("Terraform"), "user_permissions": less(ownPermissions, "AssignPermissionSets")}),
			at:    "user_permissions", says: "AssignPermissionSets (to assign permission sets)",
		},
		{
			name: "assignment of a set", check: ownUserPermissions, prepare: robotWithSet, signIn: asRobot, typeName: "salesforce_permission_set_assignment", imported: assignmentOf("PermissionSetId"),
			says: "ManageInternalUsers (to change users)",
		},
		{
			name: "assignment of a group", check: ownUserPermissions, prepare: robotWithGroup, signIn: asRobot, typeName: "salesforce_permission_set_assignment", imported: assignmentOf("PermissionSetGroupId"),
			says: "ManageInternalUsers (to change users)",
		},
		{
			name: "group without its member", check: ownUserPermissions, prepare: robotWithGroup, signIn: asRobot, typeName: "salesforce_permission_set_group", imported: named("Robots"),
			after: always(config{"name": tfText("Robots"), "label": tfText("Robots"), "permission_sets": tfNames()}), at: "permission_sets", says: "the permission set group Robots loses members",
		},
		{
			name: "integration user without its set", check: ownUserPermissions, prepare: robotWithSet, signIn: asRobot, typeName: "salesforce_integration_user", imported: named(robotName),
			after: robotConfig(config{"permission_sets": tfNames()}), at: "permission_sets", says: `it loses "Terraform"`,
		},
		{
			name: "integration user without its group", check: ownUserPermissions, prepare: robotWithGroup, signIn: asRobot, typeName: "salesforce_integration_user", imported: named(robotName),
			after: robotConfig(config{"permission_sets": tfNames(), "permission_set_groups": tfNames()}), at: "permission_set_groups", says: `it loses "Robots"`,
		},
		{
			name: "profile", check: ownUserPermissions, prepare: robotWithProfile, signIn: asRobot, typeName: "salesforce_profile", imported: named("Robots"),
			after: always(config{"name": tfText("Robots"), "user_license": tfText("Salesforce"), "user_permissions": less(all, "ModifyMetadata")}), at: "user_permissions", says: "the profile Robots loses ModifyMetadata",
		},
		{
			name: "muted in a group", check: ownUserPermissions, prepare: robotWithGroup, signIn: asRobot, typeName: "salesforce_permission_set_group", imported: named("Robots"),
			after: func(t *testing.T, o *testOrg) config {
				t.Helper()
				return config{"name": tfText("Robots"), "label": tfText("Robots"), "permission_sets": tfNames("Terraform"), "muted": o.nested(t, "salesforce_permission_set_group", "muted", config{"user_permissions": tfNames("ModifyMetadata")})}
			},
			at: "AttributeName(muted).AttributeName(user_permissions)", says: "mutes permissions",
		},
	})
}

// robotConfig is the robot as a configuration writes it.
func robotConfig(more config) func(*testing.T, *testOrg) config {
	return func(t *testing.T, o *testOrg) config {
		t.Helper()
		user := o.Find("User", "Username", robotName)
		c := config{"username": tfText(robotName), "last_name": tfText(user["LastName"].(string)), "email": tfText(user["Email"].(string))}
		maps.Copy(c, more)
		return c
	}
}

// Of two grants of the same a plan may take one, but not both.
func TestLockoutByTheLastOfTwoGrants(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	robotWithSet(t, o)
	first := assignmentOf("PermissionSetId")(t, o)
	second := o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": o.id(t, "User", "Username", robotName), "PermissionSetId": terraformSet(t, o, "Spare")})
	p := o.speakBy(t, asRobot(t, o))
	for _, step := range []struct {
		id   string
		last bool
	}{{first, false}, {second, true}} {
		i := p.resource("salesforce_permission_set_assignment")
		i.state = p.imported(t, i.typeName, step.id)
		_, diags := i.plan(t, nil)
		if step.last {
			refused(t, diags, "The provider would lock itself out", string(ownUserPermissions))
		} else {
			failed(t, nil, diags)
		}
	}
}
