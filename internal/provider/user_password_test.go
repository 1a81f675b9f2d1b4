package provider

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const (
	firstPassword  = "correct-horse-1"
	secondPassword = "battery-staple-2"
	weakPassword   = "only-letters"
)

// withPassword is a user with a password of a version.
func (o *testOrg) withPassword(t *testing.T, password string, version int) config {
	t.Helper()
	return config{
		"username": tfText("ada@example.com"), "email": tfText("ada@example.com"), "last_name": tfText("Lovelace"), "profile_id": tfText(o.profile(t, "Standard User")),
		"password_wo": tfText(password), "password_wo_version": tftypes.NewValue(tftypes.Number, version),
	}
}

// passwords are those that the org was sent, in their order.
func (o *testOrg) passwords(t *testing.T) (sent []string) {
	t.Helper()
	for _, r := range o.Requests(sfmock.Match{Path: "/password"}) {
		var body struct{ NewPassword string }
		if err := json.Unmarshal(r.Body, &body); err != nil {
			t.Fatal(err)
		}
		sent = append(sent, body.NewPassword)
	}
	return sent
}

func TestUserPassword(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	kept := p.watched()
	i := p.resource("salesforce_user")
	unchanged := func(when string, config config, sent ...string) {
		t.Helper()
		failed(t, nil, i.read(t))
		if changes := i.changes(t, config); changes != nil {
			t.Errorf("%s the plan changes %v", when, changes)
		}
		if got := o.passwords(t); !slices.Equal(got, sent) {
			t.Errorf("%s the passwords %q were sent, not %q", when, got, sent)
		}
	}
	failed(t, nil, i.apply(t, o.withPassword(t, firstPassword, 1)))
	unchanged("after the creation", o.withPassword(t, firstPassword, 1), firstPassword)
	unchanged("with another password of the same version", o.withPassword(t, secondPassword, 1), firstPassword)
	if changes := i.changes(t, o.withPassword(t, secondPassword, 2)); !slices.Equal(changes, []string{"password_wo_version"}) {
		t.Errorf("another version changes %v", changes)
	}
	failed(t, nil, i.apply(t, o.withPassword(t, secondPassword, 2)))
	unchanged("after the change", o.withPassword(t, secondPassword, 2), firstPassword, secondPassword)
	without := o.withPassword(t, secondPassword, 2)
	delete(without, "password_wo")
	delete(without, "password_wo_version")
	failed(t, nil, i.apply(t, without))
	unchanged("without a password", without, firstPassword, secondPassword)
	i.state = p.imported(t, "salesforce_user", "ada@example.com")
	unchanged("after an import", without, firstPassword, secondPassword)
	if id := textIn(t, i.state, "id"); o.Record(id)["LastPasswordChangeDate"] == nil {
		t.Error("the org knows of no password")
	}
	kept.holdsNone(t, firstPassword, secondPassword)
}

// A user whose password is refused is there all the same; the next plan sets it.
func TestUserPasswordRefusedAtCreation(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	kept := p.watched()
	i := p.resource("salesforce_user")
	warned(t, i.apply(t, o.withPassword(t, weakPassword, 1)), "Unable to set the password of user", "INVALID_NEW_PASSWORD")
	failed(t, nil, i.read(t))
	if changes := i.changes(t, o.withPassword(t, firstPassword, 1)); !slices.Equal(changes, []string{"password_wo_version"}) {
		t.Errorf("the plan changes %v", changes)
	}
	failed(t, nil, i.apply(t, o.withPassword(t, firstPassword, 1)))
	failed(t, nil, i.read(t))
	if changes := i.changes(t, o.withPassword(t, firstPassword, 1)); changes != nil {
		t.Errorf("afterwards the plan changes %v", changes)
	}
	kept.holdsNone(t, weakPassword, firstPassword)
}

