package sfclient

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// newRole is a node that creates a role; below names the node of the role above it, "" for none.
func newRole(reference, name, below string) Node {
	values := role(name)
	if below != "" {
		values["ParentRoleId"] = "@{" + below + ".id}"
	}
	return Node{Reference: reference, Method: http.MethodPost, Object: "UserRole", Values: values}
}

// badRole is a node that Salesforce refuses.
func badRole(reference string) Node {
	return Node{Reference: reference, Method: http.MethodPost, Object: "UserRole", Values: Values{"DeveloperName": "Bad"}}
}

func TestTransactions(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		old := insert(t, o, "UserRole", role("Old"))
		unused := insert(t, o, "UserRole", role("Unused"))
		result, err := c.Transact(t.Context(), Graph{
			newRole("top", "Top", ""), newRole("below", "Below", "top"),
			{Reference: "renamed", Method: http.MethodPatch, Object: "UserRole", ID: old, Values: Values{"Name": "New", "ParentRoleId": "@{below.id}"}},
			{Reference: "gone", Method: http.MethodDelete, Object: "UserRole", ID: unused},
			{Reference: "read", Method: http.MethodGet, Object: "UserRole", ID: "@{below.id}", Fields: []string{"Id", "ParentRoleId"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if below := o.Record(result.IDs["below"]); below["ParentRoleId"] != result.IDs["top"] || o.Record(result.IDs["top"])["Name"] != "Top" {
			t.Errorf("%v", below)
		}
		if r := o.Record(old); r["Name"] != "New" || r["ParentRoleId"] != result.IDs["below"] || o.Record(unused) != nil {
			t.Errorf("%v, %v", r, o.Record(unused))
		}
		var read struct{ ID, ParentRoleID string }
		if err := json.Unmarshal(result.Bodies["read"], &read); err != nil || read.ID != result.IDs["below"] || read.ParentRoleID != result.IDs["top"] {
			t.Errorf("%s, %v", result.Bodies["read"], err)
		}
		calls(t, o, "graph", 1)
	})
}

func TestTransactionsAreWholeOrNothing(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		before := len(o.Records("UserRole"))
		const n = 30
		results := make([]GraphResult, n)
		for i, err := range together(n, func(i int) (err error) {
			g := Graph{newRole("first", fmt.Sprintf("First%d", i), ""), newRole("second", fmt.Sprintf("Second%d", i), "first")}
			if i%3 == 0 {
				g = append(g, badRole("third"))
			}
			results[i], err = c.Transact(t.Context(), g)
			return err
		}) {
			failed, isGraph := errors.AsType[*GraphError](err)
			if i%3 != 0 {
				if first := o.Record(results[i].IDs["first"]); err != nil || first["Name"] != fmt.Sprintf("First%d", i) || o.Record(results[i].IDs["second"])["ParentRoleId"] != results[i].IDs["first"] {
					t.Errorf("%d: %v, %v", i, first, err)
				}
			} else if !isGraph || failed.Reference != "third" || failed.Err.Code != "REQUIRED_FIELD_MISSING" || uncertain(err) || o.Find("UserRole", "DeveloperName", fmt.Sprintf("First%d", i)) != nil {
				t.Errorf("%d: %v", i, err)
			}
		}
		if made := len(o.Records("UserRole")) - before; made != n*2/3*2 {
			t.Errorf("%d roles were made", made)
		}
		calls(t, o, "graph", 1)
	})
}

// TestManyFailuresHaltTheOthers has more of them fail than Salesforce puts up with in a call: what it did not try is sent again.
func TestManyFailuresHaltTheOthers(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		within(t, 5*time.Minute, func() {
			for i, err := range together(maxGraphs, func(i int) error {
				g := Graph{newRole("role", fmt.Sprintf("R%d", i), "")}
				if i%3 != 0 {
					g = Graph{badRole("bad")}
				}
				_, err := c.Transact(t.Context(), g)
				return err
			}) {
				failed, _ := errors.AsType[*GraphError](err)
				if i%3 == 0 && err != nil || i%3 != 0 && (failed == nil || failed.Err.Code != "REQUIRED_FIELD_MISSING") {
					t.Errorf("%d: %v", i, err)
				}
			}
		})
		if sent := o.Calls()["graph"]; sent < 2 {
			t.Errorf("%d calls", sent)
		}
	})
}

// TestABadReference looks to Salesforce like a transaction that was not tried; sending it again for ever would not help.
func TestABadReference(t *testing.T) {
	t.Parallel()
	for name, others := range map[string]int{"alone": 0, "beside good ones": 3, "beside bad ones": -3} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, _ *sfmock.Org, c *Client) {
				t.Helper()
				within(t, 5*time.Minute, func() {
					results := together(1+max(others, -others), func(i int) error {
						g := Graph{newRole("role", "R", "nobody")}
						switch {
						case i > 0 && others > 0:
							g = Graph{newRole("role", fmt.Sprintf("R%d", i), "")}
						case i > 0:
							g = Graph{badRole("bad")}
						}
						_, err := c.Transact(t.Context(), g)
						return err
					})
					if refused, ok := errors.AsType[*Error](results[0]); !ok || refused.Code != "PROCESSING_HALTED" || !strings.Contains(refused.Message, "nobody") {
						t.Error(results[0])
					}
					for _, err := range results[1:] {
						if (err == nil) != (others > 0) {
							t.Error(err)
						}
					}
				})
			})
		})
	}
}

