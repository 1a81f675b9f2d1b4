package sfmock

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// partXML is a write of one component of the external client app Robot.
func partXML(operation, typeName, fullName, content string) string {
	return fmt.Sprintf(`<%s><metadata xsi:type="%s"><fullName>%s</fullName>%s</metadata></%[1]s>`, operation, typeName, fullName, content)
}

const (
	ofRobot   = "<externalClientApplication>Robot</externalClientApplication>"
	robotKey  = "3MVG9robotrobotrobotrobot"
	callback  = "<callbackUrl>https://robot.example.com/cb</callbackUrl>"
	jwtScopes = "<commaSeparatedOauthScopes>RefreshToken,Api</commaSeparatedOauthScopes>"
)

// makeECA creates the app Robot, its OAuth settings and global OAuth settings with a certificate.
func (s *soapWire) makeECA() {
	s.t.Helper()
	_, certificate := keyPair()
	for _, part := range [][3]string{
		{"ExternalClientApplication", "Robot", "<contactEmail>robot@example.com</contactEmail><label>The Robot</label>"},
		{"ExtlClntAppOauthSettings", "Robot_oauth", jwtScopes + ofRobot},
		{"ExtlClntAppGlobalOauthSettings", "Robot_global", callback + "<certificate>" + certificate + "</certificate><consumerKey>" + robotKey + "</consumerKey>" + ofRobot + "<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>"},
	} {
		s.wants(partXML("createMetadata", part[0], part[1], part[2]), 200, savedXML("createMetadata", part[1]))
	}
}

// policy updates the OAuth policy that came with the app.
func (s *soapWire) policy(content string) {
	s.t.Helper()
	s.wants(partXML("updateMetadata", "ExtlClntAppOauthConfigurablePolicies", "Robot_oauth_defaultPolicy", content), 200, savedXML("updateMetadata", "Robot_oauth_defaultPolicy"))
}

const preAuthorized = "<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType>"

func TestECAFillsWhatSalesforceMakes(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	org := s.org.Records("Organization")[0]["Id"].(string)[:15]
	app, _ := s.org.Component("ExternalClientApplication", "Robot")
	oauth, _ := s.org.Component("ExtlClntAppOauthSettings", "Robot_oauth")
	global, _ := s.org.Component("ExtlClntAppGlobalOauthSettings", "Robot_global")
	access, _ := s.org.Component("ExtlClntAppOauthConfigurablePolicies", "Robot_oauth_defaultPolicy")
	policies, _ := s.org.Component("ExtlClntAppConfigurablePolicies", "Robot_defaultPolicy")
	for _, check := range []struct {
		content map[string]any
		field   string
		want    any
	}{
		{app, "orgScopedExternalApp", org + ":Robot"},
		{app, "distributionState", "Local"},
		{app, "isProtected", "false"},
		{oauth, "commaSeparatedOauthScopes", "Api, RefreshToken"},
		{oauth, "isFirstPartyAppEnabled", "false"},
		{global, "consumerKey", robotKey},
		{global, "isPkceRequired", "true"},
		{global, "isSecretRequiredForRefreshToken", "true"},
		{global, "isTokenExchangeEnabled", "false"},
		{global, "consumerSecret", nil},
		{access, "ipRelaxationPolicyType", "Enforce"},
		{access, "permittedUsersPolicyType", "AllSelfAuthorized"},
		{access, "refreshTokenPolicyType", "SpecificLifetime"},
		{access, "refreshTokenValidityPeriod", "365"},
		{access, "refreshTokenValidityUnit", "Days"},
		{access, "requiredSessionLevel", "STANDARD"},
		{access, "isClientCredentialsFlowEnabled", "false"},
		{policies, "isEnabled", "true"},
		{policies, "isOauthPluginEnabled", "true"},
		{policies, "startPage", "None"},
		{policies, "externalClientApplication", "Robot"},
	} {
		if check.content[check.field] != check.want {
			t.Errorf("%s = %v, want %v", check.field, check.content[check.field], check.want)
		}
	}
	link, _ := oauth["oauthLink"].(string)
	if !strings.HasPrefix(link, org+":888") || len(link) != 31 {
		t.Errorf("oauthLink %q", link)
	}
	s.wants(partXML("updateMetadata", "ExtlClntAppOauthSettings", "Robot_oauth", jwtScopes+ofRobot+"<oauthLink>"+link+"</oauthLink>"), 200, savedXML("updateMetadata", "Robot_oauth"))
	s.wants(partXML("updateMetadata", "ExtlClntAppGlobalOauthSettings", "Robot_global", callback+ofRobot), 200, savedXML("updateMetadata", "Robot_global"))
	if again, _ := s.org.Component("ExtlClntAppGlobalOauthSettings", "Robot_global"); again["consumerKey"] != robotKey {
		t.Errorf("the key became %v", again["consumerKey"])
	}

	r := &restWire{t, s.org, s.wire}
	r.equal(r.one("SELECT MasterLabel FROM ExternalClientApplication WHERE DeveloperName = 'Robot' AND ContactEmail = 'robot@example.com'", "MasterLabel"), "The Robot")
	r.equal(at(r.toolingQuery("SELECT Id FROM ExtlClntAppOauthPlcyCnfg WHERE ExternalClientApplication.DeveloperName = 'Robot'", 200), "totalSize"), 1.0)
	r.equal(at(r.toolingQuery("SELECT Id FROM ExtlClntAppPlcyCnfg WHERE IsEnabled = true", 200), "totalSize"), 1.0)

	s.wants(`<deleteMetadata><type>ExternalClientApplication</type><fullNames>Robot</fullNames></deleteMetadata>`, 200, savedXML("deleteMetadata", "Robot"))
	for typeName := range ecaTypes {
		if names := s.policyNames(string(typeName)); names != nil {
			t.Errorf("%s: %v are left", typeName, names)
		}
	}
	r.equal(r.count("SELECT Id FROM ExternalClientApplication")+r.count("SELECT Id FROM ExtlClntAppOauthPlcyCnfg"), 0)
}