func TestUserPasswordErrors(t *testing.T) {
	t.Parallel()
	fault := func(status int, code, message string) func(*testOrg) {
		return func(o *testOrg) {
			o.Fail(sfmock.Match{Path: "/password"}, 1, sfmock.Fault{Status: status, Code: code, Message: message})
		}
	}
	unknown, null := tftypes.NewValue(tftypes.String, tftypes.UnknownValue), tftypes.NewValue(tftypes.String, nil)
	for name, c := range map[string]struct {
		prepare  func(*testOrg)
		password tftypes.Value
		version  any
		at       string
		says     string
		sent     int
	}{
		"against the policy":       {nil, tfText(weakPassword), 2, "password_wo", "INVALID_NEW_PASSWORD", 1},
		"without the permission":   {fault(403, "INSUFFICIENT_ACCESS", "You do not have permission to view this record."), tfText(secondPassword), 2, "", "lacks a permission", 1},
		"a version without a word": {nil, null, 2, "password_wo_version", "password_wo", 0},
		"a word without a version": {nil, tfText(secondPassword), nil, "password_wo", "password_wo_version", 0},
		"no version":               {nil, tfText(secondPassword), 0, "password_wo_version", "at least 1", 0},
		"an empty word":            {nil, tfText(""), 2, "password_wo", "at least 1", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			i := o.speak(t).resource("salesforce_user")
			failed(t, nil, i.apply(t, o.withPassword(t, firstPassword, 1)))
			before := i.state["password_wo_version"]
			if c.prepare != nil {
				c.prepare(o)
			}
			changed := o.withPassword(t, "", 1)
			changed["password_wo"], changed["password_wo_version"] = c.password, tftypes.NewValue(tftypes.Number, c.version)
			diags := i.apply(t, changed)
			refused(t, diags, c.says)
			if at := diags[0].Attribute.String(); !strings.Contains(at, c.at) {
				t.Errorf("it is reported at %s", at)
			}
			if sent := len(o.passwords(t)) - 1; sent != c.sent || !i.state["password_wo_version"].Equal(before) {
				t.Errorf("%d passwords were sent, and the state has the version %v", sent, i.state["password_wo_version"])
			}
		})
	}
	t.Run("unknown while planning, null at apply", func(t *testing.T) {
		t.Parallel()
		o := newOrg(t)
		i := o.speak(t).resource("salesforce_user")
		later := o.withPassword(t, "", 1)
		later["password_wo"] = unknown
		_, diags := i.plan(t, later)
		failed(t, nil, diags)
		later["password_wo"] = null
		applied, err := i.server.ApplyResourceChange(t.Context(), i.applyOf(t, later))
		if err != nil {
			t.Fatal(err)
		}
		refused(t, applied.Diagnostics, "Password is missing")
		if o.Find("User", "Username", "ada@example.com") != nil {
			t.Error("the user was created")
		}
	})
}

// applyOf is the apply of what was planned while the password was unknown.
func (i *instance) applyOf(t *testing.T, config config) *tfprotov6.ApplyResourceChangeRequest {
	t.Helper()
	unknown := maps.Clone(config)
	unknown["password_wo"] = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	planned, diags := i.plan(t, unknown)
	failed(t, nil, diags)
	return &tfprotov6.ApplyResourceChangeRequest{
		TypeName: i.typeName, PriorState: i.dynamic(t, nil), PlannedState: planned.PlannedState, Config: i.dynamic(t, config), PlannedPrivate: planned.PlannedPrivate,
	}
}

// With real Terraform a password is in no plan, no state and no log.
func TestAccUserPassword(t *testing.T) { //nolint:paralleltest // the log is switched on in the environment
	log := traced(t)
	o := newOrg(t)
	config := func(password string, version int) string {
		file := filepath.Join(t.TempDir(), "password") // the log repeats the configuration
		if err := os.WriteFile(file, []byte(password), 0o600); err != nil {
			t.Fatal(err)
		}
		return userConfig(o.profile(t, "Standard User"), fmt.Sprintf("password_wo = file(%q)\n  password_wo_version = %d", file, version))
	}
	step := func(password string, version int) resource.TestStep {
		return resource.TestStep{
			Config: config(password, version),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{noSecretPlanned(password)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{noSecretStored(password)},
		}
	}
	o.test(t, o.retired("ada@example.com"), step(firstPassword, 1), step(secondPassword, 2))
	if sent := o.passwords(t); !slices.Equal(sent, []string{firstPassword, secondPassword}) {
		t.Errorf("the passwords %q were sent", sent)
	}
	log.holdsNone(t, firstPassword, secondPassword)
}
