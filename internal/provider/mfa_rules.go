package provider

import (
	"slices"
	"strings"
)

// verdict is what becomes of a user once Salesforce requires multi-factor authentication.
type verdict string

const (
	exemptAPIOnly   verdict = "exempt_api_only"
	exemptGuest     verdict = "exempt_guest"
	exemptSSO       verdict = "exempt_sso_mfa"
	verdictReady    verdict = "ready"
	verdictImpacted verdict = "impacted"
	verdictUnknown  verdict = "unknown"
)

var verdicts = []verdict{verdictImpacted, verdictUnknown, verdictReady, exemptSSO, exemptAPIOnly, exemptGuest}

// mfaRule gives a verdict to those users that it applies to.
type mfaRule struct {
	name    string
	verdict verdict
	source  string
	applies func(*mfaEvidence) bool
	reason  func(*mfaEvidence) string
}

// sources of the rules. SH is Salesforce Help.
const (
	whoNeedsMFA     = "SH 005321561, Prepare for MFA Enforcement for All Employee Users"
	whoIsExcluded   = "SH 000389309, Use Cases That are Excluded from the MFA Requirement"
	whoIsPrivileged = "SH 005321563, Prepare for Phishing-Resistant MFA Enforcement for Privileged Users"
	apiOnlyUsers    = "SH platform.integration_user, Give Integration Users API Only Access"
	apiLogins       = "SH xcloud.security_require_2fa_api, Set MFA Login Requirements for API Access"
	waivers         = "SH xcloud.security_mfa_exclude_exempt_users; that it ended in July 2026 is from third parties"
	ssoSignals      = "SH 005321561 and 005321563: the identity provider's amr or AuthnContext"
	oauthFlows      = "SH xcloud.mfa_enable_integration_user_human_logins: no MFA for system integration logins through the API"
	soapLogin       = "SH 005132110, SOAP API login() Retirement"
	ourOwnCaution   = "our own: what can't be seen is not taken for good"
)

