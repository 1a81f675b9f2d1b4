package sfmock

import "strings"

// componentFault is a refusal of single components that lies in wait.
type componentFault struct {
	typeName, fullName string
	left               int // negative for ever
	refusal            *apiError
}

// FailComponent lets the next times writes and deletions of a metadata component fail, over SOAP with a result of its own and in a
// deployment with a failure of its own; negative times mean for ever, an empty full name is every component of the type. Without a
// code the result gives no reason, which Salesforce's sometimes don't. Heal takes it back.
func (o *Org) FailComponent(typeName, fullName string, times int, code, message string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.componentFaults = append(o.componentFaults, &componentFault{typeName, fullName, times, refuse(code, message)})
}

// componentRefusal takes the fault that hits a component, nil if there is none.
func (o *Org) componentRefusal(typeName, fullName string) *apiError {
	for _, f := range o.componentFaults {
		if f.left != 0 && f.typeName == typeName && (f.fullName == "" || strings.EqualFold(f.fullName, fullName)) {
			f.left = max(f.left-1, -1)
			return f.refusal
		}
	}
	return nil
}
