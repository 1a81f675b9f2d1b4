package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newSessionSettingsResource is the org's session, multi-factor authentication and identity verification settings:
// salesforce_session_settings.
func newSessionSettingsResource() resource.Resource {
	return &settingsResource{settings: settings{
		typeName: "salesforce_session_settings", noun: "session settings", setup: "Setup > Session Settings, and Setup > Identity Verification",
		kind: "SecuritySettings", part: []string{"sessionSettings"},
		text: "The org's session settings, with multi-factor authentication (MFA) and identity verification.\n\n" +
			"MFA and identity verification are `enable_mfa_direct_ui_login_opt_in`, the methods `enable_u2f`, `enable_built_in_authenticator`, `enable_lightning_login`, `enable_lightning_login_only_with_user_perm`, `enable_sms_identity`, " +
			"`allow_user_authentication_by_certificate` and `allow_user_cert_based_authentication_with_ocsp_validation`, and `skip_sfa_when_mfa_direct_ui_login`, `can_confirm_identity_by_sms_only`, `identity_confirmation_on_email_change`, " +
			"`identity_confirmation_on_two_factor_registration_enabled`, `can_confirm_email_change_in_lightning_communities`. The rest is about sessions and browsers.\n\n" +
			"~> Which login methods count as high assurance is in no API: Setup > Session Settings > Session Security Levels.",
		needs:  "Modify Metadata Through Metadata API Functions and Customize Application",
		fields: sessionFields, check: checkSessionSettings,
	}}
}

