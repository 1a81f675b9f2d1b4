package sfmock

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// oauthRoutes serves the sign-in endpoints, which look the same on every host.
func (o *Org) oauthRoutes(mux *http.ServeMux) {
	for path, m := range map[string]methods{
		// A POST that a redirect turned into a GET has no grant type, and is told so.
		"/services/oauth2/token":      {http.MethodPost: (*call).token, http.MethodGet: (*call).token},
		"/services/oauth2/authorize":  {http.MethodGet: (*call).authorize, http.MethodPost: (*call).authorize},
		"/services/oauth2/revoke":     {http.MethodPost: (*call).revoke, http.MethodGet: (*call).revoke},
		"/services/oauth2/introspect": {http.MethodPost: (*call).introspect},
	} {
		mux.HandleFunc(path, o.serve(m.dispatch, oauthFailure))
	}
	get := func(e endpoint) methods { return methods{http.MethodGet: e, http.MethodPost: e} }
	mux.HandleFunc("/services/oauth2/userinfo", o.serve(get((*call).userinfo).dispatch, textFailure))
	mux.HandleFunc("/id/{org}/{user}", o.serve(get((*call).identity).dispatch, textFailure))
	mux.HandleFunc("/id/keys", o.serve(get((*call).keys).dispatch, oauthFailure))
	mux.HandleFunc("/.well-known/openid-configuration", o.serve(get((*call).discovery).dispatch, oauthFailure))
}

const jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer"

// token answers every grant of the token endpoint.
func (c *call) token() (*reply, *apiError) {
	form := c.form()
	switch form.Get("grant_type") {
	case jwtBearer:
		return c.jwtGrant(form)
	case "client_credentials":
		return c.clientCredentialsGrant(form)
	case "refresh_token":
		return c.refreshGrant(form)
	case "authorization_code":
		return c.deadGrant(form, errAuthorizationCode)
	case "password":
		return nil, errPasswordFlow
	default:
		return nil, errGrantType
	}
}

func (c *call) clientCredentialsGrant(form url.Values) (*reply, *apiError) {
	if atLogin(c.request) {
		return nil, errDomain
	}
	app, err := c.client(form)
	if err != nil {
		return nil, err
	}
	user := c.org.find("User", "Username", app.RunAs)
	switch {
	case !app.ClientCredentials:
		return nil, errGrantType
	case form.Has("scope"):
		return nil, errScope
	case app.RunAs == "" || user == nil:
		return nil, errNoRunAs
	}
	if err := c.mayLogIn(app, user, app.IPRelaxed); err != nil {
		return nil, err
	}
	if !c.org.holds(user, "ApiUserOnly") {
		return nil, errNoAPIOnlyRunAs
	}
	answer, err := c.grant(user, app, "OauthClientCredentials", app.IPRelaxed, app.grantedScopes(fullScope, "web", "refresh_token", "offline_access"))
	if err != nil {
		return nil, err
	}
	issued := strconv.FormatInt(c.org.now().UnixMilli(), 10)
	sum := hmac.New(sha256.New, []byte(app.ConsumerSecret))
	sum.Write([]byte(c.identityURL(user) + issued))
	answer["issued_at"] = issued
	answer["signature"] = base64.StdEncoding.EncodeToString(sum.Sum(nil))
	return unstored(answer), nil
}

// deadGrant refuses the code or refresh token of a flow that this org never hands one out for.
func (c *call) deadGrant(form url.Values, refusal *apiError) (*reply, *apiError) {
	if c.org.clientOf(form.Get("client_id")) == nil {
		return nil, errUnknownClient
	}
	return nil, refusal
}

// client authenticates the app, in the form or by HTTP's basic authentication.
func (c *call) client(form url.Values) (*App, *apiError) {
	key, secret, basic := c.request.BasicAuth()
	if !basic {
		key, secret = form.Get("client_id"), form.Get("client_secret")
	}
	app := c.org.clientOf(key)
	switch {
	case app == nil:
		return nil, errUnknownClient
	case app.Foreign:
		return nil, errAppNotFound
	case app.secretOf(key) == "" || app.secretOf(key) != secret:
		return nil, errClientSecret
	case c.org.blocked(app):
		return nil, errAppBlocked
	}
	return app, nil
}

// mayLogIn checks what keeps a user out, whatever the flow.
func (c *call) mayLogIn(app *App, user *record, fromAnywhere bool) *apiError {
	switch {
	case user == nil || !user.flag("IsActive"):
		return errInactiveUser
	case c.org.frozen(user):
		return errFrozenUser
	case !fromAnywhere && !c.org.ipAllowed(user, c.org.sourceIP(c.request)):
		return errIPRestricted
	case !c.org.inLoginHours(user):
		return errRestrictedTime
	case !c.org.clientAllowed(app, user):
		return errAppBlocked
	}
	return c.org.levelAllows(app, user)
}

// grant starts a session, notes the log-in and returns the fields that every token answer has.
func (c *call) grant(user *record, app *App, subType string, fromAnywhere bool, scopes []string) (map[string]any, *apiError) {
	history := map[string]any{
		"UserId": user.id, "LoginTime": c.org.now(), "LoginType": unsureLoginTypeOfOAuth, "SourceIp": c.org.sourceIP(c.request),
		"Status": "Success", "Application": app.Name, "LoginUrl": c.request.Host,
	}
	if subType != "" {
		history["LoginSubType"] = subType
	}
	login, err := c.org.insert(nil, c.org.object("LoginHistory"), history)
	if err != nil {
		return nil, err
	}
	user.values["LastLoginDate"] = c.org.now() // a log-in is no modification of the user
	app.used = true
	s := c.org.mint(user, app, scopes)
	s.login, s.source, s.anywhere = login, c.org.sourceIP(c.request), fromAnywhere
	return map[string]any{
		"access_token": s.token,
		"scope":        strings.Join(scopes, " "),
		"instance_url": c.org.instanceURL(c.request),
		"id":           c.identityURL(user),
		"token_type":   "Bearer",
	}, nil
}

func (c *call) identityURL(user *record) string {
	return baseURL(c.request) + "/id/" + c.org.orgID() + "/" + user.id
}

// authorize is the browser's way in, which nobody can walk here.
func (c *call) authorize() (*reply, *apiError) { return nil, errFlowDisabled }
