package sfmock

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// savedApp is an app that is signed in through.
type savedApp struct {
	App
	Entity        string `json:",omitempty"`
	HighAssurance bool   `json:",omitempty"`
	Approved      map[string]bool
	Since         time.Time
	Used          bool       `json:",omitempty"`
	Staged        *savedPair `json:",omitempty"`
}

// savedPair is the consumer key and secret in an app's staged slot.
type savedPair struct {
	ID, Key, Secret, State, CreatedBy string
	Created, Expires                  time.Time
}

// savedToken is a refresh token that an app, by its number, holds for a user.
type savedToken struct {
	User            string
	App             int
	Refresh, Delete string
	Made, Used      time.Time
	Uses            int64
}

// savedSession is what an access token stands for; App is a number in the list of apps, -1 for none.
type savedSession struct {
	Token, User               string
	App                       int
	Scopes                    []string
	Issued, LastUsed, Expires time.Time
	Source                    string
	Anywhere                  bool
	Row, SessionType, Login   string
	Parent                    string `json:",omitempty"` // token of the session that opened it
	LoginHistory              string `json:",omitempty"`
}

func (o *Org) savedApps() []savedApp {
	var all []savedApp
	for _, app := range o.apps {
		saved := savedApp{App: *app, Entity: app.entity, HighAssurance: app.highAssurance, Approved: app.approved, Since: app.since, Used: app.used}
		if p := app.staged; p != nil {
			saved.Staged = &savedPair{p.id, p.key, p.secret, p.state, p.createdBy, p.created, p.expires}
		}
		all = append(all, saved)
	}
	return all
}

// savedSessions are those that are not over.
func (o *Org) savedSessions() []savedSession {
	var all []savedSession
	for _, token := range slices.Sorted(maps.Keys(o.sessions)) {
		s := o.sessions[token]
		if o.over(s) {
			continue
		}
		saved := savedSession{
			s.token, s.user.id, slices.Index(o.apps, s.app), s.scopes, s.issued, s.lastUsed, s.expires, s.source, s.anywhere,
			s.row.id, s.kind.session, s.kind.login, "", "",
		}
		if s.login != nil && !s.login.deleted {
			saved.LoginHistory = s.login.id
		}
		if s.parent != nil && !o.over(s.parent) {
			saved.Parent = s.parent.token
		}
		all = append(all, saved)
	}
	return all
}

func (o *Org) savedTokens() []savedToken {
	var all []savedToken
	for _, t := range o.tokens {
		all = append(all, savedToken{t.user.id, slices.Index(o.apps, t.app), t.refresh, t.delete, t.made, t.used, t.uses})
	}
	return all
}

func (o *Org) restoreApps(apps []savedApp) {
	for _, a := range apps {
		app := a.App
		app.entity, app.highAssurance, app.approved, app.since, app.used = a.Entity, a.HighAssurance, a.Approved, a.Since, a.Used
		if app.approved == nil {
			app.approved = map[string]bool{}
		}
		if p := a.Staged; p != nil {
			app.staged = &stagedPair{p.ID, p.Key, p.Secret, p.State, p.CreatedBy, p.Created, p.Expires}
		}
		o.apps = append(o.apps, &app)
	}
}

func (o *Org) restoreSessions(sessions []savedSession) error {
	for _, saved := range sessions {
		user, app, err := o.restoredOwner(saved.User, saved.App)
		if err != nil {
			return err
		}
		row, login := o.liveOf("AuthSession", saved.Row), o.liveOf("LoginHistory", saved.LoginHistory)
		if row == nil || login == nil && saved.LoginHistory != "" {
			return fmt.Errorf("a session has the rows %q and %q, which are no session and log-in", saved.Row, saved.LoginHistory)
		}
		o.sessions[saved.Token] = &session{
			token: saved.Token, user: user, app: app, scopes: saved.Scopes, issued: saved.Issued, lastUsed: saved.LastUsed, expires: saved.Expires,
			source: saved.Source, anywhere: saved.Anywhere, row: row, kind: sessionKind{saved.SessionType, saved.Login}, login: login,
		}
	}
	for _, saved := range sessions {
		parent := o.sessions[saved.Parent]
		if saved.Parent != "" && (parent == nil || parent.root() == o.sessions[saved.Token]) {
			return fmt.Errorf("the session with the row %q was opened by none that is there, or by itself", saved.Row)
		}
		o.sessions[saved.Token].parent = parent
	}
	return nil
}

// liveOf is the record of an id, nil if it is not there or another object's.
func (o *Org) liveOf(objectName, id string) *record {
	if rec := o.live(id); rec != nil && rec.object.Name == objectName {
		return rec
	}
	return nil
}

func (o *Org) restoreTokens(tokens []savedToken) error {
	for _, saved := range tokens {
		user, app, err := o.restoredOwner(saved.User, saved.App)
		if err == nil && app == nil {
			err = errors.New("a token is of no app")
		}
		if err != nil {
			return err
		}
		o.tokens = append(o.tokens, &oauthToken{user, app, saved.Refresh, saved.Delete, saved.Made, saved.Used, saved.Uses})
	}
	return nil
}

// restoredOwner is the user of a session or a token, and its app by number.
func (o *Org) restoredOwner(userID string, app int) (*record, *App, error) {
	user := o.liveOf("User", userID)
	switch {
	case user == nil || app >= len(o.apps):
		return nil, nil, fmt.Errorf("a session or a token is of user %q through app number %d, which are not there", userID, app)
	case app < 0:
		return user, nil, nil
	}
	return user, o.apps[app], nil
}
