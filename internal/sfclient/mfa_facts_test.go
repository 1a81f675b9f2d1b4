package sfclient

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// loggedIn notes a login of a user.
func loggedIn(t *testing.T, o *sfmock.Org, user string, columns map[string]any) {
	t.Helper()
	row := map[string]any{"UserId": user, "LoginTime": time.Now().Add(-time.Hour), "LoginType": "Application", "Status": "Success"}
	maps.Copy(row, columns)
	insert(t, o, "LoginHistory", row)
}

func TestMFAFactsOfTenThousandUsers(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	const many = 10_000
	profile := o.Find("Profile", "Name", "Standard User")["Id"]
	sso := insert(t, o.Org, "PermissionSet", Values{"Name": "MFA", "Label": "MFA", "PermissionsForceTwoFactor": true})
	ids := make([]string, many)
	for i := range ids {
		username := fmt.Sprintf("person%05d@example.com", i)
		ids[i] = insert(t, o.Org, "User", userValues(o.Org, username, map[string]any{"ProfileId": profile}))
		insert(t, o.Org, "PermissionSetAssignment", map[string]any{"AssigneeId": ids[i], "PermissionSetId": sso})
		insert(t, o.Org, "TwoFactorMethodsInfo", map[string]any{"UserId": ids[i], "HasTotp": true})
		loggedIn(t, o.Org, ids[i], map[string]any{"LoginType": "SAML Sfdc Initiated SSO", "AuthMethodReference": "mfa"})
		loggedIn(t, o.Org, ids[i], map[string]any{"Application": "Browser"})
	}
	c := o.connect(t, o.token(t))
	facts, err := c.MFAFacts(t.Context(), MFAFilter{Days: 30})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(o.Requests(sfmock.Match{})); n > 60 {
		t.Errorf("%d calls", n)
	}
	if len(facts.Missing) > 0 {
		t.Errorf("missing: %v", facts.Missing)
	}
	for _, id := range ids {
		if len(facts.Logins[id]) != 2 || !slices.Equal(facts.Methods[id], []string{"Totp"}) || !facts.Held[id].Always("ForceTwoFactor") {
			t.Fatalf("%s: %v %v %v", id, facts.Logins[id], facts.Methods[id], facts.Held[id])
		}
	}
}

// A sweep goes on where an answer broke off, which is never in the middle of a user but of one whose rows fill an answer.
func TestSweepGoesOn(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	want := map[string]int{}
	for i := range 5 {
		id := insert(t, o.Org, "User", userValues(o.Org, fmt.Sprintf("person%d@example.com", i), nil))
		for n := range i + 1 {
			loggedIn(t, o.Org, id, map[string]any{"Application": strconv.Itoa(n)})
		}
		want[id] = i + 1
	}
	c := o.connect(t, o.token(t))
	for _, only := range []bool{true, false} {
		users := make([]string, 0, len(want))
		for id := range want {
			users = append(users, id)
		}
		if !only {
			users = append(users, make([]string, aboutUsers)...)
		}
		for most := 2; most < 8; most++ {
			rows, err := sweepUsers(t.Context(), c, sweep{
				op: "read", object: "LoginHistory", columns: "UserId,Application,COUNT(Id) Logins", group: "UserId,Application", most: most,
			}, users, func(l *LoginKind) string { return l.UserID })
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]int{}
			for _, row := range rows {
				got[row.UserID]++
			}
			wanted := map[string]int{}
			for id, n := range want {
				wanted[id] = min(n, most)
			}
			if diff := cmp.Diff(wanted, got); diff != "" {
				t.Errorf("%d rows an answer: %s", most, diff)
			}
		}
	}
}

// Who holds what by which way: what is not in effect does not count, what a group mutes neither.
func TestMFAGrants(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	set := func(name string, values Values) string {
		values["Name"], values["Label"] = name, name
		return insert(t, o.Org, "PermissionSet", values)
	}
	user := func(username string, more map[string]any) string {
		return insert(t, o.Org, "User", userValues(o.Org, username, more))
	}
	assign := func(user, column, to string) string {
		return insert(t, o.Org, "PermissionSetAssignment", map[string]any{"AssigneeId": user, column: to})
	}
	apex := Values{"PermissionsAuthorApex": true, "PermissionsViewSetup": true}
	member, session := set("Developers", apex), set("Emergency", Values{"PermissionsViewAllData": true, "HasActivationRequired": true})
	group := func(name string, muted Values) string {
		id := insert(t, o.Org, "PermissionSetGroup", map[string]any{"DeveloperName": name, "MasterLabel": name})
		insert(t, o.Org, "PermissionSetGroupComponent", map[string]any{"PermissionSetGroupId": id, "PermissionSetId": member})
		if muted != nil {
			muted["DeveloperName"], muted["MasterLabel"] = name+"Muted", name+"Muted"
			insert(t, o.Org, "PermissionSetGroupComponent", map[string]any{"PermissionSetGroupId": id, "PermissionSetId": insert(t, o.Org, "MutingPermissionSet", muted)})
		}
		return id
	}
	team, quiet := group("Team", nil), group("Quiet", Values{"PermissionsAuthorApex": true})

	by := map[string]string{}
	for name, given := range map[string]struct{ column, to string }{
		"set": {"PermissionSetId", member}, "session": {"PermissionSetId", session}, "group": {"PermissionSetGroupId", team}, "muted": {"PermissionSetGroupId", quiet}, "expired": {"PermissionSetId", member},
	} {
		id := user(name+"@example.com", nil)
		by[id] = name
		if assignment := assign(id, given.column, given.to); name == "expired" {
			if err := o.Update(assignment, map[string]any{"ExpirationDate": time.Now().Add(-time.Hour)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	by[o.Find("User", "Username", machine)["Id"].(string)] = "profile"
	facts, err := o.connect(t, o.token(t)).MFAFacts(t.Context(), MFAFilter{Days: 30})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for id, name := range by {
		got[name] = []string{}
		for permission, ways := range facts.Held[id] {
			for _, way := range ways {
				got[name] = append(got[name], permission+" by "+way.String())
			}
		}
	}
	want := map[string][]string{
		"set": {"AuthorApex by permission set Developers"}, "session": {"ViewAllData by permission set Emergency (once activated in a session)"},
		"group": {"AuthorApex by permission set group Team, permission set Developers"}, "muted": {}, "expired": {},
		"profile": {"ApiUserOnly by profile " + machineProfile},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
