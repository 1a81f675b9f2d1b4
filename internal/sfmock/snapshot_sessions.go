package sfmock

import (
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
}

// savedSession is what an access token stands for; App is a number in the list of apps, -1 for none.
type savedSession struct {
	Token, User               string
	App                       int
	Scopes                    []string
	Issued, LastUsed, Expires time.Time
	Source                    string
	Anywhere                  bool
}

func (o *Org) savedApps() []savedApp {
	var all []savedApp
	for _, app := range o.apps {
		all = append(all, savedApp{*app, app.entity, app.highAssurance, app.approved, app.since})
	}
	return all
}

// savedSessions are those that are not over.
func (o *Org) savedSessions() []savedSession {
	var all []savedSession
	for _, token := range slices.Sorted(maps.Keys(o.sessions)) {
		s := o.sessions[token]
		if s.era != o.era.Load() || !o.now().Before(o.endOf(s)) {
			continue
		}
		all = append(all, savedSession{
			s.token, s.user.id, slices.Index(o.apps, s.app), s.scopes, s.issued, s.lastUsed, s.expires, s.source, s.anywhere,
		})
	}
	return all
}

func (o *Org) restoreSessions(apps []savedApp, sessions []savedSession) error {
	for _, a := range apps {
		app := a.App
		app.entity, app.highAssurance, app.approved, app.since = a.Entity, a.HighAssurance, a.Approved, a.Since
		if app.approved == nil {
			app.approved = map[string]bool{}
		}
		o.apps = append(o.apps, &app)
	}
	for _, saved := range sessions {
		user := o.live(saved.User)
		if user == nil || saved.App >= len(o.apps) {
			return fmt.Errorf("a session is one of user %q through app number %d, which are not there", saved.User, saved.App)
		}
		s := &session{
			token: saved.Token, user: user, scopes: saved.Scopes, issued: saved.Issued, lastUsed: saved.LastUsed, expires: saved.Expires,
			source: saved.Source, anywhere: saved.Anywhere,
		}
		if saved.App >= 0 {
			s.app = o.apps[saved.App]
		}
		o.sessions[s.token] = s
	}
	return nil
}
