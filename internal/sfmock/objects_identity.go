package sfmock

import "slices"

// identityObjects are people, machines and what they are: User, UserLogin, UserRole, Profile.
func identityObjects() []*object {
	return []*object{userObject(), userLoginObject(), userRoleObject(), profileObject()}
}

// userObject lists the columns in the order of describe, in which the server also names the missing required ones.
func userObject() *object {
	columns := []*field{
		{Name: "Username", Type: "string", Label: "Username", Length: 80, Create: true, Update: true, Required: true, IDLookup: true},
		{Name: "LastName", Type: "string", Label: "Last Name", Length: 80, Create: true, Update: true, Required: true},
		{Name: "FirstName", Type: "string", Label: "First Name", Length: 40, Create: true, Update: true},
		{Name: "Name", Type: "string", Label: "Full Name", Length: 121, Compute: fullName},
		{Name: "CompanyName", Type: "string", Label: "Company Name", Length: 80, Create: true, Update: true},
		{Name: "Division", Type: "string", Length: 80, Create: true, Update: true},
		{Name: "Department", Type: "string", Length: 80, Create: true, Update: true},
		{Name: "Title", Type: "string", Length: 80, Create: true, Update: true},
		{Name: "Street", Type: "textarea", Length: 255, Create: true, Update: true},
		{Name: "City", Type: "string", Length: 40, Create: true, Update: true},
		{Name: "State", Type: "string", Label: "State/Province", Length: 80, Create: true, Update: true},
		{Name: "PostalCode", Type: "string", Label: "Zip/Postal Code", Length: 20, Create: true, Update: true},
		{Name: "Country", Type: "string", Length: 80, Create: true, Update: true},
		{Name: "Email", Type: "email", Length: 128, Create: true, Update: true, Required: true},
		{Name: "EmailPreferencesAutoBcc", Type: "boolean", Label: "AutoBcc", Create: true, Update: true, NotNull: true, Default: true},
		{Name: "EmailPreferencesAutoBccStayInTouch", Type: "boolean", Label: "AutoBccStayInTouch", Create: true, Update: true, NotNull: true, Default: false},
		{Name: "EmailPreferencesStayInTouchReminder", Type: "boolean", Label: "StayInTouchReminder", Create: true, Update: true, NotNull: true, Default: true},
		{Name: "SenderEmail", Type: "email", Label: "Email Sender Address", Length: 80, Create: true, Update: true},
		{Name: "SenderName", Type: "string", Label: "Email Sender Name", Length: 80, Create: true, Update: true},
		{Name: "Signature", Type: "textarea", Label: "Email Signature", Length: 1333, Create: true, Update: true, NoFilter: true, NoSort: true, NoGroup: true},
		{Name: "StayInTouchSubject", Type: "string", Label: "Stay-in-Touch Email Subject", Length: 80, Create: true, Update: true},
		{Name: "Phone", Type: "phone", Length: 40, Create: true, Update: true},
		{Name: "Fax", Type: "phone", Length: 40, Create: true, Update: true},
		{Name: "MobilePhone", Type: "phone", Label: "Mobile", Length: 40, Create: true, Update: true},
		{Name: "Alias", Type: "string", Length: 8, Create: true, Update: true, Required: true},
		{Name: "CommunityNickname", Type: "string", Label: "Nickname", Length: 40, Create: true, Update: true, NotNull: true},
		{Name: "BadgeText", Type: "string", Label: "User Photo badge text overlay", Length: 80},
		{Name: "IsActive", Type: "boolean", Label: "Active", Create: true, Update: true, NotNull: true, Default: true},
		{Name: "TimeZoneSidKey", Type: "picklist", Label: "Time Zone", Length: 40, Create: true, Update: true, Required: true, Picklist: timeZones},
		{Name: "UserRoleId", Type: "reference", Label: "Role ID", Length: 18, Create: true, Update: true, Reference: []string{"UserRole"}, Relationship: "UserRole", ChildName: "Users", VisibleWith: "ViewRoles"},
		{Name: "LocaleSidKey", Type: "picklist", Label: "Locale", Length: 40, Create: true, Update: true, Required: true, Picklist: locales},
		{Name: "ReceivesInfoEmails", Type: "boolean", Label: "Info Emails", Create: true, Update: true, NotNull: true, Default: false},
		{Name: "ReceivesAdminInfoEmails", Type: "boolean", Label: "Admin Info Emails", Create: true, Update: true, NotNull: true, Default: false},
		{Name: "EmailEncodingKey", Type: "picklist", Label: "Email Encoding", Length: 40, Create: true, Update: true, Required: true, Picklist: emailEncodings},
		{Name: "ProfileId", Type: "reference", Label: "Profile ID", Length: 18, Create: true, Update: true, Required: true, Reference: []string{"Profile"}, Relationship: "Profile", ChildName: "Users", VisibleWith: "ViewSetup"},
		{Name: "UserType", Type: "picklist", Label: "User Type", Length: 40, Picklist: userTypes},
		{Name: "StartDay", Type: "picklist", Label: "Start of Day", Length: 40, Create: true, Update: true, Picklist: hoursOfDay},
		{Name: "EndDay", Type: "picklist", Label: "End of Day", Length: 40, Create: true, Update: true, Picklist: hoursOfDay},
		{Name: "LanguageLocaleKey", Type: "picklist", Label: "Language", Length: 40, Create: true, Update: true, Required: true, Picklist: languages},
		{Name: "EmployeeNumber", Type: "string", Label: "Employee Number", Length: 20, Create: true, Update: true},
		{Name: "DelegatedApproverId", Type: "reference", Label: "Delegated Approver ID", Length: 18, Create: true, Update: true, Reference: []string{"Group", "User"}, Relationship: "DelegatedApprover"},
		{Name: "ManagerId", Type: "reference", Label: "Manager ID", Length: 18, Create: true, Update: true, Reference: []string{"User"}, Relationship: "Manager", ChildName: "ManagedUsers"},
		{Name: "LastLoginDate", Type: "datetime", Label: "Last Login"},
		{Name: "LastPasswordChangeDate", Type: "datetime", Label: "Last Password Change or Reset"},
		{Name: "PasswordExpirationDate", Type: "datetime", Label: "Password Expiration Date"},
		{Name: "NumberOfFailedLogins", Type: "int", Label: "Failed Login Attempts", Default: int64(0), VisibleWith: "ManageUsers"},
		{Name: "SuAccessExpirationDate", Type: "date", Label: "SU Access Expiration Date"},
		{Name: "OfflineTrialExpirationDate", Type: "datetime", Label: "Offline Edition Trial Expiration Date"},
		{Name: "ForecastEnabled", Type: "boolean", Label: "Allow Forecasting", Create: true, Update: true, NotNull: true, Default: false},
		{Name: "UserPreferencesActivityRemindersPopup", Type: "boolean", Label: "ActivityRemindersPopup", Create: true, Update: true, NotNull: true, Default: true},
		{Name: "UserPreferencesEventRemindersCheckboxDefault", Type: "boolean", Label: "EventRemindersCheckboxDefault", Create: true, Update: true, NotNull: true, Default: true},
		{Name: "UserPreferencesTaskRemindersCheckboxDefault", Type: "boolean", Label: "TaskRemindersCheckboxDefault", Create: true, Update: true, NotNull: true, Default: true},
		{Name: "UserPreferencesReminderSoundOff", Type: "boolean", Label: "ReminderSoundOff", Create: true, Update: true, NotNull: true, Default: false},
		{Name: "UserPreferencesDisableAllFeedsEmail", Type: "boolean", Label: "DisableAllFeedsEmail", Create: true, Update: true, NotNull: true, Default: false},
		{Name: "UserPreferencesApexPagesDeveloperMode", Type: "boolean", Label: "ApexPagesDeveloperMode", Create: true, Update: true, NotNull: true, Default: false},
		{Name: "UserPreferencesHideS1BrowserUI", Type: "boolean", Label: "HideS1BrowserUI", Create: true, Update: true, NotNull: true, Default: false},
		{Name: "UserPreferencesLightningExperiencePreferred", Type: "boolean", Label: "LightningExperiencePreferred", Create: true, Update: true, NotNull: true, Default: true},
		{Name: "UserPreferencesShowEmailToExternalUsers", Type: "boolean", Label: "ShowEmailToExternalUsers", Create: true, Update: true, NotNull: true, Default: false},
		{Name: "UserPreferencesUserDebugModePref", Type: "boolean", Label: "UserDebugModePref", Create: true, Update: true, NotNull: true, Default: false},
		{Name: "Extension", Type: "phone", Length: 40, Create: true, Update: true},
		{Name: "FederationIdentifier", Type: "string", Label: "SAML Federation ID", Length: 512, Create: true, Update: true, Unique: true, IDLookup: true},
		{Name: "AboutMe", Type: "textarea", Label: "About Me", Length: 1000, Create: true, Update: true, NoFilter: true, NoSort: true, NoGroup: true},
		{Name: "AccountId", Type: "reference", Label: "Account ID", Length: 18, Reference: []string{"Account"}, Relationship: "Account", ChildName: "Users"},
		{Name: "ContactId", Type: "reference", Label: "Contact ID", Length: 18, Reference: []string{"Contact"}, Relationship: "Contact", ChildName: "Users"},
		{Name: "IsPortalEnabled", Type: "boolean", Label: "Portal Enabled", Update: true, NotNull: true, Default: false},
		{Name: "FullPhotoUrl", Type: "url", Label: "Url for full-sized Photo", Length: 1024},
		{Name: "SmallPhotoUrl", Type: "url", Label: "Url for Thumbnail sized Photo", Length: 1024},
		{Name: "IsProfilePhotoActive", Type: "boolean", Label: "Has Profile Photo", NotNull: true, Default: false},
		{Name: "HasUserVerifiedEmail", Type: "boolean", Label: "Has User Verified Email", NotNull: true, Default: false},
		{Name: "HasUserVerifiedPhone", Type: "boolean", Label: "Has User Verified Phone", NotNull: true, Default: false},
		{Name: "DigestFrequency", Type: "picklist", Label: "Chatter Email Highlights Frequency", Length: 40, Create: true, Update: true, NotNull: true, Default: "N", Picklist: []string{"D", "W", "N"}},
		{Name: "DefaultGroupNotificationFrequency", Type: "picklist", Label: "Default Notification Frequency when Joining Groups", Length: 40, Create: true, Update: true, NotNull: true, Default: "N", Picklist: []string{"P", "D", "W", "N"}},
	}
	return &object{
		Name: "User", Label: "User", Prefix: "005", Creatable: true, Updatable: true, Setup: true, WriteWith: "ManageInternalUsers",
		Fields: slices.Concat(columns, featureFields()), Rules: userRules(),
		Indexes: []string{"Username", "CommunityNickname", "FederationIdentifier", "ProfileId", "UserRoleId"},
	}
}

