package sfclient

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Limits of a composite graph call, from the Salesforce REST API guide.
const (
	maxGraphs    = 75
	maxNodes     = 500
	maxNodeKinds = 15 // of a payload: method and object
)

// Graph is a transaction over several records: all of it is done, or none. A node may refer to the id that an earlier one
// creates by "@{reference.id}".
type Graph []Node

// Node is one step of a Graph.
type Node struct {
	Reference string // letters, digits and underscores; unique within the graph
	Method    string // POST, PATCH, DELETE or GET
	Object    string
	ID        string   // of the record, for all but POST
	Values    Values   // to write
	Fields    []string // to read
}

// GraphResult holds, by reference, the ids of created records and the bodies of records read.
type GraphResult struct {
	IDs    map[string]string
	Bodies map[string]json.RawMessage
	err    error
}

// GraphError is the refusal of a transaction; nothing of it was done. Reference names the node that failed.
type GraphError struct {
	Reference string
	Err       *Error
}

func (e *GraphError) Error() string { return e.Err.Error() }

func (e *GraphError) Unwrap() error { return e.Err }

// Transact runs a transaction. Transactions that arrive together share a call and do not affect each other. After an uncertain
// failure the caller looks at what is there: a transaction is there whole or not at all.
func (c *Client) Transact(ctx context.Context, g Graph) (GraphResult, error) {
	c.touch(g, GraphResult{})
	var result GraphResult
	defer func() { c.touch(g, result) }()
	again := func(err error) bool { return errors.Is(err, ErrLocked) || errors.Is(err, errNotTried) }
	var err error
	result, err = retryWhile(ctx, lockPace, again, func() (GraphResult, error) {
		result, err := c.graphs.do(ctx, g)
		if err == nil {
			err = result.err
		}
		return result, err
	})
	return result, err
}

// errHalted is a node or a transaction that was not done: its transaction failed elsewhere or refers to what is not there, or
// Salesforce tried no more of them because too many others of the same call had failed.
var errHalted error = &kind{"halted", []string{"PROCESSING_HALTED"}}

// errNotTried is the last of these.
var errNotTried = errors.New("not tried because other transactions failed")

func (c *Client) touch(g Graph, result GraphResult) {
	for _, node := range g {
		id := node.ID
		if id == "" {
			id = result.IDs[node.Reference]
		}
		if table := c.tables[node.Object]; table != nil && node.Method != http.MethodGet {
			table.touched(id, node.Values)
		}
	}
}

// ReadNode is a node that reads a row, as a transaction sees it, for Row to decode. id may be a reference.
func (t *Table[T]) ReadNode(ctx context.Context, reference, id string) (Node, error) {
	columns, err := t.columns(ctx)
	return Node{Reference: reference, Method: http.MethodGet, Object: t.object, ID: id, Fields: columns}, err
}

// Row decodes what a ReadNode read and notes it, so that look-ups by the row's keys need not ask Salesforce again.
func (t *Table[T]) Row(result GraphResult, reference string) (T, error) {
	var row T
	if err := json.Unmarshal(result.Bodies[reference], &row); err != nil {
		return row, &Error{Op: "read " + t.object, Status: http.StatusOK, Message: "the row can't be read: " + err.Error()}
	}
	t.ahead.remember(t, row)
	return row, nil
}

type graphPayload struct {
	Graphs []graphRequest `json:"graphs"`
}

type graphRequest struct {
	ID    string      `json:"graphId"`
	Nodes []graphNode `json:"compositeRequest"`
}

type graphNode struct {
	Method    string `json:"method"`
	URL       string `json:"url"`
	Reference string `json:"referenceId"`
	Body      Values `json:"body,omitempty"`
}

type graphAnswer struct {
	Graphs []struct {
		ID       string `json:"graphId"`
		Success  bool   `json:"isSuccessful"`
		Response struct {
			Nodes []struct {
				Body      json.RawMessage `json:"body"`
				Status    int             `json:"httpStatusCode"`
				Reference string          `json:"referenceId"`
			} `json:"compositeResponse"`
		} `json:"graphResponse"`
	} `json:"graphs"`
}

