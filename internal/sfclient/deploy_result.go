package sfclient

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// DeployError is a deployment that failed, or was cancelled by somebody else. It was rolled back: nothing of it was done, unless an
// UncertainError is around it. Salesforce gives no codes for the problems of components, only for those of the deployment as a whole;
// by these errors.Is knows the sentinels.
type DeployError struct {
	Op       string // what was tried: "rotate the consumer key of Robot"
	ID       string // of the deployment, as in Setup, Deployment Status
	Failures []DeployFailure
	Err      *Error // why it failed as a whole; nil when its components are to blame
}

// DeployFailure is what Salesforce has against one component of a deployment.
type DeployFailure struct {
	Type, FullName string // the type is empty for package.xml
	Problem        string // in Salesforce's words
	ProblemType    string // Error, Warning or Info
	Line           int    // of the component's file; 0 where Salesforce names none
}

func (e *DeployError) Error() string {
	var text strings.Builder
	text.WriteString(e.Op + ": deployment " + e.ID + " failed")
	if e.Err != nil {
		text.WriteString(": " + e.Err.Error())
	}
	for _, failure := range e.Failures {
		text.WriteString("\n- " + failure.String())
	}
	return text.String()
}

func (e *DeployError) Unwrap() error {
	if e.Err == nil {
		return nil
	}
	return e.Err
}

// String is the failure in one sentence: "PermissionSet Robot, line 4: Warning: ...".
func (f DeployFailure) String() string {
	text := strings.TrimSpace(f.Type + " " + f.FullName)
	if f.Line > 0 {
		text += fmt.Sprintf(", line %d", f.Line)
	}
	if f.ProblemType != "Error" && f.ProblemType != "" {
		text += ": " + f.ProblemType
	}
	return text + ": " + f.Problem
}

// outcome is what a status says about the changes of a deployment that is rolled back on any error.
type outcome int

const (
	underWay outcome = iota
	allDone
	nothingDone
	unclear
)

// outcomes of the statuses that a deployment ends with; with any other it is under way.
var outcomes = map[string]outcome{
	"Succeeded":        allDone,
	"Failed":           nothingDone,
	"Canceled":         nothingDone,
	"SucceededPartial": unclear,
	"FinalizingFailed": unclear,
}

// deployResult is as much as is needed of a DeployResult. The Metadata API guide shows its numbers and switches as JSON strings
// while Salesforce sends them bare, so the status alone tells whether it is done.
type deployResult struct {
	Status       string `json:"status"`
	ErrorCode    string `json:"errorStatusCode"`
	ErrorMessage string `json:"errorMessage"`
	CanceledBy   string `json:"canceledByName"`
	Details      struct {
		Failures  []deployMessage `json:"componentFailures"`
		Successes []deployMessage `json:"componentSuccesses"`
	} `json:"details"`
}

type deployMessage struct {
	Type        string      `json:"componentType"`
	FullName    string      `json:"fullName"`
	Problem     string      `json:"problem"`
	ProblemType string      `json:"problemType"`
	Line        json.Number `json:"lineNumber"`
}

// verdict is nil for a deployment that succeeded.
func (r deployResult) verdict(op, id string) error {
	ended := outcomes[r.Status]
	if ended == allDone {
		return nil
	}
	failed := &DeployError{Op: op, ID: id}
	for _, message := range slices.Concat(r.Details.Failures, r.Details.Successes) {
		if message.Problem != "" { // components that were fine by themselves may have warnings
			failed.Failures = append(failed.Failures, message.failure())
		}
	}
	whole := &Error{Status: http.StatusOK, Code: r.ErrorCode, Message: r.ErrorMessage}
	switch {
	case r.ErrorCode != "" || r.ErrorMessage != "":
		failed.Err = whole
	case r.CanceledBy != "":
		failed.Err, whole.Message = whole, r.CanceledBy+" cancelled it"
	case len(failed.Failures) == 0:
		failed.Err, whole.Message = whole, "it ended as "+r.Status+" and Salesforce gave no reason"
	}
	if ended == unclear {
		return &UncertainError{failed}
	}
	return failed
}

func (m deployMessage) failure() DeployFailure {
	line, err := m.Line.Int64()
	if err != nil {
		line = 0 // most problems have no line
	}
	return DeployFailure{m.Type, m.FullName, m.Problem, m.ProblemType, int(line)}
}
