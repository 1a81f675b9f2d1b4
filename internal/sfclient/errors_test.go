package sfclient

import (
	"errors"
	"fmt"
	"testing"
)

var sentinels = map[string]error{
	"ErrNotFound": ErrNotFound, "ErrDuplicate": ErrDuplicate, "ErrAccess": ErrAccess, "ErrLicense": ErrLicense,
	"ErrLimit": ErrLimit, "ErrLocked": ErrLocked, "ErrSession": ErrSession,
}

func TestSentinels(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"NOT_FOUND": "ErrNotFound", "ENTITY_IS_DELETED": "ErrNotFound", "INVALID_CROSS_REFERENCE_KEY": "ErrNotFound",
		"DUPLICATE_VALUE": "ErrDuplicate", "DUPLICATE_USERNAME": "ErrDuplicate", "DUPLICATE_DEVELOPER_NAME": "ErrDuplicate", "DUPLICATE_COMM_NICKNAME": "ErrDuplicate",
		"INSUFFICIENT_ACCESS": "ErrAccess", "INSUFFICIENT_ACCESS_OR_READONLY": "ErrAccess", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY": "ErrAccess",
		"API_CURRENTLY_DISABLED": "ErrAccess", "API_DISABLED_FOR_ORG": "ErrAccess", "FORBIDDEN": "ErrAccess",
		"LICENSE_LIMIT_EXCEEDED": "ErrLicense", "REQUEST_LIMIT_EXCEEDED": "ErrLimit",
		"UNABLE_TO_LOCK_ROW": "ErrLocked", "ALREADY_IN_PROCESS": "ErrLocked",
		"INVALID_SESSION_ID": "ErrSession", "INVALID_OPERATION_WITH_EXPIRED_PASSWORD": "ErrSession",
		"REQUIRED_FIELD_MISSING": "", "": "",
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			plain := &Error{Op: "try", Status: 400, Code: code, Message: "not found, duplicate, locked: UNABLE_TO_LOCK_ROW NOT_FOUND DUPLICATE_VALUE"}
			for _, err := range []error{plain, fmt.Errorf("wrapped: %w", plain), &UncertainError{plain}, &GraphError{"x", plain}, errors.Join(errTest, plain)} {
				for name, sentinel := range sentinels {
					if errors.Is(err, sentinel) != (name == want) {
						t.Errorf("%T is %s: %t", err, name, errors.Is(err, sentinel))
					}
				}
			}
		})
	}
}

// TestAColumnThatRefersToNothing is not taken for a record that is gone, although the code is the same.
func TestAColumnThatRefersToNothing(t *testing.T) {
	t.Parallel()
	if errors.Is(&Error{Code: "INVALID_CROSS_REFERENCE_KEY", Fields: []string{"ManagerId"}}, ErrNotFound) {
		t.Error("it is")
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"create User: DUPLICATE_USERNAME: taken": &Error{Op: "create User", Code: "DUPLICATE_USERNAME", Message: "taken"},
		"create User: HTTP 503":                  &Error{Op: "create User", Message: "HTTP 503"},
		"taken":                                  &Error{Message: "taken"},
		"X: taken (Salesforce may have made the change all the same)": &UncertainError{&Error{Code: "X", Message: "taken"}},
		"a: X: taken":                  &GraphError{"ref", &Error{Op: "a", Code: "X", Message: "taken"}},
		"LoginURL: write it otherwise": &ConfigError{"LoginURL", "write it otherwise"},
	} {
		if got := err.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestItemsOfCollections(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		result writeResult
		want   string
	}{
		"success":         {writeResult{ID: "1", Success: true}, "<nil>"},
		"a refusal":       {writeResult{Errors: []refusalItem{{StatusCode: "DUPLICATE_VALUE", Message: "there", Fields: []string{"Name"}}}}, "try: DUPLICATE_VALUE: there"},
		"without reasons": {writeResult{}, "try: Salesforce refused the record and gave no reason"},
	} {
		if got := fmt.Sprint(test.result.err("try")); got != test.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
