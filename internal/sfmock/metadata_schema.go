package sfmock

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// checkContent holds an element against the WSDL of an API version. What it refuses never reaches a component: the whole call faults.
func checkContent(typeName string, e element, version int) *apiError {
	t, ok := sfschema.LookupType(typeName)
	if !ok {
		return checkLeaf(typeName, e)
	}
	sent := map[string]bool{}
	for i, c := range e.children {
		f, known := t.Field(c.name)
		switch {
		case !known:
			return soapFault(clientFault, fmt.Sprintf("Element {%s}%s invalid at this location in type %s", metadataSpace, c.name, t.Name)).at(c)
		case f.Since > version:
			return soapFault(unsureVersionCode, fmt.Sprintf("Property '%s' not valid in version %d.0", c.name, version)).at(c)
		case sent[c.name] && (!f.List || e.children[i-1].name != c.name):
			return soapFault(clientFault, fmt.Sprintf("Element %s is duplicated at this location in type %s", c.name, t.Name)).at(c)
		}
		sent[c.name] = true
		if c.null {
			continue
		}
		if err := checkContent(f.Type, c, version); err != nil {
			return err
		}
	}
	for _, f := range t.Fields {
		if condition := requiredWith[t.Name+"."+f.Name]; condition != "" && !e.flag(condition) {
			continue
		}
		if c := e.child(f.Name); f.Required && (c.null || !isBranch(f.Type) && strings.TrimSpace(c.text) == "") {
			return errRequiredElement(f.Name)
		}
	}
	return nil
}

// requiredWith are elements that the WSDL requires but that are empty as long as a switch beside them is off.
var requiredWith = map[string]string{"IdentityProviderSettings.certificateName": "enableIdentityProvider"}

func isBranch(typeName string) bool {
	_, ok := sfschema.LookupType(typeName)
	return ok || typeName == "anyType"
}

func checkLeaf(typeName string, e element) *apiError {
	text := strings.TrimSpace(e.text)
	if len(e.children) > 0 && typeName != "anyType" {
		return soapFault(clientFault, fmt.Sprintf(unsureChildOfLeaf, e.children[0].name, e.name)).at(e.children[0])
	}
	values, isEnum := sfschema.Enum(typeName)
	valid := true
	switch {
	case text == "":
	case isEnum:
		if !slices.Contains(values, text) {
			return soapFault(clientFault, fmt.Sprintf("'%s' is not a valid value for the enum '%s'", text, typeName)).at(e)
		}
	case typeName == "boolean":
		valid = slices.Contains([]string{"true", "false", "1", "0"}, text)
	case typeName == "int":
		_, err := strconv.ParseInt(text, 10, 32)
		valid = err == nil
	case typeName == "double":
		_, err := strconv.ParseFloat(text, 64)
		valid = err == nil
	}
	if !valid {
		return soapFault(clientFault, fmt.Sprintf(unsureBadValue, text, typeName)).at(e)
	}
	return nil
}

func errRequiredElement(name string) *apiError {
	return soapFault("UNKNOWN_EXCEPTION", "Required field is missing: "+name)
}

// entryKeys name the element that tells the entries of a list in profiles and permission sets apart.
var entryKeys = map[string]string{
	"agentAccesses":                       "agentName",
	"applicationVisibilities":             "application",
	"categoryGroupVisibilities":           "dataCategoryGroup",
	"classAccesses":                       "apexClass",
	"customMetadataTypeAccesses":          "name",
	"customPermissions":                   "name",
	"customSettingAccesses":               "name",
	"emailRoutingAddressAccesses":         "name",
	"externalCredentialPrincipalAccesses": "externalCredentialPrincipal",
	"externalDataSourceAccesses":          "externalDataSource",
	"fieldPermissions":                    "field",
	"flowAccesses":                        "flow",
	"genComputingSummaryDefAccesses":      "configName",
	"objectPermissions":                   "object",
	"pageAccesses":                        "apexPage",
	"recordTypeVisibilities":              "recordType",
	"servicePresenceStatusAccesses":       "servicePresenceStatus",
	"tabSettings":                         "tab",
	"tabVisibilities":                     "tab",
	"userPermissions":                     "name",
}

// checkEntries refuses two entries about the same thing.
func checkEntries(typeName string, e element) *apiError {
	if !slices.Contains([]string{"PermissionSet", "MutingPermissionSet", "Profile"}, typeName) {
		return nil
	}
	seen := map[string]bool{}
	for _, c := range e.children {
		key, keyed := entryKeys[c.name]
		if !keyed {
			continue
		}
		value := c.value(key)
		place := c.name + " " + strings.ToLower(value)
		if seen[place] {
			return refuse(unsureRepeatCode, fmt.Sprintf("Field:%s, value:%s appears more than once", key, value))
		}
		seen[place] = true
	}
	return nil
}

// clearedByEmpty are types where leaving a field out keeps it and only an empty one clears it.
var clearedByEmpty = []string{"ConnectedApp", "ExtlClntAppOauthConfigurablePolicies", "PasswordPolicies", "SessionSettings"}

// tidy is an element as Salesforce saves it: strings trimmed, what is empty left out, booleans spelt out.
func tidy(typeName string, e element) element {
	t, ok := sfschema.LookupType(typeName)
	if !ok {
		e.text = strings.TrimSpace(e.text)
		if typeName == "boolean" && e.text != "" {
			e.text = strconv.FormatBool(isTrue(e.text))
		}
		return e
	}
	e.text = ""
	kept := make([]element, 0, len(e.children))
	for _, c := range e.children {
		f, _ := t.Field(c.name)
		if c = tidy(f.Type, c); !c.null && (c.text != "" || isBranch(f.Type) || slices.Contains(clearedByEmpty, typeName)) {
			kept = append(kept, c)
		}
	}
	e.children = kept
	return e
}

// withDefaults adds the booleans that were not sent, on every level.
func withDefaults(typeName string, e element) element {
	t, ok := sfschema.LookupType(typeName)
	if !ok {
		return e
	}
	children := slices.Clone(e.children)
	for i, c := range children {
		f, _ := t.Field(c.name)
		children[i] = withDefaults(f.Type, c)
	}
	for _, f := range t.Fields {
		if f.Type == "boolean" && !f.List && !e.has(f.Name) {
			children = append(children, flagLeaf(f.Name, false))
		}
	}
	e.children = children
	return e
}

// present is an element as an API version shows it: children in the WSDL's order, lists in none, nothing newer than the version.
func (o *Org) present(typeName string, e element, version int) element {
	t, ok := sfschema.LookupType(typeName)
	if !ok {
		return e
	}
	byName := map[string][]element{}
	for _, c := range e.children {
		byName[c.name] = append(byName[c.name], c)
	}
	e.children = make([]element, 0, len(e.children))
	for _, f := range t.Fields {
		if f.Since > version {
			continue
		}
		entries := byName[f.Name]
		o.random.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
		for _, c := range entries {
			e.children = append(e.children, o.present(f.Type, c, version))
		}
	}
	return e
}
