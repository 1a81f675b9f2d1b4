package sfschema

import "strings"

// location is where the components of a type lie in a deployment archive: folder/Full_Name.suffix.
type location struct{ folder, suffix string }

// locations are the folders and suffixes of the types that the provider deals in (Metadata API guide, Metadata types), and of others that
// have to do with integrations (npm's @salesforce/source-deploy-retrieve 12.37.2, metadataRegistry.json).
// The suffix of Certificate is that of its content, beside which lies a .crt-meta.xml.
var locations = map[string]location{
	"AuthProvider":                         {"authproviders", "authprovider"},
	"BlacklistedConsumer":                  {"blacklistedConsumers", "blacklistedConsumer"},
	"Certificate":                          {"certs", "crt"},
	"ConnectedApp":                         {"connectedApps", "connectedApp"},
	"CorsWhitelistOrigin":                  {"corsWhitelistOrigins", "corsWhitelistOrigin"},
	"CspTrustedSite":                       {"cspTrustedSites", "cspTrustedSite"},
	"CustomNotificationType":               {"notificationtypes", "notiftype"},
	"CustomPermission":                     {"customPermissions", "customPermission"},
	"DelegateGroup":                        {"delegateGroups", "delegateGroup"},
	"EventRelayConfig":                     {"eventRelays", "eventRelay"},
	"ExternalAuthIdentityProvider":         {"externalAuthIdentityProviders", "externalAuthIdentityProvider"},
	"ExternalClientApplication":            {"externalClientApps", "eca"},
	"ExternalCredential":                   {"externalCredentials", "externalCredential"},
	"ExtlClntAppConfigurablePolicies":      {"extlClntAppPolicies", "ecaPlcy"},
	"ExtlClntAppGlobalOauthSettings":       {"extlClntAppGlobalOauthSets", "ecaGlblOauth"},
	"ExtlClntAppOauthConfigurablePolicies": {"extlClntAppOauthPolicies", "ecaOauthPlcy"},
	"ExtlClntAppOauthSecuritySettings":     {"extlClntAppOauthSecuritySettings", "ecaOauthSecurity"},
	"ExtlClntAppOauthSettings":             {"extlClntAppOauthSettings", "ecaOauth"},
	"ExtlClntAppSamlConfigurablePolicies":  {"extlClntAppSamlConfigurablePolicies", "ecaSamlPlcy"},
	"GlobalValueSet":                       {"globalValueSets", "globalValueSet"},
	"Group":                                {"groups", "group"},
	"IPAddressRange":                       {"IPAddressRanges", "IPAddressRange"},
	"InboundNetworkConnection":             {"inboundNetworkConnections", "inboundNetworkConnection"},
	"MobileSecurityPolicy":                 {"mobileSecurityPolicies", "mobileSecurityPolicy"},
	"MutingPermissionSet":                  {"mutingpermissionsets", "mutingpermissionset"},
	"MyDomainDiscoverableLogin":            {"myDomainDiscoverableLogins", "myDomainDiscoverableLogin"},
	"NamedCredential":                      {"namedCredentials", "namedCredential"},
	"OauthCustomScope":                     {"oauthcustomscopes", "oauthcustomscope"},
	"OauthTokenExchangeHandler":            {"oauthtokenexchangehandlers", "oauthtokenexchangehandler"},
	"OutboundNetworkConnection":            {"outboundNetworkConnections", "outboundNetworkConnection"},
	"PermissionSet":                        {"permissionsets", "permissionset"},
	"PermissionSetGroup":                   {"permissionsetgroups", "permissionsetgroup"},
	"PlatformEventChannel":                 {"platformEventChannels", "platformEventChannel"},
	"PlatformEventChannelMember":           {"platformEventChannelMembers", "platformEventChannelMember"},
	"Profile":                              {"profiles", "profile"},
	"ProfilePasswordPolicy":                {"profilePasswordPolicies", "profilePasswordPolicy"},
	"ProfileSessionSetting":                {"profileSessionSettings", "profileSessionSetting"},
	"Queue":                                {"queues", "queue"},
	"RedirectWhitelistUrl":                 {"redirectWhitelistUrls", "redirectWhitelistUrl"},
	"RemoteSiteSetting":                    {"remoteSiteSettings", "remoteSite"},
	"RestrictionRule":                      {"restrictionRules", "rule"},
	"Role":                                 {"roles", "role"},
	"SamlSsoConfig":                        {"samlssoconfigs", "samlssoconfig"},
	"TransactionSecurityPolicy":            {"transactionSecurityPolicies", "transactionSecurityPolicy"},
	"UserAccessPolicy":                     {"useraccesspolicies", "useraccesspolicy"},

	// Settings is no type of the schema but the name of the whole family in package.xml.
	"Settings": settings,
}

var settings = location{"settings", "settings"}

// notSettings are the component types outside of the settings family whose names end like its members'.
var notSettings = map[string]bool{
	"CareBenefitVerifySettings":       true,
	"EmbeddedServiceMenuSettings":     true,
	"ExtlClntAppCanvasSettings":       true,
	"ExtlClntAppMobileSettings":       true,
	"ExtlClntAppNotificationSettings": true,
	"ExtlClntAppPushSettings":         true,
	"IframeWhiteListUrlSettings":      true,
	"IndustriesManufacturingSettings": true,
	"LeadConvertSettings":             true,
}

// Location returns the folder and the file suffix, without a dot, of a component type in a deployment archive. It knows
// the types that this provider deals in and the settings family (SecuritySettings), not every component type.
func Location(component string) (folder, suffix string, ok bool) {
	if known, ok := locations[component]; ok {
		return known.folder, known.suffix, true
	}
	if !strings.HasSuffix(component, "Settings") || notSettings[component] {
		return "", "", false
	}
	if t, ok := LookupType(component); !ok || !t.Component {
		return "", "", false
	}
	return settings.folder, settings.suffix, true
}
