package provider

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// asksOnly checks that the org was asked for nothing but what the pages of some types say.
func (o *testOrg) asksOnly(t *testing.T, keys ...string) {
	t.Helper()
	var said []string
	for _, key := range keys {
		calls, known := callsByType[key]
		if !known {
			t.Errorf("api_calls.go says nothing of %s", key)
			return
		}
		for _, group := range calls.groups() {
			for _, name := range group.names {
				said = append(said, strings.TrimSpace(group.kind+" "+name))
			}
		}
	}
	for _, r := range o.Requests(sfmock.Match{}) {
		for _, call := range callsOf(&r) {
			verb, _, _ := strings.Cut(call, " ")
			if !slices.Contains(said, call) && !slices.Contains(said, verb+" *") {
				t.Errorf("%s: the call %q is not in api_calls.go", strings.Join(keys, ", "), call)
				said = append(said, call)
			}
		}
	}
}

var (
	aboveVersion  = regexp.MustCompile(`^/services/data/v[\d.]+/`)
	idInPath      = regexp.MustCompile(`/\w{5}0\w{12}\b`) // an id of the mock org; names of objects may be as long
	askedObject   = regexp.MustCompile(`(?i)^q=SELECT (?:[^()]|\([^()]*\))* FROM (\w+)`)
	askedInside   = regexp.MustCompile(`(?i)IN \(SELECT \w+ FROM (\w+)`)
	describe      = regexp.MustCompile(`^GET sobjects/(\w+)/describe$`)
	soapOperation = regexp.MustCompile(`<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)`)
	componentType = regexp.MustCompile(`<(?:\w+:)?type(?:Name)?>(\w+)<|xsi:type="(?:\w+:)?(\w+)"`)
)

// objectPrefixes are the first letters of the ids of what is deleted in collections, which name no object.
var objectPrefixes = map[string]string{"0Pa": "PermissionSetAssignment", "2LA": "PermissionSetLicenseAssign", "00e": "Profile", "00E": "UserRole", "0Ak": "AuthSession"}

// inEveryRun are the requests that every run may begin with.
var inEveryRun = []string{"POST /services/oauth2/token", "GET /services/data", "GET /services/oauth2/userinfo"}

// callsOf are the calls that a request consists of, as the tables of pages name them.
func callsOf(r *sfmock.Request) []string {
	path := idInPath.ReplaceAllString(aboveVersion.ReplaceAllString(r.Path, ""), "/{id}")
	request := r.Method + " " + path
	switch {
	case slices.Contains(inEveryRun, request):
		return nil
	case r.Kind == "query", path == "tooling/query":
		return prefixed(map[bool]string{false: "query ", true: "tooling "}[path == "tooling/query"],
			append(submatches(askedObject, r.Query), submatches(askedInside, r.Query)...))
	case describe.MatchString(request):
		return prefixed("describe ", submatches(describe, request))
	case r.Kind == "collection":
		return prefixed("write ", collectedObjects(r))
	case r.Kind == "graph":
		return graphCalls(r)
	case strings.HasPrefix(r.Path, "/services/Soap/m/"):
		verb := "change "
		if operation := submatches(soapOperation, string(r.Body)); len(operation) > 0 && slices.Contains([]string{"readMetadata", "listMetadata"}, operation[0]) {
			verb = "read "
		}
		return prefixed(verb, submatches(componentType, string(r.Body)))
	}
	return []string{request}
}

func prefixed(prefix string, names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = prefix + name
	}
	return all
}

// submatches are what the groups of an expression match.
func submatches(expression *regexp.Regexp, text string) []string {
	var all []string
	for _, match := range expression.FindAllStringSubmatch(text, -1) {
		all = append(all, strings.Join(match[1:], ""))
	}
	return all
}

