package sfmock

import "slices"

// groupObjects are permission set groups, what is in them, and what they mute.
func groupObjects() []*object {
	return []*object{permissionSetGroupObject(), permissionSetGroupComponentObject(), mutingPermissionSetObject()}
}

// developerNamed are the columns of a component that has a developer name, a label and nothing else in common with records.
func developerNamed() []*field {
	return []*field{
		{Name: "DeveloperName", Type: "string", Label: "Developer Name", Length: 80, Create: true, Update: true, Required: true, Unique: true},
		{Name: "Language", Type: "picklist", Label: "Master Language", Length: 40, Create: true, Update: true, NotNull: true, Default: "en_US", Picklist: languages},
		{Name: "MasterLabel", Type: "string", Label: "Label", Length: 80, Create: true, Update: true, Required: true},
		{Name: "NamespacePrefix", Type: "string", Label: "Namespace Prefix", Length: 15},
	}
}

func permissionSetGroupObject() *object {
	return &object{
		Name: "PermissionSetGroup", Label: "Permission Set Group", Prefix: "0PG", Creatable: true, Updatable: true, Deletable: true, Setup: true,
		Tooling: true, ToolingWrite: true, WriteWith: profileAdministration,
		Fields: slices.Concat(developerNamed(), []*field{
			{Name: "Description", Type: "string", Length: 255, Create: true, Update: true},
			{Name: "Status", Type: "picklist", Length: 40, NotNull: true, Picklist: []string{groupUpdated, groupOutdated, groupUpdating, groupFailed}, Compute: groupStatus},
			{Name: "HasActivationRequired", Type: "boolean", Label: "Has Activation Required", Create: true, Update: true, NotNull: true, Default: false},
		}),
		Rules: permissionSetGroupRules(),
	}
}

func permissionSetGroupComponentObject() *object {
	return &object{
		Name: "PermissionSetGroupComponent", Label: "Permission Set Group Component", Prefix: "0PM", Creatable: true, Deletable: true, Setup: true,
		Tooling: true, ToolingWrite: true, WriteWith: profileAdministration,
		Fields: []*field{
			{Name: "PermissionSetGroupId", Type: "reference", Label: "Permission Set Group ID", Length: 18, Create: true, Required: true, Reference: []string{"PermissionSetGroup"}, Relationship: "PermissionSetGroup", ChildName: "PermissionSetGroupComponents"},
			{Name: "PermissionSetId", Type: "reference", Label: "Permission Set ID", Length: 18, Create: true, Required: true, Reference: []string{"MutingPermissionSet", "PermissionSet"}, Relationship: "PermissionSet", ChildName: "PermissionSetGroupComponents"},
		},
		Indexes: []string{"PermissionSetGroupId", "PermissionSetId", "PermissionSetGroupId PermissionSetId"},
		Rules:   groupComponentRules(),
	}
}

// mutingPermissionSetObject has a permission set's columns with the opposite meaning: what is true is taken away.
func mutingPermissionSetObject() *object {
	return &object{
		Name: "MutingPermissionSet", Label: "Muting Permission Set", Prefix: "0QM", Creatable: true, Updatable: true, Deletable: true, Setup: true,
		Tooling: true, ToolingWrite: true, WriteWith: profileAdministration,
		Fields: slices.Concat(developerNamed(), []*field{
			{Name: "Description", Type: "string", Length: 255, Create: true, Update: true},
		}, userPermissionFields()),
		Rules: mutingPermissionSetRules(),
	}
}
