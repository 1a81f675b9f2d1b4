package soql

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error is a refused statement: an API error code and a message in Salesforce's shape.
type Error struct{ Code, Message string }

func (e *Error) Error() string { return e.Code + ": " + e.Message }

const (
	malformedQuery     = "MALFORMED_QUERY"
	invalidField       = "INVALID_FIELD"
	invalidType        = "INVALID_TYPE"
	invalidOperator    = "INVALID_QUERY_FILTER_OPERATOR"
	outsideValidRange  = "NUMBER_OUTSIDE_VALID_RANGE"
	tooComplicated     = "QUERY_TOO_COMPLICATED"
	tooManySemiJoins   = "EXCEEDED_MAX_SEMIJOIN_SUBSELECTS"
	referenceYourWSDL  = " Please reference your WSDL or the describe call for the appropriate names."
	appendRelationship = " If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name." + referenceYourWSDL
)

// fail makes an error that names no position in the statement.
func fail(code, format string, arguments ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, arguments...)}
}

// failAt makes an error that shows the statement around pos, as the REST API does.
func failAt(text string, pos int, code, format string, arguments ...any) *Error {
	lineStart := strings.LastIndexByte(text[:pos], '\n') + 1
	lineEnd := len(text)
	if end := strings.IndexByte(text[pos:], '\n'); end >= 0 {
		lineEnd = pos + end
	}
	line := text[lineStart:lineEnd]
	from, to := excerpt(line, pos-lineStart)
	caret := strings.Repeat(" ", utf8.RuneCountInString(line[from:pos-lineStart]))
	row, column := lineAndColumn(text, pos)
	return fail(code, "\n%s\n%s^\nERROR at Row:%d:Column:%d\n%s",
		line[from:to], caret, row, column+1, fmt.Sprintf(format, arguments...))
}

// excerpt bounds the part of a line that an error shows: 30 characters to either side,
// widened to whole tokens.
func excerpt(line string, at int) (from, to int) {
	const reach = 30
	const separators = " \t\r,"
	from = max(at-reach, 0)
	for from > 0 && !strings.ContainsRune(separators, rune(line[from-1])) {
		from--
	}
	to = min(at+reach, len(line))
	for to < len(line) && !strings.ContainsRune(separators, rune(line[to])) {
		to++
	}
	return from, to
}

func noSuchColumn(text string, pos int, column, entity string) *Error {
	return failAt(text, pos, invalidField, "No such column '%s' on entity '%s'. If you are attempting to use a custom field, "+
		"be sure to append the '__c' after the custom field name."+referenceYourWSDL, column, entity)
}

func noSuchType(text string, pos int, entity string) *Error {
	return failAt(text, pos, invalidType, "sObject type '%s' is not supported. If you are attempting to use a custom object, "+
		"be sure to append the '__c' after the entity name."+referenceYourWSDL, entity)
}
