package sfmock

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// onlyInREST are the members of a deployment's result that SOAP doesn't have.
var onlyInREST = []string{
	"allComponentMessages", "forPackageManifestFile", "knownPackagingProblem", "messages", "requiresProductionTestRun", "warning",
}

// result is a DeployResult; what is nil has no element in SOAP.
func (d *deployment) result(details bool) document {
	deployed, failures := d.counts()
	result := document{
		{"canceledBy", userID(d.canceledBy)},
		{"canceledByName", userName(d.canceledBy)},
		{"checkOnly", d.options.CheckOnly},
		{"completedDate", d.completed},
		{"createdBy", userID(d.caller.user)},
		{"createdByName", userName(d.caller.user)},
		{"createdDate", d.created},
	}
	if details {
		result = append(result, member{"details", d.details()})
	}
	code, message := any(nil), any(nil)
	if d.refusal != nil {
		code, message = d.refusal.Code, d.refusal.Message
	}
	var started time.Time
	if d.status != deployPending {
		started = d.started
	}
	return append(result, document{
		{"done", d.done()},
		{"errorMessage", message},
		{"errorStatusCode", code},
		{"id", d.id},
		{"ignoreWarnings", d.options.IgnoreWarnings},
		{"lastModifiedDate", d.modified},
		{"numberComponentErrors", failures},
		{"numberComponentsDeployed", deployed},
		{"numberComponentsTotal", d.total},
		{"numberFiles", d.files},
		{"numberTestErrors", 0},
		{"numberTestsCompleted", 0},
		{"numberTestsTotal", 0},
		{"rollbackOnError", d.options.RollbackOnError},
		{"runTestsEnabled", d.options.TestLevel != nil && *d.options.TestLevel != "NoTestRun"},
		{"startDate", started},
		{"stateDetail", nil},
		{"status", d.status},
		{"success", d.status == deploySucceeded || d.status == deployPartial},
		{"zipSize", d.size},
	}...)
}

// details are DeployDetails.
func (d *deployment) details() document {
	var failures, successes, all []document
	for _, row := range d.rows {
		shown := row.message()
		if all = append(all, shown); row.success {
			successes = append(successes, shown)
		} else {
			failures = append(failures, shown)
		}
	}
	noTests := document{{"numFailures", 0}, {"numTestsRun", 0}, {"totalTime", json.Number("0.0")}}
	return document{
		{"allComponentMessages", all}, {"componentFailures", failures}, {"componentSuccesses", successes}, {"retrieveResult", nil}, {"runTestResult", noTests},
	}
}

// message is a DeployMessage.
func (row deployRow) message() document {
	return document{
		{"changed", row.changed},
		{"columnNumber", orNil(row.column)},
		{"componentType", row.typeName},
		{"created", row.created},
		{"createdDate", row.when},
		{"deleted", row.deleted},
		{"fileName", row.fileName},
		{"forPackageManifestFile", row.manifest},
		{"fullName", row.fullName},
		{"id", orNil(row.id)},
		{"knownPackagingProblem", false},
		{"lineNumber", orNil(row.line)},
		{"problem", orNil(row.problem)},
		{"problemType", orNil(row.problemType)},
		{"requiresProductionTestRun", false},
		{"success", row.success},
		{"warning", row.problemType == problemWarning},
	}
}

func orNil[T comparable](v T) any {
	if v == *new(T) {
		return nil
	}
	return v
}

// userID is how deployments show who did something: in 15 characters.
func userID(user *record) any {
	if user == nil {
		return nil
	}
	return user.id[:15]
}

func userName(user *record) any {
	if user == nil {
		return nil
	}
	return personName(user)
}

// soapElements shows a document's members as elements.
func soapElements(d document) []element {
	var all []element
	for _, m := range d {
		if slices.Contains(onlyInREST, m.name) {
			continue
		}
		switch v := m.value.(type) {
		case nil:
		case time.Time:
			if !v.IsZero() {
				all = append(all, leaf(m.name, soapTime(v)))
			}
		case document:
			all = append(all, branch(m.name, soapElements(v)...))
		case []document:
			for _, item := range v {
				all = append(all, branch(m.name, soapElements(item)...))
			}
		default:
			all = append(all, leaf(m.name, fmt.Sprint(v)))
		}
	}
	return all
}

// restValues writes times as REST does, and lists without members as such.
func restValues(d document) document {
	shown := make(document, len(d))
	for i, m := range d {
		switch v := m.value.(type) {
		case time.Time:
			if m.value = nil; !v.IsZero() {
				m.value = jsonValue(v)
			}
		case document:
			m.value = restValues(v)
		case []document:
			list := []document{}
			for _, item := range v {
				list = append(list, restValues(item))
			}
			m.value = list
		}
		shown[i] = m
	}
	return shown
}

// counts are the components that went through and those that did not. Manifests only count where they are at fault.
func (d *deployment) counts() (deployed, failures int) {
	for _, row := range d.rows {
		switch {
		case !row.success:
			failures++
		case !row.manifest:
			deployed++
		}
	}
	return deployed, failures
}
