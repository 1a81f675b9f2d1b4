package sfmock

import (
	"maps"
	"slices"
	"strings"
)

// setupObjects are the org itself, what it remembers of log-ins, and what it says of its own objects.
func setupObjects() []*object {
	return []*object{organizationObject(), loginHistoryObject(), twoFactorMethodsInfoObject(), entityDefinitionObject(), fieldDefinitionObject()}
}

func organizationObject() *object {
	return &object{
		Name: "Organization", Label: "Organization", Prefix: "00D", Updatable: true, WriteWith: "CustomizeApplication",
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

// loginHistoryObject may be filtered on few of its columns (Object Reference).
func loginHistoryObject() *object {
	return &object{
		Name: "LoginHistory", Label: "Login History", Prefix: "0Ya",
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
			{Name: "NetworkId", Type: "reference", Label: "Network ID", Length: 18},
		},
		Indexes: []string{"UserId"},
	}
}

// twoFactorMethodsInfoObject tells which verifiers a user has registered; it has a row for users with any.
func twoFactorMethodsInfoObject() *object {
	return &object{
		Name: "TwoFactorMethodsInfo", Label: "Two-Factor Methods Info", Prefix: "0Kg",
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
