package provider

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// planDefaults fills in what a new user gets where the configuration says nothing, so that the plan shows it.
func (c *connection) planDefaults(ctx context.Context, config, m *userCore, diags *diag.Diagnostics) {
	if config.FirstName.IsNull() {
		m.FirstName = types.StringNull()
	}
	if config.FederationIdentifier.IsNull() {
		m.FederationIdentifier = types.StringNull()
	}
	if config.Alias.IsNull() && !m.LastName.IsUnknown() && !m.FirstName.IsUnknown() {
		m.Alias = types.StringValue(aliasOf(m.FirstName.ValueString(), m.LastName.ValueString()))
	}
	org, err := c.client.Organization(ctx)
	if err != nil {
		addError(diags, "read", "the organization", "", err)
		return
	}
	for _, d := range []struct {
		written types.String
		value   *types.String
		preset  string
	}{
		{config.TimeZoneSidKey, &m.TimeZoneSidKey, org.TimeZoneSidKey},
		{config.LocaleSidKey, &m.LocaleSidKey, org.DefaultLocale},
		{config.LanguageLocaleKey, &m.LanguageLocaleKey, org.LanguageLocaleKey},
		{config.EmailEncodingKey, &m.EmailEncodingKey, "UTF-8"},
	} {
		if d.written.IsNull() {
			*d.value = types.StringValue(d.preset)
		}
	}
}

// aliasOf is what Salesforce's own form suggests: the first letter of the first name and the last name, at most 8 characters.
func aliasOf(first, last string) string {
	var alias []rune
	for i, r := range first + "\x00" + last {
		if (i == 0 || i > len(first)) && (unicode.IsLetter(r) || unicode.IsDigit(r)) && len(alias) < 8 {
			alias = append(alias, unicode.ToLower(r))
		}
	}
	if len(alias) == 0 {
		return "user"
	}
	return string(alias)
}

// namesake returns the user in this org who holds a username, or nil if it is free as far as this org can tell: other orgs'
// usernames show only when Salesforce refuses the create.
func (c *connection) namesake(ctx context.Context, username string, diags *diag.Diagnostics) *sfclient.User {
	user, err := c.client.Users.Find(ctx, "Username", username)
	switch {
	case errors.Is(err, sfclient.ErrNotFound):
		return nil
	case err != nil:
		addError(diags, "check the username of", "user", username, err)
		return nil
	}
	return &user
}

// addTaken says that a username belongs to somebody in this org, and how to manage that user instead.
func addTaken(diags *diag.Diagnostics, resource string, user *sfclient.User) {
	state := "an active"
	if !user.IsActive {
		state = "an inactive"
	}
	diags.AddAttributeError(path.Root("username"), "Username is taken",
		fmt.Sprintf("%s user of this org, %s (%s), has the username %s.\n\nTo manage that user, import it:\n  terraform import %s.<name> %s\nOr choose another username.",
			upperFirst(state), user.Name, user.ID, user.Username, resource, user.ID))
}

// seatChange says how a plan changes the seats that a user takes.
type seatChange struct {
	username            string
	before, after       string // profile ids
	wasActive, isActive bool
}

// planSeats counts the seats of the whole plan and reports the one too many. Unknown profiles are not counted.
func (c *connection) planSeats(ctx context.Context, change seatChange, diags *diag.Diagnostics) {
	before, after := c.licenceOf(ctx, change.before, diags), c.licenceOf(ctx, change.after, diags)
	if change.wasActive && before != "" && (!change.isActive || before != after) {
		c.plan.seat(before, change.username, -1)
	}
	if !change.isActive || after == "" || change.wasActive && before == after {
		return
	}
	c.takeSeat(ctx, after, change.username, diags)
}

// takeSeat announces one more user of a licence and reports when there is no seat left for it.
func (c *connection) takeSeat(ctx context.Context, licenceID, username string, diags *diag.Diagnostics) {
	licences, err := c.client.UserLicenses.List(ctx)
	if err != nil {
		addError(diags, "read", "user licences", "", err)
		return
	}
	balance := c.plan.seat(licenceID, username, 1)
	for _, l := range licences {
		if l.ID == licenceID && tooFew(l.TotalLicenses, l.UsedLicenses, balance) {
			diags.AddAttributeError(path.Root("username"), "No free seat for this user",
				fmt.Sprintf("The org has %d seats of the user licence %q, %d of them taken, and this plan needs %d more.\n\nDeactivate users who hold one, take users out of this plan, or buy seats: Setup > Company Information.",
					l.TotalLicenses, l.Name, l.UsedLicenses, balance))
		}
	}
}

// tooFew tells whether a licence lacks seats for what a plan adds. Licences that never run out have a negative total.
func tooFew(total, used int64, added int) bool { return total >= 0 && used+int64(added) > total }

// licenceOf is the user licence behind a profile, "" when the profile is unknown or not there.
func (c *connection) licenceOf(ctx context.Context, profileID string, diags *diag.Diagnostics) string {
	if profileID == "" {
		return ""
	}
	profiles, err := c.client.Profiles.List(ctx)
	if err != nil {
		addError(diags, "read", "profiles", "", err)
		return ""
	}
	for _, p := range profiles {
		if sfclient.ID18(p.ID) == sfclient.ID18(profileID) {
			return p.UserLicenseID
		}
	}
	return ""
}

// quoted lists names for a sentence.
func quoted(names []string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = fmt.Sprintf("%q", name)
	}
	return strings.Join(list, ", ")
}
