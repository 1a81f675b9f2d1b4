package sfmock

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// openCredentials lets the REST API tell consumer secrets.
func (s *soapWire) openCredentials() {
	s.t.Helper()
	must(s.t, s.org.SetComponent("ExternalClientAppSettings", "ExternalClientApp", map[string]any{credentialsSetting: true}))
}

// robotPath is where the credentials of the app Robot are.
func (s *soapWire) robotPath() string {
	s.t.Helper()
	return "/apps/oauth/credentials/" + s.org.Find(ecaApp, "DeveloperName", "Robot")["Id"].(string)
}

// robotRunsAs lets the app Robot sign a user in by client credentials.
func (s *soapWire) robotRunsAs(username string) {
	s.t.Helper()
	s.policy("<clientCredentialsFlowUser>" + username + "</clientCredentialsFlowUser>" + ofRobot + "<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>")
}

func TestCredentialsGate(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	r := &restWire{t, s.org, s.wire}
	path := s.robotPath()
	r.refused("GET", path, "", http.StatusForbidden, unsureCredentialsGateCode, unsureCredentialsOff)
	s.openCredentials()
	r.ask("GET", path[:len(path)-3], "", http.StatusOK) // ids of 15 characters do
	seller := r.as(robot)
	seller.refused("GET", path, "", http.StatusForbidden, unsureCredentialsGateCode, unsureCredentialsUser)
	set := r.make("PermissionSet", `{"Name":"Developer","Label":"D","PermissionsExternalClientAppDeveloper":true}`)
	user := r.one("SELECT Id FROM User WHERE Username = '"+robot+"'", "Id").(string)
	r.make("PermissionSetAssignment", fmt.Sprintf(`{"AssigneeId":%q,"PermissionSetId":%q}`, user, set))
	seller.refused("GET", path, "", http.StatusForbidden, unsureCredentialsGateCode, unsureCredentialsUser)
	must(t, s.org.Update(set, map[string]any{"PermissionsViewClientSecret": true}))
	seller.ask("GET", path, "", http.StatusOK)
	for _, unknown := range []string{"/apps/oauth/credentials/0xI000000000001AAA", path + "/888000000000001", path + "/x/staged", "/apps/oauth/credentials/" + user} {
		r.refused("GET", unknown, "", http.StatusNotFound, "NOT_FOUND", "The requested resource does not exist")
	}
}

func TestCredentialsByAPIVersion(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	s.openCredentials()
	r := &restWire{t, s.org, s.wire}
	consumer := at(r.ask("GET", s.robotPath(), "", http.StatusOK), "consumers", 0, "url").(string)
	for _, c := range []struct {
		version, path string
		status        int
	}{
		{"58.0", "/apps/oauth/usage", 404},
		{"59.0", "/apps/oauth/usage", 200},
		{"59.0", s.robotPath(), 404},
		{"60.0", s.robotPath(), 200},
		{"64.0", strings.TrimPrefix(consumer, data) + "/staged", 404},
		{"65.0", strings.TrimPrefix(consumer, data) + "/staged", 200},
	} {
		if status, _, body := s.do("GET", restPrefix+c.version+c.path, ""); status != c.status {
			t.Errorf("%s of version %s: %d %s", c.path, c.version, status, body)
		}
	}
	if _, _, body := s.do("GET", restPrefix+"64.0"+s.robotPath(), ""); strings.Contains(string(body), "stagedCredentialsUrl") {
		t.Errorf("version 64.0 tells of staged credentials: %s", body)
	}
}

func TestCredentialsByPart(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	s.openCredentials()
	r := &restWire{t, s.org, s.wire}
	listed := at(r.ask("GET", s.robotPath(), "", http.StatusOK), "consumers", 0)
	consumer := strings.TrimPrefix(at(listed, "url").(string), data)
	r.equal(at(listed, "key"), robotKey)
	r.equal(at(listed, "secret"), nil)
	secret := s.org.AppSecret("Robot")
	for part, want := range map[string][2]any{"": {robotKey, nil}, "?part=key": {robotKey, nil}, "?part=secret": {nil, secret}, "?part=keyandsecret": {robotKey, secret}} {
		answer := r.ask("GET", consumer+part, "", http.StatusOK)
		r.equal([2]any{at(answer, "key"), at(answer, "secret")}, want)
	}
	r.refused("GET", consumer+"?part=all", "", http.StatusBadRequest, unsurePartCode, unsurePart)
}

func TestUsageHasAppsThatWereUsed(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	r := &restWire{t, s.org, s.wire}
	r.equal(at(r.ask("GET", "/apps/oauth/usage", "", http.StatusOK), "apps"), []any{})
	r.minimalUser()
	s.robotRunsAs("bare@example.com")
	if _, refused := s.robotCredentials(); refused != "" {
		t.Fatal(refused)
	}
	for n := range 2 {
		app := fmt.Sprintf("Other%d", n)
		must(t, s.org.SetComponent(ecaApp, app, map[string]any{"label": app}))
		must(t, s.org.SetComponent(string(ecaOauth), app, map[string]any{appElement: app, "commaSeparatedOauthScopes": "Api"}))
		must(t, s.org.SetComponent(string(ecaGlobalOauth), app, map[string]any{appElement: app, "callbackUrl": "https://example.com"}))
		s.org.appOfEntity(ecaRecord(s.org, app).id).used = true
	}
	var names []any
	path := "/apps/oauth/usage?pageSize=2"
	for pages := 1; ; pages++ {
		answer := r.ask("GET", path, "", http.StatusOK)
		for i := range at(answer, "apps").([]any) {
			names = append(names, at(answer, "apps", i, "developerName"))
		}
		next, more := at(answer, "nextPageUrl").(string)
		if !more {
			r.equal(pages, 2)
			break
		}
		path = strings.TrimPrefix(next, data)
	}
	r.equal(names, []any{"Robot", "Other0", "Other1"})
}

