package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// schema is the content of the data file; package internal/sfschema decodes the same shape.
type schema struct {
	Version         int                    `json:"version"`
	Types           map[string]complexType `json:"types"`
	Enums           map[string][]string    `json:"enums"`
	UserPermissions []string               `json:"userPermissions"`
}

// complexType has its fields in one string, because thousands of small JSON objects are slow to decode.
type complexType struct {
	Component bool   `json:"component,omitempty"`
	Fields    string `json:"fields"` // the words of the fields, with a space between two
}

type field struct {
	name     string
	typ      string
	list     bool
	required bool
	since    int
}

// word writes the field as name:type, with the marks [] for a list, ! for a required field and @68 for one that is new
// in v68.
func (f field) word() string {
	word := f.name + ":" + f.typ
	if f.list {
		word += "[]"
	}
	if f.required {
		word += "!"
	}
	if f.since != 0 {
		word += "@" + strconv.Itoa(f.since)
	}
	return word
}

// snapshot is the Metadata API of one API version.
type snapshot struct {
	api   int
	types declarations
}

// root is the type that every component extends.
const root = "Metadata"

// primitives maps what TypeScript tells apart to XML Schema types. It has one number, where double admits every int,
// and one Date for date, dateTime and time. It says unknown where the public WSDL names a type and does not define it.
var primitives = map[string]string{
	"string":  "string",
	"boolean": "boolean",
	"number":  "double",
	"Date":    "dateTime",
	"any":     "anyType",
	"unknown": "anyType",

	// from the table documented
	"base64Binary": "base64Binary",
	"int":          "int",
}

// documented are the XML Schema types that the declarations lose and the Metadata API guide states, by declaring type
// and field.
var documented = map[string]string{
	"MetadataWithContent.content": "base64Binary",

	"Certificate.keySize":                                             "int",
	"ConnectedAppSessionPolicy.sessionTimeout":                        "int",
	"ExtlClntAppOauthConfigurablePolicies.guestJwtTimeout":            "int",
	"ExtlClntAppOauthConfigurablePolicies.namedUserJwtTimeout":        "int",
	"ExtlClntAppOauthConfigurablePolicies.refreshTokenValidityPeriod": "int",
	"ExtlClntAppOauthConfigurablePolicies.sessionTimeoutInMinutes":    "int",
	"ExtlClntAppOauthSettings.assetTokenValidity":                     "int",
	"NamedCredential.jwtValidityPeriodSeconds":                        "int",
	"ProfilePasswordPolicy.lockoutInterval":                           "int",
	"ProfilePasswordPolicy.maxLoginAttempts":                          "int",
	"ProfilePasswordPolicy.minimumPasswordLength":                     "int",
	"ProfilePasswordPolicy.passwordComplexity":                        "int",
	"ProfilePasswordPolicy.passwordExpiration":                        "int",
	"ProfilePasswordPolicy.passwordHistory":                           "int",
	"ProfilePasswordPolicy.passwordQuestion":                          "int",
	"ProfileSessionSetting.sessionTimeout":                            "int",
}

// bases are the types that extend Metadata only to be extended: the declarations do not mark them as abstract.
var bases = []string{"Folder", "MetadataWithContent", "RoleOrTerritory", "SharingBaseRule", "WorkflowAction"}

// build describes the newest snapshot, its fields dated by the older ones. The history runs from old to new.
func build(history []snapshot, tooling declarations) (schema, error) {
	newest := history[len(history)-1]
	if err := newest.types.verifyTables(); err != nil {
		return schema{}, err
	}
	components := newest.types.components()
	built := schema{Version: newest.api, Types: map[string]complexType{}, Enums: map[string][]string{}}
	queue := slices.Clone(components)
	seen := map[string]bool{}
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		d, ok := newest.types[name]
		if !ok {
			return schema{}, fmt.Errorf("type %s is used and not declared", name)
		}
		if d.values != nil {
			built.Enums[name] = d.values
			continue
		}
		var words []string
		for _, m := range newest.types.flatten(name) {
			typ, primitive := newest.types.primitive(m.typ)
			if !primitive {
				queue = append(queue, typ)
			}
			words = append(words, field{
				name: m.name, typ: typ, list: m.list, required: !m.optional && !m.list, since: since(history, name, m.name),
			}.word())
		}
		built.Types[name] = complexType{Component: slices.Contains(components, name), Fields: strings.Join(words, " ")}
	}

	var err error
	built.UserPermissions, err = tooling.userPermissions()
	return built, err
}

// components returns, sorted, the types that can be read and written by themselves.
func (d declarations) components() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(d)), func(name string) bool {
		return name == root || slices.Contains(bases, name) || !d.extends(name, root)
	})
}

func (d declarations) extends(name, ancestor string) bool {
	return name == ancestor || slices.ContainsFunc(d[name].bases, func(base string) bool { return d.extends(base, ancestor) })
}

// flatten returns the inherited members, then the type's own. A member that is declared again keeps its first place.
func (d declarations) flatten(name string) []member {
	var flat []member
	for _, base := range d[name].bases {
		flat = append(flat, d.flatten(base)...)
	}
	for _, m := range d[name].members {
		if typ, ok := documented[name+"."+m.name]; ok {
			m.typ = typ
		}
		if i := slices.IndexFunc(flat, func(inherited member) bool { return inherited.name == m.name }); i >= 0 {
			flat[i] = m
			continue
		}
		flat = append(flat, m)
	}
	return flat
}

// primitive resolves a TypeScript name to an XML Schema type, or says that it names a complex type or an enum. An
// alias of a primitive, such as a string type whose values the WSDL does not list, is that primitive.
func (d declarations) primitive(typ string) (string, bool) {
	if xsd, ok := primitives[typ]; ok {
		return xsd, true
	}
	declared := d[typ]
	if len(declared.bases) == 1 && len(declared.members) == 0 {
		if xsd, ok := primitives[declared.bases[0]]; ok {
			return xsd, true
		}
	}
	return typ, false
}

// since returns the API version of the oldest snapshot with the field, 0 when that is the oldest snapshot of all.
func since(history []snapshot, typ, name string) int {
	first := slices.IndexFunc(history, func(s snapshot) bool {
		return slices.ContainsFunc(s.types.flatten(typ), func(m member) bool { return m.name == name })
	})
	if first <= 0 {
		return 0
	}
	return history[first].api
}

// userPermissions returns the names of the user permissions: the boolean columns Permissions* of PermissionSet.
func (d declarations) userPermissions() ([]string, error) {
	var names []string
	for _, m := range d["PermissionSet"].members {
		if name, ok := strings.CutPrefix(m.name, "Permissions"); ok && m.typ == "boolean" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, errors.New("tooling.d.ts: PermissionSet has no boolean Permissions* column")
	}
	slices.Sort(names)
	return names, nil
}

// verifyTables reports an entry of documented or bases that no longer stands in the declarations.
func (d declarations) verifyTables() error {
	for key := range documented {
		typ, name, _ := strings.Cut(key, ".")
		if !slices.ContainsFunc(d[typ].members, func(m member) bool { return m.name == name }) {
			return fmt.Errorf("the table documented names %s, which the declarations do not have", key)
		}
	}
	for _, name := range bases {
		if !d.extends(name, root) {
			return fmt.Errorf("the table bases names %s, which does not extend %s", name, root)
		}
	}
	return nil
}
