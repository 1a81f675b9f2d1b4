package provider

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// noName is the half of an assignment that it has not: the group where a set is assigned, and the other way round.
var noName = text{basetypes.NewStringNull(), &folded}

// resolve finds the ids of the user and of what it is given, as far as the plan did not know them.
func (r *permissionSetAssignmentResource) resolve(ctx context.Context, m *permissionSetAssignmentModel) error {
	if m.AssigneeID.IsUnknown() {
		user, err := r.client.Users.Find(ctx, "Username", m.Username.ValueString())
		if err != nil {
			return err
		}
		m.AssigneeID = types.StringValue(user.ID)
	}
	switch {
	case !m.PermissionSetID.IsUnknown() && !m.PermissionSetGroupID.IsUnknown():
	case isSet(m.PermissionSet):
		set, err := r.client.PermissionSets.Find(ctx, "Name", m.PermissionSet.ValueString())
		if err != nil {
			return err
		}
		m.PermissionSetID, m.PermissionSetGroupID = types.StringValue(set.ID), types.StringNull()
	default:
		group, err := r.client.PermissionSetGroups.Find(ctx, "DeveloperName", m.PermissionSetGroup.ValueString())
		if err != nil {
			return err
		}
		m.PermissionSetID, m.PermissionSetGroupID = types.StringNull(), types.StringValue(group.ID)
	}
	return nil
}

// assignment finds the row that gives a user something; there is none is an error that is ErrNotFound.
func (r *permissionSetAssignmentResource) assignment(ctx context.Context, userID string, given func(sfclient.Assignment) bool) (sfclient.Assignment, error) {
	rows, err := r.client.Assignments.All(ctx, "AssigneeId", userID)
	if err != nil {
		return sfclient.Assignment{}, err
	}
	if i := slices.IndexFunc(rows, given); i >= 0 {
		return rows[i], nil
	}
	return sfclient.Assignment{}, sfclient.ErrNotFound
}

// named finds an assignment by the user and by the name of a permission set or permission set group.
func (r *permissionSetAssignmentResource) named(ctx context.Context, username, name string) (sfclient.Assignment, error) {
	user, err := r.client.Users.Find(ctx, "Username", username)
	if err != nil {
		return sfclient.Assignment{}, err
	}
	return r.assignment(ctx, user.ID, func(a sfclient.Assignment) bool { return strings.EqualFold(a.Given(), name) })
}
