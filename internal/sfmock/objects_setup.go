package sfmock

import (
	"maps"
	"slices"
	"strings"
)

// setupObjects are the org itself, what it remembers of log-ins and of how users prove who they are, and what it says of its own objects.
func setupObjects() []*object {
	return []*object{organizationObject(), loginHistoryObject(), verificationHistoryObject(), twoFactorMethodsInfoObject(), entityDefinitionObject(), fieldDefinitionObject()}
}

func organizationObject() *object {
	return &object{
		Name: "Organization", Label: "Organization", Prefix: "00D", Updatable: true, WriteWith: "CustomizeApplication", Rules: rules{BeforeDelete: neverDeleted},
		Fields: []*field{
			{Name: "Name", Type: "string", Length: 80, Update: true, NotNull: true},
			{Name: "Division", Type: "string", Length: 80, Update: true},
			{Name: "Street", Type: "textarea", Length: 255, Update: true},
			{Name: "City", Type: "string", Length: 40, Update: true},
			{Name: "State", Type: "string", Label: "State/Province", Length: 80, Update: true},
			{Name: "PostalCode", Type: "string", Label: "Zip/Postal Code", Length: 20, Update: true},
			{Name: "Country", Type: "string", Length: 80, Update: true},
			{Name: "Phone", Type: "phone", Length: 40, Update: true},
			{Name: "PrimaryContact", Type: "string", Label: "Primary Contact", Length: 80, Update: true},
			{Name: "DefaultLocaleSidKey", Type: "picklist", Label: "Locale", Length: 40, Update: true, NotNull: true, Default: "en_US", Picklist: locales},
			{Name: "TimeZoneSidKey", Type: "picklist", Label: "Time Zone", Length: 40, NotNull: true, Default: "America/Los_Angeles", Picklist: timeZones},
			{Name: "LanguageLocaleKey", Type: "picklist", Label: "Language", Length: 40, Update: true, NotNull: true, Default: "en_US", Picklist: languages},
			{Name: "ReceivesInfoEmails", Type: "boolean", Label: "Info Emails", Update: true, NotNull: true, Default: true},
			{Name: "ReceivesAdminInfoEmails", Type: "boolean", Label: "Info Emails Admin", Update: true, NotNull: true, Default: true},
			{Name: "FiscalYearStartMonth", Type: "int", Label: "Fiscal Year Starts In", NotNull: true, Default: int64(1)},
			{Name: "DefaultAccountAccess", Type: "picklist", Label: "Default Account Access", Length: 40, Default: "Edit"},
			{Name: "DefaultContactAccess", Type: "picklist", Label: "Default Contact Access", Length: 40, Default: "ControlledByParent"},
			{Name: "DefaultOpportunityAccess", Type: "picklist", Label: "Default Opportunity Access", Length: 40, Default: "None"},
			{Name: "DefaultCaseAccess", Type: "picklist", Label: "Default Case Access", Length: 40, Default: "ReadEditTransfer"},
			{Name: "DefaultLeadAccess", Type: "picklist", Label: "Default Lead Access", Length: 40, Default: "ReadEditTransfer"},
			{Name: "TrialExpirationDate", Type: "datetime", Label: "Trial Expiration Date"},
			{Name: "NumKnowledgeService", Type: "int", Label: "Knowledge Licenses"},
			{Name: "OrganizationType", Type: "picklist", Label: "Edition", Length: 40, NotNull: true, Default: "Enterprise Edition"},
			{Name: "NamespacePrefix", Type: "string", Label: "Namespace Prefix", Length: 15},
			{Name: "InstanceName", Type: "string", Label: "Instance Name", Length: 10},
			{Name: "IsSandbox", Type: "boolean", Label: "Is Sandbox", NotNull: true, Default: false},
			{Name: "IsReadOnly", Type: "boolean", Label: "Is Read Only", NotNull: true, Default: false},
		},
	}
}

