package sfclient

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// accessOrg is an org with a user who has grants of every kind: by the profile, direct, through a group that mutes, and some that take
// no effect.
type accessOrg struct {
	*sfmock.Org
	user string
}

func seedAccess(t *testing.T, o *sfmock.Org) accessOrg {
	t.Helper()
	a := accessOrg{o, insert(t, o, "User", userValues(o, "holder@example.com", map[string]any{"IsActive": true, "ProfileId": o.Find("Profile", "Name", "Minimum Access - Salesforce")["Id"]}))}
	direct := a.set(t, "Direct", "ApiEnabled")
	a.object(t, direct, "Account", "Read", "Edit")
	a.field(t, direct, "Account.Industry", "Read", "Edit")
	a.entity(t, direct, "ApexClass", "Name", "BillingApi")
	a.assign(t, "PermissionSetId", direct, nil)

	one, two := a.set(t, "One", "ViewSetup", "RunReports"), a.set(t, "Two", "ViewRoles")
	a.object(t, one, "Account", "Read", "Edit", "Delete")
	a.field(t, one, "Account.Phone", "Read", "Edit")
	a.object(t, two, "Account", "Read", "Create")
	a.entity(t, two, "CustomPermission", "DeveloperName", "Bypass_Validation")
	group := insert(t, o, "PermissionSetGroup", map[string]any{"DeveloperName": "Team", "MasterLabel": "Team"})
	for _, member := range []string{one, two} {
		insert(t, o, "PermissionSetGroupComponent", map[string]any{"PermissionSetGroupId": group, "PermissionSetId": member})
	}
	a.mute(t, group, map[string]any{
		"userPermissions":  []any{map[string]any{"enabled": true, "name": "RunReports"}},
		"fieldPermissions": []any{map[string]any{"editable": true, "field": "Account.Phone", "readable": false}},
		"objectPermissions": []any{map[string]any{
			"allowCreate": false, "allowDelete": true, "allowEdit": false, "allowRead": false, "modifyAllRecords": false, "object": "Account", "viewAllRecords": false,
		}},
	})
	a.assign(t, "PermissionSetGroupId", group, nil)

	a.assign(t, "PermissionSetId", a.set(t, "Over", "ManageRoles", "ViewRoles", "ViewSetup"), time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC))
	session := a.set(t, "Session", "ViewAllUsers")
	if err := o.Update(session, map[string]any{"HasActivationRequired": true}); err != nil {
		t.Fatal(err)
	}
	a.assign(t, "PermissionSetId", session, nil)
	return a
}

func (a accessOrg) set(t *testing.T, name string, permissions ...string) string {
	t.Helper()
	values := map[string]any{"Name": name, "Label": name}
	for _, p := range permissions {
		values["Permissions"+p] = true
	}
	return insert(t, a.Org, "PermissionSet", values)
}

func (a accessOrg) object(t *testing.T, set, object string, rights ...string) {
	t.Helper()
	values := map[string]any{"ParentId": set, "SobjectType": object}
	for _, r := range rights {
		values["Permissions"+r] = true
	}
	insert(t, a.Org, "ObjectPermissions", values)
}

func (a accessOrg) field(t *testing.T, set, field string, rights ...string) {
	t.Helper()
	values := map[string]any{"ParentId": set, "SobjectType": "Account", "Field": field}
	for _, r := range rights {
		values["Permissions"+r] = true
	}
	insert(t, a.Org, "FieldPermissions", values)
}

func (a accessOrg) entity(t *testing.T, set, object, column, name string) {
	t.Helper()
	insert(t, a.Org, "SetupEntityAccess", map[string]any{"ParentId": set, "SetupEntityId": a.Find(object, column, name)["Id"]})
}

func (a accessOrg) assign(t *testing.T, column, id string, expires any) {
	t.Helper()
	insert(t, a.Org, "PermissionSetAssignment", map[string]any{"AssigneeId": a.user, column: id, "ExpirationDate": expires})
}

func (a accessOrg) mute(t *testing.T, group string, content map[string]any) {
	t.Helper()
	content["label"] = "Quiet"
	if err := a.SetComponent("MutingPermissionSet", "Quiet", content); err != nil {
		t.Fatal(err)
	}
	insert(t, a.Org, "PermissionSetGroupComponent", map[string]any{"PermissionSetGroupId": group, "PermissionSetId": a.Find("MutingPermissionSet", "DeveloperName", "Quiet")["Id"]})
}

// told writes down what each grant gives.
func told(all []Access) map[string][]string {
	got := map[string][]string{}
	for _, a := range all {
		path := a.SetName
		if a.ProfileName != "" {
			path = a.ProfileName
		}
		if a.GroupName != "" {
			path += " in " + a.GroupName
		}
		if a.ByPermission != "" {
			path = a.ByPermission + " of " + path
		}
		if a.Dormancy != "" {
			path += ", " + string(a.Dormancy)
		}
		rights := []string{}
		for r := range a.Rights {
			rights = append(rights, strings.TrimSpace(r.Name+" "+r.How))
		}
		slices.Sort(rights)
		got[path] = rights
	}
	return got
}

