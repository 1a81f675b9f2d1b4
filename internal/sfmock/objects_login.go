package sfmock

// loginHistoryObject may be filtered on few of its columns, and shows other users' rows to those who administer or watch them
// (Object Reference).
func loginHistoryObject() *object {
	return &object{
		Name: "LoginHistory", Label: "Login History", Prefix: "0Ya", OthersWith: []string{"ManageUsers", "MonitorLoginHistory"},
		Fields: []*field{
			{Name: "UserId", Type: "reference", Label: "User ID", Length: 18, NotNull: true, Reference: []string{"User"}},
			{Name: "LoginTime", Type: "datetime", Label: "Login Time", NotNull: true},
			{Name: "LoginType", Type: "picklist", Label: "Login Type", Length: 40},
			{Name: "LoginSubType", Type: "picklist", Label: "Login Subtype", Length: 100, NoFilter: true},
			{Name: "SourceIp", Type: "string", Label: "Source IP", Length: 39, NoFilter: true},
			{Name: "ForwardedForIp", Type: "string", Label: "Forwarded-for IP", Length: 256, NoFilter: true},
			{Name: "LoginUrl", Type: "string", Label: "Login URL", Length: 128},
			{Name: "AuthenticationServiceId", Type: "reference", Label: "Authentication Service ID", Length: 18},
			{Name: "LoginGeoId", Type: "reference", Label: "Login Geo Data ID", Length: 18, NoFilter: true},
			{Name: "TlsProtocol", Type: "picklist", Label: "TLS Protocol", Length: 40},
			{Name: "CipherSuite", Type: "picklist", Label: "TLS Cipher Suite", Length: 64},
			{Name: "Browser", Type: "string", Length: 64, NoFilter: true},
			{Name: "Platform", Type: "string", Length: 64, NoFilter: true},
			{Name: "Status", Type: "string", Length: 128, NoFilter: true},
			{Name: "Application", Type: "string", Length: 64, NoFilter: true},
			{Name: "ClientVersion", Type: "string", Label: "Client Version", Length: 64, NoFilter: true},
			{Name: "ApiType", Type: "string", Label: "API Type", Length: 64, NoFilter: true},
			{Name: "ApiVersion", Type: "string", Label: "API Version", Length: 32, NoFilter: true},
			{Name: "CountryIso", Type: "string", Label: "Country Code", Length: 3},
			{Name: "AuthMethodReference", Type: "string", Label: "Authentication Method Reference", Length: 128, NoFilter: true},
			{Name: "AuthContextClassRef", Type: "string", Label: "Authentication Context Class Reference", Length: 500, NoFilter: true, NoGroup: !unsureContextGroups},
			{Name: "NetworkId", Type: "reference", Label: "Network ID", Length: 18},
		},
		Rules:   rules{BeforeSave: justHappened},
		Indexes: []string{"UserId"},
	}
}

// justHappened fills the time of a login that has none: those of a seed, whose dates would be too old one day.
func justHappened(c *change) *apiError {
	if c.rec.values["LoginTime"] == nil {
		c.rec.values["LoginTime"] = c.org.now()
	}
	return nil
}

// verificationHistoryObject is what users proved their identity with over the last six months (Object Reference).
func verificationHistoryObject() *object {
	return &object{
		Name: "VerificationHistory", Label: "Verification History", Prefix: unsureVerificationPrefix, ReadWith: "ManageUsers",
		Fields: []*field{
			{Name: "EventGroup", Type: "int", Label: "Verification Attempt", NotNull: true, Default: int64(1)},
			{Name: "VerificationTime", Type: "datetime", Label: "Time", NotNull: true, NoGroup: true},
			{Name: "VerificationMethod", Type: "picklist", Label: "Method", Length: 40},
			{Name: "UserId", Type: "reference", Label: "User ID", Length: 18, NotNull: true, Reference: []string{"User"}, Relationship: "User"},
			{Name: "Activity", Type: "picklist", Label: "User Activity", Length: 40, NotNull: true, Default: "Login"},
			{Name: "Status", Type: "picklist", Length: 40, NotNull: true, Default: "Succeeded"},
			{Name: "LoginHistoryId", Type: "reference", Label: "Login History ID", Length: 18, Reference: []string{"LoginHistory"}, Relationship: "LoginHistory"},
			{Name: "SourceIp", Type: "string", Label: "Source IP", Length: 39},
			{Name: "LoginGeoId", Type: "reference", Label: "Login Geo Data ID", Length: 18},
			{Name: "Remarks", Type: "string", Label: "Activity Message", Length: 255},
			{Name: "ResourceId", Type: "reference", Label: "Connected App ID", Length: 18},
			{Name: "Policy", Type: "picklist", Label: "Triggered By", Length: 40, NotNull: true, Default: "TwoFactorAuthentication"},
		},
		Indexes: []string{"UserId"},
	}
}

// twoFactorMethodsInfoObject tells which verifiers a user has registered; it has a row for users with any. It has small pages and
// ends after five of them, whatever more there is.
func twoFactorMethodsInfoObject() *object {
	return &object{
		Name: "TwoFactorMethodsInfo", Label: "Two-Factor Methods Info", Prefix: "0Kg", ReadWith: "ManageTwoFactor", PageRows: 500, MostRows: 2500,
		Fields: []*field{
			{Name: "UserId", Type: "reference", Label: "User ID", Length: 18, NotNull: true, Unique: true, Reference: []string{"User"}, Relationship: "User"},
			{Name: "ExternalId", Type: "string", Label: "External ID", Length: 255},
			{Name: "HasBuiltInAuthenticator", Type: "boolean", Label: "Has Built-In Authenticator", NotNull: true, Default: false},
			{Name: "HasSalesforceAuthenticator", Type: "boolean", Label: "Has Salesforce Authenticator", NotNull: true, Default: false},
			{Name: "HasSecurityKey", Type: "boolean", Label: "Has Security Key", NotNull: true, Default: false},
			{Name: "HasU2F", Type: "boolean", Label: "Has U2F", NotNull: true, Default: false},
			{Name: "HasTotp", Type: "boolean", Label: "Has One-Time Password Generator", NotNull: true, Default: false},
			{Name: "HasTempCode", Type: "boolean", Label: "Has Temporary Code", NotNull: true, Default: false},
			{Name: "HasUserVerifiedEmailAddress", Type: "boolean", Label: "Has User Verified Email Address", NotNull: true, Default: false},
			{Name: "HasUserVerifiedMobileNumber", Type: "boolean", Label: "Has User Verified Mobile Number", NotNull: true, Default: false},
			{Name: "HasVerifiedMobileNumber", Type: "boolean", Label: "Has Verified Mobile Number", NotNull: true, Default: false},
		},
		Indexes: []string{"UserId"},
	}
}
