package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// newSingleSignOnSettingsResource is the org's switches for single sign-on: salesforce_single_sign_on_settings.
func newSingleSignOnSettingsResource() resource.Resource {
	return &settingsResource{settings: settings{
		typeName: "salesforce_single_sign_on_settings", noun: "single sign-on settings", setup: "Setup > Single Sign-On Settings",
		kind: "SecuritySettings", part: []string{"singleSignOnSettings"},
		text: "The org's switches for single sign-on. The identity providers themselves are components of their own (SamlSsoConfig, AuthProvider).\n\n" +
			"~> `is_login_with_salesforce_credentials_disabled` locks everybody out whom no working identity provider knows. The plan is refused when the org has no SAML configuration or authentication provider, " +
			"or no active administrator left who can log in without single sign-on.",
		needs:  "Modify Metadata Through Metadata API Functions and Customize Application",
		fields: signOnFields, check: checkSignOnSettings,
	}}
}

// signOnFields are those of SingleSignOnSettings. Source: Metadata API guide, SecuritySettings.
var signOnFields = fields{
	{element: "enableCaseInsensitiveFederationID", text: "Whether federation ids are compared ignoring case."},
	{element: "enableForceDelegatedCallout", text: "Whether delegated authentication is asked even when the login is already refused."},
	{element: "enableMultipleSamlConfigs", text: "Whether the org can have several SAML configurations. Once on, Salesforce does not let it be switched off."},
	{element: "enableSamlJitProvisioning", text: "Whether SAML logins create users. Needs `enable_saml_login`, and `enable_multiple_saml_configs` off."},
	{element: "enableSamlLogin", text: "Whether users can log in through SAML."},
	{element: "isLoginWithSalesforceCredentialsDisabled", text: "Whether users can't log in with a Salesforce password."},
}
