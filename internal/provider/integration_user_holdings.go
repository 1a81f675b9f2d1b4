package provider

import (
	"context"
	"maps"
	"slices"
)

// holdings are the rows by which a user holds permission sets, permission set groups and permission set licences: row id by name.
type holdings struct{ sets, groups, licences map[string]string }

func (c *connection) holdingsOf(ctx context.Context, userID string) (holdings, error) {
	held := holdings{sets: map[string]string{}, groups: map[string]string{}, licences: map[string]string{}}
	assignments, err := c.client.Assignments.All(ctx, "AssigneeId", userID)
	if err != nil {
		return held, err
	}
	for _, a := range assignments {
		if a.GroupID != "" {
			held.groups[a.Given()] = a.ID
		} else {
			held.sets[a.Given()] = a.ID
		}
	}
	licences, err := c.client.LicenseAssignments.All(ctx, "AssigneeId", userID)
	for _, l := range licences {
		held.licences[l.PermissionSetLicense.DeveloperName] = l.ID
	}
	return held, err
}

// updatedGroup is the id of a permission set group, once it can be assigned.
func (r *integrationUserResource) updatedGroup(ctx context.Context, name string) (id string, err error) {
	group, err := r.client.PermissionSetGroups.Find(ctx, "DeveloperName", name)
	if err == nil {
		_, err = r.client.WaitForGroup(ctx, group.ID)
	}
	return group.ID, err
}

// unwanted are the names held that are not among those wanted; none when wanted is nil.
func unwanted(held map[string]string, wanted []string) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(held)) {
		if wanted != nil && !slices.Contains(wanted, name) {
			names = append(names, name)
		}
	}
	return names
}

// missing are the names wanted that are not held.
func missing(held map[string]string, wanted []string) []string {
	var names []string
	for _, name := range slices.Sorted(slices.Values(wanted)) {
		if held[name] == "" {
			names = append(names, name)
		}
	}
	return names
}
