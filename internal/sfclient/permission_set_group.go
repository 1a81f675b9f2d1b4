package sfclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Values of PermissionSetGroup.Status. After a change to the group or to one of its members Salesforce recalculates what the group
// grants, and the status goes from Outdated over Updating to one of these.
// Source: Object Reference, PermissionSetGroup.
const (
	GroupUpdated = "Updated"
	GroupFailed  = "Failed"
)

// recalculationPace is how a permission set group is waited for: seconds usually, minutes for a large one.
var recalculationPace = pace{base: time.Second, limit: 15 * time.Second}

// recalculationTexts are from the refusals of a write that has to wait for a permission set group: a change to the group or to a
// member while it is being recalculated, and an assignment before it has been. They come with a code that says nothing, so that only
// the text tells them.
var recalculationTexts = []string{"check back later", `that have the "Updated" status`}

func awaitsRecalculation(message string) bool {
	return slices.ContainsFunc(recalculationTexts, func(text string) bool { return strings.Contains(message, text) })
}

// GroupStatusError is a permission set group that Salesforce has not recalculated: not yet, or not at all.
type GroupStatusError struct{ Name, Status string }

func (e *GroupStatusError) Error() string {
	if e.Status == GroupFailed {
		return fmt.Sprintf("the permission set group %s has the status Failed: Salesforce could not combine what its permission sets grant. Setup > Permission Set Groups > %s says why, and recalculates it", e.Name, e.Name)
	}
	return fmt.Sprintf("the permission set group %s has the status %s: Salesforce is still combining what its permission sets grant", e.Name, e.Status)
}

// WaitForGroup waits until a permission set group has the status Updated, and returns the status last seen, "" if none was. The
// error is a *GroupStatusError when the recalculation failed, or is under way still when the context ends.
func (c *Client) WaitForGroup(ctx context.Context, id string) (status string, err error) {
	underWay := func(err error) bool {
		group, ok := errors.AsType[*GroupStatusError](err)
		return ok && group.Status != GroupFailed
	}
	_, err = retryWhile(ctx, recalculationPace, underWay, func() (struct{}, error) {
		// past the snapshot: the status changes without a write of ours
		rows, err := c.PermissionSetGroups.lookups.of("Id").do(ctx, ID18(id))
		switch {
		case err != nil:
			return struct{}{}, err
		case len(rows) == 0:
			return struct{}{}, &Error{Op: "wait for PermissionSetGroup", Status: http.StatusOK, Code: "NOT_FOUND", Message: "the permission set group " + id + " is gone"}
		}
		if status = rows[0].Status; status != GroupUpdated {
			return struct{}{}, &GroupStatusError{rows[0].FullName(), status}
		}
		return struct{}{}, nil
	})
	return status, err
}

// groupComponent is a row of PermissionSetGroupComponent: a member of a group.
type groupComponent struct {
	ID              string `json:"Id"`
	PermissionSetID string `json:"PermissionSetId"`
}

// mutingPrefix begins the ids of muting permission sets, which are members of groups beside permission sets.
const mutingPrefix = "0QM"

// mutingMembers are the rows by which a group holds muting permission sets.
func (c *Client) mutingMembers(ctx context.Context, groupID string) ([]groupComponent, error) {
	members, err := Query[groupComponent](ctx, c, "read PermissionSetGroupComponent",
		"SELECT Id,PermissionSetId FROM PermissionSetGroupComponent WHERE PermissionSetGroupId = "+Quote(groupID))
	return slices.DeleteFunc(members, func(m groupComponent) bool { return !strings.HasPrefix(m.PermissionSetID, mutingPrefix) }), err
}

// DeletePermissionSetGroup deletes a group with its muting permission set, both or none: neither is of use without the other. A group
// that is gone already counts as deleted.
func (c *Client) DeletePermissionSetGroup(ctx context.Context, id string) error {
	err := c.deleteMuting(ctx, func() (Graph, error) {
		members, err := c.mutingMembers(ctx, id)
		g := Graph{removalOf("group", "PermissionSetGroup", id)}
		for _, m := range members {
			g = append(g, removalOf("muting"+m.PermissionSetID, "MutingPermissionSet", m.PermissionSetID))
		}
		return g, err
	})
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// Unmute takes the muting permission set from a group and deletes it, both or none. A group that has none is left as it is.
func (c *Client) Unmute(ctx context.Context, groupID string) error {
	return c.deleteMuting(ctx, func() (g Graph, err error) {
		members, err := c.mutingMembers(ctx, groupID)
		for _, m := range members {
			g = append(
				g,
				removalOf("member"+m.ID, "PermissionSetGroupComponent", m.ID),
				removalOf("muting"+m.PermissionSetID, "MutingPermissionSet", m.PermissionSetID),
			)
		}
		return g, err
	})
}

func removalOf(reference, object, id string) Node {
	return Node{Reference: reference, Method: http.MethodDelete, Object: object, ID: id}
}

// deleteMuting runs the transaction that is left to do until it is known to be done. Whether an org deletes a muting permission set
// by itself, when its group lets go of it, is not documented: where it does, the set is not deleted again.
func (c *Client) deleteMuting(ctx context.Context, left func() (Graph, error)) error {
	var err error
	for range 3 {
		g, failed := left()
		if failed != nil || len(g) == 0 {
			return failed
		}
		_, err = c.Transact(ctx, g)
		isMuting := func(reference string) bool { return strings.HasPrefix(reference, "muting") }
		if node, ok := errors.AsType[*GraphError](err); ok && isMuting(node.Reference) && errors.Is(err, ErrNotFound) {
			_, err = c.Transact(ctx, slices.DeleteFunc(g, func(n Node) bool { return isMuting(n.Reference) }))
		}
		if !uncertain(err) {
			return err
		}
	}
	return err
}

// FreeMutingName is the name for the muting permission set of a group that has none: the group's name and "_Muting", and a number
// where another group has a muting permission set of that name. A muting permission set of the name that no group has is left over
// from a change that was not finished, and can be written over.
func (c *Client) FreeMutingName(ctx context.Context, group string) (string, error) {
	const most, suffix = 80, "_Muting"
	_, local, managed := strings.Cut(group, "__")
	if !managed {
		local = group
	}
	stem := strings.TrimRight(local[:min(len(local), most-len(suffix)-len("_99"))], "_") + suffix
	name := stem
	for n := 2; ; n++ {
		held, err := c.isHeld(ctx, name)
		if err != nil || !held {
			return name, err
		}
		name = fmt.Sprintf("%s_%d", stem, n)
	}
}

// isHeld tells whether there is a muting permission set of a name in a group.
func (c *Client) isHeld(ctx context.Context, name string) (bool, error) {
	const op = "look for muting permission sets"
	sets, err := Query[groupComponent](ctx, c, op, "SELECT Id FROM MutingPermissionSet WHERE DeveloperName = "+Quote(name))
	if err != nil || len(sets) == 0 {
		return false, err
	}
	members, err := Query[groupComponent](ctx, c, op, "SELECT Id FROM PermissionSetGroupComponent WHERE PermissionSetId = "+Quote(sets[0].ID))
	return len(members) > 0, err
}
