package sfmock

import (
	"maps"
	"slices"
)

// saveRows brings the rows of a set into line with what was sent; with replace, what was not sent goes.
func (o *Org) saveRows(set *record, g *grants, replace bool) *apiError {
	for _, objectName := range grantObjects {
		if err := o.saveRowsOf(set, objectName, g.rows[objectName], replace); err != nil {
			return err
		}
	}
	return o.mastersAreReadable(set)
}

func (o *Org) saveRowsOf(set *record, objectName string, wanted map[string]map[string]any, replace bool) *apiError {
	key, open := grantKeys[objectName], maps.Clone(wanted)
	for _, row := range slices.Backward(o.indexed(objectName, "ParentId", set.id)) {
		want, mentioned := wanted[row.str(key)]
		delete(open, row.str(key))
		var err *apiError
		switch {
		case mentioned && want == nil, !mentioned && replace && hasSection(row):
			err = o.remove(nil, row)
		case mentioned && differs(row, want):
			err = o.update(nil, row, want)
		}
		if err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(open)) {
		if want := open[name]; grantsSomething(want) {
			values := maps.Clone(want)
			values["ParentId"], values[key] = set.id, name
			if _, err := o.insert(nil, o.object(objectName), values); err != nil {
				return err
			}
		}
	}
	return nil
}

// hasSection tells whether metadata shows a row, and a write without it therefore means that it should go.
func hasSection(row *record) bool {
	if row.object.Name != "SetupEntityAccess" {
		return true
	}
	for _, d := range doors {
		if d.Object == row.str("SetupEntityType") {
			return true
		}
	}
	return false
}

func differs(row *record, want map[string]any) bool {
	for column, v := range want {
		if row.values[column] != v {
			return true
		}
	}
	return false
}

// grantsSomething tells whether a row is worth having: nil is none, and one with switches needs one that is on.
func grantsSomething(row map[string]any) bool {
	if row == nil {
		return false
	}
	switches := false
	for _, v := range row {
		on, isSwitch := v.(bool)
		if on {
			return true
		}
		switches = switches || isSwitch
	}
	return !switches
}
