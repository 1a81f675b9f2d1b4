package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

const (
	highAssurance = "HIGH_ASSURANCE"
	mfaForAPI     = "TwoFactorApi"
)

// Kinds of names that resources announce for the guard while planning.
const (
	apiOnlyProfile = "API-only profile"
	mfaForAPISet   = "permission set with MFA for API logins"
	rangedProfile  = "profile with login IP ranges"
)

// ownProfile tells whether a profile is that of the user that the provider signs in as.
func (c *connection) ownProfile(ctx context.Context, profileID string) (own bool, username string, err error) {
	who, err := c.client.WhoAmI(ctx)
	if err != nil || profileID == "" {
		return false, "", err
	}
	user, err := c.client.Users.Get(ctx, who.UserID)
	return err == nil && sfclient.ID18(user.ProfileID) == sfclient.ID18(profileID), who.Username, err
}

// isAPIOnly tells whether users of a profile can't log in to the user interface, as the org has it or this plan makes it.
func (c *connection) isAPIOnly(ctx context.Context, name string) bool {
	if c.plan.has(apiOnlyProfile, name) {
		return true
	}
	profile, err := c.profileByName(ctx, name)
	return err == nil && profile.APIUserOnly
}

// guardLoginRanges refuses login IP ranges that leave out where the provider calls from. No ranges let everybody in.
func (c *connection) guardLoginRanges(ctx context.Context, profileID, name string, ranges []addressRange, at path.Path, diags *diag.Diagnostics) {
	if len(ranges) == 0 {
		return
	}
	c.plan.creates(rangedProfile, name)
	own, username, err := c.ownProfile(ctx, profileID)
	if err != nil {
		addBlind(diags, at, "whose profile this is", err)
	}
	if own {
		c.guardOwnRanges(ctx, username, ranges, at, diags)
	}
	if c.isAPIOnly(ctx, name) {
		c.guardRelaxedApps(ctx, name, at, diags)
	}
}

// guardNewRanges is for the ranges of a profile that the provider's user is moved to.
func (c *connection) guardNewRanges(ctx context.Context, profile string, at path.Path, diags *diag.Diagnostics) error {
	held, err := c.client.ProfileLoginRanges(ctx, profile)
	if err != nil || held == nil {
		return err
	}
	var ranges []addressRange
	for _, r := range held {
		if parsed, err := addressesFrom(r[0], r[1]); err == nil {
			ranges = append(ranges, parsed)
		}
	}
	who, err := c.client.WhoAmI(ctx)
	if err == nil {
		c.guardOwnRanges(ctx, who.Username, ranges, at, diags)
	}
	return err
}

func (c *connection) guardOwnRanges(ctx context.Context, username string, ranges []addressRange, at path.Path, diags *diag.Diagnostics) {
	address, known, err := c.client.LastAddress(ctx)
	switch {
	case err != nil:
		addBlind(diags, at, "where the provider's user logged in from", err)
	case !known:
		diags.AddAttributeWarning(at, "The lockout guard can't look", "This is the profile of the user that the provider signs in as, and the login history does not tell from which address it does. Make sure that the ranges hold it.")
	case !slices.ContainsFunc(ranges, func(r addressRange) bool { return r.contains(address) }):
		c.lockout.report(diags, ownUserIPRanges, at, "The provider would lock itself out",
			fmt.Sprintf("%s is the user that the provider signs in as, and has this profile when the plan is through. It last logged in from %s, which is in none of the profile's login IP ranges, so that it could not undo this plan. Add that address, or apply from inside the ranges.", username, address))
	}
}

// guardLoginHours refuses login hours that shut the provider out at once.
func (c *connection) guardLoginHours(ctx context.Context, profileID string, opens func(now time.Time) bool, at path.Path, diags *diag.Diagnostics) {
	own, username, err := c.ownProfile(ctx, profileID)
	if err != nil {
		addBlind(diags, at, "whose profile this is", err)
	}
	if !own {
		return
	}
	org, err := c.client.Organization(ctx)
	if err != nil {
		addBlind(diags, at, "the org's time zone", err)
		return
	}
	zone, err := time.LoadLocation(org.TimeZoneSidKey)
	if err != nil {
		addBlind(diags, at, "the org's time", err)
		return
	}
	if now := time.Now().In(zone); !opens(now) {
		c.lockout.report(diags, ownUserLoginHours, at, "The provider would lock itself out",
			fmt.Sprintf("This is the profile of %s, the user that the provider signs in as, and it is %s in the org's time zone %s, outside these hours. The provider could not undo this plan before they begin.",
				username, now.Format("Monday 15:04"), org.TimeZoneSidKey))
	}
}

// guardSessionLevel refuses a session level that no OAuth session carries, for the provider's profile and those of integrations.
// Source: Salesforce Help, "Session Security Levels".
func (c *connection) guardSessionLevel(ctx context.Context, profileID, name, level string, at path.Path, diags *diag.Diagnostics) {
	if level != highAssurance {
		return
	}
	own, username, err := c.ownProfile(ctx, profileID)
	switch {
	case err != nil:
		addBlind(diags, at, "whose profile this is", err)
	case own:
		c.lockout.report(diags, ownUserSession, at, "The provider would lock itself out",
			fmt.Sprintf("This is the profile of %s, the user that the provider signs in as. OAuth sessions are never of high assurance, so that it could not sign in any more.", username))
	case c.isAPIOnly(ctx, name):
		c.lockout.report(diags, integrationSession, at, "Integrations would be locked out",
			fmt.Sprintf("The users of the profile %s are API-only. OAuth sessions are never of high assurance, so that no integration with this profile could sign in any more. Leave required_session_level out, or write STANDARD.", name))
	}
}