func TestECARefusals(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	global := "ExtlClntAppGlobalOauthSettings"
	noApp := "In field: externalClientApplication - no ExternalClientApplication named Robot found"
	s.wants(partXML("createMetadata", "ExtlClntAppOauthSettings", "X", ofRobot), 200, notSaved("createMetadata", "X", "INVALID_CROSS_REFERENCE_KEY", noApp))
	s.wants(partXML("createMetadata", "ExternalClientApplication", "Robot__2", ""), 200, notSaved("createMetadata", "Robot__2", unsureECANameCode, unsureECAName))
	s.wants(partXML("createMetadata", "ExternalClientApplication", "Nightly_Export", ""), 200,
		notSaved("createMetadata", "Nightly_Export", "DUPLICATE_VALUE", "duplicate value found: &lt;unknown&gt; duplicates value on record with id: &lt;unknown&gt;"))
	s.wants(partXML("createMetadata", "ExternalClientApplication", "Robot", "<label>R</label>"), 200, savedXML("createMetadata", "Robot"))
	s.wants(partXML("createMetadata", global, "G", callback+ofRobot), 200,
		notSaved("createMetadata", "G", unsureECAGlobalCode, "The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration."))
	s.wants(partXML("createMetadata", "ExtlClntAppOauthSettings", "X", "<commaSeparatedOauthScopes>Api, McpApi</commaSeparatedOauthScopes>"+ofRobot), 200,
		notSaved("createMetadata", "X", unsureECAScopeCode, "There's a problem with your scope(s): McpApi"))
	s.wants(partXML("createMetadata", "ExtlClntAppOauthSettings", "X", ofRobot+"<oauthLink>00D000000000000:888000000000000</oauthLink>"), 200,
		notSaved("createMetadata", "X", "INVALID_CROSS_REFERENCE_KEY", fmt.Sprintf(unsureECALink, "oauthLink", "00D000000000000:888000000000000")))
	s.wants(partXML("createMetadata", "ExtlClntAppOauthSettings", "X", jwtScopes+ofRobot), 200, savedXML("createMetadata", "X"))
	s.wants(partXML("createMetadata", global, "G", ofRobot), 200,
		"<createMetadataResponse><result><errors><fields>callbackUrl</fields><message>Required field is missing: callbackUrl</message><statusCode>REQUIRED_FIELD_MISSING</statusCode></errors><fullName>G</fullName><success>false</success></result></createMetadataResponse>")
	s.wants(partXML("createMetadata", global, "G", callback+"<consumerKey>3MVG9000000000000000000000000000000001</consumerKey>"+ofRobot), 200,
		notSaved("createMetadata", "G", unsureConsumerKeyCode, "The consumer key is already taken."))
	s.wants(partXML("createMetadata", global, "G", callback+ofRobot), 200, savedXML("createMetadata", "G"))
	s.wants(partXML("updateMetadata", global, "G", callback+"<consumerKey>another1</consumerKey>"+ofRobot), 200,
		notSaved("updateMetadata", "G", unsureConsumerKeyCode, "You cannot provide a Consumer Key"))
	s.wants(partXML("createMetadata", "ExtlClntAppOauthConfigurablePolicies", "Mine", ofRobot), 200,
		notSaved("createMetadata", "Mine", "DUPLICATE_VALUE", "duplicate value found: &lt;unknown&gt; duplicates value on record with id: &lt;unknown&gt;"))
	for content, want := range map[string][2]string{
		"<commaSeparatedProfile>System Administrator</commaSeparatedProfile>":             {unsureAccessCode, unsureAccessNeedsApproval},
		"<commaSeparatedPermissionSet>Nope</commaSeparatedPermissionSet>" + preAuthorized: {"INVALID_CROSS_REFERENCE_KEY", "In field: commaSeparatedPermissionSet - no PermissionSet named Nope found"},
		"<clientCredentialsFlowUser>sam.seller@example.com</clientCredentialsFlowUser>":   {unsureRunAsCode, fmt.Sprintf(unsureRunAs, "sam.seller@example.com")},
		"<clientCredentialsFlowUser>nobody@example.com</clientCredentialsFlowUser>":       {"INVALID_CROSS_REFERENCE_KEY", "In field: clientCredentialsFlowUser - no User named nobody@example.com found"},
		"<ipRelaxationPolicyType>ENFORCE</ipRelaxationPolicyType>":                        {unsureECAValueCode, fmt.Sprintf(unsureECAValue, "ipRelaxationPolicyType", "ENFORCE")},
	} {
		s.wants(partXML("updateMetadata", "ExtlClntAppOauthConfigurablePolicies", "X_defaultPolicy", content+ofRobot), 200, notSaved("updateMetadata", "X_defaultPolicy", want[0], want[1]))
	}
	s.wants(partXML("updateMetadata", "ExtlClntAppOauthConfigurablePolicies", "X_defaultPolicy", ofRobot+"<permittedUsersPolicyType>AdminApproved</permittedUsersPolicyType>"), 500,
		soapFaultXML("soapenv:Client", "'AdminApproved' is not a valid value for the enum 'PermittedUsersPolicyType'"))
	sam := s.as(s.tokenOf(s.org, "sam.seller@example.com"))
	if status, answer := sam.call("", partXML("createMetadata", "ExternalClientApplication", "Mine", "")); status != 500 || !strings.Contains(answer, "INSUFFICIENT_ACCESS") {
		t.Errorf("%d %s", status, answer)
	}
}

