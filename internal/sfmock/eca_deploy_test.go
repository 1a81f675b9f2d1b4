package sfmock

import "testing"

// Policies that come along with their app keep the names they were given: none are made up beside them.
func TestECADeployedWithItsPolicies(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	files := map[string]string{
		"package.xml": packageXML(typesXML("ExternalClientApplication", "Robot"), typesXML("ExtlClntAppOauthSettings", "Robot_oauth"),
			typesXML("ExtlClntAppOauthConfigurablePolicies", "Robot_access"), typesXML("ExtlClntAppConfigurablePolicies", "Robot_policy")),
		"externalClientApps/Robot.eca":                       componentXML("ExternalClientApplication", "<label>Robot</label>"),
		"extlClntAppOauthSettings/Robot_oauth.ecaOauth":      componentXML("ExtlClntAppOauthSettings", jwtScopes+ofRobot),
		"extlClntAppOauthPolicies/Robot_access.ecaOauthPlcy": componentXML("ExtlClntAppOauthConfigurablePolicies", "<commaSeparatedProfile>System Administrator</commaSeparatedProfile>"+ofRobot+preAuthorized),
		"extlClntAppPolicies/Robot_policy.ecaPlcy":           componentXML("ExtlClntAppConfigurablePolicies", ofRobot+"<isEnabled>true</isEnabled>"),
	}
	if result := s.deployed(usual, files); result.value("status") != "Succeeded" {
		t.Fatalf("%v", rows(result))
	}
	for typeName, want := range map[string]string{"ExtlClntAppOauthConfigurablePolicies": "Robot_access", "ExtlClntAppConfigurablePolicies": "Robot_policy"} {
		if names := s.policyNames(typeName); len(names) != 1 || names[0] != want {
			t.Errorf("%s: %v, want %s", typeName, names, want)
		}
	}
	if content, _ := s.org.Component("ExtlClntAppOauthConfigurablePolicies", "Robot_access"); content["commaSeparatedProfile"] != "System Administrator" {
		t.Errorf("policy %v", content)
	}
}
