package sfmock

import (
	"net/http"
	"strings"
)

// revoke takes the token from the form or, unlike the other endpoints, from the URL (Object Reference, OauthToken).
func (c *call) revoke() (*reply, *apiError) {
	form := c.form()
	if !form.Has("token") {
		form = c.request.URL.Query()
	}
	if hint := form.Get("token_type_hint"); hint != "" && hint != "access_token" && hint != "refresh_token" {
		return nil, errTokenType
	}
	if !c.org.revokeToken(form.Get("token")) {
		return nil, errInvalidToken
	}
	return &reply{Status: http.StatusOK}, nil
}

func (c *call) introspect() (*reply, *apiError) {
	form := c.form()
	if _, err := c.client(form); err != nil {
		return nil, err
	}
	s := c.org.sessions[form.Get("token")]
	if s == nil || c.org.alive(s.token) == nil {
		return unstored(map[string]any{"active": false}), nil
	}
	answer := map[string]any{
		"active": true, "scope": strings.Join(s.scopes, " "), "username": s.user.str("Username"), "sub": c.identityURL(s.user),
		"token_type": "access_token", "iat": s.issued.Unix(), "nbf": s.issued.Unix(), "exp": c.org.endOf(s).Unix(),
	}
	if s.app != nil {
		answer["client_id"] = s.app.ConsumerKey
	}
	return unstored(answer), nil
}
