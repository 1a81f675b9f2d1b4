package sfmock

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
)

const (
	mostSubrequests  = 25
	mostQueryLikes   = 5
	rolledBackReason = "The transaction was rolled back since another operation in the same transaction failed."
)

// composite answers POST /composite: subrequests in order, each of which may quote the answers before it.
func (c *call) composite() (*reply, *apiError) {
	var body struct {
		AllOrNone   bool         `json:"allOrNone"`
		Subrequests []subrequest `json:"compositeRequest"`
	}
	if err := c.decode(&body); err != nil {
		return nil, err
	}
	if len(body.Subrequests) > mostSubrequests {
		return nil, refuse(unsureTooManySubrequestsCode, fmt.Sprintf(unsureTooManySubrequests, mostSubrequests))
	}
	if err := checkReferenceIDs(body.Subrequests); err != nil {
		return nil, err
	}
	if queryLikes(body.Subrequests) > mostQueryLikes {
		return nil, refuse(unsureTooManySubrequestsCode, fmt.Sprintf(unsureTooManyQueries, mostQueryLikes))
	}
	answers, _ := c.serial(body.Subrequests, inComposite, body.AllOrNone)
	return ok(document{{"compositeResponse", answers}}), nil
}

func checkReferenceIDs(subrequests []subrequest) *apiError {
	seen := map[string]bool{}
	for _, s := range subrequests {
		switch {
		case !referenceName.MatchString(s.ReferenceID):
			return refuse("INVALID_INPUT", fmt.Sprintf(unsureReferenceID, s.ReferenceID))
		case seen[s.ReferenceID]:
			return refuse("INVALID_INPUT", fmt.Sprintf(unsureReferenceIDTwice, s.ReferenceID))
		}
		seen[s.ReferenceID] = true
	}
	return nil
}

// queryLikes counts the subrequests that Salesforce allows only a few of: queries and collections.
func queryLikes(subrequests []subrequest) int {
	n := 0
	for _, s := range subrequests {
		parts := versionedPath.FindStringSubmatch(s.URL)
		if parts == nil {
			continue
		}
		below := strings.TrimPrefix(parts[2], toolingFace)
		if strings.HasPrefix(below, "/query") || strings.HasPrefix(below, "/composite/sobjects") {
			n++
		}
	}
	return n
}

// serial runs subrequests one after the other. With allOrNone they are one transaction: the first failure ends it, and all
// others answer that they were rolled back.
func (c *call) serial(subrequests []subrequest, within nesting, allOrNone bool) (answers []document, failed *apiError) {
	inner := *c
	if allOrNone {
		inner.transaction = &transaction{}
	}
	known := references{}
	replies := make([]*reply, len(subrequests))
	failed = c.org.atomically(func() *apiError {
		for i, s := range subrequests {
			replies[i] = inner.quoting(s, known, within)
			if failure(replies[i].Status) && allOrNone {
				return refuse("PROCESSING_HALTED", rolledBackReason)
			}
			if !failure(replies[i].Status) {
				known.learn(s.ReferenceID, replies[i].Body)
			}
		}
		return nil
	})
	for i, s := range subrequests {
		if failed != nil && (replies[i] == nil || !failure(replies[i].Status)) {
			replies[i] = restFailure(failed)
		}
		answers = append(answers, nested(replies[i], s.ReferenceID))
	}
	return answers, failed
}

// failure tells whether a subrequest with this status did not do what it was asked.
func failure(status int) bool {
	return status >= http.StatusBadRequest || status == http.StatusMultipleChoices
}

// quoting serves a subrequest after its references to earlier answers are filled in.
func (c *call) quoting(s subrequest, known references, within nesting) *reply {
	address, err := known.fill(s.URL)
	if err == nil {
		s.URL = fmt.Sprint(address)
		s.Body, err = known.fillIn(s.Body)
	}
	if err != nil {
		return restFailure(err)
	}
	return c.dispatch(s, within)
}

// nested is a subrequest's answer as it stands in the composite one.
func nested(answer *reply, referenceID string) document {
	headers := map[string]string{}
	maps.Copy(headers, answer.Header)
	return document{{"body", answer.Body}, {"httpHeaders", headers}, {"httpStatusCode", answer.Status}, {"referenceId", referenceID}}
}

// batch answers POST /composite/batch: independent subrequests, each of which counts as a call.
func (c *call) batch() (*reply, *apiError) {
	var body struct {
		HaltOnError bool `json:"haltOnError"`
		Requests    []struct {
			Method    string `json:"method"`
			URL       string `json:"url"`
			RichInput any    `json:"richInput"`
		} `json:"batchRequests"`
	}
	if err := c.decode(&body); err != nil {
		return nil, err
	}
	if len(body.Requests) > mostSubrequests {
		return nil, refuse(unsureTooManySubrequestsCode, fmt.Sprintf(unsureTooManySubrequests, mostSubrequests))
	}
	hasErrors, results := false, []any{}
	for _, r := range body.Requests {
		answer := restFailure(&apiError{Status: http.StatusPreconditionFailed, Code: "BATCH_PROCESSING_HALTED", Message: "Batch processing halted per request"})
		if !hasErrors || !body.HaltOnError {
			c.org.usage.used++
			answer = c.dispatch(subrequest{Method: r.Method, URL: r.URL, Body: r.RichInput}, inBatch)
		}
		hasErrors = hasErrors || failure(answer.Status)
		results = append(results, document{{"statusCode", answer.Status}, {"result", answer.Body}})
	}
	return ok(document{{"hasErrors", hasErrors}, {"results", results}}), nil
}
