package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// frozen tells whether a user of the org is frozen.
func (o *testOrg) frozen(id string) bool {
	return o.Find("UserLogin", "UserId", id)["IsFrozen"] == true
}

func TestFreezeUser(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	id := o.insert(t, "User", person(integrationName, o.profile(t, apiOnlyProfiles[0])))
	p := o.speak(t)
	for _, step := range []struct {
		action string
		whom   map[string]tftypes.Value
		frozen bool
	}{
		{"salesforce_freeze_user", map[string]tftypes.Value{"username": textValue(strings.ToUpper(integrationName))}, true},
		{"salesforce_freeze_user", map[string]tftypes.Value{"user_id": textValue(id[:15])}, true},
		{"salesforce_unfreeze_user", map[string]tftypes.Value{"user_id": textValue(id)}, false},
		{"salesforce_unfreeze_user", map[string]tftypes.Value{"username": textValue(integrationName)}, false},
	} {
		before := o.frozen(id)
		failed(t, nil, p.planAction(t, step.action, step.whom))
		if o.frozen(id) != before {
			t.Fatalf("planning %s changed the user", step.action)
		}
		progress, diags := p.invoke(t, step.action, step.whom)
		failed(t, nil, diags)
		if o.frozen(id) != step.frozen || len(progress) != 1 || !strings.Contains(progress[0], integrationName) {
			t.Errorf("after %s the user is frozen: %t; it says %q", step.action, o.frozen(id), progress)
		}
	}
}

func TestUserActionErrors(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.insert(t, "User", person(integrationName, o.profile(t, apiOnlyProfiles[0])))
	p := o.speak(t)
	for name, c := range map[string]struct {
		config map[string]tftypes.Value
		says   string
	}{
		"nobody":               {map[string]tftypes.Value{}, "one (and only one) of [username,user_id]"},
		"somebody twice":       {map[string]tftypes.Value{"username": textValue(integrationName), "user_id": textValue("005000000000001")}, "2 attributes"},
		"no e-mail address":    {map[string]tftypes.Value{"username": textValue("billing")}, "form of an e-mail address"},
		"no id":                {map[string]tftypes.Value{"user_id": textValue("00e000000000001")}, "starts with 005"},
		"unknown username":     {map[string]tftypes.Value{"username": textValue("billing-synk@example.com")}, `Did you mean "` + integrationName},
		"unknown id":           {map[string]tftypes.Value{"user_id": textValue("005000000000001")}, "This org has no user"},
		"the provider's own":   {map[string]tftypes.Value{"username": textValue(o.AdministratorUsername())}, `disabled_checks = ["own_user_active"]`},
		"not known as of plan": {map[string]tftypes.Value{"username": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			diags := p.planAction(t, "salesforce_freeze_user", c.config)
			if c.says == "" {
				failed(t, nil, diags)
				return
			}
			refused(t, diags, c.says)
		})
	}
	t.Cleanup(func() {
		if n := len(o.Requests(sfmock.Match{Kind: "collection"})); n > 0 {
			t.Errorf("%d writes were sent", n)
		}
	})
}

// An action that is invoked without a plan, or on what changed since, checks again.
func TestFreezeOwnUserIsRefusedAtApply(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	own := o.id(t, "User", "Username", o.AdministratorUsername())
	_, diags := o.speak(t).invoke(t, "salesforce_freeze_user", map[string]tftypes.Value{"user_id": textValue(own)})
	refused(t, diags, "The provider would lock itself out")
	if o.frozen(own) {
		t.Error("the provider's user is frozen")
	}
}