// featureLicence is a checkbox of a user that takes one of the org's feature licences.
type featureLicence struct {
	Column, Label string
	Seats         int
}

var featureLicences = []featureLicence{
	{"UserPermissionsMarketingUser", "Marketing User", 20},
	{"UserPermissionsOfflineUser", "Offline User", 20},
	{"UserPermissionsAvantgoUser", "AvantGo User", 0},
	{"UserPermissionsCallCenterAutoLogin", "Auto-login To Call Center", unlimited},
	{"UserPermissionsSFContentUser", "Salesforce CRM Content User", 20},
	{"UserPermissionsKnowledgeUser", "Knowledge User", 2},
	{"UserPermissionsInteractionUser", "Flow User", 3},
	{"UserPermissionsSupportUser", "Service Cloud User", 5},
	{"UserPermissionsLiveAgentUser", "Chat User", 2},
	{"UserPermissionsJigsawProspectingUser", "Data.com User", 1},
	{"UserPermissionsSiteforceContributorUser", "Site.com Contributor User", 1},
	{"UserPermissionsSiteforcePublisherUser", "Site.com Publisher User", 1},
	{"UserPermissionsWorkDotComUserFeature", "WDC User", 2},
	{"UserPermissionsChatterAnswersUser", "Chatter Answers User", 30},
}

