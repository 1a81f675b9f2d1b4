package provider

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

func newUsersDataSource() datasource.DataSource { return &usersDataSource{} }

// usersDataSource is the users who meet some conditions: salesforce_users.
type usersDataSource struct{ dataSourceBase }

// userFilters are the attributes that take the values which a column of User may have.
var userFilters = []struct {
	attribute, column, text string
	check                   validator.String
}{
	{"usernames", "Username", "Only users with these usernames.", isMail()},
	{"profiles", "Profile.Name", "Only users with profiles of these names.", stringvalidator.LengthAtLeast(1)},
	{"profile_ids", "ProfileId", "Only users with profiles of these ids.", isID("00e", "Profile")},
	{"user_licenses", "Profile.UserLicense.Name", "Only users whose profiles have these user licences, such as `Salesforce Integration`.", stringvalidator.LengthAtLeast(1)},
	{"user_role_ids", "UserRoleId", "Only users in the roles of these ids.", isID("00E", "UserRole")},
	{"user_types", "UserType", "Only users of these kinds, such as `Standard` for the people and integrations of the org itself.", stringvalidator.LengthAtLeast(1)},
}

// listedUser are what is told of each user, in the words of the data source of one.
var listedUser = func() listedColumns {
	all := listedColumns{
		{attribute: "id", column: "Id", text: "Id of the user, 18 characters."},
		{attribute: "username", column: "Username", text: "Username."},
		{attribute: "name", column: "Name", text: "First and last name."},
		{attribute: "email", column: "Email", text: "E-mail address that Salesforce writes to."},
		{attribute: "is_active", column: "IsActive", text: "Whether the user is active.", isFlag: true},
		{attribute: "is_frozen", column: frozenColumn, text: "Whether the user is frozen: can't sign in, but keeps its seat.", isFlag: true},
		{attribute: "profile_id", column: "ProfileId", text: "Id of the user's profile."},
		{attribute: "user_role_id", column: "UserRoleId", text: "Id of the user's role."},
		{attribute: "manager_id", column: "ManagerId", text: "Id of the user's manager."},
		{attribute: "user_type", column: "UserType", text: "Kind of user, such as `Standard`."},
		{attribute: "last_login_date", column: "LastLoginDate", text: "When the user last signed in, as an RFC 3339 time.", isTime: true},
		{attribute: "created_date", column: "CreatedDate", text: "When the user was created, as an RFC 3339 time.", isTime: true},
	}
	for _, c := range coreColumns {
		all = append(all, listedColumn{attribute: c.attribute, column: c.column, text: firstSentence(c.description)})
	}
	for _, c := range personColumns {
		all = append(all, listedColumn{attribute: c.attribute, column: c.column, text: firstSentence(c.description)})
	}
	return all
}()

// frozenColumn is a column of UserLogin, another object.
const frozenColumn = "IsFrozen"

func (d *usersDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "salesforce_users"
}

func (d *usersDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"is_active": schema.BoolAttribute{MarkdownDescription: "Only active users, or only inactive ones.", Optional: true},
		"max_rows":  maxRowsAttribute(""),
		"ids":       schema.MapAttribute{MarkdownDescription: "Ids of the users by username.", Computed: true, ElementType: types.StringType},
		"users":     schema.MapNestedAttribute{MarkdownDescription: "The users by username.", Computed: true, NestedObject: listedUser.schema()},
	}
	for _, f := range userFilters {
		attributes[f.attribute] = schema.SetAttribute{
			MarkdownDescription: f.text + " An empty set matches nobody.", Optional: true, CustomType: setOfNames, ElementType: types.StringType,
			Validators: []validator.Set{setvalidator.ValueStringsAre(f.check)},
		}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The users who meet every condition given: all users of the org without any.\n\n" +
			"Terraform keeps them in its state: 2,000 users take 2 seconds of processor time in each plan and 2.4 MB of state, 10,000 users 9 seconds and 12 MB.\n\n" +
			"-> The provider's user needs View All Users where the org keeps users private, View Setup and Configuration to see `profile_id` and to use `profiles`, `profile_ids` and `user_licenses`, View Roles and Role Hierarchy to see `user_role_id`, and Manage Users to see `is_frozen`. What it can't see is null.",
		Attributes: attributes,
	}
}

func (d *usersDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	diags := &resp.Diagnostics
	config := attributesOf(ctx, req.Config, diags)
	if diags.HasError() {
		return
	}
	var conditions []string
	if active, ok := config["is_active"].(types.Bool); ok && isSet(active) {
		conditions = append(conditions, "IsActive = "+strconv.FormatBool(active.ValueBool()))
	}
	var lists []sfclient.In
	for _, f := range userFilters {
		if config.writes(f.attribute) {
			lists = append(lists, sfclient.In{Column: f.column, Values: namesIn(config[f.attribute])})
		}
	}
	columns, err := listedUser.visible(ctx, d.client, "User")
	var found sfclient.Rows
	var frozen map[string]bool
	if err == nil {
		most, _ := config["max_rows"].(types.Int64)
		found, err = d.client.QueryAny(ctx, false, maxRows(most), sfclient.Select(columns, "User", conditions, lists...)...)
	}
	if err == nil {
		frozen, err = d.frozenUsers(ctx)
	}
	if err != nil {
		addRowsError(diags, "users", "", err, "ask for fewer users")
		return
	}
	ids, users := make(map[string]attr.Value, len(found.Records)), make(map[string]attr.Value, len(found.Records))
	kinds := listedUser.types()
	for _, record := range found.Records {
		row, isRow := record.(map[string]any)
		if id, _ := row["Id"].(string); isRow && frozen != nil {
			row[frozenColumn] = frozen[id]
		}
		user := listedUser.object(kinds, row)
		name := textOf(user.Attributes()["username"])
		ids[name], users[name] = user.Attributes()["id"], user
	}
	config["ids"] = types.MapValueMust(types.StringType, ids)
	config["users"] = types.MapValueMust(types.ObjectType{AttrTypes: kinds}, users)
	diags.Append(setAttributes(ctx, &resp.State, config)...)
}

// frozenUsers are the ids of all users who are frozen; nil when the signed-in user can't see it.
func (c *connection) frozenUsers(ctx context.Context) (map[string]bool, error) {
	logins, err := sfclient.Query[sfclient.UserLogin](ctx, c.client, "read UserLogin", "SELECT UserId FROM UserLogin WHERE IsFrozen = true")
	if hidden(err) {
		return nil, nil
	}
	frozen := make(map[string]bool, len(logins))
	for _, l := range logins {
		frozen[sfclient.ID18(l.UserID)] = true
	}
	return frozen, err
}
