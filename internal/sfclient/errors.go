package sfclient

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Error is a refusal by Salesforce, in its own words.
type Error struct {
	Op      string   // what was tried: "create User"
	Status  int      // HTTP status; 200 for an item of a collection
	Code    string   // Salesforce's code, such as DUPLICATE_USERNAME; empty when a gateway answered instead of Salesforce
	Message string   // Salesforce's message
	Fields  []string // the fields that Salesforce blames, may be empty
	Usage   string   // the Sforce-Limit-Info header: "api-usage=15000/15000"
}

func (e *Error) Error() string {
	text := e.Message
	if e.Code != "" {
		text = e.Code + ": " + text
	}
	if e.Op != "" {
		text = e.Op + ": " + text
	}
	return text
}

// Is makes errors.Is work with the sentinels below.
func (e *Error) Is(target error) bool {
	if target == ErrNotFound && len(e.Fields) > 0 {
		return false // the record is there, but a column of it refers to nothing
	}
	if target == ErrLocked && awaitsRecalculation(e.Message) {
		return true
	}
	kind, isKind := target.(*kind)
	return isKind && slices.Contains(kind.codes, e.Code)
}

// kind is a class of refusals, told apart by Salesforce's codes and not by its messages, but for the one that recalculationTexts tell.
type kind struct {
	name  string
	codes []string
}

func (k *kind) Error() string { return k.name }

// Sentinels for errors.Is.
var (
	// ErrNotFound is a record or component that is not there, or not visible to the caller.
	ErrNotFound error = &kind{"not found", []string{"NOT_FOUND", "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY"}}
	// ErrDuplicate is a name, username or pair that is already taken.
	ErrDuplicate error = &kind{"already exists", []string{"DUPLICATE_VALUE", "DUPLICATE_USERNAME", "DUPLICATE_DEVELOPER_NAME", "DUPLICATE_COMM_NICKNAME"}}
	// ErrAccess is a permission that the signed-in user lacks.
	ErrAccess error = &kind{"no access", []string{
		"INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
		"API_CURRENTLY_DISABLED", "API_DISABLED_FOR_ORG", "FORBIDDEN",
	}}
	// ErrLicense is a seat or feature licence that is used up.
	ErrLicense error = &kind{"no free licence", []string{"LICENSE_LIMIT_EXCEEDED"}}
	// ErrLimit is an API limit: the daily quota, or requests running at once.
	ErrLimit error = &kind{"limit exceeded", []string{"REQUEST_LIMIT_EXCEEDED"}}
	// ErrLocked is another change that holds a lock, or a permission set group that is being recalculated. Nothing was done.
	ErrLocked error = &kind{"locked by another change", []string{"UNABLE_TO_LOCK_ROW", "ALREADY_IN_PROCESS"}}
	// ErrSession is an access token that Salesforce does not take.
	ErrSession error = &kind{"session not valid", []string{"INVALID_SESSION_ID", "INVALID_OPERATION_WITH_EXPIRED_PASSWORD"}}
)

// UncertainError is a write that may or may not have been done: the connection broke, or a gateway failed, after it was sent.
type UncertainError struct{ Err error }

func (e *UncertainError) Error() string {
	return e.Err.Error() + " (Salesforce may have made the change all the same)"
}

func (e *UncertainError) Unwrap() error { return e.Err }

func uncertain(err error) bool {
	var u *UncertainError
	return errors.As(err, &u)
}

// foreverUnusable are messages of INVALID_SESSION_ID that a new token does not cure. The code is the same for both, so the
// message decides here; asking for new tokens would never end.
var foreverUnusable = []string{"This session is not valid for use with the REST API", "Connected app is not attached to Agent"}

// sessionExpired tells whether a new token would help.
func sessionExpired(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == "INVALID_SESSION_ID" && !slices.Contains(foreverUnusable, e.Message)
}

// onlyBusy tells the two refusals of REQUEST_LIMIT_EXCEEDED apart, which share their code: too many requests at this moment
// (worth waiting), or the quota of the day is used up (not).
func onlyBusy(e *Error) bool {
	return e.Code == "REQUEST_LIMIT_EXCEEDED" && strings.HasPrefix(e.Message, "ConcurrentRequests")
}

// gatewayError is an answer that is not Salesforce's own form: an HTML page of a gateway or of a maintenance window, or nothing at all.
func gatewayError(op string, status int, contentType string, body []byte) *Error {
	what := "an answer that is not in Salesforce's form"
	switch {
	case len(body) == 0:
		what = "an empty answer"
	case strings.Contains(contentType, "html") || strings.HasPrefix(strings.TrimSpace(string(body)), "<"):
		what = "an HTML page instead of an API answer"
	}
	message := fmt.Sprintf("HTTP %d %s with %s", status, http.StatusText(status), what)
	switch status {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		message += "; the org is in maintenance or overloaded"
	case 420:
		message += "; Salesforce knows no org at this address (deleted, expired or just being moved)"
	case http.StatusNotFound, http.StatusOK:
		message += "; is the address that of an org's My Domain?"
	}
	return &Error{Op: op, Status: status, Message: message}
}
