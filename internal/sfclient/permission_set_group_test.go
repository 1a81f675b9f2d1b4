package sfclient

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// newGroup puts a permission set group into the org, with a member and a muting permission set.
func newGroup(t *testing.T, o *sfmock.Org, name string) (id string) {
	t.Helper()
	id = insert(t, o, "PermissionSetGroup", map[string]any{"DeveloperName": name, "MasterLabel": name})
	for object, column := range map[string]string{"PermissionSet": "Name", "MutingPermissionSet": "DeveloperName"} {
		label := map[string]string{"PermissionSet": "Label", "MutingPermissionSet": "MasterLabel"}[object]
		member := insert(t, o, object, map[string]any{column: name + "_" + object, label: name})
		insert(t, o, "PermissionSetGroupComponent", map[string]any{"PermissionSetGroupId": id, "PermissionSetId": member})
	}
	return id
}

func TestWaitForGroup(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.SetRecalculation(time.Minute)
		id := newGroup(t, o, "Team")
		other := newGroup(t, o, "Crew")
		if row, err := c.PermissionSetGroups.Find(t.Context(), "DeveloperName", "team"); err != nil || row.ID != id || row.Status != "Outdated" {
			t.Errorf("%+v, %v", row, err)
		}
		o.ResetRequests()
		started := time.Now()
		failures := together(2, func(i int) error {
			status, err := c.WaitForGroup(t.Context(), []string{id, other}[i])
			if status != GroupUpdated {
				t.Errorf("the status is %s", status)
			}
			return err
		})
		if err := errors.Join(failures...); err != nil || time.Since(started) < 58*time.Second || time.Since(started) > 2*time.Minute {
			t.Errorf("%v after %s", err, time.Since(started))
		}
		if n := o.Calls()["query"]; n > 60 {
			t.Errorf("%d questions in a minute", n)
		}
	})
}

func TestWaitForGroupInVain(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.SetRecalculation(time.Hour)
		id := newGroup(t, o, "Team")
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		status, err := c.WaitForGroup(ctx, id)
		if group, ok := errors.AsType[*GroupStatusError](err); status != "Outdated" || !ok || group.Name != "Team" || !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "still") {
			t.Errorf("%s, %v", status, err)
		}
		o.Fail(sfmock.Match{Contains: "FROM PermissionSetGroup "}, 1, sfmock.Fault{
			Status: 200, ContentType: "application/json", Body: `{"totalSize":1,"done":true,"records":[{"Id":"` + id + `","DeveloperName":"Team","NamespacePrefix":"acme","Status":"Failed"}]}`,
		})
		status, err = c.WaitForGroup(t.Context(), id)
		if group, ok := errors.AsType[*GroupStatusError](err); status != GroupFailed || !ok || group.Name != "acme__Team" || !strings.Contains(err.Error(), "Setup") {
			t.Errorf("%s, %v", status, err)
		}
		if err := o.Delete(id); err != nil {
			t.Fatal(err)
		}
		if status, err = c.WaitForGroup(t.Context(), id); status != "" || !errors.Is(err, ErrNotFound) {
			t.Errorf("%q, %v", status, err)
		}
	})
}

// TestWritesWaitForTheRecalculation sends to a group, a member, a muting set and an assignee what the org refuses while it recalculates.
func TestWritesWaitForTheRecalculation(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(ctx context.Context, c *Client, group string) error{
		"group": func(ctx context.Context, c *Client, _ string) error {
			group, err := ReadMetadata[Component](ctx, c, "PermissionSetGroup", "Team")
			group.Remove("permissionSets")
			return errors.Join(err, UpdateMetadata(ctx, c, "PermissionSetGroup", "Team", group))
		},
		"member": func(ctx context.Context, c *Client, _ string) error {
			return UpdateMetadata(ctx, c, "PermissionSet", "Team_PermissionSet", PermissionSetComponent{FullName: "Team_PermissionSet", Label: "Member"})
		},
		"muting set": func(ctx context.Context, c *Client, _ string) error {
			return UpdateMetadata(ctx, c, "MutingPermissionSet", "Team_MutingPermissionSet", PermissionSetComponent{FullName: "Team_MutingPermissionSet", Label: "Muted"})
		},
		"assignment": func(ctx context.Context, c *Client, group string) error {
			user, err := c.Users.Find(ctx, "Username", administrator)
			_, refused := c.Assignments.Create(ctx, Values{"AssigneeId": user.ID, "PermissionSetGroupId": group})
			return errors.Join(err, refused)
		},
		"no muting": func(ctx context.Context, c *Client, group string) error { return c.Unmute(ctx, group) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				o.SetRecalculation(time.Minute)
				group := newGroup(t, o, "Team")
				o.Advance(40 * time.Second)
				started := time.Now()
				if err := write(t.Context(), c, group); err != nil || time.Since(started) < 10*time.Second {
					t.Errorf("%v after %s", err, time.Since(started))
				}
			})
		})
	}
}

// TestAnAssignmentOfAGroupIsFound after its answer was lost.
func TestAnAssignmentOfAGroupIsFound(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		group := newGroup(t, o, "Team")
		user := o.Find("User", "Username", administrator)["Id"].(string)
		o.Fail(sfmock.Match{Kind: "collection"}, 1, sfmock.Fault{ResetAfterCommit: true})
		id, err := c.Assignments.Create(t.Context(), Values{"AssigneeId": user, "PermissionSetGroupId": group})
		if err != nil || o.Record(id)["PermissionSetGroupId"] != group {
			t.Errorf("%v, %v", o.Record(id), err)
		}
		calls(t, o, "collection", 1)
		row, err := c.Assignments.Get(t.Context(), id)
		if err != nil || row.GroupID != group || row.Group.FullName() != "Team" {
			t.Errorf("%+v, %v", row, err)
		}
	})
}

