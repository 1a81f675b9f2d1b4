package sfmock

import (
	"crypto/rand"
	"slices"
	"strings"
)

// Apps that are metadata components are signed in through like those of AddApp: after every write the component's App is made anew.

// scopeNames are the OAuth names of metadata's scopes, where they aren't just in lower case.
var scopeNames = map[string]string{
	"Basic": "id", "Chatter": "chatter_api", "CustomApplications": "visualforce", "RefreshToken": "refresh_token", "OfflineAccess": "offline_access",
	"CustomPermissions": "custom_permissions", "Wave": "wave_api", "Eclair": "eclair_api", "Pardot": "pardot_api", "SFAP": "sfap_api", "SFApiPlatform": "sfap_api",
	"CDPIngest": "cdp_ingest_api", "CDPProfile": "cdp_profile_api", "CDPQuery": "cdp_query_api", "Chatbot": "chatbot_api", "CDPSegment": "cdp_segment_api",
	"CDPIdentityResolution": "cdp_identityresolution_api", "CDPCalculatedInsight": "cdp_calculated_insight_api", "CDP": "cdp_api", "EinsteinGPT": "einstein_gpt_api",
	"ForgotPassword": "forgot_password", "UserRegistration": "user_registration_api", "Interaction": "interaction_api", "PwdlessLogin": "pwdless_login_api", "SCRT": "scrt_api", "MCP": "mcp_api",
}

func oauthScopes(names []string) []string {
	var scopes []string
	for _, name := range names {
		scope, known := scopeNames[name]
		if !known {
			scope = strings.ToLower(name)
		}
		if !slices.Contains(scopes, scope) {
			scopes = append(scopes, scope)
		}
	}
	return scopes
}

// appOfEntity is the registered app of a record, nil if it can't be signed in through.
func (o *Org) appOfEntity(entity string) *App {
	i := slices.IndexFunc(o.apps, func(a *App) bool { return a.entity == entity })
	if i < 0 {
		return nil
	}
	return o.apps[i]
}

// register makes an app of a component known, or changes it; users' approvals stay, and the secret unless there is a new one.
func (o *Org) register(app App) {
	known := o.appOfEntity(app.entity)
	if known == nil {
		known = &App{approved: map[string]bool{}, ConsumerSecret: newSecret(), since: o.now()}
		before := o.apps
		o.undo(func() { o.apps = before })
		o.apps = append(slices.Clone(o.apps), known)
	}
	before := *known
	o.undo(func() { *known = before })
	app.approved, app.since, app.staged, app.used = known.approved, known.since, known.staged, known.used
	if app.ConsumerSecret == "" {
		app.ConsumerSecret = known.ConsumerSecret
	}
	*known = app
}

// unregister forgets the app of a record that is gone, and ends what was signed in through it.
func (o *Org) unregister(entity string) {
	app := o.appOfEntity(entity)
	if app == nil {
		return
	}
	before := o.apps
	o.undo(func() { o.apps = before })
	o.apps = slices.DeleteFunc(slices.Clone(o.apps), func(a *App) bool { return a == app })
	tokens := o.tokens
	o.undo(func() { o.tokens = tokens })
	o.tokens = slices.DeleteFunc(slices.Clone(tokens), func(t *oauthToken) bool { return t.app == app })
	for _, s := range o.sessions {
		if s.app == app {
			o.end(s)
		}
	}
}

// newConsumerKey has the beginning of every key that Salesforce makes.
func newConsumerKey() string { return "3MVG9" + rand.Text() + rand.Text() }

func newSecret() string { return rand.Text() + rand.Text() }

// checkConsumerKey refuses a key that can't be, belongs to another app, or replaces the one that an app has.
func (o *Org) checkConsumerKey(sent, current string) *apiError {
	switch {
	case sent == "" || sent == current:
		return nil
	case current != "":
		return refuse(unsureConsumerKeyCode, "You cannot provide a Consumer Key")
	case o.appOf(sent) != nil:
		return refuse(unsureConsumerKeyCode, "The consumer key is already taken.")
	case !isCredential(sent):
		return refuse(unsureConsumerKeyCode, unsureConsumerKey)
	}
	return nil
}

// certificatePEM adds the armour that a certificate in metadata may lack.
func certificatePEM(text string) string {
	if text == "" || strings.HasPrefix(text, "-----BEGIN") {
		return text
	}
	return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n"
}