// entityDefinitionObject is the catalog of objects as rows; a row's id is its durable id, the object's name.
func entityDefinitionObject() *object {
	return &object{
		Name: "EntityDefinition", Label: "Entity Definition", Prefix: "4ie", Tooling: true,
		Fields: []*field{
			{Name: "DurableId", Type: "string", Label: "Durable ID", Length: 255},
			{Name: "QualifiedApiName", Type: "string", Label: "Qualified API Name", Length: 70},
			{Name: "DeveloperName", Type: "string", Label: "Developer Name", Length: 40},
			{Name: "NamespacePrefix", Type: "string", Label: "Namespace Prefix", Length: 15},
			{Name: "MasterLabel", Type: "string", Label: "Master Label", Length: 80},
			{Name: "Label", Type: "string", Length: 40},
			{Name: "PluralLabel", Type: "string", Label: "Plural Label", Length: 40},
			{Name: "KeyPrefix", Type: "string", Label: "Key Prefix", Length: 3},
			{Name: "IsCustomizable", Type: "boolean", Label: "Is Customizable"},
			{Name: "IsQueryable", Type: "boolean", Label: "Is Queryable"},
			{Name: "IsCustomSetting", Type: "boolean", Label: "Is Custom Setting"},
		},
		Rows: entityDefinitions,
	}
}

func fieldDefinitionObject() *object {
	return &object{
		Name: "FieldDefinition", Label: "Field Definition", Prefix: "4fe", Tooling: true,
		Fields: []*field{
			{Name: "DurableId", Type: "string", Label: "Durable ID", Length: 255},
			{Name: "EntityDefinitionId", Type: "string", Label: "Entity Definition ID", Length: 255, Reference: []string{"EntityDefinition"}, Relationship: "EntityDefinition", ChildName: "Fields"},
			{Name: "QualifiedApiName", Type: "string", Label: "Qualified API Name", Length: 70},
			{Name: "DeveloperName", Type: "string", Label: "Developer Name", Length: 40},
			{Name: "NamespacePrefix", Type: "string", Label: "Namespace Prefix", Length: 15},
			{Name: "MasterLabel", Type: "string", Label: "Master Label", Length: 80},
			{Name: "Label", Type: "string", Length: 80},
			{Name: "DataType", Type: "string", Label: "Data Type", Length: 255},
			{Name: "Length", Type: "int"},
			{Name: "IsNillable", Type: "boolean", Label: "Is Nillable"},
			{Name: "IsCalculated", Type: "boolean", Label: "Is Calculated"},
			{Name: "RelationshipName", Type: "string", Label: "Relationship Name", Length: 40},
		},
		Rows: fieldDefinitions,
	}
}

// definition makes a row of a virtual object; its id is the durable one.
func (o *Org) definition(of, id string, values map[string]any) *record {
	values["DurableId"] = id
	return &record{object: o.object(of), id: id, values: values}
}

func entityDefinitions(o *Org, _ *session) []*record {
	var rows []*record
	for _, name := range slices.Sorted(maps.Keys(o.objects)) {
		ob := o.objects[name]
		rows = append(rows, o.definition("EntityDefinition", ob.Name, map[string]any{
			"QualifiedApiName": ob.Name, "DeveloperName": withoutSuffix(ob.Name), "MasterLabel": ob.label(), "Label": ob.label(), "PluralLabel": ob.plural(),
			"KeyPrefix": ob.Prefix, "IsCustomizable": !ob.Setup, "IsQueryable": true, "IsCustomSetting": false,
		}))
	}
	o.random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

func fieldDefinitions(o *Org, _ *session) []*record {
	var rows []*record
	for _, name := range slices.Sorted(maps.Keys(o.objects)) {
		ob := o.objects[name]
		for _, f := range ob.Fields {
			if f.ToolingOnly {
				continue
			}
			rows = append(rows, o.definition("FieldDefinition", ob.Name+"."+withoutSuffix(f.Name), map[string]any{
				"EntityDefinitionId": ob.Name, "QualifiedApiName": f.Name, "DeveloperName": withoutSuffix(f.Name), "MasterLabel": f.Label, "Label": f.Label,
				"DataType": f.dataType(), "Length": int64(f.Length), "IsNillable": !f.Required && !f.NotNull, "IsCalculated": f.Compute != nil && isCustom(f.Name),
				"RelationshipName": orNull(f.Relationship),
			}))
		}
	}
	o.random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

func withoutSuffix(name string) string { return strings.TrimSuffix(name, "__c") }

// dataTypes are the names that FieldDefinition gives to describe's types, the length to be filled in; references are dataType's.
var dataTypes = map[string]string{
	"id": "Lookup()", "string": "Text(%d)", "textarea": "Long Text Area(%d)", "boolean": "Checkbox", "email": "Email", "phone": "Phone", "url": "URL(%d)",
	"picklist": "Picklist", "int": "Number(9, 0)", "double": "Number(16, 2)", "currency": "Currency(16, 2)", "percent": "Percent(16, 2)", "date": "Date", "datetime": "Date/Time",
}
