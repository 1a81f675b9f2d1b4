package sfmock

import (
	"fmt"
	"strings"
)

// keyAlphabet is what the last two characters of a custom object's key prefix count in, after the "a" of them all.
const keyAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// AddCustomObject gives the org a custom object, such as Shipment__c, with optional text columns, such as Carrier__c. Nobody has
// been granted anything on it. The error says which name is taken or not a custom one.
func (o *Org) AddCustomObject(name string, columns ...string) error {
	for _, named := range append([]string{name}, columns...) {
		if !isCustom(named) {
			return fmt.Errorf("%q is not a custom name: those end in __c", named)
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.object(name) != nil {
		return fmt.Errorf("the mock org has an object %q already", name)
	}
	var fields []*field
	for _, column := range columns {
		fields = append(fields, &field{Name: column, Type: "string", Label: spoken(column), Length: 255, Create: true, Update: true, Permissionable: true})
	}
	if err := o.addCustomObject(name, spoken(name), fields); err != nil {
		return err
	}
	return nil
}

// addCustomObject gives the org an object that it hasn't got.
func (o *Org) addCustomObject(name, label string, fields []*field) *apiError {
	prefix := o.freeKeyPrefix()
	if prefix == "" {
		return refuse("LIMIT_EXCEEDED", "the mock org has no key prefix left for another custom object")
	}
	ob := &object{
		Name: name, Label: label, Prefix: prefix, Creatable: true, Updatable: true, Deletable: true,
		Fields: append([]*field{{Name: "Name", Type: "string", Length: 80, Create: true, Update: true, Required: true}}, fields...),
	}
	o.setObject(name, catalog([]*object{ob})[strings.ToLower(name)])
	return nil
}

// setObject gives the org an object in place of the one of the same name; nil takes that away.
func (o *Org) setObject(name string, ob *object) {
	key := strings.ToLower(name)
	before := o.objects[key]
	o.reshape()
	o.undo(func() {
		if o.objects[key] = before; before == nil {
			delete(o.objects, key)
		}
	})
	if o.objects[key] = ob; ob == nil {
		delete(o.objects, key)
	}
}

// freeKeyPrefix is the first prefix that no object of the org has, "" when all are taken.
func (o *Org) freeKeyPrefix() string {
	taken := map[string]bool{}
	for _, ob := range o.objects {
		taken[ob.Prefix] = true
	}
	for _, second := range keyAlphabet {
		for _, third := range keyAlphabet {
			if prefix := "a" + string(second) + string(third); !taken[prefix] {
				return prefix
			}
		}
	}
	return ""
}

// spoken makes a label of an API name.
func spoken(name string) string { return strings.ReplaceAll(withoutSuffix(name), "_", " ") }
