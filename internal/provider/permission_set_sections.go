package provider

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// entries are what one section grants: by name, how much. That is words, or nothing where there is only yes.
type entries map[string]string

// permissionContent is what a permission set grants.
type permissionContent struct {
	ObjectPermissions            types.Map `tfsdk:"object_permissions"`
	FieldPermissions             types.Map `tfsdk:"field_permissions"`
	Tabs                         types.Map `tfsdk:"tabs"`
	UserPermissions              nameSet   `tfsdk:"user_permissions"`
	ApexClasses                  nameSet   `tfsdk:"apex_classes"`
	ApexPages                    nameSet   `tfsdk:"apex_pages"`
	CustomPermissions            nameSet   `tfsdk:"custom_permissions"`
	CustomMetadataTypes          nameSet   `tfsdk:"custom_metadata_types"`
	CustomSettings               nameSet   `tfsdk:"custom_settings"`
	ExternalCredentialPrincipals nameSet   `tfsdk:"external_credential_principals"`
	ExternalDataSources          nameSet   `tfsdk:"external_data_sources"`
	Flows                        nameSet   `tfsdk:"flows"`
	RecordTypes                  nameSet   `tfsdk:"record_types"`
	Applications                 nameSet   `tfsdk:"applications"`
	Agents                       nameSet   `tfsdk:"agents"`
	ServicePresenceStatuses      nameSet   `tfsdk:"service_presence_statuses"`
	EmailRoutingAddresses        nameSet   `tfsdk:"email_routing_addresses"`
	GenComputingSummaryDefs      nameSet   `tfsdk:"gen_computing_summary_defs"`
}

// section is a part of a permission set: an attribute in Terraform, an element that is repeated in metadata.
type section struct {
	shape
	schema schema.Attribute

	value  func(*permissionContent) attr.Value
	assign func(*permissionContent, entries)
	copy   func(into, from *permissionContent)

	read  func(*sfclient.PermissionSetComponent) entries
	write func(*sfclient.PermissionSetComponent, entries)
}

// permissionSections are all sections that the schema models. Whatever else Salesforce has in a permission set stays as it is.
var permissionSections = slices.Concat([]section{objectSection, fieldSection, tabSection}, nameSections())

// nameLists are the sections that are sets of names. Source: Metadata API guide, PermissionSet.
var nameLists = []struct {
	attribute   string
	list        sfclient.AccessList
	value       func(*permissionContent) *nameSet
	description string
}{
	{
		"user_permissions",
		sfclient.AccessList{Element: "userPermissions", Key: "name", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.UserPermissions },
		"User permissions, such as `ViewSetup`: the names of the `Permissions...` columns of PermissionSet without that prefix. What a permission depends on has to be listed too.",
	},
	{
		"apex_classes",
		sfclient.AccessList{Element: "classAccesses", Key: "apexClass", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.ApexClasses },
		"Apex classes that can be called.",
	},
	{
		"apex_pages",
		sfclient.AccessList{Element: "pageAccesses", Key: "apexPage", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.ApexPages },
		"Visualforce pages that can be opened.",
	},
	{
		"custom_permissions",
		sfclient.AccessList{Element: "customPermissions", Key: "name", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.CustomPermissions },
		"Custom permissions.",
	},
	{
		"custom_metadata_types",
		sfclient.AccessList{Element: "customMetadataTypeAccesses", Key: "name", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.CustomMetadataTypes },
		"Custom metadata types whose records can be read, such as `Tax_Rate__mdt`.",
	},
	{
		"custom_settings",
		sfclient.AccessList{Element: "customSettingAccesses", Key: "name", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.CustomSettings },
		"Custom settings that can be read, such as `Billing_Settings__c`.",
	},
	{
		"external_credential_principals",
		sfclient.AccessList{Element: "externalCredentialPrincipalAccesses", Key: "externalCredentialPrincipal", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.ExternalCredentialPrincipals },
		"Principals of external credentials for callouts, as the credential's name, a hyphen and the principal's name: `Bank-Reader`.",
	},
	{
		"external_data_sources",
		sfclient.AccessList{Element: "externalDataSourceAccesses", Key: "externalDataSource", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.ExternalDataSources },
		"External data sources.",
	},
	{
		"flows",
		sfclient.AccessList{Element: "flowAccesses", Key: "flow", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.Flows },
		"Flows that can be run, where a flow's access is restricted.",
	},
	{
		"record_types",
		sfclient.AccessList{Element: "recordTypeVisibilities", Key: "recordType", Switch: "visible"},
		func(c *permissionContent) *nameSet { return &c.RecordTypes },
		"Record types that can be chosen for new records, such as `Account.Business`.",
	},
	{
		"applications",
		sfclient.AccessList{Element: "applicationVisibilities", Key: "application", Switch: "visible"},
		func(c *permissionContent) *nameSet { return &c.Applications },
		"Apps that show in the app launcher. Standard ones start with `standard__`.",
	},
	{
		"agents",
		sfclient.AccessList{Element: "agentAccesses", Key: "agentName", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.Agents },
		"Agentforce agents that can be used.",
	},
	{
		"service_presence_statuses",
		sfclient.AccessList{Element: "servicePresenceStatusAccesses", Key: "servicePresenceStatus", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.ServicePresenceStatuses },
		"Service presence statuses of Omni-Channel.",
	},
	{
		"email_routing_addresses",
		sfclient.AccessList{Element: "emailRoutingAddressAccesses", Key: "name", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.EmailRoutingAddresses },
		"Email-to-Case routing addresses.",
	},
	{
		"gen_computing_summary_defs",
		sfclient.AccessList{Element: "genComputingSummaryDefAccesses", Key: "configName", Switch: "enabled"},
		func(c *permissionContent) *nameSet { return &c.GenComputingSummaryDefs },
		"Generative computing summary definitions (`genComputingSummaryDefAccesses` in metadata).",
	},
}

