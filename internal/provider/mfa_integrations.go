package provider

import (
	"cmp"
	"slices"
)

// urgency is how soon an integration has to be dealt with.
type urgency string

const (
	urgent  urgency = "high"   // it breaks, or has a date by which it does
	soon    urgency = "medium" // it breaks when a person has to sign in for it again
	someday urgency = "low"    // its sign-in is fine, the user is not
)

var urgencies = []urgency{urgent, soon, someday}

// integrationRule tells what becomes of software that logs in as a user.
type integrationRule struct {
	name    string
	urgency urgency
	source  string
	kinds   []loginKind
	apiOnly bool                    // it is about users who are API-only, else about those who are not
	applies func(*mfaEvidence) bool // nil for always
	breaks  func(*mfaEvidence) string
	fix     string
}

const (
	ownUser  = "Give the software a user of its own (salesforce_integration_user)"
	ownApp   = " and let it sign in through a salesforce_external_client_app with client credentials or a JWT"
	thenTake = ". Then change this user's password, so that nothing is left that knows it."
)

// integrationRules are tried in order.
var integrationRules = []integrationRule{
	{
		"api_only_second_factor", urgent, apiLogins,
		[]loginKind{passwordAPI, passwordOAuth},
		true, (*mfaEvidence).asksForCodes, codesAreAsked,
		"Take that permission away from this user: one who is API-only can't register an authenticator, and MFA does not concern it without the permission.",
	},
	{
		"api_second_factor", urgent, apiLogins,
		[]loginKind{passwordAPI, passwordOAuth},
		false, (*mfaEvidence).asksForCodes, codesAreAsked,
		ownUser + ownApp + thenTake,
	},
	{
		"oauth_password", urgent, "SH xcloud.remoteaccess_disable_username_password_flow_ca",
		[]loginKind{passwordOAuth},
		false, nil,
		say("The OAuth username-password flow can't answer when a second factor is asked for, is blocked by default in orgs since Summer '23, and external client apps do not have it."),
		ownUser + ownApp + thenTake,
	},
	{
		"soap_login", urgent, soapLogin,
		[]loginKind{passwordAPI},
		false, nil,
		say("SOAP login() with a password can't answer when a second factor is asked for. It takes the permission Use Any API Auth from Winter '27 on, and ends with Summer '27."),
		ownUser + ownApp + thenTake,
	},
	{
		"person_authorises", soon, oauthFlows,
		[]loginKind{refreshOAuth, browserOAuth},
		false, (*mfaEvidence).nobodyThere,
		func(e *mfaEvidence) string {
			return "It works as long as its token does. Once that is revoked or ends, a person has to log in as this user in a browser, with " + e.neededMethod() + "."
		},
		ownUser + ownApp + ", which need no browser. Until then, register a verification method for this user, in the hands of two people.",
	},
	{
		"untold_flow", someday, oauthFlows,
		[]loginKind{untoldOAuth},
		false, nil,
		func(e *mfaEvidence) string {
			return "The login history does not tell the OAuth flow. A JWT goes on working; if a person authorised the app in a browser, doing so again takes " + e.neededMethod() + "."
		},
		"Make sure that it signs in with a JWT or client credentials, and give it a user of its own (salesforce_integration_user), which MFA does not concern.",
	},
	{
		"machine_flow", someday, oauthFlows,
		[]loginKind{machineOAuth},
		false, nil,
		func(e *mfaEvidence) string {
			return "Nothing in its sign-in: the flow has no screen. But a person can log in to the user interface as this user, and then needs " + e.neededMethod() + "."
		},
		"Give the software a user of its own (salesforce_integration_user), or move this user to an API-only profile if no person uses it.",
	},
}

func codesAreAsked(e *mfaEvidence) string {
	return "Multi-Factor Authentication for API Logins (" + e.by("TwoFactorApi") + ") asks for a one-time code at this login, which software does not have."
}

// nobodyThere tells whether no person logged in as the user: an app of somebody who does is that person's affair.
func (e *mfaEvidence) nobodyThere() bool {
	return !e.loggedIn(directLogin, federatedLogin, personalAppLogin)
}

// atRisk is software that logs in as a user.
type atRisk struct {
	evidence *mfaEvidence
	login    mfaLogin
	rule     *integrationRule
}

// risksOf are the integrations that log in as a user. What is exempt breaks nothing.
func risksOf(e *mfaEvidence, of verdict) []atRisk {
	if of == exemptAPIOnly || of == exemptGuest || e.held == nil {
		return nil
	}
	var risks []atRisk
	for _, login := range e.logins {
		for i := range integrationRules {
			rule := &integrationRules[i]
			if slices.Contains(rule.kinds, login.kind) && rule.apiOnly == e.apiOnly() && (rule.applies == nil || rule.applies(e)) {
				risks = append(risks, atRisk{e, login, rule})
				break
			}
		}
	}
	return risks
}

// byUrgency sorts the most urgent first, then by username and application.
func byUrgency(a, b atRisk) int {
	return cmp.Or(
		cmp.Compare(slices.Index(urgencies, a.rule.urgency), slices.Index(urgencies, b.rule.urgency)),
		cmp.Compare(a.evidence.user.Username, b.evidence.user.Username),
		cmp.Compare(a.login.Application, b.login.Application), cmp.Compare(a.login.LoginSubType, b.login.LoginSubType),
	)
}
