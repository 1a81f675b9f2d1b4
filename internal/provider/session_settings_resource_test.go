package provider

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const (
	sessionAddress = "salesforce_session_settings.org"
	sessionType    = "salesforce_session_settings"
)

func TestSessionSettingsDrift(t *testing.T) {
	t.Parallel()
	checkSettings(t, newSessionSettingsResource, map[string]string{"redirectionWarning": "false"})
}

// session is what the org holds of a session setting.
func (o *testOrg) session(element string) string {
	return newSessionSettingsResource().(*settingsResource).held(o, element)
}

func sessionConfig(attributes string) string {
	return fmt.Sprintf("resource %q \"org\" {\n%s\n}\n", sessionType, attributes)
}

func TestAccSessionSettings(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	held := func(element, want string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if got := o.session(element); got != want {
				return fmt.Errorf("%s is %q in the org, not %q", element, got, want)
			}
			return nil
		}
	}
	o.test(
		t, resource.ComposeTestCheckFunc(held("sessionTimeout", "TwoHours"), held("forceLogoutOnSessionTimeout", "false"), held("logoutURL", "")), // all as before
		resource.TestStep{
			Config: sessionConfig(`
  session_timeout                 = "FourHours"
  force_logout_on_session_timeout = true
  on_destroy                      = "restore"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(sessionAddress, plancheck.ResourceActionCreate)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(sessionAddress, tfjsonpath.New("session_timeout"), knownvalue.StringExact("FourHours")),
				statecheck.ExpectKnownValue(sessionAddress, tfjsonpath.New("enable_u2f"), knownvalue.Bool(true)), // read back
				statecheck.ExpectKnownValue(sessionAddress, tfjsonpath.New("logout_url"), knownvalue.Null()),
			},
			Check: resource.ComposeTestCheckFunc(held("sessionTimeout", "FourHours"), held("forceLogoutOnSessionTimeout", "true"), held("enableU2F", "true")),
		},
		resource.TestStep{ResourceName: sessionAddress, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"on_destroy"}},
		resource.TestStep{ResourceName: sessionAddress, ImportState: true, ImportStateId: "00D000000000001EAA", ExpectError: regexp.MustCompile(`(?s)The import id is the id of the org.*terraform import`)},
		resource.TestStep{
			Config: sessionConfig(`
  session_timeout = "EightHours"
  logout_url      = "https://example.com/bye"
  on_destroy      = "restore"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(sessionAddress, "session_timeout", "logout_url")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: resource.ComposeTestCheckFunc(held("sessionTimeout", "EightHours"), held("forceLogoutOnSessionTimeout", "true"), held("logoutURL", "https://example.com/bye")),
		},
	)
}

// Destroying keeps what is there, unless the configuration says otherwise.
func TestSessionSettingsAreKept(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource(sessionType)
	warned(t, i.apply(t, map[string]tftypes.Value{"session_timeout": tftypes.NewValue(tftypes.String, "FourHours")}),
		"The org has other session settings", "session_timeout: TwoHours becomes FourHours", "terraform import salesforce_session_settings.<name> 00D")
	warned(t, i.apply(t, nil), "Session settings stay as they are")
	if got := o.session("sessionTimeout"); got != "FourHours" {
		t.Errorf("the time-out is %s after the destroy", got)
	}
}

// An org that has the settings already changes nothing and warns of nothing.
func TestSessionSettingsAsTheyAre(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource(sessionType)
	if diags := i.apply(t, map[string]tftypes.Value{"session_timeout": tftypes.NewValue(tftypes.String, "TwoHours")}); diags != nil {
		t.Errorf("%s: %s", diags[0].Summary, diags[0].Detail)
	}
	if writes := o.Requests(sfmock.Match{Contains: "updateMetadata"}); len(writes) > 0 {
		t.Errorf("it was written all the same: %s", writes[0].Body)
	}
}

// A sandbox that was refreshed is another org: its settings are not the state's.
func TestSessionSettingsOfAnotherOrg(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource(sessionType)
	failed(t, nil, i.apply(t, map[string]tftypes.Value{"enable_u2f": tftypes.NewValue(tftypes.Bool, true)}))
	i.state["id"] = tftypes.NewValue(tftypes.String, "00D000000000001EAA")
	i.identity = nil
	warned(t, i.read(t), "Session settings are another org's")
	if i.state != nil {
		t.Error("they are still in the state")
	}
}

func TestSessionSettingsThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		prepare   func(o *testOrg)
		attribute string
		value     tftypes.Value
		messages  []string
	}{
		"MFA where it is enforced": {nil, requireMFA, tftypes.NewValue(tftypes.Bool, false), []string{"Salesforce enforces multi-factor authentication", "disabled_checks = [\"enforced_mfa\"]", "salesforce_integration_user"}},
		"held by Salesforce":       {nil, "enable_content_sniffing_protection", tftypes.NewValue(tftypes.Bool, false), []string{"Setting can't be changed", "Write true"}},
		"no such value":            {nil, "session_timeout", tftypes.NewValue(tftypes.String, "TwoDays"), []string{"TwentyFourHours"}},
		"space at an end":          {nil, "logout_url", tftypes.NewValue(tftypes.String, "https://example.com "), []string{"space at an end"}},
		"newer than the version":   {func(o *testOrg) { o.SetNewestVersion(66) }, "vf_inline_script_injection", tftypes.NewValue(tftypes.String, "Allow"), []string{"exists from API version 67.0 on; the provider speaks 66.0"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			if tc.prepare != nil {
				tc.prepare(o)
			}
			i := o.speak(t).resource(sessionType)
			refused(t, i.apply(t, map[string]tftypes.Value{tc.attribute: tc.value}), tc.messages...)
			if writes := o.Requests(sfmock.Match{Contains: "updateMetadata"}); len(writes) > 0 {
				t.Errorf("something was written: %s", writes[0].Body)
			}
		})
	}
}

// What Salesforce ignores without a word is an error, never a change that comes back with every plan; what was written beside it
// when the settings were not in the state yet is put back.
func TestSessionSettingThatSalesforceIgnores(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.EnforceMFA(true)
	o.update(t, o.Records("Organization")[0]["Id"].(string), map[string]any{"OrganizationType": "Developer Edition"})
	i := o.speak(t).resource(sessionType)
	config := map[string]tftypes.Value{requireMFA: tftypes.NewValue(tftypes.Bool, false), "session_timeout": tftypes.NewValue(tftypes.String, "FourHours")}
	refused(t, i.apply(t, config), "Salesforce does not take the setting", "keeps true all the same")
	if i.state != nil || o.session("sessionTimeout") != "TwoHours" {
		t.Errorf("half of it stayed: time-out %s, state %v", o.session("sessionTimeout"), i.state)
	}
	failed(t, nil, i.apply(t, map[string]tftypes.Value{"session_timeout": config["session_timeout"]}))
	refused(t, i.apply(t, config), "Salesforce does not take the setting")
	if !i.state[requireMFA].Equal(tftypes.NewValue(tftypes.Bool, true)) {
		t.Errorf("the state says %s", i.state[requireMFA])
	}
}

// A switched-off check warns, and the plan goes on.
func TestSwitchedOffCheckWarns(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t, enforcedMFA).resource(sessionType)
	warned(t, i.apply(t, map[string]tftypes.Value{requireMFA: tftypes.NewValue(tftypes.Bool, false)}), "Salesforce enforces multi-factor authentication", "switched off on the provider")
	if got := o.session("enableMFADirectUILoginOptIn"); got != "false" {
		t.Errorf("the setting is %s in the org", got)
	}
}

func TestSessionSettingsRefused(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource(sessionType)
	config := map[string]tftypes.Value{"redirect_block_mode_enabled": tftypes.NewValue(tftypes.Bool, true)}
	refused(t, i.apply(t, config), "Unable to update session settings", "redirectionWarning can't both be true")
	if i.state != nil {
		t.Error("settings that were refused are in the state")
	}
	o.Fail(sfmock.Match{Contains: "updateMetadata"}, 1, sfmock.Fault{ResetAfterCommit: true})
	config = map[string]tftypes.Value{"session_timeout": tftypes.NewValue(tftypes.String, "FourHours")}
	failed(t, nil, i.apply(t, config))
	o.Fail(sfmock.Match{Contains: "readMetadata"}, 99, sfmock.Fault{Status: http.StatusInternalServerError, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights on entity: SecuritySettings"})
	refused(t, i.read(t), "Unable to read session settings", "lacks a permission")
	o.Heal()
	failed(t, nil, i.read(t))
	if changed := i.changes(t, config); changed != nil {
		t.Errorf("the plan changes %q", changed)
	}
}
