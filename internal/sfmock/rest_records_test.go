package sfmock

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestRecordLifeCycle(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	answer, header := r.askHeader("POST", "/sobjects/Account", `{"Name":"Umbrella","NumberOfEmployees":12,"AnnualRevenue":1000}`, http.StatusCreated)
	id, _ := at(answer, "id").(string)
	r.equal(answer, map[string]any{"id": id, "success": true, "errors": []any{}})
	r.equal(header.Get("Location"), data+"/sobjects/Account/"+id)
	r.equal(len(id), 18)

	account := r.ask("GET", "/sobjects/Account/"+id[:15], "", http.StatusOK)
	r.equal(at(account, "attributes"), map[string]any{"type": "Account", "url": data + "/sobjects/Account/" + id})
	r.equal(at(account, "Id"), id)
	r.equal(at(account, "NumberOfEmployees"), 12.0)
	if _, err := time.Parse(datetimeLayout, at(account, "CreatedDate").(string)); err != nil {
		t.Error(err)
	}
	_, there := account.(map[string]any)["Website"]
	r.equal(there, true)

	r.equal(r.ask("PATCH", "/sobjects/account/"+id, `{"name":"Umbrella & Sons","Website":null}`, http.StatusNoContent), nil)
	r.equal(r.ask("GET", "/sobjects/Account/"+id+"?fields=Name,AnnualRevenue", "", http.StatusOK), map[string]any{
		"attributes": map[string]any{"type": "Account", "url": data + "/sobjects/Account/" + id}, "Name": "Umbrella & Sons", "AnnualRevenue": 1000.0, "Id": id,
	})
	_, _, raw := r.wire.do("GET", data+"/sobjects/Account/"+id+"?fields=AnnualRevenue", "")
	if !strings.Contains(string(raw), `"AnnualRevenue":1000.0`) {
		t.Errorf("a whole double keeps its point: %s", raw)
	}

	r.equal(r.ask("DELETE", "/sobjects/Account/"+id, "", http.StatusNoContent), nil)
	r.refused("GET", "/sobjects/Account/"+id, "", 404, "NOT_FOUND", "The requested resource does not exist")
	r.refused("PATCH", "/sobjects/Account/"+id, `{}`, 404, "ENTITY_IS_DELETED", "entity is deleted")
	r.refused("DELETE", "/sobjects/Account/"+id, "", 404, "ENTITY_IS_DELETED", "entity is deleted")
}

