package sfmock

import (
	"cmp"
	"strings"
)

// customObjectComponent makes a custom object's metadata an object, and its fields columns. Of a standard object it takes the custom fields.
type customObjectComponent struct{ plainComponent }

func (p customObjectComponent) write(o *Org, caller *session, fullName string, content element, how verb) (created bool, err *apiError) {
	if o.object(fullName) == nil && strings.Contains(fullName, "__") { // custom metadata types and events as well
		if err := o.addCustomObject(fullName, cmp.Or(content.value("label"), spoken(fullName)), nil); err != nil {
			return false, err
		}
	}
	if created, err = p.plainComponent.write(o, caller, fullName, content.without("fields"), how); err != nil {
		return false, err
	}
	for _, entry := range content.all("fields") {
		own := entry.value("fullName")
		if !isCustom(own) {
			continue
		}
		if _, err := customFields.write(o, caller, fullName+"."+own, entry.with(leaf("fullName", fullName+"."+own)), toUpsert); err != nil {
			return false, err
		}
	}
	return created, nil
}

var customFields = customFieldComponent{plainComponent("CustomField")}

func (customObjectComponent) rename(*Org, *session, string, string) *apiError {
	return refuse("INVALID_OPERATION", unsureNoRename)
}

// remove takes the object's records and what was granted on it along.
func (p customObjectComponent) remove(o *Org, caller *session, fullName string) *apiError {
	if err := p.plainComponent.remove(o, caller, fullName); err != nil {
		return err
	}
	ob := o.object(fullName)
	if ob == nil || !strings.Contains(fullName, "__") {
		return nil
	}
	doomed := o.rows(ob.Name)
	for _, objectName := range []string{"ObjectPermissions", "FieldPermissions"} {
		for _, row := range o.rows(objectName) {
			if strings.EqualFold(row.str("SobjectType"), ob.Name) {
				doomed = append(doomed, row)
			}
		}
	}
	if err := o.removeAll(doomed); err != nil {
		return err
	}
	for _, name := range customFields.names(o) {
		if object, _, _ := strings.Cut(name, "."); strings.EqualFold(object, fullName) {
			if err := customFields.plainComponent.remove(o, caller, name); err != nil {
				return err
			}
		}
	}
	o.setObject(ob.Name, nil)
	return nil
}