func TestPayloadsFitTheLimits(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		const nodes = 8
		allSucceed(t, together(maxGraphs+5, func(i int) error {
			var g Graph
			for j := range nodes {
				g = append(g, newRole(fmt.Sprintf("r%d", j), fmt.Sprintf("R%d_%d", i, j), ""))
			}
			_, err := c.Transact(t.Context(), g)
			return err
		}))
		calls(t, o, "graph", 3) // 62 graphs, 13 more of the first 75, and 5
	})
}

func TestFitting(t *testing.T) {
	t.Parallel()
	kinds := func(first, n int) Graph {
		var g Graph
		for i := range n {
			g = append(g, Node{Method: http.MethodPatch, Object: fmt.Sprintf("Object%d", first+i)})
		}
		return g
	}
	for name, test := range map[string]struct {
		graphs []Graph
		want   int
	}{
		"few":                               {[]Graph{kinds(0, 3), kinds(0, 3)}, 2},
		"fifteen kinds":                     {[]Graph{kinds(0, 8), kinds(8, 7)}, 2},
		"sixteen kinds":                     {[]Graph{kinds(0, 8), kinds(8, 8)}, 1},
		"the same object in another way":    {[]Graph{kinds(0, 15), {{Method: http.MethodPost, Object: "Object0"}}}, 1},
		"five hundred nodes":                {[]Graph{make(Graph, 250), make(Graph, 250)}, 2},
		"more":                              {[]Graph{make(Graph, 250), make(Graph, 251), make(Graph, 1)}, 1},
		"one that is too big, for an error": {[]Graph{make(Graph, 501), make(Graph, 1)}, 1},
	} {
		if got := fitting(test.graphs); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
}

func TestUncertainTransactions(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault sfmock.Fault
		made  int
	}{
		"done":             {sfmock.Fault{ResetAfterCommit: true}, 2},
		"half an answer":   {sfmock.Fault{TruncateBody: true}, 2},
		"not done":         {sfmock.Fault{Reset: true}, 0},
		"a gateway's page": {sfmock.Fault{Status: 502, Body: "<html>"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				before := len(o.Records("UserRole"))
				o.Fail(sfmock.Match{Kind: "graph"}, 1, test.fault)
				for _, err := range together(2, func(i int) error {
					_, err := c.Transact(t.Context(), Graph{newRole("role", fmt.Sprintf("R%d", i), "")})
					return err
				}) {
					if !uncertain(err) {
						t.Error(err)
					}
				}
				if made := len(o.Records("UserRole")) - before; made != test.made {
					t.Errorf("%d roles were made", made)
				}
				calls(t, o, "graph", 1)
			})
		})
	}
}

func TestTransactionsWaitForLocks(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.Fail(sfmock.Match{Kind: "graph"}, 3, sfmock.Fault{Code: "UNABLE_TO_LOCK_ROW", Message: "locked"})
		if _, err := c.Transact(t.Context(), Graph{newRole("role", "R", "")}); err != nil {
			t.Error(err)
		}
		calls(t, o, "graph", 4)
	})
}

// TestAnswersOfGraphs are what Salesforce does not answer, but might.
func TestAnswersOfGraphs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body  string
		check func(error) bool
	}{
		"left out":           {`{"graphs":[]}`, uncertain},
		"another graph's id": {`{"graphs":[{"graphId":"7","isSuccessful":true},{"graphId":"x","isSuccessful":true}]}`, uncertain},
		"no reason":          {`{"graphs":[{"graphId":"0","isSuccessful":false,"graphResponse":{"compositeResponse":[]}}]}`, func(err error) bool { return err != nil && !uncertain(err) }},
		"no JSON": {`{"graphs":[{"graphId":"0","isSuccessful":false,"graphResponse":{"compositeResponse":[{"body":"gone wrong","httpStatusCode":400,"referenceId":"r"}]}}]}`, func(err error) bool {
			failed, ok := errors.AsType[*GraphError](err)
			return ok && failed.Reference == "r" && strings.Contains(err.Error(), "gone wrong")
		}},
		"rolled back first": {`{"graphs":[{"graphId":"0","isSuccessful":false,"graphResponse":{"compositeResponse":[
			{"body":[{"errorCode":"PROCESSING_HALTED","message":"rolled back"}],"httpStatusCode":400,"referenceId":"a"},
			{"body":[{"errorCode":"INVALID_FIELD","message":"no such column"}],"httpStatusCode":400,"referenceId":"b"},
			{"body":[{"errorCode":"PROCESSING_HALTED","message":"rolled back"}],"httpStatusCode":400,"referenceId":"c"}]}}]}`, func(err error) bool {
			failed, ok := errors.AsType[*GraphError](err)
			return ok && failed.Reference == "b" && failed.Err.Code == "INVALID_FIELD"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inFakeTime(t, func(t *testing.T) {
				t.Helper()
				c := inProcess(t, func(*http.Request) (*http.Response, error) { return answer(200, test.body)().response() })
				if _, err := c.Transact(t.Context(), Graph{newRole("r", "R", "")}); !test.check(err) {
					t.Error(err)
				}
			})
		})
	}
}
