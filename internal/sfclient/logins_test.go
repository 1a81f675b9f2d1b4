package sfclient

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestLogins(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	user := insert(t, o.Org, "User", userValues(o.Org, "comer@example.com", map[string]any{"IsActive": true}))
	c := o.connect(t, o.jwt())
	for _, login := range []struct{ day, kind, status string }{
		{"2026-03-01", "Application", "Success"},
		{"2026-03-02", "Application", "Success"},
		{"2026-03-09", "Application", "Invalid Password"},
		{"2026-03-03", "Other Apex API", "Success"},
	} {
		insert(t, o.Org, "LoginHistory", map[string]any{"UserId": user, "LoginTime": login.day + "T08:00:00Z", "LoginType": login.kind, "Status": login.status})
	}
	logins, known, err := c.Logins(t.Context(), user)
	if err != nil || !known {
		t.Fatal(known, err)
	}
	got := map[string]LoginKind{}
	for _, l := range logins {
		got[l.LoginType] = LoginKind{Count: l.Count, Newest: l.Newest[:10]}
	}
	want := map[string]LoginKind{"Application": {Count: 2, Newest: "2026-03-02"}, "Other Apex API": {Count: 1, Newest: "2026-03-03"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

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
	if !known || err != nil || len(own) == 0 {
		t.Errorf("the own history is known: %t, %+v, %v", known, own, err)
	}
}
