package provider

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// mfaEvidence is what is known of one user. The rules look at nothing else.
type mfaEvidence struct {
	user          sfclient.MFAUser
	byProfile     bool                     // the profile makes the user privileged, whatever it grants
	held          sfclient.HeldPermissions // nil when permissions can't be read
	methods       []string                 // of TwoFactorMethodsInfo
	methodsKnown  bool
	logins        []mfaLogin
	loginsKnown   bool
	contextsKnown bool // whether SAML providers' assertions can be seen
	verified      []sfclient.Verification
	days          int
}

// evidenceOf is what the facts say of one user.
func evidenceOf(f *sfclient.MFAFacts, user sfclient.MFAUser, days int) *mfaEvidence {
	return &mfaEvidence{
		user: user, byProfile: f.Privileged[user.ProfileID], held: f.Held[user.ID], days: days,
		methods: f.Methods[user.ID], methodsKnown: f.Methods != nil,
		logins: classified(f.Logins[user.ID]), loginsKnown: f.Logins != nil, contextsKnown: f.ContextsKnown,
		verified: f.Verifications[user.ID],
	}
}

// privilegedBy tells what makes the user privileged, in words; nil if nothing does.
func (e *mfaEvidence) privilegedBy() []string {
	var by []string
	if e.byProfile {
		by = append(by, "profile "+e.user.Profile.Name)
	}
	for _, permission := range sfclient.PrivilegedPermissions {
		if len(e.held[permission]) > 0 {
			by = append(by, permission+" by "+e.by(permission))
		}
	}
	return by
}

func (e *mfaEvidence) privileged() bool { return len(e.privilegedBy()) > 0 }

// by tells how the user comes by a permission.
func (e *mfaEvidence) by(permission string) string {
	ways := make([]string, len(e.held[permission]))
	for i, path := range e.held[permission] {
		ways[i] = path.String()
	}
	return strings.Join(ways, "; ")
}

// needed is the assurance that Salesforce asks of the user at the user interface.
func (e *mfaEvidence) needed() assurance {
	if e.privileged() {
		return phishingResistant
	}
	return standard
}

// neededMethod says it.
func (e *mfaEvidence) neededMethod() string {
	if e.privileged() {
		by := e.privilegedBy()
		if e.byProfile {
			by = by[:1] // the profile says it all
		}
		return "a security key or a built-in authenticator (privileged: " + strings.Join(by, ", ") + ")"
	}
	return "a verification method"
}

// loginsOf are the logins of some kinds.
func (e *mfaEvidence) loginsOf(kinds ...loginKind) []mfaLogin {
	return slices.DeleteFunc(slices.Clone(e.logins), func(l mfaLogin) bool { return !slices.Contains(kinds, l.kind) })
}

func (e *mfaEvidence) loggedIn(kinds ...loginKind) bool { return len(e.loginsOf(kinds...)) > 0 }

// onlyLoggedIn tells whether there were logins, all of some kinds.
func (e *mfaEvidence) onlyLoggedIn(kinds ...loginKind) bool {
	return len(e.logins) > 0 && len(e.loginsOf(kinds...)) == len(e.logins)
}

// onlySSO tells whether a person logged in by single sign-on and in no other way.
func (e *mfaEvidence) onlySSO() bool {
	return e.loggedIn(federatedLogin) && !e.loggedIn(directLogin, otherLogin, siteLogin)
}

// ssoAssurance is the weakest that the identity provider asserted. Silence is weak where it would have been seen.
func (e *mfaEvidence) ssoAssurance() assurance {
	weakest := phishingResistant
	for _, l := range e.loginsOf(federatedLogin) {
		told := l.assurance
		if told == untold && e.contextsKnown {
			told = weak
		}
		weakest = min(weakest, told)
	}
	return weakest
}

// applications name the software of some kinds of logins.
func (e *mfaEvidence) applications(kinds ...loginKind) string {
	var names []string
	for _, l := range e.loginsOf(kinds...) {
		name := l.Application
		if name == "" {
			name = l.LoginType
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// window is the time that was looked at.
func (e *mfaEvidence) window() string { return fmt.Sprintf("during the last %d days", e.days) }

// lastVerified tells what the user proved the identity with lately, for what it is worth.
func (e *mfaEvidence) lastVerified() string {
	var used []string
	for _, v := range e.verified {
		used = append(used, fmt.Sprintf("%s on %s", v.Method, day(v.Newest)))
	}
	if len(used) == 0 {
		return ""
	}
	slices.Sort(used)
	return " The verification history shows " + strings.Join(used, ", ") + ", but not whether that is still registered."
}

// day is the date of a time as Salesforce writes it.
func day(text string) string {
	at, err := sfclient.ParseTime(text)
	if err != nil {
		return text
	}
	return at.UTC().Format(time.DateOnly)
}

// apiOnly tells whether the user can't log in to the user interface, in any session.
func (e *mfaEvidence) apiOnly() bool { return e.held.Always("ApiUserOnly") }

// asksForCodes tells whether API logins with a password ask for a second factor.
func (e *mfaEvidence) asksForCodes() bool { return len(e.held["TwoFactorApi"]) > 0 }

// ssoSuffices tells whether a person comes by single sign-on only, always with as much assurance as Salesforce asks.
func (e *mfaEvidence) ssoSuffices() bool { return e.onlySSO() && e.ssoAssurance() >= e.needed() }

// assertions quotes the identity provider.
func (e *mfaEvidence) assertions() string {
	for _, l := range e.loginsOf(federatedLogin) {
		if text := strings.TrimSpace(l.AuthMethodReference + " " + l.AuthContextClassRef); text != "" {
			return " (it says " + text + ")"
		}
	}
	return " (it says nothing)"
}

// say is a reason that is the same for everybody.
func say(text string) func(*mfaEvidence) string { return func(*mfaEvidence) string { return text } }

// userTypes applies to users of some kinds.
func userTypes(types ...string) func(*mfaEvidence) bool {
	return func(e *mfaEvidence) bool { return slices.Contains(types, e.user.UserType) }
}

// platformLicenses are of users that services of Salesforce act as, by key. Source: live orgs' users, as connectors describe them.
var platformLicenses = []string{"INSIGHTS_INTEGRATION_USER", "CLOUD_INTEGRATION_USER"}

// platformUser tells whether no person and no software of the company acts as the user.
func (e *mfaEvidence) platformUser() bool {
	return slices.Contains(platformLicenses, e.user.Profile.UserLicense.LicenseDefinitionKey) || userTypes("AutomatedProcess", "CloudIntegrationUser")(e)
}
