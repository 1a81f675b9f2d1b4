package sfclient

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestLogins(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	user := insert(t, o.Org, "User", userValues(o.Org, "comer@example.com", map[string]any{"IsActive": true}))
	day := func(n int) time.Time { return time.Date(2026, 3, n, 8, 0, 0, 0, time.UTC) }
	c := o.connect(t, o.jwt())
	check := func(what string, want Logins) {
		t.Helper()
		got, known, err := c.Logins(t.Context(), user)
		if diff := cmp.Diff(want, got); diff != "" || !known || err != nil {
			t.Error(what, diff, known, err)
		}
	}
	login := func(n int, kind, status string) {
		t.Helper()
		insert(t, o.Org, "LoginHistory", map[string]any{"UserId": user, "LoginTime": day(n), "LoginType": kind, "Status": status})
	}
	check("no login", Logins{})
	login(9, "Application", "Invalid Password")
	check("a failed login", Logins{})
	login(2, "Application", "Success")
	login(1, "Application", "Success")
	check("logins to the user interface", Logins{Last: day(2), LastUI: day(2)})
	login(3, "Other Apex API", "Success")
	check("a login to the API", Logins{Last: day(3), LastUI: day(2), LastAPI: day(3)})
	login(4, "Remote Access 2.0", "Success")
	check("a login through an app", Logins{Last: day(4), LastUI: day(4), LastAPI: day(4)})

	if asked := o.Requests(sfmock.Match{Contains: "UserPermissionAccess"}); len(asked) != 1 {
		t.Errorf("the caller's permissions were asked for %d times", len(asked))
	}
}

func TestLoginsOfOthers(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.clientCredentials())
	if _, known, err := c.Logins(t.Context(), o.Find("User", "Username", administrator)["Id"].(string)); known || err != nil {
		t.Errorf("without permission the history of another user is known: %t, %v", known, err)
	}
	own, known, err := c.Logins(t.Context(), o.Find("User", "Username", machine)["Id"].(string))
	if !known || err != nil || own.LastAPI.IsZero() {
		t.Errorf("the own history is known: %t, %+v, %v", known, own, err)
	}
}
