package sfmock

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// The kinds of requests that differ in what they cost.
const (
	kindToken         = "token"
	kindQuery         = "query"
	kindCollection    = "collection"
	kindComposite     = "composite"
	kindGraph         = "graph"
	kindRecord        = "record"
	kindDescribe      = "describe"
	kindMetadataRead  = "metadata read"
	kindMetadataWrite = "metadata write"
	kindDeploy        = "deploy"
	kindTooling       = "tooling"
	kindOther         = "other"
)

// kinds maps REST paths below the version; the first match wins.
var kinds = []struct {
	path *regexp.Regexp
	kind string
}{
	{regexp.MustCompile(`^/tooling(/|$)`), kindTooling},
	{regexp.MustCompile(`^/query(All)?(/|$)`), kindQuery},
	{regexp.MustCompile(`^/composite/sobjects(/|$)`), kindCollection},
	{regexp.MustCompile(`^/composite/graph$`), kindGraph},
	{regexp.MustCompile(`^/composite(/|$)`), kindComposite},
	{regexp.MustCompile(`^/sobjects(/[^/]+/describe)?$`), kindDescribe},
	{regexp.MustCompile(`^/sobjects/`), kindRecord},
}

// metadataWrites are the Metadata API's operations that change something.
var metadataWrites = []string{
	"createMetadata", "updateMetadata", "upsertMetadata", "deleteMetadata", "renameMetadata",
}

// deployCalls are those that start, watch or stop a deployment.
var deployCalls = []string{"deploy", "checkDeployStatus", "cancelDeploy", "deployRecentValidation"}

const (
	restPrefix         = "/services/data/v"
	soapPrefix         = "/services/Soap/"
	metadataSOAPPrefix = soapPrefix + "m/"
)

func isAPI(path string) bool {
	return strings.HasPrefix(path, restPrefix) || strings.HasPrefix(path, soapPrefix)
}

// requestKind classifies a request.
func requestKind(path string, body []byte) string {
	if path == "/services/oauth2/token" {
		return kindToken
	}
	if strings.HasPrefix(path, metadataSOAPPrefix) {
		return metadataKind(soapOperation(body))
	}
	below, isREST := strings.CutPrefix(path, restPrefix)
	if !isREST {
		return kindOther
	}
	_, below, _ = strings.Cut(below, "/")
	below = "/" + below
	if strings.HasPrefix(below, "/metadata/") {
		return kindDeploy
	}
	for _, k := range kinds {
		if k.path.MatchString(below) {
			return k.kind
		}
	}
	return kindOther
}

func metadataKind(operation string) string {
	switch {
	case slices.Contains(metadataWrites, operation):
		return kindMetadataWrite
	case slices.Contains(deployCalls, operation):
		return kindDeploy
	}
	return kindMetadataRead
}

// locksSetup tells whether Salesforce locks the org's setup while it serves the request; deployments wait for one another instead.
func locksSetup(r *Request) bool {
	return r.Kind == kindMetadataWrite || r.Kind == kindTooling && r.Method != http.MethodGet && r.Method != http.MethodHead
}

// soapOperation is the name of the first element in a SOAP body, "" if there is none.
func soapOperation(envelope []byte) string {
	decoder := xml.NewDecoder(bytes.NewReader(envelope))
	inBody := false
	for {
		token, err := decoder.Token()
		if err != nil {
			return ""
		}
		element, isStart := token.(xml.StartElement)
		switch {
		case !isStart:
		case inBody:
			return element.Name.Local
		default:
			inBody = element.Name.Local == "Body"
		}
	}
}
