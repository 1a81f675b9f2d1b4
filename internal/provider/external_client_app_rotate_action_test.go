package provider

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// step plans and invokes one step of a rotation of the robots' app.
func (p *protocol) step(t *testing.T, operation string) (said string, diags []*tfprotov6.Diagnostic) {
	t.Helper()
	config := config{"name": tfText(robotApp), "operation": tfText(operation)}
	if diags := p.planAction(t, rotateType, config); hasErrors(diags) {
		return "", diags
	}
	progress, diags := p.invoke(t, rotateType, config)
	return strings.Join(progress, "\n"), diags
}

// signsIn tells whether a pair signs in by client credentials.
func (o *testOrg) signsIn(t *testing.T, p *protocol, pair map[string]tftypes.Value) bool {
	t.Helper()
	_, _, diags := p.open(t, tokenType, config{"login_url": tfText(o.url), "client_id": pair["consumer_key"], "client_secret": pair["consumer_secret"]})
	return !hasErrors(diags)
}

// The whole rotation: at every moment a pair that the integration can hold signs in.
func TestRotateCredentials(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	robotAppOrg(t, o)
	o.openCredentials(t)
	p := o.speak(t)
	kept := p.watched()
	done := func(operation, says string) {
		t.Helper()
		said, diags := p.step(t, operation)
		failed(t, nil, diags)
		if !strings.Contains(said, says) || !strings.HasPrefix(said, robotApp+": ") {
			t.Errorf("%s says %q, not %q", operation, said, says)
		}
	}
	before := p.credentials(t)
	done("discard", "nothing is staged, so nothing is to do")
	done("stage", "is staged.")
	staged := stagedIn(t, p.credentials(t))
	done("stage", "is staged already, so nothing is to do")
	if again := stagedIn(t, p.credentials(t)); !again["consumer_key"].Equal(staged["consumer_key"]) || textIn(t, staged, "state") != "Active" {
		t.Errorf("the staged pair became %v", again["consumer_key"])
	}
	if !o.signsIn(t, p, before) || o.signsIn(t, p, staged) {
		t.Error("before the rotation the old pair alone should sign in")
	}
	done("rotate", "goes on working for 30 days.")
	after := p.credentials(t)
	if !after["consumer_secret"].Equal(staged["consumer_secret"]) || !after["consumer_key"].Equal(staged["consumer_key"]) {
		t.Error("the staged pair is not the app's")
	}
	if old := stagedIn(t, after); textIn(t, old, "state") != "Rotated" || !old["consumer_secret"].Equal(before["consumer_secret"]) {
		t.Error("the old pair is not in the slot")
	}
	if !o.signsIn(t, p, before) || !o.signsIn(t, p, after) {
		t.Error("after the rotation both pairs should sign in")
	}
	done("rotate", "was replaced by a rotation already, and still works")
	_, diags := p.step(t, "stage")
	refused(t, diags, "takes up the one staged slot", `"discard"`)
	warned(t, p.planAction(t, rotateType, config{"name": tfText(robotApp), "operation": tfText("discard")}), "stops working as soon as this is applied")
	done("discard", "is discarded.")
	if o.signsIn(t, p, before) || !o.signsIn(t, p, after) {
		t.Error("after discarding the new pair alone should sign in")
	}
	_, diags = p.step(t, "rotate")
	refused(t, diags, "Nothing is staged")

	done("stage", "is staged.")
	third := stagedIn(t, p.credentials(t))
	o.Advance(31 * 24 * time.Hour)
	q := o.speak(t) // with a token that is not too old
	_, diags = q.step(t, "rotate")
	refused(t, diags, "has expired")
	said, diags := q.step(t, "stage")
	failed(t, nil, diags)
	if fourth := stagedIn(t, q.credentials(t)); fourth["consumer_key"].Equal(third["consumer_key"]) || textIn(t, fourth, "state") != "Active" {
		t.Errorf("after the pair expired: %s", said)
	}
	kept.holdsNone(t, textIn(t, before, "consumer_secret"), textIn(t, after, "consumer_secret"), textIn(t, third, "consumer_secret"))
	o.asksOnly(t, "action/"+rotateType, "ephemeral/"+credentialsType, "ephemeral/"+tokenType)
}

// A plan of all steps checks each against what the ones before it leave.
func TestRotationPlannedAtOnce(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	robotAppOrg(t, o)
	o.openCredentials(t)
	for round, operations := range [][]string{{"stage", "rotate"}, {"discard", "stage", "rotate"}} {
		p := o.speak(t)
		key := o.robotKey(t)
		for _, operation := range operations {
			failed(t, nil, p.planAction(t, rotateType, config{"name": tfText(robotApp), "operation": tfText(operation)}))
		}
		if o.robotKey(t) != key {
			t.Fatal("planning rotated the key")
		}
		for _, operation := range operations {
			_, diags := p.invoke(t, rotateType, config{"name": tfText(robotApp), "operation": tfText(operation)})
			failed(t, nil, diags)
		}
		if o.robotKey(t) == key {
			t.Errorf("round %d did not rotate", round)
		}
	}
}

