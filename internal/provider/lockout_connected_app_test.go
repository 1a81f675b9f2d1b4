package provider

import "testing"

const (
	robotConnectedApp = "Robots_Connected"
	robotConsumerKey  = "3MVG9robotsconnected"
)

// connectedAppOrg has a connected app that lets administrators in by JWT.
func connectedAppOrg(t *testing.T, o *testOrg) {
	t.Helper()
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	o.AllowConnectedAppCreation(true)
	if err := o.SetComponent("ConnectedApp", robotConnectedApp, map[string]any{
		"label": "Robots", "contactEmail": "robots@example.com", "profileName": []any{"System Administrator"},
		"oauthConfig": map[string]any{
			"callbackUrl": "https://example.com/callback", "certificate": keys[1], "consumerKey": robotConsumerKey, "isAdminApproved": true, "scopes": []any{"Api", "RefreshToken"},
		},
		"oauthPolicy": map[string]any{"ipRelaxation": "ENFORCE", "refreshTokenPolicy": "infinite"},
	}); err != nil {
		t.Fatal(err)
	}
}

func byConnectedApp(t *testing.T, o *testOrg) config {
	t.Helper()
	c := byJWT(t, o)
	c["client_id"] = tfText(robotConsumerKey)
	return c
}

func TestLockoutByConnectedApp(t *testing.T) {
	t.Parallel()
	const connected = "salesforce_connected_app"
	changed := func(change func(config) config) func(*testing.T, *testOrg) config {
		return func(t *testing.T, o *testOrg) config {
			t.Helper()
			p := o.speak(t)
			return change(written(p.schemas[connected].Block.Attributes, p.imported(t, connected, robotConnectedApp)))
		}
	}
	cases := []lockout{
		{name: "destroyed", check: ownAppEnabled, says: "This plan deletes it"},
		{
			name: "with another certificate", check: ownAppFlow, at: "certificate", says: "takes the certificate",
			after: changed(func(c config) config { return c.with(tfText(otherCertificate()), "oauth", "certificate") }),
		},
		{
			name: "without a scope", check: ownAppScopes, at: "scopes", says: "takes the scope Api",
			after: changed(func(c config) config { return c.with(tfNames("RefreshToken"), "oauth", "scopes") }),
		},
		{
			name: "without the provider's profile", check: ownAppAccess, at: "permission_sets", says: "leaves out every permission set and profile of admin@example.com",
			after: changed(func(c config) config { return c.with(tfNames(), "profiles") }),
		},
	}
	for i := range cases {
		cases[i].typeName, cases[i].imported, cases[i].prepare, cases[i].signIn = connected, named(robotConnectedApp), connectedAppOrg, byConnectedApp
	}
	checkLockouts(t, cases)
}
