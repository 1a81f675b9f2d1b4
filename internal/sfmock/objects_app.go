package sfmock

import "slices"

// appObjects are the read-only sObjects of connected apps and external client apps. The documents call most of them internal;
// only columns that some source names are here.
func appObjects() []*object {
	return []*object{connectedApplicationObject(), externalClientApplicationObject(), ecaOauthSettingsObject(), ecaOauthPolicyObject(), ecaPolicyObject()}
}

func connectedApplicationObject() *object {
	return &object{
		Name: "ConnectedApplication", Label: "Connected App", Prefix: "0H4", Tooling: true,
		Fields: []*field{
			{Name: "Name", Type: "string", Length: 80, NotNull: true, Unique: true},
			{Name: "OptionsAllowAdminApprovedUsersOnly", Type: "boolean", Label: "AllowAdminApprovedUsersOnly", NotNull: true, Default: false},
			{Name: "OptionsHasSessionLevelPolicy", Type: "boolean", Label: "HasSessionLevelPolicy", NotNull: true, Default: false},
			{Name: "MobileSessionTimeout", Type: "int", Label: "Mobile Session Timeout"},
			{Name: "RefreshTokenValidityPeriod", Type: "int", Label: "Refresh Token Validity Period"},
			{Name: "StartUrl", Type: "url", Label: "Start Url", Length: 1024},
		},
		Rules: appRules("ConnectedApp", "Name"),
	}
}

func externalClientApplicationObject() *object {
	return &object{
		Name: "ExternalClientApplication", Label: "External Client App", Prefix: "0xI", Tooling: true,
		Fields: slices.Concat(readOnly(developerNamed()), []*field{
			{Name: "Description", Type: "string", Length: 255},
			{Name: "ContactEmail", Type: "email", Label: "Contact Email", Length: 80},
			{Name: "ContactPhone", Type: "phone", Label: "Contact Phone", Length: 40},
			{Name: "DistributionState", Type: "picklist", Label: "Distribution State", Length: 40, Picklist: []string{"Local", "Packaged", "Managed", "AutoInstalled"}},
			{Name: "OrgScopedExternalApp", Type: "string", Label: "Org Scoped External App", Length: 255},
		}),
		Rules: appRules(ecaApp, "DeveloperName"),
	}
}

// readOnly takes the columns from the API's writers.
func readOnly(fields []*field) []*field {
	for _, f := range fields {
		f.Create, f.Update, f.Required = false, false, false
	}
	return fields
}

// satelliteColumns are those of what belongs to an external client app.
func satelliteColumns(more ...*field) []*field {
	return slices.Concat(readOnly(developerNamed()), []*field{
		{Name: "ExternalClientApplicationId", Type: "reference", Label: "External Client App ID", Length: 18, Reference: []string{"ExternalClientApplication"}, Relationship: "ExternalClientApplication"},
	}, more)
}

func ecaOauthSettingsObject() *object {
	return &object{
		Name: "ExtlClntAppOauthSettings", Label: "External Client App OAuth Settings", Prefix: "0xJ", Tooling: true,
		Fields: satelliteColumns(&field{Name: "OauthLink", Type: "string", Label: "OAuth Link", Length: 255}),
		Rules:  appRules(ecaOauth, "DeveloperName"),
	}
}

func ecaOauthPolicyObject() *object {
	return &object{
		Name: "ExtlClntAppOauthPlcyCnfg", Label: "External Client App OAuth Policies", Prefix: "0xK", Tooling: true,
		Fields: satelliteColumns(
			&field{Name: "PermittedUsersPolicyType", Type: "picklist", Label: "Permitted Users", Length: 40, Picklist: []string{"AllSelfAuthorized", "AdminApprovedPreAuthorized"}},
			&field{Name: "ClientCredentialsFlowUser", Type: "string", Label: "Client Credentials Flow User", Length: 80},
		),
		Rules: appRules(ecaOauthPolicies, "DeveloperName"),
	}
}

func ecaPolicyObject() *object {
	return &object{
		Name: "ExtlClntAppPlcyCnfg", Label: "External Client App Policies", Prefix: "0xL", Tooling: true,
		Fields: satelliteColumns(&field{Name: "IsEnabled", Type: "boolean", Label: "Enabled"}),
		Rules:  appRules(ecaPolicies, "DeveloperName"),
	}
}
