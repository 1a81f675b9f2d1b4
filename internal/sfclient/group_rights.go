package sfclient

import "context"

// groupRights is what takes effect of the groups among some grants, by the group's id: what the hidden permission set behind a group
// grants, which Salesforce calculates from the members and what is muted.
func (c *Client) groupRights(ctx context.Context, grants []Grant, held map[string]*heldRights) (map[string]Rights, error) {
	effective, members := map[string]Rights{}, map[string]Rights{}
	for _, g := range grants {
		if g.GroupID == "" || g.Dormancy != "" {
			continue
		}
		if effective[g.GroupID] == nil {
			effective[g.GroupID], members[g.GroupID] = held[g.BackingID].all(), Rights{}
		}
		members[g.GroupID].add(held[g.SetID].all())
	}
	for id := range effective {
		told := effective[id].kinds()
		untold := members[id].where(func(right Right) bool { return right.Kind != UserRight && !told[right.Kind] })
		if len(untold) == 0 {
			continue
		}
		muted, err := c.mutedRights(ctx, id)
		if err != nil {
			return nil, err
		}
		for right := range untold {
			reading := right
			if right.How != "" {
				reading.How = "Read"
			}
			if !muted[right] && !muted[reading] {
				effective[id][right] = true
			}
		}
	}
	return effective, nil
}

// mutedRights are the rights that the muting permission set of a group takes away, but for user permissions. Metadata alone tells
// them. They are asked for where the set behind a group has no rows of a kind although its members do: either all of them are muted,
// or the org does not show what is behind its groups, which Salesforce documents neither way.
func (c *Client) mutedRights(ctx context.Context, groupID string) (Rights, error) {
	members, err := c.mutingMembers(ctx, groupID)
	if err != nil || len(members) == 0 {
		return nil, err
	}
	ids := make([]string, len(members))
	for i, m := range members {
		ids[i] = m.PermissionSetID
	}
	sets, err := queryEach[entity](ctx, c, "read MutingPermissionSet", Select([]string{"DeveloperName", "NamespacePrefix"}, "MutingPermissionSet", nil, In{"Id", ids}))
	if err != nil {
		return nil, err
	}
	muted := Rights{}
	for _, set := range sets {
		component, err := ReadMetadata[PermissionSetComponent](ctx, c, "MutingPermissionSet", set.fullName())
		if err != nil {
			return nil, err
		}
		muted.add(component.rights())
	}
	return muted, nil
}

// rights is what a component switches on, but for user permissions and tabs.
func (c *PermissionSetComponent) rights() Rights {
	rights := Rights{}
	switchOn := func(kind, name, how string, on bool) {
		if on {
			rights[Right{kind, name, how}] = true
		}
	}
	for _, p := range c.ObjectPermissions {
		switchOn(ObjectRight, p.Object, "Read", p.AllowRead)
		switchOn(ObjectRight, p.Object, "Create", p.AllowCreate)
		switchOn(ObjectRight, p.Object, "Edit", p.AllowEdit)
		switchOn(ObjectRight, p.Object, "Delete", p.AllowDelete)
		switchOn(ObjectRight, p.Object, "ViewAllRecords", p.ViewAllRecords)
		switchOn(ObjectRight, p.Object, "ModifyAllRecords", p.ModifyAllRecords)
		switchOn(ObjectRight, p.Object, "ViewAllFields", p.ViewAllFields)
	}
	for _, p := range c.FieldPermissions {
		switchOn(FieldRight, p.Field, "Read", p.Readable)
		switchOn(FieldRight, p.Field, "Edit", p.Editable)
	}
	for kind, e := range entityNames {
		for _, name := range c.Granted(e.list) {
			switchOn(kind, name, "", true)
		}
	}
	return rights
}
