package sfmock

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

func checkECAApp(o *Org, w *ecaWrite) *apiError {
	scoped := o.orgID()[:15] + ":" + w.fullName
	sent := w.content.value("orgScopedExternalApp")
	switch {
	case !apiName.MatchString(w.fullName):
		return refuse(unsureECANameCode, unsureECAName)
	case o.find("ConnectedApplication", "Name", w.fullName) != nil:
		return errDuplicateComponent()
	case sent != "" && sent != scoped && sent != o.orgID()+":"+w.fullName:
		return refuse("INVALID_CROSS_REFERENCE_KEY", fmt.Sprintf(unsureECALink, "orgScopedExternalApp", sent))
	case !slices.Contains([]string{"Local", "Packaged"}, w.content.value("distributionState")):
		return refuse(unsureECAValueCode, fmt.Sprintf(unsureECAValue, "distributionState", w.content.value("distributionState")))
	}
	w.content = w.content.with(leaf("orgScopedExternalApp", scoped))
	return nil
}

// ecaScopes are the scopes that external client apps take, in the words of the platform's own message.
var ecaScopes = []string{
	"Api", "RefreshToken", "OfflineAccess", "OpenID", "Web", "Full", "Basic", "Email", "Profile", "Address", "Phone", "Chatter", "CustomApplications", "CustomPermissions",
	"Wave", "Eclair", "Pardot", "Lightning", "Content", "CDP", "CDPIngest", "CDPProfile", "CDPQuery", "CDPSegment", "CDPIdentityResolution", "CDPCalculatedInsight",
	"Chatbot", "DataCloudUserClaims", "EinsteinGPT", "ForgotPassword", "UserRegistration", "Interaction", "PwdlessLogin", "SFApiPlatform", "SCRT", "MCP",
}

func checkECAOauth(o *Org, w *ecaWrite) *apiError {
	var unknown, scopes []string
	sent := separated(w.content.value("commaSeparatedOauthScopes"))
	for _, scope := range sent {
		if !slices.Contains(ecaScopes, scope) {
			unknown = append(unknown, scope)
		}
	}
	if unknown != nil {
		return refuse(unsureECAScopeCode, "There's a problem with your scope(s): "+strings.Join(unknown, ", "))
	}
	for _, scope := range ecaScopes {
		if slices.Contains(sent, scope) {
			scopes = append(scopes, scope)
		}
	}
	if scopes != nil {
		w.content = w.content.with(leaf("commaSeparatedOauthScopes", strings.Join(scopes, ", ")))
	}
	link, current := w.content.value("oauthLink"), ""
	if w.before != nil {
		current = w.before.content.value("oauthLink")
	}
	if link != "" && link != current {
		return refuse("INVALID_CROSS_REFERENCE_KEY", fmt.Sprintf(unsureECALink, "oauthLink", link))
	}
	w.content = w.content.with(leaf("oauthLink", cmp.Or(current, o.orgID()[:15]+":"+o.newID(ecaConsumerPrefix)[:15])))
	return nil
}

func checkECAGlobalOauth(o *Org, w *ecaWrite) *apiError {
	if o.satellite(ecaOauth, w.app.str("DeveloperName")) == nil {
		return refuse(unsureECAGlobalCode, "The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.")
	}
	if w.content.value("callbackUrl") == "" {
		return refuse("REQUIRED_FIELD_MISSING", "Required field is missing: callbackUrl", "callbackUrl")
	}
	key := ""
	if w.before != nil {
		key = w.before.content.value("consumerKey")
	}
	if err := o.checkConsumerKey(w.content.value("consumerKey"), key); err != nil {
		return err
	}
	if w.content.flag("shouldRotateConsumerKey") && w.before != nil {
		key = newConsumerKey()
	} else {
		key = cmp.Or(key, w.content.value("consumerKey"), newConsumerKey())
	}
	w.rotate = w.content.flag("shouldRotateConsumerSecret")
	if o.pkceKept {
		w.content = w.content.with(flagLeaf("isPkceRequired", true))
	}
	w.content = w.content.with(leaf("consumerKey", key)).with(flagLeaf("shouldRotateConsumerKey", false)).with(flagLeaf("shouldRotateConsumerSecret", false))
	w.content = w.content.without("consumerSecret")
	if token := w.content.child("idTokenConfig"); token.name != "" {
		if !token.has("idTokenValidityInMinutes") {
			token = token.with(leaf("idTokenValidityInMinutes", "2"))
		}
		if !between(token.value("idTokenValidityInMinutes"), 1, 720) {
			return refuse(unsureECAValueCode, fmt.Sprintf(unsureECAValue, "idTokenValidityInMinutes", token.value("idTokenValidityInMinutes")))
		}
		w.content = w.content.with(token)
	}
	return nil
}

// ecaPolicyValues are the values of fields that the schema leaves open.
var ecaPolicyValues = map[string][]string{
	"ipRelaxationPolicyType":   {"Enforce", "Bypass", "Bypass_2factor", "Enforce_RelaxRefresh"},
	"refreshTokenValidityUnit": {"Days", "Hours", "Months"},
	"guestJwtTimeout":          {"1", "5", "10", "15", "30", "60", "90", "120", "240", "480", "720"},
	"namedUserJwtTimeout":      {"1", "5", "10", "15", "30", "60", "90", "120", "240", "480", "720"},
}

func checkECAOauthPolicies(o *Org, w *ecaWrite) *apiError {
	for _, e := range w.content.children {
		if values, limited := ecaPolicyValues[e.name]; limited && !slices.Contains(values, e.text) {
			return refuse(unsureECAValueCode, fmt.Sprintf(unsureECAValue, e.name, e.text))
		}
	}
	if strings.HasPrefix(w.content.value("refreshTokenPolicyType"), "Specific") {
		w.content = w.content.with(leaf("refreshTokenValidityPeriod", cmp.Or(w.content.value("refreshTokenValidityPeriod"), "365"))).
			with(leaf("refreshTokenValidityUnit", cmp.Or(w.content.value("refreshTokenValidityUnit"), "Days")))
	} else {
		w.content = w.content.without("refreshTokenValidityPeriod", "refreshTokenValidityUnit") // tokens that live for ever, or not at all
	}
	if err := o.checkRunAs("clientCredentialsFlowUser", w.content.value("clientCredentialsFlowUser")); err != nil {
		return err
	}
	w.sets, w.profiles = separated(w.sent.value("commaSeparatedPermissionSet")), separated(w.sent.value("commaSeparatedProfile"))
	if w.content.value("permittedUsersPolicyType") != ecaPolicyAccess {
		if len(w.sets)+len(w.profiles) > 0 {
			return refuse(unsureAccessCode, unsureAccessNeedsApproval)
		}
		return nil
	}
	sets, profiles := o.access(w.app) // a list that isn't sent stays; an empty element clears it
	if !w.sent.has("commaSeparatedPermissionSet") {
		w.sets = valuesOf(sets, "Name")
	}
	if !w.sent.has("commaSeparatedProfile") {
		w.profiles = valuesOf(profiles, "Name")
	}
	w.content = w.content.without("commaSeparatedPermissionSet", "commaSeparatedProfile")
	return nil
}
