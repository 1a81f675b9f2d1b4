package provider

import (
	"slices"
	"strings"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// loginKind is what a login was, as far as the login history tells.
type loginKind string

const (
	otherLogin       loginKind = "other"             // nothing is known of it
	directLogin      loginKind = "direct"            // a person at Salesforce's own login page
	federatedLogin   loginKind = "single sign-on"    // a person by way of an identity provider
	personalAppLogin loginKind = "personal app"      // a person's mobile app, which was authorised in a browser
	browserOAuth     loginKind = "OAuth in browser"  // an app that a person authorised in a browser
	refreshOAuth     loginKind = "OAuth refresh"     // an app with a token of an earlier authorisation
	machineOAuth     loginKind = "OAuth of machines" // a flow without a screen
	untoldOAuth      loginKind = "OAuth"             // a flow that the history does not tell; JWT bearer is among them
	passwordOAuth    loginKind = "OAuth with password"
	passwordAPI      loginKind = "API with password" // SOAP login()
	siteLogin        loginKind = "Experience Cloud"
)

// loginTypes tell what a LoginHistory.LoginType means. Salesforce's Object Reference lists the values, rows show the labels; which
// of the two a picklist answers is not documented, so that both are known.
var loginTypes = []struct {
	names []string
	kind  loginKind
}{
	{[]string{"Application", "LightningLogin", "Lightning Login", "PasswordlessLogin", "Passwordless Login"}, directLogin},
	{[]string{"Saml", "SAML Idp Initiated SSO", "Saml2", "SAML Sfdc Initiated SSO", "ThirdPartySso", "Third Party SSO"}, federatedLogin},
	{[]string{"OtherApi", "Other Apex API", "Partner", "Partner Product"}, passwordAPI},
	{[]string{"Oauth", "Remote Access Client", "Oauth2", "Remote Access 2.0"}, untoldOAuth},
	{[]string{
		"ChatterCommunityPortalUnPwd", "Chatter Communities External User", "ChatterCommunityThirdPartySso", "Chatter Communities External User Third Party SSO",
		"EmployeeLoginToCommunity", "Employee Login to Community", "NetworksPortalApiOnly", "Networks Portal API Only",
	}, siteLogin},
}

// loginSubTypes tell which OAuth flow a login was. Source: Object Reference, LoginHistory.
var loginSubTypes = map[string]loginKind{
	"OauthClientCredentials":   machineOAuth,
	"OauthTokenExchange":       machineOAuth,
	"OauthRefreshToken":        refreshOAuth,
	"OauthWebServer":           browserOAuth,
	"OauthUserAgent":           browserOAuth,
	"OauthUserAgentIdToken":    browserOAuth,
	"OauthUsernamePassword":    passwordOAuth,
	"OauthHybridRefreshToken":  personalAppLogin,
	"OauthHybridTokenExchange": personalAppLogin,
	"OauthHybridUserAgent":     personalAppLogin,
	"OauthHybridWebServer":     personalAppLogin,
	"OauthOtpLogin":            personalAppLogin,
	"UsernamePasswordUiLogin":  directLogin,
	"UiPasswordReset":          directLogin,
}

// kindOfLogin classifies a login: the flow says most, then the API that was logged in to, then the type.
func kindOfLogin(l sfclient.LoginKind) loginKind {
	if kind, known := loginSubTypes[l.LoginSubType]; known {
		return kind
	}
	for _, t := range loginTypes {
		if slices.ContainsFunc(t.names, func(name string) bool { return strings.EqualFold(name, l.LoginType) }) {
			return t.kind
		}
	}
	if strings.HasPrefix(strings.ToUpper(l.APIType), "SOAP") { // clients with a login type of their own, such as Excel Integration
		return passwordAPI
	}
	return otherLogin
}

// loginReach tells what logins of a kind may have been to, the API or the user interface. Those of a kind that is not listed may have
// been to either: an app signs people in to both.
var loginReach = map[loginKind]struct{ api, ui bool }{
	directLogin:    {ui: true},
	federatedLogin: {ui: true},
	passwordAPI:    {api: true},
}

// loginTimes are when a user last logged in, to whatever it was and where it may have been to one of the two; zero for never.
type loginTimes struct{ last, toAPI, toUI time.Time }

func timesOf(logins []sfclient.LoginKind) loginTimes {
	var t loginTimes
	for _, l := range logins {
		at, err := sfclient.ParseTime(l.Newest)
		if err != nil {
			continue // the client lets none through
		}
		reach, listed := loginReach[kindOfLogin(l)]
		t.last = later(t.last, at)
		if reach.api || !listed {
			t.toAPI = later(t.toAPI, at)
		}
		if reach.ui || !listed {
			t.toUI = later(t.toUI, at)
		}
	}
	return t
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