func TestNoMutingSetIsLeftBehind(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sfmock.Fault{
		"no fault":           {Delay: time.Millisecond},
		"reset before":       {Reset: true},
		"reset after commit": {ResetAfterCommit: true},
		"deleted by the org": {Status: 200, ContentType: "application/json", Body: `{"graphs":[{"graphId":"0","isSuccessful":false,"graphResponse":{"compositeResponse":[` +
			`{"body":[{"errorCode":"PROCESSING_HALTED","message":"rolled back"}],"httpStatusCode":400,"referenceId":"group"},` +
			`{"body":[{"errorCode":"ENTITY_IS_DELETED","message":"entity is deleted"}],"httpStatusCode":404,"referenceId":"muting0QM"}]}}]}`},
	} {
		for operation, do := range map[string]func(*Client, context.Context, string) error{"delete": (*Client).DeletePermissionSetGroup, "unmute": (*Client).Unmute} {
			t.Run(name+" of "+operation, func(t *testing.T) {
				t.Parallel()
				bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
					t.Helper()
					group := newGroup(t, o, "Team")
					o.Fail(sfmock.Match{Kind: "graph"}, 1, fault)
					if err := do(c, t.Context(), group); err != nil {
						t.Fatal(err)
					}
					members := 0
					for _, member := range o.Records("PermissionSetGroupComponent") {
						if strings.HasPrefix(member["PermissionSetId"].(string), mutingPrefix) || operation == "delete" {
							members++
						}
					}
					if mutings := o.Records("MutingPermissionSet"); members > 0 || len(mutings) > 0 && name != "deleted by the org" {
						t.Errorf("%d members and %v are left", members, mutings)
					}
					if gone := o.Record(group) == nil; gone != (operation == "delete") {
						t.Errorf("the group is gone: %v", gone)
					}
					if err := do(c, t.Context(), group); err != nil {
						t.Errorf("again: %v", err)
					}
				})
			})
		}
	}
}

// TestAGroupInUseKeepsItsMutingSet: what is muted would be granted otherwise.
func TestAGroupInUseKeepsItsMutingSet(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		group := newGroup(t, o, "Team")
		insert(t, o, "PermissionSetAssignment", map[string]any{"AssigneeId": o.Find("User", "Username", administrator)["Id"], "PermissionSetGroupId": group})
		if err := c.DeletePermissionSetGroup(t.Context(), group); err == nil || !strings.Contains(err.Error(), "assigned") {
			t.Error(err)
		}
		if n := len(o.Records("PermissionSetGroupComponent")); n != 2 || len(o.Records("MutingPermissionSet")) != 1 {
			t.Errorf("%d members are left", n)
		}
	})
}

func TestFreeMutingName(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		insert(t, o, "MutingPermissionSet", map[string]any{"DeveloperName": "Left_Muting", "MasterLabel": "Left over"})
		team := newGroup(t, o, "Team")
		for _, name := range []string{"Team_Muting", "Team_Muting_2"} {
			taken := newGroup(t, o, strings.ReplaceAll(name, "_", "x"))
			for _, member := range o.Records("PermissionSetGroupComponent") {
				if id := member["PermissionSetId"].(string); member["PermissionSetGroupId"] == taken && strings.HasPrefix(id, mutingPrefix) {
					if err := o.Update(id, map[string]any{"DeveloperName": name}); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		for group, want := range map[string]string{
			"Team": "Team_Muting_3", "Left": "Left_Muting", "Crew": "Crew_Muting", "acme__Crew": "Crew_Muting",
			strings.Repeat("A", 69) + "_BCDEFGHIJ": strings.Repeat("A", 69) + "_Muting",
		} {
			if name, err := c.FreeMutingName(t.Context(), group); err != nil || name != want {
				t.Errorf("%s, %v, want %s for %s", name, err, want, team)
			}
		}
	})
}

// TestGroupsAreFound by a name with a namespace, and after what metadata wrote.
func TestGroupsAreFound(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		managed := insert(t, o, "PermissionSetGroup", map[string]any{"DeveloperName": "Team", "MasterLabel": "Team", "NamespacePrefix": "acme"})
		find := func(name string) (PermissionSetGroup, error) {
			return c.PermissionSetGroups.Find(t.Context(), "DeveloperName", name)
		}
		if row, err := find("acme__Team"); err != nil || row.ID != managed {
			t.Errorf("%+v, %v", row, err)
		}
		if row, err := find("Team"); !errors.Is(err, ErrNotFound) {
			t.Errorf("%+v, %v", row, err)
		}
		group := NewComponent("Crew")
		for _, label := range []string{"One", "Two"} {
			readAheadNow(t, c.PermissionSetGroups)
			group.Set(label, "label")
			if err := UpsertMetadata(t.Context(), c, "PermissionSetGroup", "Crew", *group); err != nil {
				t.Fatal(err)
			}
			if row, err := find("crew"); err != nil || row.MasterLabel != label {
				t.Errorf("%s: %+v, %v", label, row, err)
			}
			all, err := c.PermissionSetGroups.List(t.Context())
			if err != nil || !slices.ContainsFunc(all, func(g PermissionSetGroup) bool { return g.DeveloperName == "Crew" && g.MasterLabel == label }) {
				t.Errorf("%s: %+v, %v", label, all, err)
			}
		}
	})
}