var accessTold = map[string][]string{
	"Minimum Access - Salesforce": {"ActivitiesAccess", "ChatterInternalUser", "LightningConsoleAllowedForUser", "ViewHelpLink"},
	"Direct":                      {"Account Edit", "Account Read", "Account.Industry Edit", "Account.Industry Read", "ApiEnabled", "BillingApi"},
	"One in Team":                 {"Account Edit", "Account Read", "Account.Phone Read", "ViewSetup"},
	"Two in Team":                 {"Account Create", "Account Read", "Bypass_Validation", "ViewRoles"},
	"Over, expired":               {},
	"Session, takes effect only in sessions that activate it": {},
}

func TestUserAccess(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	a := seedAccess(t, o.Org)
	all, err := c.UserAccess(t.Context(), a.user, nil)
	if diff := cmp.Diff(accessTold, told(all)); diff != "" || err != nil {
		t.Error(diff, err)
	}
	// a describe, the assignments, the members, four objects that tell of rights and two with the names of setup entities
	if calls := len(o.Requests(sfmock.Match{})); calls != 9 {
		t.Errorf("it took %d calls", calls)
	}
}

// Whether Salesforce shows the rows behind a group is not documented. Where it doesn't, they are those of the members less what
// metadata says is muted.
func TestUserAccessWhereGroupsShowNoRows(t *testing.T) {
	t.Parallel()
	var backing string
	hide := func(r *http.Request, response *http.Response) {
		if !strings.HasSuffix(r.URL.Path, "/query") || !strings.Contains(r.URL.Query().Get("q"), " WHERE ParentId IN ") {
			return
		}
		var answer map[string]any
		if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
			t.Error(err)
		}
		answer["records"] = slices.DeleteFunc(answer["records"].([]any), func(row any) bool { return row.(map[string]any)["ParentId"] == backing })
		body, err := json.Marshal(answer)
		if err != nil {
			t.Error(err)
		}
		response.Body, response.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	bubbleThrough(t, sfmock.Options{}, hide, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		a := seedAccess(t, o)
		backing = o.Find("PermissionSet", "Name", "Team")["Id"].(string)
		all, err := c.UserAccess(t.Context(), a.user, nil)
		if diff := cmp.Diff(accessTold, told(all)); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
}

func TestUserAccessToSomeObjects(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	a := seedAccess(t, o.Org)
	direct := o.Find("PermissionSet", "Name", "Direct")["Id"].(string)
	a.object(t, direct, "Lead", "Read")
	all, err := c.UserAccess(t.Context(), a.user, []string{"Lead", "Case"})
	want := []string{"ApiEnabled", "BillingApi", "Lead Read"}
	if diff := cmp.Diff(want, told(all)["Direct"]); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// What Modify All Data opens has no records, and is told apart from what a permission set lists.
func TestUserAccessByModifyAllData(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	a := seedAccess(t, o.Org)
	if err := o.Update(o.Find("PermissionSet", "Name", "One")["Id"].(string), map[string]any{"PermissionsViewAllData": true, "PermissionsModifyAllData": true}); err != nil {
		t.Fatal(err)
	}
	all, err := c.UserAccess(t.Context(), a.user, []string{"Account", "Lead"})
	if err != nil {
		t.Fatal(err)
	}
	got := told(all)
	want := []string{"Lead Create", "Lead Delete", "Lead Edit", "Lead ModifyAllRecords", "Lead Read", "Lead ViewAllRecords"}
	if diff := cmp.Diff(want, got["ModifyAllData of One in Team"]); diff != "" {
		t.Error(diff)
	}
	if one := got["One in Team"]; !slices.Contains(one, "Account Edit") || slices.Contains(one, "Lead Read") {
		t.Error("the set itself grants", one)
	}
}

// A right of the group that none of its members has is the group's own.
func TestUserAccessOfTheGroupItself(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	a := seedAccess(t, o.Org)
	a.object(t, o.Find("PermissionSet", "Name", "Team")["Id"].(string), "Lead", "Read")
	all, err := c.UserAccess(t.Context(), a.user, nil)
	if diff := cmp.Diff([]string{"Lead Read"}, told(all)[" in Team"]); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// A name that can't be read leaves the id; anything else that goes wrong is an error.
func TestUserAccessWithoutNames(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	a := seedAccess(t, o.Org)
	o.Fail(sfmock.Match{Contains: "FROM ApexClass"}, 1, sfmock.Fault{Code: "INVALID_TYPE", Message: "sObject type 'ApexClass' is not supported."})
	all, err := c.UserAccess(t.Context(), a.user, nil)
	if class := o.Find("ApexClass", "Name", "BillingApi")["Id"].(string); !slices.Contains(told(all)["Direct"], class) || err != nil {
		t.Error(told(all)["Direct"], err)
	}
	for _, object := range []string{"ApexClass", "SetupEntityAccess", "FieldPermissions", "ObjectPermissions", "PermissionSet", "PermissionSetAssignment", "PermissionSetGroupComponent"} {
		o.Heal()
		o.Fail(sfmock.Match{Contains: "FROM " + object + " "}, 1, sfmock.Fault{Code: "MALFORMED_QUERY", Message: "no"})
		if _, err := c.UserAccess(t.Context(), a.user, nil); err == nil {
			t.Errorf("the refusal to read %s is no error", object)
		}
	}
}
