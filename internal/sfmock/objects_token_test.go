package sfmock

import (
	"net/http"
	"net/url"
	"testing"
)

// holdToken lets the app hold a refresh token for a user.
func (r *restWire) holdToken(username string) string {
	r.Helper()
	token, err := r.org.AddOAuthToken("Deployer", username)
	must(r.T, err)
	return token
}

func TestOAuthTokens(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	r.org.AddApp(connectedApp())
	refresh := r.holdToken(administrator)
	grant := url.Values{"grant_type": {"refresh_token"}, "client_id": {"key-1"}, "client_secret": {"secret-1"}, "refresh_token": {refresh}}
	status, answer := r.wire.form(r.wire.url+tokenPath, grant)
	if status != http.StatusOK {
		t.Fatalf("%d %v", status, answer)
	}
	row := at(r.query("SELECT Id, AppName, AccessToken, DeleteToken, UseCount, UserId FROM OauthToken"), "records", 0)
	r.equal(at(row, "Id"), nil)
	r.equal(at(row, "AppName"), "Deployer")
	r.equal(at(row, "AccessToken"), refresh)
	r.equal(at(row, "UseCount"), 1.0)
	r.refused("POST", "/sobjects/OauthToken", `{}`, 405, "METHOD_NOT_ALLOWED", "HTTP Method 'POST' not allowed. Allowed are HEAD,GET")

	minimal := r.as(r.minimalUser())
	minimal.equal(minimal.count("SELECT COUNT() FROM OauthToken"), 0)

	live := *r.wire
	live.token, _ = answer["access_token"].(string)
	if status, _, body := live.do("GET", resources, ""); status != http.StatusOK {
		t.Fatalf("the refreshed session: %d %s", status, body)
	}
	revoke := url.Values{"token": {at(row, "DeleteToken").(string)}}
	if status, answer := r.wire.form(r.wire.url+"/services/oauth2/revoke", revoke); status != http.StatusOK {
		t.Fatalf("%d %v", status, answer)
	}
	live.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
	if _, answer := r.wire.form(r.wire.url+"/services/oauth2/revoke", revoke); answer["error"] != "invalid_token" {
		t.Errorf("revoked twice: %v", answer)
	}
	if _, answer := r.wire.form(r.wire.url+tokenPath, grant); refusal(answer) != "invalid_grant: expired access/refresh token" {
		t.Errorf("refreshed after the revocation: %v", answer)
	}
	r.equal(r.count("SELECT COUNT() FROM OauthToken"), 0)
	if _, err := r.org.AddOAuthToken("Other", administrator); err == nil {
		t.Error("an app that isn't there holds a token")
	}
}

// A query ends after 2,500 rows, in pages of 500, whatever there is.
func TestOAuthTokenPages(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	r.org.AddApp(connectedApp())
	for range 2600 {
		r.holdToken(robot)
	}
	r.equal(r.count("SELECT COUNT() FROM OauthToken"), 2600)
	rows, pages := 0, 0
	for next := "/query?q=" + url.QueryEscape("SELECT DeleteToken FROM OauthToken"); next != ""; pages++ {
		page := r.ask("GET", next, "", http.StatusOK)
		rows += len(at(page, "records").([]any))
		next, _ = at(page, "nextRecordsUrl").(string)
		if next != "" {
			next = next[len(data):]
		}
	}
	r.equal(rows, 2500)
	r.equal(pages, 5)
}

func TestTokensAreRevokedByURL(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		r := restClient(t)
		r.org.AddApp(connectedApp())
		r.holdToken(administrator)
		path := "/services/oauth2/revoke?token=" + r.one("SELECT DeleteToken FROM OauthToken", "DeleteToken").(string)
		r.wire.wants(method, path, "", http.StatusOK, "")
		r.equal(r.count("SELECT COUNT() FROM OauthToken"), 0)
		r.wire.wants(method, path, "", http.StatusBadRequest, `{"error":"invalid_token","error_description":"`+unsureDeadToken+`"}`)
	}
}
