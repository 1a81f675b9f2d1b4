package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// lockoutCheck is a way in which a plan could lock somebody out: the provider itself, everybody, or the very integration that it
// sets up. The guard looks at plans only; it never writes.
type lockoutCheck string

const (
	ownUserActive      lockoutCheck = "own_user_active"
	ownUserPermissions lockoutCheck = "own_user_permissions"
	ownUserIPRanges    lockoutCheck = "own_user_login_ip_ranges"
	ownUserLoginHours  lockoutCheck = "own_user_login_hours"
	ownUserSession     lockoutCheck = "own_user_session_level"
	ownAppEnabled      lockoutCheck = "own_app_enabled"
	ownAppFlow         lockoutCheck = "own_app_flow"
	ownAppScopes       lockoutCheck = "own_app_scopes"
	ownAppAccess       lockoutCheck = "own_app_authorization"
	ownAppCredentials  lockoutCheck = "own_app_credentials"
	ssoLogin           lockoutCheck = "single_sign_on"
	lastAdministrator  lockoutCheck = "last_administrator"
	myDomainLogin      lockoutCheck = "my_domain_login"
	integrationSession lockoutCheck = "integration_session_level"
	integrationMFA     lockoutCheck = "integration_mfa_for_api"
	integrationRanges  lockoutCheck = "integration_login_ip_ranges"
	enforcedMFA        lockoutCheck = "enforced_mfa"
)

// lockoutChecks are all checks, with what each refuses.
var lockoutChecks = []struct {
	check lockoutCheck
	text  string
}{
	{ownUserActive, "deactivating or freezing the user that the provider signs in as, ending its sessions or resetting its password"},
	{ownUserPermissions, "taking from that user a permission that it needs to undo the plan"},
	{ownUserIPRanges, "login IP ranges on its profile that leave out the address that it last logged in from"},
	{ownUserLoginHours, "login hours on its profile that leave out the present time"},
	{ownUserSession, "a session level on its profile that no OAuth session carries"},
	{ownAppEnabled, "deleting or disabling the app that the provider signs in through"},
	{ownAppFlow, "taking the OAuth flow, the certificate or the run-as user from that app"},
	{ownAppScopes, "taking a scope from that app that the provider needs"},
	{ownAppAccess, "taking that app from the provider's user, who is pre-authorised by a profile or permission set"},
	{ownAppCredentials, "rotating the consumer key and secret of that app"},
	{ssoLogin, "single sign-on as the only way to log in without a configuration for it, or with no administrator left who can log in otherwise"},
	{lastAdministrator, "deactivating the last active system administrator, or giving that one another profile"},
	{myDomainLogin, "API logins at My Domain only, while the provider signs in elsewhere"},
	{integrationSession, "a session level on a profile of API-only users, or on their app, that no OAuth session carries"},
	{integrationMFA, "multi-factor authentication for API logins on a profile or permission set of API-only users"},
	{integrationRanges, "login IP ranges on a profile of API-only users whose app is to relax them, which JWT bearer ignores"},
	{enforcedMFA, "switching off the org's MFA where Salesforce keeps it on"},
}

func lockoutNames() []string {
	names := make([]string, len(lockoutChecks))
	for i, c := range lockoutChecks {
		names[i] = string(c.check)
	}
	return names
}

func lockoutAttribute() schema.SingleNestedAttribute {
	var list strings.Builder
	for _, c := range lockoutChecks {
		fmt.Fprintf(&list, "\n  - `%s`: %s", c.check, c.text)
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "The lockout guard refuses plans that would cut off the provider, everybody, or the integration that is being set up.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"disabled_checks": schema.SetAttribute{
				MarkdownDescription: "Checks that warn instead of refusing:" + list.String() + ".",
				ElementType:         types.StringType, Optional: true,
				Validators: []validator.Set{setvalidator.ValueStringsAre(stringvalidator.OneOf(lockoutNames()...))},
			},
		},
	}
}

// lockoutGuard refuses what locks somebody out.
type lockoutGuard struct {
	disabled []string
	own      ownGrants
	leaving  leaving
}

// newLockoutGuard reads which checks the provider's configuration switches off.
func newLockoutGuard(ctx context.Context, req provider.ConfigureRequest, diags *diag.Diagnostics) *lockoutGuard {
	var disabled types.Set
	at := path.Root("lockout_protection").AtName("disabled_checks")
	diags.Append(req.Config.GetAttribute(ctx, at, &disabled)...)
	if disabled.IsUnknown() {
		diags.AddAttributeError(at, "Value of disabled_checks is not known yet", "It depends on something that exists only after an apply, but the guard works while planning. Write the names as fixed values.")
	}
	return &lockoutGuard{disabled: stringsOf(ctx, disabled, diags)}
}

// report refuses what a check found, on the attribute that causes it, or warns where the check is switched off.
func (g *lockoutGuard) report(diags *diag.Diagnostics, check lockoutCheck, at path.Path, summary, detail string) {
	if slices.Contains(g.disabled, string(check)) {
		diags.AddAttributeWarning(at, summary, detail+fmt.Sprintf("\n\nThe check %q is switched off on the provider, so this is done all the same.", check))
		return
	}
	diags.AddAttributeError(at, summary, detail+fmt.Sprintf("\n\nNothing was changed. To do it all the same, switch off this check on the provider:\n  lockout_protection = { disabled_checks = [%q] }", check))
}
