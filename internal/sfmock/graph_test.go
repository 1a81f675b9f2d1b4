package sfmock

import (
	"fmt"
	"net/http"
	"testing"
)

func graphOf(id string, nodes ...any) map[string]any {
	return map[string]any{"graphId": id, "compositeRequest": nodes}
}

func (r *restWire) graphs(status int, graphs ...any) any {
	r.Helper()
	answer := r.ask("POST", "/composite/graph", toJSON(r.T, map[string]any{"graphs": graphs}), status)
	if status != http.StatusOK {
		return answer
	}
	return at(answer, "graphs")
}

func TestGraphsAreTransactions(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	answers := r.graphs(http.StatusOK,
		graphOf("good",
			sub("POST", "/sobjects/Account", "account", map[string]any{"Name": "Umbrella"}),
			sub("POST", "/sobjects/Contact", "contact", map[string]any{"LastName": "Alice", "AccountId": "@{account.id}"}),
			sub("PATCH", "/sobjects/Account/@{account.id}", "rename", map[string]any{"Name": "Umbrella & Sons"}),
			sub("GET", "/sobjects/Account/@{account.id}?fields=Name", "read", nil),
		),
		graphOf("bad",
			sub("POST", "/sobjects/Account", "account", map[string]any{"Name": "Lost"}),
			sub("POST", "/sobjects/Account", "wrong", map[string]any{"Nam": "x"}),
			sub("POST", "/sobjects/Account", "later", map[string]any{"Name": "Lost"}),
		),
	)
	r.equal(at(answers, 0, "graphId"), "good")
	r.equal(at(answers, 0, "isSuccessful"), true)
	nodes := at(answers, 0, "graphResponse", "compositeResponse")
	r.equal(at(nodes, 0, "httpStatusCode"), 201.0)
	r.equal(at(nodes, 2), map[string]any{"body": nil, "httpHeaders": map[string]any{}, "httpStatusCode": 204.0, "referenceId": "rename"})
	r.equal(at(nodes, 3, "body", "Name"), "Umbrella & Sons")
	r.equal(at(answers, 1, "isSuccessful"), false)
	r.equal(at(answers, 1, "graphResponse", "compositeResponse"), []any{
		halted("account"),
		map[string]any{
			"body":        []any{map[string]any{"errorCode": "INVALID_FIELD", "message": "No such column 'Nam' on sobject of type Account"}},
			"httpHeaders": map[string]any{}, "httpStatusCode": 400.0, "referenceId": "wrong",
		},
		halted("later"),
	})
	r.equal(r.count("SELECT COUNT() FROM Account WHERE Name = 'Umbrella & Sons'"), 1)
	r.equal(r.count("SELECT COUNT() FROM Account WHERE Name = 'Lost'"), 0)
}

func TestGraphNodesAreRecordRequests(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	account := r.make("Account", `{"Name":"Umbrella"}`)
	for i, node := range []map[string]any{
		sub("GET", "/query?q=SELECT Id FROM User", "n", nil),
		sub("GET", "/sobjects/Account/describe", "n", nil),
		sub("GET", "/sobjects/Account", "n", nil),
		sub("POST", "/composite/sobjects", "n", map[string]any{}),
	} {
		answers := r.graphs(http.StatusOK, graphOf("g", node))
		r.equal(at(answers, 0, "isSuccessful"), false)
		if at(answers, 0, "graphResponse", "compositeResponse", 0, "body", 0, "errorCode") != unsureNotNestedCode {
			t.Errorf("node %d: %v", i, answers)
		}
	}
	answers := r.graphs(http.StatusOK, graphOf("g",
		sub("PATCH", "/sobjects/Invoice__c/ExternalNumber__c/7", "upsert", map[string]any{"Account__c": account}),
		sub("DELETE", "/sobjects/Invoice__c/@{upsert.id}", "delete", nil),
	))
	r.equal(at(answers, 0, "isSuccessful"), true)
}

func TestGraphLimits(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	account := func(reference string) map[string]any {
		return sub("POST", "/sobjects/Account", reference, map[string]any{"Name": "Umbrella"})
	}
	nodes := func(n int) (all []any) {
		for i := range n {
			all = append(all, account(fmt.Sprintf("n%d", i)))
		}
		return all
	}
	graphs := func(n int) (all []any) {
		for i := range n {
			all = append(all, graphOf(fmt.Sprintf("g%d", i), account("n")))
		}
		return all
	}
	chain := func(n int) []any {
		all := nodes(n)
		for i := 1; i < n; i++ {
			all[i].(map[string]any)["body"] = map[string]any{"Name": "Umbrella", "ParentId": fmt.Sprintf("@{n%d.id}", i-1)}
		}
		return all
	}
	kinds := func(n int) (all []any) {
		for i := range n {
			all = append(all, map[string]any{"method": "POST", "url": fmt.Sprintf("/services/data/v%d.0/sobjects/Account", 68-i), "referenceId": fmt.Sprintf("n%d", i), "body": map[string]any{"Name": "x"}})
		}
		return all
	}
	for name, c := range map[string]struct{ largest, tooLarge []any }{
		"graphs": {graphs(75), graphs(76)},
		"nodes":  {[]any{graphOf("g", nodes(500)...)}, []any{graphOf("g", nodes(250)...), graphOf("h", nodes(251)...)}},
		"depth":  {[]any{graphOf("g", chain(15)...)}, []any{graphOf("g", chain(16)...)}},
		"kinds":  {[]any{graphOf("g", kinds(15)...)}, []any{graphOf("g", kinds(16)...)}},
	} {
		for _, g := range r.graphs(http.StatusOK, c.largest...).([]any) {
			if at(g, "isSuccessful") != true {
				t.Errorf("%s: %v", name, g)
			}
		}
		r.equal(at(r.graphs(http.StatusBadRequest, c.tooLarge...), 0, "errorCode"), unsureGraphLimitCode)
	}
	r.graphs(http.StatusBadRequest, graphOf("same", account("n")), graphOf("same", account("n")))
	r.graphs(http.StatusBadRequest, graphOf("g", account("n"), account("n")))
}

func TestGraphsStopAfterManyFailures(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	var graphs []any
	for i := range 16 {
		graphs = append(graphs, graphOf(fmt.Sprintf("g%d", i), sub("POST", "/sobjects/Account", "n", map[string]any{})))
	}
	graphs = append(graphs, graphOf("good", sub("POST", "/sobjects/Account", "n", map[string]any{"Name": "Umbrella"})))
	answers := r.graphs(http.StatusOK, graphs...)
	node := func(i int) any {
		return at(answers, i, "graphResponse", "compositeResponse", 0, "body", 0, "errorCode")
	}
	r.equal(node(14), "REQUIRED_FIELD_MISSING")
	r.equal(node(15), "PROCESSING_HALTED")
	r.equal(node(16), "PROCESSING_HALTED")
	r.equal(r.count("SELECT COUNT() FROM Account WHERE Name = 'Umbrella'"), 0)
}
