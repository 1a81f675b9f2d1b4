package provider

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// signIn signs the seller in to the org's pages, and lets an app hold so many tokens.
func (o *testOrg) signIn(t *testing.T, tokens int) {
	t.Helper()
	if err := o.OpenPages(seller); err != nil {
		t.Fatal(err)
	}
	for range tokens {
		if _, err := o.AddOAuthToken("Terraform", seller); err != nil {
			t.Fatal(err)
		}
	}
}

// signedIn is by how many sessions and tokens the seller is signed in.
func (o *testOrg) signedIn(t *testing.T) (counts [2]int) {
	t.Helper()
	id := o.id(t, "User", "Username", seller)
	for _, row := range o.Records("AuthSession") {
		if row["UsersId"] == id {
			counts[0]++
		}
	}
	for _, row := range o.Records("OauthToken") {
		if row["UserId"] == id {
			counts[1]++
		}
	}
	return counts
}

func TestRevokeUserSessions(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	for _, c := range []struct {
		tokens tftypes.Value
		left   [2]int
		says   string
	}{
		{tftypes.NewValue(tftypes.Bool, false), [2]int{0, 3}, "is signed out; sessions ended: 2."},
		{tftypes.NewValue(tftypes.Bool, nil), [2]int{}, "is signed out; sessions ended: 2, OAuth tokens revoked: 6."},
		{tftypes.NewValue(tftypes.Bool, true), [2]int{}, "is signed out; sessions ended: 2, OAuth tokens revoked: 3."},
	} {
		o.signIn(t, 3)
		before := o.signedIn(t)
		config := map[string]tftypes.Value{"username": textValue(seller), "tokens": c.tokens}
		failed(t, nil, p.planAction(t, "salesforce_revoke_user_sessions", maps.Clone(config)))
		if o.signedIn(t) != before {
			t.Fatal("planning signed the user out")
		}
		progress, diags := p.invoke(t, "salesforce_revoke_user_sessions", config)
		failed(t, nil, diags)
		if got := o.signedIn(t); got != c.left || strings.Join(progress, "") != seller+" "+c.says {
			t.Errorf("%v sessions and tokens are left; it says %q", got, progress)
		}
	}
	if progress, diags := p.invoke(t, "salesforce_revoke_user_sessions", byUsername(seller)); hasErrors(diags) || !strings.Contains(strings.Join(progress, ""), "sessions ended: 0, OAuth tokens revoked: 0") {
		t.Errorf("of somebody who is not signed in: %q", progress)
	}
}

// What could not be done is named, the rest is done, and another invocation goes on from there.
func TestRevokeUserSessionsPartly(t *testing.T) {
	t.Parallel()
	refusal := sfmock.Fault{Status: 403, Code: "INSUFFICIENT_ACCESS", Message: "not now"}
	for name, c := range map[string]struct {
		fails sfmock.Match
		left  [2]int
		says  string
	}{
		"a token":      {sfmock.Match{Path: "/services/oauth2/revoke"}, [2]int{0, 1}, "sessions ended: 2, OAuth tokens revoked: 1 of 2"},
		"the tokens":   {sfmock.Match{Contains: "FROM OauthToken"}, [2]int{0, 2}, "sessions ended: 2, OAuth tokens revoked: 0 of an unknown number"},
		"a session":    {sfmock.Match{Method: "DELETE"}, [2]int{2, 0}, "sessions ended: 0 of 2, OAuth tokens revoked: 2"},
		"the sessions": {sfmock.Match{Contains: "FROM AuthSession"}, [2]int{2, 0}, "sessions ended: 0 of an unknown number, OAuth tokens revoked: 2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			p := o.speak(t)
			o.signIn(t, 2)
			o.Fail(c.fails, 1, refusal)
			progress, diags := p.invoke(t, "salesforce_revoke_user_sessions", byUsername(seller))
			refused(t, diags, seller+" is not signed out everywhere; "+c.says+". Invoking the action again goes on from there.", "not now")
			if got := o.signedIn(t); got != c.left || progress != nil {
				t.Errorf("%v sessions and tokens are left; it says %q", got, progress)
			}
			_, diags = p.invoke(t, "salesforce_revoke_user_sessions", byUsername(seller))
			failed(t, nil, diags)
			if got := o.signedIn(t); got != [2]int{} {
				t.Errorf("the second time %v sessions and tokens are left", got)
			}
		})
	}
}