// mfaRules decide on a user: the first that applies. The order is that of who can't log in to the user interface at all, of what
// software does, and of what a person can do there.
var mfaRules = []mfaRule{
	{
		"platform_user", exemptAPIOnly, whoIsExcluded,
		(*mfaEvidence).platformUser,
		say("A service of Salesforce itself acts as this user; nobody can log in as it."),
	},
	{
		"guest", exemptGuest, whoIsExcluded, userTypes("Guest"),
		say("The guest user of a site: visitors do not log in."),
	},
	{
		"external_user", exemptGuest, whoIsExcluded,
		userTypes("PowerPartner", "PowerCustomerSuccess", "CustomerSuccess", "CspLitePortal", "SelfService"),
		say("An external user of Experience Cloud sites, of whom Salesforce does not require MFA."),
	},
	{
		"chatter_user", exemptGuest, whoIsExcluded, userTypes("CsnOnly"),
		say("A Chatter Free or Chatter External user, of whom Salesforce does not require MFA."),
	},
	{
		"permissions_unreadable", verdictUnknown, ourOwnCaution,
		func(e *mfaEvidence) bool { return e.held == nil || e.user.ProfileID == "" },
		say("The profile and permission sets of the user can't be read, so that nobody can tell whether it is API-only or privileged: the provider's user needs View Setup and Configuration."),
	},
	{
		"api_only_second_factor", verdictImpacted, apiLogins,
		func(e *mfaEvidence) bool {
			return e.apiOnly() && e.asksForCodes() && e.loggedIn(passwordAPI, passwordOAuth)
		},
		func(e *mfaEvidence) string {
			return "API-only, but " + e.applications(passwordAPI, passwordOAuth) + " logs in with a password, and Multi-Factor Authentication for API Logins (" + e.by("TwoFactorApi") + ") asks for a code there."
		},
	},
	{
		"api_only_second_factor_unseen", verdictUnknown, ourOwnCaution,
		func(e *mfaEvidence) bool { return e.apiOnly() && e.asksForCodes() && !e.loginsKnown },
		func(e *mfaEvidence) string {
			return "API-only, but Multi-Factor Authentication for API Logins (" + e.by("TwoFactorApi") + ") asks for a code at API logins with a password, and whether there are any can't be read: the provider's user needs Monitor Login History."
		},
	},
	{
		"api_only", exemptAPIOnly, apiOnlyUsers, (*mfaEvidence).apiOnly,
		func(e *mfaEvidence) string {
			return "API-only by " + e.by("ApiUserOnly") + ": it can't log in to the user interface."
		},
	},
	{
		"history_unreadable", verdictUnknown, ourOwnCaution,
		func(e *mfaEvidence) bool { return !e.loginsKnown },
		say("How the user logs in can't be read: the provider's user needs Monitor Login History."),
	},
	{
		"api_second_factor", verdictImpacted, apiLogins,
		func(e *mfaEvidence) bool { return e.asksForCodes() && e.loggedIn(passwordAPI, passwordOAuth) },
		func(e *mfaEvidence) string {
			return "Software (" + e.applications(passwordAPI, passwordOAuth) + ") logs in as it with a password, and Multi-Factor Authentication for API Logins (" + e.by("TwoFactorApi") + ") asks for a code there."
		},
	},
	{
		"api_password", verdictImpacted, oauthFlows + "; " + soapLogin,
		func(e *mfaEvidence) bool { return e.loggedIn(passwordAPI, passwordOAuth) },
		func(e *mfaEvidence) string {
			return "Software (" + e.applications(passwordAPI, passwordOAuth) + ") logs in with the password of a user who is not API-only, and can't answer when a second factor is asked for."
		},
	},
	{
		"methods_unreadable", verdictUnknown, ourOwnCaution,
		func(e *mfaEvidence) bool { return !e.methodsKnown && !e.ssoSuffices() },
		func(e *mfaEvidence) string {
			return "Which verification methods the user has registered can't be read: the provider's user needs Manage MFA in API." + e.lastVerified()
		},
	},
	{
		"machine_flows", verdictReady, oauthFlows,
		func(e *mfaEvidence) bool { return e.onlyLoggedIn(machineOAuth, refreshOAuth) },
		func(e *mfaEvidence) string {
			return "Only software (" + e.applications(machineOAuth, refreshOAuth) + ") logged in " + e.window() + ", by OAuth flows without a screen, which MFA does not touch. The user is not API-only: a person who logs in as it needs " + e.neededMethod() + "."
		},
	},
	{
		"sso_mfa", exemptSSO, ssoSignals, (*mfaEvidence).ssoSuffices,
		func(e *mfaEvidence) string {
			return "Logs in by single sign-on only, and the identity provider asserts " + e.ssoAssurance().String() + " MFA."
		},
	},
	{
		"phishing_resistant_method", verdictReady, whoIsPrivileged,
		func(e *mfaEvidence) bool { return strongest(e.methods) == phishingResistant },
		func(e *mfaEvidence) string {
			return "Has registered " + methodLabels(e.methods) + ", which suffices for privileged users, too."
		},
	},
	{
		"standard_method", verdictReady, whoNeedsMFA,
		func(e *mfaEvidence) bool { return !e.privileged() && strongest(e.methods) == standard },
		func(e *mfaEvidence) string {
			return "Has registered " + methodLabels(e.methods) + " and is not privileged."
		},
	},
	{
		"no_login", verdictUnknown, ourOwnCaution,
		func(e *mfaEvidence) bool { return len(e.logins) == 0 },
		func(e *mfaEvidence) string {
			return "Has not registered " + e.neededMethod() + ", and did not log in " + e.window() + ", so that nobody can tell whether single sign-on would do."
		},
	},
	{
		"sso_untold", verdictUnknown, ssoSignals,
		func(e *mfaEvidence) bool { return e.onlySSO() && e.ssoAssurance() == untold },
		say("Logs in by single sign-on only, but how the identity provider authenticates can't be seen: LoginHistory.AuthContextClassRef takes API version 67."),
	},
	{
		"sso_standard_of_privileged", verdictImpacted, whoIsPrivileged,
		func(e *mfaEvidence) bool { return e.onlySSO() && e.ssoAssurance() == standard },
		func(e *mfaEvidence) string {
			return "The identity provider asserts standard MFA only, and the user has not registered " + e.neededMethod() + "."
		},
	},
	{
		"sso_without_mfa", verdictImpacted, ssoSignals,
		func(e *mfaEvidence) bool { return e.onlySSO() },
		func(e *mfaEvidence) string {
			return "Logs in by single sign-on, but the identity provider does not assert MFA" + e.assertions() + ", and the user has not registered " + e.neededMethod() + "."
		},
	},
	{
		"untold_flow", verdictUnknown, ourOwnCaution,
		func(e *mfaEvidence) bool {
			return e.onlyLoggedIn(machineOAuth, refreshOAuth, untoldOAuth, otherLogin, siteLogin)
		},
		func(e *mfaEvidence) string {
			return "The login history does not tell whether the logins " + e.window() + " (" + e.applications(untoldOAuth, otherLogin, siteLogin) + ") need the user interface, and the user has not registered " + e.neededMethod() + "."
		},
	},
	{
		"waived", verdictImpacted, waivers,
		func(e *mfaEvidence) bool { return len(e.held["BypassMFAForUiLogins"]) > 0 },
		func(e *mfaEvidence) string {
			return "Waive Multi-Factor Authentication for Exempt Users (" + e.by("BypassMFAForUiLogins") + ") exempts nobody any more, and the user has not registered " + e.neededMethod() + "."
		},
	},
	{
		"older_key_of_privileged", verdictImpacted, whoIsPrivileged,
		func(e *mfaEvidence) bool {
			return e.privileged() && slices.Contains(e.methods, "U2F") && strongest(e.methods) == standard
		},
		func(e *mfaEvidence) string {
			return "The security key is of the older standard U2F and has to be registered again, as a WebAuthn key. The user needs " + e.neededMethod() + "."
		},
	},
	{
		"standard_method_of_privileged", verdictImpacted, whoIsPrivileged,
		func(e *mfaEvidence) bool { return e.privileged() && strongest(e.methods) == standard },
		func(e *mfaEvidence) string {
			return "Has registered " + methodLabels(e.methods) + ", which does not suffice: needs " + e.neededMethod() + "."
		},
	},
	{
		"weak_method", verdictImpacted, whoNeedsMFA,
		func(e *mfaEvidence) bool { return strongest(e.methods) == weak },
		func(e *mfaEvidence) string {
			return "Has registered " + methodLabels(e.methods) + " only, which does not count as MFA: needs " + e.neededMethod() + "."
		},
	},
	{
		"no_method", verdictImpacted, whoNeedsMFA,
		func(e *mfaEvidence) bool { return len(e.methods) == 0 },
		func(e *mfaEvidence) string {
			if !e.loggedIn(directLogin) {
				return "Authorises " + e.applications(browserOAuth, personalAppLogin) + " in a browser, and has not registered " + e.neededMethod() + "."
			}
			return "Logs in with a password and has not registered " + e.neededMethod() + "."
		},
	},
	{
		"unknown_method", verdictUnknown, ourOwnCaution,
		func(*mfaEvidence) bool { return true },
		func(e *mfaEvidence) string {
			return "Has registered methods that this provider does not know: " + strings.Join(e.methods, ", ") + "."
		},
	},
}

// judge finds the rule that decides on a user. The last one applies to everybody.
func judge(e *mfaEvidence) *mfaRule {
	for i := range mfaRules {
		if mfaRules[i].applies(e) {
			return &mfaRules[i]
		}
	}
	return &mfaRules[len(mfaRules)-1]
}
