package provider

import "github.com/hashicorp/terraform-plugin-framework/resource"

// newPasswordPoliciesResource is the org's password policies: salesforce_password_policies.
func newPasswordPoliciesResource() resource.Resource {
	return &settingsResource{settings: settings{
		typeName: "salesforce_password_policies", noun: "password policies", setup: "Setup > Password Policies",
		kind: "SecuritySettings", part: []string{"passwordPolicies"},
		text: "The org's password policies, for users whose profile has none of its own (`salesforce_profile_password_policy`).\n\n" +
			"Integrations that sign in through OAuth without a screen have no use for a password, so these are for people.",
		needs:  "Modify Metadata Through Metadata API Functions, Customize Application and Manage Password Policies",
		fields: passwordFields,
	}}
}

// passwordFields are those of PasswordPolicies. Source: Metadata API guide, SecuritySettings.
var passwordFields = fields{
	{element: "apiOnlyUserHomePageURL", kind: word, text: "Where API-only users who try to log in to the user interface are sent."},
	{element: "complexity", kind: word, text: "What a password must hold.", values: []string{
		"NoRestriction", "AlphaNumeric", "SpecialCharacters", "UpperLowerCaseNumeric", "UpperLowerCaseNumericSpecialCharacters", "Any3UpperLowerCaseNumericSpecialCharacters",
	}},
	{element: "expiration", kind: word, text: "When passwords expire. API calls of a user whose password has expired are refused, OAuth or not.", values: []string{
		"ThirtyDays", "SixtyDays", "NinetyDays", "SixMonths", "OneYear", "Never",
	}},
	{element: "historyRestriction", kind: number, limits: &[2]int64{0, 24}, text: "How many earlier passwords can't be used again, 0 to 24."},
	{element: "lockoutInterval", kind: word, values: []string{"FifteenMinutes", "ThirtyMinutes", "SixtyMinutes", "Forever"}, text: "How long too many wrong passwords lock a user out."},
	{element: "maxLoginAttempts", kind: word, values: []string{"ThreeAttempts", "FiveAttempts", "TenAttempts", "NoLimit"}, text: "How many wrong passwords lock a user out."},
	{element: "minimumPasswordLength", kind: number, limits: &[2]int64{5, 50}, text: "Least number of characters, 5 to 50."},
	{element: "minimumPasswordLifetime", text: "Whether a password can't be changed again within a day."},
	{element: "obscureSecretAnswer", text: "Whether the answer to the password question is hidden while it is typed."},
	{element: "passwordAssistanceMessage", kind: word, text: "Message for users who forgot their password or are locked out."},
	{element: "passwordAssistanceURL", kind: word, text: "Address behind that message."},
	{element: "questionRestriction", kind: word, values: []string{"None", "DoesNotContainPassword"}, text: "Whether the answer to the password question may hold the password."},
}
