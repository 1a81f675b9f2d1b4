package provider

import (
	"iter"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// The metadata types of an external client app: the app itself and what belongs to it.
const (
	appKind             = "ExternalClientApplication"
	oauthSettingsKind   = "ExtlClntAppOauthSettings"
	globalOAuthKind     = "ExtlClntAppGlobalOauthSettings"
	oauthPoliciesKind   = "ExtlClntAppOauthConfigurablePolicies"
	pluginPoliciesKind  = "ExtlClntAppConfigurablePolicies"
	appReferenceElement = "externalClientApplication" // by which every part names its app
)

// The attributes that rules speak of.
const (
	scopesKey         = "oauth.scopes"
	pkceKey           = "oauth.is_pkce_required"
	runAsKey          = "oauth.client_credentials.run_as"
	certificateKey    = "oauth.jwt_bearer.certificate"
	permittedUsersKey = "policies.permitted_users_policy_type"
	permissionSetsKey = "policies.permission_sets"
	profilesKey       = "policies.profiles"
	refreshPolicyKey  = "policies.refresh_token_policy_type"
	refreshPeriodKey  = "policies.refresh_token_validity_period"
	refreshUnitKey    = "policies.refresh_token_validity_unit"
	appEnabledKey     = "policies.is_enabled"
)

const preAuthorized = "AdminApprovedPreAuthorized"

// appPart is a component that an external client app consists of.
type appPart struct {
	kind   string
	at     string   // attribute that stands for the part where none of its own does
	names  []string // what follows the app's name in the part's: as Setup and this provider name it, and as Salesforce does by itself
	fields []appField
	// without are the elements that no attribute stands for, and why.
	without map[string]string
}

// appParts are in the order in which Salesforce takes them.
var appParts = []appPart{
	{kind: appKind, at: "name", names: []string{""}, fields: appFields, without: map[string]string{
		"managedType": "for Salesforce's own use",
	}},
	{kind: oauthSettingsKind, at: "oauth", names: []string{"_oauth"}, fields: oauthSettingsFields, without: map[string]string{
		appReferenceElement: "says which app it belongs to", "label": "no one sees it", "oauthLink": "made by Salesforce, which refuses any other",
		"isFirstPartyAppEnabled": "for Salesforce's own apps",
	}},
	{kind: globalOAuthKind, at: "oauth", names: []string{"_glbloauth"}, fields: globalOAuthFields, without: map[string]string{
		appReferenceElement: "says which app it belongs to", "label": "no one sees it", "consumerSecret": "never returned, and not to be in a state",
		flowElement: "client_credentials stands for it", "shouldRotateConsumerKey": "an order, no state", "shouldRotateConsumerSecret": "an order, no state",
	}},
	{kind: oauthPoliciesKind, at: "policies", names: []string{"_oauthPlcy", "_oauth_defaultPolicy"}, fields: oauthPolicyFields, without: map[string]string{
		appReferenceElement: "says which app it belongs to", "label": "no one sees it", flowElement: "client_credentials stands for it",
	}},
	{kind: pluginPoliciesKind, at: "policies", names: []string{"_plcy", "_defaultPolicy"}, fields: pluginPolicyFields, without: map[string]string{
		appReferenceElement: "says which app it belongs to", "label": "no one sees it",
	}},
}

// appField is an attribute of an external client app and the element that it stands for.
type appField struct {
	field
	object   string // that holds the attribute: "oauth.jwt_bearer"; "" for the resource itself
	inside   string // element around the field's
	form     form   // how the element stands for more than a flag, a word or a number
	required bool
	readOnly bool
	folded   bool // a word whose case means nothing
}

// in puts fields into an object.
func in(object string, fields []appField) []appField {
	for i := range fields {
		fields[i].object = object
	}
	return fields
}

// key is the name of the attribute with the objects around it.
func (f appField) key() string { return strings.TrimPrefix(f.object+"."+f.name(), ".") }

// allAppFields are the fields of all parts.
func allAppFields() iter.Seq[appField] {
	return func(yield func(appField) bool) {
		for _, part := range appParts {
			for _, f := range part.fields {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// Source of the tables: Metadata API guide, ExternalClientApplication and the types that begin with ExtlClntApp.

var appFields = in("", []appField{
	{field: field{element: "label", kind: word, text: "Name that people see.", checks: []validator.String{plainText{80}, stringvalidator.LengthAtLeast(1)}}, required: true},
	{field: field{element: "contactEmail", kind: word, text: "E-mail address of whoever answers for the app.", checks: []validator.String{plainText{80}, isMail()}}, required: true},
	{field: field{element: "contactPhone", kind: word, text: "Telephone number of whoever answers for the app."}},
	{field: field{element: "description", kind: word, text: "What the app is for."}},
	{field: field{element: "iconUrl", kind: word, text: "Address of the app's icon."}},
	{field: field{element: "infoUrl", kind: word, text: "Address of a page about the app."}},
	{field: field{element: "logoUrl", kind: word, text: "Address of the app's logo."}},
	{field: field{element: "isProtected", text: "Whether orgs that install the app in a package can't see into it."}},
	{field: field{element: "distributionState", kind: word, values: []string{"Local", "Packaged"}, text: "Whether the app is for this org only or to be packaged."}},
	{field: field{element: "orgScopedExternalApp", kind: word, text: "Name of the app among all orgs, made by Salesforce: the org's id and the app's name."}, readOnly: true},
})

var oauthSettingsFields = in("oauth", []appField{
	{field: field{element: "commaSeparatedOauthScopes", attribute: "scopes", text: "What tokens may be used for, in the Metadata API's words: `Api`, `RefreshToken`, `Web`, `OpenID`, `Full` and others."}, required: true, form: oauthScopes},
	{field: field{element: "commaSeparatedCustomScopes", attribute: "custom_scopes", text: "Names of custom scopes (OauthCustomScope) that the app may ask for."}, form: commaSeparated},
	{field: field{element: "areAttributesIncludedInAssetToken", text: "Whether asset tokens carry the custom attributes."}},
	{field: field{element: "areCustomPermsIncludedInAssetToken", text: "Whether asset tokens carry the user's custom permissions."}},
	{field: field{element: "assetTokenAudiences", kind: word, text: "Audiences of asset tokens."}},
	{field: field{element: "assetTokenSigningCertificate", kind: word, text: "Name of the certificate that signs asset tokens."}},
	{field: field{element: "assetTokenValidity", kind: number, text: "How long asset tokens are valid."}},
	{field: field{element: "clientAssertionCertificate", kind: word, text: "Certificate that checks the assertions by which the app proves who it is."}},
	{field: field{element: "customAttributes", text: "Attributes that the identity of a user shows to the app: formulas by key."}, form: formulas{}},
	{field: field{element: "singleLogoutUrl", kind: word, text: "Where Salesforce reports logouts to."}},
	{field: field{element: "trustedIpRanges", text: "Addresses from which users may come in whatever their profile's login IP ranges say, under a policy that relaxes those: the range (CIDR block, single address or `first-last`) and a description, which may be empty."}, form: ipRanges{"startIpAddress", "endIpAddress"}},
})

var globalOAuthFields = slices.Concat(
	in("oauth", []appField{
		{field: field{element: "callbackUrl", attribute: "callback_urls", text: "Where browsers are sent with the result of an authorisation. Salesforce wants one even if no flow of the app redirects; `https://login.salesforce.com/services/oauth2/success` does."}, required: true, form: lineSeparated},
		{field: field{element: "idTokenAudience", kind: word, text: "Audiences of id tokens, beside the app itself."}, inside: "idTokenConfig"},
		{field: field{element: "idTokenIncludeAttributes", text: "Whether id tokens carry the custom attributes."}, inside: "idTokenConfig"},
		{field: field{element: "idTokenIncludeCustomPermissions", text: "Whether id tokens carry the user's custom permissions."}, inside: "idTokenConfig"},
		{field: field{element: "idTokenIncludeStandardClaims", text: "Whether id tokens carry the standard claims about the user."}, inside: "idTokenConfig"},
		{field: field{element: "idTokenValidityInMinutes", kind: number, limits: &[2]int64{1, 720}, text: "How long id tokens are valid, 1 to 720 minutes."}, inside: "idTokenConfig"},
		{field: field{element: "isCodeCredFlowEnabled", text: "Whether the authorisation code and credentials flow is on."}},
		{field: field{element: "isCodeCredPostOnly", text: "Whether that flow takes credentials in the body of a POST only."}},
		{field: field{element: "isConsumerSecretOptional", text: "Whether the web server flow works without the consumer secret."}},
		{field: field{element: "isDPopEnabled", attribute: "is_dpop_enabled", since: 68, text: "Whether tokens are bound to a key of the app's (DPoP)."}},
		{field: field{element: "isDeviceFlowEnabled", text: "Whether the device flow is on."}},
		{field: field{element: "isEnforceRefreshTokenTTL", since: 67, text: "Whether refresh tokens end after a time whatever the policy says."}},
		{field: field{element: "isIntrospectAllTokens", text: "Whether the app may introspect all tokens of the org instead of its own."}},
		{field: field{element: "isMtlsEnabled", since: 68, text: "Whether the app proves who it is by a TLS client certificate."}},
		{field: field{element: "isNamedUserJwtEnabled", text: "Whether access tokens are JWTs. Salesforce's SOAP interfaces take these from API version 68.0 on."}},
		{field: field{element: "isPkceRequired", text: "Whether authorisation code flows need PKCE. JWT bearer and client credentials have nothing to do with it. Many orgs keep it at `true` whatever is written; then this is said once and `false` is left standing."}},
		{field: field{element: "isRefreshTokenRotationEnabled", text: "Whether each use of a refresh token gives a new one."}},
		{field: field{element: "isSecretRequiredForRefreshToken", text: "Whether refresh tokens can only be used with the consumer secret."}},
		{field: field{element: "isSecretRequiredForTokenExchange", text: "Whether the token exchange flow needs the consumer secret."}},
		{field: field{element: "isTokenExchangeEnabled", text: "Whether the token exchange flow is on; `policies.is_token_exchange_flow_enabled` switches it on in this org."}},
	}),
	in("oauth.jwt_bearer", []appField{{
		field: field{element: "certificate", kind: word, text: "Certificate of the key that signs the assertions, as PEM, for example `file(\"billing.crt\")`. Never the key itself. An empty text removes it, and with it the flow."}, required: true, form: certificateForm{},
	}}),
	in("", []appField{{
		field: field{element: "consumerKey", kind: word, text: "Consumer key: the `client_id` that the app signs in with. Made by Salesforce; it is not a secret."}, readOnly: true,
	}}),
)

var jwtTimeouts = []string{"1", "5", "10", "15", "30", "60", "90", "120", "240", "480", "720"}

var oauthPolicyFields = slices.Concat(
	in("oauth.client_credentials", []appField{{
		field: field{
			element: "clientCredentialsFlowUser", attribute: "run_as", kind: word, checks: []validator.String{stringvalidator.Any(stringvalidator.OneOf(""), isMail())},
			text: "Username of the user that the app signs in as, who has to be API-only, such as a `salesforce_integration_user`. An empty text switches the flow off.",
		},
		required: true, folded: true,
	}}),
	in("policies", []appField{
		{field: field{element: "permittedUsersPolicyType", kind: word, values: []string{"AllSelfAuthorized", preAuthorized}, text: "Who may use the app: everybody who allows it, or only those whom `permission_sets` and `profiles` admit. JWT bearer works with the second."}},
		{field: field{element: "commaSeparatedPermissionSet", attribute: "permission_sets", text: "API names of the permission sets whose holders may use the app, exactly these. Needs `permitted_users_policy_type = \"AdminApprovedPreAuthorized\"`."}, form: foldedNames},
		{field: field{element: "commaSeparatedProfile", attribute: "profiles", text: "Names of the profiles whose users may use the app, exactly these. Needs `permitted_users_policy_type = \"AdminApprovedPreAuthorized\"`."}, form: foldedNames},
		{field: field{element: "ipRelaxationPolicyType", kind: word, values: []string{"Enforce", "Bypass", "Bypass_2factor", "Enforce_RelaxRefresh"}, text: "Whether the login IP ranges of profiles hold for the app. JWT bearer obeys them in any case."}},
		{field: field{element: "refreshTokenPolicyType", kind: word, values: []string{"Infinite", "Zero", "SpecificLifetime", "SpecificInactivity"}, text: "When refresh tokens end: never, at once, after a time, or after a time without use."}},
		{field: field{element: "refreshTokenValidityPeriod", kind: number, text: "That time, for `SpecificLifetime` and `SpecificInactivity`."}},
		{field: field{element: "refreshTokenValidityUnit", kind: word, values: []string{"Hours", "Days", "Months"}, text: "Unit of that time."}},
		{field: field{element: "requiredSessionLevel", kind: word, values: []string{"LOW", "STANDARD", "HIGH_ASSURANCE"}, text: "Session level that using the app takes. OAuth sessions never have `HIGH_ASSURANCE`."}},
		{field: field{element: "policyAction", kind: word, values: []string{"Block", "RaiseSessionLevel", "StepUpMFA"}, text: "What becomes of sessions below that level. `StepUpMFA` needs API version 67.0."}},
		{field: field{element: "sessionTimeoutInMinutes", kind: number, text: "How many minutes a session may be idle; not for tokens that are JWTs."}},
		{field: field{element: "namedUserJwtSessionTimeoutType", kind: word, values: []string{"UserSession", "Custom"}, text: "Whether JWT access tokens live as long as the user's sessions or `named_user_jwt_timeout`."}},
		{field: field{element: "namedUserJwtTimeout", kind: number, values: jwtTimeouts, text: "How many minutes JWT access tokens live."}},
		{field: field{element: "guestJwtSessionTimeoutType", kind: word, values: []string{"UserSession", "Custom"}, text: "The same for guest users: whether theirs live as long as their sessions or `guest_jwt_timeout`."}},
		{field: field{element: "guestJwtTimeout", kind: number, values: jwtTimeouts, text: "How many minutes JWT access tokens of guest users live."}},
		{field: field{element: "isGuestCodeCredFlowEnabled", text: "Whether guest users can use the authorisation code and credentials flow."}},
		{field: field{element: "isTokenExchangeFlowEnabled", text: "Whether the token exchange flow is on in this org."}},
		{field: field{element: "commaSeparatedCustomScopes", attribute: "custom_scopes", text: "Names of custom scopes (OauthCustomScope) that tokens of this org may have."}, form: commaSeparated},
		{field: field{element: "customAttributes", text: "Attributes that the identity of a user of this org shows to the app: formulas by key."}, form: formulas{}},
		{field: field{element: "apexHandler", kind: word, text: "Apex class that takes part in each authorisation."}},
		{field: field{element: "executeHandlerAs", kind: word, text: "Username of the user that this class runs as."}, folded: true},
		{field: field{element: "singleLogoutUrl", kind: word, text: "Where Salesforce reports logouts of this org's users to."}},
		{field: field{element: "startUrl", attribute: "oauth_start_url", kind: word, text: "Where users who start the app land, with `start_page = \"OAuth\"`."}},
	}),
)

var pluginPolicyFields = in("policies", []appField{
	{field: field{element: "isEnabled", text: "Whether the app can be used in this org."}},
	{field: field{element: "isOauthPluginEnabled", text: "Whether it can be signed in through by OAuth."}},
	{field: field{element: "isAttestPluginEnabled", since: 68, text: "Whether the attestation plugin is on."}},
	{field: field{element: "isCanvasPluginEnabled", text: "Whether the canvas plugin is on."}},
	{field: field{element: "isMobilePluginEnabled", text: "Whether the mobile plugin is on."}},
	{field: field{element: "isNotificationPluginEnabled", text: "Whether the notification plugin is on."}},
	{field: field{element: "isPushPluginEnabled", text: "Whether the push notification plugin is on."}},
	{field: field{element: "isSamlPluginEnabled", text: "Whether the SAML plugin is on."}},
	{field: field{element: "startPage", kind: word, values: []string{"None", "Custom", "OAuth", "SAML"}, text: "What users see who start the app."}},
	{field: field{element: "startUrl", kind: word, text: "Where they land with `start_page = \"Custom\"`."}},
})
