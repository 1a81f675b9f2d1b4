package sfmock

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

func TestAuthSessions(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	user := r.one("SELECT Id FROM User WHERE Username = '"+robot+"'", "Id")
	must(t, r.org.OpenPages(robot))

	seller := r.as(robot)
	r.equal(r.count("SELECT COUNT() FROM AuthSession"), 4)

	pages := at(r.query("SELECT Id, UsersId, SessionType, LoginType, SessionSecurityLevel, ParentId, NumSecondsValid, IsCurrent, UserType FROM AuthSession WHERE SessionType = 'UI'"), "records", 0)
	r.equal(at(pages, "UsersId"), user)
	r.equal(at(pages, "ParentId"), at(pages, "Id"))
	r.equal(at(pages, "NumSecondsValid"), 7200.0)
	r.equal(at(pages, "IsCurrent"), false)
	r.equal(at(pages, "UserType"), "Standard")
	r.equal(r.one("SELECT ParentId FROM AuthSession WHERE SessionType = 'Content'", "ParentId"), at(pages, "Id"))
	r.equal(r.count("SELECT COUNT() FROM AuthSession WHERE IsCurrent = true"), 1)

	id, _ := at(pages, "Id").(string)
	r.equal(at(r.ask("GET", "/sobjects/AuthSession/"+id, "", http.StatusOK), "LoginType"), "Application")
	r.refused("PATCH", "/sobjects/AuthSession/"+id, `{"UsersId":null}`, 405, "METHOD_NOT_ALLOWED", "HTTP Method 'PATCH' not allowed. Allowed are HEAD,GET,DELETE")
	r.ask("DELETE", "/sobjects/AuthSession/"+id, "", http.StatusNoContent)
	r.ask("DELETE", "/sobjects/AuthSession/"+id, "", http.StatusNotFound)
	r.equal(r.count("SELECT COUNT() FROM AuthSession WHERE UsersId = '"+user.(string)+"'"), 1) // the child went along

	r.ask("DELETE", "/composite/sobjects?ids="+r.one("SELECT Id FROM AuthSession WHERE UsersId = '"+user.(string)+"'", "Id").(string), "", http.StatusOK)
	seller.wire.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
}

// Without Manage Users there are only one's own sessions, and they are all that can be ended.
func TestOwnAuthSessions(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	administrators := r.one("SELECT Id FROM AuthSession", "Id").(string)
	minimal := r.as(r.minimalUser())
	must(t, r.org.OpenPages(robot))
	minimal.equal(minimal.count("SELECT COUNT() FROM AuthSession"), 1)
	refusal := errAccess()
	minimal.refused("DELETE", "/sobjects/AuthSession/"+administrators, "", refusal.Status, refusal.Code, refusal.Message)
	r.equal(r.count("SELECT COUNT() FROM AuthSession"), 4)
	minimal.ask("DELETE", "/sobjects/AuthSession/"+minimal.one("SELECT Id FROM AuthSession", "Id").(string), "", http.StatusNoContent)
	minimal.wire.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
}

func TestAuthSessionsLeaveWithTheirSessions(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*Org) error{
		"revoked":  func(o *Org) error { return o.RevokeSessions(robot) },
		"frozen":   func(o *Org) error { return o.Freeze(robot, true) },
		"expired":  func(o *Org) error { o.ExpireSessions(); return nil },
		"idle out": func(o *Org) error { o.Advance(3 * time.Hour); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := New(Options{})
			must(t, o.OpenPages(robot))
			if n := len(o.Records("AuthSession")); n != 2 {
				t.Fatalf("%d sessions", n)
			}
			must(t, end(o))
			if left := o.Records("AuthSession"); len(left) != 0 {
				t.Errorf("%v are left", left)
			}
		})
	}
}

// What a transaction ends is alive again when the transaction is undone.
func TestAuthSessionsComeBackWithTheirTransaction(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	must(t, r.org.OpenPages(robot))
	page := r.one("SELECT Id FROM AuthSession WHERE SessionType = 'UI'", "Id").(string)
	r.ask("DELETE", "/composite/sobjects?allOrNone=true&ids="+page+",0AkHs0000000000AAA", "", http.StatusOK)
	r.equal(r.count("SELECT COUNT() FROM AuthSession WHERE SessionType IN ('UI', 'Content')"), 2)
	r.ask("DELETE", "/composite/sobjects?ids="+page, "", http.StatusOK)
	r.equal(r.count("SELECT COUNT() FROM AuthSession WHERE SessionType IN ('UI', 'Content')"), 0)
}

// A session names the log-in that began it, also after a restart. A token that was handed out without one has none.
func TestAuthSessionsNameTheirLogin(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	r.org.AddApp(connectedApp())
	for range 2 {
		if status, answer := r.wire.form(r.wire.url+tokenPath, jwtForm(t, r.wire, nil)); status != http.StatusOK {
			t.Fatal(answer)
		}
	}
	refresh := url.Values{"grant_type": {"refresh_token"}, "client_id": {"key-1"}, "client_secret": {"secret-1"}, "refresh_token": {r.holdToken(administrator)}}
	if status, answer := r.wire.form(r.wire.url+tokenPath, refresh); status != http.StatusOK {
		t.Fatal(answer)
	}
	raw, err := r.org.Snapshot()
	must(t, err)
	must(t, r.org.Restore(raw))
	seen := map[any]bool{}
	for i := range 3 {
		row := at(r.query("SELECT LoginHistoryId, LoginSubType, UsersId, LoginHistory.LoginType, LoginHistory.UserId FROM AuthSession WHERE SessionType = 'Oauth2' ORDER BY Id"), "records", i)
		r.equal(at(row, "LoginHistory", "LoginType"), unsureLoginTypeOfOAuth)
		r.equal(at(row, "LoginHistory", "UserId"), at(row, "UsersId"))
		r.equal(at(row, "LoginSubType"), []any{nil, nil, "OauthRefreshToken"}[i])
		seen[at(row, "LoginHistoryId")] = true
	}
	r.equal(len(seen), 3)
	r.equal(r.one("SELECT LoginHistoryId FROM AuthSession WHERE SessionType != 'Oauth2'", "LoginHistoryId"), nil)
}
