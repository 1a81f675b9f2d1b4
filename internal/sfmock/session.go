package sfmock

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// session is what an access token stands for.
type session struct {
	token    string
	user     *record
	app      *App // nil for a token that was handed out without an app
	scopes   []string
	issued   time.Time
	lastUsed time.Time
	expires  time.Time // of a token that use doesn't prolong, zero for others
	era      int64

	row    *record     // of AuthSession: the session ends with it
	kind   sessionKind // how it shows there
	parent *session    // that opened it, nil for one of a log-in
	login  *record     // of LoginHistory, nil for a session that was handed out without a log-in

	source   string // address that the user logged in from, "" until the first call of a token that was handed out without a log-in
	anywhere bool   // the login IP ranges of the profile don't hold
}

// fullScope is the OAuth scope that stands for every other.
const fullScope = "full"

// Token mints an access token of a user as if an unrestricted app had signed the user in; no log-in rule is asked.
func (o *Org) Token(username string) (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	user, err := o.userNamed(username)
	if err != nil {
		return "", err
	}
	return o.mint(user, nil, []string{fullScope}).token, nil
}

// RevokeSessions ends all of a user's sessions.
func (o *Org) RevokeSessions(username string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	user, err := o.userNamed(username)
	if err == nil {
		o.endSessions(user)
	}
	return err
}

// ExpireSessions ends every session, as when a run outlives its token.
func (o *Org) ExpireSessions() { o.era.Add(1) }

// ExpirePassword lets a user's password expire: log-ins by JWT go on, every API call is refused until the password is changed.
func (o *Org) ExpirePassword(username string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	user, err := o.userNamed(username)
	if err == nil {
		user.values["PasswordExpirationDate"] = o.now()
	}
	return err
}

func (o *Org) passwordExpired(user *record) bool {
	expires, ok := user.values["PasswordExpirationDate"].(time.Time)
	return ok && !expires.After(o.now())
}

func (o *Org) userNamed(username string) (*record, error) {
	if user := o.find("User", "Username", username); user != nil {
		return user, nil
	}
	return nil, fmt.Errorf("the mock org has no user %q", username)
}

// tokenAlphabet are the characters of a token's secret; 64 of them, so that every random byte maps evenly.
const tokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._"

func (o *Org) mint(user *record, app *App, scopes []string) *session {
	secret := make([]byte, 92)
	_, _ = rand.Read(secret) // never fails
	for i, b := range secret {
		secret[i] = tokenAlphabet[b%64]
	}
	s := &session{
		token:  o.orgID()[:15] + "!AQ0A" + string(secret),
		user:   user,
		app:    app,
		scopes: scopes,
		kind:   bareSession,
		issued: o.now(), lastUsed: o.now(),
		era: o.era.Load(),
	}
	if app != nil {
		s.kind = oauthSession
	}
	if app != nil && app.JWTTokens {
		s.expires = s.issued.Add(cmp.Or(app.TokenLifetime, o.timeoutOf(s)))
		s.token = s.asJWT(secret)
	}
	o.begin(s)
	return s
}

// sessionsEndWithTheUser is a rule of User: who is deactivated is logged out.
func sessionsEndWithTheUser(c *change) *apiError {
	if !c.rec.flag("IsActive") {
		c.org.endSessions(c.rec)
	}
	return nil
}

// sessionsEndWithTheLogin is a rule of UserLogin: who is frozen is logged out.
func sessionsEndWithTheLogin(c *change) *apiError {
	if user := c.org.live(c.rec.str("UserId")); user != nil && c.rec.flag("IsFrozen") {
		c.org.endSessions(user)
	}
	return nil
}

// endSessions ends all sessions of a user who was frozen, deactivated or told to log out.
func (o *Org) endSessions(user *record) {
	for _, s := range o.sessions {
		if s.user == user {
			o.end(s)
		}
	}
}

// alive returns the session of a token and winds its idle clock up, nil if there is none any more.
func (o *Org) alive(token string) *session {
	s := o.sessions[token]
	if s == nil {
		return nil
	}
	if o.over(s) {
		o.end(s)
		return nil
	}
	s.lastUsed = o.now()
	return s
}

func (o *Org) frozen(user *record) bool {
	login := o.find("UserLogin", "UserId", user.id)
	return login != nil && login.flag("IsFrozen")
}

// sessionOf admits a token to the API: it checks everything that stands between a live session and a call, and counts the call.
func (o *Org) sessionOf(token, source string) (*session, *apiError) {
	s := o.alive(token)
	switch {
	case s == nil:
		return nil, errSession()
	case !o.usableFrom(s, source):
		return nil, errSessionElsewhere()
	case o.passwordExpired(s.user):
		return nil, errExpiredPassword()
	case !o.reachesAPI(s):
		return nil, errSessionNotForAPI()
	case !o.can(s, "ApiEnabled"):
		return nil, errAPIDisabled()
	case o.usage.used >= o.usage.max:
		return nil, errDailyLimit()
	}
	o.usage.used++
	return s, nil
}

func (o *Org) reachesAPI(s *session) bool {
	if s.app != nil && o.blocked(s.app) {
		return false
	}
	return slices.Contains(s.scopes, "api") || slices.Contains(s.scopes, fullScope)
}

// can tells whether the caller holds a user permission, named without the "Permissions" prefix. The org itself may do everything.
func (o *Org) can(s *session, permission string) bool {
	return s == nil || o.holds(s.user, permission)
}

// orgID is the 18-character id of the org.
func (o *Org) orgID() string {
	for id := range o.tables["organization"] {
		return id
	}
	return id18("00D" + strings.Repeat("0", 12))
}

// bearer is the access token of a request. Salesforce takes both words.
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "OAuth") {
		return strings.TrimSpace(token)
	}
	return ""
}

func errSession() *apiError {
	return &apiError{Status: http.StatusUnauthorized, Code: "INVALID_SESSION_ID", Message: "Session expired or invalid"}
}

func errSessionNotForAPI() *apiError {
	return &apiError{Status: http.StatusUnauthorized, Code: "INVALID_SESSION_ID", Message: "This session is not valid for use with the REST API"}
}

func errSessionElsewhere() *apiError {
	return &apiError{Status: http.StatusUnauthorized, Code: "INVALID_SESSION_ID", Message: unsureSessionElsewhere}
}

func errExpiredPassword() *apiError {
	return &apiError{
		Status: http.StatusUnauthorized, Code: "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
		Message: "Your password has expired. Please reset your password.",
	}
}

func errAPIDisabled() *apiError {
	return &apiError{Status: http.StatusForbidden, Code: "API_CURRENTLY_DISABLED", Message: unsureAPIDisabled}
}

// AdministratorUsername is the username of the org's first active administrator, "" if there is none.
func (o *Org) AdministratorUsername() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	var first *record
	for _, user := range o.tables["user"] {
		profile := o.live(user.str("ProfileId"))
		if profile != nil && profile.str("Name") == administratorProfile && user.flag("IsActive") && (first == nil || user.id < first.id) {
			first = user
		}
	}
	if first == nil {
		return ""
	}
	return first.str("Username")
}