func featureFields() []*field {
	fields := make([]*field, 0, len(featureLicences))
	for _, l := range featureLicences {
		fields = append(fields, &field{Name: l.Column, Type: "boolean", Label: l.Label, Create: true, Update: true, NotNull: true, Default: false})
	}
	return fields
}

func userLoginObject() *object {
	columns := []*field{
		{Name: "UserId", Type: "reference", Label: "User ID", Length: 18, NotNull: true, Unique: true, Reference: []string{"User"}},
		{Name: "IsFrozen", Type: "boolean", Label: "Frozen", Update: true, NotNull: true, Default: false},
		{Name: "IsPasswordLocked", Type: "boolean", Label: "Password Locked", Update: true, NotNull: true, Default: false},
	}
	return &object{
		Name: "UserLogin", Label: "User Login", Prefix: "0Yw", Updatable: true, WriteWith: "ManageUsers",
		Fields: columns, Rules: userLoginRules(), Indexes: []string{"UserId"},
	}
}

var accessOfAccountOwner = []string{"None", "Read", "Edit"}

func userRoleObject() *object {
	columns := []*field{
		{Name: "Name", Type: "string", Length: 80, Create: true, Update: true, Required: true},
		{Name: "ParentRoleId", Type: "reference", Label: "Parent Role ID", Length: 18, Create: true, Update: true, Reference: []string{"UserRole"}, Relationship: "ParentRole"},
		{Name: "RollupDescription", Type: "string", Label: "Description", Length: 80, Create: true, Update: true},
		{Name: "OpportunityAccessForAccountOwner", Type: "picklist", Label: "Opportunity Access Level for Account Owner", Length: 40, Create: true, Update: true, Required: true, Picklist: accessOfAccountOwner},
		{Name: "CaseAccessForAccountOwner", Type: "picklist", Label: "Case Access Level for Account Owner", Length: 40, Create: true, Update: true, Picklist: accessOfAccountOwner},
		{Name: "ContactAccessForAccountOwner", Type: "picklist", Label: "Contact Access Level for Account Owner", Length: 40, Create: true, Update: true, Picklist: accessOfAccountOwner},
		{Name: "ForecastUserId", Type: "reference", Label: "User ID", Length: 18, Reference: []string{"User"}},
		{Name: "MayForecastManagerShare", Type: "boolean", Label: "May Forecast Manager Share", NotNull: true, Default: false},
		{Name: "DeveloperName", Type: "string", Label: "Developer Name", Length: 80, Create: true, Update: true, NotNull: true, Unique: true},
		{Name: "PortalType", Type: "picklist", Label: "Portal Type", Length: 40, NotNull: true, Default: "None"},
	}
	return &object{
		Name: "UserRole", Label: "Role", Prefix: "00E", Creatable: true, Updatable: true, Deletable: true, Setup: true, WriteWith: "ManageRoles",
		Fields: columns, Rules: userRoleRules(),
	}
}

func profileObject() *object {
	columns := []*field{
		{Name: "Name", Type: "string", Length: 255, Create: true, Update: true, Required: true, Unique: true, IDLookup: true},
		{Name: "Description", Type: "string", Length: 255, Create: true, Update: true},
		{Name: "UserLicenseId", Type: "reference", Label: "User License ID", Length: 18, Create: true, Required: true, Reference: []string{"UserLicense"}, Relationship: "UserLicense"},
		{Name: "UserType", Type: "picklist", Label: "User Type", Length: 40, Picklist: userTypes, Compute: userTypeOfProfile},
		{Name: "IsSsoEnabled", Type: "boolean", Label: "Is Single Sign-On Enabled", Create: true, Update: true, NotNull: true, Default: false},
	}
	return &object{
		Name: "Profile", Label: "Profile", Prefix: "00e", Creatable: true, Updatable: true, Deletable: true, Tooling: true, WriteWith: "ManageProfilesPermissionsets",
		Fields: slices.Concat(columns, metadataColumns("Profile", profileRecordFullName), userPermissionFields()), Rules: profileRules(),
		Indexes: []string{"Name", "UserLicenseId"},
	}
}
