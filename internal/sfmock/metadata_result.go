package sfmock

import (
	"fmt"
	"slices"
)

// each does n pieces of work, each wholly or not at all; with AllOrNoneHeader all of them or none.
func (m *metadataCall) each(n int, work func(i int) (element, *apiError)) ([]element, *apiError) {
	results := make([]element, n)
	failed := make([]bool, n)
	_ = m.org.atomically(func() *apiError {
		var first *apiError
		for i := range n {
			err := m.org.atomically(func() (err *apiError) {
				results[i], err = work(i)
				return err
			})
			if failed[i] = err != nil; failed[i] && first == nil {
				first = err
			}
		}
		if m.allOrNone {
			return first
		}
		return nil
	})
	if m.allOrNone && slices.Contains(failed, true) {
		for i := range results {
			if !failed[i] {
				results[i] = result(results[i].value("fullName"), errRolledBack())
			}
		}
	}
	return results, nil
}

func errRolledBack() *apiError {
	return refuse("ALL_OR_NONE_OPERATION_ROLLED_BACK", "Record rolled back because not all records were valid and the request was using AllOrNone header")
}

// result is a SaveResult, UpsertResult or DeleteResult, whose children come in alphabetical order.
func result(fullName string, err *apiError, before ...element) element {
	r := branch("result", before...)
	if err != nil && err.Code != "" {
		reason := branch("errors")
		for _, f := range err.Fields {
			reason.children = append(reason.children, leaf("fields", f))
		}
		reason.children = append(reason.children, leaf("message", err.Message), leaf("statusCode", err.Code))
		r.children = append(r.children, reason)
	}
	r.children = append(r.children, leaf("fullName", fullName), flagLeaf("success", err == nil))
	return r
}

func errNoComponent(typeName, fullName string) *apiError {
	return refuse("INVALID_CROSS_REFERENCE_KEY", fmt.Sprintf("no %s named %s found", typeName, fullName))
}

func errDuplicateComponent() *apiError {
	return refuse("DUPLICATE_VALUE", "duplicate value found: <unknown> duplicates value on record with id: <unknown>")
}
