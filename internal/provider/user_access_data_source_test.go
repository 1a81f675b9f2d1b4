package provider

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// accessOf validates and reads the access of a user through the protocol, in Go's own types.
func (p *protocol) accessOf(t *testing.T, arguments map[string]tftypes.Value) (map[string]any, []*tfprotov6.Diagnostic) {
	t.Helper()
	const typeName = "salesforce_user_access"
	schemas, err := p.server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	failed(t, err, schemas.Diagnostics)
	kind := schemas.DataSourceSchemas[typeName].ValueType()
	given := value(t, kind, maps.Clone(arguments))
	valid, err := p.server.ValidateDataResourceConfig(t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: given})
	if err != nil || hasErrors(valid.Diagnostics) {
		return nil, valid.Diagnostics
	}
	read, err := p.server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: given})
	if err != nil || hasErrors(read.Diagnostics) {
		return nil, read.Diagnostics
	}
	state, err := read.State.Unmarshal(kind)
	if err != nil {
		t.Fatal(err)
	}
	return inGo(t, state).(map[string]any), nil
}

// access is accessOf for what can be read.
func (p *protocol) access(t *testing.T, username string, objects ...string) map[string]any {
	t.Helper()
	arguments := map[string]tftypes.Value{"username": tfText(username)}
	if objects != nil {
		arguments["objects"] = tfNames(objects...)
	}
	got, diags := p.accessOf(t, arguments)
	failed(t, nil, diags)
	return got
}

// inGo is a value as strings, bools, maps and, sorted where the order means nothing, slices of strings.
func inGo(t *testing.T, v tftypes.Value) any {
	t.Helper()
	switch {
	case v.IsNull():
		return nil
	case v.Type().Is(tftypes.String):
		var text string
		failed(t, v.As(&text), nil)
		return text
	case v.Type().Is(tftypes.Bool):
		var flag bool
		failed(t, v.As(&flag), nil)
		return flag
	case v.Type().Is(tftypes.Set{}), v.Type().Is(tftypes.List{}):
		var elements []tftypes.Value
		failed(t, v.As(&elements), nil)
		texts := make([]string, len(elements))
		for i, e := range elements {
			texts[i] = inGo(t, e).(string)
		}
		if v.Type().Is(tftypes.Set{}) {
			slices.Sort(texts)
		}
		return texts
	}
	var members map[string]tftypes.Value
	failed(t, v.As(&members), nil)
	all := map[string]any{}
	for name, member := range members {
		all[name] = inGo(t, member)
	}
	return all
}

const holder = "holder@example.com"

// holds gives a new user of a profile permission sets, some of them through a group, and returns its id.
func (o *testOrg) holder(t *testing.T, profile string, direct, grouped []string) string {
	t.Helper()
	user := o.insert(t, "User", person(holder, o.profile(t, profile)))
	for _, name := range direct {
		o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": user, "PermissionSetId": o.id(t, "PermissionSet", "Name", name)})
	}
	if grouped == nil {
		return user
	}
	group := o.insert(t, "PermissionSetGroup", map[string]any{"DeveloperName": "Team", "MasterLabel": "Team"})
	for _, name := range grouped {
		o.insert(t, "PermissionSetGroupComponent", map[string]any{"PermissionSetGroupId": group, "PermissionSetId": o.id(t, "PermissionSet", "Name", name)})
	}
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": user, "PermissionSetGroupId": group})
	return user
}

// grants makes a permission set with content as metadata has it.
func (o *testOrg) grants(t *testing.T, name string, content map[string]any) {
	t.Helper()
	content["label"] = name
	if err := o.SetComponent("PermissionSet", name, content); err != nil {
		t.Fatal(err)
	}
}

func enabled(names ...string) []any {
	all := make([]any, len(names))
	for i, name := range names {
		all[i] = map[string]any{"enabled": true, "name": name}
	}
	return all
}

func rightsOn(object string, rights ...string) map[string]any {
	content := map[string]any{"object": object}
	for _, r := range objectRights {
		content[r.element] = slices.Contains(rights, r.word)
	}
	return content
}

// nothingGranted are the sections of a grant that grants nothing, and more.
func nothingGranted(more map[string]any) map[string]any {
	all := map[string]any{
		"user_permissions": []string{}, "object_permissions": map[string]any{}, "field_permissions": map[string]any{}, "apex_classes": []string{}, "apex_pages": []string{},
		"custom_permissions": []string{}, "flows": []string{}, "connected_apps": []string{}, "external_client_apps": []string{}, "other_setup_entities": map[string]any{},
		"profile": nil, "permission_set": nil, "permission_set_group": nil, "implied_by": nil, "expiration_date": nil,
	}
	maps.Copy(all, more)
	return all
}

