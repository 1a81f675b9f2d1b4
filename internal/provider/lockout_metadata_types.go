package provider

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// The guards of single types: each says in the guard's terms what a change of a component means.

// userPermissionsIn are the user permissions that a component grants, or mutes; none of one that is not there.
func userPermissionsIn(component *sfclient.Component) []string {
	if component == nil {
		return nil
	}
	var names []string
	for _, entry := range component.List("userPermissions") {
		if strings.EqualFold(entry.Text("enabled"), "true") {
			names = append(names, entry.Text("name"))
		}
	}
	return names
}

// namesOf are the texts of an element that may stand there any number of times; none of a component that is not there.
func namesOf(component *sfclient.Component, element string) []string {
	if component == nil {
		return nil
	}
	return component.Texts(element)
}

func guardSetComponent(ctx context.Context, c *connection, change metadataChange, diags *diag.Diagnostics) {
	id := ""
	if change.before != nil {
		set, err := c.client.PermissionSets.Find(ctx, "Name", change.name)
		if err != nil {
			addBlind(diags, change.at, "which permission set this is", err)
			return
		}
		id = set.ID
	}
	had, has := userPermissionsIn(change.before), userPermissionsIn(change.after)
	c.guardSetPermissions(ctx, id, change.name, had, has, change.at, diags)
	c.guardSetMFA(ctx, id, change.name, had, has, change.at, diags)
}

func guardGroupComponent(ctx context.Context, c *connection, change metadataChange, diags *diag.Diagnostics) {
	if change.before == nil {
		return
	}
	lost := without(namesOf(change.before, "permissionSets"), namesOf(change.after, "permissionSets"))
	var muted []string
	sets, err := sfclient.ReadAllMetadata[sfclient.Component](ctx, c.client, mutingSetKind, without(namesOf(change.after, mutingElement), namesOf(change.before, mutingElement)))
	if err != nil {
		addBlind(diags, change.at, "what the group mutes", err)
	}
	for _, set := range sets {
		muted = append(muted, userPermissionsIn(set)...)
	}
	c.guardGroupNamed(ctx, change, change.name, lost, muted, diags)
}

// guardMutingComponent is for a muting permission set. The groups that it belongs to name it; those of the provider's user matter.
func guardMutingComponent(ctx context.Context, c *connection, change metadataChange, diags *diag.Diagnostics) {
	more := without(userPermissionsIn(change.after), userPermissionsIn(change.before))
	if change.before == nil || ownLoss(more, nil) == nil {
		return
	}
	groups, err := c.ownGroups(ctx)
	if err != nil {
		addBlind(diags, change.at, "which groups mute by this set", err)
		return
	}
	for _, group := range groups {
		if group != nil && slices.ContainsFunc(group.Texts(mutingElement), foldedName(change.name)) {
			c.guardGroupNamed(ctx, change, group.FullName(), nil, more, diags)
		}
	}
}

// ownGroups are the permission set groups of the provider's user.
func (c *connection) ownGroups(ctx context.Context) ([]*sfclient.Component, error) {
	who, err := c.client.WhoAmI(ctx)
	if err != nil {
		return nil, err
	}
	grants, err := c.client.Grants(ctx, who.UserID, nil)
	names := map[string]bool{}
	for _, g := range grants {
		names[g.GroupName] = true
	}
	delete(names, "")
	if err != nil || len(names) == 0 {
		return nil, err
	}
	return sfclient.ReadAllMetadata[sfclient.Component](ctx, c.client, "PermissionSetGroup", slices.Sorted(maps.Keys(names)))
}

func (c *connection) guardGroupNamed(ctx context.Context, change metadataChange, name string, lost, muted []string, diags *diag.Diagnostics) {
	group, err := c.client.PermissionSetGroups.Find(ctx, "DeveloperName", name)
	if err != nil {
		addBlind(diags, change.at, "which permission set group this is", err)
		return
	}
	c.guardGroup(ctx, group.ID, name, lost, muted, change.at, diags)
}

