package sfmock

import (
	"fmt"
	"net/http"
	"testing"
)

func sub(method, path, reference string, body any) map[string]any {
	s := map[string]any{"method": method, "url": data + path, "referenceId": reference}
	if body != nil {
		s["body"] = body
	}
	return s
}

func (r *restWire) composite(allOrNone bool, subrequests ...any) any {
	r.Helper()
	answer := r.ask("POST", "/composite", toJSON(r.T, map[string]any{"allOrNone": allOrNone, "compositeRequest": subrequests}), http.StatusOK)
	return at(answer, "compositeResponse")
}

func halted(reference string) map[string]any {
	return map[string]any{
		"body":        []any{map[string]any{"errorCode": "PROCESSING_HALTED", "message": rolledBackReason}},
		"httpHeaders": map[string]any{}, "httpStatusCode": 400.0, "referenceId": reference,
	}
}

func TestCompositeQuotesEarlierAnswers(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	used := r.org.Usage()
	answers := r.composite(false,
		sub("POST", "/sobjects/Account", "account", map[string]any{"Name": "Umbrella"}),
		sub("POST", "/composite/sobjects", "people", map[string]any{"records": []any{
			typed("Contact", map[string]any{"LastName": "Alice", "AccountId": "@{account.id}"}), typed("Contact", map[string]any{"LastName": "Bob", "AccountId": "@{account.id}"}),
		}}),
		sub("PATCH", "/sobjects/Contact/@{people[1].id}", "rename", map[string]any{"LastName": "Robert"}),
		sub("GET", "/query?q=SELECT Id, LastName FROM Contact WHERE AccountId = '@{account.id}' ORDER BY LastName", "found", nil),
		sub("GET", "/sobjects/Contact/@{found.records[1].Id}?fields=LastName", "read", nil),
		sub("DELETE", "/sobjects/Contact/@{found.records[0].Id}", "gone", nil),
	)
	account := at(answers, 0, "body", "id")
	r.equal(at(answers, 0), map[string]any{
		"body": itemSuccess(account), "httpHeaders": map[string]any{"Location": data + "/sobjects/Account/" + account.(string)}, "httpStatusCode": 201.0, "referenceId": "account",
	})
	r.equal(at(answers, 2), map[string]any{"body": nil, "httpHeaders": map[string]any{}, "httpStatusCode": 204.0, "referenceId": "rename"})
	r.equal(at(answers, 3, "body", "totalSize"), 2.0)
	r.equal(at(answers, 4, "body", "LastName"), "Robert")
	r.equal(at(answers, 5, "httpStatusCode"), 204.0)
	r.equal(r.org.Usage(), used+1)
}

func TestCompositeGoesOnAfterAFailure(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	answers := r.composite(false,
		sub("POST", "/sobjects/Account", "bad", map[string]any{}),
		sub("POST", "/sobjects/Contact", "dependent", map[string]any{"LastName": "x", "AccountId": "@{bad.id}"}),
		sub("POST", "/sobjects/Account", "good", map[string]any{"Name": "Umbrella"}),
		sub("POST", "/sobjects/Contact", "wrong", map[string]any{"LastName": "x", "AccountId": "@{good.nothing}"}),
		sub("PUT", "/sobjects/Account", "verb", nil),
		sub("GET", "/nothing", "path", nil),
	)
	r.equal(at(answers, 0), map[string]any{
		"body":        []any{map[string]any{"errorCode": "REQUIRED_FIELD_MISSING", "message": "Required fields are missing: [Name]", "fields": []any{"Name"}}},
		"httpHeaders": map[string]any{}, "httpStatusCode": 400.0, "referenceId": "bad",
	})
	r.equal(at(answers, 1, "httpStatusCode"), 400.0)
	r.equal(at(answers, 1, "body", 0, "errorCode"), "PROCESSING_HALTED")
	r.equal(at(answers, 1, "body", 0, "message"), "Invalid reference specified. No value for bad.id found in bad")
	r.equal(at(answers, 2, "httpStatusCode"), 201.0)
	r.equal(at(answers, 3, "body", 0, "message"), "Invalid reference specified. No value for good.nothing found in good")
	r.equal(at(answers, 4, "httpStatusCode"), 405.0)
	r.equal(at(answers, 5, "httpStatusCode"), 404.0)
}

