package provider

import (
	"slices"
	"strings"
)

// assurance is how strong a proof of identity is to Salesforce, the weakest first.
type assurance int

const (
	untold            assurance = iota // nobody said
	weak                               // no second factor that counts
	standard                           // enough for employees
	phishingResistant                  // enough for privileged users, too
)

func (a assurance) String() string {
	return [...]string{"untold", "weak", "standard", "phishing-resistant"}[a]
}

// verificationMethod is a column of TwoFactorMethodsInfo without its "Has".
type verificationMethod struct {
	name, label string
	assurance   assurance
	source      string
}

// verificationMethods are all that a user can register with Salesforce.
var verificationMethods = []verificationMethod{
	{"SecurityKey", "security key (WebAuthn)", phishingResistant, "Salesforce Help, 005321563"},
	{"BuiltInAuthenticator", "built-in authenticator (passkey)", phishingResistant, "Salesforce Help, 005321563"},
	{"SalesforceAuthenticator", "Salesforce Authenticator", standard, "Salesforce Help, 005321561"},
	{"Totp", "authenticator app with one-time passwords", standard, "Salesforce Help, 005321561"},
	{"U2F", "security key of the older standard U2F", standard, "Object Reference, TwoFactorMethodsInfo: keys used since Summer '22 count as SecurityKey"},
	{"TempCode", "temporary code of an administrator", weak, "Object Reference, TwoFactorTempCode: it ends after a day at most"},
	{"UserVerifiedEmailAddress", "verified e-mail address", weak, "Salesforce Help, 005321561: codes by e-mail do not count"},
	{"UserVerifiedMobileNumber", "verified mobile number", weak, "Salesforce Help, 005321561: codes by text message do not count"},
	{"VerifiedMobileNumber", "mobile number", weak, "Salesforce Help, 005321561: codes by text message do not count"},
}

// strongest is the best that some registered methods can do. One that Salesforce adds some day counts as none.
func strongest(methods []string) assurance {
	best := untold
	for _, m := range verificationMethods {
		if slices.Contains(methods, m.name) {
			best = max(best, m.assurance)
		}
	}
	return best
}

// methodLabels are registered methods in words.
func methodLabels(methods []string) string {
	var labels []string
	for _, m := range verificationMethods {
		if slices.Contains(methods, m.name) {
			labels = append(labels, m.label)
		}
	}
	return strings.Join(labels, ", ")
}

// signals are the words in which identity providers say how somebody was authenticated: the amr of OpenID Connect, the last part of
// an AuthnContext of SAML. Source: Salesforce Help, 005321563, as relayed by Sage; mfa is from 005321709.
var signals = map[assurance][]string{
	phishingResistant: strings.Fields("cert fido fido2 fpt hwk iris pin pki pop retina sc smartcard swk tlsclient user vbm wia x509"),
	standard:          strings.Fields("face mfa mobiletwofactorcontract multipleauthn okta_verify passkey webauthn"),
	weak:              strings.Fields("pwd sms tel email password passwordprotectedtransport unspecified"),
}

// signalled is the strongest that an identity provider asserts: its words stand in lists, in JSON or as URIs. Words that Salesforce does
// not list are as weak as a password.
func signalled(assertions ...string) assurance {
	best := untold
	for _, assertion := range assertions {
		if assertion != "" {
			best = max(best, weak)
		}
		for _, word := range strings.FieldsFunc(strings.ToLower(assertion), func(r rune) bool { return strings.ContainsRune(` ,;[]"'`, r) }) {
			word = word[strings.LastIndexAny(word, "/:#")+1:]
			for level, words := range signals {
				if slices.Contains(words, word) {
					best = max(best, level)
				}
			}
		}
	}
	return best
}
