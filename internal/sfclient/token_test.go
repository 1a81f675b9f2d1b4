package sfclient

import (
	"errors"
	"slices"
	"testing"
)

// A token for somebody else says what Salesforce tells of it, and leaves the client's own session alone.
func TestMintToken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config func(*testOrg) Config
		user   string
		issued bool
	}{
		"JWT bearer":         {(*testOrg).jwt, administrator, false},
		"client credentials": {(*testOrg).clientCredentials, machine, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			client := o.connect(t, o.token(t))
			token, err := client.MintToken(t.Context(), c.config(o))
			if err != nil {
				t.Fatal(err)
			}
			if token.UserID != o.Find("User", "Username", c.user)["Id"] || token.OrganizationID != o.Records("Organization")[0]["Id"] ||
				token.InstanceURL != o.url || token.TokenType != "Bearer" || !slices.Equal(token.Scopes, []string{"api"}) || token.IssuedAt.IsZero() == c.issued {
				t.Errorf("%+v", token)
			}
			for range 2 { // the second time it has ended already
				if err := client.RevokeToken(t.Context(), token.InstanceURL, token.AccessToken); err != nil {
					t.Error(err)
				}
			}
			revoked := o.connect(t, Config{AccessToken: token.AccessToken, InstanceURL: o.url})
			if err := ask(t.Context(), revoked); !errors.Is(err, ErrSession) {
				t.Errorf("the revoked token: %v", err)
			}
			if err := ask(t.Context(), client); err != nil {
				t.Errorf("the client's own session: %v", err)
			}
		})
	}
}

func TestCheckSignIn(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	if err := CheckSignIn(o.jwt()); err != nil {
		t.Error(err)
	}
	bad := o.jwt()
	bad.PrivateKey = "no key"
	wrong, ok := errors.AsType[*ConfigError](CheckSignIn(bad))
	if !ok || wrong.Field != "PrivateKey" {
		t.Errorf("%v", wrong)
	}
	calls(t, o.Org, "token", 0)
}