func nameSections() []section {
	sections := make([]section, len(nameLists))
	for i, l := range nameLists {
		sections[i] = section{
			shape:  shape{attribute: l.attribute, canonical: strings.ToLower},
			schema: schema.SetAttribute{MarkdownDescription: l.description, CustomType: setOfNames, Optional: true},
			value:  func(c *permissionContent) attr.Value { return *l.value(c) },
			assign: func(c *permissionContent, e entries) { *l.value(c) = e.names() },
			copy:   func(into, from *permissionContent) { *l.value(into) = *l.value(from) },
			read: func(component *sfclient.PermissionSetComponent) entries {
				found := entries{}
				for _, name := range component.Granted(l.list) {
					found[name] = ""
				}
				return found
			},
			write: func(component *sfclient.PermissionSetComponent, e entries) {
				component.Grant(l.list, slices.Sorted(maps.Keys(e)))
			},
		}
	}
	return sections
}

// objectRight is a word of object_permissions.
type objectRight struct {
	word    string
	verb    string   // in PermissionDependency
	element string   // in metadata
	needs   []string // words that have to stand beside it
	flag    func(*sfclient.ObjectPermission) *bool
}

// objectRights are in the order in which they are shown. Source: Object Reference, ObjectPermissions.
var objectRights = []objectRight{
	{"read", "read", "allowRead", nil, func(p *sfclient.ObjectPermission) *bool { return &p.AllowRead }},
	{"create", "create", "allowCreate", []string{"read"}, func(p *sfclient.ObjectPermission) *bool { return &p.AllowCreate }},
	{"edit", "update", "allowEdit", []string{"read"}, func(p *sfclient.ObjectPermission) *bool { return &p.AllowEdit }},
	{"delete", "delete", "allowDelete", []string{"read", "edit"}, func(p *sfclient.ObjectPermission) *bool { return &p.AllowDelete }},
	{"view_all_records", "viewAllRecords", "viewAllRecords", []string{"read"}, func(p *sfclient.ObjectPermission) *bool { return &p.ViewAllRecords }},
	{"modify_all_records", "modifyAllRecords", "modifyAllRecords", []string{"read", "edit", "delete", "view_all_records"}, func(p *sfclient.ObjectPermission) *bool { return &p.ModifyAllRecords }},
	{viewAllFields, "viewAllFields", "viewAllFields", []string{"read"}, func(p *sfclient.ObjectPermission) *bool { return &p.ViewAllFields }},
}

const viewAllFields = "view_all_fields"

func rightWords() []string {
	words := make([]string, len(objectRights))
	for i, r := range objectRights {
		words[i] = r.word
	}
	return words
}

var objectShape = shape{
	attribute: "object_permissions", words: rightWords(), canonical: strings.ToLower,
	check: func(_, words string) string { return incomplete(strings.Fields(words)) },
}