func TestUserAccessDataSource(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.grants(t, "Billing", map[string]any{
		"userPermissions": enabled("ApiEnabled"), "objectPermissions": []any{rightsOn("Account", "read", "edit")}, "customPermissions": enabled("Bypass_Validation"),
		"fieldPermissions": []any{
			map[string]any{"editable": true, "field": "Account.Industry", "readable": true},
			map[string]any{"editable": false, "field": "Account.Phone", "readable": true},
		},
		"classAccesses": []any{map[string]any{"apexClass": "BillingApi", "enabled": true}},
	})
	o.grants(t, "Audit", map[string]any{"userPermissions": enabled("ViewSetup", "ViewRoles"), "objectPermissions": []any{rightsOn("Account", "read", "view_all_records")}})
	user := o.holder(t, "Minimum Access - Salesforce", nil, []string{"Audit"})
	until := time.Date(2041, 5, 6, 7, 8, 9, 0, time.UTC)
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": user, "PermissionSetId": o.id(t, "PermissionSet", "Name", "Billing"), "ExpirationDate": until})

	p := o.speak(t)
	got := p.access(t, "HOLDER@example.com")
	profile := []string{"ActivitiesAccess", "ChatterInternalUser", "LightningConsoleAllowedForUser", "ViewHelpLink"}
	want := map[string]any{
		"id": user, "username": holder, "objects": nil, "is_active": true, "is_frozen": false, "is_api_only": false,
		"profile": "Minimum Access - Salesforce", "user_license": "Salesforce",
		"user_permissions":   slices.Sorted(slices.Values(append([]string{"ApiEnabled", "ViewRoles", "ViewSetup"}, profile...))),
		"object_permissions": map[string]any{"Account": []string{"edit", "read", "view_all_records"}},
		"field_permissions":  map[string]any{"Account.Industry": "edit", "Account.Phone": "read"},
		"apex_classes":       []string{"BillingApi"},
		"custom_permissions": []string{"Bypass_Validation"},
		"apex_pages":         []string{}, "flows": []string{}, "connected_apps": []string{}, "external_client_apps": []string{},
		"other_setup_entities": map[string]any{},
		"inactive_grants":      map[string]any{},
		"privileged":           false, "privileged_reasons": []string{},
		"last_login_time": nil, "last_api_login_time": nil, "unused_unknown_because": nil,
		"unused": map[string]any{
			"ApiEnabled": "no login to the API in the login history", "profile Minimum Access - Salesforce": "no login in the login history",
			"permission set Billing": "no login in the login history", "permission set Audit through permission set group Team": "no login in the login history",
		},
		"grants": map[string]any{
			"profile Minimum Access - Salesforce": nothingGranted(map[string]any{"profile": "Minimum Access - Salesforce", "user_permissions": profile}),
			"permission set Billing": nothingGranted(map[string]any{
				"permission_set": "Billing", "expiration_date": "2041-05-06T07:08:09Z", "user_permissions": []string{"ApiEnabled"}, "apex_classes": []string{"BillingApi"},
				"object_permissions": map[string]any{"Account": []string{"edit", "read"}}, "custom_permissions": []string{"Bypass_Validation"},
				"field_permissions": map[string]any{"Account.Industry": "edit", "Account.Phone": "read"},
			}),
			"permission set Audit through permission set group Team": nothingGranted(map[string]any{
				"permission_set": "Audit", "permission_set_group": "Team", "user_permissions": []string{"ViewRoles", "ViewSetup"},
				"object_permissions": map[string]any{"Account": []string{"read", "view_all_records"}},
			}),
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	byID, diags := p.accessOf(t, map[string]tftypes.Value{"id": tfText(user[:15]), "objects": tfNames("Lead")})
	failed(t, nil, diags)
	if byID["username"] != holder || len(byID["object_permissions"].(map[string]any)) != 0 || len(byID["field_permissions"].(map[string]any)) != 0 || len(byID["apex_classes"].([]string)) != 1 {
		t.Errorf("of the object Lead it tells %v", byID)
	}
}

func TestUserAccessOfPrivilegedUsers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		profile         string
		direct, grouped []string
		reasons         []string
	}{
		"administrator": {"System Administrator", nil, nil, []string{
			"AuthorApex by profile System Administrator", "CustomizeApplication by profile System Administrator", "ModifyAllData by profile System Administrator",
			"ViewAllData by profile System Administrator", "profile System Administrator",
		}},
		"by a permission set": {"Standard User", []string{"Viewer"}, nil, []string{"ViewAllData by permission set Viewer"}},
		"by a group and a permission set": {"Standard User", []string{"Viewer"}, []string{"Viewer", "Nothing"}, []string{
			"ViewAllData by permission set Viewer", "ViewAllData by permission set Viewer through permission set group Team",
		}},
		"not at all": {"Standard User", []string{"Nothing"}, nil, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			for set, permission := range map[string]string{"Viewer": "ViewAllData", "Nothing": "ViewRoles"} {
				o.insert(t, "PermissionSet", map[string]any{"Name": set, "Label": set, "Permissions" + permission: true})
			}
			o.holder(t, c.profile, c.direct, c.grouped)
			got := o.speak(t).access(t, holder, "Lead")
			if diff := cmp.Diff(c.reasons, got["privileged_reasons"]); diff != "" || got["privileged"] != (len(c.reasons) > 0) {
				t.Error(diff, got["privileged"])
			}
		})
	}
}

