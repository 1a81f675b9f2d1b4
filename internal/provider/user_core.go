package provider

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// userCore is what every user has in Terraform, a person's or an integration's.
type userCore struct {
	ID                   types.String `tfsdk:"id"`
	Username             text         `tfsdk:"username"`
	Email                text         `tfsdk:"email"`
	LastName             types.String `tfsdk:"last_name"`
	FirstName            types.String `tfsdk:"first_name"`
	Alias                types.String `tfsdk:"alias"`
	CommunityNickname    types.String `tfsdk:"community_nickname"`
	FederationIdentifier types.String `tfsdk:"federation_identifier"`
	TimeZoneSidKey       types.String `tfsdk:"time_zone_sid_key"`
	LocaleSidKey         types.String `tfsdk:"locale_sid_key"`
	LanguageLocaleKey    types.String `tfsdk:"language_locale_key"`
	EmailEncodingKey     types.String `tfsdk:"email_encoding_key"`
	IsActive             types.Bool   `tfsdk:"is_active"`
	IsFrozen             types.Bool   `tfsdk:"is_frozen"`
	ReleaseUsername      types.Bool   `tfsdk:"release_username"`
}

func (m *userCore) recordID() types.String { return m.ID }
func (m *userCore) recordName() string     { return m.Username.ValueString() }

// textColumn is an attribute that is one text column of User.
type textColumn[M any] struct {
	attribute, column string
	most              int // characters
	description       string
	value             func(*M) *types.String
	row               func(*sfclient.User) *string
}

var coreColumns = []textColumn[userCore]{
	{"last_name", "LastName", 80, "Last name.", func(m *userCore) *types.String { return &m.LastName }, func(u *sfclient.User) *string { return &u.LastName }},
	{"first_name", "FirstName", 40, "First name.", func(m *userCore) *types.String { return &m.FirstName }, func(u *sfclient.User) *string { return &u.FirstName }},
	{"alias", "Alias", 8, "Short name that stands for the user in lists, at most 8 characters. Derived from the name if left out.", func(m *userCore) *types.String { return &m.Alias }, func(u *sfclient.User) *string { return &u.Alias }},
	{"community_nickname", "CommunityNickname", 40, "Name in communities, unique in the org. Salesforce makes one up if it is left out.", func(m *userCore) *types.String { return &m.CommunityNickname }, func(u *sfclient.User) *string { return &u.CommunityNickname }},
	{"federation_identifier", "FederationIdentifier", 512, "Identifier of the user at the identity provider, for single sign-on. Unique in the org.", func(m *userCore) *types.String { return &m.FederationIdentifier }, func(u *sfclient.User) *string { return &u.FederationIdentifier }},
	{"time_zone_sid_key", "TimeZoneSidKey", 40, "Time zone, such as `Europe/London`. Defaults to the organization's.", func(m *userCore) *types.String { return &m.TimeZoneSidKey }, func(u *sfclient.User) *string { return &u.TimeZoneSidKey }},
	{"locale_sid_key", "LocaleSidKey", 40, "Locale for dates and numbers, such as `en_US`. Defaults to the organization's.", func(m *userCore) *types.String { return &m.LocaleSidKey }, func(u *sfclient.User) *string { return &u.LocaleSidKey }},
	{"language_locale_key", "LanguageLocaleKey", 40, "Language, such as `en_US`. Defaults to the organization's.", func(m *userCore) *types.String { return &m.LanguageLocaleKey }, func(u *sfclient.User) *string { return &u.LanguageLocaleKey }},
	{"email_encoding_key", "EmailEncodingKey", 40, "Encoding of outbound mail. Defaults to `UTF-8`.", func(m *userCore) *types.String { return &m.EmailEncodingKey }, func(u *sfclient.User) *string { return &u.EmailEncodingKey }},
}

// userAttributes maps Salesforce's fields to attributes, for errors that blame a field.
var userAttributes = func() columns {
	known := columns{"Username": "username", "Email": "email", "IsActive": "is_active", "ProfileId": "profile_id", "UserRoleId": "user_role_id", "ManagerId": "manager_id"}
	for _, c := range coreColumns {
		known[c.column] = c.attribute
	}
	for _, c := range personColumns {
		known[c.column] = c.attribute
	}
	return known
}()

