package sfmock

// settingsDefaults are the settings of a fresh Enterprise Edition org; a boolean that is not listed is false.
var settingsDefaults = map[string]map[string]any{
	"AddressSettings": {"countriesAndStates": map[string]any{}},
	"ForecastingSettings": {
		"forecastingSubmissionSettings": map[string]any{}, "globalAdjustmentsSettings": map[string]any{}, "globalQuotasSettings": map[string]any{},
		"globalForecastRangeSettings": map[string]any{"beginning": 0, "displaying": 12, "periodType": "Month"},
	},
	"MyDomainSettings": {
		"canOnlyLoginWithMyDomainUrl": false, "doesApiLoginRequireOrgDomain": false, "domainPartition": "none", "edgeRoutingMethod": "global",
		"enableNativeBrowserForAuthOnAndroid": true, "enableNativeBrowserForAuthOnIos": true, "instancedUrlRedirectHandling": "NoRedirect",
		"isFirstPartyCookieUseRequired": true, "isInstancedApiTrafficBlocked": true, "logRedirections": true, "myDomainName": "mock", "myDomainSuffix": "MySalesforce",
		"redirectPriorMyDomain": true, "use3rdPartyCookieBlockingCompatibleHostnames": true, "useEdge": true,
		"useEnhancedDomainsInSandbox": true, "useStabilizedMyDomainHostnames": true, "useStabilizedSandboxMyDomainHostnames": true,
	},
	"OauthOidcSettings": {"blockOAuthUnPwFlow": true, "blockOAuthUsrAgtFlow": true},
	"SecuritySettings": {
		"canUsersGrantLoginAccess": true, "enableAuraSecureEvalPref": true, "enableRequireHttpsConnection": true,
		"networkAccess": map[string]any{},
		"passwordPolicies": map[string]any{
			"complexity": "AlphaNumeric", "expiration": "NinetyDays", "historyRestriction": "3", "lockoutInterval": "FifteenMinutes", "maxLoginAttempts": "TenAttempts",
			"minimumPasswordLength": "8", "questionRestriction": "DoesNotContainPassword",
		},
		"sessionSettings": map[string]any{
			"canConfirmIdentityBySmsOnly": true, "enableBuiltInAuthenticator": true, "enableCSPOnEmail": true, "enableCSRFOnGet": true, "enableCSRFOnPost": true, "enableCacheAndAutocomplete": true,
			"enableClickjackNonsetupSFDC": true, "enableClickjackSetup": true, "enableContentSniffingProtection": true, "enableLightningLogin": true,
			"enableMFADirectUILoginOptIn": true, "enableSMSIdentity": true, "enableU2F": true, "forceRelogin": true,
			"grantCameraAccess": "TrustedUrls", "grantMicrophoneAccess": "TrustedUrls", "hasUserSwitching": true, "hstsOnForcecomSites": true,
			"identityConfirmationOnEmailChange": true, "identityConfirmationOnTwoFactorRegistrationEnabled": true, "lockSessionsToDomain": true, "lockerServiceAPIVersion": "68.0",
			"lockerServiceCSP": true, "lockerServiceNext": true, "lockerServiceNextControl": true, "redirectionWarning": true, "referrerPolicy": true,
			"referrerPolicyDirective": "origin-when-cross-origin", "requireHttpOnly": true, "sessionTimeout": "TwoHours", "skipSFAWhenMFADirectUILogin": true,
			"untrustedRedirect": "AllowWithUserPermission", "useLocalStorageForLogoutUrl": true, "vfInlineScriptInjection": "Allow",
		},
		"singleSignOnSettings": map[string]any{"enableMultipleSamlConfigs": true},
	},
	"SearchSettings": {"searchSettingsByObject": map[string]any{}},
	"UserManagementSettings": {
		"enableEnhancedPermsetMgmt": true, "enableEnhancedProfileMgmt": true, "enableScrambleUserData": true, "enhancedPermSetList": true, "enhancedUserListView": true,
		"groupSummaryUIEnhancement": true, "permsetsInFieldCreation": true, "psaExpirationUIEnabled": true,
	},
}

// featureTypes are settings of features that a fresh org lacks: there are none before somebody writes them.
var featureTypes = []string{"EmployeeUserSettings", "IndustriesEinsteinFeatureSettings", "SalesWorkQueueSettings", "SocialCustomerServiceSettings"}

// featureSettings are the fields of features that a fresh org lacks: reads leave them out, writes are refused.
var featureSettings = map[string][]string{
	"ConnectedAppSettings":   {"enableAdminApprovedAppsOnly", "enableAdminApprovedAppsOnlyForExternalUser"}, // API Access Control
	"UserManagementSettings": {"enableConcealPersonalInfo"},                                                 // orgs older than Winter '22
}

// constantSettings are the fields that a write is free to name, without any effect.
var constantSettings = map[string][]string{
	"MyDomainSettings": {
		"domainPartition", "myDomainName", "myDomainSuffix", "useEdge", "useEnhancedDomainsInSandbox", "useStabilizedMyDomainHostnames", "useStabilizedSandboxMyDomainHostnames",
	},
	"SecuritySettings": {"enableCrossOrgRedirects"},
}
