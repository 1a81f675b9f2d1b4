package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var _ datasource.DataSourceWithValidateConfig = &loginHistoryDataSource{}

func newLoginHistoryDataSource() datasource.DataSource { return &loginHistoryDataSource{} }

// loginHistoryDataSource is who signed in, from where and how: salesforce_login_history.
type loginHistoryDataSource struct{ dataSourceBase }

type loginHistoryModel struct {
	UserID   types.String      `tfsdk:"user_id"`
	Username types.String      `tfsdk:"username"`
	Since    timetypes.RFC3339 `tfsdk:"since"`
	Until    timetypes.RFC3339 `tfsdk:"until"`
	MaxRows  types.Int64       `tfsdk:"max_rows"`
	Logins   types.List        `tfsdk:"logins"`
}

// listedLogin are what is told of each login. Source: Object Reference, LoginHistory.
var listedLogin = listedColumns{
	{attribute: "login_time", column: "LoginTime", text: "When it was, as an RFC 3339 time.", isTime: true},
	{attribute: "user_id", column: "UserId", text: "Id of the user."},
	{attribute: "status", column: "Status", text: "`Success`, or why it failed."},
	{attribute: "login_type", column: "LoginType", text: "Way in, such as `Application` for Salesforce's own pages or `Remote Access 2.0` for OAuth."},
	{attribute: "login_sub_type", column: "LoginSubType", text: "More of the way in, such as `OauthClientCredentials` or `OauthUsernamePassword`."},
	{attribute: "source_ip", column: "SourceIp", text: "IP address that it came from."},
	{attribute: "forwarded_for_ip", column: "ForwardedForIp", text: "IP addresses that proxies say they forwarded it for."},
	{attribute: "country_iso", column: "CountryIso", text: "Country of the IP address, such as `GB`."},
	{attribute: "application", column: "Application", text: "Name of the app: an external client app, a connected app, or `Browser`."},
	{attribute: "api_type", column: "ApiType", text: "API that was signed in for, such as `SOAP Partner`."},
	{attribute: "api_version", column: "ApiVersion", text: "Version of that API."},
	{attribute: "client_version", column: "ClientVersion", text: "Version of the client."},
	{attribute: "browser", column: "Browser", text: "Browser."},
	{attribute: "platform", column: "Platform", text: "Operating system."},
	{attribute: "login_url", column: "LoginUrl", text: "Host that was signed in at, such as `login.salesforce.com`."},
	{attribute: "auth_method_reference", column: "AuthMethodReference", text: "How the identity provider says that it knew the user (OpenID Connect's `amr`)."},
	{attribute: "authentication_service_id", column: "AuthenticationServiceId", text: "Id of the single sign-on configuration that was used."},
	{attribute: "tls_protocol", column: "TlsProtocol", text: "Version of TLS."},
	{attribute: "cipher_suite", column: "CipherSuite", text: "Cipher suite."},
}

func (d *loginHistoryDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "salesforce_login_history"
}

func (d *loginHistoryDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Logins and attempts at them, the newest first: of one user, or of all. Salesforce keeps them for six months.\n\n" +
			"-> The provider's user needs Manage Users or Monitor Login History. Without either it sees its own logins only.",
		Attributes: map[string]schema.Attribute{
			"user_id":  schema.StringAttribute{MarkdownDescription: "Id of the user. Everybody's logins without it and `username`.", Optional: true, Validators: []validator.String{isID("005", "User")}},
			"username": schema.StringAttribute{MarkdownDescription: "Username of the user, instead of `user_id`.", Optional: true, Validators: []validator.String{isMail(), stringvalidator.ConflictsWith(path.MatchRoot("user_id"))}},
			"since":    schema.StringAttribute{MarkdownDescription: "The earliest time, in RFC 3339, such as `2026-11-01T00:00:00Z`.", Optional: true, CustomType: timetypes.RFC3339Type{}},
			"until":    schema.StringAttribute{MarkdownDescription: "The time before which the logins were, in RFC 3339.", Optional: true, CustomType: timetypes.RFC3339Type{}},
			"max_rows": maxRowsAttribute(""),
			"logins":   schema.ListNestedAttribute{MarkdownDescription: "The logins.", Computed: true, NestedObject: listedLogin.schema()},
		},
	}
}

func (d *loginHistoryDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var m loginHistoryModel
	if resp.Diagnostics.Append(req.Config.Get(ctx, &m)...); resp.Diagnostics.HasError() {
		return
	}
	if isSet(m.Since) && isSet(m.Until) && !instant(m.Since).Before(instant(m.Until)) {
		resp.Diagnostics.AddAttributeError(path.Root("until"), "No time between since and until", "until is not later than since, so no login could be between them.")
	}
}

func (d *loginHistoryDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m loginHistoryModel
	if resp.Diagnostics.Append(req.Config.Get(ctx, &m)...); resp.Diagnostics.HasError() {
		return
	}
	conditions := d.conditions(ctx, &m, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	columns, err := listedLogin.visible(ctx, d.client, "LoginHistory")
	var found sfclient.Rows
	if err == nil {
		statement := sfclient.Select(columns, "LoginHistory", conditions)[0] + " ORDER BY LoginTime DESC"
		found, err = d.client.QueryAny(ctx, false, maxRows(m.MaxRows), statement)
	}
	if err != nil {
		addRowsError(&resp.Diagnostics, "login history", m.Username.ValueString()+m.UserID.ValueString(), err, "ask for one user or a shorter time")
		return
	}
	kinds := listedLogin.types()
	logins := make([]attr.Value, len(found.Records))
	for i, row := range found.Records {
		logins[i] = listedLogin.object(kinds, row)
	}
	m.Logins = types.ListValueMust(types.ObjectType{AttrTypes: kinds}, logins)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// soqlTime is how SOQL writes a time.
const soqlTime = "2006-01-02T15:04:05Z"

// conditions are those of the query. LoginHistory can be filtered by few of its columns, by these among them.
func (d *loginHistoryDataSource) conditions(ctx context.Context, m *loginHistoryModel, diags *diag.Diagnostics) []string {
	var conditions []string
	user := m.UserID.ValueString()
	if name := m.Username.ValueString(); isSet(m.Username) {
		rows, err := d.client.Users.All(ctx, "Username", name)
		switch {
		case err != nil:
			addError(diags, "read", "user", name, err)
			return nil
		case len(rows) == 0:
			addUnknown(diags, "username", "user", name, usernames(d.similarUsers(ctx, name)))
			return nil
		}
		user = rows[0].ID
	}
	if user != "" {
		conditions = append(conditions, "UserId = "+sfclient.Quote(user))
	}
	if isSet(m.Since) {
		conditions = append(conditions, "LoginTime >= "+instant(m.Since).UTC().Format(soqlTime))
	}
	if isSet(m.Until) {
		conditions = append(conditions, "LoginTime < "+instant(m.Until).UTC().Format(soqlTime))
	}
	return conditions
}
