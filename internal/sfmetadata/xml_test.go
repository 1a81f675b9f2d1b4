package sfmetadata

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func word(text string) Scalar   { return Scalar{Text: text} }
func flag(text string) Scalar   { return Scalar{Text: text, Kind: Flag} }
func number(text string) Scalar { return Scalar{Text: text, Kind: Number} }

const permissionSetFile = `<?xml version="1.0" encoding="UTF-8"?>
<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
    <description>Less &lt; more &amp; &quot;so on&quot;</description>
    <fieldPermissions>
        <editable>false</editable>
        <field>Account.Industry</field>
        <readable>true</readable>
    </fieldPermissions>
    <label>Billing</label>
    <userPermissions>
        <enabled>true</enabled>
        <name>ApiEnabled</name>
    </userPermissions>
    <userPermissions>
        <enabled>true</enabled>
        <name>ViewSetup</name>
    </userPermissions>
</PermissionSet>
`

func permissionSet() Object {
	grant := func(name string) Object { return Object{"enabled": flag("true"), "name": word(name)} }
	return Object{
		"label": word("Billing"), "description": word(`Less < more & "so on"`),
		"fieldPermissions": List{Object{"editable": flag("false"), "field": word("Account.Industry"), "readable": flag("true")}},
		"userPermissions":  List{grant("ApiEnabled"), grant("ViewSetup")},
	}
}

// What the schema calls a list is one, even with one entry; the order of a file is the Metadata API's.
func TestXML(t *testing.T) {
	t.Parallel()
	typeName, content, err := ParseXML(permissionSetFile)
	if err != nil || typeName != "PermissionSet" {
		t.Fatal(typeName, err)
	}
	if diff := cmp.Diff(permissionSet(), content); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(permissionSetFile, XML(typeName, content)); diff != "" {
		t.Error(diff)
	}
}

