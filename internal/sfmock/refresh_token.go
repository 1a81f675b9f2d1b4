package sfmock

import (
	"crypto/rand"
	"fmt"
	"net/url"
	"slices"
	"time"
)

// oauthToken is a refresh token that an app holds for a user.
type oauthToken struct {
	user            *record
	app             *App
	refresh, delete string // the token, and the handle that revokes it
	made, used      time.Time
	uses            int64
}

// tokensFor are the tokens that a caller may see: its user's own, with Customize Application everybody's (Object Reference, OauthToken).
func (o *Org) tokensFor(caller *session) []*oauthToken {
	everybodys := o.can(caller, "CustomizeApplication")
	return slices.DeleteFunc(slices.Clone(o.tokens), func(t *oauthToken) bool { return !everybodys && t.user != caller.user })
}

// AddOAuthToken lets an app (by name) hold a refresh token for a user, as the web server flow does, and returns it.
func (o *Org) AddOAuthToken(app, username string) (refreshToken string, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	user, err := o.userNamed(username)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(o.apps, func(a *App) bool { return a.Name == app })
	if i < 0 {
		return "", fmt.Errorf("the mock org has no app %q", app)
	}
	t := &oauthToken{user: user, app: o.apps[i], refresh: "5Aep" + rand.Text() + rand.Text(), delete: rand.Text() + rand.Text(), made: o.now(), used: o.now()}
	o.tokens = append(o.tokens, t)
	return t.refresh, nil
}

// refreshGrant exchanges a refresh token for a session.
func (c *call) refreshGrant(form url.Values) (*reply, *apiError) {
	i := slices.IndexFunc(c.org.tokens, func(t *oauthToken) bool { return t.refresh == form.Get("refresh_token") })
	if i < 0 {
		return c.deadGrant(form, errRefreshToken)
	}
	app, err := c.client(form)
	if err != nil {
		return nil, err
	}
	t := c.org.tokens[i]
	if t.app != app {
		return nil, errRefreshToken
	}
	if err := c.mayLogIn(app, t.user, app.IPRelaxed); err != nil {
		return nil, err
	}
	answer, err := c.grant(t.user, app, "OauthRefreshToken", app.IPRelaxed, app.Scopes)
	if err != nil {
		return nil, err
	}
	t.used, t.uses = c.org.now(), t.uses+1
	return unstored(answer), nil
}

// revokeToken ends a session by its access token, or takes a refresh token, named by itself or its handle, from the app with every session
// that came of it; false if there is neither.
func (o *Org) revokeToken(token string) bool {
	if s := o.alive(token); s != nil {
		o.end(s)
		return true
	}
	i := slices.IndexFunc(o.tokens, func(t *oauthToken) bool { return t.refresh == token || t.delete == token })
	if i < 0 {
		return false
	}
	revoked := o.tokens[i]
	o.tokens = slices.Delete(o.tokens, i, i+1)
	for _, s := range o.sessions {
		if s.user == revoked.user && s.app == revoked.app {
			o.end(s)
		}
	}
	return true
}
