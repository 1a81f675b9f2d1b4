package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const seller = "sam.seller@example.com"

// byUsername is the configuration of an action on a user.
func byUsername(username string) map[string]tftypes.Value {
	return map[string]tftypes.Value{"username": textValue(username)}
}

// byIntegration starts the provider signed in as an API-only user, who may do nothing to others.
func (o *testOrg) byIntegration(t *testing.T) *protocol {
	t.Helper()
	o.insert(t, "User", person(integrationName, o.profile(t, apiOnlyProfiles[0])))
	token, err := o.Token(integrationName)
	if err != nil {
		t.Fatal(err)
	}
	return o.speakBy(t, map[string]tftypes.Value{"instance_url": textValue(o.url), "access_token": textValue(token)})
}

func TestResetUserPassword(t *testing.T) {
	t.Parallel()
	const generated = "Ob5cure4nd5ecret"
	o := newOrg(t)
	p := o.speak(t)
	changed := func() any { return o.Find("User", "Username", seller)["LastPasswordChangeDate"] }
	before := changed()
	failed(t, nil, p.planAction(t, "salesforce_reset_user_password", byUsername(seller)))
	if changed() != before {
		t.Fatal("planning changed the password")
	}
	progress, diags := p.invoke(t, "salesforce_reset_user_password", byUsername(seller))
	failed(t, nil, diags)
	if changed() == before || strings.Join(progress, "") != seller+" gets a mail to set a new password, the old one is void." {
		t.Errorf("changed at %v; it says %q", changed(), progress)
	}
	o.Fail(sfmock.Match{Path: "/password"}, 1, sfmock.Fault{Status: 200, Body: `{"NewPassword":"` + generated + `"}`, ContentType: "application/json"})
	o.Fail(sfmock.Match{Path: "/password"}, 1, sfmock.Fault{Status: 403, Code: "INSUFFICIENT_ACCESS", Message: "You do not have permission to view this record."})
	progress, diags = p.invoke(t, "salesforce_reset_user_password", byUsername(seller))
	failed(t, nil, diags)
	if strings.Contains(strings.Join(progress, ""), generated) {
		t.Error("the generated password is shown")
	}
	_, diags = p.invoke(t, "salesforce_reset_user_password", byUsername(seller))
	refused(t, diags, `Unable to reset the password of user "`+seller, "You do not have permission to view this record")
}

func TestUnlockUser(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	login, _ := o.Find("UserLogin", "UserId", o.id(t, "User", "Username", seller))["Id"].(string)
	if err := o.Update(login, map[string]any{"IsPasswordLocked": true}); err != nil {
		t.Fatal(err)
	}
	for _, says := range []string{"is not locked out any more", "was not locked out"} {
		failed(t, nil, p.planAction(t, "salesforce_unlock_user", byUsername(seller)))
		progress, diags := p.invoke(t, "salesforce_unlock_user", byUsername(seller))
		failed(t, nil, diags)
		if o.Record(login)["IsPasswordLocked"] == true || strings.Join(progress, "") != seller+" "+says+"." {
			t.Errorf("locked: %v; it says %q", o.Record(login)["IsPasswordLocked"], progress)
		}
	}
}

// What could cut the provider off is refused for its own user, at plan and again at apply.
func TestUserActionsSpareTheProvidersOwnUser(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	own := byUsername(o.AdministratorUsername())
	for _, name := range []string{"salesforce_freeze_user", "salesforce_reset_user_password", "salesforce_revoke_user_sessions"} {
		p := o.speak(t)
		refused(t, p.planAction(t, name, own), "The provider would lock itself out", `disabled_checks = ["own_user_active"]`)
		_, diags := p.invoke(t, name, own)
		refused(t, diags, "The provider would lock itself out")
		warned(t, o.speak(t, ownUserActive, lastAdministrator).planAction(t, name, own), "The provider would lock itself out")
	}
	if n := len(o.Requests(sfmock.Match{Method: "DELETE"})); n > 0 {
		t.Errorf("%d writes were sent", n)
	}
}

// Salesforce hides from users without permission what they may not change, so that nothing would seem to be there.
func TestUserActionsNeedPermissions(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.byIntegration(t)
	for name, permission := range map[string]string{
		"salesforce_freeze_user": "ManageUsers", "salesforce_unfreeze_user": "ManageUsers", "salesforce_unlock_user": "ManageUsers",
		"salesforce_reset_user_password": "ResetPasswords", "salesforce_revoke_user_sessions": "ManageUsers and CustomizeApplication",
	} {
		refused(t, p.planAction(t, name, byUsername(seller)), "without "+permission+".")
		_, diags := p.invoke(t, name, byUsername(seller))
		refused(t, diags, "without "+permission+".")
	}
	sessionsOnly := byUsername(seller)
	sessionsOnly["tokens"] = tftypes.NewValue(tftypes.Bool, false)
	refused(t, p.planAction(t, "salesforce_revoke_user_sessions", sessionsOnly), "without ManageUsers.")
	o.Fail(sfmock.Match{Contains: "UserPermissionAccess"}, -1, sfmock.Fault{Code: "INVALID_TYPE", Message: "no"})
	refused(t, p.planAction(t, "salesforce_freeze_user", byUsername(seller)), "Unable to check the permissions", "INVALID_TYPE")
}