// guardAppSession refuses a session level on an app for integrations that none of them can reach.
func (c *connection) guardAppSession(before, after *app, at appPaths, diags *diag.Diagnostics) {
	blocks := func(a *app) bool { return a != nil && a.sessionLevel == highAssurance && a.sessionAction != "" }
	if !blocks(after) || blocks(before) || !after.clientCredentials && after.certificate == "" {
		return
	}
	check, who := integrationSession, "integrations that sign in through the app "+after.name
	if signIn := c.client.SignIn(); signIn.ClientID != "" && after.consumerKey == signIn.ClientID {
		check, who = ownUserSession, "the provider, which signs in through the app "+after.name+","
	}
	c.lockout.report(diags, check, at.sessionLevel, "Integrations would be locked out",
		fmt.Sprintf("OAuth sessions without a screen are never of high assurance, so that %s would be cut off. Leave required_session_level out, or write STANDARD.", who))
}

// guardMFAForAPI refuses multi-factor authentication for the API logins of API-only users, who have nobody to answer.
func (c *connection) guardMFAForAPI(what string, at path.Path, diags *diag.Diagnostics) {
	c.lockout.report(diags, integrationMFA, at, "Integrations would be locked out",
		fmt.Sprintf("%s, and Multi-Factor Authentication for API Logins (%s) asks for a second factor that no machine can give. API-only users are exempt from MFA because they never log in to the user interface; take the permission out.", what, mfaForAPI))
}

// guardSetMFA is for a permission set that comes to ask for multi-factor authentication of API logins.
func (c *connection) guardSetMFA(ctx context.Context, setID, name string, before, after []string, at path.Path, diags *diag.Diagnostics) {
	if !slices.Contains(after, mfaForAPI) {
		return
	}
	c.plan.creates(mfaForAPISet, name)
	if slices.Contains(before, mfaForAPI) || setID == "" {
		return
	}
	holders, err := c.client.APIOnlyHolders(ctx, setID)
	switch {
	case err != nil:
		addBlind(diags, at, "who holds the permission set", err)
	case holders != nil:
		c.guardMFAForAPI(fmt.Sprintf("API-only users hold the permission set %s (%s)", name, listed(holders)), at, diags)
	}
}

// guardGrantedMFA is for a permission set that an API-only user gets.
func (c *connection) guardGrantedMFA(ctx context.Context, name string, at path.Path, diags *diag.Diagnostics) {
	asks := c.plan.has(mfaForAPISet, name)
	if !asks {
		var err error
		if asks, err = c.client.SetGrants(ctx, name, mfaForAPI); err != nil {
			addBlind(diags, at, "what the permission set grants", err)
		}
	}
	if asks {
		c.guardMFAForAPI("The permission set "+name+" would go to an API-only user", at, diags)
	}
}

// guardRelaxedApps refuses login IP ranges of an API-only profile whose app is meant to relax them: JWT bearer never does.
// Source: Salesforce Help, "Connected App IP Relaxation and Continuous IP Enforcement".
func (c *connection) guardRelaxedApps(ctx context.Context, profile string, at path.Path, diags *diag.Diagnostics) {
	policies, err := c.client.AppPolicies(ctx)
	if err != nil {
		addBlind(diags, at, "which apps relax IP ranges", err)
		return
	}
	for _, p := range policies {
		if relaxes(p.IPRelaxation) && slices.ContainsFunc(p.Profiles, foldedName(profile)) {
			c.reportRelaxation(p.App, profile, at, diags)
		}
	}
}

// guardRelaxation is the same from the app's side.
func (c *connection) guardRelaxation(ctx context.Context, before, after *app, at appPaths, diags *diag.Diagnostics) {
	if !after.relaxesIPs || after.certificate == "" || before != nil && before.relaxesIPs && sameNames(before.profiles, after.profiles) {
		return
	}
	for _, profile := range after.profiles {
		ranged := c.plan.has(rangedProfile, profile)
		if !ranged {
			ranges, err := c.client.ProfileLoginRanges(ctx, profile)
			if ranged = ranges != nil; err != nil {
				addBlind(diags, at.relaxation, "the login IP ranges of the profile "+profile, err)
			}
		}
		if ranged && c.isAPIOnly(ctx, profile) {
			c.reportRelaxation(after.name, profile, at.relaxation, diags)
		}
	}
}

func (c *connection) reportRelaxation(app, profile string, at path.Path, diags *diag.Diagnostics) {
	c.lockout.report(diags, integrationRanges, at, "Integrations would be locked out",
		fmt.Sprintf("The app %s relaxes IP restrictions, but JWT bearer enforces the login IP ranges of the profile %s all the same: integrations outside them could not sign in. "+
			"Put their addresses into the ranges and have the app enforce them (ip_relaxation_policy_type = \"Enforce\"), or leave the ranges out.", app, profile))
}

// relaxes tells whether an app's policy loosens IP restrictions.
func relaxes(policy string) bool { return policy != "" && !strings.EqualFold(policy, "Enforce") }
