package sfmock

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// heldByRobot is an org whose app Robot holds two refresh tokens of the administrator and one of another user.
func heldByRobot(t *testing.T) (s *soapWire, r *restWire, app string) {
	t.Helper()
	s = soapClient(t)
	s.makeECA()
	r = &restWire{t, s.org, s.wire}
	s.org.AddApp(connectedApp())
	for _, held := range [][2]string{{"Robot", administrator}, {"Robot", administrator}, {"Robot", r.minimalUser()}, {connectedApp().Name, administrator}} {
		_, err := s.org.AddOAuthToken(held[0], held[1])
		must(t, err)
	}
	return s, r, s.org.Find(ecaApp, "DeveloperName", "Robot")["Id"].(string)
}

func TestUsersOfAnApp(t *testing.T) {
	t.Parallel()
	s, r, app := heldByRobot(t)
	answer := r.ask("GET", "/apps/oauth/usage/"+app+"/users?pageSize=1", "", http.StatusOK)
	r.equal(at(answer, "currentPageUrl"), data+"/apps/oauth/usage/"+app+"/users?page=0&pageSize=1")
	r.equal(at(answer, "nextPageUrl"), data+"/apps/oauth/usage/"+app+"/users?page=1&pageSize=1")
	r.equal(len(at(answer, "users").([]any)), 1)
	user := at(answer, "users", 0)
	id := s.org.Find("User", "Username", administrator)["Id"].(string)
	for name, want := range map[string]any{
		"accessTokenFormat": "Opaque", "appDeveloperName": "Robot", "appIdentifier": app, "useCount": 0.0, "userIdentifier": id, "username": administrator,
		"revocationUrl": data + "/apps/oauth/usage/" + app + "/" + id + "/tokens",
	} {
		r.equal(at(user, name), want)
	}
	tokens := at(r.ask("GET", strings.TrimPrefix(at(user, "revocationUrl").(string), data), "", http.StatusOK), "tokens").([]any)
	r.equal(len(tokens), 2)
	one := strings.TrimPrefix(at(tokens, 0, "revocationUrl").(string), data)
	for path, verbs := range map[string]string{one: "DELETE", "/apps/oauth/usage/" + app + "/tokens": "DELETE", "/apps/oauth/usage/" + app + "/users": "HEAD,GET"} {
		method := map[string]string{"DELETE": "GET", "HEAD,GET": "DELETE"}[verbs]
		r.refused(method, path, "", 405, "METHOD_NOT_ALLOWED", fmt.Sprintf("HTTP Method '%s' not allowed. Allowed are %s", method, verbs))
	}
	r.ask("DELETE", one, "", http.StatusNoContent)
	r.refused("DELETE", one, "", 404, "NOT_FOUND", "The requested resource does not exist")
	r.equal(r.count("SELECT COUNT() FROM OauthToken WHERE AppName = 'Robot'"), 2)
}

func TestRevokingTheTokensOfAnApp(t *testing.T) {
	t.Parallel()
	for path, left := range map[string]int{"/%s/tokens": 1, "/%s/%s/tokens": 2} {
		s, r, app := heldByRobot(t)
		names := []any{app, s.org.Find("User", "Username", administrator)["Id"]}
		r.ask("DELETE", "/apps/oauth/usage"+fmt.Sprintf(path, names[:strings.Count(path, "%")]...), "", http.StatusNoContent)
		r.equal(r.count("SELECT COUNT() FROM OauthToken"), left)
	}
}

// Whoever may not see others' tokens revokes only its own.
func TestRevokingOthersTokens(t *testing.T) {
	t.Parallel()
	_, r, app := heldByRobot(t)
	minimal := r.as("bare@example.com")
	other := r.one("SELECT DeleteToken FROM OauthToken WHERE AppName = 'Robot' AND User.Username = '"+administrator+"' LIMIT 1", "DeleteToken").(string)
	minimal.refused("DELETE", "/apps/oauth/usage/tokens/"+other, "", 404, "NOT_FOUND", "The requested resource does not exist")
	minimal.equal(len(at(minimal.ask("GET", "/apps/oauth/usage/"+app+"/users", "", http.StatusOK), "users").([]any)), 1)
	minimal.ask("DELETE", "/apps/oauth/usage/"+app+"/tokens", "", http.StatusNoContent)
	r.equal(r.count("SELECT COUNT() FROM OauthToken"), 3)
}

func TestUsageOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	s, r, app := heldByRobot(t)
	user := s.org.Find("User", "Username", administrator)["Id"].(string)
	connected := s.org.Records("ConnectedApplication")[0]["Id"].(string)
	for _, path := range []string{"/" + user + "/users", "/" + connected + "/users", "/" + app + "/nothing", "/" + app + "/" + app + "/tokens", "/x/" + user + "/tokens"} {
		r.refused("GET", "/apps/oauth/usage"+path, "", 404, "NOT_FOUND", "The requested resource does not exist")
	}
	r.wire.wants("DELETE", "/services/data/v58.0/apps/oauth/usage/"+app+"/tokens", "", 404, noSuchThing)
}

// Nobody holds tokens of an app that is gone, and a snapshot has none of it.
func TestTokensGoWithTheirApp(t *testing.T) {
	t.Parallel()
	s, r, _ := heldByRobot(t)
	must(t, s.org.RemoveComponent(ecaApp, "Robot"))
	r.equal(r.count("SELECT COUNT() FROM OauthToken"), 1)
	raw, err := s.org.Snapshot()
	must(t, err)
	must(t, New(Options{}).Restore(raw))
	appless := regexp.MustCompile(`"App":\d+,"Refresh"`).ReplaceAll(raw, []byte(`"App":-1,"Refresh"`))
	if err := New(Options{}).Restore(appless); err == nil || !strings.HasSuffix(err.Error(), "a token is of no app") {
		t.Error(err)
	}
}
