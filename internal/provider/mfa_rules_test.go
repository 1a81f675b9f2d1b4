package provider

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// known is a user with an ordinary profile of whom everything can be read: no permission, method or login.
func known(changes ...func(*mfaEvidence)) *mfaEvidence {
	e := &mfaEvidence{
		user: sfclient.MFAUser{ID: "005000000000001AAA", Username: "ada@example.com", UserType: "Standard", ProfileID: "00e000000000001AAA"},
		held: sfclient.HeldPermissions{}, methodsKnown: true, loginsKnown: true, contextsKnown: true, days: usualHistory,
	}
	e.user.Profile.Name = "Standard User"
	for _, change := range changes {
		change(e)
	}
	return e
}

func ofType(userType string) func(*mfaEvidence) {
	return func(e *mfaEvidence) { e.user.UserType = userType }
}

func onLicense(key string) func(*mfaEvidence) {
	return func(e *mfaEvidence) { e.user.Profile.UserLicense.LicenseDefinitionKey = key }
}

func holds(permission string, path sfclient.GrantPath) func(*mfaEvidence) {
	return func(e *mfaEvidence) { e.held[permission] = append(e.held[permission], path) }
}

func has(methods ...string) func(*mfaEvidence) {
	return func(e *mfaEvidence) { e.methods = methods }
}

// logged adds a login, and what its provider asserts.
func logged(loginType, subType, asserted string) func(*mfaEvidence) {
	return func(e *mfaEvidence) {
		var all []sfclient.LoginKind
		for _, l := range e.logins {
			all = append(all, l.LoginKind)
		}
		e.logins = classified(append(all, sfclient.LoginKind{LoginType: loginType, LoginSubType: subType, AuthMethodReference: asserted, Application: "Sync", Count: 3, Newest: "2026-11-01T10:00:00.000+0000"}))
	}
}

var (
	byProfile = sfclient.GrantPath{Profile: "Robots"}
	bySet     = sfclient.GrantPath{Set: "Special"}
	byGroup   = sfclient.GrantPath{Group: "Team", Set: "Special"}
	inSession = sfclient.GrantPath{Set: "Special", Session: true}

	atPage      = logged("Application", "", "")
	byPassword  = logged("Other Apex API", "", "")
	privileged  = holds("AuthorApex", byGroup)
	noMethods   = func(e *mfaEvidence) { e.methodsKnown = false }
	noLogins    = func(e *mfaEvidence) { e.loginsKnown = false }
	noContexts  = func(e *mfaEvidence) { e.contextsKnown = false }
	noGrants    = func(e *mfaEvidence) { e.held = nil }
	noProfile   = func(e *mfaEvidence) { e.user.ProfileID = "" }
	sso         = func(asserted string) func(*mfaEvidence) { return logged("SAML Sfdc Initiated SSO", "", asserted) }
	oauth       = func(subType string) func(*mfaEvidence) { return logged("Remote Access 2.0", subType, "") }
	administers = func(e *mfaEvidence) { e.byProfile, e.user.Profile.Name = true, "System Administrator" }
)