func TestParseXML(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want Object
	}{
		"numbers, nulls and nothing": {
			`<ProfileSessionSetting xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><sessionTimeout>15</sessionTimeout><profile xsi:nil="true"/><fullName/></ProfileSessionSetting>`,
			Object{"sessionTimeout": number("15"), "fullName": word("")},
		},
		"an empty part":            {`<Profile><loginHours/></Profile>`, Object{"loginHours": Object{}}},
		"space around elements":    {"<Group>\n  <name> Desk </name>\n</Group>", Object{"name": word("Desk")}},
		"comments and CDATA":       {"<Group><!-- x --><name><![CDATA[A & B]]></name></Group>", Object{"name": word("A & B")}},
		"line ends":                {"<Group><name>a&#xD;\nb\r\nc&#xD;d</name></Group>", Object{"name": word("a\nb\nc\rd")}},
		"instructions":             {"<?a b?><Group><?c?><name>a<?d e?>b</name></Group>", Object{"name": word("ab")}},
		"nulls in a list":          {`<Novelty xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><a>1</a><a xsi:nil="1"/><a>2</a><a xsi:nil="true"/></Novelty>`, Object{"a": List{word("1"), word("2")}}},
		"attributes of another":    {`<CustomMetadata><values nil="true"><value type="xsd:boolean">true</value></values></CustomMetadata>`, Object{"values": List{Object{"value": word("true")}}}},
		"no null":                  {`<Group xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><name xsi:nil="false">a</name></Group>`, Object{"name": word("a")}},
		"a type of Salesforce's":   {`<CustomMetadata xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><values><value xsi:type="Picklist">x</value></values></CustomMetadata>`, Object{"values": List{Object{"value": Scalar{"x", Word, "Picklist"}}}}},
		"a byte order mark":        {"\ufeff<Group/>", Object{}},
		"a type nobody knows":      {`<Novelty><one>1</one><many>a</many><many>b</many><deep><x>y</x></deep></Novelty>`, Object{"one": word("1"), "many": List{word("a"), word("b")}, "deep": Object{"x": word("y")}}},
		"a scalar that repeats":    {`<Group><name>a</name><name>b</name></Group>`, Object{"name": List{word("a"), word("b")}}},
		"a value says its type":    {`<CustomMetadata xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><values><field>On__c</field><value xsi:type="xsd:boolean">true</value></values></CustomMetadata>`, Object{"values": List{Object{"field": word("On__c"), "value": Scalar{"true", Flag, "xsd:boolean"}}}}},
		"a type by another prefix": {`<CustomMetadata xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema"><values><value i:type="xs:boolean">true</value></values></CustomMetadata>`, Object{"values": List{Object{"value": Scalar{"true", Flag, "xsd:boolean"}}}}},
		"a strange type is none":   {`<CustomMetadata xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><values><value xsi:type="a&quot;b">x</value></values></CustomMetadata>`, Object{"values": List{Object{"value": word("x")}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			typeName, got, err := ParseXML(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			_, again, err := ParseXML(XML(typeName, got))
			if err != nil || !CompareWritten(typeName, got, again).Same() {
				t.Errorf("%v: it comes back as %v", err, again)
			}
		})
	}
}

// What a text can't be in XML is not written as XML, and switches are written as Salesforce has them.
func TestXMLWritten(t *testing.T) {
	t.Parallel()
	got := XML("RemoteSiteSetting", Object{"description": word("\x01a\uffff\x00"), "isActive": flag(" TRUE"), "url": List{List{word("x")}, Unknown{}}})
	if want := "<description>\ufffda\ufffd\ufffd</description>\n    <isActive>true</isActive>\n</"; !strings.Contains(got, want) {
		t.Errorf("no %q in %q", want, got)
	}
}

// Salesforce's files escape apostrophes, texts are trimmed, and what no type knows is in the order of its name.
func TestXMLTexts(t *testing.T) {
	t.Parallel()
	got := XML("Group", Object{"g": word(" it's \n"), "f": word("\ud7ff\ue000"), "e": word(""), "d": word(""), "c": word(""), "b": word(""), "a": word("")})
	want := "    <a/>\n    <b/>\n    <c/>\n    <d/>\n    <e/>\n    <f>\ud7ff\ue000</f>\n    <g>it&apos;s</g>\n</Group>\n"
	if !strings.HasSuffix(got, want) {
		t.Error(got)
	}
}

// A value of any type says its type in every call, whose inside has neither line breaks nor indents.
func TestInner(t *testing.T) {
	t.Parallel()
	const (
		begin = `<values><value xmlns:xsd="http://www.w3.org/2001/XMLSchema" xsi:type="xsd:`
		end   = `</value></values>`
	)
	for text, value := range map[string]Scalar{
		begin + `string">a` + end:                               word("a"),
		begin + `boolean">true` + end:                           flag("true"),
		begin + `double">1.5` + end:                             number("1.5"),
		begin + `date">2026-01-01` + end:                        {"2026-01-01", Word, "xsd:date"},
		`<values><value xsi:type="Picklist">a</value></values>`: {"a", Word, "Picklist"},
	} {
		content := Object{"values": List{Object{"value": value}}}
		got := string(Inner("CustomMetadata", content))
		if got != text {
			t.Errorf("%+v is written as %s", value, got)
		}
		again, err := ParseInner("CustomMetadata", []byte(got+`<label xsi:nil="true"/>`))
		if err != nil || !CompareWritten("CustomMetadata", content, again).Same() || len(again) != 1 {
			t.Errorf("%s is read as %v (%v)", got, again, err)
		}
	}
	if got, err := ParseInner("CustomMetadata", nil); err != nil || len(got) > 0 {
		t.Errorf("nothing is read as %v (%v)", got, err)
	}
	if got, err := ParseInner("CustomMetadata", []byte("<values>")); err == nil {
		t.Errorf("half of something is read as %v", got)
	}
}

func TestDepth(t *testing.T) {
	t.Parallel()
	for levels, want := range map[int]bool{maxDepth: true, maxDepth + 1: false} {
		_, _, err := ParseXML(strings.Repeat("<a>", levels) + strings.Repeat("</a>", levels))
		if (err == nil) != want {
			t.Errorf("%d levels of XML: %v", levels, err)
		}
		_, err = ParseJSON(strings.Repeat(`{"a":`, levels) + "1" + strings.Repeat("}", levels))
		if (err == nil) != want {
			t.Errorf("%d levels of JSON: %v", levels, err)
		}
	}
}

func TestParseXMLRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                     "0 root elements",
		"label":                                "text outside of elements",
		"<Group>":                              "unexpected EOF",
		"<Group></Profile>":                    "closed by",
		"<Group/><Group/>":                     "2 root elements",
		"<Group>x</Group>":                     "text where elements are expected",
		"<Group><name>a<b/></name></Group>":    "text beside elements",
		`<Group xmlns="http://example.com/"/>`: "of the namespace http://example.com/",
		`<!DOCTYPE Group [<!ENTITY a "b">]><Group><name>&a;</name></Group>`: "document type",
		"<Group><name>&a;</name></Group>":                                   "entity",
		`<?xml version="1.0" encoding="ISO-8859-1"?><Group/>`:               "written in ISO-8859-1",
		"<Group><name>\xff</name></Group>":                                  "invalid UTF-8",
		strings.Repeat("<a>", 200_000):                                      "nest more than 100 deep",
		"<Group>" + strings.Repeat(" ", maxSize) + "</Group>":               "Salesforce takes",
	} {
		if _, got, err := ParseXML(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q is read as %v (%v)", text, got, err)
		}
	}
}

// Names and texts come back as they went, whatever is in them.
func FuzzXML(f *testing.F) {
	f.Add(permissionSetFile)
	f.Add(`<Profile><loginHours/><x y="z">1</x></Profile>`)
	f.Add(`<CustomMetadata xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><values><value xsi:type="xsd:date">2026-01-01</value></values></CustomMetadata>`)
	f.Fuzz(func(t *testing.T, text string) {
		typeName, content, err := ParseXML(text)
		if err != nil {
			return
		}
		Check(typeName, content)
		once := XML(typeName, content)
		again, read, err := ParseXML(once)
		if err != nil || again != typeName {
			t.Fatalf("%q is written as %q, which reads as %q: %v", text, once, again, err)
		}
		if twice := XML(typeName, read); twice != once {
			t.Errorf("%q is written as\n%s\nand then as\n%s", text, once, twice)
		}
	})
}

func FuzzJSON(f *testing.F) {
	f.Add(`{"label": "Billing", "userPermissions": [{"enabled": true, "name": "ApiEnabled"}], "x": 1e3, "y": null}`)
	f.Fuzz(func(t *testing.T, text string) {
		content, err := ParseJSON(text)
		if err != nil {
			return
		}
		Check("PermissionSet", content)
		once := JSON("PermissionSet", content)
		read, err := ParseJSON(once)
		if err != nil {
			t.Fatalf("%q is written as %q: %v", text, once, err)
		}
		if twice := JSON("PermissionSet", read); twice != once {
			t.Errorf("%q is written as\n%s\nand then as\n%s", text, once, twice)
		}
	})
}
