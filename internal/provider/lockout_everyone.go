package provider

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// leaving are the administrators that this plan deactivates, freezes or gives another profile.
type leaving struct {
	mu  sync.Mutex
	ids map[string]bool
}

// without are the administrators who stay, less one more who leaves.
func (l *leaving) without(administrators map[string]bool, id string) map[string]bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ids == nil {
		l.ids = map[string]bool{}
	}
	if id != "" {
		l.ids[sfclient.ID18(id)] = true
	}
	stay := maps.Clone(administrators)
	maps.DeleteFunc(stay, func(id string, _ bool) bool { return l.ids[id] })
	return stay
}

// guardAdministrators refuses to take the last administrator who can log in to the user interface.
func (c *connection) guardAdministrators(ctx context.Context, change userChange, diags *diag.Diagnostics) {
	at, out := change.out()
	if !out && !change.moved() {
		return
	}
	administrators, err := c.client.Administrators(ctx)
	if err != nil {
		addBlind(diags, at, "who administers the org", err)
		return
	}
	if _, is := administrators[sfclient.ID18(change.id)]; !is {
		return
	}
	if !out {
		after, err := c.client.ProfilePermissions(ctx, change.newProfileID, []string{"ModifyAllData", "ManageUsers", "ApiUserOnly"})
		if err == nil && after["ModifyAllData"] && after["ManageUsers"] && !after["ApiUserOnly"] {
			return
		}
	}
	if len(c.lockout.leaving.without(administrators, change.id)) == 0 {
		c.lockout.report(diags, lastAdministrator, at, "No administrator would be left",
			"After this plan no active user who can log in to the user interface has both Modify All Data and Manage Users, so that nobody could mend the org by hand. Activate another administrator first.")
	}
}

const (
	passwordsDisabled = "is_login_with_salesforce_credentials_disabled"
	apiAtMyDomain     = "does_api_login_require_org_domain"
)

// becomesTrue tells whether a plan switches something on.
func becomesTrue(attribute string, plan, before attributes) bool {
	return plan[attribute].Equal(types.BoolValue(true)) && !before[attribute].Equal(types.BoolValue(true))
}

// checkSignOnSettings refuses single sign-on as the only way in when it leads nowhere.
func checkSignOnSettings(ctx context.Context, c *connection, plan, before attributes, diags *diag.Diagnostics) {
	if !becomesTrue(passwordsDisabled, plan, before) {
		return
	}
	at := path.Root(passwordsDisabled)
	providers := 0
	for _, kind := range []string{"SamlSsoConfig", "AuthProvider"} {
		found, err := c.client.ListMetadata(ctx, kind)
		if err != nil {
			addBlind(diags, at, "which identity providers the org has", err)
			return
		}
		providers += len(found)
	}
	samlOff := plan["enable_saml_login"].Equal(types.BoolValue(false))
	if providers == 0 {
		c.lockout.report(diags, ssoLogin, at, "Everybody who needs single sign-on would be locked out",
			"The org has no SAML configuration and no authentication provider, so that users who may not log in with a password could not log in at all. Set up single sign-on and try it first: Setup > Single Sign-On Settings.")
		return
	}
	if saml, err := c.client.ListMetadata(ctx, "SamlSsoConfig"); err == nil && len(saml) == providers && samlOff {
		c.lockout.report(diags, ssoLogin, at, "Everybody who needs single sign-on would be locked out",
			"The org's identity providers are all SAML configurations, and enable_saml_login is false. Set it to true in the same plan.")
		return
	}
	administrators, err := c.client.Administrators(ctx)
	if err != nil {
		addBlind(diags, at, "who administers the org", err)
		return
	}
	for _, bound := range c.lockout.leaving.without(administrators, "") {
		if !bound {
			return
		}
	}
	c.lockout.report(diags, ssoLogin, at, "No administrator could log in without single sign-on",
		"Every active administrator (Modify All Data and Manage Users) has the permission Is Single Sign-On Enabled, so that an outage of the identity provider would lock all of them out. Keep one administrator without it, and its password in a safe.")
}

// checkMyDomainSettings refuses API logins at My Domain only while the provider signs in elsewhere.
func checkMyDomainSettings(_ context.Context, c *connection, plan, before attributes, diags *diag.Diagnostics) {
	login := c.client.SignIn().LoginURL
	if !becomesTrue(apiAtMyDomain, plan, before) || login == "" || strings.EqualFold(hostOf(login), hostOf(c.client.InstanceURL())) {
		return
	}
	c.lockout.report(diags, myDomainLogin, path.Root(apiAtMyDomain), "The provider would lock itself out",
		fmt.Sprintf("The provider signs in at %s, where the org would no longer let API clients in. Set login_url to the org's My Domain first:\n  login_url = %q", login, c.client.InstanceURL()))
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}
