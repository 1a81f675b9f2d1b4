package provider

import (
	"maps"
	"slices"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

const (
	connectedAppType    = "salesforce_connected_app"
	connectedAppAddress = "salesforce_connected_app.export"
	exportApp           = "Nightly_Export" // that the seed has
)

// appElementsLeftOut are elements that no attribute stands for. A write carries them along as they are.
var appElementsLeftOut = map[string]string{
	"ConnectedApp.canvas":                                  "an older form of canvasConfig",
	"ConnectedAppOauthConfig.consumerKey":                  "consumer_key beside the other computed attributes; Salesforce takes none for an app that is there",
	"ConnectedAppOauthConfig.consumerSecret":               "a secret that Salesforce never shows",
	"ConnectedAppMobileDetailConfig.applicationBinaryFile": "the content of a file",
	"ConnectedAppMobileDetailConfig.applicationIconFile":   "the content of a file",
}

// Every part of a connected app has a row for every element of its metadata type, of the same kind, values and version.
func TestConnectedAppIsTheSchemas(t *testing.T) {
	t.Parallel()
	leftOut := maps.Clone(appElementsLeftOut)
	checkGroup(t, connectedApp, leftOut)
	for element := range leftOut {
		t.Errorf("%s is listed as left out, but there is no such element, or an attribute stands for it", element)
	}
}

func checkGroup(t *testing.T, g group, leftOut map[string]string) {
	t.Helper()
	known, there := sfschema.LookupType(g.typ)
	if !there {
		t.Fatalf("the Metadata API has no type %s", g.typ)
	}
	for _, e := range known.Fields {
		i := slices.IndexFunc(g.members, func(m member) bool { return m.row().element == e.Name })
		if i < 0 {
			if key := g.typ + "." + e.Name; e.Name != "fullName" && leftOut[key] == "" {
				t.Errorf("no attribute stands for %s", key)
			} else {
				delete(leftOut, key)
			}
			continue
		}
		switch m := g.members[i].(type) {
		case field:
			if values, isEnum := sfschema.Enum(e.Type); isEnum || m.values == nil {
				checkField(t, m, e)
			} else if e.Type != "string" {
				t.Errorf("%s takes %q", e.Name, values)
			}
		case group:
			if e.Type != m.typ || e.List {
				t.Errorf("%s.%s is of type %s, not %s", g.typ, e.Name, e.Type, m.typ)
			}
			checkGroup(t, m, leftOut)
		case formMember:
			several, isRepeated := m.form.(repeated)
			if values, isEnum := sfschema.Enum(e.Type); isRepeated && isEnum && !slices.Equal(values, several.known) {
				t.Errorf("%s.%s takes %q", g.typ, e.Name, values)
			}
			_, isRanges := m.form.(ipRanges)
			_, isFormulas := m.form.(formulas)
			if e.List != (isRepeated || isRanges || isFormulas) {
				t.Errorf("%s.%s has another form", g.typ, e.Name)
			}
		}
	}
	seen := map[string]bool{}
	for _, m := range g.members {
		if _, there := known.Field(m.row().element); !there {
			t.Errorf("%s has no element %s", g.typ, m.row().element)
		}
		if seen[m.name()] {
			t.Errorf("%s stands twice in %s", m.name(), g.typ)
		}
		seen[m.name()] = true
		described(t, m.name(), m.row().text)
		if m.schema().GetType().String() == "" {
			t.Errorf("%s has no type", m.name())
		}
	}
}