// The app that the provider signs in through is refused, by whichever flow, at plan and at apply, unless the check is off.
func TestRotationOfOwnApp(t *testing.T) {
	t.Parallel()
	for name, by := range map[string]func(*testing.T, *testOrg) config{"JWT bearer": byAppJWT, "client credentials": byAppSecret} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			robotAppOrg(t, o)
			o.openCredentials(t)
			for _, permission := range []string{"ExternalClientAppDeveloper", "ViewClientSecret", "ModifyMetadata"} {
				o.update(t, o.id(t, "PermissionSet", "Name", "Terraform"), map[string]any{"Permissions" + permission: true})
			}
			p := o.speakBy(t, by(t, o))
			for _, operation := range []string{"stage", "rotate", "discard"} {
				step := config{"name": tfText(robotApp), "operation": tfText(operation)}
				refused(t, p.planAction(t, rotateType, step), "The provider would lock itself out", "own_app_credentials")
				_, diags := p.invoke(t, rotateType, step)
				refused(t, diags, "The provider would lock itself out")
			}
			if n := len(o.Requests(sfmock.Match{Method: http.MethodPost, Path: "/staged"})); n > 0 {
				t.Errorf("%d writes were sent", n)
			}
			q := o.speakBy(t, by(t, o), ownAppCredentials)
			warned(t, q.planAction(t, rotateType, config{"name": tfText(robotApp), "operation": tfText("stage")}), "is switched off")
			for _, operation := range []string{"stage", "rotate"} {
				_, diags := q.invoke(t, rotateType, config{"name": tfText(robotApp), "operation": tfText(operation)})
				warned(t, diags, "is switched off")
			}
			refused(t, p.planAction(t, rotateType, config{"name": tfText(robotApp), "operation": tfText("discard")}), "The provider would lock itself out")
		})
	}
}

// What Salesforce did although its answer got lost is found, not done twice.
func TestRotationAfterLostAnswers(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	robotAppOrg(t, o)
	o.openCredentials(t)
	p := o.speak(t)
	for _, c := range []struct{ method, operation string }{{http.MethodPost, "stage"}, {http.MethodPatch, "rotate"}, {http.MethodDelete, "discard"}} {
		o.Fail(sfmock.Match{Method: c.method, Path: "/staged"}, 1, sfmock.Fault{ResetAfterCommit: true})
		_, diags := p.step(t, c.operation)
		failed(t, nil, diags)
	}
	o.Fail(sfmock.Match{Method: http.MethodPost, Path: "/staged"}, 1, sfmock.Fault{Reset: true})
	_, diags := p.step(t, "stage")
	refused(t, diags, "The connection failed after the change was sent")
	_, diags = p.step(t, "stage")
	failed(t, nil, diags)
}

func TestRotationErrors(t *testing.T) {
	t.Parallel()
	unknown := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	for name, c := range map[string]struct {
		prepare func(*testing.T, *testOrg)
		config  config
		says    string
	}{
		"no app":          {nil, config{"operation": tfText("stage")}, "one (and only one) of [name,app_id]"},
		"another step":    {nil, config{"name": tfText(robotApp), "operation": tfText("swap")}, `"rotate"`},
		"a misspelt app":  {nil, config{"name": tfText("Robots_Ap"), "operation": tfText("stage")}, "Did you mean"},
		"not known yet":   {nil, config{"app_id": unknown, "operation": tfText("stage")}, ""},
		"a closed gate":   {func(t *testing.T, o *testOrg) { t.Helper(); closeCredentials(t, o) }, config{"name": tfText(robotApp), "operation": tfText("stage")}, "Two gates guard the secrets"},
		"an old API":      {func(_ *testing.T, o *testOrg) { o.SetNewestVersion(64) }, config{"name": tfText(robotApp), "operation": tfText("stage")}, "from API version 65.0 on; the provider speaks 64.0"},
		"an unknown slot": {unknownSlot, config{"name": tfText(robotApp), "operation": tfText("rotate")}, `"Locked" that this provider does not know`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			robotAppOrg(t, o)
			o.openCredentials(t)
			if c.prepare != nil {
				c.prepare(t, o)
			}
			diags := o.speak(t).planAction(t, rotateType, c.config)
			if c.says == "" {
				failed(t, nil, diags)
				return
			}
			refused(t, diags, c.says)
		})
	}
}

func closeCredentials(t *testing.T, o *testOrg) {
	t.Helper()
	if err := o.SetComponent("ExternalClientAppSettings", "ExternalClientApp", map[string]any{"enableClientSecretInRestApiAccess": false}); err != nil {
		t.Fatal(err)
	}
}

func unknownSlot(_ *testing.T, o *testOrg) {
	o.Fail(sfmock.Match{Path: "/staged"}, 1, sfmock.Fault{Status: http.StatusOK, Body: `{"stagedCredentials":[{"id":"1","key":"3MVG9k","state":"Locked"}]}`})
}