func collectedObjects(r *sfmock.Request) []string {
	var objects []string
	if r.Method == http.MethodDelete {
		query, _ := url.ParseQuery(r.Query)
		for id := range strings.SplitSeq(query.Get("ids"), ",") {
			prefix := id[:min(3, len(id))]
			object, known := objectPrefixes[prefix]
			if !known {
				object = "with the prefix " + prefix
			}
			objects = append(objects, object)
		}
		return objects
	}
	var body struct {
		Records []struct{ Attributes struct{ Type string } }
	}
	_ = json.Unmarshal(r.Body, &body)
	for _, record := range body.Records {
		objects = append(objects, record.Attributes.Type)
	}
	return objects
}

func graphCalls(r *sfmock.Request) []string {
	var body struct {
		Graphs []struct {
			CompositeRequest []struct{ Method, URL string }
		}
	}
	_ = json.Unmarshal(r.Body, &body)
	var calls []string
	for _, graph := range body.Graphs {
		for _, node := range graph.CompositeRequest {
			verb := "write "
			if node.Method == http.MethodGet {
				verb = "query "
			}
			object, _, _ := strings.Cut(strings.TrimPrefix(aboveVersion.ReplaceAllString(node.URL, ""), "sobjects/"), "/")
			calls = append(calls, verb+object)
		}
	}
	return calls
}

// Everything that has a page says which calls it makes, and nothing else is in the table.
func TestEveryTypeNamesItsAPICalls(t *testing.T) {
	t.Parallel()
	all := newOrg(t).speak(t).all
	var types []string
	types = append(types, keysOf("resource/", all.ResourceSchemas)...)
	types = append(types, keysOf("data-source/", all.DataSourceSchemas)...)
	types = append(types, keysOf("ephemeral/", all.EphemeralResourceSchemas)...)
	types = append(types, keysOf("list-resource/", all.ListResourceSchemas)...)
	types = append(types, keysOf("action/", all.ActionSchemas)...)
	for _, key := range types {
		if kind, name, _ := strings.Cut(key, "/"); APICalls(kind, name) == "" {
			t.Errorf("api_calls.go says nothing of %s", key)
		}
	}
	for key := range callsByType {
		if !slices.Contains(types, key) {
			t.Errorf("api_calls.go has calls of %s, which is nothing", key)
		}
	}
}

func TestAPICallsInWords(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"action/salesforce_reset_user_password": "API calls: SOQL on `User`, `UserPermissionAccess`; describes of `User`; `DELETE sobjects/User/{id}/password`.",
		"data-source/salesforce_query":          "API calls: SOQL on what the configuration names; Tooling API SOQL on what the configuration names.",
		"resource/salesforce_nothing":           "",
	} {
		kind, name, _ := strings.Cut(key, "/")
		if text := APICalls(kind, name); text != want {
			t.Errorf("%s says %q", key, text)
		}
	}
}

func keysOf[V any](prefix string, schemas map[string]V) []string {
	var keys []string
	for name := range schemas {
		keys = append(keys, prefix+name)
	}
	return keys
}

func TestAPICallsOfLists(t *testing.T) {
	t.Parallel()
	o := wholeOrg(t)
	for typeName := range o.speak(t).all.ListResourceSchemas {
		for _, whole := range []bool{false, true} {
			o.ResetRequests()
			_, diags := o.speak(t).list(t, typeName, wholeList(typeName), whole, 1000)
			failed(t, nil, diags)
			o.asksOnly(t, "list-resource/"+typeName)
		}
	}
}

func TestAPICallsOfUserActions(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.inTrouble(t, false)
	for typeName := range o.speak(t).all.ActionSchemas {
		if typeName == rotateType {
			continue
		}
		o.ResetRequests()
		p := o.speak(t)
		whom := map[string]tftypes.Value{"username": textValue(integrationName)}
		failed(t, nil, p.planAction(t, typeName, maps.Clone(whom)))
		_, diags := p.invoke(t, typeName, whom)
		failed(t, nil, diags)
		o.asksOnly(t, "action/"+typeName)
	}
}
