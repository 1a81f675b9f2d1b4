package sfmock

import (
	"strings"
	"testing"
)

// setupFiles is a package with components of every type that this org keeps in its own way, as an administrator would write them.
func setupFiles() map[string]string {
	policy := `<lockoutInterval>15</lockoutInterval><maxLoginAttempts>5</maxLoginAttempts><minimumPasswordLength>12</minimumPasswordLength><passwordComplexity>3</passwordComplexity>` +
		`<passwordExpiration>90</passwordExpiration><passwordHistory>3</passwordHistory><passwordQuestion>1</passwordQuestion><profile>admin</profile>`
	session := `<externalCommunityUserIdentityVerif>false</externalCommunityUserIdentityVerif><forceLogout>true</forceLogout><profile>admin</profile>` +
		`<requiredSessionLevel>STANDARD</requiredSessionLevel><sessionPersistence>true</sessionPersistence><sessionTimeout>60</sessionTimeout><sessionTimeoutWarning>true</sessionTimeoutWarning>`
	_, certificate := keyPair()
	return map[string]string{
		"package.xml": packageXML(
			typesXML("ConnectedApp", "Nightly_Export"), typesXML("ExternalClientApplication", "Robot"), typesXML("ExtlClntAppConfigurablePolicies", "Robot_policy"),
			typesXML("ExtlClntAppGlobalOauthSettings", "Robot_global"), typesXML("ExtlClntAppOauthConfigurablePolicies", "Robot_access"), typesXML("ExtlClntAppOauthSecuritySettings", "Robot_security"),
			typesXML("ExtlClntAppOauthSettings", "Robot_oauth"), typesXML("MutingPermissionSet", "Quiet"), typesXML("PermissionSet", "Api_Client"), typesXML("PermissionSetGroup", "Team"),
			typesXML("Profile", "Admin"), typesXML("ProfilePasswordPolicy", "P"), typesXML("ProfileSessionSetting", "S"),
			typesXML("Settings", "ConnectedApp", "ExternalClientApp", "IdentityProvider", "MyDomain", "OauthOidc", "Security", "UserManagement")),
		"connectedApps/Nightly_Export.connectedApp": componentXML("ConnectedApp", "<contactEmail>a@example.com</contactEmail><label>Legacy</label>"+
			"<oauthConfig><callbackUrl>https://a.example.com</callbackUrl><isAdminApproved>true</isAdminApproved><scopes>Api</scopes><scopes>Email</scopes></oauthConfig><profileName>System Administrator</profileName>"),
		"externalClientApps/Robot.eca":                                     componentXML("ExternalClientApplication", "<contactEmail>a@example.com</contactEmail><label>Robot</label>"),
		"extlClntAppPolicies/Robot_policy.ecaPlcy":                         componentXML("ExtlClntAppConfigurablePolicies", ofRobot+"<isEnabled>true</isEnabled><isOauthPluginEnabled>true</isOauthPluginEnabled>"),
		"extlClntAppGlobalOauthSets/Robot_global.ecaGlblOauth":             componentXML("ExtlClntAppGlobalOauthSettings", callback+"<certificate>"+certificate+"</certificate>"+ofRobot),
		"extlClntAppOauthPolicies/Robot_access.ecaOauthPlcy":               componentXML("ExtlClntAppOauthConfigurablePolicies", "<commaSeparatedPermissionSet>Api_Client</commaSeparatedPermissionSet>"+ofRobot+preAuthorized),
		"extlClntAppOauthSettings/Robot_oauth.ecaOauth":                    componentXML("ExtlClntAppOauthSettings", jwtScopes+ofRobot),
		"extlClntAppOauthSecuritySettings/Robot_security.ecaOauthSecurity": componentXML("ExtlClntAppOauthSecuritySettings", ofRobot+"<tokenIpRanges><endIpAddress>192.0.2.9</endIpAddress><startIpAddress>192.0.2.1</startIpAddress></tokenIpRanges>"),
		"mutingpermissionsets/Quiet.mutingpermissionset":                   componentXML("MutingPermissionSet", "<label>Quiet</label>"+permissionXML("ViewSetup", true)),
		"permissionsets/Api_Client.permissionset":                          componentXML("PermissionSet", "<label>Api Client</label>"+permissionXML("ViewSetup", true)),
		"permissionsetgroups/Team.permissionsetgroup":                      componentXML("PermissionSetGroup", "<label>The Team</label><mutingPermissionSets>Quiet</mutingPermissionSets><permissionSets>Api_Client</permissionSets>"),
		"profiles/Admin.profile":                                           componentXML("Profile", "<loginHours><mondayEnd>1440</mondayEnd><mondayStart>0</mondayStart></loginHours><loginIpRanges><endAddress>255.255.255.255</endAddress><startAddress>0.0.0.0</startAddress></loginIpRanges>"),
		"profilePasswordPolicies/P.profilePasswordPolicy":                  componentXML("ProfilePasswordPolicy", policy),
		"profileSessionSettings/S.profileSessionSetting":                   componentXML("ProfileSessionSetting", session),
		"settings/ConnectedApp.settings":                                   componentXML("ConnectedAppSettings", "<enableSkipUserProvisioningWizardWelcomePage>true</enableSkipUserProvisioningWizardWelcomePage>"),
		"settings/ExternalClientApp.settings":                              componentXML("ExternalClientAppSettings", "<enableClientSecretInRestApiAccess>true</enableClientSecretInRestApiAccess>"),
		"settings/IdentityProvider.settings":                               componentXML("IdentityProviderSettings", "<enableIdentityProvider>false</enableIdentityProvider>"),
		"settings/MyDomain.settings":                                       componentXML("MyDomainSettings", "<doesApiLoginRequireOrgDomain>true</doesApiLoginRequireOrgDomain>"),
		"settings/OauthOidc.settings":                                      componentXML("OauthOidcSettings", "<isPkceRequired>true</isPkceRequired>"),
		"settings/Security.settings":                                       componentXML("SecuritySettings", "<networkAccess><ipRanges><description>office</description><end>192.0.2.9</end><start>192.0.2.1</start></ipRanges></networkAccess><sessionSettings><sessionTimeout>FourHours</sessionTimeout></sessionSettings>"),
		"settings/UserManagement.settings":                                 componentXML("UserManagementSettings", "<restrictedProfileCloning>true</restrictedProfileCloning>"),
	}
}