// mfaCases are the rows of Salesforce's articles on who needs MFA, and what we make of missing knowledge.
var mfaCases = map[string]struct {
	evidence *mfaEvidence
	rule     string
	verdict  verdict
	says     string
}{
	// Who is no employee.
	"automated process":      {known(ofType("AutomatedProcess"), noGrants), "platform_user", exemptAPIOnly, "nobody can log in"},
	"cloud integration user": {known(ofType("CloudIntegrationUser"), noGrants), "platform_user", exemptAPIOnly, ""},
	"analytics integration":  {known(onLicense("INSIGHTS_INTEGRATION_USER"), privileged, atPage), "platform_user", exemptAPIOnly, ""},
	"guest":                  {known(ofType("Guest"), noGrants, noLogins), "guest", exemptGuest, "guest user of a site"},
	"partner":                {known(ofType("PowerPartner")), "external_user", exemptGuest, "Experience Cloud"},
	"customer":               {known(ofType("CspLitePortal")), "external_user", exemptGuest, ""},
	"Chatter Free":           {known(ofType("CsnOnly")), "chatter_user", exemptGuest, ""},

	// API-only and integration users.
	"API-only by profile":                  {known(holds("ApiUserOnly", byProfile)), "api_only", exemptAPIOnly, "profile Robots"},
	"API-only by set":                      {known(holds("ApiUserOnly", bySet)), "api_only", exemptAPIOnly, "permission set Special"},
	"API-only by group":                    {known(holds("ApiUserOnly", byGroup)), "api_only", exemptAPIOnly, "permission set group Team, permission set Special"},
	"API-only in a session only":           {known(holds("ApiUserOnly", inSession), atPage), "no_method", verdictImpacted, ""},
	"API-only without history":             {known(holds("ApiUserOnly", byProfile), noLogins, noMethods), "api_only", exemptAPIOnly, ""},
	"API-only and privileged":              {known(holds("ApiUserOnly", byProfile), privileged), "api_only", exemptAPIOnly, ""},
	"API-only with a password":             {known(holds("ApiUserOnly", byProfile), byPassword), "api_only", exemptAPIOnly, ""},
	"API-only, codes asked for":            {known(holds("ApiUserOnly", byProfile), holds("TwoFactorApi", bySet), byPassword), "api_only_second_factor", verdictImpacted, "permission set Special"},
	"API-only, codes asked of nobody":      {known(holds("ApiUserOnly", byProfile), holds("TwoFactorApi", bySet), oauth("OauthClientCredentials")), "api_only", exemptAPIOnly, ""},
	"API-only, codes, history unreadable":  {known(holds("ApiUserOnly", byProfile), holds("TwoFactorApi", bySet), noLogins), "api_only_second_factor_unseen", verdictUnknown, "Monitor Login History"},
	"software with a person's password":    {known(byPassword, has("Totp")), "api_password", verdictImpacted, "Sync"},
	"partner product with a password":      {known(logged("Partner", "", ""), has("SecurityKey")), "api_password", verdictImpacted, ""},
	"client with a login type of its own":  {known(withAPI("Excel Integration", "SOAP Enterprise")), "api_password", verdictImpacted, ""},
	"software where codes are asked for":   {known(byPassword, holds("TwoFactorApi", bySet)), "api_second_factor", verdictImpacted, "permission set Special"},
	"software before anything a person is": {known(byPassword, sso("hwk")), "api_password", verdictImpacted, ""},

	// OAuth flows and tokens.
	"OAuth with a password":              {known(oauth("OauthUsernamePassword")), "api_password", verdictImpacted, ""},
	"client credentials":                 {known(oauth("OauthClientCredentials")), "machine_flows", verdictReady, "not API-only"},
	"token exchange":                     {known(oauth("OauthTokenExchange")), "machine_flows", verdictReady, ""},
	"refresh token":                      {known(oauth("OauthRefreshToken")), "machine_flows", verdictReady, ""},
	"client credentials, no methods":     {known(oauth("OauthClientCredentials"), noMethods), "methods_unreadable", verdictUnknown, ""},
	"web server flow":                    {known(oauth("OauthWebServer")), "no_method", verdictImpacted, "Authorises Sync in a browser"},
	"user agent flow":                    {known(oauth("OauthUserAgent")), "no_method", verdictImpacted, ""},
	"mobile app":                         {known(oauth("OauthHybridRefreshToken")), "no_method", verdictImpacted, ""},
	"flow that is not told, such as JWT": {known(oauth("")), "untold_flow", verdictUnknown, "Sync"},
	"OAuth 1":                            {known(logged("Remote Access Client", "", "")), "untold_flow", verdictUnknown, ""},
	"a login type nobody knows":          {known(logged("Telepathy", "", "")), "untold_flow", verdictUnknown, ""},
	"an app and a person":                {known(oauth("OauthRefreshToken"), atPage), "no_method", verdictImpacted, "Logs in with a password"},

	// Single sign-on.
	"SSO with MFA":                     {known(sso("pwd,mfa")), "sso_mfa", exemptSSO, "standard"},
	"SSO with Entra's MFA":             {known(sso("http://schemas.microsoft.com/claims/multipleauthn")), "sso_mfa", exemptSSO, ""},
	"SSO with a key, privileged":       {known(sso("hwk"), privileged), "sso_mfa", exemptSSO, "phishing-resistant"},
	"SSO with a certificate by SAML":   {known(sso("urn:oasis:names:tc:SAML:2.0:ac:classes:X509"), privileged), "sso_mfa", exemptSSO, ""},
	"SSO with MFA, methods unreadable": {known(sso("mfa"), noMethods), "sso_mfa", exemptSSO, ""},
	"SSO with MFA, privileged":         {known(sso("mfa"), privileged), "sso_standard_of_privileged", verdictImpacted, "AuthorApex by permission set group Team"},
	"SSO with MFA and a key":           {known(sso("mfa"), privileged, has("SecurityKey")), "phishing_resistant_method", verdictReady, ""},
	"SSO without MFA":                  {known(sso("pwd")), "sso_without_mfa", verdictImpacted, "it says pwd"},
	"SSO with a password by SAML":      {known(sso("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport")), "sso_without_mfa", verdictImpacted, ""},
	"SSO with a word of its own":       {known(sso("magic")), "sso_without_mfa", verdictImpacted, ""},
	"SSO that says nothing":            {known(sso("")), "sso_without_mfa", verdictImpacted, "it says nothing"},
	"SSO without MFA, registered":      {known(sso("pwd"), has("Totp")), "standard_method", verdictReady, ""},
	"SSO with and without MFA":         {known(sso("mfa"), sso("pwd")), "sso_without_mfa", verdictImpacted, ""},
	"SSO with MFA and a password":      {known(sso("mfa"), atPage), "no_method", verdictImpacted, ""},
	"SSO whose level can't be seen":    {known(sso(""), noContexts), "sso_untold", verdictUnknown, "AuthContextClassRef"},
	"SSO from the identity provider":   {known(logged("SAML Idp Initiated SSO", "", "fido2")), "sso_mfa", exemptSSO, ""},
	"authentication provider":          {known(logged("ThirdPartySso", "", `["mfa"]`)), "sso_mfa", exemptSSO, ""},

	// Standard users, by every verification method.
	"security key":                     {known(atPage, has("SecurityKey")), "phishing_resistant_method", verdictReady, "security key"},
	"built-in authenticator":           {known(atPage, has("BuiltInAuthenticator")), "phishing_resistant_method", verdictReady, ""},
	"Salesforce Authenticator":         {known(atPage, has("SalesforceAuthenticator")), "standard_method", verdictReady, "Salesforce Authenticator"},
	"one-time passwords":               {known(atPage, has("Totp")), "standard_method", verdictReady, ""},
	"older key":                        {known(atPage, has("U2F")), "standard_method", verdictReady, ""},
	"temporary code":                   {known(atPage, has("TempCode")), "weak_method", verdictImpacted, "temporary code"},
	"e-mail":                           {known(atPage, has("UserVerifiedEmailAddress")), "weak_method", verdictImpacted, ""},
	"text message":                     {known(atPage, has("UserVerifiedMobileNumber")), "weak_method", verdictImpacted, ""},
	"mobile number":                    {known(atPage, has("VerifiedMobileNumber")), "weak_method", verdictImpacted, ""},
	"nothing":                          {known(atPage), "no_method", verdictImpacted, "with a password"},
	"a method of tomorrow":             {known(atPage, has("Telepathy")), "unknown_method", verdictUnknown, "Telepathy"},
	"registered, never logs in":        {known(has("Totp")), "standard_method", verdictReady, ""},
	"not registered, never logs in":    {known(), "no_login", verdictUnknown, "during the last 30 days"},
	"waived":                           {known(atPage, holds("BypassMFAForUiLogins", bySet)), "waived", verdictImpacted, "permission set Special"},
	"waived, registered all the same":  {known(atPage, holds("BypassMFAForUiLogins", bySet), has("Totp")), "standard_method", verdictReady, ""},
	"MFA asked of the user by a set":   {known(atPage, holds("ForceTwoFactor", bySet)), "no_method", verdictImpacted, ""},
	"Lightning Login without a method": {known(logged("Lightning Login", "", "")), "no_method", verdictImpacted, ""},

	// Privileged users.
	"administrator, key":              {known(atPage, administers, has("SecurityKey")), "phishing_resistant_method", verdictReady, ""},
	"administrator, passkey":          {known(atPage, administers, has("BuiltInAuthenticator")), "phishing_resistant_method", verdictReady, ""},
	"administrator, authenticator":    {known(atPage, administers, has("SalesforceAuthenticator")), "standard_method_of_privileged", verdictImpacted, "profile System Administrator"},
	"privileged, one-time passwords":  {known(atPage, privileged, has("Totp")), "standard_method_of_privileged", verdictImpacted, "AuthorApex by permission set group Team, permission set Special"},
	"privileged in a session only":    {known(atPage, holds("ModifyAllData", inSession), has("Totp")), "standard_method_of_privileged", verdictImpacted, "once activated"},
	"privileged, older key":           {known(atPage, privileged, has("U2F")), "older_key_of_privileged", verdictImpacted, "registered again"},
	"privileged, temporary code":      {known(atPage, privileged, has("TempCode")), "weak_method", verdictImpacted, ""},
	"privileged, nothing, waived":     {known(atPage, privileged, holds("BypassMFAForUiLogins", byProfile)), "waived", verdictImpacted, ""},
	"may view all data":               {known(atPage, holds("ViewAllData", bySet), has("Totp")), "standard_method_of_privileged", verdictImpacted, ""},
	"may customize the application":   {known(atPage, holds("CustomizeApplication", bySet), has("Totp")), "standard_method_of_privileged", verdictImpacted, ""},
	"may do more, but not privileged": {known(atPage, holds("IsSsoEnabled", bySet), has("Totp")), "standard_method", verdictReady, ""},

	// What can't be seen is never ready.
	"permissions unreadable":         {known(noGrants, atPage, has("SecurityKey")), "permissions_unreadable", verdictUnknown, "View Setup"},
	"profile hidden":                 {known(noProfile, atPage, has("SecurityKey")), "permissions_unreadable", verdictUnknown, ""},
	"history unreadable":             {known(noLogins, has("SecurityKey")), "history_unreadable", verdictUnknown, "Monitor Login History"},
	"methods unreadable":             {known(noMethods, atPage), "methods_unreadable", verdictUnknown, "Manage MFA in API"},
	"methods unreadable, but used":   {known(noMethods, atPage, verifiedBy("Totp")), "methods_unreadable", verdictUnknown, "Totp on 2026-11-01"},
	"methods unreadable, weak SSO":   {known(noMethods, sso("pwd")), "methods_unreadable", verdictUnknown, ""},
	"nothing can be read of a guest": {known(noGrants, noMethods, noLogins, ofType("Guest")), "guest", exemptGuest, ""},
}

