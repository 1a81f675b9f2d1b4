package main

import (
	"reflect"
	"strings"
	"testing"
)

// declared stands for the declarations that the tables documented and bases rely on.
func declared(t *testing.T, source string) declarations {
	t.Helper()
	members := map[string][]string{}
	for key := range documented {
		typ, name, _ := strings.Cut(key, ".")
		members[typ] = append(members[typ], name)
	}
	var tables strings.Builder
	for _, base := range bases {
		members[base] = append(members[base], "unused")
	}
	for typ, names := range members {
		tables.WriteString("export type " + typ + " = Metadata & {\n")
		for _, name := range names {
			tables.WriteString("    " + name + "?: string;\n")
		}
		tables.WriteString("};\n")
	}
	parsed, err := parse("export type Metadata = {\n    fullName?: string;\n};\n" + tables.String() + source)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestBuild(t *testing.T) {
	t.Parallel()
	tooling, err := parse("export type PermissionSet = Metadata & sObject & {\n    Label?: string;\n" +
		"    PermissionsViewSetup?: boolean;\n    PermissionsApiEnabled?: boolean;\n    PermissionsNote?: string;\n};\n")
	if err != nil {
		t.Fatal(err)
	}
	history := []snapshot{
		{api: 1, types: declared(t, "export type Part = {\n    a: string;\n};\n")},
		{api: 2, types: declared(t, "export type Part = {\n    a: string;\n    b?: number;\n};\n")},
		{api: 3, types: declared(t, strings.Join([]string{
			"export type Kind = 'One' | 'Two_2';",
			"export type Free = string;",
			"export type Lost = unknown;",
			"export type Part = {",
			"    a: string;",
			"    b?: number;",
			"    c: Date;",
			"};",
			"export type Same = Part;",
			"export type Thing = MetadataWithContent & {",
			"    free?: Free;",
			"    fullName: string;",
			"    kind: Kind;",
			"    lost: Lost;",
			"    parts: Same[];",
			"};",
			"export type Unused = {",
			"    a: boolean;",
			"};",
			"",
		}, "\n"))},
	}

	got, err := build(history, tooling)
	if err != nil {
		t.Fatal(err)
	}
	wantTypes := map[string]complexType{
		"Thing": {
			Component: true,
			Fields: "fullName:string!@3 content:base64Binary@3 unused:string@3 free:string@3 kind:Kind!@3 lost:anyType!@3 " +
				"parts:Same[]@3",
		},
		"Same": {Fields: "a:string!@3 b:double@3 c:dateTime!@3"},
	}
	for name, want := range wantTypes {
		if got := got.Types[name]; got != want {
			t.Errorf("%s = %+v\nwant %+v", name, got, want)
		}
	}
	for _, name := range []string{"Metadata", "MetadataWithContent", "Part", "Unused"} {
		if _, ok := got.Types[name]; ok {
			t.Errorf("%s is described", name)
		}
	}
	if want := map[string][]string{"Kind": {"One", "Two_2"}}; !reflect.DeepEqual(got.Enums, want) {
		t.Errorf("enums = %q, want %q", got.Enums, want)
	}
	if want := []string{"ApiEnabled", "ViewSetup"}; !reflect.DeepEqual(got.UserPermissions, want) {
		t.Errorf("user permissions = %q, want %q", got.UserPermissions, want)
	}
	if got.Version != 3 {
		t.Errorf("version = %d, want 3", got.Version)
	}
	for name, want := range map[string]int{"a": 0, "b": 2, "c": 3} {
		if got := since(history, "Part", name); got != want {
			t.Errorf("Part.%s is dated %d, want %d", name, got, want)
		}
	}
}

func TestParseRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]string{
		"interface":       "export interface A {\n",
		"generic array":   "export type A = {\n    a: Array<string>;\n};\n",
		"member outside":  "    a: string;\n",
		"not closed":      "export type A = {\n    a: string;\n",
		"nested type":     "export type A = {\nexport type B = string;\n};\n",
		"quoted property": "export type A = {\n    'a-b': string;\n};\n",
	} {
		if parsed, err := parse(source); err == nil {
			t.Errorf("%s: parsed as %+v", name, parsed)
		}
	}
}

func TestBuildReportsStaleTables(t *testing.T) {
	t.Parallel()
	parsed, err := parse("export type Metadata = {\n    fullName?: string;\n};\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := build([]snapshot{{api: 1, types: parsed}}, nil); err == nil {
		t.Error("no error without the types that the tables name")
	}
}