// What is deployed can be retrieved, and what was retrieved deployed again, to no effect.
func TestSetupSurvivesRetrieveAndDeploy(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	if result := s.deployed(usual, setupFiles()); result.value("status") != "Succeeded" {
		t.Fatalf("deployed: %s\n%s", result.value("status"), strings.Join(rows(result), "\n"))
	}
	var types strings.Builder
	for _, typeName := range []string{
		"ConnectedApp", "ExternalClientApplication", "ExtlClntAppConfigurablePolicies", "ExtlClntAppGlobalOauthSettings", "ExtlClntAppOauthConfigurablePolicies",
		"ExtlClntAppOauthSecuritySettings", "ExtlClntAppOauthSettings", "MutingPermissionSet", "PermissionSet", "PermissionSetGroup", "Profile", "ProfilePasswordPolicy", "ProfileSessionSetting",
	} {
		types.WriteString(typesXML(typeName, "*"))
	}
	_, files := s.retrieved(`<singlePackage>true</singlePackage><unpackaged>` + types.String() + typesXML("Settings", "ConnectedApp", "ExternalClientApp", "IdentityProvider", "MyDomain", "OauthOidc", "Security", "UserManagement") + `</unpackaged>`)
	back := map[string]string{}
	for path, content := range files {
		back[path] = string(content)
	}
	result := s.deployed(usual, back)
	for _, row := range rows(result) {
		if strings.HasSuffix(row, " changed") && row != manifestRow || strings.Contains(row, "Error") {
			t.Error(row)
		}
	}
	if result.value("status") != "Succeeded" {
		t.Errorf("deployed again: %s", result.value("status"))
	}
	for path, want := range map[string]string{
		"connectedApps/Nightly_Export.connectedApp":            "<scopes>Basic</scopes>",
		"extlClntAppGlobalOauthSets/Robot_global.ecaGlblOauth": "<shouldRotateConsumerKey>false</shouldRotateConsumerKey>",
		"extlClntAppOauthPolicies/Robot_access.ecaOauthPlcy":   "<commaSeparatedPermissionSet>Api_Client</commaSeparatedPermissionSet>",
		"permissionsetgroups/Team.permissionsetgroup":          "<mutingPermissionSets>Quiet</mutingPermissionSets>",
		"profiles/Admin.profile":                               "<mondayEnd>1440</mondayEnd>",
		"settings/IdentityProvider.settings":                   `<certificateName xsi:nil="true"/>`,
		"settings/Security.settings":                           "<sessionTimeout>FourHours</sessionTimeout>",
		"settings/UserManagement.settings":                     "<restrictedProfileCloning>true</restrictedProfileCloning>",
	} {
		if !strings.Contains(back[path], want) {
			t.Errorf("%s lacks %s:\n%s", path, want, back[path])
		}
	}
}