// guardProfileComponent is for a profile, which metadata knows by a name that people may not: Admin is System Administrator.
func guardProfileComponent(ctx context.Context, c *connection, change metadataChange, diags *diag.Diagnostics) {
	had, has := userPermissionsIn(change.before), userPermissionsIn(change.after)
	name, id := change.name, ""
	if change.before != nil {
		profile, err := c.profileKnownAs(ctx, unescaped(change.name))
		if err != nil {
			addBlind(diags, change.at, "which profile this is", err)
			return
		}
		name, id = profile.Name, profile.ID
		c.guardProfilePermissions(ctx, id, name, had, has, change.at, diags)
	}
	if slices.Contains(has, "ApiUserOnly") {
		c.plan.creates(apiOnlyProfile, name)
	}
	if slices.Contains(has, mfaForAPI) && !slices.Contains(had, mfaForAPI) && c.isAPIOnly(ctx, name) {
		c.guardMFAForAPI("The users of the profile "+name+" are API-only", change.at, diags)
	}
	if change.after == nil {
		return
	}
	before := cmp.Or(change.before, &sfclient.Component{})
	if ranges := readLoginRanges(change.after); !maps.Equal(ranges, readLoginRanges(before)) {
		c.guardLoginRanges(ctx, id, name, ranges.addressRanges(), change.at, diags)
	}
	if hours := readHours(change.after); len(hours) > 0 && !maps.Equal(hours, readHours(before)) {
		c.guardLoginHours(ctx, id, func(now time.Time) bool { return opensAt(hours, now) }, change.at, diags)
	}
}

// guardSessionComponent is for the session settings of a profile. A profile that can't be found has nobody to lock out.
func guardSessionComponent(ctx context.Context, c *connection, change metadataChange, diags *diag.Diagnostics) {
	const level = "requiredSessionLevel"
	if change.after == nil || change.before != nil && change.before.Text(level) == change.after.Text(level) {
		return
	}
	name, id := unescaped(change.after.Text("profile")), ""
	switch profile, err := c.profileKnownAs(ctx, name); {
	case err == nil:
		name, id = profile.Name, profile.ID
	case !errors.Is(err, sfclient.ErrNotFound):
		addBlind(diags, change.at, "whose session settings these are", err)
		return
	}
	c.guardSessionLevel(ctx, id, name, change.after.Text(level), change.at, diags)
}

func guardConnectedApp(ctx context.Context, c *connection, change metadataChange, diags *diag.Diagnostics) {
	read := func(component *sfclient.Component) *app {
		if component == nil {
			return nil
		}
		found := foundApp{component: *component}
		values := found.values()
		values["name"], values["consumer_key"] = types.StringValue(change.name), found.consumerKey()
		a := connectedAppOf(values, nil)
		for i, name := range a.sets { // which Salesforce may show by their labels
			if settled, err := c.settledSet(ctx, name); err == nil {
				a.sets[i] = settled
			}
		}
		return a
	}
	c.guardApp(ctx, read(change.before), read(change.after), change.everywhere(), diags)
}

// guardAppPart is for one of the components of an external client app, which together let clients in.
func guardAppPart(ctx context.Context, c *connection, change metadataChange, diags *diag.Diagnostics) {
	name := change.name
	if change.kind != appKind {
		name = cmp.Or(change.before, change.after).Text(appReferenceElement)
	}
	content, err := c.app(ctx, name)
	if err != nil {
		addBlind(diags, change.at, "what else belongs to the app", err)
		return
	}
	var states [2]*app
	for i, part := range []*sfclient.Component{change.before, change.after} {
		whole := maps.Clone(content)
		whole[change.kind] = part
		if whole[appKind] == nil {
			continue
		}
		values, err := c.readApp(ctx, whole, attributes{})
		if err != nil {
			addBlind(diags, change.at, "whom the app lets in", err)
			return
		}
		values["name"] = types.StringValue(name)
		states[i] = externalClientAppOf(values)
	}
	c.guardApp(ctx, states[0], states[1], change.everywhere(), diags)
}
