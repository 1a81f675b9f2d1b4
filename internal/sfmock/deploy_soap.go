package sfmock

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// argument is the text of an operation's only argument, whose name clients don't agree on.
func (m *metadataCall) argument() string {
	if len(m.request.children) == 0 {
		return ""
	}
	return strings.TrimSpace(m.request.children[0].text)
}

// queued is the AsyncResult of a call whose work has yet to begin.
func queued(id string) element {
	return branch("result", flagLeaf("done", false), leaf("id", id), leaf("state", "Queued"))
}

func (m *metadataCall) deploy() ([]element, *apiError) {
	archive, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(m.request.value("ZipFile")), ""))
	if err != nil {
		return nil, soapFault(clientFault, fmt.Sprintf(unsureBadValue, "ZipFile", "base64Binary"))
	}
	sent := m.request.child("DeployOptions")
	options := deployOptions{
		AllowMissingFiles: sent.flag("allowMissingFiles"), AutoUpdatePackage: sent.flag("autoUpdatePackage"), CheckOnly: sent.flag("checkOnly"),
		IgnoreWarnings: sent.flag("ignoreWarnings"), PerformRetrieve: sent.flag("performRetrieve"), PurgeOnDelete: sent.flag("purgeOnDelete"),
		RollbackOnError: sent.flag("rollbackOnError"), SinglePackage: sent.flag("singlePackage"),
	}
	for _, test := range sent.all("runTests") {
		options.RunTests = append(options.RunTests, test.text)
	}
	if level := sent.value("testLevel"); level != "" {
		options.TestLevel = &level
	}
	if refusal := options.check(m.org); refusal != nil {
		return nil, soapFault(refusal.Code, refusal.Message)
	}
	return []element{queued(m.org.enqueue(m.session, archive, options, "").id)}, nil
}

func (m *metadataCall) deployStatus() ([]element, *apiError) {
	d := m.org.deploymentOf(m.request.value("asyncProcessId"))
	if d == nil {
		return nil, errNoDeployment()
	}
	m.org.watch(d)
	return []element{branch("result", soapElements(d.result(m.request.flag("includeDetails")))...)}, nil
}

func (m *metadataCall) cancelDeploy() ([]element, *apiError) {
	d := m.org.deploymentOf(m.argument())
	if d == nil {
		return nil, errNoDeployment()
	}
	if refusal := m.org.cancel(m.session, d); refusal != nil {
		return nil, refusal
	}
	return []element{branch("result", flagLeaf("done", d.done()), leaf("id", d.id))}, nil
}

func (m *metadataCall) deployRecentValidation() ([]element, *apiError) {
	d, refusal := m.org.deployValidated(m.session, m.argument())
	if refusal != nil {
		return nil, refusal
	}
	return []element{leaf("result", d.id)}, nil
}
