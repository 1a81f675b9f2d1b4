package sfmock

import (
	"net/http"
	"testing"
)

func TestUpsertByExternalID(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	account := r.make("Account", `{"Name":"Umbrella"}`)
	path := "/sobjects/Invoice__c/ExternalNumber__c/A%2F1"
	r.refused("PATCH", path+"?updateOnly=true", `{"Account__c":"`+account+`"}`, 404, "NOT_FOUND", "The requested resource does not exist")
	created, header := r.askHeader("PATCH", path, `{"Account__c":"`+account+`","Amount__c":10.5}`, http.StatusCreated)
	id, _ := at(created, "id").(string)
	r.equal(created, map[string]any{"id": id, "success": true, "errors": []any{}, "created": true})
	r.equal(header.Get("Location"), data+"/sobjects/Invoice__c/"+id)
	updated := r.ask("PATCH", path, `{"Amount__c":11}`, http.StatusOK)
	r.equal(updated, map[string]any{"id": id, "success": true, "errors": []any{}, "created": false})
	r.equal(at(r.ask("GET", path+"?fields=Amount__c,ExternalNumber__c", "", http.StatusOK), "ExternalNumber__c"), "A/1")
	r.refused("PATCH", path, `{"ExternalNumber__c":"A/1"}`, 400, "INVALID_FIELD", "The ExternalNumber__c field should not be specified in the sobject data.")
	r.refused("PATCH", path, `{"Id":"`+id+`"}`, 400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.")
	r.refused("GET", "/sobjects/Invoice__c/Notes__c/x", "", 404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: Notes__c")
	r.ask("DELETE", path, "", http.StatusNoContent)
	r.refused("GET", path, "", 404, "NOT_FOUND", "The requested resource does not exist")
}

func TestUpsertByLookupField(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	admin, _ := r.one("SELECT Id FROM User WHERE Username = 'admin@example.com'", "Id").(string)
	r.equal(at(r.ask("PATCH", "/sobjects/User/Username/ADMIN@example.com", `{"Title":"Robot"}`, http.StatusOK), "id"), admin)
	created := r.ask("PATCH", "/sobjects/PermissionSet/Name/Billing", `{"Label":"Billing"}`, http.StatusCreated)
	r.equal(at(r.ask("GET", "/sobjects/PermissionSet/Name/Billing?fields=Label", "", http.StatusOK), "Id"), at(created, "id"))
	r.equal(at(r.ask("PATCH", "/sobjects/User/Id/"+admin[:15], `{"Title":"Clerk"}`, http.StatusOK), "created"), false)
	r.equal(r.one("SELECT Title FROM User WHERE Id = '"+admin+"'", "Title"), "Clerk")
	r.refused("DELETE", "/sobjects/User/Username/admin@example.com", "", 405, "METHOD_NOT_ALLOWED", "HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET,PATCH")
}

func TestUpsertBeforeVersion46HasNoBody(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	status, _, raw := r.wire.do("PATCH", "/services/data/v45.0/sobjects/User/Username/admin@example.com", `{"Title":"Robot"}`)
	if status != http.StatusNoContent || len(raw) > 0 {
		t.Errorf("%d %s", status, raw)
	}
}

func TestSeveralMatchesAreAChoice(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	account := r.make("Account", `{"Name":"Umbrella"}`)
	first := r.make("Invoice__c", `{"Account__c":"`+account+`","ExternalNumber__c":"1"}`)
	second := r.make("Invoice__c", `{"Account__c":"`+account+`","ExternalNumber__c":"2"}`)
	r.org.mu.Lock()
	r.org.byID[second].values["ExternalNumber__c"] = "1" // as an external id that is not unique allows
	r.org.mu.Unlock()
	urls := []any{data + "/sobjects/Invoice__c/" + first, data + "/sobjects/Invoice__c/" + second}
	for _, method := range []string{"GET", "PATCH", "DELETE"} {
		r.equal(r.ask(method, "/sobjects/Invoice__c/ExternalNumber__c/1", `{}`, http.StatusMultipleChoices), urls)
	}
}

func TestCreateThroughThePseudoKey(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	r.ask("POST", "/sobjects/Account/Id", `{"Name":"Umbrella"}`, http.StatusCreated)
	r.equal(r.count("SELECT COUNT() FROM Account WHERE Name = 'Umbrella'"), 1)
}
