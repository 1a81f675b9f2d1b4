package sfmock

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// robotCredentials asks for a token by the client credentials of the app Robot.
func (s *soapWire) robotCredentials() (token, refused string) {
	s.t.Helper()
	status, answer := s.form(s.url+tokenPath, url.Values{"grant_type": {"client_credentials"}, "client_id": {robotKey}, "client_secret": {s.org.AppSecret("Robot")}})
	if status != http.StatusOK {
		return "", refusal(answer)
	}
	return answer["access_token"].(string), ""
}

// signedIn is "ok", or the refusal of a token.
func signedIn(status int, answer map[string]any) string {
	if status == http.StatusOK {
		return "ok"
	}
	return refusal(answer)
}

func TestNewAppsTakeTimeToBeKnown(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.org.SetAppPropagation(30 * time.Minute)
	s.makeECA()
	s.policy("<commaSeparatedProfile>System Administrator</commaSeparatedProfile>" + ofRobot + preAuthorized)
	signIn := func() string {
		return signedIn(s.form(s.url+tokenPath, jwtForm(t, s.wire, map[string]any{"iss": robotKey, "exp": s.org.now().Add(time.Minute).Unix()})))
	}
	unknown := "invalid_client_id: client identifier invalid"
	if got := signIn(); got != unknown {
		t.Errorf("at once: %s", got)
	}
	if _, got := s.robotCredentials(); got != unknown {
		t.Errorf("by client credentials: %s", got)
	}
	s.org.Advance(30 * time.Minute)
	if got := signIn(); got != "ok" {
		t.Errorf("half an hour later: %s", got)
	}
}

func TestBlacklistedConsumersAreBlocked(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	s.wants(partXML("createMetadata", "BlacklistedConsumer", "Robot", "<blockedByApiWhitelisting>false</blockedByApiWhitelisting><consumerKey>"+robotKey+"</consumerKey><consumerName>The Robot</consumerName><masterLabel>Robot</masterLabel>"),
		200, savedXML("createMetadata", "Robot"))
	if got := s.robotJWT(administrator); got != "app_blocked: "+unsureAppBlocked {
		t.Errorf("sign in: %s", got)
	}
}

func TestECANormalisations(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	policy := func() map[string]any {
		content, _ := s.org.Component("ExtlClntAppOauthConfigurablePolicies", "Robot_oauth_defaultPolicy")
		return content
	}
	period := "<refreshTokenValidityPeriod>30</refreshTokenValidityPeriod><refreshTokenValidityUnit>Hours</refreshTokenValidityUnit>"
	for kind, keeps := range map[string]bool{"Zero": false, "Infinite": false, "SpecificInactivity": true, "SpecificLifetime": true} {
		s.policy(ofRobot + "<refreshTokenPolicyType>" + kind + "</refreshTokenPolicyType>" + period)
		content := policy()
		if kept := content["refreshTokenValidityPeriod"] == "30" && content["refreshTokenValidityUnit"] == "Hours"; kept != keeps || !keeps && (content["refreshTokenValidityPeriod"] != nil || content["refreshTokenValidityUnit"] != nil) {
			t.Errorf("%s: %v %v", kind, content["refreshTokenValidityPeriod"], content["refreshTokenValidityUnit"])
		}
	}

	global := func(content string) any {
		s.wants(partXML("updateMetadata", "ExtlClntAppGlobalOauthSettings", "Robot_global", callback+ofRobot+content), 200, savedXML("updateMetadata", "Robot_global"))
		read, _ := s.org.Component("ExtlClntAppGlobalOauthSettings", "Robot_global")
		return read["isPkceRequired"]
	}
	off := "<isPkceRequired>false</isPkceRequired>"
	if got := global(off); got != "false" {
		t.Errorf("isPkceRequired is %v where it is free", got)
	}
	s.org.KeepPKCE(true)
	if got := global(off); got != "true" {
		t.Errorf("isPkceRequired is %v where it is forced", got)
	}

	many := strings.Repeat("<trustedIpRanges><endIpAddress>192.0.2.1</endIpAddress><startIpAddress>192.0.2.1</startIpAddress></trustedIpRanges>", 129)
	s.wants(partXML("updateMetadata", "ExtlClntAppOauthSettings", "Robot_oauth", ofRobot+many), 200, notSaved("updateMetadata", "Robot_oauth", unsureAppListCode, fmt.Sprintf(unsureAppList, "trustedIpRanges", 128)))
	s.wants(partXML("createMetadata", "ExtlClntAppOauthSecuritySettings", "Robot_sec", ofRobot+"<tokenIpRanges><endIpAddress>192.0.2.1</endIpAddress><startIpAddress>192.0.2.9</startIpAddress></tokenIpRanges>"), 200,
		notSaved("createMetadata", "Robot_sec", unsureAppListCode, fmt.Sprintf(unsureAddressRange, "192.0.2.9", "192.0.2.1")))
}

