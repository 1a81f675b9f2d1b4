package sfmock

import "slices"

// licenseObjects are what an org has bought: UserLicense, PermissionSetLicense and who holds the latter.
func licenseObjects() []*object {
	return []*object{userLicenseObject(), permissionSetLicenseObject(), permissionSetLicenseAssignObject()}
}

func userLicenseObject() *object {
	return &object{
		Name: "UserLicense", Label: "User License", Prefix: "100",
		Fields: []*field{
			{Name: "LicenseDefinitionKey", Type: "string", Label: "License Def. ID", Length: 40, NotNull: true},
			{Name: "Name", Type: "string", Length: 40, NotNull: true, Unique: true},
			{Name: "MasterLabel", Type: "string", Label: "Master Label", Length: 80, NotNull: true},
			{Name: "Status", Type: "picklist", Length: 40, NotNull: true, Default: "Active", Picklist: []string{"Active", "Disabled"}},
			{Name: "TotalLicenses", Type: "int", Label: "Total Licenses", NotNull: true},
			{Name: "UsedLicenses", Type: "int", Label: "Used Licenses", NotNull: true, NoFilter: true, NoSort: true, NoGroup: true, Compute: seatsTaken},
			{Name: "UsedLicensesLastUpdated", Type: "datetime", Label: "Used Licenses Last Updated", Compute: countedNow},
		},
	}
}

func permissionSetLicenseObject() *object {
	columns := []*field{
		{Name: "PermissionSetLicenseKey", Type: "string", Label: "Permission Set License Key", Length: 81, NotNull: true, IDLookup: true},
		{Name: "DeveloperName", Type: "string", Label: "Developer Name", Length: 80, NotNull: true, Unique: true},
		{Name: "MasterLabel", Type: "string", Label: "Permission Set License Label", Length: 80, NotNull: true},
		{Name: "Language", Type: "picklist", Length: 40, NotNull: true, Default: "en_US"},
		{Name: "TotalLicenses", Type: "int", Label: "Total Licenses", NotNull: true},
		{Name: "Status", Type: "picklist", Length: 40, NotNull: true, Default: "Active", Picklist: []string{"Active", "Disabled"}},
		{Name: "ExpirationDate", Type: "date", Label: "Expiration Date"},
		{Name: "UsedLicenses", Type: "int", Label: "Used Licenses", NotNull: true, Compute: holders},
		{Name: "IsAvailableForIntegrations", Type: "boolean", Label: "Available For Integrations", NotNull: true, Default: false},
		{Name: "IsSupplementLicense", Type: "boolean", Label: "Supplement License", NotNull: true, Default: false},
		{Name: "LicenseExpirationPolicy", Type: "picklist", Label: "License Expiration Policy", Length: 40},
		{Name: "MigratableLicenses", Type: "int", Label: "Migratable Licenses"},
	}
	return &object{
		Name: "PermissionSetLicense", Label: "Permission Set License", Prefix: "0PL",
		Fields: slices.Concat(columns, maximumPermissionFields()),
	}
}

// permissionsOfMaximum are those whose MaximumPermissions column the org shows.
var permissionsOfMaximum = []string{
	"ApiEnabled", "ApiUserOnly", "AssignPermissionSets", "AuthorApex", "CustomizeApplication", "IdentityConnect", "ManageInternalUsers", "ManageUsers",
	"ModifyAllData", "ModifyMetadata", "ViewAllData", "ViewRoles", "ViewSetup",
}

func maximumPermissionFields() []*field {
	fields := make([]*field, 0, len(permissionsOfMaximum))
	for _, permission := range permissionsOfMaximum {
		fields = append(fields, &field{
			Name: "MaximumPermissions" + permission, Type: "boolean", NotNull: true,
			Compute: func(_ *Org, licence *record) any { return ceilingOf(licence).Permissions.has(permission) },
		})
	}
	return fields
}

func permissionSetLicenseAssignObject() *object {
	return &object{
		Name: "PermissionSetLicenseAssign", Label: "Permission Set License Assignment", Prefix: "2LA",
		Creatable: true, Deletable: true, Setup: true, WriteWith: "AssignPermissionSets",
		Fields: []*field{
			{Name: "PermissionSetLicenseId", Type: "reference", Label: "Permission Set License ID", Length: 18, Create: true, Required: true, Reference: []string{"PermissionSetLicense"}, Relationship: "PermissionSetLicense"},
			{Name: "AssigneeId", Type: "reference", Label: "Assignee ID", Length: 18, Create: true, Required: true, Reference: []string{"User"}, Relationship: "Assignee", ChildName: "PermissionSetLicenseAssignments"},
		},
		Indexes: []string{"AssigneeId", "PermissionSetLicenseId", "AssigneeId PermissionSetLicenseId"},
		Rules:   permissionSetLicenseAssignRules(),
	}
}
