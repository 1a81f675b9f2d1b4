package sfmock

import (
	"fmt"
	"net/http"
)

func withStatus(status int, e *apiError) *apiError {
	e.Status = status
	return e
}

// errNoExternalID answers a path whose last part is neither an id of the object nor the name of an external id field.
func errNoExternalID(name string) *apiError {
	return &apiError{Status: http.StatusNotFound, Code: "NOT_FOUND", Message: "Provided external ID field does not exist or is not accessible: " + name}
}

func errDeleted() *apiError {
	return &apiError{Status: http.StatusNotFound, Code: "ENTITY_IS_DELETED", Message: "entity is deleted"}
}

func errIDAtCreate() *apiError {
	return refuse("INVALID_FIELD_FOR_INSERT_UPDATE", unsureIDAtCreate, "Id")
}

// errKeyInBody refuses a body that repeats the id or external id of the path.
func errKeyInBody(name string) *apiError {
	return refuse("INVALID_FIELD", fmt.Sprintf(unsureKeyInBody, name))
}

func errMediaType(media string) *apiError {
	return &apiError{Status: http.StatusUnsupportedMediaType, Code: unsureMediaTypeCode, Message: fmt.Sprintf(unsureMediaType, media)}
}

// errTooMany refuses a collection as a whole.
func errTooMany(limit int) *apiError {
	return refuse("EXCEEDED_ID_LIMIT", fmt.Sprintf(unsureTooMany, limit))
}

// errType answers a record whose type the org does not have.
func errType(name string) *apiError {
	return refuse("INVALID_TYPE", fmt.Sprintf(unsureType, name))
}

// errReference answers a subrequest that quotes what no earlier answer says.
func errReference(path, name string) *apiError {
	return refuse("PROCESSING_HALTED", fmt.Sprintf(unsureReference, path, name))
}
