package sfschema

import "strings"

// location is where the components of a type lie in a deployment archive: folder/Full_Name.suffix.
type location struct{ folder, suffix string }

// locations are the folders and suffixes of the types that the provider deals in (Metadata API guide, Metadata types).
// The suffix of Certificate is that of its content, beside which lies a .crt-meta.xml.
var locations = map[string]location{
	"AuthProvider":                         {"authproviders", "authprovider"},
	"Certificate":                          {"certs", "crt"},
	"ConnectedApp":                         {"connectedApps", "connectedApp"},
	"CustomPermission":                     {"customPermissions", "customPermission"},
	"ExternalClientApplication":            {"externalClientApps", "eca"},
	"ExternalCredential":                   {"externalCredentials", "externalCredential"},
	"ExtlClntAppConfigurablePolicies":      {"extlClntAppPolicies", "ecaPlcy"},
	"ExtlClntAppGlobalOauthSettings":       {"extlClntAppGlobalOauthSets", "ecaGlblOauth"},
	"ExtlClntAppOauthConfigurablePolicies": {"extlClntAppOauthPolicies", "ecaOauthPlcy"},
	"ExtlClntAppOauthSecuritySettings":     {"extlClntAppOauthSecuritySettings", "ecaOauthSecurity"},
	"ExtlClntAppOauthSettings":             {"extlClntAppOauthSettings", "ecaOauth"},
	"ExtlClntAppSamlConfigurablePolicies":  {"extlClntAppSamlConfigurablePolicies", "ecaSamlPlcy"},
	"Group":                                {"groups", "group"},
	"MutingPermissionSet":                  {"mutingpermissionsets", "mutingpermissionset"},
	"NamedCredential":                      {"namedCredentials", "namedCredential"},
	"OauthCustomScope":                     {"oauthcustomscopes", "oauthcustomscope"},
	"PermissionSet":                        {"permissionsets", "permissionset"},
	"PermissionSetGroup":                   {"permissionsetgroups", "permissionsetgroup"},
	"Profile":                              {"profiles", "profile"},
	"ProfilePasswordPolicy":                {"profilePasswordPolicies", "profilePasswordPolicy"},
	"ProfileSessionSetting":                {"profileSessionSettings", "profileSessionSetting"},
	"RemoteSiteSetting":                    {"remoteSiteSettings", "remoteSite"},
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
