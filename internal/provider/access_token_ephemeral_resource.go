package provider

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ ephemeral.EphemeralResourceWithConfigure      = &accessTokenEphemeralResource{}
	_ ephemeral.EphemeralResourceWithValidateConfig = &accessTokenEphemeralResource{}
	_ ephemeral.EphemeralResourceWithClose          = &accessTokenEphemeralResource{}
)

func newAccessTokenEphemeralResource() ephemeral.EphemeralResource {
	return &accessTokenEphemeralResource{}
}

// accessTokenEphemeralResource is an access token of any app whose keys the configuration holds: salesforce_access_token.
type accessTokenEphemeralResource struct{ ephemeralBase }

// tokenArguments are the sign-in arguments that say whose token it is.
var tokenArguments = []string{"login_url", "client_id", "client_secret", "username", "private_key", "audience"}

func (e *accessTokenEphemeralResource) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "salesforce_access_token"
}

func (e *accessTokenEphemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"revoke_on_close": schema.BoolAttribute{
			MarkdownDescription: "Whether the token ends when Terraform has finished with it. Only for tokens that nothing keeps. Defaults to `false`: the token then lives as long as the app's session policy says.",
			Optional:            true,
		},
		"access_token":    schema.StringAttribute{MarkdownDescription: "The access token.", Computed: true, Sensitive: true},
		"token_type":      schema.StringAttribute{MarkdownDescription: "How the token is sent: `Bearer`.", Computed: true},
		"instance_url":    schema.StringAttribute{MarkdownDescription: "Address of the API that the token is for.", Computed: true},
		"scopes":          schema.SetAttribute{MarkdownDescription: "OAuth scopes of the token, such as `api`.", ElementType: types.StringType, Computed: true},
		"user_id":         schema.StringAttribute{MarkdownDescription: "Id of the user that the token stands for.", Computed: true},
		"organization_id": schema.StringAttribute{MarkdownDescription: "Id of the org.", Computed: true},
		"issued_at":       schema.StringAttribute{MarkdownDescription: "When Salesforce issued the token (RFC 3339). Null with the JWT bearer flow, where Salesforce does not say.", Computed: true},
	}
	for _, a := range signInArguments {
		if slices.Contains(tokenArguments, a.name) {
			attributes[a.name] = schema.StringAttribute{
				MarkdownDescription: a.text, Optional: a.name != "client_id", Required: a.name == "client_id", Sensitive: a.secret,
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			}
		}
	}
	attributes["login_url"] = schema.StringAttribute{
		MarkdownDescription: "Where to sign in: the My Domain of the app's org, such as `https://example.my.salesforce.com`. Defaults to the provider's.", Optional: true,
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "An access token of an app whose secret or key you hold, for other programs and providers that call Salesforce. Neither the state nor the plan has it. " +
			"Give `client_secret` for the client credentials flow, or `username` and `private_key` for the JWT bearer flow.\n\n" +
			"Terraform signs in during the plan and again during the apply. Failed sign-ins count towards a lockout, so a refused one is not tried again.\n\n" +
			"-> The provider's user needs no permission for this: the token is that of the app's user.",
		Attributes: attributes,
	}
}

// ValidateConfig finds what can't be a way to sign in, as far as the values are known.
func (e *accessTokenEphemeralResource) ValidateConfig(ctx context.Context, req ephemeral.ValidateConfigRequest, resp *ephemeral.ValidateConfigResponse) {
	values := attributesOf(ctx, req.Config, &resp.Diagnostics)
	for _, name := range tokenArguments {
		if v := values[name]; v == nil || v.IsUnknown() {
			return
		}
	}
	const anyDomain = "https://example.my.salesforce.com" // the provider's login URL is not known yet
	if err := sfclient.CheckSignIn(tokenConfig(values, anyDomain)); err != nil {
		addTokenError(&resp.Diagnostics, err)
	}
}

func (e *accessTokenEphemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	d := &resp.Diagnostics
	values := attributesOf(ctx, req.Config, d)
	if d.HasError() {
		return
	}
	token, err := e.client.MintToken(ctx, tokenConfig(values, e.client.LoginURL()))
	if err != nil {
		addTokenError(d, err)
		return
	}
	values["access_token"], values["token_type"] = types.StringValue(token.AccessToken), types.StringValue(token.TokenType)
	values["instance_url"] = types.StringValue(token.InstanceURL)
	values["scopes"] = setOf(ctx, token.Scopes, d)
	values["user_id"], values["organization_id"] = types.StringValue(token.UserID), types.StringValue(token.OrganizationID)
	values["issued_at"] = types.StringNull()
	if !token.IssuedAt.IsZero() {
		values["issued_at"] = types.StringValue(token.IssuedAt.Format(time.RFC3339))
	}
	if revoke, _ := values["revoke_on_close"].(types.Bool); revoke.ValueBool() {
		d.Append(resp.Private.SetKey(ctx, tokenKey, heldToken{token.InstanceURL, token.AccessToken}.json())...)
	}
	d.Append(setAttributes(ctx, &resp.Result, values)...)
}

// tokenKey is where the token to revoke stands in the private data, which Terraform keeps in memory only.
const tokenKey = "token"

// heldToken is a token that ends when it is closed.
type heldToken struct{ InstanceURL, AccessToken string }

func (h heldToken) json() []byte {
	text, _ := json.Marshal(h) // two strings
	return text
}

// Close revokes the token where that is wanted. That it is not revoked is no reason for the run to fail.
func (e *accessTokenEphemeralResource) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	kept, diags := req.Private.GetKey(ctx, tokenKey)
	resp.Diagnostics.Append(diags...)
	var held heldToken
	if kept == nil || json.Unmarshal(kept, &held) != nil {
		return
	}
	if err := e.client.RevokeToken(ctx, held.InstanceURL, held.AccessToken); err != nil {
		resp.Diagnostics.AddWarning("Unable to revoke the access token", explain(err)+"\n\nIt ends by itself as the app's session policy says.")
	}
}

// tokenConfig is how to sign in for the token.
func tokenConfig(values attributes, loginURL string) sfclient.Config {
	config := sfclient.Config{LoginURL: loginURL}
	for _, a := range signInArguments {
		if v := values[a.name]; slices.Contains(tokenArguments, a.name) && v != nil && isSet(v) {
			*a.target(&config) = textOf(v)
		}
	}
	return config
}

// addTokenError reports a sign-in that failed, on the argument at fault.
func addTokenError(diags *diag.Diagnostics, err error) {
	if a, problem, ok := blamedArgument(err); ok {
		diags.AddAttributeError(path.Root(a.name), "Access token: "+a.name, problem)
		return
	}
	if detail, ok := explainSignIn(err); ok {
		diags.AddError("Unable to get an access token", detail)
		return
	}
	addError(diags, "get", "an access token", "", err)
}
