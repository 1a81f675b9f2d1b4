package sfmock

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// customFieldComponent makes a custom field's metadata a column of its object.
type customFieldComponent struct{ plainComponent }

// columnTypes are the column types of custom fields.
var columnTypes = map[string]string{
	"AutoNumber": "string", "Checkbox": "boolean", "Currency": "currency", "Date": "date", "DateTime": "datetime", "Email": "email",
	"Html": "textarea", "LongTextArea": "textarea", "Lookup": "reference", "MasterDetail": "reference", "MultiselectPicklist": "multipicklist",
	"Number": "double", "Percent": "percent", "Phone": "phone", "Picklist": "picklist", "Text": "string", "TextArea": "textarea", "Url": "url",
}

func (p customFieldComponent) write(o *Org, caller *session, fullName string, content element, how verb) (created bool, err *apiError) {
	objectName, name, _ := strings.Cut(fullName, ".")
	ob := o.object(objectName)
	columnType, known := columnTypes[content.value("type")]
	switch {
	case ob == nil:
		return false, errNoReference("fullName", "CustomObject", objectName)
	case !isCustom(name) || !known:
		return false, refuse("INVALID_FIELD", unsureCustomField, "fullName")
	}
	if created, err = p.plainComponent.write(o, caller, fullName, content, how); err != nil {
		return false, err
	}
	length, _ := strconv.Atoi(content.value("length"))
	required := content.flag("required") || content.value("type") == "MasterDetail"
	computed := content.has("formula") || content.value("type") == "AutoNumber"
	f := &field{
		Name: name, Type: columnType, Label: content.value("label"), Length: length, Create: !computed, Update: !computed,
		Required: required, Permissionable: !required, Unique: content.flag("unique"), IDLookup: content.flag("externalId"),
	}
	if target := content.value("referenceTo"); columnType == "reference" && target != "" {
		f.Reference, f.Relationship = []string{target}, strings.TrimSuffix(name, "__c")+"__r"
	}
	o.setColumn(ob, name, f)
	return created, nil
}

func (p customFieldComponent) remove(o *Org, caller *session, fullName string) *apiError {
	if err := p.plainComponent.remove(o, caller, fullName); err != nil {
		return err
	}
	objectName, name, _ := strings.Cut(fullName, ".")
	ob := o.object(objectName)
	for _, row := range o.rows("FieldPermissions") {
		if strings.EqualFold(row.str("Field"), fullName) {
			if err := o.remove(nil, row); err != nil {
				return err
			}
		}
	}
	o.setColumn(ob, name, nil)
	return nil
}

func (customFieldComponent) rename(*Org, *session, string, string) *apiError {
	return refuse("INVALID_OPERATION", unsureNoRename)
}

// setColumn gives an object a column in place of the one of the same name; nil takes that away.
func (o *Org) setColumn(ob *object, name string, column *field) {
	fields, key, old := ob.Fields, strings.ToLower(name), ob.field(name)
	o.reshape()
	o.undo(func() {
		if ob.Fields = fields; old == nil {
			delete(ob.byName, key)
		} else {
			ob.byName[key] = old
		}
	})
	if old != nil {
		ob.Fields = slices.DeleteFunc(slices.Clone(fields), func(f *field) bool { return f == old })
		delete(ob.byName, key)
	}
	if column != nil {
		ob.Fields = append(ob.Fields, column)
		ob.byName[key] = column
	}
	if old != nil {
		for _, rec := range o.tables[strings.ToLower(ob.Name)] {
			o.convert(rec, old, column)
		}
	}
}

// convert moves a value from the column that it was in to the one in its place. What doesn't fit there is lost, as in Salesforce.
func (o *Org) convert(rec *record, from, to *field) {
	was := rec.values
	if was[from.Name] == nil {
		return
	}
	o.undo(func() { o.reindex(rec, rec.values, was); rec.values = was })
	rec.values = maps.Clone(was)
	delete(rec.values, from.Name)
	if to != nil {
		if value, err := o.canonical(to, was[from.Name]); err == nil {
			rec.values[to.Name] = value
		}
	}
	o.reindex(rec, was, rec.values)
}
