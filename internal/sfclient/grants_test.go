package sfclient

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGrants(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	user := insert(t, o.Org, "User", userValues(o.Org, "grantee@example.com", map[string]any{"IsActive": true}))
	set := func(name, permission string) string {
		return insert(t, o.Org, "PermissionSet", map[string]any{"Name": name, "Label": name, "Permissions" + permission: true})
	}
	direct, member := set("Direct", "ModifyMetadata"), set("Member", "AssignPermissionSets")
	group := insert(t, o.Org, "PermissionSetGroup", map[string]any{"DeveloperName": "Group", "MasterLabel": "Group"})
	insert(t, o.Org, "PermissionSetGroupComponent", map[string]any{"PermissionSetGroupId": group, "PermissionSetId": member})
	insert(t, o.Org, "PermissionSetAssignment", map[string]any{"AssigneeId": user, "PermissionSetId": direct})
	insert(t, o.Org, "PermissionSetAssignment", map[string]any{"AssigneeId": user, "PermissionSetGroupId": group})

	grants, err := c.Grants(t.Context(), user, []string{"ApiEnabled", "AssignPermissionSets", "ModifyMetadata", "NoSuchPermission"})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, g := range grants {
		who := g.SetName + " " + g.GroupName
		if g.ProfileID != "" {
			who = "the profile"
		}
		got[who] = slices.Sorted(maps.Keys(g.Permissions))
	}
	want := map[string][]string{"the profile": {"ApiEnabled"}, "Direct ": {"ModifyMetadata"}, "Member Group": {"AssignPermissionSets"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAdministrators(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	admin := o.Find("User", "Username", o.AdministratorUsername())["Id"].(string)
	got, err := o.connect(t, o.jwt()).Administrators(t.Context())
	if diff := cmp.Diff(map[string]bool{admin: false}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if err := o.Update(o.Find("Profile", "Name", "System Administrator")["Id"].(string), map[string]any{"IsSsoEnabled": true}); err != nil {
		t.Fatal(err)
	}
	if got, err = o.connect(t, o.jwt()).Administrators(t.Context()); !got[admin] || err != nil {
		t.Errorf("bound administrators are %v (%v)", got, err)
	}
}

func TestLastAddress(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.SetSourceIP("192.0.2.7")
	address, ok, err := o.connect(t, o.jwt()).LastAddress(t.Context())
	if address.String() != "192.0.2.7" || !ok || err != nil {
		t.Errorf("%s, %t, %v", address, ok, err)
	}
}
