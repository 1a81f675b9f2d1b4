package sfmock

import "slices"

// unlimited is the number of seats of a licence that never runs out.
const unlimited = -1

// userLicence is what the platform knows of a user licence, seats being those of a fresh Enterprise Edition org.
type userLicence struct {
	Name, Key string
	Seats     int
	UserType  string
	Family    string   // users may move between profiles whose licences are of one family
	Forced    []string // user permissions that every profile of it has
	Ceiling   ceiling
}

var userLicences = []userLicence{
	{"Salesforce", "SFDC", 20, "Standard", "people", nil, ceiling{everything, everything}},
	{"Salesforce Platform", "AUL", 10, "Standard", "people", nil, ceiling{everythingBut(administrationPermissions...), everythingBut(salesAndServiceObjects...)}},
	{"Salesforce Integration", "SALESFORCE_INTEGRATION_USER", 5, "Standard", "machines", apiOnly, ceiling{only(slices.Concat(atAnyLicence, apiOnly)...), nothing}},
	{"Chatter Free", "CSN_User", 5000, "CsnOnly", "people", nil, ceiling{only(slices.Concat(atAnyLicence, chatterPermissions)...), nothing}},
	{"Identity", "PID_Identity", 100, "Standard", "people", nil, ceiling{only(slices.Concat(atAnyLicence, identityPermissions)...), nothing}},
	{"Analytics Cloud Integration User", "INSIGHTS_INTEGRATION_USER", 1, "Standard", "analytics", nil, ceiling{only(slices.Concat(atAnyLicence, analyticsPermissions)...), everything}},
}

// permissionSetLicence is an add-on that raises its holder's ceiling and grants nothing by itself.
type permissionSetLicence struct {
	DeveloperName, Label string
	Seats                int
	Ceiling              ceiling
}

var permissionSetLicences = []permissionSetLicence{
	{"SalesforceAPIIntegrationPsl", "Salesforce API Integration", 5, ceiling{everythingBut(browserOnly...), everything}},
	{"CRMUserPsl", "CRM User", 5, ceiling{only("ManageLeads", "ConvertLeads", "ManageCases", "ImportLeads", "AllowViewEditConvertedLeads"), only(salesAndServiceObjects...)}},
	{"IdentityConnect", "Identity Connect", 2, ceiling{only("IdentityConnect"), nothing}},
}

var (
	atAnyLicence         = []string{"ForceTwoFactor", "TwoFactorApi", "PasswordNeverExpires", "SkipIdentityConfirmation", "ViewHelpLink", "HideReadByList"}
	apiOnly              = []string{"ApiEnabled", "ApiUserOnly", "ChatterInternalUser"}
	chatterPermissions   = []string{"ChatterInternalUser", "ChatterInviteExternalUsers", "ChatterFileLink", "ChatterOwnGroups", "CreateTopics", "EditTopics", "AssignTopics", "SelectFilesFromSalesforce"}
	identityPermissions  = []string{"ApiEnabled", "ChatterInternalUser", "IdentityEnabled", "UseWebLink", "SelectFilesFromSalesforce"}
	analyticsPermissions = []string{"ApiEnabled", "ChatterInternalUser", "ViewAllData", "ViewSetup", "ViewRoles", "ViewAllUsers", "RunReports"}
	browserOnly          = []string{"AllowLightningLogin", "LightningExperienceUser", "LightningConsoleAllowedForUser"}

	administrationPermissions = []string{
		"ModifyAllData", "AuthorApex", "CustomizeApplication", "ModifyMetadata", "ManageUsers", "ManageInternalUsers",
		"ManageProfilesPermissionsets", "AssignPermissionSets", "ManageRoles", "ManageSharing", "ManageTwoFactor", "ImportLeads", "ManageLeads", "ConvertLeads", "ManageCases",
	}
	salesAndServiceObjects = []string{"Lead", "Opportunity", "Case", "Campaign", "Order", "Product2"}
)

// ceiling is what a licence lets profiles and permission sets grant: user permissions, and rights on objects.
type ceiling struct {
	Permissions, Objects allowance
}

// allowance is a set of names, or everything but that set.
type allowance struct {
	names  []string
	invert bool
}

var (
	nothing    = only()
	everything = everythingBut()
)

func only(names ...string) allowance          { return allowance{names: names} }
func everythingBut(names ...string) allowance { return allowance{names: names, invert: true} }

func (a allowance) has(name string) bool { return slices.Contains(a.names, name) != a.invert }