// Developers write apps, administrators write policies.
func TestECAPermissions(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	s.wants(setXML("createMetadata", permissionXML("ModifyMetadata", true)+permissionXML("ExternalClientAppDeveloper", true)), 200, savedXML("createMetadata", "Api_Client"))
	_, err := s.org.Insert("PermissionSetAssignment", map[string]any{"AssigneeId": s.org.Find("User", "Username", robot)["Id"], "PermissionSetId": s.org.Find("PermissionSet", "Name", "Api_Client")["Id"]})
	must(t, err)
	developer := s.as(s.tokenOf(s.org, robot))
	developer.wants(partXML("updateMetadata", "ExternalClientApplication", "Robot", "<label>Mine</label>"), 200, savedXML("updateMetadata", "Robot"))
	refused := errAccess()
	developer.wants(partXML("updateMetadata", "ExtlClntAppConfigurablePolicies", "Robot_defaultPolicy", ofRobot+"<isEnabled>true</isEnabled>"), 200,
		notSaved("updateMetadata", "Robot_defaultPolicy", refused.Code, refused.Message))
}

func TestConnectedAppRules(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	username := integration(t, s.org)
	approved := "<isAdminApproved>true</isAdminApproved>"
	for content, want := range map[[2]string][2]string{
		{"", "<profileName>System Administrator</profileName>"}:                                                                                                    {unsureAccessCode, unsureAccessNeedsApproval},
		{approved, "<permissionSetName>Nope</permissionSetName>"}:                                                                                                  {"INVALID_CROSS_REFERENCE_KEY", "In field: permissionSetName - no PermissionSet named Nope found"},
		{approved, "<profileName>Nope</profileName>"}:                                                                                                              {"INVALID_CROSS_REFERENCE_KEY", "In field: profileName - no Profile named Nope found"},
		{approved, "<oauthPolicy><ipRelaxation>Enforce</ipRelaxation><refreshTokenPolicy>zero</refreshTokenPolicy></oauthPolicy>"}:                                 {unsureECAValueCode, fmt.Sprintf(unsureECAValue, "ipRelaxation", "Enforce")},
		{approved, "<oauthPolicy><ipRelaxation>ENFORCE</ipRelaxation><refreshTokenPolicy>specific_lifetime:1:WEEKS</refreshTokenPolicy></oauthPolicy>"}:            {unsureECAValueCode, fmt.Sprintf(unsureECAValue, "refreshTokenPolicy", "specific_lifetime:1:WEEKS")},
		{approved, "<sessionPolicy><sessionLevel>TOP</sessionLevel></sessionPolicy>"}:                                                                              {unsureECAValueCode, fmt.Sprintf(unsureECAValue, "sessionLevel", "TOP")},
		{approved, "<ipRanges><end>192.0.2.1</end><start>192.0.2.9</start></ipRanges>"}:                                                                            {unsureAppListCode, fmt.Sprintf(unsureAddressRange, "192.0.2.9", "192.0.2.1")},
		{approved + "<isClientCredentialEnabled>true</isClientCredentialEnabled>", ""}:                                                                             {unsureRunAsCode, unsureNoRunAs},
		{approved + "<isClientCredentialEnabled>true</isClientCredentialEnabled><oauthClientCredentialUser>" + administrator + "</oauthClientCredentialUser>", ""}: {unsureRunAsCode, fmt.Sprintf(unsureRunAs, administrator)},
		{approved + "<oauthClientCredentialUser>nobody@example.com</oauthClientCredentialUser>", ""}:                                                               {"INVALID_CROSS_REFERENCE_KEY", "In field: oauthClientCredentialUser - no User named nobody@example.com found"},
	} {
		s.wants(connectedAppXML("updateMetadata", "Nightly_Export", content[0], content[1]), 200, notSaved("updateMetadata", "Nightly_Export", want[0], want[1]))
	}

	s.org.AllowConnectedAppCreation(true)
	s.wants(connectedAppXML("createMetadata", "Legacy", "<consumerSecret>short</consumerSecret>", ""), 200, notSaved("createMetadata", "Legacy", unsureConsumerKeyCode, unsureConsumerSecret))
	run := approved + "<isClientCredentialEnabled>true</isClientCredentialEnabled><oauthClientCredentialUser>" + username + "</oauthClientCredentialUser><scopes>Api</scopes>"
	s.wants(connectedAppXML("createMetadata", "Legacy", "<consumerKey>LegacyKey1</consumerKey><consumerSecret>LegacySecret1</consumerSecret>"+run, "<sessionPolicy><sessionTimeout>15</sessionTimeout></sessionPolicy>"), 200, savedXML("createMetadata", "Legacy"))
	status, answer := s.form(s.url+tokenPath, url.Values{"grant_type": {"client_credentials"}, "client_id": {"LegacyKey1"}, "client_secret": {"LegacySecret1"}})
	if status != http.StatusOK {
		t.Fatalf("%d %v", status, answer)
	}
	s.org.Advance(15 * time.Minute)
	if s.alive(answer["access_token"].(string)) {
		t.Error("the app's session timeout doesn't count")
	}
}

