package sfmock

// impliedID is the id of every row that stands for no record. It begins with 000, which no record's id does (Object Reference,
// ObjectPermissions).
const impliedID = "000000000000000AAA"

// impliedRows are the objects that Modify All Data opens without a record of it: all but those that its permission set has a record
// for. They can be queried, and nothing else.
func impliedRows(o *Org) []*record {
	ob := o.object("ObjectPermissions")
	var rows []*record
	for _, set := range o.rows("PermissionSet") {
		if !set.flag(permissionColumn + "ModifyAllData") {
			continue
		}
		for _, name := range o.grantableObjects() {
			if o.indexed(ob.Name, "ParentId SobjectType", set.id, name) != nil {
				continue
			}
			row := &record{object: ob, id: impliedID, values: map[string]any{"ParentId": set.id, "SobjectType": name}}
			for _, r := range objectRights {
				row.values[r.Column] = r.Element != "viewAllFields" || unsureModifyAllOpensFields
			}
			rows = append(rows, row)
		}
	}
	return rows
}
