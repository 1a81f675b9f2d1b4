package sfmock

// dependency is a user permission that can't be granted without others.
type dependency struct {
	Permission string
	Requires   []string
}

// userDependencies hold what error messages and dumps of real orgs show; a required permission that an org lacks is not asked
// for. View All Data and Modify All Data have no dependencies in the org whose PermissionDependency rows were measured.
var userDependencies = []dependency{
	{"AuthorApex", []string{"ViewSetup"}},
	{"CreateCustomizeDashboards", []string{"RunReports"}},
	{"CreateCustomizeReports", []string{"RunReports"}},
	{"CreateDashboardFolders", []string{"CreateCustomizeDashboards"}},
	{"CreateReportFolders", []string{"CreateCustomizeReports"}},
	{"CustomizeApplication", []string{"ManageCustomPermissions", "ManageTranslation", "ViewSetup"}},
	{"ManageAnalyticSnapshots", []string{"RunReports", "ViewSetup"}},
	{"ManageMobile", []string{"ViewSetup"}},
	{"ManageReportsInPubFolders", []string{"CreateReportFolders", "EditMyReports", "ViewPublicReports"}},
	{"ManageUsers", []string{
		"AssignPermissionSets", "DelegatedTwoFactor", "FreezeUsers", "ManageInternalUsers", "ManageIpAddresses", "ManageLoginAccessPolicies",
		"ManagePasswordPolicies", "ManageProfilesPermissionsets", "ManageRoles", "ManageSharing", "MonitorLoginHistory",
		"ViewAllUsers", "ViewRoles", "ViewSetup",
	}},
	{"ResetPasswords", []string{"ViewRoles", "ViewSetup"}},
	{"TwoFactorApi", []string{"ForceTwoFactor"}},
}

// impliedPermissions are granted along with View All Data or Modify All Data and then missing from what metadata reads.
var impliedPermissions = []string{"ManageQuotas", "OverrideForecasts", "ViewAllForecasts", "ViewDataLeakageEvents", "ViewPlatformEvents"}

// unreturnedPermissions are never read by metadata, granted or not.
var unreturnedPermissions = []string{"ManagePackageLicenses", "RetainFieldHistory"}
