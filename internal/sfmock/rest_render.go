package sfmock

import (
	"slices"
	"strings"
)

// base is the path that URLs in answers start with.
func (c *call) base() string {
	base := "/services/data/v" + versionNumber(c.version)
	if c.tooling() {
		base += toolingFace
	}
	return base
}

// sobject finds the object that the path names.
func (c *call) sobject() (*object, *apiError) {
	ob := c.org.object(c.request.PathValue("object"))
	if ob == nil || !c.org.mayRead(c.session, ob) || !c.serves(ob) {
		return nil, errResource()
	}
	return ob, nil
}

// rowsFor returns an object's rows as the caller sees them, in an order that changes from call to call.
func (o *Org) rowsFor(caller *session, ob *object) []*record {
	if ob.Rows != nil {
		return ob.Rows(o, caller)
	}
	rows := o.rows(ob.Name)
	if ob.Implied != nil && caller != nil {
		rows = append(rows, ob.Implied(o)...)
	}
	if ob.Name == "Profile" && o.filtersProfiles(caller) {
		rows = slices.DeleteFunc(rows, func(profile *record) bool { return profile.id != caller.user.str("ProfileId") })
	}
	if o.seesOnlyOwn(caller, ob) {
		rows = slices.DeleteFunc(rows, func(rec *record) bool { return rec.str("UserId") != caller.user.id })
	}
	return rows
}

// sees tells whether a column exists for the caller, on this face of the API.
func (c *call) sees(f *field) bool {
	return c.org.visible(c.session, f) && (c.tooling() || !f.ToolingOnly)
}

// columns are the object's fields that exist for the caller.
func (c *call) columns(ob *object) []*field {
	return slices.DeleteFunc(slices.Clone(ob.Fields), func(f *field) bool { return !c.sees(f) })
}

// column is a field by name if it exists for the caller.
func (c *call) column(ob *object, name string) (*field, *apiError) {
	f := ob.field(strings.TrimSpace(name))
	if f == nil || !c.sees(f) {
		return nil, errNoColumn(ob.Name, name)
	}
	return f, nil
}

// columnsNamed are the fields of a list of names; Id comes along always, as in Salesforce's answers.
func (c *call) columnsNamed(ob *object, names []string) ([]*field, *apiError) {
	var fields []*field
	for _, name := range names {
		f, err := c.column(ob, name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	if id := ob.field("Id"); !slices.Contains(fields, id) {
		fields = append(fields, id)
	}
	return fields, nil
}

// render is a record as the data API shows it.
func (c *call) render(rec *record, fields []*field) document {
	shown := document{{"attributes", c.attributes(rec)}}
	for _, f := range fields {
		shown = append(shown, member{f.Name, jsonValue(c.org.get(rec, f))})
	}
	return shown
}

func (c *call) attributes(rec *record) document {
	return document{{"type", rec.object.Name}, {"url", c.recordURL(rec)}}
}

func (c *call) recordURL(rec *record) string {
	return c.base() + "/sobjects/" + rec.object.Name + "/" + rec.id
}
