package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/sync/errgroup"
)

// userAccessDataSource is what a user may do, and by what: salesforce_user_access.
type userAccessDataSource struct{ rowDataSource[userRow] }

func newUserAccessDataSource() datasource.DataSource {
	return &userAccessDataSource{rowDataSource[userRow]{
		name: "salesforce_user_access", noun: "user",
		description: "What a user may do, and what grants it: the permissions of the profile, of permission sets and of permission set groups together, less what groups mute. " +
			"Made for `check` blocks and postconditions.\n\n" +
			"The attributes at the top have the shapes of `salesforce_permission_set` and hold everything that takes effect. `grants` has the same for each grant by itself, so that a message can name the one to take away. " +
			"Which records a user sees depends on sharing, too, which is not part of this. Nor are rights without a permission, such as those of a record's owner.\n\n" +
			"An administrator has tens of thousands of permissions for fields: `objects` asks for those of some objects only.\n\n" +
			"-> The provider's user needs View Setup and Configuration, and Manage Users or Monitor Login History for `last_login_time`, `last_api_login_time` and `unused` of other users. Without Manage Users `is_frozen` is null; without Modify Metadata Through Metadata API Functions the profile System Administrator is recognised by its English name.",
		keys: []rowKey{{"id", isID("005", "User")}, {"username", isMail()}},
		attributes: []rowAttribute[userRow]{
			{"id", "Id of the user, 18 characters.", func(u *userRow) attr.Value { return types.StringValue(u.ID) }},
			{"username", "Username.", func(u *userRow) attr.Value { return types.StringValue(u.Username) }},
			{"is_active", "Whether the user is active. What an inactive user may do is what it could if it were activated.", func(u *userRow) attr.Value { return types.BoolValue(u.IsActive) }},
			{"is_frozen", "Whether the user is frozen: can't sign in.", func(u *userRow) attr.Value { return u.frozen }},
		},
		rows: userRows,
	}}
}

func (d *userAccessDataSource) Schema(ctx context.Context, req datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	d.rowDataSource.Schema(ctx, req, resp)
	all := resp.Schema.Attributes
	all["objects"] = schema.SetAttribute{
		MarkdownDescription: "Objects, at most 100, to whose permissions and to those of whose fields the answer is limited. All objects if left out. Everything else is told in any case.",
		Optional:            true, ElementType: types.StringType,
		Validators: []validator.Set{setvalidator.SizeBetween(1, 100)},
	}
	for _, s := range accessSections {
		all[s.attribute] = s.schema()
	}
	all["grants"] = grantsAttribute()
	for name, text := range map[string]string{
		"profile":                "Name of the user's profile.",
		"user_license":           "Name of the user licence that the user takes a seat of, such as `Salesforce Integration`.",
		"last_login_time":        "When the user last logged in, as an RFC 3339 time; null if the login history, which Salesforce keeps for about six months, has no successful login.",
		"last_api_login_time":    "When the user last logged in to the API, or through an app that may have used it; null as `last_login_time`.",
		"unused_unknown_because": "Why `unused` is null; null if it is not.",
	} {
		all[name] = schema.StringAttribute{MarkdownDescription: text, Computed: true}
	}
	all["is_api_only"] = schema.BoolAttribute{MarkdownDescription: "Whether the user can use nothing but the API: holds `ApiUserOnly`.", Computed: true}
	all["privileged"] = schema.BoolAttribute{
		MarkdownDescription: "Whether the user is privileged as Salesforce defines it, and needs phishing-resistant multi-factor authentication to log in to the user interface: has the profile System Administrator, or holds `ModifyAllData`, `ViewAllData`, `CustomizeApplication` or `AuthorApex`.",
		Computed:            true,
	}
	all["privileged_reasons"] = schema.ListAttribute{MarkdownDescription: "Why the user is privileged, such as `ModifyAllData by permission set Billing`, sorted. Empty if it isn't.", Computed: true, ElementType: types.StringType}
	all["inactive_grants"] = schema.MapAttribute{
		MarkdownDescription: "What is assigned and takes no effect by itself: by grant, why. Expired and revoked assignments, and permission sets that sessions have to activate.",
		Computed:            true, ElementType: types.StringType,
	}
	all["unused"] = schema.MapAttribute{
		MarkdownDescription: "What the login history proves unused: by user permission, or by grant as `grants` has them, why. " +
			"The history tells logins, not what was done after them: of a user who logs in, only permissions that take a kind of login which there was none of can be told, such as `ApiEnabled`; of a user with no login at all, every grant is unused. " +
			"Jobs that run as the user without a login, such as scheduled Apex, leave no trace in it. Null where the provider's user may not see the history.",
		Computed: true, ElementType: types.StringType,
	}
}

func (d *userAccessDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	config := attributesOf(ctx, req.Config, &resp.Diagnostics)
	objects := d.objectsOf(ctx, config, &resp.Diagnostics)
	row := d.find(ctx, &req.Config, resp)
	if row == nil || resp.Diagnostics.HasError() {
		return
	}
	access, err := d.accessOf(ctx, row, objects)
	if err != nil {
		addError(&resp.Diagnostics, "read", "the access of user", row.Username, err)
		return
	}
	values := access.attributes()
	values["objects"] = config["objects"]
	for _, a := range d.attributes {
		values[a.name] = a.value(row)
	}
	resp.Diagnostics.Append(setAttributes(ctx, &resp.State, values)...)
}

// objectsOf are the objects that the configuration asks for. One that does not exist would let every check pass, so that it is an error.
func (d *userAccessDataSource) objectsOf(ctx context.Context, config attributes, diags *diag.Diagnostics) []string {
	set, _ := config["objects"].(types.Set)
	objects := stringsOf(ctx, set, diags)
	if len(objects) == 0 {
		return nil
	}
	known, err := grantableObjects.names(ctx, d.client)
	if err != nil {
		addError(diags, "read", "the objects that take permissions", "", err)
		return nil
	}
	for _, name := range objects {
		if len(known) > 0 && !slices.Contains(known, name) {
			diags.AddAttributeError(path.Root("objects"), "Unknown object", unknownName(grantableObjects.noun, name, known))
		}
	}
	return objects
}

// accessOf asks for everything at once.
func (d *userAccessDataSource) accessOf(ctx context.Context, user *userRow, objects []string) (*userAccess, error) {
	a := &userAccess{}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		a.grants, err = d.client.UserAccess(ctx, user.ID, objects)
		return err
	})
	group.Go(func() error {
		logins, known, err := d.client.Logins(ctx, user.ID)
		a.logins, a.loginsKnown = timesOf(logins), known
		return err
	})
	if user.ProfileID != "" {
		group.Go(func() (err error) {
			if a.profile, err = d.profileByID(ctx, user.ProfileID); err != nil {
				return err
			}
			a.byProfile, err = d.client.PrivilegedProfile(ctx, user.ProfileID, a.profile.Name)
			return err
		})
	}
	return a, group.Wait()
}