const objectText = "Object permissions: by object, a set of `read`, `create`, `edit`, `delete`, `view_all_records`, `modify_all_records` and `view_all_fields`. " +
	"All others need `read`; `delete` also needs `edit`; `modify_all_records` needs `edit`, `delete` and `view_all_records`."

var objectSection = section{
	shape:  objectShape,
	schema: schema.MapAttribute{MarkdownDescription: objectText, ElementType: setOfNames, Optional: true},
	value:  func(c *permissionContent) attr.Value { return c.ObjectPermissions },
	assign: func(c *permissionContent, e entries) { c.ObjectPermissions = e.wordSets() },
	copy:   func(into, from *permissionContent) { into.ObjectPermissions = from.ObjectPermissions },
	read: func(component *sfclient.PermissionSetComponent) entries {
		found := entries{}
		for _, p := range component.ObjectPermissions {
			var words []string
			for _, r := range objectRights {
				if *r.flag(&p) {
					words = append(words, r.word)
				}
			}
			if words != nil {
				found[p.Object] = joined(words)
			}
		}
		return found
	},
	write: func(component *sfclient.PermissionSetComponent, e entries) {
		before := make(map[string]sfclient.ObjectPermission, len(component.ObjectPermissions))
		for _, p := range component.ObjectPermissions {
			before[p.Object] = p
		}
		component.ObjectPermissions = make([]sfclient.ObjectPermission, 0, len(e))
		for _, name := range slices.Sorted(maps.Keys(e)) {
			p, words := before[name], strings.Fields(e[name])
			p.Object = name
			for _, r := range objectRights {
				*r.flag(&p) = slices.Contains(words, r.word)
			}
			component.ObjectPermissions = append(component.ObjectPermissions, p)
		}
	},
}

var fieldShape = shape{attribute: "field_permissions", words: []string{"read", "edit"}, canonical: canonicalField}

const fieldText = "Field permissions: by field, such as `Account.Industry`, either `read` or `edit`, which includes `read`. Fields that everybody can see, such as required ones, take no permission."

var fieldSection = section{
	shape:  fieldShape,
	schema: schema.MapAttribute{MarkdownDescription: fieldText, ElementType: types.StringType, Optional: true},
	value:  func(c *permissionContent) attr.Value { return c.FieldPermissions },
	assign: func(c *permissionContent, e entries) { c.FieldPermissions = e.wordMap() },
	copy:   func(into, from *permissionContent) { into.FieldPermissions = from.FieldPermissions },
	read: func(component *sfclient.PermissionSetComponent) entries {
		found := make(entries, len(component.FieldPermissions))
		for _, p := range component.FieldPermissions {
			switch {
			case p.Editable:
				found[p.Field] = "edit"
			case p.Readable:
				found[p.Field] = "read"
			}
		}
		return found
	},
	write: func(component *sfclient.PermissionSetComponent, e entries) {
		component.FieldPermissions = make([]sfclient.FieldPermission, 0, len(e))
		for _, name := range slices.Sorted(maps.Keys(e)) {
			component.FieldPermissions = append(component.FieldPermissions, sfclient.FieldPermission{Field: name, Readable: true, Editable: e[name] == "edit"})
		}
	},
}

var tabSection = section{
	shape: shape{attribute: "tabs", words: []string{"Available", "Visible"}, canonical: strings.ToLower},
	schema: schema.MapAttribute{
		MarkdownDescription: "Tabs: by tab, such as `standard-Account`, either `Available` (in the app launcher) or `Visible` (also in the apps that have it).",
		ElementType:         types.StringType, Optional: true,
	},
	value:  func(c *permissionContent) attr.Value { return c.Tabs },
	assign: func(c *permissionContent, e entries) { c.Tabs = e.wordMap() },
	copy:   func(into, from *permissionContent) { into.Tabs = from.Tabs },
	read: func(component *sfclient.PermissionSetComponent) entries {
		found := entries{}
		for _, t := range component.TabSettings {
			if t.Visibility != "None" {
				found[t.Tab] = t.Visibility
			}
		}
		return found
	},
	write: func(component *sfclient.PermissionSetComponent, e entries) {
		component.TabSettings = make([]sfclient.TabSetting, 0, len(e))
		for _, name := range slices.Sorted(maps.Keys(e)) {
			component.TabSettings = append(component.TabSettings, sfclient.TabSetting{Tab: name, Visibility: e[name]})
		}
	},
}
