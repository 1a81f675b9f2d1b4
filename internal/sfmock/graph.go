package sfmock

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Limits of one composite graph request (REST API guide).
const (
	mostGraphs       = 75
	mostGraphNodes   = 500
	deepestGraph     = 15
	mostGraphKinds   = 15
	mostFailedGraphs = 14
)

// compositeGraph is one transaction of a graph request.
type compositeGraph struct {
	ID    string       `json:"graphId"`
	Nodes []subrequest `json:"compositeRequest"`
}

// graph answers POST /composite/graph: many transactions of record requests.
func (c *call) graph() (*reply, *apiError) {
	var body struct {
		Graphs []compositeGraph `json:"graphs"`
	}
	if err := c.decode(&body); err != nil {
		return nil, err
	}
	if err := checkGraphs(body.Graphs); err != nil {
		return nil, err
	}
	failures, shown := 0, []any{}
	for _, g := range body.Graphs {
		var answers []document
		var failed *apiError
		if failures > mostFailedGraphs {
			failed = refuse("PROCESSING_HALTED", unsureTooManyFailedGraphs)
			for _, node := range g.Nodes {
				answers = append(answers, nested(restFailure(failed), node.ReferenceID))
			}
		} else {
			answers, failed = c.serial(g.Nodes, inGraph, true)
		}
		if failed != nil {
			failures++
		}
		shown = append(shown, document{
			{"graphId", g.ID}, {"graphResponse", document{{"compositeResponse", answers}}}, {"isSuccessful", failed == nil},
		})
	}
	return ok(document{{"graphs", shown}}), nil
}

// checkGraphs refuses a request that is too large or not of the form of graphs.
func checkGraphs(graphs []compositeGraph) *apiError {
	if len(graphs) > mostGraphs {
		return refuse(unsureGraphLimitCode, fmt.Sprintf(unsureTooManyGraphs, mostGraphs))
	}
	nodes, kinds, ids := 0, map[string]bool{}, map[string]bool{}
	for _, g := range graphs {
		if g.ID == "" || ids[g.ID] {
			return refuse("INVALID_INPUT", fmt.Sprintf(unsureGraphID, g.ID))
		}
		ids[g.ID] = true
		if err := checkReferenceIDs(g.Nodes); err != nil {
			return err
		}
		if deepest := depth(g.Nodes); deepest > deepestGraph {
			return refuse(unsureGraphLimitCode, fmt.Sprintf(unsureGraphTooDeep, g.ID, deepestGraph))
		}
		nodes += len(g.Nodes)
		for _, node := range g.Nodes {
			kinds[kindOf(node)] = true
		}
	}
	switch {
	case nodes > mostGraphNodes:
		return refuse(unsureGraphLimitCode, fmt.Sprintf(unsureTooManyNodes, mostGraphNodes))
	case len(kinds) > mostGraphKinds:
		return refuse(unsureGraphLimitCode, fmt.Sprintf(unsureTooManyKinds, mostGraphKinds))
	}
	return nil
}

// kindOf is what makes nodes different from one another for the limit on their kinds: method, object and version.
func kindOf(node subrequest) string {
	parts := versionedPath.FindStringSubmatch(node.URL)
	if parts == nil {
		return node.Method + " " + node.URL
	}
	below, _, _ := strings.Cut(parts[2], "?")
	segments := strings.Split(below, "/")
	return fmt.Sprintf("%s %s v%s", strings.ToUpper(node.Method), segments[min(2, len(segments)-1)], parts[1])
}

// depth is the length of the longest chain of nodes that quote one another.
func depth(nodes []subrequest) int {
	depths := map[string]int{}
	deepest := 0
	for _, node := range nodes {
		raw, err := json.Marshal(node)
		if err != nil {
			continue
		}
		d := 0
		for _, name := range quoted(string(raw)) {
			d = max(d, depths[name])
		}
		depths[node.ReferenceID] = d + 1
		deepest = max(deepest, d+1)
	}
	return deepest
}
