package provider

import (
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

const (
	appSetsAttribute     = "permission_sets"
	appProfilesAttribute = "profiles"
	appSetsElement       = "permissionSetName"
	appProfilesElement   = "profileName"
)

// connectedApp are the attributes of a connected app; a test compares them with the Metadata API's own lists. Source: Metadata API
// guide, ConnectedApp.
var connectedApp = group{typ: "ConnectedApp", members: []member{
	field{element: "label", kind: word, text: "Name that people see. Salesforce requires one.", checks: []validator.String{stringvalidator.LengthAtMost(80)}},
	field{element: "contactEmail", kind: word, text: "Where Salesforce reaches those who are responsible for the app. Salesforce requires one.", checks: []validator.String{isMail()}},
	field{element: "contactPhone", kind: word, text: "Telephone number of those who are responsible for the app."},
	field{element: "description", kind: word, text: "What the app is for."},
	field{element: "iconUrl", kind: word, text: "Address of an icon. Reserved by Salesforce."},
	field{element: "infoUrl", kind: word, text: "Address of a page about the app."},
	field{element: "logoUrl", kind: word, text: "Address of a logo, for the consent page and the list of apps. It has to use HTTPS."},
	field{element: "startUrl", kind: word, text: "Where users go after they have logged in."},
	field{element: "mobileStartUrl", kind: word, text: "Where users of mobile devices go after they have logged in."},
	field{element: "plugin", kind: word, text: "Apex class that extends what the app does, a subclass of `Auth.ConnectedAppPlugin`."},
	formMember{field{element: "attributes", text: "Attributes of users that the app gets: keys, and the formulas of their values."}, formulas{}},
	formMember{field{element: "ipRanges", text: "Ranges of IP addresses from which the app may be used without further verification, and their descriptions. A range is a CIDR block, one address, or the first and the last: `192.0.2.10-192.0.2.20`."}, ipRanges{"start", "end"}},
	formMember{field{element: appSetsElement, attribute: appSetsAttribute, text: "API names of the permission sets whose users are pre-authorised. They count only with `oauth.is_admin_approved`."}, repeated{noun: "permission set", canonical: strings.ToLower, cleared: true}},
	formMember{field{element: appProfilesElement, attribute: appProfilesAttribute, text: "Names of the profiles whose users are pre-authorised. They count only with `oauth.is_admin_approved`."}, repeated{noun: "profile", canonical: strings.ToLower, cleared: true}},
	connectedAppOAuth, connectedAppOAuthPolicy, connectedAppSessionPolicy, connectedAppSAML, connectedAppCanvas, connectedAppMobile,
}}

var connectedAppOAuth = group{field: field{element: "oauthConfig", attribute: "oauth", text: "How clients sign in through the app."}, typ: "ConnectedAppOauthConfig", members: []member{
	formMember{field{element: "callbackUrl", attribute: "callback_urls", text: "Addresses to which Salesforce may send users back. Needed even where no flow does."}, lineSeparated},
	formMember{field{element: "scopes", text: "What tokens of the app are good for. Salesforce shows `Address`, `Email`, `Phone` and `Profile` as `Basic`, and `OfflineAccess` as `RefreshToken`."}, repeated{noun: "scope", known: strings.Fields(`Basic Api Web Full Chatter CustomApplications RefreshToken OpenID Profile Email Address Phone OfflineAccess CustomPermissions Wave Eclair Pardot Lightning Content CDPIngest CDPProfile CDPQuery Chatbot CDPSegment CDPIdentityResolution CDPCalculatedInsight ForgotPassword UserRegistration SFAP Interaction CDP EinsteinGPT PwdlessLogin MCP SCRT DataCloudUserClaims A2A CmdbDiscovery SemanticLayer`), canonical: canonicalScope}},
	formMember{field{element: "certificate", kind: word, text: "Certificate (PEM) of the private key with which clients sign the JWT bearer flow's assertions. Empty removes it."}, certificateForm{}},
	field{element: "oauthClientCredentialUser", kind: word, text: "Username of the API-only user that the client credentials flow runs as."},
	field{element: "isAdminApproved", text: "Whether only users whom an administrator has pre-authorised, by `permission_sets` or `profiles`, may use the app."},
	field{element: "isClientCredentialEnabled", text: "Whether the client credentials flow is on. It needs `oauth_client_credential_user`."},
	field{element: "isCodeCredentialEnabled", text: "Whether the authorization code and credentials flow is on."},
	field{element: "isCodeCredentialPostOnly", text: "Whether that flow takes credentials in the body of a POST request only."},
	field{element: "isConsumerSecretOptional", text: "Whether the web server flow does without the consumer secret."},
	field{element: "isDPopEnabled", attribute: "is_dpop_enabled", since: 68, text: "Whether access tokens are bound to the client's key (DPoP)."},
	field{element: "isDeviceFlowEnabled", since: 68, text: "Whether the device flow is on."},
	field{element: "isEnforceRefreshTokenTTL", since: 68, text: "Whether the time that refresh tokens live is enforced."},
	field{element: "isIntrospectAllTokens", text: "Whether the app may introspect the tokens of all apps."},
	field{element: "isIpBindingEnabled", since: 68, text: "Whether tokens hold only for the IP address that they were issued to."},
	field{element: "isNamedUserJwtEnabled", text: "Whether access tokens of named users are JWTs. SOAP takes those from API version 68.0 on only."},
	field{element: "isPKImTLSEnabled", attribute: "is_pki_mtls_enabled", since: 68, text: "Whether clients prove themselves with a certificate of a public key infrastructure (mutual TLS)."},
	field{element: "isPkceRequired", text: "Whether the authorization code flows need PKCE."},
	field{element: "isRefreshTokenRotationEnabled", text: "Whether each use of a refresh token gives a new one."},
	field{element: "isSecretRequiredForRefreshToken", text: "Whether the refresh token flow needs the consumer secret."},
	field{element: "isSecretRequiredForTokenExchange", text: "Whether the token exchange flow needs the consumer secret."},
	field{element: "isTokenExchangeEnabled", text: "Whether the token exchange flow is on."},
	field{element: "singleLogoutUrl", kind: word, text: "Where Salesforce sends logouts."},
	group{field: field{element: "idTokenConfig", attribute: "id_token", text: "What ID tokens hold."}, typ: "ConnectedAppOauthIdToken", members: []member{
		field{element: "idTokenAudience", attribute: "audience", kind: word, text: "Who ID tokens are for."},
		field{element: "idTokenIncludeAttributes", attribute: "include_attributes", text: "Whether they hold the app's attributes."},
		field{element: "idTokenIncludeCustomPerms", attribute: "include_custom_perms", text: "Whether they hold the user's custom permissions."},
		field{element: "idTokenIncludeStandardClaims", attribute: "include_standard_claims", text: "Whether they hold the standard claims about the user."},
		field{element: "idTokenValidity", attribute: "validity", kind: number, limits: &[2]int64{1, 720}, text: "How many minutes they are valid, 1 to 720."},
	}},
	group{field: field{element: "assetTokenConfig", attribute: "asset_token", text: "What asset tokens hold."}, typ: "ConnectedAppOauthAssetToken", members: []member{
		field{element: "assetAudiences", attribute: "audiences", kind: word, text: "Who asset tokens are for."},
		field{element: "assetIncludeAttributes", attribute: "include_attributes", text: "Whether they hold the app's attributes."},
		field{element: "assetIncludeCustomPerms", attribute: "include_custom_perms", text: "Whether they hold the user's custom permissions."},
		field{element: "assetSigningCertId", attribute: "signing_cert_id", kind: word, text: "Id of the certificate that signs them."},
		field{element: "assetValidityPeriod", attribute: "validity_period", kind: number, text: "How many seconds they are valid."},
	}},
}}

// refreshTokenShape is zero, infinite, or a number of units after the first or the last use.
var refreshTokenShape = regexp.MustCompile(`^(zero|infinite|specific_(lifetime|inactivity):[1-9][0-9]{0,8}:(HOURS|DAYS|MONTHS))$`)

var connectedAppOAuthPolicy = group{field: field{element: "oauthPolicy", text: "How strict the org is with the app's tokens."}, typ: "ConnectedAppOauthPolicy", members: []member{
	field{element: "ipRelaxation", kind: word, values: []string{"ENFORCE", "BYPASS_2FACTOR", "BYPASS", "ENFORCE_RELAXREFRESH"}, text: "Whether the login IP ranges of profiles hold for the app."},
	field{
		element: "refreshTokenPolicy", kind: word, text: "How long refresh tokens live: `zero` (they are used up at once), `infinite` (until revoked), `specific_lifetime:30:DAYS` or, since the last use, `specific_inactivity:7:DAYS`, in `HOURS`, `DAYS` or `MONTHS`.",
		checks: []validator.String{stringvalidator.RegexMatches(refreshTokenShape, "must be zero, infinite, specific_lifetime:<number>:<unit> or specific_inactivity:<number>:<unit>, where the unit is HOURS, DAYS or MONTHS")},
	},
	field{element: "isTokenExchangeFlowEnabled", text: "Whether users may use the token exchange flow."},
	field{element: "singleLogoutUrl", kind: word, text: "Where Salesforce sends logouts."},
}}

var connectedAppSessionPolicy = group{field: field{element: "sessionPolicy", text: "How strict the org is with the app's sessions."}, typ: "ConnectedAppSessionPolicy", members: []member{
	field{element: "policyAction", kind: word, values: []string{"Block", "RaiseSessionLevel"}, text: "What becomes of users whose session level is too low. OAuth sessions never have `HIGH_ASSURANCE`, so that `Block` keeps integrations out."},
	field{element: "sessionLevel", kind: word, values: []string{"LOW", "STANDARD", "HIGH_ASSURANCE"}, text: "Session level that users need."},
	field{element: "sessionTimeout", kind: number, text: "After how many minutes sessions time out."},
}}

var connectedAppSAML = group{field: field{element: "samlConfig", attribute: "saml", text: "How users log in to the app with Salesforce as the identity provider."}, typ: "ConnectedAppSamlConfig", members: []member{
	field{element: "acsUrl", kind: word, text: "The app's assertion consumer service."},
	field{element: "entityUrl", kind: word, text: "The app's entity id."},
	field{element: "samlSubjectType", attribute: "subject_type", kind: word, values: []string{"Username", "FederationId", "UserId", "SpokeId", "CustomAttribute", "PersistentId"}, text: "What names the user."},
	field{element: "samlSubjectCustomAttr", attribute: "subject_custom_attr", kind: word, text: "Attribute that names the user, with `subject_type = \"CustomAttribute\"`."},
	field{element: "samlNameIdFormat", attribute: "name_id_format", kind: word, values: []string{"Unspecified", "EmailAddress", "Persistent", "Transient"}, text: "Form of the user's name."},
	field{element: "samlSigningAlgoType", attribute: "signing_algo_type", kind: word, values: []string{"SHA1", "SHA256"}, text: "Algorithm that signs requests and answers."},
	field{element: "issuer", kind: word, text: "Who issues the assertions; the org's My Domain if empty."},
	formMember{field{element: "certificate", kind: word, text: "Certificate with which the app signs its requests."}, certificateForm{named: true}},
	formMember{field{element: "encryptionCertificate", kind: word, text: "Certificate that assertions are encrypted for."}, certificateForm{named: true}},
	field{element: "encryptionType", kind: word, values: []string{"AES_128", "AES_256", "Triple_Des"}, text: "Algorithm that encrypts assertions."},
	field{element: "samlSloUrl", attribute: "slo_url", kind: word, text: "The app's address for single logout."},
	field{element: "samlIdpSLOBindingEnum", attribute: "idp_slo_binding", kind: word, values: []string{"RedirectBinding", "PostBinding"}, text: "How single logout requests travel."},
}}

var connectedAppCanvas = group{field: field{element: "canvasConfig", attribute: "canvas", text: "How the app shows within Salesforce."}, typ: "ConnectedAppCanvasConfig", members: []member{
	field{element: "accessMethod", kind: word, values: []string{"Get", "Post"}, text: "How the app is opened: by a signed request (`Post`) or by OAuth (`Get`)."},
	field{element: "canvasUrl", kind: word, text: "Address of the app."},
	field{element: "lifecycleClass", kind: word, text: "Apex class that steers how the app is shown."},
	formMember{field{element: "locations", text: "Where the app shows."}, repeated{noun: "location", known: strings.Fields(`None Chatter UserProfile Visualforce Aura Publisher ChatterFeed ServiceDesk OpenCTI AppLauncher MobileNav PageLayout`)}},
	formMember{field{element: "options", text: "What is hidden, and whether users may install the app themselves."}, repeated{noun: "option", known: []string{"HideShare", "HideHeader", "PersonalEnabled"}}},
	field{element: "samlInitiationMethod", kind: word, values: []string{"None", "IdpInitiated", "SpInitiated"}, text: "Who begins single sign-on."},
}}

var connectedAppMobile = group{field: field{element: "mobileAppConfig", attribute: "mobile_app", text: "The mobile app that this is the connected app of."}, typ: "ConnectedAppMobileDetailConfig", members: []member{
	field{element: "applicationBundleIdentifier", kind: word, text: "Bundle identifier."},
	field{element: "applicationInstallUrl", kind: word, text: "Where the app can be installed from."},
	field{element: "applicationBinaryFileName", kind: word, text: "Name of the binary file."},
	field{element: "applicationFileLength", kind: number, text: "Length of the binary file in bytes."},
	field{element: "applicationIconFileName", kind: word, text: "Name of the icon's file."},
	field{element: "devicePlatform", kind: word, values: []string{"ios", "android"}, text: "Platform."},
	field{element: "deviceType", kind: word, values: []string{"phone", "tablet", "minitablet"}, text: "Form of the device."},
	field{element: "minimumOsVersion", kind: word, text: "Oldest version of the operating system."},
	field{element: "privateApp", text: "Whether the app is for the org's own users only."},
	field{element: "version", kind: word, text: "Version of the app."},
}}