// sessionFields are those of SessionSettings; its test compares them with the Metadata API's own list. Source: Metadata API guide,
// SecuritySettings.
var sessionFields = fields{
	{element: "allowUserAuthenticationByCertificate", text: "Whether users can log in with a certificate instead of a password."},
	{element: "allowUserCertBasedAuthenticationWithOcspValidation", text: "Whether such certificates are checked for revocation (OCSP, then CRL)."},
	{element: "auraBoxcarReductionPref", text: "Whether Lightning bundles fewer actions into one request."},
	{element: "canConfirmEmailChangeInLightningCommunities", text: "Whether users of Experience Cloud sites confirm a new e-mail address by a link."},
	{element: "canConfirmIdentityBySmsOnly", text: "Whether users who have registered another method can't verify their identity by e-mail."},
	{element: "disableTimeoutWarning", text: "Whether users are not warned before a session times out."},
	{element: "enableBuiltInAuthenticator", text: "Whether built-in authenticators such as Touch ID and Windows Hello count for MFA. They resist phishing, which Salesforce demands of privileged users."},
	{element: "enableCSPOnEmail", text: "Whether the content security policy also holds for the e-mail template."},
	{element: "enableCSRFOnGet", attribute: "enable_csrf_on_get", text: "Whether GET requests on pages without a setup are protected against cross-site request forgery."},
	{element: "enableCSRFOnPost", attribute: "enable_csrf_on_post", text: "Whether POST requests on pages without a setup are protected against cross-site request forgery."},
	{element: "enableCacheAndAutocomplete", text: "Whether browsers may keep and complete usernames on the login page."},
	{element: "enableClickjackNonsetupSFDC", text: "Whether Salesforce's pages outside Setup are protected against clickjacking."},
	{element: "enableClickjackNonsetupUser", text: "Whether Visualforce pages with standard headers are protected against clickjacking."},
	{element: "enableClickjackNonsetupUserHeaderless", text: "Whether Visualforce pages without headers are protected against clickjacking."},
	{element: "enableClickjackSetup", text: "Whether the pages of Setup are protected against clickjacking."},
	{element: "enableCoepHeader", text: "Whether answers carry the header Cross-Origin-Embedder-Policy."},
	{element: "enableContentSniffingProtection", holds: types.BoolValue(true), text: "Whether browsers are told not to guess content types. Salesforce keeps it at `true`."},
	{element: "enableCoopHeader", text: "Whether answers carry the header Cross-Origin-Opener-Policy."},
	{element: "enableLightningLogin", text: "Whether users can log in without a password, with Salesforce Authenticator."},
	{element: "enableLightningLoginOnlyWithUserPerm", text: "Whether that is only for users with the permission Lightning Login User."},
	{element: "enableMFADirectUILoginOptIn", text: "Whether MFA is required of all who log in to the user interface directly, with username and password. Where Salesforce enforces MFA, `false` is refused while planning."},
	{element: "enableOauthCorsPolicy", text: "Whether allowed origins may also ask the OAuth endpoints (CORS)."},
	{element: "enablePermissionsPolicy", text: "Whether answers carry the header Permissions-Policy, which `grant_camera_access` and `grant_microphone_access` need."},
	{element: "enablePostForSessions", text: "Whether session information travels in POST requests between domains."},
	{element: "enableSMSIdentity", text: "Whether users may verify their identity by text message."},
	{element: "enableU2F", attribute: "enable_u2f", text: "Whether security keys count for MFA. They resist phishing, which Salesforce demands of privileged users."},
	{element: "enforceIpRangesEveryRequest", text: "Whether the login IP ranges of profiles hold for every request instead of for logins only, API clients included."},
	{element: "enforceUserDeviceRevoked", text: "Whether mobile app sessions end when an administrator revokes the device."},
	{element: "forceLogoutOnSessionTimeout", text: "Whether sessions that time out log the user out."},
	{element: "forceRelogin", text: "Whether administrators who log in as another user log in again afterwards."},
	{element: "grantCameraAccess", kind: word, values: []string{"Always", "Never", "TrustedUrls"}, text: "Who may use the browser's camera."},
	{element: "grantMicrophoneAccess", kind: word, values: []string{"Always", "Never", "TrustedUrls"}, text: "Who may use the browser's microphone."},
	{element: "hasRetainedLoginHints", text: "Whether login hints stay after a logout."},
	{element: "hasUserSwitching", text: "Whether users can switch between their accounts in the profile picture's menu."},
	{element: "hstsOnForcecomSites", attribute: "hsts_on_forcecom_sites", text: "Whether sites use HTTP Strict Transport Security."},
	{element: "identityConfirmationOnEmailChange", text: "Whether users verify their identity when they change their e-mail address."},
	{element: "identityConfirmationOnTwoFactorRegistrationEnabled", text: "Whether users verify their identity when they register a verification method."},
	{element: "lockSessionsToDomain", text: "Whether a session holds only in the domain where it began."},
	{element: "lockSessionsToIp", text: "Whether a session holds only for the IP address where it began. This breaks API clients whose address changes."},
	{element: "lockerServiceAPIVersion", kind: word, text: "API version of Lightning Locker, such as `68.0`. Salesforce raises it with its releases."},
	{element: "lockerServiceCSP", text: "Whether Lightning uses the stricter content security policy."},
	{element: "lockerServiceNext", text: "Whether Lightning web components run in Lightning Web Security."},
	{element: "lockerServiceNextControl", text: "Whether Aura components run in Lightning Web Security."},
	{element: "lockerTrustedMode", text: "Whether Lightning Web Security runs in trusted mode."},
	{element: "lockerTrustedResources", kind: word, text: "Resources that trusted mode takes."},
	{element: "logoutURL", kind: word, text: "Where users go after a logout."},
	{element: "redirectBlockModeEnabled", text: "Whether redirections to untrusted addresses are blocked. Excludes `redirection_warning`."},
	{element: "redirectionWarning", text: "Whether users are warned before a redirection to an untrusted address. Excludes `redirect_block_mode_enabled`."},
	{element: "referrerPolicy", text: "Whether answers carry the header Referrer-Policy."},
	{element: "referrerPolicyDirective", kind: word, text: "What the header Referrer-Policy says, such as `origin-when-cross-origin`."},
	{element: "requireHttpOnly", text: "Whether scripts can't read session cookies."},
	{element: "sendCspForUncommonClients", text: "Whether uncommon browsers get the content security policy, too."},
	{element: "sessionTimeout", kind: word, text: "How long a session may be idle, for profiles without a setting of their own. API calls count as use.", values: []string{
		"TwentyFourHours", "TwelveHours", "EightHours", "FourHours", "TwoHours", "NinetyMinutes", "SixtyMinutes", "ThirtyMinutes", "FifteenMinutes",
	}},
	{element: "sidToken3rdPartyAuraApp", attribute: "sid_token_3rd_party_aura_app", text: "Whether Lightning apps outside Salesforce get session tokens."},
	{element: "skipSFAWhenMFADirectUILogin", text: "Whether users who register for MFA see all methods first, instead of Salesforce Authenticator."},
	{element: "terminateUserSessionsWhenAdminResetsPassword", text: "Whether a user's sessions end when an administrator resets the password."},
	{element: "unescapedHtmlSanitization", since: 67, text: "Whether HTML that is not escaped is sanitized."},
	{element: "untrustedRedirect", kind: word, values: []string{"AlwaysAllowed", "AllowWithUserPermission", "NeverAllowed"}, text: "Who may follow a redirection to an untrusted address."},
	{element: "useEAPIRateLimitForConnectAPI", attribute: "use_eapi_rate_limit_for_connect_api", text: "Whether the Connect API is limited as the Enterprise API is."},
	{element: "useLocalStorageForLogoutUrl", text: "Whether browsers keep the logout address in local storage."},
	{element: "vfInlineScriptInjection", kind: word, since: 67, values: []string{"Allow", "ReportOnly", "NeverAllow"}, text: "What becomes of inline scripts in Visualforce pages."},
	{element: "welcomeEmailTemplateId", kind: word, text: "Id of the e-mail template that welcomes new users."},
}

const requireMFA = "enable_mfa_direct_ui_login_opt_in"

// checkSessionSettings refuses to switch off MFA where the platform keeps it on.
func checkSessionSettings(ctx context.Context, c *connection, plan, before attributes, diags *diag.Diagnostics) {
	if !plan[requireMFA].Equal(types.BoolValue(false)) || !before[requireMFA].Equal(types.BoolValue(true)) {
		return
	}
	org, err := c.client.Organization(ctx)
	if err != nil {
		addError(diags, "read", "the organization", "", err)
		return
	}
	if enforcesMFA(org) {
		c.lockout.report(diags, enforcedMFA, path.Root(requireMFA), "Salesforce enforces multi-factor authentication",
			"Since the summer of 2026 Salesforce requires MFA of all employees who log in to the user interface of a production org or sandbox, and keeps this setting on: writing false does nothing, and would show as a change for ever. "+
				"An integration needs no exemption: give it an API-only user (salesforce_integration_user), which never logs in to the user interface.\n\nRemove the attribute, or write true.")
	}
}

// enforcesMFA tells whether Salesforce keeps MFA on in an org: it does in production orgs and sandboxes. Trials and Developer Edition
// orgs are left to what the apply finds. Source: Salesforce Help, articles 005317465 and 005321561.
func enforcesMFA(org sfclient.Organization) bool {
	return org.IsSandbox || org.TrialExpiration == "" && org.OrganizationType != "Developer Edition"
}
