package sfmock

import (
	"errors"
	"fmt"
	"maps"
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
	prefix := o.freeKeyPrefix()
	switch {
	case o.object(name) != nil:
		return fmt.Errorf("the mock org has an object %q already", name)
	case prefix == "":
		return errors.New("the mock org has no key prefix left for another custom object")
	}
	ob := &object{
		Name: name, Label: spoken(name), Prefix: prefix, Creatable: true, Updatable: true, Deletable: true,
		Fields: []*field{{Name: "Name", Type: "string", Length: 80, Create: true, Update: true, Required: true}},
	}
	for _, column := range columns {
		ob.Fields = append(ob.Fields, &field{Name: column, Type: "string", Label: spoken(column), Length: 255, Create: true, Update: true, Permissionable: true})
	}
	maps.Copy(o.objects, catalog([]*object{ob}))
	o.reshape()
	return nil
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
