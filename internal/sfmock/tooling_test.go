package sfmock

import (
	"net/http"
	"net/url"
	"testing"
)

func (r *restWire) toolingQuery(soql string, status int) any {
	r.Helper()
	return r.ask("GET", "/tooling/query?q="+url.QueryEscape(soql), "", status)
}

func TestToolingFace(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	answer := r.toolingQuery("SELECT Id, Name FROM Profile WHERE Name = 'System Administrator'", http.StatusOK)
	r.equal(at(answer, "size"), 1.0)
	r.equal(at(answer, "totalSize"), 1.0)
	r.equal(at(answer, "entityTypeName"), "Profile")
	r.equal(at(answer, "queryLocator"), nil)
	profile, _ := at(answer, "records", 0, "Id").(string)
	r.equal(at(answer, "records", 0, "attributes", "url"), data+"/tooling/sobjects/Profile/"+profile)
	r.equal(at(r.ask("GET", "/tooling/sobjects/Profile/"+profile+"?fields=Name", "", http.StatusOK), "Name"), "System Administrator")
	r.equal(at(r.ask("GET", "/tooling/sobjects/Profile/describe", "", http.StatusOK), "name"), "Profile")
	r.refused("GET", "/tooling/sobjects/Account/describe", "", 404, "NOT_FOUND", "The requested resource does not exist")
	r.refused("PATCH", "/tooling/sobjects/Profile/"+profile, `{}`, 405, "METHOD_NOT_ALLOWED", "HTTP Method 'PATCH' not allowed. Allowed are HEAD,GET")
	r.equal(at(r.toolingQuery("SELECT Id FROM Account", http.StatusBadRequest), 0, "errorCode"), "INVALID_TYPE")
}

func TestToolingReadsMetadataRowByRow(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	answer := r.toolingQuery("SELECT FullName, Metadata FROM Profile WHERE Name = 'System Administrator'", http.StatusOK)
	r.equal(at(answer, "records", 0, "FullName"), "Admin")
	content := at(answer, "records", 0, "Metadata")
	r.equal(at(content, "custom"), false)
	r.equal(at(content, "userLicense"), "Salesforce")
	r.equal(at(content, "loginIpRanges"), []any{})
	r.equal(at(content, "loginHours"), nil)
	permissions, _ := at(content, "userPermissions").([]any)
	r.equal(at(permissions, 0, "enabled"), true)
	r.refused("GET", "/tooling/query?q=SELECT+Id,Metadata+FROM+Profile", "", 400, "MALFORMED_QUERY",
		"When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for retrieval. Result size: 12")
	refusal := r.ask("GET", "/query?q=SELECT+FullName+FROM+Profile", "", http.StatusBadRequest)
	r.equal(at(refusal, 0, "errorCode"), "INVALID_FIELD")
}
