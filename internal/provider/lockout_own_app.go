package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// app is what of an external client app or a connected app decides who can sign in through it.
type app struct {
	name, consumerKey string
	enabled           bool
	clientCredentials bool
	runAs             string   // username
	certificate       string   // PEM; without one there is no JWT bearer flow
	scopes            []string // as metadata names them
	preAuthorised     bool     // only those whom sets and profiles let in
	sets, profiles    []string // names
	sessionLevel      string
	sessionAction     string
	relaxesIPs        bool
}

// appPaths are the attributes that stand for the parts of an app.
type appPaths struct{ enabled, clientCredentials, certificate, scopes, access, sessionLevel, relaxation path.Path }

// guardApp refuses what takes the app from the provider that it signs in through. after is nil for a destroy.
func (c *connection) guardApp(ctx context.Context, before, after *app, at appPaths, diags *diag.Diagnostics) {
	if after != nil {
		c.guardAppSession(before, after, at, diags)
		c.guardRelaxation(ctx, before, after, at, diags)
	}
	signIn := c.client.SignIn()
	if before == nil || signIn.ClientID == "" || before.consumerKey != signIn.ClientID {
		return
	}
	report := func(check lockoutCheck, at path.Path, does string) {
		c.lockout.report(diags, check, at, "The provider would lock itself out",
			fmt.Sprintf("The provider signs in through the app %s. This plan %s, after which it could neither sign in nor undo the plan. Let the provider sign in through another app first.", before.name, does))
	}
	switch {
	case after == nil:
		report(ownAppEnabled, path.Empty(), "deletes it")
		return
	case before.enabled && !after.enabled:
		report(ownAppEnabled, at.enabled, "disables it")
	case signIn.ClientCredentials && !after.clientCredentials:
		report(ownAppFlow, at.clientCredentials, "switches off its client credentials flow, which the provider uses")
	case signIn.ClientCredentials && !strings.EqualFold(before.runAs, after.runAs):
		report(ownAppFlow, at.clientCredentials, fmt.Sprintf("has it run as %s instead of %s, the user that the provider is", after.runAs, before.runAs))
	case signIn.JWT && before.certificate != "" && !samePEM(before.certificate, after.certificate):
		report(ownAppFlow, at.certificate, "takes the certificate that belongs to the provider's private key")
	}
	for _, scope := range neededScopes(signIn) {
		if slices.ContainsFunc(before.scopes, scope.is) && !slices.ContainsFunc(after.scopes, scope.is) {
			report(ownAppScopes, at.scopes, fmt.Sprintf("takes the scope %s from it", scope.name))
		}
	}
	if after.preAuthorised && signIn.JWT {
		c.guardAccess(ctx, before, after, report, at, diags)
	}
}

// guardCredentials refuses a rotation of the credentials that the provider signs in with.
func (c *connection) guardCredentials(found *appWithCredentials, at path.Path, diags *diag.Diagnostics) {
	own := c.client.SignIn().ClientID
	if own == "" || own != found.consumer.Key && (found.staged == nil || own != found.staged.Key) {
		return
	}
	c.lockout.report(diags, ownAppCredentials, at, "The provider would lock itself out",
		fmt.Sprintf("The provider signs in through the app %s. A rotation leaves it with the replaced credentials, which end within 30 days, or at once when they are discarded. Rotate them with a provider that signs in through another app.", found.app.name))
}

// scope is one that the provider needs, and what includes it.
type scope struct {
	name  string
	anyOf []string
}

func (s scope) is(name string) bool { return slices.Contains(s.anyOf, name) }

func neededScopes(signIn sfclient.SignIn) []scope {
	needed := []scope{{name: "Api", anyOf: []string{"Api", "Full"}}}
	if signIn.JWT {
		needed = append(needed, scope{name: "RefreshToken", anyOf: []string{"RefreshToken", "OfflineAccess"}})
	}
	return needed
}

// guardAccess refuses that the provider's user is no longer among the pre-authorised.
func (c *connection) guardAccess(ctx context.Context, before, after *app, report func(lockoutCheck, path.Path, string), at appPaths, diags *diag.Diagnostics) {
	if before.preAuthorised && sameNames(before.sets, after.sets) && sameNames(before.profiles, after.profiles) {
		return
	}
	who, err := c.client.WhoAmI(ctx)
	if err != nil {
		addBlind(diags, at.access, "whom the provider signs in as", err)
		return
	}
	user, err := c.client.Users.Get(ctx, who.UserID)
	if err != nil {
		addBlind(diags, at.access, "the profile of the user that the provider signs in as", err)
		return
	}
	grants, err := c.client.Grants(ctx, who.UserID, nil)
	if err != nil {
		addBlind(diags, at.access, "which permission sets the provider's user has", err)
		return
	}
	if profile, err := c.profileByID(ctx, user.ProfileID); err == nil && slices.ContainsFunc(after.profiles, foldedName(profile.Name)) {
		return
	}
	for _, g := range grants {
		if g.ProfileID == "" && slices.ContainsFunc(after.sets, foldedName(g.SetName)) {
			return
		}
	}
	report(ownAppAccess, at.access, fmt.Sprintf("lets in pre-authorised users only, and leaves out every permission set and profile of %s, the user that the provider signs in as", who.Username))
}

func foldedName(name string) func(string) bool {
	return func(other string) bool { return strings.EqualFold(name, other) }
}

func sameNames(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// samePEM compares certificates ignoring how their lines are broken.
func samePEM(a, b string) bool {
	return strings.Join(strings.Fields(a), "") == strings.Join(strings.Fields(b), "")
}