// robotJWT signs a user in through the app Robot.
func (s *soapWire) robotJWT(username string) string {
	s.t.Helper()
	status, answer := s.form(s.url+tokenPath, jwtForm(s.t, s.wire, map[string]any{"iss": robotKey, "sub": username, "jti": rand.Text()}))
	if status == http.StatusOK {
		return "ok " + answer["scope"].(string)
	}
	return refusal(answer)
}

func TestECASignsInByJWT(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	expect := func(when, username, want string) {
		t.Helper()
		if got := s.robotJWT(username); got != want {
			t.Errorf("%s: %s, want %s", when, got, want)
		}
	}
	notApproved := "invalid_app_access: user is not admin approved to access this app"
	expect("self-authorised", administrator, "invalid_grant: user hasn't approved this consumer")
	s.policy("<commaSeparatedProfile>System Administrator</commaSeparatedProfile>" + ofRobot + preAuthorized)
	expect("by profile", administrator, "ok api")
	expect("another profile", robot, notApproved)

	s.wants(setXML("createMetadata", ""), 200, savedXML("createMetadata", "Api_Client"))
	s.policy("<commaSeparatedPermissionSet>Api_Client</commaSeparatedPermissionSet>" + ofRobot + preAuthorized)
	if content, _ := s.org.Component("ExtlClntAppOauthConfigurablePolicies", "Robot_oauth_defaultPolicy"); content["commaSeparatedPermissionSet"] != "Api_Client" || content["commaSeparatedProfile"] != "System Administrator" {
		t.Errorf("policy %v", content)
	}
	r := &restWire{t, s.org, s.wire}
	r.equal(r.count("SELECT Id FROM SetupEntityAccess WHERE Parent.Name = 'Api_Client' AND SetupEntityType = 'ExternalClientApplication'"), 1)
	s.policy("<commaSeparatedProfile/>" + ofRobot + preAuthorized)
	expect("profile cleared", administrator, notApproved)
	expect("set not assigned", robot, notApproved)
	sam := s.org.Find("User", "Username", robot)["Id"].(string)
	s.wants(groupXML("createMetadata", "<permissionSets>Api_Client</permissionSets>"), 200, savedXML("createMetadata", "Team"))
	group := s.org.Find("PermissionSetGroup", "DeveloperName", "Team")["Id"].(string)
	r.make("PermissionSetAssignment", fmt.Sprintf(`{"AssigneeId":%q,"PermissionSetGroupId":%q}`, sam, group))
	expect("by permission set group", robot, "ok api")

	s.wants(partXML("updateMetadata", "ExtlClntAppConfigurablePolicies", "Robot_defaultPolicy", ofRobot+"<isEnabled>false</isEnabled>"), 200, savedXML("updateMetadata", "Robot_defaultPolicy"))
	expect("disabled", robot, "app_blocked: "+unsureAppBlocked)
	s.wants(partXML("updateMetadata", "ExtlClntAppConfigurablePolicies", "Robot_defaultPolicy", ofRobot+"<isEnabled>true</isEnabled>"), 200, savedXML("updateMetadata", "Robot_defaultPolicy"))
	s.policy(ofRobot + preAuthorized + "<policyAction>Block</policyAction><requiredSessionLevel>HIGH_ASSURANCE</requiredSessionLevel>")
	expect("high assurance", robot, "invalid_session_level: "+unsureSessionLevel)
	s.policy(ofRobot + preAuthorized)
	s.wants(partXML("updateMetadata", "ExtlClntAppOauthSettings", "Robot_oauth", "<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes>"+ofRobot), 200, savedXML("updateMetadata", "Robot_oauth"))
	expect("no refresh scope", robot, "invalid_grant: refresh_token scope is required and the connected app should be installed and preauthorized")
	s.wants(`<deleteMetadata><type>ExternalClientApplication</type><fullNames>Robot</fullNames></deleteMetadata>`, 200, savedXML("deleteMetadata", "Robot"))
	expect("deleted", robot, "invalid_client_id: client identifier invalid")
}

