package sfclient

import (
	"encoding/json"
	"net/http"
	"strings"
)

// SignInError is a refusal by Salesforce's token endpoint.
type SignInError struct {
	Status      int
	Code        string // OAuth error code: "invalid_grant"
	Description string // Salesforce's error_description
}

func (e *SignInError) Error() string {
	return "sign in to Salesforce: " + e.Code + ": " + e.Description
}

// transient tells whether the same sign-in may succeed a moment later. Nothing else is tried again: failed sign-ins count
// towards lockout.
func (e *SignInError) transient() bool {
	switch e.Code {
	case "server_error", "service_unavailable", "system_down":
		return true
	}
	return e.Status == http.StatusTooManyRequests || e.Status >= 500
}

func newSignInError(response *http.Response, body []byte) error {
	var refusal struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	if json.Unmarshal(body, &refusal) != nil || refusal.Error == "" {
		return gatewayError("sign in to Salesforce", response.StatusCode, response.Header.Get("Content-Type"), body)
	}
	return &SignInError{response.StatusCode, refusal.Error, refusal.Description}
}

// Advice says what most often lies behind the refusal and what to do, in one or two sentences for the person who set up the
// sign-in. It is empty for a refusal that no advice is known for.
func (e *SignInError) Advice() string {
	for _, known := range signInAdvice {
		if known.code == e.Code && (known.description == "" || strings.EqualFold(known.description, strings.TrimPrefix(e.Description, e.Code+": "))) {
			return known.advice
		}
	}
	return ""
}

// signInAdvice is looked through from the top. Descriptions are Salesforce's own; OAuth codes alone do not tell these cases apart.
var signInAdvice = []struct{ code, description, advice string }{
	{"invalid_grant", "user hasn't approved this consumer", "The user is not pre-authorised for the app. In the app's policies set Permitted Users to \"Admin approved users are pre-authorized\" and add the user's profile or a permission set that the user holds."},
	{"invalid_app_access", "user is not admin approved to access this app", "The app lets in approved users only. Add the user's profile, or a permission set that the user holds, to the app's policies."},
	{"app_not_found", "", "The external client app is not in this org. Check that the login URL is the My Domain of the org that owns the app (login.salesforce.com and test.salesforce.com do not find external client apps), and after a sandbox refresh create the app again."},
	{"invalid_grant", "audience is invalid", "The JWT's audience is not one that the org takes. Use the org's My Domain as login URL and leave the audience out."},
	{"invalid_grant", "audience validation failed", "The JWT's audience is not one that the org takes. Use the org's My Domain as login URL and leave the audience out."},
	{"invalid_grant", "invalid assertion", "The signature does not match. The private key must be the one that the certificate uploaded to the app was made from."},
	{"invalid_grant", "expired authorization code", "The assertion was too old when it arrived: check this machine's clock against a time server."},
	{"invalid_client_id", "", "Salesforce does not know this consumer key. It may belong to another org, or the app is new: all of Salesforce's servers know it only after up to 30 minutes. Then wait and try again."},
	{"invalid_client", "", "The consumer secret does not match the consumer key. Copy both again from the app's settings."},
	{"invalid_grant", "request not supported on this domain", "Client credentials are only accepted by the org's own My Domain. Set the login URL to https://<your domain>.my.salesforce.com."},
	{"invalid_grant", "no client credentials user enabled", "The app has no run-as user. Set one in the app's policies, under the client credentials flow; it must be active and API only."},
	{"unsupported_grant_type", "", "The flow is not switched on for this app. Enable the JWT bearer or the client credentials flow in the app's OAuth settings."},
	{"invalid_grant", "ip restricted", "The user's profile does not let this address sign in. Add the address to the profile's login IP ranges; the JWT bearer flow obeys them whatever the app relaxes."},
	{"invalid_grant", "inactive user", "The user is deactivated. Activate it in Setup > Users."},
	{"inactive_user", "", "The user is deactivated. Activate it in Setup > Users."},
	{"invalid_grant", "user is frozen", "The user is frozen. Salesforce itself freezes integration users whose calls come from anonymising networks; unfreeze it in Setup > Users."},
	{"inactive_org", "", "The org is locked, closed or suspended."},
	{"app_blocked", "", "An administrator blocked the app in Setup > Connected Apps OAuth Usage."},
	{"oauth_flow_disabled", "", "The flow is switched off for the org. Look at Setup > OAuth and OpenID Connect Settings."},
	{"invalid_scope", "", "The app's scopes do not allow this. It needs \"Manage user data via APIs (api)\"."},
	{"rate_limit_exceeded", "", "The user signed in too often within the hour. Wait, and find what signs in so often: Setup > Login History."},
	{"invalid_grant", "login rate exceeded", "The user signed in too often within the hour. Wait, and find what signs in so often: Setup > Login History."},
	{"invalid_grant", "authentication failure", "Salesforce does not say why: the user may be inactive or frozen, the username misspelt (sandbox usernames end in .sandboxname), or the flow blocked. Setup > Login History has the reason."},
}
