package provider

import "github.com/hashicorp/terraform-plugin-framework/resource"

// newOAuthSettingsResource is the org's OAuth and OpenID Connect settings: salesforce_oauth_settings.
func newOAuthSettingsResource() resource.Resource {
	return &settingsResource{settings: settings{
		typeName: "salesforce_oauth_settings", noun: "OAuth settings", setup: "Setup > OAuth and OpenID Connect Settings",
		kind: "OauthOidcSettings",
		text: "The org's OAuth and OpenID Connect settings. Blocking the username-password flow and the user-agent flow ends logins that send a password or get a token in an address; " +
			"integrations use the JWT bearer or the client credentials flow instead.",
		needs:  "Modify Metadata Through Metadata API Functions and Customize Application",
		fields: oauthFields,
	}}
}

// oauthFields are those of OauthOidcSettings. Source: Metadata API guide, OauthOidcSettings.
var oauthFields = fields{
	{element: "blockOAuthUnPwFlow", attribute: "block_oauth_un_pw_flow", text: "Whether the OAuth username-password flow is blocked."},
	{element: "blockOAuthUsrAgtFlow", attribute: "block_oauth_usr_agt_flow", text: "Whether the OAuth user-agent flow is blocked."},
	{element: "isPkceRequired", text: "Whether all apps need Proof Key for Code Exchange (PKCE) in the web server flow."},
	{element: "oAuthCdCrdtFlowEnable", attribute: "oauth_cd_crdt_flow_enable", text: "Whether the authorization code and credentials flow is allowed."},
}