func TestECASignsInByClientCredentials(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	profile := s.org.Find("Profile", "Name", "Minimum Access - API Only Integrations")["Id"]
	_, err := s.org.Insert("User", map[string]any{
		"Username": "etl@example.com", "Email": "etl@example.com", "LastName": "ETL", "Alias": "etl", "ProfileId": profile,
		"TimeZoneSidKey": "GMT", "LocaleSidKey": "en_US", "LanguageLocaleKey": "en_US", "EmailEncodingKey": "UTF-8",
	})
	must(t, err)
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {robotKey}, "client_secret": {s.org.AppSecret("Robot")}}
	if _, answer := s.form(s.url+tokenPath, form); refusal(answer) != "unsupported_grant_type: grant type not supported" {
		t.Errorf("before: %v", answer)
	}
	s.policy("<clientCredentialsFlowUser>etl@example.com</clientCredentialsFlowUser>" + ofRobot + "<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>")
	status, answer := s.form(s.url+tokenPath, form)
	if status != http.StatusOK {
		t.Fatalf("%d %v", status, answer)
	}
	as := *s.wire
	as.token = answer["access_token"].(string)
	if status, _, body := as.do("GET", data+"/limits", ""); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	s.wants(partXML("updateMetadata", "ExtlClntAppGlobalOauthSettings", "Robot_global", callback+ofRobot+
		"<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled><shouldRotateConsumerSecret>true</shouldRotateConsumerSecret>"), 200, savedXML("updateMetadata", "Robot_global"))
	if _, answer := s.form(s.url+tokenPath, form); refusal(answer) != "invalid_client: invalid client credentials" {
		t.Errorf("with the old secret: %v", answer)
	}
	form.Set("client_secret", s.org.AppSecret("Robot"))
	if status, answer := s.form(s.url+tokenPath, form); status != http.StatusOK {
		t.Errorf("with the new secret: %d %v", status, answer)
	}
	s.wants(`<deleteMetadata><type>ExternalClientApplication</type><fullNames>Robot</fullNames></deleteMetadata>`, 200, savedXML("deleteMetadata", "Robot"))
	if status, _, _ := as.do("GET", data+"/limits", ""); status != http.StatusUnauthorized {
		t.Errorf("the token of a deleted app: %d", status)
	}
}

func connectedAppXML(operation, name, oauth, more string) string {
	return partXML(operation, "ConnectedApp", name, "<contactEmail>a@example.com</contactEmail><label>Legacy</label><oauthConfig><callbackUrl>https://a.example.com</callbackUrl>"+oauth+"</oauthConfig>"+more)
}

