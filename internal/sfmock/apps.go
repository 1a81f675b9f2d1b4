package sfmock

import (
	"cmp"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// App is a connected app or an external client app (ECA) with its policies: everything that the token rules read.
type App struct {
	Name           string
	ConsumerKey    string
	ConsumerSecret string
	CertificatePEM string   // PEM certificate or public key that JWT assertions are verified with
	Scopes         []string // OAuth names: api, refresh_token, full ...

	External bool // an ECA
	Foreign  bool // an ECA of another org: Salesforce knows its key, this org has not got it

	AdminApproved  bool     // users need pre-authorisation instead of approving the app themselves
	PermissionSets []string // API names of the permission sets whose holders are pre-authorised
	Profiles       []string // names of the pre-authorised profiles

	ClientCredentials bool   // the client credentials flow is on
	RunAs             string // username that client credentials sign in as

	Blocked   bool // by an administrator: no new tokens, and live ones stop working
	IPRelaxed bool // client credentials pass the profile's login IP ranges; JWT assertions never do

	SessionTimeout time.Duration // how long its tokens live without being used, 0 for what the profile or the org says
	JWTTokens      bool          // access tokens are JWTs, which SOAP takes from API version 68.0 on
	TokenLifetime  time.Duration // of JWT access tokens, however much they are used; 0 for the session's timeout

	entity        string          // id of the record that the app is, "" for one of AddApp
	highAssurance bool            // only sessions of the highest level may use it, which no token has
	approved      map[string]bool // users who approved the app, by id
	since         time.Time       // when it became known
	staged        *stagedPair     // nil for none
	used          bool            // somebody has signed in through it
}

// AddApp registers an app. One with a known consumer key replaces the old one; tokens and users' approvals stay.
func (o *Org) AddApp(app App) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if old := o.appOf(app.ConsumerKey); old != nil {
		app.approved, app.staged, app.used = old.approved, old.staged, old.used
		*old = app
		return
	}
	app.approved = map[string]bool{}
	o.apps = append(o.apps, &app)
}

// Approve lets a user approve an app (by name) that leaves approval to its users, as clicking Allow in a browser does.
func (o *Org) Approve(app, username string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	user, err := o.userNamed(username)
	if err != nil {
		return err
	}
	for _, a := range o.apps {
		if a.Name == app {
			a.approved[user.id] = true
			return nil
		}
	}
	return fmt.Errorf("the mock org has no app %q", app)
}

func (o *Org) appOf(consumerKey string) *App {
	i := slices.IndexFunc(o.apps, func(a *App) bool { return a.ConsumerKey == consumerKey })
	if i < 0 {
		return nil
	}
	return o.apps[i]
}

// clientOf is the app that signs in under a consumer key, nil for a key that sign-in hasn't heard of yet.
func (o *Org) clientOf(consumerKey string) *App {
	app := cmp.Or(o.appOf(consumerKey), o.replacedBy(consumerKey))
	if app != nil && app.entity != "" && o.now().Sub(app.since) < o.appPropagation {
		return nil
	}
	return app
}

// SetAppPropagation sets how long a new external client app or connected app is unknown to the token endpoint, as Salesforce takes
// minutes (up to thirty) to make one known everywhere; 0 by default. Apps of AddApp are known at once.
func (o *Org) SetAppPropagation(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.appPropagation = d
}

// blocked tells whether an administrator blocks an app: by the app itself, or by its key as a BlacklistedConsumer.
func (o *Org) blocked(app *App) bool {
	for _, s := range o.components["BlacklistedConsumer"] {
		if s.content.value("consumerKey") == app.ConsumerKey {
			return true
		}
	}
	return app.Blocked
}

// approval tells why the app may not act for the user, nil if it may.
func (o *Org) approval(app *App, user *record) *apiError {
	switch {
	case app.AdminApproved && !o.preAuthorized(app, user):
		return errNotAdminApproved
	case !app.AdminApproved && !app.approved[user.id]:
		return errNotApproved
	}
	return nil
}

func (o *Org) preAuthorized(app *App, user *record) bool {
	if app.entity != "" {
		return o.hasAccess(app.entity, user)
	}
	named := func(names []string, rec *record) bool {
		return rec != nil && slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, rec.str("Name")) })
	}
	if named(app.Profiles, o.live(user.str("ProfileId"))) {
		return true
	}
	for _, set := range o.assignedSets(user) {
		if named(app.PermissionSets, set) {
			return true
		}
	}
	return false
}

// ipAllowed checks the login IP ranges of the user's profile; a profile without any lets everybody in.
func (o *Org) ipAllowed(user *record, source string) bool {
	profile := o.live(user.str("ProfileId"))
	if profile == nil || len(profile.sections["loginIpRanges"]) == 0 {
		return true
	}
	address, err := netip.ParseAddr(source)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(profile.sections["loginIpRanges"], func(r map[string]any) bool {
		first, err1 := netip.ParseAddr(fmt.Sprint(r["startAddress"]))
		last, err2 := netip.ParseAddr(fmt.Sprint(r["endAddress"]))
		return err1 == nil && err2 == nil && address.Compare(first) >= 0 && address.Compare(last) <= 0
	})
}

// grantedScopes are the app's scopes without those that make no sense for a flow.
func (a *App) grantedScopes(without ...string) []string {
	return slices.DeleteFunc(slices.Clone(a.Scopes), func(s string) bool { return slices.Contains(without, s) })
}

// publicKey reads the key that the app's assertions are signed for; nil if the app has none or an unreadable one.
func (a *App) publicKey() *rsa.PublicKey {
	block, _ := pem.Decode([]byte(a.CertificatePEM))
	if block == nil {
		return nil
	}
	var key any
	switch block.Type {
	case "CERTIFICATE":
		if certificate, err := x509.ParseCertificate(block.Bytes); err == nil {
			key = certificate.PublicKey
		}
	case "PUBLIC KEY":
		key, _ = x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		key, _ = x509.ParsePKCS1PublicKey(block.Bytes)
	}
	public, _ := key.(*rsa.PublicKey)
	return public
}