func withAPI(loginType, api string) func(*mfaEvidence) {
	return func(e *mfaEvidence) {
		e.logins = classified([]sfclient.LoginKind{{LoginType: loginType, APIType: api}})
	}
}

func verifiedBy(method string) func(*mfaEvidence) {
	return func(e *mfaEvidence) {
		e.verified = []sfclient.Verification{{Method: method, Newest: "2026-11-01T10:00:00.000+0000"}}
	}
}

func TestMFARules(t *testing.T) {
	t.Parallel()
	for name, c := range mfaCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rule := judge(c.evidence)
			reason := rule.reason(c.evidence)
			if rule.name != c.rule || rule.verdict != c.verdict || !strings.Contains(reason, c.says) {
				t.Errorf("%s (%s): %s", rule.name, rule.verdict, reason)
			}
			if !strings.HasSuffix(reason, ".") || strings.Contains(reason, "  ") {
				t.Errorf("%q is no sentence", reason)
			}
		})
	}
}

// Each rule and each method has a case of its own, a source, and a place in the guide.
func TestMFARulesAreTested(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join(root, "docs/guides/mfa-readiness.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range mfaRules {
		tested := false
		for _, c := range mfaCases {
			tested = tested || c.rule == rule.name && c.verdict == rule.verdict
		}
		if !tested || rule.source == "" {
			t.Errorf("the rule %s is tested: %t, source %q", rule.name, tested, rule.source)
		}
		if !strings.Contains(string(guide), "`"+rule.name+"`") {
			t.Errorf("the guide does not explain %s", rule.name)
		}
	}
	for _, rule := range integrationRules {
		if !strings.Contains(string(guide), "`"+rule.name+"`") || rule.source == "" {
			t.Errorf("the guide does not explain %s, or it has no source", rule.name)
		}
	}
	for _, method := range verificationMethods {
		tested := false
		for _, c := range mfaCases {
			tested = tested || slices.Equal(c.evidence.methods, []string{method.name})
		}
		if !tested || method.source == "" {
			t.Errorf("%s is tested: %t, source %q", method.name, tested, method.source)
		}
	}
}

