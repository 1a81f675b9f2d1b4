package sfclient

import (
	"net/http"
	"strings"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// signedIn opens so many pairs of sessions for the machine, and lets its app hold so many tokens.
func signedIn(t *testing.T, o *sfmock.Org, pairs, tokens int) (userID string) {
	t.Helper()
	for range pairs {
		if err := o.OpenPages(machine); err != nil {
			t.Fatal(err)
		}
	}
	for range tokens {
		if _, err := o.AddOAuthToken("Terraform", machine); err != nil {
			t.Fatal(err)
		}
	}
	userID, _ = o.Find("User", "Username", machine)["Id"].(string)
	return userID
}

// left is how many rows of an object belong to a user.
func left(o *sfmock.Org, object, column, userID string) int {
	n := 0
	for _, row := range o.Records(object) {
		if row[column] == userID {
			n++
		}
	}
	return n
}

func TestEndSessions(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		user := signedIn(t, o, 150, 0)
		if tally, err := c.EndSessions(t.Context(), user); err != nil || tally != (Tally{Done: 300}) {
			t.Errorf("%+v %v", tally, err)
		}
		if n := left(o, "AuthSession", "UsersId", user); n != 0 {
			t.Errorf("%d sessions are left", n)
		}
		calls(t, o, "query", 1)
		if n := o.Calls()["collection"]; n < 2 || n > 3 {
			t.Errorf("%d calls ended 300 sessions", n)
		}
		if err := ask(t.Context(), c); err != nil {
			t.Errorf("the client's own session: %v", err)
		}
		if tally, err := c.EndSessions(t.Context(), user); err != nil || tally != (Tally{}) {
			t.Errorf("of nobody who is signed in: %+v %v", tally, err)
		}
	})
}

func TestEndSessionsTellsWhatIsLeft(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		user := signedIn(t, o, 2, 0)
		o.Fail(sfmock.Match{Kind: "collection"}, 1, sfmock.Fault{Status: 403, Code: "INSUFFICIENT_ACCESS", Message: "no"})
		if tally, err := c.EndSessions(t.Context(), user); err == nil || tally != (Tally{Left: 4}) {
			t.Errorf("%+v %v", tally, err)
		}
		if tally, err := c.EndSessions(t.Context(), user); err != nil || tally != (Tally{Done: 4}) {
			t.Errorf("the second time: %+v %v", tally, err)
		}
	})
}

// One query finds at most 2,500 tokens.
func TestRevokeTokens(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		user := signedIn(t, o, 0, 2501)
		if _, err := o.AddOAuthToken("Terraform", administrator); err != nil {
			t.Fatal(err)
		}
		if tally, err := c.RevokeTokens(t.Context(), user); err != nil || tally != (Tally{Done: 2501}) {
			t.Errorf("%+v %v", tally, err)
		}
		if n := len(o.Records("OauthToken")); n != 1 {
			t.Errorf("%d tokens are left, not the one of somebody else", n)
		}
	})
}

func TestRevokeTokensThroughFaults(t *testing.T) {
	t.Parallel()
	revocations := sfmock.Match{Path: "/services/oauth2/revoke"}
	for name, c := range map[string]struct {
		fault sfmock.Fault
		want  Tally
		says  string
	}{
		"the answer is lost": {sfmock.Fault{ResetAfterCommit: true}, Tally{Done: 3}, ""},
		"a gateway fails":    {sfmock.Fault{Status: 503, Body: "<html>busy</html>"}, Tally{Done: 3}, ""},
		"one is refused":     {sfmock.Fault{Status: 400, Code: "unsupported_token_type", Message: "no"}, Tally{Done: 2, Left: 1}, "unsupported_token_type: no"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, client *Client) {
				t.Helper()
				user := signedIn(t, o, 0, 3)
				o.Fail(revocations, 1, c.fault)
				tally, err := client.RevokeTokens(t.Context(), user)
				if tally != c.want || (err != nil) != (c.says != "") || err != nil && !strings.Contains(err.Error(), c.says) {
					t.Errorf("%+v %v", tally, err)
				}
				if n := left(o, "OauthToken", "UserId", user); n != c.want.Left {
					t.Errorf("%d tokens are left", n)
				}
			})
		})
	}
}

// A token that is listed still after it was revoked is left.
func TestRevokeTokensLooksAgain(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	user := signedIn(t, o.Org, 0, 2)
	o.Fail(sfmock.Match{Path: "/services/oauth2/revoke"}, -1, sfmock.Fault{Status: http.StatusBadRequest, Code: "invalid_token", Message: "this token is invalid"})
	tally, err := o.connect(t, o.jwt()).RevokeTokens(t.Context(), user)
	if err == nil || tally != (Tally{Left: 2}) || !strings.Contains(err.Error(), "still lists 2 tokens") {
		t.Errorf("%+v %v", tally, err)
	}
}