func TestConnectedApps(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(connectedAppXML("createMetadata", "Legacy", "", ""), 200,
		notSaved("createMetadata", "Legacy", unsureConnectedAppCode, "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support."))
	s.wants(connectedAppXML("updateMetadata", "Nightly_Export", "<isAdminApproved>true</isAdminApproved>", "<profileName>System Administrator</profileName>"), 200, savedXML("updateMetadata", "Nightly_Export"))
	s.org.AllowConnectedAppCreation(true)
	_, certificate := keyPair()
	oauth := "<certificate>" + certificate + "</certificate><consumerKey>" + robotKey[:9] + "LEGACY</consumerKey><consumerSecret>hushhush</consumerSecret><isAdminApproved>true</isAdminApproved>" +
		"<scopes>Api</scopes><scopes>Email</scopes><scopes>Address</scopes><scopes>OfflineAccess</scopes>"
	s.wants(setXML("createMetadata", ""), 200, savedXML("createMetadata", "Api_Client"))
	s.wants(connectedAppXML("createMetadata", "Legacy", oauth, "<permissionSetName>Api_Client</permissionSetName><profileName>System Administrator</profileName>"), 200, savedXML("createMetadata", "Legacy"))
	content, _ := s.org.Component("ConnectedApp", "Legacy")
	config, _ := content["oauthConfig"].(map[string]any)
	if config["consumerKey"] != robotKey[:9]+"LEGACY" || config["consumerSecret"] != nil || config["isPkceRequired"] != "false" || s.org.AppSecret("Legacy") != "hushhush" {
		t.Errorf("oauthConfig %v", config)
	}
	scopes := map[any]bool{}
	for _, scope := range config["scopes"].([]any) {
		scopes[scope] = true
	}
	if len(scopes) != 3 || !scopes["Basic"] || !scopes["RefreshToken"] || !scopes["Api"] {
		t.Errorf("scopes %v", config["scopes"])
	}
	if at(content, "permissionSetName", 0) != "Api Client" || at(content, "profileName", 0) != "System Administrator" {
		t.Errorf("access %v %v", content["permissionSetName"], content["profileName"])
	}
	signIn := func() string {
		_, answer := s.form(s.login+tokenPath, jwtForm(t, s.wire, map[string]any{"iss": robotKey[:9] + "LEGACY"}))
		if answer["error"] != nil {
			return refusal(answer)
		}
		return "ok"
	}
	if got := signIn(); got != "ok" {
		t.Errorf("sign in: %s", got)
	}
	s.wants(`<updateMetadata><metadata xsi:type="MyDomainSettings"><fullName>MyDomain</fullName><doesApiLoginRequireOrgDomain>true</doesApiLoginRequireOrgDomain></metadata></updateMetadata>`, 200, savedXML("updateMetadata", "MyDomain"))
	if got := signIn(); got != "invalid_grant: request not supported on this domain" {
		t.Errorf("sign in off the My Domain: %s", got)
	}
	s.wants(connectedAppXML("updateMetadata", "Legacy", "<consumerKey>another1</consumerKey>", ""), 200, notSaved("updateMetadata", "Legacy", unsureConsumerKeyCode, "You cannot provide a Consumer Key"))
	s.wants(connectedAppXML("createMetadata", "Second", "<consumerKey>"+robotKey[:9]+"LEGACY</consumerKey>", ""), 200, notSaved("createMetadata", "Second", unsureConsumerKeyCode, "The consumer key is already taken."))
	s.wants(connectedAppXML("updateMetadata", "Legacy", "<isAdminApproved>true</isAdminApproved>", "<permissionSetName/>"), 200, savedXML("updateMetadata", "Legacy"))
	if content, _ = s.org.Component("ConnectedApp", "Legacy"); content["permissionSetName"] != nil || at(content, "profileName", 0) != "System Administrator" || at(content, "oauthConfig", "consumerKey") != robotKey[:9]+"LEGACY" {
		t.Errorf("after clearing: %v", content)
	}
	r := &restWire{t, s.org, s.wire}
	r.equal(r.count("SELECT Id FROM ConnectedApplication WHERE Name = 'Legacy' AND OptionsAllowAdminApprovedUsersOnly = true"), 1)
	s.wants(`<deleteMetadata><type>ConnectedApp</type><fullNames>Legacy</fullNames></deleteMetadata>`, 200, savedXML("deleteMetadata", "Legacy"))
	r.equal(r.count("SELECT Id FROM ConnectedApplication"), 2)
}