// Every word of an identity provider has its strength, wherever it stands.
func TestMFASignals(t *testing.T) {
	t.Parallel()
	for level, words := range signals {
		for _, word := range words {
			for _, text := range []string{word, strings.ToUpper(word), `["` + word + `"]`, "urn:example:" + word} {
				if got := signalled("", text); got != level {
					t.Errorf("%s is %s, not %s", text, got, level)
				}
			}
		}
	}
	if got := signalled("", ""); got != untold {
		t.Errorf("silence is %s", got)
	}
}

func TestMFAIntegrations(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		evidence *mfaEvidence
		rules    string
	}{
		"password":                         {known(byPassword), "soap_login"},
		"password where codes are asked":   {known(byPassword, holds("TwoFactorApi", bySet)), "api_second_factor"},
		"API-only where codes are asked":   {known(byPassword, holds("TwoFactorApi", bySet), holds("ApiUserOnly", byProfile)), "api_only_second_factor"},
		"API-only":                         {known(byPassword, holds("ApiUserOnly", byProfile)), ""},
		"OAuth with a password":            {known(oauth("OauthUsernamePassword")), "oauth_password"},
		"refresh token, nobody there":      {known(oauth("OauthRefreshToken")), "person_authorises"},
		"web server flow, nobody there":    {known(oauth("OauthWebServer"), oauth("OauthRefreshToken")), "person_authorises person_authorises"},
		"an app of a person":               {known(oauth("OauthRefreshToken"), atPage), ""},
		"an app of a person with SSO":      {known(oauth("OauthWebServer"), sso("mfa")), ""},
		"a mobile app":                     {known(oauth("OauthHybridRefreshToken")), ""},
		"client credentials":               {known(oauth("OauthClientCredentials")), "machine_flow"},
		"client credentials of a person":   {known(oauth("OauthClientCredentials"), sso("mfa")), "machine_flow"},
		"flow that is not told":            {known(oauth("")), "untold_flow"},
		"a person":                         {known(atPage), ""},
		"a guest":                          {known(byPassword, ofType("Guest")), ""},
		"permissions that can't be read":   {known(byPassword, noGrants), ""},
		"a platform user":                  {known(oauth("OauthClientCredentials"), ofType("AutomatedProcess")), ""},
		"two programs, as they are sorted": {known(byPassword, oauth("OauthUsernamePassword")), "soap_login oauth_password"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var rules []string
			for _, risk := range risksOf(c.evidence, judge(c.evidence).verdict) {
				rules = append(rules, risk.rule.name)
				if breaks := risk.rule.breaks(c.evidence); !strings.HasSuffix(breaks, ".") || !strings.HasSuffix(risk.rule.fix, ".") {
					t.Errorf("no sentences: %q, %q", breaks, risk.rule.fix)
				}
			}
			if got := strings.Join(rules, " "); got != c.rules {
				t.Errorf("%q, not %q", got, c.rules)
			}
		})
	}
}