func TestCompositeAllOrNone(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	answers := r.composite(true,
		sub("POST", "/sobjects/Account", "first", map[string]any{"Name": "Umbrella"}),
		sub("POST", "/sobjects/Account", "second", map[string]any{}),
		sub("POST", "/sobjects/Account", "third", map[string]any{"Name": "Umbrella"}),
	)
	r.equal(at(answers, 0), halted("first"))
	r.equal(at(answers, 1, "body", 0, "errorCode"), "REQUIRED_FIELD_MISSING")
	r.equal(at(answers, 2), halted("third"))
	r.equal(r.count("SELECT COUNT() FROM Account WHERE Name = 'Umbrella'"), 0)
	mixed := r.composite(true,
		sub("POST", "/sobjects/Account", "account", map[string]any{"Name": "Umbrella"}),
		sub("POST", "/sobjects/PermissionSet", "set", map[string]any{"Name": "Billing", "Label": "Billing"}),
	)
	r.equal(at(mixed, 1, "body", 0, "errorCode"), "MIXED_DML_OPERATION")
}

func TestCompositeLimits(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	refused := func(subrequests ...any) {
		t.Helper()
		r.ask("POST", "/composite", toJSON(t, map[string]any{"compositeRequest": subrequests}), http.StatusBadRequest)
	}
	var many, queries []any
	for i := range 26 {
		many = append(many, sub("GET", "/sobjects/User/describe", fmt.Sprintf("r%d", i), nil))
	}
	for i := range 6 {
		queries = append(queries, sub("GET", "/query?q=SELECT Id FROM User", fmt.Sprintf("r%d", i), nil))
	}
	refused(many...)
	refused(queries...)
	refused(sub("GET", "/sobjects", "a b", nil))
	refused(sub("GET", "/sobjects", "same", nil), sub("GET", "/sobjects", "same", nil))
	r.equal(at(r.composite(false, queries[:5]...), 4, "httpStatusCode"), 200.0)
	r.equal(at(r.composite(false, sub("POST", "/composite/batch", "nested", map[string]any{})), 0, "httpStatusCode"), 400.0)
}

func TestBatch(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	used := r.org.Usage()
	requests := []any{
		map[string]any{"method": "GET", "url": "v68.0/limits"},
		map[string]any{"method": "POST", "url": "v68.0/sobjects/Account", "richInput": map[string]any{}},
		map[string]any{"method": "POST", "url": "/services/data/v68.0/sobjects/Account", "richInput": map[string]any{"Name": "Umbrella"}},
	}
	answer := r.ask("POST", "/composite/batch", toJSON(t, map[string]any{"batchRequests": requests}), http.StatusOK)
	r.equal(at(answer, "hasErrors"), true)
	r.equal(at(answer, "results", 0, "statusCode"), 200.0)
	r.equal(at(answer, "results", 1, "result", 0, "errorCode"), "REQUIRED_FIELD_MISSING")
	r.equal(at(answer, "results", 2, "statusCode"), 201.0)
	r.equal(r.org.Usage(), used+4)
	stopped := r.ask("POST", "/composite/batch", toJSON(t, map[string]any{"haltOnError": true, "batchRequests": requests}), http.StatusOK)
	r.equal(at(stopped, "results", 2), map[string]any{
		"statusCode": 412.0, "result": []any{map[string]any{"errorCode": "BATCH_PROCESSING_HALTED", "message": "Batch processing halted per request"}},
	})
}
