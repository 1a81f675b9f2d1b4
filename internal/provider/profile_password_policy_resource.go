package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// newProfilePasswordPolicyResource is a profile's own password policy: salesforce_profile_password_policy.
func newProfilePasswordPolicyResource() resource.Resource {
	return &profilePolicyResource{profilePolicy: profilePolicy{
		typeName: "salesforce_profile_password_policy", noun: "profile password policy", setup: "Setup > Profiles > Password Policies",
		kind: "ProfilePasswordPolicy",
		text: "A profile's own password policy, which stands in for the org's (`salesforce_password_policies`) for its users.\n\n" +
			"A password that expires ends an integration, even one that signs in through OAuth: API calls of its user are refused. `password_expiration = 0` on its profile prevents that.",
		needs:  "Modify Metadata Through Metadata API Functions, Manage Profiles and Permission Sets, and Manage Password Policies",
		fields: profilePasswordFields, presetPart: "passwordPolicies", presets: profilePasswordPresets,
		check: checkProfilePassword,
	}}
}

// profilePasswordFields are those of ProfilePasswordPolicy. Source: Metadata API guide, ProfilePasswordPolicy.
var profilePasswordFields = fields{
	{element: "forgotPasswordRedirect", text: "Whether the link in a mail about a forgotten password stays good until the user confirms the reset, instead of the first click."},
	{element: "isDisabled", since: 68, text: "Whether the policy is disabled."},
	{element: "lockoutInterval", kind: number, values: []string{"0", "15", "30", "60"}, text: "How many minutes too many wrong passwords lock a user out; `0` until an administrator resets it."},
	{element: "maxLoginAttempts", kind: number, values: []string{"0", "3", "5", "10"}, text: "How many wrong passwords lock a user out; `0` for no limit."},
	{element: "minimumPasswordLength", kind: number, limits: &[2]int64{5, 50}, text: "Least number of characters, 5 to 50."},
	{element: "minimumPasswordLifetime", text: "Whether a password can't be changed again within a day."},
	{element: "obscure", text: "Whether the answer to the password question is hidden while it is typed."},
	{
		element: "passwordComplexity", kind: number, limits: &[2]int64{0, 5},
		text: "What a password must hold: `0` anything, `1` letters and digits, `2` these and special characters, `3` digits, upper and lower case letters, `4` these and special characters, `5` three of these four.",
	},
	{element: "passwordExpiration", kind: number, values: []string{"0", "30", "60", "90", "180", "365"}, text: "After how many days passwords expire; `0` for never."},
	{element: "passwordHistory", kind: number, limits: &[2]int64{0, 24}, text: "How many earlier passwords can't be used again, 0 to 24. `0` needs `password_expiration = 0`."},
	{element: "passwordQuestion", kind: number, values: []string{"0", "1"}, text: "Whether the answer to the password question may hold the password: `0` it may, `1` it may not."},
}

// profilePasswordPresets make a password policy say what the org's password policies say.
var profilePasswordPresets = []preset{
	{element: "lockoutInterval", from: "lockoutInterval", otherwise: "15", words: map[string]string{"FifteenMinutes": "15", "ThirtyMinutes": "30", "SixtyMinutes": "60", "Forever": "0"}},
	{element: "maxLoginAttempts", from: "maxLoginAttempts", otherwise: "10", words: map[string]string{"ThreeAttempts": "3", "FiveAttempts": "5", "TenAttempts": "10", "NoLimit": "0"}},
	{element: "minimumPasswordLength", from: "minimumPasswordLength", otherwise: "8"},
	{element: "minimumPasswordLifetime", from: "minimumPasswordLifetime", otherwise: "false"},
	{element: "obscure", from: "obscureSecretAnswer", otherwise: "false"},
	{element: "passwordComplexity", from: "complexity", otherwise: "1", words: map[string]string{
		"NoRestriction": "0", "AlphaNumeric": "1", "SpecialCharacters": "2", "UpperLowerCaseNumeric": "3",
		"UpperLowerCaseNumericSpecialCharacters": "4", "Any3UpperLowerCaseNumericSpecialCharacters": "5",
	}},
	{element: "passwordExpiration", from: "expiration", otherwise: "90", words: map[string]string{
		"ThirtyDays": "30", "SixtyDays": "60", "NinetyDays": "90", "SixMonths": "180", "OneYear": "365", "Never": "0",
	}},
	{element: "passwordHistory", from: "historyRestriction", otherwise: "3"},
	{element: "passwordQuestion", from: "questionRestriction", otherwise: "1", words: map[string]string{"None": "0", "DoesNotContainPassword": "1"}},
}

// checkProfilePassword finds the pair that Salesforce refuses.
func checkProfilePassword(plan attributes, diags *diag.Diagnostics) {
	history, expiration := plan["password_history"], plan["password_expiration"]
	if history.Equal(types.Int64Value(0)) && isSet(expiration) && !expiration.Equal(types.Int64Value(0)) {
		diags.AddAttributeError(path.Root("password_history"), "Passwords that expire need a history",
			"Salesforce takes password_history = 0 only with password_expiration = 0, which is "+textOf(expiration)+". An attribute that the configuration leaves out has the value of the profile's policy, or of the org's where the profile has none yet.\n\n"+
				"Write a password_history of 1 to 24, or password_expiration = 0.")
	}
}
