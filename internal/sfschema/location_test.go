package sfschema

import "testing"

func TestLocation(t *testing.T) {
	t.Parallel()
	for component, want := range map[string]location{
		"PermissionSet":                  {"permissionsets", "permissionset"},
		"CustomPermission":               {"customPermissions", "customPermission"},
		"ExternalClientApplication":      {"externalClientApps", "eca"},
		"ExtlClntAppGlobalOauthSettings": {"extlClntAppGlobalOauthSets", "ecaGlblOauth"},
		"RemoteSiteSetting":              {"remoteSiteSettings", "remoteSite"},
		"Certificate":                    {"certs", "crt"},
		"Settings":                       {"settings", "settings"},
		"SecuritySettings":               {"settings", "settings"},
		"MyDomainSettings":               {"settings", "settings"},
	} {
		folder, suffix, ok := Location(component)
		if got := (location{folder, suffix}); !ok || got != want {
			t.Errorf("Location(%q) = %q, %t; want %q", component, got, ok, want)
		}
	}
	for _, unknown := range []string{"", "ApexClass", "MadeUpSettings", "SessionSettings", "LeadConvertSettings"} {
		if folder, suffix, ok := Location(unknown); ok {
			t.Errorf("Location(%q) = %q, %q; want none", unknown, folder, suffix)
		}
	}
}

func TestLocationsNameComponents(t *testing.T) {
	t.Parallel()
	notInPublicWSDL := map[string]bool{"Settings": true, "UserAccessPolicy": true}
	for component := range locations {
		if described, _ := LookupType(component); !described.Component && !notInPublicWSDL[component] {
			t.Errorf("%s is no component type", component)
		}
	}
	for component := range notSettings {
		if described, _ := LookupType(component); !described.Component {
			t.Errorf("%s is no component type", component)
		}
	}
}
