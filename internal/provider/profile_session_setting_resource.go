package provider

import "github.com/hashicorp/terraform-plugin-framework/resource"

// newProfileSessionSettingResource is a profile's own session settings: salesforce_profile_session_setting.
func newProfileSessionSettingResource() resource.Resource {
	return &profilePolicyResource{profilePolicy: profilePolicy{
		typeName: "salesforce_profile_session_setting", noun: "profile session setting", setup: "Setup > Profiles > Session Settings",
		kind: "ProfileSessionSetting",
		text: "A profile's own session settings, which stand in for the org's (`salesforce_session_settings`) for its users: how long a session may be idle, and which security level a login needs.\n\n" +
			"~> The level `HIGH_ASSURANCE` is not carried by OAuth access tokens: it locks integrations out. Never write it for their profiles.",
		needs:  "Modify Metadata Through Metadata API Functions and Manage Profiles and Permission Sets",
		fields: profileSessionFields, presetPart: "sessionSettings", presets: profileSessionPresets,
	}}
}

// profileSessionFields are those of ProfileSessionSetting. Source: Metadata API guide, ProfileSessionSetting.
var profileSessionFields = fields{
	{element: "externalCommunityUserIdentityVerif", text: "Whether external users verify their identity when they log in to an Experience Cloud site from an unknown browser."},
	{element: "forceLogout", text: "Whether sessions that time out log the user out."},
	{element: "requiredSessionLevel", kind: word, values: []string{"LOW", "STANDARD", "HIGH_ASSURANCE"}, text: "Security level that a login needs. Salesforce advises against `LOW`, which Setup does not offer."},
	{element: "sessionPersistence", text: "Whether users of the External Identity profile stay logged in to their site when they close the browser."},
	{
		element: "sessionTimeout", kind: number, values: []string{"0", "15", "30", "60", "90", "120", "240", "480", "720", "1440"},
		text: "How many minutes a session may be idle; API calls count as use. `0` is Salesforce's default, two hours.",
	},
	{element: "sessionTimeoutWarning", text: "Whether users are warned before a session times out."},
}

// profileSessionPresets make a session setting say what the org's session settings say.
var profileSessionPresets = []preset{
	{element: "externalCommunityUserIdentityVerif", otherwise: "false"},
	{element: "forceLogout", from: "forceLogoutOnSessionTimeout", otherwise: "false"},
	{element: "sessionPersistence", otherwise: "false"},
	{element: "sessionTimeout", from: "sessionTimeout", otherwise: "0", words: map[string]string{
		"FifteenMinutes": "15", "ThirtyMinutes": "30", "SixtyMinutes": "60", "NinetyMinutes": "90", "TwoHours": "120",
		"FourHours": "240", "EightHours": "480", "TwelveHours": "720", "TwentyFourHours": "1440",
	}},
	{element: "sessionTimeoutWarning", from: "disableTimeoutWarning", otherwise: "true", words: map[string]string{"true": "false", "false": "true"}},
}