// The whole life of a pair: staged, rotated in while the old one still works, and the old one's end.
func TestStagedCredentials(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	s.openCredentials()
	r := &restWire{t, s.org, s.wire}
	r.minimalUser()
	s.robotRunsAs("bare@example.com")
	consumer := strings.TrimPrefix(at(r.ask("GET", s.robotPath(), "", http.StatusOK), "consumers", 0, "url").(string), data)
	signIn := func(key, secret any) string {
		return signedIn(s.form(s.url+tokenPath, url.Values{"grant_type": {"client_credentials"}, "client_id": {key.(string)}, "client_secret": {secret.(string)}}))
	}
	oldSecret := s.org.AppSecret("Robot")
	r.equal(at(r.ask("GET", consumer+"/staged", "", http.StatusOK), "stagedCredentials"), []any{})
	staged := at(r.ask("POST", consumer+"/staged", "", http.StatusCreated), "stagedCredentials", 0)
	r.equal(at(staged, "state"), "Active")
	r.refused("POST", consumer+"/staged", "", http.StatusBadRequest, unsureStagedTwiceCode, unsureStagedTwice)
	r.equal(at(r.ask("GET", consumer+"/staged", "", http.StatusOK), "stagedCredentials", 0), staged)
	one := strings.TrimPrefix(at(staged, "url").(string), data)
	r.equal(signIn(at(staged, "key"), at(staged, "secret")), "invalid_client_id: client identifier invalid")

	s.org.Advance(10 * 24 * time.Hour)
	s.token = s.tokenOf(s.org, administrator)
	r.refused("PATCH", one, `{"command":"swap"}`, http.StatusBadRequest, unsureStagedCommandCode, unsureStagedCommand)
	rotated := r.ask("PATCH", one, `{"command":"rotate"}`, http.StatusOK)
	r.equal([]any{at(rotated, "state"), at(rotated, "key"), at(rotated, "secret")}, []any{"Rotated", robotKey, oldSecret})
	r.equal(signIn(at(staged, "key"), at(staged, "secret")), "ok")
	r.equal(signIn(robotKey, oldSecret), "ok")
	r.equal(signIn(robotKey, at(staged, "secret")), "invalid_client: invalid client credentials")
	global, _ := s.org.Component(string(ecaGlobalOauth), "Robot_global")
	r.equal(global["consumerKey"], at(staged, "key"))
	r.refused("PATCH", one, `{"command":"rotate"}`, http.StatusBadRequest, unsureStagedStateCode, unsureStagedState)
	r.refused("POST", consumer+"/staged", "", http.StatusBadRequest, unsureStagedTwiceCode, unsureStagedTwice)

	s.robotRunsAs("bare@example.com") // a later change of the app leaves the pairs as they are
	s.org.Advance(stagedLife - time.Minute)
	s.token = s.tokenOf(s.org, administrator)
	r.equal(signIn(robotKey, oldSecret), "ok")
	s.org.Advance(time.Minute)
	r.equal(signIn(robotKey, oldSecret), "invalid_client_id: client identifier invalid")
	r.equal(signIn(at(staged, "key"), at(staged, "secret")), "ok")
	r.equal(at(r.ask("GET", one, "", http.StatusOK), "state"), "Expired")
	r.ask("DELETE", one, "", http.StatusNoContent)
	r.ask("DELETE", one, "", http.StatusNotFound)

	r.ask("POST", consumer+"/staged", "", http.StatusCreated)
	s.org.Advance(stagedLife)
	s.token = s.tokenOf(s.org, administrator)
	expired := at(r.ask("GET", consumer+"/staged", "", http.StatusOK), "stagedCredentials", 0)
	r.equal(at(expired, "state"), "Expired")
	r.refused("PATCH", strings.TrimPrefix(at(expired, "url").(string), data), `{"command":"rotate"}`, http.StatusBadRequest, unsureStagedStateCode, unsureStagedState)
}

// A pair that was rotated out signs users in by JWT as well, until it is deleted.
func TestReplacedKeySignsInByJWT(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	s.openCredentials()
	s.policy("<commaSeparatedProfile>System Administrator</commaSeparatedProfile>" + ofRobot + preAuthorized)
	r := &restWire{t, s.org, s.wire}
	consumer := strings.TrimPrefix(at(r.ask("GET", s.robotPath(), "", http.StatusOK), "consumers", 0, "url").(string), data)
	one := strings.TrimPrefix(at(r.ask("POST", consumer+"/staged", "", http.StatusCreated), "stagedCredentials", 0, "url").(string), data)
	r.ask("PATCH", one, `{"command":"rotate"}`, http.StatusOK)
	r.equal(s.robotJWT(administrator), "ok api")
	r.ask("DELETE", one, "", http.StatusNoContent)
	r.equal(s.robotJWT(administrator), "invalid_client_id: client identifier invalid")
}
