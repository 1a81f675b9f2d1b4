package sfmock

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// toolingFace is the path below a version where the Tooling API starts. It shows the objects that are marked for it, with some
// columns of its own, and few of them to writers.
const toolingFace = "/tooling"

func toolingTable() []restRoute {
	return []restRoute{
		{toolingFace + "/query", methods{http.MethodGet: (*call).query}, inComposite | inBatch},
		{toolingFace + "/query/{locator}", methods{http.MethodGet: (*call).queryMore}, inComposite | inBatch},
		{toolingFace + "/sobjects", methods{http.MethodGet: (*call).describeGlobal}, inComposite | inBatch},
		{toolingFace + "/sobjects/{object}", methods{http.MethodGet: (*call).basicInformation, http.MethodPost: (*call).createInTooling}, inComposite | inBatch},
		{toolingFace + "/sobjects/{object}/describe", methods{http.MethodGet: (*call).describe}, inComposite | inBatch},
		{toolingFace + "/sobjects/{object}/{id}", methods{
			http.MethodGet: (*call).readRecord, http.MethodPatch: toolingWrite((*call).updateInTooling), http.MethodDelete: toolingWrite((*call).deleteRecord),
		}, inComposite | inBatch},
	}
}

// tooling tells whether the call came in through the Tooling API.
func (c *call) tooling() bool {
	_, below, _ := strings.Cut(strings.TrimPrefix(c.request.URL.Path, "/services/data/"), "/")
	return strings.HasPrefix("/"+below, toolingFace+"/")
}

// serves tells whether the API that the call came in through has an object.
func (c *call) serves(ob *object) bool {
	if c.tooling() {
		return ob.Tooling
	}
	return !ob.ToolingOnly
}

// metadataColumns are FullName and Metadata, the columns by which the Tooling API shows a record as a component of the Metadata
// API. A query may ask for them row by row only.
func metadataColumns(typeName string, fullName func(*record) string) []*field {
	return []*field{
		{Name: "FullName", Type: "string", Label: "Full Name", Length: 255, ToolingOnly: true, NoFilter: true, NoSort: true, NoGroup: true, Compute: func(_ *Org, rec *record) any {
			return fullName(rec)
		}},
		{Name: "Metadata", Type: "complexvalue", ToolingOnly: true, NoFilter: true, NoSort: true, NoGroup: true, Compute: func(o *Org, rec *record) any {
			known, ok := o.component(typeName)
			if !ok {
				return nil
			}
			content, ok := known.read(o, fullName(rec))
			if !ok {
				return nil
			}
			return metadataJSON(typeName, content)
		}},
	}
}

// metadataJSON is a component's content in the Tooling API's form: every field of the type is there, in its own JSON type.
func metadataJSON(typeName string, content element) any {
	t, structured := sfschema.LookupType(typeName)
	if !structured {
		return leafJSON(typeName, strings.TrimSpace(content.text))
	}
	shown := document{}
	for _, f := range t.Fields {
		entries := content.all(f.Name)
		switch {
		case f.Name == "fullName":
		case f.List:
			list := []any{}
			for _, entry := range entries {
				list = append(list, metadataJSON(f.Type, entry))
			}
			shown = append(shown, member{f.Name, list})
		case len(entries) == 0:
			shown = append(shown, member{f.Name, nil})
		default:
			shown = append(shown, member{f.Name, metadataJSON(f.Type, entries[0])})
		}
	}
	return shown
}

func leafJSON(typeName, text string) any {
	switch typeName {
	case "boolean":
		return isTrue(text)
	case "int", "double":
		return json.Number(text)
	default:
		return text
	}
}

// profileRecordFullName is the full name of a profile's record in the Metadata API.
func profileRecordFullName(rec *record) string { return profileFullName(rec.str("Name")) }
