package provider

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// userRow is a user and whether it is frozen, which stands in another object.
type userRow struct {
	sfclient.User
	frozen types.Bool
}

// newUserDataSource is any user: salesforce_user.
func newUserDataSource() datasource.DataSource {
	return &rowDataSource[userRow]{
		name: "salesforce_user", noun: "user",
		description: "Any user of the org, by `id` or `username`.\n\n" +
			"-> The provider's user needs View Setup and Configuration to see `profile_id`, View Roles and Role Hierarchy to see `user_role_id`, and Manage Users to see `is_frozen`. What it can't see is null.",
		keys: []rowKey{{"id", isID("005", "User")}, {"username", isMail()}},
		attributes: slices.Concat([]rowAttribute[userRow]{
			{"id", "Id of the user, 18 characters.", func(u *userRow) attr.Value { return types.StringValue(u.ID) }},
			{"username", "Username.", func(u *userRow) attr.Value { return types.StringValue(u.Username) }},
			{"name", "First and last name.", func(u *userRow) attr.Value { return optionalText(u.Name) }},
			{"email", "E-mail address that Salesforce writes to.", func(u *userRow) attr.Value { return optionalText(u.Email) }},
			{"is_active", "Whether the user is active. An active user takes a seat of the licence behind its profile.", func(u *userRow) attr.Value { return types.BoolValue(u.IsActive) }},
			{"is_frozen", "Whether the user is frozen: can't sign in, but keeps its seat.", func(u *userRow) attr.Value { return u.frozen }},
			{"profile_id", "Id of the user's profile.", func(u *userRow) attr.Value { return optionalText(u.ProfileID) }},
			{"user_role_id", "Id of the user's role.", func(u *userRow) attr.Value { return optionalText(u.UserRoleID) }},
			{"manager_id", "Id of the user's manager.", func(u *userRow) attr.Value { return optionalText(u.ManagerID) }},
			{"user_type", "Kind of user, such as `Standard`.", func(u *userRow) attr.Value { return optionalText(u.UserType) }},
			{"feature_licenses", "Feature licences that the user holds, such as `MarketingUser`.", func(u *userRow) attr.Value { return u.features() }},
		}, userTextAttributes(coreColumns), userTextAttributes(personColumns)),
		rows: userRows,
	}
}

// userTextAttributes are the text columns that the resource has too.
func userTextAttributes[M any](table []textColumn[M]) []rowAttribute[userRow] {
	attributes := make([]rowAttribute[userRow], len(table))
	for i, c := range table {
		attributes[i] = rowAttribute[userRow]{
			c.attribute, firstSentence(c.description),
			func(u *userRow) attr.Value { return optionalText(*c.row(&u.User)) },
		}
	}
	return attributes
}

func (u *userRow) features() types.Set {
	held := []attr.Value{}
	for _, name := range slices.Sorted(maps.Keys(u.Features)) {
		if u.Features[name] {
			held = append(held, types.StringValue(name))
		}
	}
	set, diags := types.SetValue(types.StringType, held)
	if diags.HasError() {
		return types.SetNull(types.StringType)
	}
	return set
}

// userRows finds one user; users with similar usernames where there is none, to tell which may have been meant.
func userRows(ctx context.Context, c *connection, key, value string) ([]userRow, error) {
	users, err := c.client.Users.All(ctx, map[string]string{"id": "Id", "username": "Username"}[key], value)
	if err != nil {
		return nil, err
	}
	if len(users) > 0 {
		frozen, err := c.frozen(ctx, users[0].ID)
		return []userRow{{users[0], frozen}}, err
	}
	if key == "id" {
		return nil, nil
	}
	var rows []userRow
	for _, u := range c.similarUsers(ctx, value) {
		rows = append(rows, userRow{User: u})
	}
	return rows, nil
}
