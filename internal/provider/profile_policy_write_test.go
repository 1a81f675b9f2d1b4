package provider

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// answer is a response of the Metadata API around one result.
func answer(operation, result string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>` +
		"<" + operation + "Response><result>" + result + "</result></" + operation + "Response></soapenv:Body></soapenv:Envelope>"
}

// A fault at any request leaves something that the next apply finishes.
func TestPolicyFaults(t *testing.T) {
	t.Parallel()
	refused := sfmock.Fault{Status: http.StatusInternalServerError, Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred."}
	create, update := sfmock.Match{Kind: "metadata write", Contains: "<createMetadata"}, sfmock.Match{Kind: "metadata write", Contains: "<updateMetadata"}
	for name, tc := range map[string]struct {
		arm        func(o *testOrg)
		says, left string // of the first apply: part of its error, and the timeout in the org
	}{
		"create refused":     {func(o *testOrg) { o.Fail(create, -1, refused) }, "Unable to write profile session setting", ""},
		"create reset":       {func(o *testOrg) { o.Fail(create, 1, sfmock.Fault{Reset: true}) }, "", "30"},
		"create done, reset": {func(o *testOrg) { o.Fail(create, 1, sfmock.Fault{ResetAfterCommit: true}) }, "", "30"},
		"create not read": {func(o *testOrg) {
			o.Fail(sfmock.Match{Contains: "<listMetadata"}, 1, sfmock.Fault{After: 3, Status: 400, Code: "X"})
		}, "", "30"},
		"orphan can't be had": {func(o *testOrg) { o.Fail(sfmock.Match{Contains: "SecuritySettings"}, -1, refused) }, "An unexpected error occurred.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			i := o.speak(t).resource("salesforce_profile_session_setting")
			config := sessionTF("Standard User", idleFor(30))
			tc.arm(o)
			diags := i.apply(t, config)
			if hasErrors(diags) != (tc.says != "") || tc.says != "" && !said(diags, tfprotov6.DiagnosticSeverityError, tc.says) {
				t.Errorf("the apply says %v", diags)
			}
			o.Heal()
			if policy := o.policies(t, sessionKind)["standard"]; policy.Text("sessionTimeout") != tc.left || (i.state == nil) != (tc.left == "") {
				t.Errorf("the org has %v, the state %v", policy, i.state)
			}
			failed(t, nil, i.apply(t, config))
			failed(t, nil, i.read(t))
			if changed := i.changes(t, config); changed != nil || len(o.policies(t, sessionKind)) != 1 {
				t.Errorf("the plan after the repair changes %q", changed)
			}
			o.Fail(update, -1, refused)
			if diags := i.apply(t, sessionTF("Standard User", idleFor(60))); !hasErrors(diags) || !i.state["session_timeout"].Equal(config["session_timeout"]) {
				t.Errorf("the refused update says %v and leaves %v", diags, i.state)
			}
			o.Heal()
			o.Fail(sfmock.Match{Kind: "metadata write", Contains: "<deleteMetadata"}, -1, sfmock.Fault{Status: http.StatusInternalServerError, Code: "DELETE_FAILED", Message: "This can't be deleted."})
			if diags := i.apply(t, nil); !said(diags, tfprotov6.DiagnosticSeverityError, "Unable to delete profile session setting", "This can't be deleted.", "terraform state rm") {
				t.Errorf("the refused delete says %v", diags)
			}
		})
	}
}

// A value that Salesforce accepts and does not keep is an error, and the org is as it was before.
func TestPolicyNotTaken(t *testing.T) {
	t.Parallel()
	for name, there := range map[string]bool{"new": false, "adopted": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			reads := 0 // before the one that reads back
			if there {
				o.setPolicy(t, sessionKind, "Standard", sessionBase())
				reads = 2
			}
			before := o.policies(t, sessionKind)
			i := o.speak(t).resource("salesforce_profile_session_setting")
			o.Fail(sfmock.Match{Contains: "<type>ProfileSessionSetting</type><fullNames>"}, 1, sfmock.Fault{
				After: reads, Status: http.StatusOK, ContentType: "text/xml",
				Body: answer("readMetadata", `<records xsi:type="ProfileSessionSetting"><profile>standard</profile><sessionTimeout>240</sessionTimeout></records>`),
			})
			diags := i.apply(t, sessionTF("Standard User", idleFor(30)))
			if !said(diags, tfprotov6.DiagnosticSeverityError, "does not take the setting", "sessionTimeout = 30", "keeps 240") || i.state != nil {
				t.Errorf("the apply says %v", diags)
			}
			after := o.policies(t, sessionKind)
			if now, was := after["standard"], before["standard"]; len(after) != len(before) || now.Text("sessionTimeout") != was.Text("sessionTimeout") {
				t.Errorf("the org has %v, not %v", after, before)
			}
		})
	}
}