// coreSchema is the part of the schema that goes with userCore.
func coreSchema(frozen schema.BoolAttribute) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"id": idAttribute("user"),
		"username": schema.StringAttribute{
			MarkdownDescription: "Username: has the form of an e-mail address, need not receive mail, and is unique over all Salesforce orgs for ever, inactive users included. Salesforce stores it in lower case.",
			Required:            true, CustomType: foldedType,
			Validators: []validator.String{plainText{80}, isMail()},
		},
		"email": schema.StringAttribute{
			MarkdownDescription: "E-mail address that Salesforce writes to.",
			Required:            true, CustomType: foldedType,
			Validators: []validator.String{plainText{128}, isMail()},
		},
		"is_active": schema.BoolAttribute{
			MarkdownDescription: "Whether the user is active. An active user takes a seat of the licence behind its profile. Defaults to `true`.",
			Optional:            true, Computed: true, Default: booldefault.StaticBool(true),
		},
		"is_frozen": frozen,
		"release_username": schema.BoolAttribute{
			MarkdownDescription: "Whether destroying the user also renames it, so that the username is free for another org. Users can't be deleted; destroying one deactivates it. Defaults to `false`.",
			Optional:            true, Computed: true, Default: booldefault.StaticBool(false),
		},
	}
	maps.Copy(attributes, columnSchema(coreColumns, "last_name"))
	return attributes
}

// columnSchema makes attributes of text columns: optional and read back, but for the required ones.
func columnSchema[M any](table []textColumn[M], required ...string) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{}
	for _, c := range table {
		a := schema.StringAttribute{MarkdownDescription: c.description, Validators: []validator.String{plainText{c.most}}}
		if slices.Contains(required, c.attribute) {
			a.Required, a.Validators = true, append(a.Validators, stringvalidator.LengthAtLeast(1))
		} else {
			a.Optional, a.Computed, a.PlanModifiers = true, true, []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
		}
		attributes[c.attribute] = a
	}
	return attributes
}

// write collects the columns whose planned value is written and differs from prior's; at creation prior is nil.
func write[M any](table []textColumn[M], plan, prior *M, into sfclient.Values) {
	for _, c := range table {
		value := *c.value(plan)
		if !isSet(value) || prior != nil && value.Equal(*c.value(prior)) {
			continue
		}
		into[c.column] = orNull(value.ValueString())
	}
}

// values are the columns of User to write; at creation prior is nil.
func (m *userCore) values(prior *userCore) sfclient.Values {
	v := sfclient.Values{}
	write(coreColumns, m, prior, v)
	if prior == nil || !folded.same(m.Username.ValueString(), prior.Username.ValueString()) {
		v["Username"] = m.Username.ValueString()
	}
	if prior == nil || !folded.same(m.Email.ValueString(), prior.Email.ValueString()) {
		v["Email"] = m.Email.ValueString()
	}
	if prior == nil || !m.IsActive.Equal(prior.IsActive) {
		v["IsActive"] = m.IsActive.ValueBool()
	}
	return v
}

// fill takes over what Salesforce says of the user.
func fill[M any](table []textColumn[M], m *M, row *sfclient.User) {
	for _, c := range table {
		*c.value(m) = textOrNull(*c.row(row), *c.value(m))
	}
}

func (m *userCore) read(row *sfclient.User, frozen types.Bool) {
	fill(coreColumns, m, row)
	m.ID = types.StringValue(row.ID)
	m.Username, m.Email = foldedText(row.Username), foldedText(row.Email)
	m.IsActive = types.BoolValue(row.IsActive)
	if !frozen.IsNull() || !isSet(m.IsFrozen) {
		m.IsFrozen = frozen
	}
	if !isSet(m.ReleaseUsername) {
		m.ReleaseUsername = types.BoolValue(false)
	}
}

// frozen tells whether a user is frozen; null when the signed-in user lacks the permission Manage Users and can't see it.
func (c *connection) frozen(ctx context.Context, userID string) (types.Bool, error) {
	login, err := c.client.UserLogins.Find(ctx, "UserId", userID)
	if hidden(err) || errors.Is(err, sfclient.ErrNotFound) {
		return types.BoolNull(), nil
	}
	if err != nil {
		return types.BoolNull(), err
	}
	return types.BoolValue(login.IsFrozen), nil
}

// hidden tells whether a query failed because the signed-in user may not see the object.
func hidden(err error) bool {
	refused, ok := errors.AsType[*sfclient.Error](err)
	return ok && (refused.Code == "INVALID_TYPE" || errors.Is(err, sfclient.ErrAccess))
}

// freeze lets a user sign in no more, or again.
func (c *connection) freeze(ctx context.Context, userID string, frozen bool) error {
	login, err := c.client.UserLogins.Find(ctx, "UserId", userID)
	if err != nil {
		return err
	}
	if login.IsFrozen == frozen {
		return nil
	}
	return c.client.UserLogins.Update(ctx, login.ID, sfclient.Values{"IsFrozen": frozen})
}

// retiredValues is how a user ends, since Salesforce deletes none: inactive, and renamed when its username is to be freed.
func retiredValues(m *userCore) sfclient.Values {
	v := sfclient.Values{"IsActive": false}
	if m.ReleaseUsername.ValueBool() {
		v["Username"] = releasedName(m.ID.ValueString(), m.Username.ValueString())
	}
	return v
}

// releasedName is the username that a user gets whose own is to be free again: unique because the record's id is.
func releasedName(id, username string) string {
	name := "released." + id + "." + username
	if len(name) > 80 {
		name = "released." + id + "@example.invalid"
	}
	return name
}
