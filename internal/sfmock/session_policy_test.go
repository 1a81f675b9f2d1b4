package sfmock

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// alive tells whether a call with the token is answered.
func (w *wire) alive(token string) bool {
	w.t.Helper()
	as := *w
	as.token = token
	status, _, _ := as.do("GET", resources, "")
	return status == http.StatusOK
}

// signIn mints a token by JWT for the administrator.
func (w *wire) signIn(org *Org) string {
	w.t.Helper()
	_, answer := w.form(w.url+tokenPath, jwtForm(w.t, w, map[string]any{"exp": org.now().Add(time.Minute).Unix()}))
	token, _ := answer["access_token"].(string)
	if token == "" {
		w.t.Fatalf("sign in: %v", answer)
	}
	return token
}

func TestSessionTimeoutFollowsThePolicies(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	app := connectedApp()
	lives := func(whose string, want time.Duration) {
		t.Helper()
		s.org.AddApp(app)
		for _, wait := range []time.Duration{want - time.Minute, want} { // the org's clock goes on by itself while the test runs
			token := s.signIn(s.org)
			s.org.Advance(wait)
			if got := s.alive(token); got != (wait < want) {
				t.Errorf("%s: alive %t after %s", whose, got, wait)
			}
		}
		s.token = s.tokenOf(s.org, administrator)
	}
	lives("the platform's", 2*time.Hour)
	s.wants(securityXML("<sessionSettings><sessionTimeout>FifteenMinutes</sessionTimeout></sessionSettings>"), 200, savedXML("updateMetadata", "Security"))
	lives("the org's", 15*time.Minute)
	s.wants(sessionSettingXML("createMetadata", "X", "Admin", ""), 200, savedXML("createMetadata", "X"))
	lives("the profile's", time.Hour)
	app.SessionTimeout = 30 * time.Minute
	lives("the app's", 30*time.Minute)
}

func TestJWTAccessTokens(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	app := connectedApp()
	app.JWTTokens, app.TokenLifetime = true, 10*time.Minute
	s.org.AddApp(app)
	token := s.signIn(s.org)
	if strings.Count(token, ".") != 2 || !strings.HasPrefix(token, "eyJ") {
		t.Fatalf("token %s", token)
	}
	list := `<listMetadata><queries><type>SamlSsoConfig</type></queries></listMetadata>`
	s.as(token).wants(list, 200, `<listMetadataResponse></listMetadataResponse>`)
	old := s.as(token)
	old.version = "67.0"
	old.wants(list, 500, soapFaultXML("sf:INVALID_SESSION_ID", "INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session"))
	s.org.Advance(9 * time.Minute)
	if !s.alive(token) {
		t.Error("dead before its time")
	}
	s.org.Advance(time.Minute)
	if s.alive(token) {
		t.Error("use prolonged a token whose time is fixed")
	}
}

func TestSessionsAreLockedToAddresses(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.org.AddApp(connectedApp())
	saved := savedXML("updateMetadata", "Security")
	s.org.SetSourceIP("192.0.2.1")
	token := s.signIn(s.org)
	s.org.SetSourceIP("198.51.100.1")
	if !s.alive(token) {
		t.Error("sessions are locked although nobody wants it")
	}
	s.wants(securityXML("<sessionSettings><lockSessionsToIp>true</lockSessionsToIp></sessionSettings>"), 200, saved)
	if s.alive(token) {
		t.Error("used from another address")
	}
	s.org.SetSourceIP("192.0.2.1")
	if !s.alive(token) {
		t.Error("dead at its own address")
	}
	s.org.SetSourceIP("198.51.100.1")
	s.wants(securityXML("<sessionSettings><enforceIpRangesEveryRequest>true</enforceIpRangesEveryRequest><lockSessionsToIp>false</lockSessionsToIp></sessionSettings>"), 200, saved)
	s.wants(adminXML("<loginIpRanges><endAddress>192.0.2.9</endAddress><startAddress>192.0.2.1</startAddress></loginIpRanges>"), 200, savedXML("updateMetadata", "Admin"))
	if s.alive(token) {
		t.Error("used from outside the profile's ranges")
	}
	s.org.SetSourceIP("192.0.2.9")
	if !s.alive(token) {
		t.Error("dead within the profile's ranges")
	}
}

// Only the client credentials flow follows an app's relaxation of the login IP ranges.
func TestClientCredentialsFollowTheRelaxation(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	username := integration(t, s.org)
	s.wants(profileXML("updateMetadata", "Minimum Access - API Only Integrations", "<loginIpRanges><endAddress>192.0.2.9</endAddress><startAddress>192.0.2.1</startAddress></loginIpRanges>"), 200,
		savedXML("updateMetadata", "Minimum Access - API Only Integrations"))
	s.wants(securityXML("<sessionSettings><enforceIpRangesEveryRequest>true</enforceIpRangesEveryRequest></sessionSettings>"), 200, savedXML("updateMetadata", "Security"))
	for relaxation, want := range map[string]string{
		"Enforce": "invalid_grant: ip restricted", "Bypass_2factor": "invalid_grant: ip restricted", "Enforce_RelaxRefresh": "invalid_grant: ip restricted", "Bypass": "",
	} {
		s.policy("<clientCredentialsFlowUser>" + username + "</clientCredentialsFlowUser>" + ofRobot + "<ipRelaxationPolicyType>" + relaxation + "</ipRelaxationPolicyType>" +
			"<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>" + preAuthorized + "<commaSeparatedProfile>Minimum Access - API Only Integrations</commaSeparatedProfile>")
		token, got := s.robotCredentials()
		if got != want || want == "" && !s.alive(token) {
			t.Errorf("%s: %q, want %q", relaxation, got, want)
		}
		if got := s.robotJWT(username); got != "invalid_grant: ip restricted" {
			t.Errorf("%s: an assertion gets %s", relaxation, got)
		}
	}
}

func TestAnAdministratorsResetEndsSessions(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	path := data + "/sobjects/User/" + s.org.Find("User", "Username", robot)["Id"].(string) + "/password"
	token := s.tokenOf(s.org, robot)
	s.do("DELETE", path, "")
	if !s.alive(token) {
		t.Error("a reset ended the session although nobody wants it")
	}
	s.wants(securityXML("<sessionSettings><terminateUserSessionsWhenAdminResetsPassword>true</terminateUserSessionsWhenAdminResetsPassword></sessionSettings>"), 200, savedXML("updateMetadata", "Security"))
	s.do("POST", path, `{"NewPassword":"correct1horse"}`)
	if s.alive(token) {
		t.Error("a reset left the session alive")
	}
}
