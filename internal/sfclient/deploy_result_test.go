package sfclient

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestDeployFailures(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		err := c.Deploy(t.Context(), "set up robots", []DeployItem{
			custom("Robots", "Robots"), item("PermissionSet", "Nameless"), item("RemoteSiteSetting", "Site", "nonsense", "x"), {Type: "PermissionSet", FullName: "Nothing"},
		}, DeployOptions{})
		failed, ok := errors.AsType[*DeployError](err)
		if !ok || uncertain(err) || errors.Is(err, ErrDuplicate) || !strings.HasPrefix(failed.ID, "0Af") || failed.Err != nil {
			t.Fatalf("%+v", err)
		}
		want := []DeployFailure{
			{Type: "PermissionSet", FullName: "Nameless", Problem: "Required field is missing: label", ProblemType: "Error"},
			{Type: "PermissionSet", FullName: "Nothing", Problem: "Required field is missing: label", ProblemType: "Error"},
			{Type: "RemoteSiteSetting", FullName: "Site", Problem: "Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}nonsense invalid at this location in type RemoteSiteSetting", ProblemType: "Error", Line: 2},
		}
		if diff := cmp.Diff(want, failed.Failures); diff != "" {
			t.Error(diff)
		}
		text := err.Error()
		for _, part := range []string{"set up robots: deployment " + failed.ID + " failed\n", "\n- PermissionSet Nameless: Required", "\n- RemoteSiteSetting Site, line 2: Error parsing"} {
			if !strings.Contains(text, part) {
				t.Errorf("%q is not in %s", part, text)
			}
		}
		if _, there := o.Component("CustomPermission", "Robots"); there {
			t.Error("a failed deployment was not rolled back")
		}
		sent(t, o, 1)
	})
}

func TestDeployWarnings(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		if err := c.Deploy(t.Context(), "create Bot", app("false"), DeployOptions{}); err != nil {
			t.Fatal(err)
		}
		before := consumerKeyOf(o)
		err := c.Deploy(t.Context(), "rotate", app("true"), DeployOptions{Once: true})
		failed, ok := errors.AsType[*DeployError](err)
		if !ok || len(failed.Failures) != 1 || failed.Failures[0].ProblemType != "Warning" || !strings.Contains(err.Error(), "\n- ExtlClntAppGlobalOauthSettings Bot_global: Warning: shouldRotateConsumerKey") {
			t.Errorf("%v", err)
		}
		if consumerKeyOf(o) != before {
			t.Error("the key was rotated in spite of the warning")
		}
		if err := c.Deploy(t.Context(), "rotate", app("true"), DeployOptions{Once: true, IgnoreWarnings: true}); err != nil || consumerKeyOf(o) == before {
			t.Errorf("the key was not rotated: %v", err)
		}
	})
}

func TestDeployVerdicts(t *testing.T) {
	t.Parallel()
	const failed = "write: deployment 0Af1 failed"
	for name, test := range map[string]struct {
		result  string
		want    string
		kind    error // what errors.Is knows it by, nil for nothing
		unclear bool
	}{
		"success":              {result: `{"status":"Succeeded"}`},
		"with a warning":       {result: `{"status":"Succeeded","details":{"componentSuccesses":[{"fullName":"Robot","problem":"careful","problemType":"Warning"}]}}`},
		"no reason":            {result: `{"status":"Failed"}`, want: failed + ": it ended as Failed and Salesforce gave no reason"},
		"as a whole":           {result: `{"status":"Failed","errorStatusCode":"DUPLICATE_VALUE","errorMessage":"there"}`, want: failed + ": DUPLICATE_VALUE: there", kind: ErrDuplicate},
		"only a message":       {result: `{"status":"Failed","errorStatusCode":null,"errorMessage":"no space"}`, want: failed + ": no space"},
		"codes, not words":     {result: `{"status":"Failed","errorMessage":"UNABLE_TO_LOCK_ROW"}`, want: failed + ": UNABLE_TO_LOCK_ROW"},
		"cancelled":            {result: `{"status":"Canceled","canceledByName":"Ada Admin"}`, want: failed + ": Ada Admin cancelled it"},
		"cancelled by nobody":  {result: `{"status":"Canceled"}`, want: failed + ": it ended as Canceled and Salesforce gave no reason"},
		"half done":            {result: `{"status":"SucceededPartial"}`, want: failed + ": it ended as SucceededPartial and Salesforce gave no reason (Salesforce may have made the change all the same)", unclear: true},
		"not finalised":        {result: `{"status":"FinalizingFailed","errorMessage":"x"}`, want: failed + ": x (Salesforce may have made the change all the same)", unclear: true},
		"numbers":              {result: `{"status":"Failed","details":{"componentFailures":[{"componentType":"Role","fullName":"A","problem":"bad","problemType":"Error","lineNumber":7}]}}`, want: failed + "\n- Role A, line 7: bad"},
		"numbers in quotes":    {result: `{"status":"Failed","details":{"componentFailures":[{"componentType":"Role","fullName":"A","problem":"bad","lineNumber":"7"}]}}`, want: failed + "\n- Role A, line 7: bad"},
		"a manifest":           {result: `{"status":"Failed","details":{"componentFailures":[{"componentType":"","fullName":"package.xml","problem":"bad","lineNumber":null}]}}`, want: failed + "\n- package.xml: bad"},
		"whole and parts":      {result: `{"status":"Failed","errorStatusCode":"X","errorMessage":"y","details":{"componentFailures":[{"fullName":"A","problem":"bad"}]}}`, want: failed + ": X: y\n- A: bad"},
		"warned, then failed":  {result: `{"status":"Failed","details":{"componentFailures":[{"fullName":"A","problem":"bad"}],"componentSuccesses":[{"fullName":"C"},{"fullName":"B","problem":"odd","problemType":"Warning"}]}}`, want: failed + "\n- A: bad\n- B: Warning: odd"},
		"failed for a warning": {result: `{"status":"Failed","details":{"componentFailures":[{"fullName":"A","problem":"odd","problemType":"Warning","success":"false"}]}}`, want: failed + "\n- A: Warning: odd"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var result deployResult
			if err := json.Unmarshal([]byte(test.result), &result); err != nil {
				t.Fatal(err)
			}
			err := result.verdict("write", "0Af1")
			if (err == nil) != (test.want == "") || err != nil && err.Error() != test.want {
				t.Errorf("%v", err)
			}
			for _, kind := range []error{ErrDuplicate, ErrLocked, ErrNotFound} {
				if errors.Is(err, kind) != errors.Is(kind, test.kind) {
					t.Errorf("is %v: %t", kind, errors.Is(err, kind))
				}
			}
			if uncertain(err) != test.unclear {
				t.Errorf("uncertain: %t", uncertain(err))
			}
		})
	}
}
