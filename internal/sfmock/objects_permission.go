package sfmock

import (
	"slices"
	"strings"
	"unicode"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// permissionObjects are what grants access, what access is granted to, and who has it.
func permissionObjects() []*object {
	return []*object{
		permissionSetObject(), permissionSetAssignmentObject(), objectPermissionsObject(), fieldPermissionsObject(),
		setupEntityAccessObject(), tabSettingObject(),
		apexClassObject(), apexPageObject(), customPermissionObject(), flowDefinitionObject(),
		userPermissionAccessObject(), permissionDependencyObject(),
	}
}

// profileAdministration is the user permission that edits profiles and permission sets.
const profileAdministration = "ManageProfilesPermissionsets"

// userPermissionFields are the Permissions* columns of a profile or permission set. One of them comes with API Access Control.
func userPermissionFields() []*field {
	var fields []*field
	for _, name := range sfschema.UserPermissions() {
		if name != anyAPIClient {
			fields = append(fields, userPermissionField(name))
		}
	}
	return fields
}

func userPermissionField(name string) *field {
	return &field{Name: permissionColumn + name, Type: "boolean", Label: words(name), Create: true, Update: true, NotNull: true, Default: false}
}

// words separates the words of an API name: ViewAllUsers is "View All Users".
func words(name string) string {
	var text strings.Builder
	letters := []rune(name)
	for i, r := range letters {
		starts := i > 0 && unicode.IsUpper(r) && (unicode.IsLower(letters[i-1]) || i+1 < len(letters) && unicode.IsLower(letters[i+1]))
		if starts {
			text.WriteByte(' ')
		}
		text.WriteRune(r)
	}
	return text.String()
}

func permissionSetObject() *object {
	columns := []*field{
		{Name: "Name", Type: "string", Label: "Permission Set Name", Length: 80, Create: true, Update: true, Required: true, Unique: true, IDLookup: true},
		{Name: "Label", Type: "string", Label: "Permission Set Label", Length: 80, Create: true, Update: true, Required: true},
		{Name: "LicenseId", Type: "reference", Label: "License ID", Length: 18, Create: true, Reference: []string{"PermissionSetLicense", "UserLicense"}, Relationship: "License"},
		{Name: "ProfileId", Type: "reference", Label: "Profile ID", Length: 18, Reference: []string{"Profile"}, Relationship: "Profile"},
		{Name: "IsOwnedByProfile", Type: "boolean", Label: "Is Owned By Profile", NotNull: true, Default: false},
		{Name: "IsCustom", Type: "boolean", Label: "Custom", NotNull: true, Default: true},
		{Name: "Description", Type: "string", Length: 255, Create: true, Update: true},
		{Name: "NamespacePrefix", Type: "string", Label: "Namespace Prefix", Length: 15},
		{Name: "HasActivationRequired", Type: "boolean", Label: "Has Activation Required", Create: true, Update: true, NotNull: true, Default: false},
		{Name: "PermissionSetGroupId", Type: "reference", Label: "Permission Set Group ID", Length: 18, Reference: []string{"PermissionSetGroup"}, Relationship: "PermissionSetGroup"},
		{Name: "Type", Type: "picklist", Length: 255, NotNull: true, Default: "Regular", Picklist: []string{"Regular", "Profile", "Group", "Session", "Integration", "Standard"}},
	}
	return &object{
		Name: "PermissionSet", Label: "Permission Set", Prefix: "0PS", Creatable: true, Updatable: true, Deletable: true, Setup: true, Tooling: true,
		WriteWith: profileAdministration, Fields: slices.Concat(columns, userPermissionFields()),
		Indexes: []string{"ProfileId", "PermissionSetGroupId"}, Rules: permissionSetRules(),
	}
}

func permissionSetAssignmentObject() *object {
	return &object{
		Name: "PermissionSetAssignment", Label: "Permission Set Assignment", Prefix: "0Pa", Creatable: true, Updatable: true, Deletable: true, Setup: true,
		WriteWith: "AssignPermissionSets",
		Fields: []*field{
			{Name: "PermissionSetId", Type: "reference", Label: "PermissionSet ID", Length: 18, Create: true, Reference: []string{"PermissionSet"}, Relationship: "PermissionSet", ChildName: "Assignments"},
			{Name: "PermissionSetGroupId", Type: "reference", Label: "Permission Set Group ID", Length: 18, Create: true, Reference: []string{"PermissionSetGroup"}, Relationship: "PermissionSetGroup", ChildName: "Assignments"},
			{Name: "AssigneeId", Type: "reference", Label: "Assignee ID", Length: 18, Create: true, Required: true, Reference: []string{"User"}, Relationship: "Assignee", ChildName: "PermissionSetAssignments"},
			{Name: "ExpirationDate", Type: "datetime", Label: "Expires On", Create: true, Update: true},
			{Name: "IsActive", Type: "boolean", Label: "Is Active", NotNull: true, Compute: assignmentIsActive},
			{Name: "IsRevoked", Type: "boolean", Label: "Is Revoked", NotNull: true, Default: false},
		},
		Indexes: []string{"AssigneeId", "PermissionSetId", "PermissionSetGroupId", "AssigneeId PermissionSetId", "AssigneeId PermissionSetGroupId"},
		Rules:   assignmentRules(),
	}
}

// right is one column of ObjectPermissions.
type right struct {
	Column  string
	Element string // in metadata
	Title   string // in messages, before the object's name
	Verb    string // in PermissionDependency
	Needs   []string
}

// objectRights list what a right needs beside it (Object Reference, ObjectPermissions).
var objectRights = []right{
	{"PermissionsCreate", "allowCreate", "Create", "create", []string{"PermissionsRead"}},
	{"PermissionsRead", "allowRead", "Read", "read", nil},
	{"PermissionsEdit", "allowEdit", "Edit", "update", []string{"PermissionsRead"}},
	{"PermissionsDelete", "allowDelete", "Delete", "delete", []string{"PermissionsRead", "PermissionsEdit"}},
	{"PermissionsViewAllRecords", "viewAllRecords", "View All", "viewAllRecords", []string{"PermissionsRead"}},
	{"PermissionsModifyAllRecords", "modifyAllRecords", "Modify All", "modifyAllRecords", []string{"PermissionsRead", "PermissionsEdit", "PermissionsDelete", "PermissionsViewAllRecords"}},
	{"PermissionsViewAllFields", "viewAllFields", "View All Fields", "viewAllFields", []string{"PermissionsRead"}},
}

func objectPermissionsObject() *object {
	fields := []*field{parentSet("ObjectPerms"), grantedObject()}
	for _, r := range objectRights {
		fields = append(fields, grant(r.Column, r.Title))
	}
	return &object{
		Name: "ObjectPermissions", Label: "Object Permissions", Prefix: "110", Creatable: true, Updatable: true, Deletable: true, Setup: true,
		WriteWith: profileAdministration, Fields: fields,
		Indexes: []string{"ParentId", "ParentId SobjectType"}, Rules: objectPermissionsRules(), Implied: impliedRows,
	}
}

func fieldPermissionsObject() *object {
	return &object{
		Name: "FieldPermissions", Label: "Field Permissions", Prefix: "01k", Creatable: true, Updatable: true, Deletable: true, Setup: true,
		WriteWith: profileAdministration,
		Fields: []*field{
			parentSet("FieldPerms"), grantedObject(),
			{Name: "Field", Type: "picklist", Length: 255, Create: true, Required: true, Values: (*Org).grantableFields, Allows: isGrantableField},
			grant("PermissionsRead", "Read"), grant("PermissionsEdit", "Edit"),
		},
		Indexes: []string{"ParentId", "ParentId Field"}, Rules: fieldPermissionsRules(),
	}
}

func setupEntityAccessObject() *object {
	return &object{
		Name: "SetupEntityAccess", Label: "Setup Entity Access", Prefix: "0J0", Creatable: true, Deletable: true, Setup: true,
		WriteWith: profileAdministration,
		Fields: []*field{
			parentSet("SetupEntityAccessItems"),
			{Name: "SetupEntityId", Type: "reference", Label: "Setup Entity ID", Length: 18, Create: true, Required: true, Reference: setupEntityTypes()},
			{Name: "SetupEntityType", Type: "picklist", Label: "Setup Entity Type", Length: 40, NotNull: true},
		},
		Indexes: []string{"ParentId", "SetupEntityId", "ParentId SetupEntityId"}, Rules: setupEntityAccessRules(),
	}
}

func tabSettingObject() *object {
	return &object{
		Name: "PermissionSetTabSetting", Label: "Permission Set Tab Setting", Prefix: "01P", Creatable: true, Updatable: true, Deletable: true, Setup: true,
		WriteWith: profileAdministration,
		Fields: []*field{
			parentSet(""),
			{Name: "Visibility", Type: "picklist", Length: 40, Create: true, Update: true, Required: true, Picklist: []string{"DefaultOff", "DefaultOn"}},
			{Name: "Name", Type: "string", Length: 60, Create: true, Required: true},
		},
		Indexes: []string{"ParentId", "ParentId Name"}, Rules: tabSettingRules(),
	}
}

func parentSet(childName string) *field {
	return &field{
		Name: "ParentId", Type: "reference", Label: "Parent ID", Length: 18, Create: true, Required: true,
		Reference: []string{"PermissionSet"}, Relationship: "Parent", ChildName: childName,
	}
}

func grantedObject() *field {
	return &field{
		Name: "SobjectType", Type: "picklist", Label: "SObject Type Name", Length: 40, Create: true, Required: true,
		Values: (*Org).grantableObjects,
	}
}

func grant(column, label string) *field {
	return &field{Name: column, Type: "boolean", Label: label, Create: true, Update: true, NotNull: true, Default: false}
}

// setupEntityTypes are the objects whose records SetupEntityAccess can open, as far as this org has them.
func setupEntityTypes() []string {
	return []string{"ApexClass", "ApexPage", "ConnectedApplication", "CustomPermission", "ExternalClientApplication", "FlowDefinition"}
}

func apexClassObject() *object {
	return &object{
		Name: "ApexClass", Label: "Apex Class", Prefix: "01p", Tooling: true,
		Fields: []*field{
			{Name: "NamespacePrefix", Type: "string", Label: "Namespace Prefix", Length: 15},
			{Name: "Name", Type: "string", Length: 255, NotNull: true, Unique: true},
			{Name: "ApiVersion", Type: "double", Label: "Api Version", NotNull: true, Default: float64(sfschema.Version())},
			{Name: "Status", Type: "picklist", Length: 40, NotNull: true, Default: "Active", Picklist: []string{"Inactive", "Active", "Deleted"}},
			{Name: "IsValid", Type: "boolean", Label: "Is Valid", NotNull: true, Default: true},
			{Name: "Body", Type: "textarea", Length: 1000000, NoFilter: true, NoSort: true, NoGroup: true},
		},
		Rules: accessibleRules(),
	}
}

func apexPageObject() *object {
	return &object{
		Name: "ApexPage", Label: "Visualforce Page", Prefix: "066", Tooling: true,
		Fields: []*field{
			{Name: "NamespacePrefix", Type: "string", Label: "Namespace Prefix", Length: 15},
			{Name: "Name", Type: "string", Length: 80, NotNull: true, Unique: true},
			{Name: "ApiVersion", Type: "double", Label: "Api Version", NotNull: true, Default: float64(sfschema.Version())},
			{Name: "MasterLabel", Type: "string", Label: "Label", Length: 80},
		},
		Rules: accessibleRules(),
	}
}

func customPermissionObject() *object {
	return &object{
		Name: "CustomPermission", Label: "Custom Permission", Prefix: "0CP",
		Fields: []*field{
			{Name: "DeveloperName", Type: "string", Label: "Custom Permission Name", Length: 80, NotNull: true, Unique: true},
			{Name: "Language", Type: "picklist", Label: "Master Language", Length: 40, NotNull: true, Default: "en_US"},
			{Name: "MasterLabel", Type: "string", Label: "Custom Permission Label", Length: 80, NotNull: true},
			{Name: "NamespacePrefix", Type: "string", Label: "Namespace Prefix", Length: 15},
			{Name: "IsProtected", Type: "boolean", Label: "Protected Component", NotNull: true, Default: false},
			{Name: "IsLicensed", Type: "boolean", Label: "License Required", NotNull: true, Default: false},
			{Name: "Description", Type: "textarea", Length: 255},
		},
		Rules: customPermissionRules(),
	}
}

func flowDefinitionObject() *object {
	return &object{
		Name: "FlowDefinition", Label: "Flow Definition", Prefix: "300", Tooling: true,
		Fields: []*field{
			{Name: "DeveloperName", Type: "string", Label: "Name", Length: 80, NotNull: true, Unique: true},
			{Name: "MasterLabel", Type: "string", Label: "Master Label", Length: 255},
			{Name: "NamespacePrefix", Type: "string", Label: "Namespace Prefix", Length: 15},
			{Name: "Description", Type: "string", Length: 1000},
		},
		Rules: accessibleRules(),
	}
}

// userPermissionAccessObject is one row that tells the caller what the caller may do; it needs no permission to read.
func userPermissionAccessObject() *object {
	columns := []*field{{Name: "LastCacheUpdate", Type: "datetime", Label: "Last Cache Update"}}
	permissions := userPermissionFields()
	for _, f := range permissions {
		f.Create, f.Update = false, false
	}
	return &object{
		Name: "UserPermissionAccess", Label: "User Permission Access", Prefix: "000",
		Fields: slices.Concat(columns, permissions), Rows: permissionsOfCaller,
	}
}

// permissionDependencyObject is computed from the same facts that a permission set's save is checked against.
func permissionDependencyObject() *object {
	return &object{
		Name: "PermissionDependency", Label: "Permission Dependency", Prefix: "000", Tooling: true,
		Fields: []*field{
			{Name: "Permission", Type: "string", Length: 255, NoGroup: true},
			{Name: "PermissionType", Type: "string", Label: "Permission Type", Length: 255, NoGroup: true},
			{Name: "RequiredPermission", Type: "string", Label: "Required Permission", Length: 255, NoGroup: true},
			{Name: "RequiredPermissionType", Type: "string", Label: "Required Permission Type", Length: 255, NoGroup: true},
		},
		Rows: permissionDependencies,
	}
}