func TestAPIAccessControl(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	r := &restWire{t, s.org, s.wire}
	column := "SELECT Id FROM Profile WHERE Name = 'System Administrator' AND PermissionsUseAnyApiClient = false"
	hasNoColumn := func() {
		t.Helper()
		r.equal(at(r.ask("GET", "/query?q="+url.QueryEscape(column), "", http.StatusBadRequest), 0, "errorCode"), "INVALID_FIELD")
	}
	hasNoColumn()
	app := connectedApp()
	app.AdminApproved = false
	s.org.AddApp(app)
	must(t, s.org.Approve(app.Name, administrator))

	s.org.SetAPIAccessControl(true)
	r.equal(r.count(column), 1)
	switchOn := `<updateMetadata><metadata xsi:type="ConnectedAppSettings"><fullName>ConnectedApp</fullName><enableAdminApprovedAppsOnly>true</enableAdminApprovedAppsOnly></metadata></updateMetadata>`
	s.wants(switchOn, 200, savedXML("updateMetadata", "ConnectedApp"))
	if content, _ := s.org.Component("ConnectedAppSettings", "ConnectedApp"); content["enableAdminApprovedAppsOnly"] != "true" {
		t.Errorf("settings %v", content)
	}
	signIn := func() string { return signedIn(s.form(s.url+tokenPath, jwtForm(t, s.wire, nil))) }
	if got := signIn(); got != "app_blocked: "+unsureAppBlocked {
		t.Errorf("an app that nobody allowed: %s", got)
	}
	must(t, s.org.Update(s.org.Find("Profile", "Name", administratorProfile)["Id"].(string), map[string]any{"PermissionsUseAnyApiClient": true}))
	if got := signIn(); got != "ok" {
		t.Errorf("a user who may use any: %s", got)
	}
	s.org.SetAPIAccessControl(false)
	s.wants(switchOn, 200, notSaved("updateMetadata", "ConnectedApp", unsureFeatureCode, "Not available for deploy for this organization"))
	hasNoColumn()
}

// A write of an app makes it anew for sign-ins, but for what users and time did to it.
func TestAppsKeepTheirPastWhenTheyChange(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	r := &restWire{t, s.org, s.wire}
	s.org.SetAppPropagation(2 * time.Minute)
	s.makeECA()
	must(t, s.org.Approve("Robot", administrator))
	s.org.Advance(2 * time.Minute)
	used := func() int { return len(at(r.ask("GET", "/apps/oauth/usage", "", http.StatusOK), "apps").([]any)) }
	r.equal(used(), 0)
	r.equal(s.robotJWT(administrator), "ok api")
	r.equal(used(), 1)
	s.policy("<sessionTimeoutInMinutes>30</sessionTimeoutInMinutes>" + ofRobot)
	r.equal(used(), 1)
	r.equal(s.robotJWT(administrator), "ok api")
}
