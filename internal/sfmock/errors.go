package sfmock

import (
	"fmt"
	"net/http"
	"strings"
)

// apiError is a refusal in Salesforce's words. REST answers it as an array with errorCode, collections and metadata calls as
// an entry with statusCode, SOAP as a fault; the face that speaks decides.
type apiError struct {
	Status  int // HTTP status where the whole request is refused
	Code    string
	Message string
	Fields  []string

	line, column int // of the XML that is at fault, 0 where there is none
}

func (e *apiError) Error() string { return e.Code + ": " + e.Message }

// at notes which element of a document is at fault.
func (e *apiError) at(place element) *apiError {
	e.line, e.column = place.line, place.column
	return e
}

// header is what an answer with this refusal carries besides its body: the methods that would be allowed.
func (e *apiError) header() map[string]string {
	if _, allowed, found := strings.Cut(e.Message, "Allowed are "); found && e.Code == "METHOD_NOT_ALLOWED" {
		return map[string]string{"Allow": allowed}
	}
	return nil
}

// refuse is an error with HTTP status 400, the status of most refusals.
func refuse(code, message string, fields ...string) *apiError {
	return &apiError{Status: http.StatusBadRequest, Code: code, Message: message, Fields: fields}
}

func errRequired(fields ...string) *apiError {
	return refuse("REQUIRED_FIELD_MISSING", "Required fields are missing: ["+strings.Join(fields, ", ")+"]", fields...)
}

func errNoColumn(object, field string) *apiError {
	return refuse("INVALID_FIELD", fmt.Sprintf("No such column '%s' on sobject of type %s", field, object))
}

func errNotWritable(field string) *apiError {
	return refuse("INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: "+field+
		". Please check the security settings of this field and verify that it is read/write for your profile or permission set.", field)
}

func errTooLong(label, value string, limit int, field string) *apiError {
	return refuse("STRING_TOO_LONG", fmt.Sprintf("%s: data value too large: %s (max length=%d)", label, value, limit), field)
}

func errBadPicklist(label, value, field string) *apiError {
	return refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", fmt.Sprintf("%s: bad value for restricted picklist field: %s", label, value), field)
}

func errMalformedID(label, value, field string) *apiError {
	return refuse("MALFORMED_ID", fmt.Sprintf("%s: id value of incorrect type: %s", label, value), field)
}

func errCrossReference(fields ...string) *apiError {
	return refuse("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", fields...)
}

func errDuplicateValue(field, otherID string) *apiError {
	return refuse("DUPLICATE_VALUE", fmt.Sprintf("duplicate value found: %s duplicates value on record with id: %s", field, otherID))
}

// errResource answers an unknown object, path or well-formed id that is not there.
func errResource() *apiError {
	return &apiError{Status: http.StatusNotFound, Code: "NOT_FOUND", Message: "The requested resource does not exist"}
}

// errAccess is the refusal of a write that the caller's permissions don't cover. Salesforce's documents leave open whether its status is 400 or 403.
func errAccess() *apiError {
	return &apiError{Status: http.StatusForbidden, Code: "INSUFFICIENT_ACCESS_OR_READONLY", Message: "insufficient access rights on object id"}
}

func errMethod(method, allowed string) *apiError {
	return &apiError{
		Status: http.StatusMethodNotAllowed, Code: "METHOD_NOT_ALLOWED",
		Message: fmt.Sprintf("HTTP Method '%s' not allowed. Allowed are %s", method, allowed),
	}
}