// What Modify All Data opens stands apart, so that the permission set's own rights are as it lists them.
func TestUserAccessImplied(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.insert(t, "PermissionSet", map[string]any{"Name": "Super", "Label": "Super", "PermissionsModifyAllData": true, "PermissionsViewAllData": true})
	o.holder(t, "Minimum Access - Salesforce", []string{"Super"}, nil)
	got := o.speak(t).access(t, holder, "Lead")
	lead := map[string]any{"Lead": []string{"create", "delete", "edit", "modify_all_records", "read", "view_all_records"}}
	if diff := cmp.Diff(lead, got["object_permissions"]); diff != "" {
		t.Error(diff)
	}
	grants := got["grants"].(map[string]any)
	want := nothingGranted(map[string]any{"permission_set": "Super", "implied_by": "ModifyAllData", "object_permissions": lead})
	if diff := cmp.Diff(want, grants["ModifyAllData of permission set Super"]); diff != "" {
		t.Error(diff)
	}
	if own := grants["permission set Super"].(map[string]any)["object_permissions"].(map[string]any); len(own) > 0 {
		t.Errorf("the set itself lists %v", own)
	}
}

func TestUserAccessOfInactiveGrants(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	user := o.holder(t, "Minimum Access - Salesforce", nil, nil)
	for name, values := range map[string]map[string]any{
		"Over": {"ExpirationDate": time.Date(1999, 5, 6, 7, 8, 9, 0, time.UTC)}, "Revoked": {"IsRevoked": true}, "Session": {}, "Quiet": {},
	} {
		of := map[string]any{"Name": name, "Label": name, "PermissionsViewRoles": true, "HasActivationRequired": name == "Session"}
		values["AssigneeId"], values["PermissionSetId"] = user, o.insert(t, "PermissionSet", of)
		if name != "Quiet" {
			o.insert(t, "PermissionSetAssignment", values)
		}
	}
	group := o.insert(t, "PermissionSetGroup", map[string]any{"DeveloperName": "Team", "MasterLabel": "Team", "HasActivationRequired": true})
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": user, "PermissionSetGroupId": group})
	got := o.speak(t).access(t, holder, "Lead")
	want := map[string]any{
		"permission set Over": "expired at 1999-05-06T07:08:09Z", "permission set Revoked": "revoked by a user access policy",
		"permission set Session":    "takes effect only in sessions that activate it",
		"permission set group Team": "takes effect only in sessions that activate it",
	}
	if diff := cmp.Diff(want, got["inactive_grants"]); diff != "" {
		t.Error(diff)
	}
	if slices.Contains(got["user_permissions"].([]string), "ViewRoles") || len(got["grants"].(map[string]any)) != 1 {
		t.Errorf("what takes no effect is among the grants: %v", got["grants"])
	}
}