func TestRecordRefusals(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	account := r.make("Account", `{"Name":"Umbrella"}`)
	user, _ := r.one("SELECT Id FROM User WHERE Username = 'admin@example.com'", "Id").(string)
	never := id18("001" + account[3:6] + "999999999")
	badChecksum := account[:15] + "AA1"
	for _, c := range []struct {
		method, path, body string
		status             int
		code, message      string
	}{
		{"POST", "/sobjects/Nothing", `{}`, 404, "NOT_FOUND", "The requested resource does not exist"},
		{"GET", "/sobjects/Nothing/" + account, "", 404, "NOT_FOUND", "The requested resource does not exist"},
		{"GET", "/nothing", "", 404, "NOT_FOUND", "The requested resource does not exist"},
		{"GET", "/sobjects/Account/hello", "", 404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: hello"},
		{"GET", "/sobjects/Account/" + user, "", 404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: " + user},
		{"GET", "/sobjects/Account/" + never, "", 404, "NOT_FOUND", "The requested resource does not exist"},
		{"GET", "/sobjects/Account/" + badChecksum, "", 400, "MALFORMED_ID", "malformed id " + badChecksum},
		{"PATCH", "/sobjects/Account/" + never, `{}`, 404, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"},
		{"DELETE", "/sobjects/Account/" + never, "", 404, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"},
		{"PATCH", "/sobjects/Account/" + user, `{}`, 400, "MALFORMED_ID", "Account ID: id value of incorrect type: " + user},
		{"DELETE", "/sobjects/Account/" + badChecksum, "", 400, "MALFORMED_ID", "malformed id " + badChecksum},
		{"DELETE", "/sobjects/User/" + user, "", 405, "METHOD_NOT_ALLOWED", "HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET,PATCH"},
		{"PUT", "/sobjects/Account/" + account, `{}`, 405, "METHOD_NOT_ALLOWED", "HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,PATCH,DELETE"},
		{"POST", "/sobjects/UserLicense", `{}`, 405, "METHOD_NOT_ALLOWED", "HTTP Method 'POST' not allowed. Allowed are HEAD,GET"},
		{"DELETE", "/sobjects/Account", "", 405, "METHOD_NOT_ALLOWED", "HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET,POST"},
		{"POST", "/sobjects/Account", `{"Nam":"x"}`, 400, "INVALID_FIELD", "No such column 'Nam' on sobject of type Account"},
		{"GET", "/sobjects/Account/" + account + "?fields=Nam", "", 400, "INVALID_FIELD", "No such column 'Nam' on sobject of type Account"},
		{"POST", "/sobjects/Account", `{}`, 400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [Name]"},
		{"POST", "/sobjects/Account", `{"Name":"x","CreatedDate":"2026-01-01"}`, 400, "INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set."},
		{"POST", "/sobjects/Account", `{"Name":"x","AccountNumber":"` + strings.Repeat("9", 41) + `"}`, 400, "STRING_TOO_LONG", "Account Number: data value too large: " + strings.Repeat("9", 41) + " (max length=40)"},
		{"POST", "/sobjects/Invoice__c", `{"Account__c":"` + account + `","Currency__c":"XXX"}`, 400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Currency: bad value for restricted picklist field: XXX"},
		{"POST", "/sobjects/Account", `{"Name":"x","ParentId":"` + never + `"}`, 400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"},
		{"POST", "/sobjects/Account", `{"Name":"x","ParentId":"` + user + `"}`, 400, "MALFORMED_ID", "Parent Account ID: id value of incorrect type: " + user},
		{"POST", "/sobjects/Account", `{"Name":"x","Id":"` + account + `"}`, 400, "INVALID_FIELD_FOR_INSERT_UPDATE", unsureIDAtCreate},
		{"PATCH", "/sobjects/Account/" + account, `{"Id":"` + account + `"}`, 400, "INVALID_FIELD", "The Id field should not be specified in the sobject data."},
		{"PATCH", "/sobjects/Invoice__c/ExternalNumber__c/1", `null`, 400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [Account__c]"},
		{"POST", "/sobjects/Account", `[]`, 400, "JSON_PARSER_ERROR", "Cannot deserialize instance from array value or request may be missing a required field at [line:1, column:1]"},
		{"POST", "/sobjects/Account", `{"Name":`, 400, "JSON_PARSER_ERROR", "Unexpected end-of-input at [line:1, column:9]"},
	} {
		t.Run(c.method+" "+c.path+" "+c.code, func(t *testing.T) {
			t.Parallel()
			inner := *r
			inner.T = t
			inner.refused(c.method, c.path, c.body, c.status, c.code, c.message)
		})
	}
}

func TestMethodNotAllowedNamesTheMethods(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	user, _ := r.one("SELECT Id FROM User WHERE Username = 'admin@example.com'", "Id").(string)
	_, header := r.askHeader("DELETE", "/sobjects/User/"+user, "", http.StatusMethodNotAllowed)
	r.equal(header.Get("Allow"), "HEAD,GET,PATCH")
}

func TestBodiesHaveToBeJSON(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	status, _, raw := r.wire.send("POST", data+"/sobjects/Account", "Name=x", http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
	if status != http.StatusUnsupportedMediaType || !strings.Contains(string(raw), unsureMediaTypeCode) {
		t.Errorf("%d %s", status, raw)
	}
	line := "{\n  \"Name\": \"x\",\n  oops\n}"
	answer := r.ask("POST", "/sobjects/Account", line, http.StatusBadRequest)
	if message, _ := at(answer, 0, "message").(string); message != "Unexpected character ('o' (code 111)) at [line:3, column:3]" {
		t.Errorf("%v", answer)
	}
}

func TestColumnsHiddenFromTheCaller(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	admin, _ := r.one("SELECT Id FROM User WHERE Username = 'admin@example.com'", "Id").(string)
	_, seen := r.ask("GET", "/sobjects/User/"+admin, "", http.StatusOK).(map[string]any)["ProfileId"]
	r.equal(seen, true)
	bare := r.as(r.minimalUser())
	shown, _ := bare.ask("GET", "/sobjects/User/"+admin, "", http.StatusOK).(map[string]any)
	if _, there := shown["ProfileId"]; there {
		t.Error("without View Setup and Configuration there is no User.ProfileId")
	}
	bare.refused("GET", "/sobjects/User/"+admin+"?fields=ProfileId", "", 400, "INVALID_FIELD", "No such column 'ProfileId' on sobject of type User")
	for _, f := range at(bare.ask("GET", "/sobjects/User/describe", "", http.StatusOK), "fields").([]any) {
		if at(f, "name") == "ProfileId" {
			t.Error("describe shows a hidden column")
		}
	}
	answer := bare.ask("GET", "/query?q=SELECT+ProfileId+FROM+User", "", http.StatusBadRequest)
	r.equal(at(answer, 0, "errorCode"), "INVALID_FIELD")
	bare.refused("POST", "/sobjects/PermissionSet", `{"Name":"X","Label":"X"}`, 403, "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
}

// newUser is the body that creates a user.
func (r *restWire) newUser(profile, username string) string {
	r.Helper()
	id, _ := r.one("SELECT Id FROM Profile WHERE Name = '"+profile+"'", "Id").(string)
	return `{"Username":"` + username + `","LastName":"New","Email":"new@example.com","Alias":"new","TimeZoneSidKey":"GMT","LocaleSidKey":"en_US",
		"EmailEncodingKey":"UTF-8","LanguageLocaleKey":"en_US","ProfileId":"` + id + `"}`
}

// minimalUser makes an active user who may use the API and nothing else.
func (r *restWire) minimalUser() string {
	r.Helper()
	const username = "bare@example.com"
	r.make("User", r.newUser("Minimum Access - API Only Integrations", username))
	return username
}

// as asks the same org signed in as somebody else.
func (r *restWire) as(username string) *restWire {
	r.Helper()
	other := *r.wire
	other.token = r.wire.tokenOf(r.org, username)
	return &restWire{r.T, r.org, &other}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	first := r.ask("GET", "/limits", "", http.StatusOK)
	second := r.ask("GET", "/limits", "", http.StatusOK)
	r.equal(at(first, "DailyApiRequests", "Max"), 100000.0)
	r.equal(at(second, "DailyApiRequests", "Remaining"), at(first, "DailyApiRequests", "Remaining").(float64)-1)
	r.equal(at(first, "PermissionSets", "Max"), 1500.0)
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	username := r.minimalUser()
	user, _ := r.one("SELECT Id FROM User WHERE Username = '"+username+"'", "Id").(string)
	admin, _ := r.one("SELECT Id FROM User WHERE Username = 'admin@example.com'", "Id").(string)
	path := "/sobjects/User/" + user + "/password"
	r.equal(r.ask("GET", path, "", http.StatusOK), map[string]any{"isExpired": false})
	if err := r.org.ExpirePassword(username); err != nil {
		t.Fatal(err)
	}
	r.equal(r.ask("GET", path, "", http.StatusOK), map[string]any{"isExpired": true})
	r.refused("POST", path, `{"NewPassword":"onlyletters"}`, 400, "INVALID_NEW_PASSWORD", unsurePasswordMix)
	r.ask("POST", path, `{"NewPassword":"s1"}`, http.StatusBadRequest)
	r.equal(r.ask("POST", path, `{"NewPassword":"letters4nd5"}`, http.StatusNoContent), nil)
	r.equal(r.ask("GET", path, "", http.StatusOK), map[string]any{"isExpired": false})
	generated, _ := at(r.ask("DELETE", path, "", http.StatusOK), "NewPassword").(string)
	if len(generated) < minimumPasswordLength {
		t.Errorf("generated password %q", generated)
	}
	r.refused("GET", "/sobjects/User/005000000000000AAA/password", "", 404, "NOT_FOUND", "The requested resource does not exist")
	r.as(username).refused("GET", "/sobjects/User/"+admin+"/password", "", 403, "INSUFFICIENT_ACCESS", "You do not have permission to view this record.")
}