// sendGraphs runs as many calls as the limits on nodes and their kinds ask for.
func (c *Client) sendGraphs(ctx context.Context, graphs []Graph) ([]GraphResult, error) {
	results := make([]GraphResult, 0, len(graphs))
	for len(graphs) > 0 {
		count := fitting(graphs)
		some, err := c.sendPayload(ctx, graphs[:count])
		if err != nil {
			for range graphs { // the calls before this one stand: only those from here on failed
				results = append(results, GraphResult{err: err})
			}
			return results, nil
		}
		results = append(results, some...)
		graphs = graphs[count:]
	}
	return results, nil
}

// fitting is how many of the graphs, at least one, go into a single payload.
func fitting(graphs []Graph) int {
	nodes, kinds := 0, map[string]bool{}
	for i, g := range graphs {
		nodes += len(g)
		for _, node := range g {
			kinds[node.Method+" "+node.Object] = true
		}
		if i > 0 && (nodes > maxNodes || len(kinds) > maxNodeKinds) {
			return i
		}
	}
	return len(graphs)
}

func (c *Client) sendPayload(ctx context.Context, graphs []Graph) ([]GraphResult, error) {
	const op = "write records in a transaction"
	var payload graphPayload
	for i, g := range graphs {
		sent := graphRequest{ID: strconv.Itoa(i)}
		for _, node := range g {
			sent.Nodes = append(sent.Nodes, c.wireNode(node))
		}
		payload.Graphs = append(payload.Graphs, sent)
	}
	var answer graphAnswer
	if err := c.do(ctx, request{op: op, method: http.MethodPost, path: c.rest("/composite/graph"), body: payload}, &answer); err != nil {
		return nil, err
	}
	results := make([]GraphResult, len(graphs))
	for i := range results {
		results[i].err = &UncertainError{&Error{Op: op, Status: http.StatusOK, Message: "Salesforce left a transaction out of its answer"}}
	}
	refused := false
	for _, done := range answer.Graphs {
		i, err := strconv.Atoi(done.ID)
		if err != nil || i < 0 || i >= len(results) {
			continue
		}
		result := GraphResult{IDs: map[string]string{}, Bodies: map[string]json.RawMessage{}}
		for _, node := range done.Response.Nodes {
			if node.Status >= 300 {
				result.err = worse(result.err, node.Reference, node.Body, node.Status)
				continue
			}
			var created struct {
				ID string `json:"id"`
			}
			if json.Unmarshal(node.Body, &created) == nil && created.ID != "" {
				result.IDs[node.Reference] = created.ID
			}
			result.Bodies[node.Reference] = node.Body
		}
		if !done.Success && result.err == nil {
			result.err = &Error{Op: op, Status: http.StatusOK, Message: "Salesforce refused the transaction and gave no reason"}
		}
		refused = refused || result.err != nil && !errors.Is(result.err, errHalted)
		results[i] = result
	}
	for i := range results {
		if refused && errors.Is(results[i].err, errHalted) {
			results[i].err = fmt.Errorf("%w: %w", errNotTried, results[i].err)
		}
	}
	return results, nil
}

// worse keeps the refusal that made a transaction fail; its siblings only say that they were rolled back.
func worse(known error, reference string, body []byte, status int) error {
	item, err := parseRefusal(body)
	if err != nil {
		item.Message = strings.TrimSpace(string(body))
	}
	failed := &GraphError{reference, &Error{Op: "write records in a transaction", Status: status, Code: cmp.Or(item.ErrorCode, item.StatusCode), Message: item.Message, Fields: item.Fields}}
	if known == nil || errors.Is(known, errHalted) {
		return failed
	}
	return known
}

func (c *Client) wireNode(node Node) graphNode {
	address := c.rest("/sobjects/" + node.Object)
	if node.ID != "" {
		address += "/" + node.ID
	}
	if len(node.Fields) > 0 {
		address += "?fields=" + strings.Join(node.Fields, ",")
	}
	wire := graphNode{Method: node.Method, URL: address, Reference: node.Reference}
	for column, value := range node.Values {
		if wire.Body == nil {
			wire.Body = Values{}
		}
		wire.Body[column] = wireValue(value)
	}
	return wire
}