func TestUserAccessUnused(t *testing.T) {
	t.Parallel()
	const noAPI, noUI = "no login to the API in the login history", "no login to the user interface in the login history"
	for name, c := range map[string]struct {
		profile string
		types   []string
		want    map[string]any
	}{
		"user interface":       {"Standard User", []string{"Application"}, map[string]any{"ApiEnabled": noAPI}},
		"API":                  {"Standard User", []string{"Other Apex API"}, map[string]any{"SkipIdentityConfirmation": noUI}},
		"both":                 {"Standard User", []string{"Application", "Other Apex API"}, map[string]any{}},
		"an app, by a person":  {"Standard User", []string{"Remote Access 2.0"}, map[string]any{}},
		"an app, by a machine": {apiOnlyProfiles[0], []string{"Remote Access 2.0"}, map[string]any{"SkipIdentityConfirmation": "an API-only user can't log in to the user interface"}},
		"none, but a failed one": {apiOnlyProfiles[0], nil, map[string]any{
			"ApiEnabled": noAPI, "SkipIdentityConfirmation": noUI,
			"profile " + apiOnlyProfiles[0]: "no login in the login history", "permission set Skip": "no login in the login history",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.insert(t, "PermissionSet", map[string]any{"Name": "Skip", "Label": "Skip", "PermissionsSkipIdentityConfirmation": true})
			if err := o.SetSeats(integrationSeat, -1); err != nil {
				t.Fatal(err)
			}
			user := o.holder(t, c.profile, []string{"Skip"}, nil)
			at := time.Date(2026, 4, 5, 6, 7, 8, 0, time.UTC)
			for _, kind := range c.types {
				o.insert(t, "LoginHistory", map[string]any{"UserId": user, "LoginTime": at, "LoginType": kind, "Status": "Success"})
			}
			o.insert(t, "LoginHistory", map[string]any{"UserId": user, "LoginTime": at.Add(time.Hour), "LoginType": "Application", "Status": "Invalid Password"})
			got := o.speak(t).access(t, holder, "Lead")
			if diff := cmp.Diff(c.want, got["unused"]); diff != "" {
				t.Error(diff)
			}
			if last := got["last_login_time"]; c.types != nil && last != "2026-04-05T06:07:08Z" || c.types == nil && last != nil {
				t.Errorf("the last login is at %v", last)
			}
			if got["is_api_only"] != (c.profile == apiOnlyProfiles[0]) {
				t.Errorf("API-only is %v", got["is_api_only"])
			}
		})
	}
}

// Who may not read the login history knows nothing of it, which is not the same as no logins.
func TestUserAccessWithoutLoginHistory(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	user := o.holder(t, "Standard User", nil, nil)
	token, err := o.Token(holder)
	if err != nil {
		t.Fatal(err)
	}
	o.insert(t, "LoginHistory", map[string]any{"UserId": user, "LoginTime": time.Date(2026, 4, 5, 6, 7, 8, 0, time.UTC), "LoginType": "Application", "Status": "Success"})
	p := o.speakBy(t, config{"instance_url": tfText(o.url), "access_token": tfText(token)})
	got := p.access(t, "sam.seller@example.com", "Lead")
	if got["unused"] != nil || got["last_login_time"] != nil || got["unused_unknown_because"] == nil {
		t.Errorf("unused is %v, because %v", got["unused"], got["unused_unknown_because"])
	}
	if own := p.access(t, holder, "Lead"); own["last_login_time"] != "2026-04-05T06:07:08Z" || own["unused_unknown_because"] != nil {
		t.Errorf("of itself the user knows %v, %v", own["last_login_time"], own["unused_unknown_because"])
	}
}

func TestUserAccessErrors(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	for name, c := range map[string]struct {
		arguments map[string]tftypes.Value
		message   string
	}{
		"unknown user":   {map[string]tftypes.Value{"username": tfText("sam.seler@example.com")}, `Did you mean "sam.seller@example.com"`},
		"unknown object": {map[string]tftypes.Value{"username": tfText("sam.seller@example.com"), "objects": tfNames("Acount")}, `no object that takes permissions "Acount". Did you mean "Account"`},
		"no objects":     {map[string]tftypes.Value{"username": tfText("sam.seller@example.com"), "objects": tfNames()}, "at least 1"},
		"no user":        {map[string]tftypes.Value{}, "one) of [id,username]"},
		"not a user":     {map[string]tftypes.Value{"id": tfText("0PS000000000001AAA")}, "starts with 005"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, diags := p.accessOf(t, c.arguments)
			refused(t, diags, c.message)
		})
	}
}

// The main story: a postcondition stops the plan and names the grant to take away.
func TestAccUserAccessDataSource(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.insert(t, "PermissionSet", map[string]any{"Name": "Viewer", "Label": "Viewer", "PermissionsViewAllData": true})
	o.holder(t, "Standard User", nil, []string{"Viewer"})
	o.test(t, nothing, resource.TestStep{
		Config: fmt.Sprintf(`
data "salesforce_user_access" "it" {
  username = %q
  objects  = ["Account"]
  lifecycle {
    postcondition {
      condition     = !contains(self.user_permissions, "ViewAllData")
      error_message = join(", ", [for path, grant in self.grants : path if contains(grant.user_permissions, "ViewAllData")])
    }
  }
}
`, holder),
		ExpectError: regexp.MustCompile(`permission set Viewer through permission set group\s+Team`),
	})
}
