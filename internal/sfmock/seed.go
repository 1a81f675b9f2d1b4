package sfmock

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// standardProfile is a profile that comes with the org: it keeps its name and cannot be deleted.
type standardProfile struct {
	Name, Licence string
	Permissions   allowance // user permissions, as far as the licence allows
	Rights        []string  // on every object that the licence covers
}

var standardProfiles = []standardProfile{
	{"System Administrator", "Salesforce", everythingBut(notForAdministrators...), allRights},
	{"Standard User", "Salesforce", only(standardUserPermissions...), editRights},
	{"Marketing User", "Salesforce", only(slices.Concat(standardUserPermissions, []string{"ImportLeads", "EmailMass"})...), editRights},
	{"Contract Manager", "Salesforce", only(slices.Concat(standardUserPermissions, []string{"ActivateContract", "DeleteActivatedContract"})...), editRights},
	{"Solution Manager", "Salesforce", only(slices.Concat(standardUserPermissions, []string{"ManageSolutions"})...), editRights},
	{"Read Only", "Salesforce", only(readOnlyPermissions...), readRights},
	{"Minimum Access - Salesforce", "Salesforce", only("ActivitiesAccess", "ChatterInternalUser", "LightningConsoleAllowedForUser", "ViewHelpLink"), nil},
	{"Standard Platform User", "Salesforce Platform", only(standardUserPermissions...), editRights},
	{"Minimum Access - API Only Integrations", "Salesforce Integration", only(apiOnly...), nil},
	{"Chatter Free User", "Chatter Free", only(chatterPermissions...), nil},
	{"Identity User", "Identity", only(identityPermissions...), nil},
	{"Analytics Cloud Integration User", "Analytics Cloud Integration User", only(analyticsPermissions...), readRights},
}

var (
	// notForAdministrators restrict their holder, or are handed out by Support or by hand.
	notForAdministrators = []string{
		"ApiUserOnly", "ForceTwoFactor", "TwoFactorApi", "BypassMFAForUiLogins", "PasswordNeverExpires", "SkipIdentityConfirmation", "MustUseSso", "IsSsoEnabled",
		"UseAnyApiAuth", "UseAnyApiClient", "IdentityConnect", "AgentforceServiceAgentUser", "ViewOnlyEmbeddedAppUser", "HideReadByList", "PreventClassicExperience",
		"TransactionSecurityExempt", "ViewEncryptedData", "BulkApiHardDelete",
	}
	standardUserPermissions = []string{
		"ActivitiesAccess", "AllowViewEditConvertedLeads", "ApiEnabled", "ChatterInternalUser", "ChatterInviteExternalUsers", "ConvertLeads", "CreateCustomizeReports", "CreateTopics",
		"EditEvent", "EditOppLineItemUnitPrice", "EditTask", "EmailSingle", "ExportReport", "LightningConsoleAllowedForUser", "LightningExperienceUser", "RunFlow", "RunReports",
		"SelectFilesFromSalesforce", "UseWebLink", "ViewHelpLink", "ViewRoles", "ViewSetup",
	}
	readOnlyPermissions = []string{"ActivitiesAccess", "ApiEnabled", "ChatterInternalUser", "ExportReport", "LightningExperienceUser", "RunReports", "UseWebLink", "ViewHelpLink", "ViewRoles", "ViewSetup"}

	readRights = []string{"PermissionsRead"}
	editRights = []string{"PermissionsRead", "PermissionsCreate", "PermissionsEdit", "PermissionsDelete"}
	allRights  = slices.Concat(editRights, []string{"PermissionsViewAllRecords", "PermissionsModifyAllRecords", "PermissionsViewAllFields"})
)

// seed fills a new org like one that was just signed up for, with a few things of its own to grant rights on.
func (o *Org) seed() {
	instance := "USA794"
	if o.options.Sandbox {
		instance = "USA262S"
	}
	o.plant("Organization", map[string]any{"Name": "Example Corporation", "Country": "US", "InstanceName": instance, "IsSandbox": o.options.Sandbox})
	if o.options.Empty {
		return
	}
	o.seedLicences()
	o.seedProfiles()
	o.seedPeople()
	o.seedPlatformUsers()
	o.seedContent()
	o.seedConnectedApps()
}

// plant inserts a record of the seed. A refusal means that the tables above contradict the rules.
func (o *Org) plant(objectName string, values map[string]any) *record {
	rec, err := o.insert(nil, o.object(objectName), values)
	if err != nil {
		panic(fmt.Sprintf("sfmock: the seed's %s %v: %v", objectName, values, err))
	}
	return rec
}

func (o *Org) seedLicences() {
	for _, l := range userLicences {
		o.plant("UserLicense", map[string]any{"Name": l.Name, "MasterLabel": l.Name, "LicenseDefinitionKey": l.Key, "TotalLicenses": l.Seats})
	}
	for _, l := range permissionSetLicences {
		o.plant("PermissionSetLicense", map[string]any{
			"DeveloperName": l.DeveloperName, "PermissionSetLicenseKey": l.DeveloperName, "MasterLabel": l.Label, "TotalLicenses": l.Seats,
		})
	}
}

func (o *Org) seedProfiles() {
	for _, p := range standardProfiles {
		licence := o.find("UserLicense", "Name", p.Licence)
		most := o.licenceTraits(licence).Ceiling
		values := map[string]any{"Name": p.Name, "UserLicenseId": licence.id}
		for _, f := range o.object("Profile").Fields {
			if permission, ok := strings.CutPrefix(f.Name, permissionColumn); ok && p.Permissions.has(permission) && most.Permissions.has(permission) {
				values[f.Name] = true
			}
		}
		o.seedRights(o.profileOwnedSet(o.plant("Profile", values)), p.Rights, most.Objects)
	}
}

func (o *Org) seedRights(set *record, rights []string, objects allowance) {
	for _, name := range o.grantableObjects() {
		if rights == nil || !objects.has(name) {
			continue
		}
		values := map[string]any{"ParentId": set.id, "SobjectType": name}
		for _, right := range rights {
			values[right] = true
		}
		o.plant("ObjectPermissions", values)
	}
}

func (o *Org) seedPeople() {
	ceo := o.plant("UserRole", map[string]any{"Name": "CEO", "OpportunityAccessForAccountOwner": "Edit", "CaseAccessForAccountOwner": "Edit"})
	sales := o.plant("UserRole", map[string]any{"Name": "VP Sales", "ParentRoleId": ceo.id, "OpportunityAccessForAccountOwner": "Edit", "CaseAccessForAccountOwner": "Edit"})
	admin := o.seedUser("admin@example.com", "System Administrator", map[string]any{"FirstName": "Ada", "LastName": "Admin"})
	chief := o.seedUser("carol.chief@example.com", "Standard User", map[string]any{"FirstName": "Carol", "LastName": "Chief", "UserRoleId": ceo.id})
	o.seedUser("sam.seller@example.com", "Standard User", map[string]any{"FirstName": "Sam", "LastName": "Seller", "UserRoleId": sales.id, "ManagerId": chief.id})
	for _, name := range []string{"Acme", "Globex", "Initech"} {
		o.plant("Account", map[string]any{"Name": name, "OwnerId": admin.id, "Industry": "Technology", "BillingCode__c": strings.ToUpper(name)})
	}
}

// seedUser plants a user with what every user has; a sandbox appends its name to usernames.
func (o *Org) seedUser(username, profile string, more map[string]any) *record {
	local, _, _ := strings.Cut(username, "@")
	values := map[string]any{
		"Username": username, "Email": username, "Alias": local[:min(len(local), 8)], "ProfileId": o.find("Profile", "Name", profile).id,
		"TimeZoneSidKey": "America/Los_Angeles", "LocaleSidKey": "en_US", "LanguageLocaleKey": "en_US", "EmailEncodingKey": "UTF-8",
	}
	if o.options.Sandbox {
		values["Username"] = username + ".sandbox"
	}
	maps.Copy(values, more)
	return o.plant("User", values)
}

// seedPlatformUsers makes the users that Salesforce's own services act as. Those without a profile keep no rule of ordinary users.
func (o *Org) seedPlatformUsers() {
	domain := strings.ToLower(o.orgID()[:15])
	o.seedUser("integration@"+domain+".com", "Analytics Cloud Integration User", map[string]any{"FirstName": "Integration", "LastName": "User", "Alias": "integ"})
	for _, service := range []map[string]any{
		{"LastName": "Automated Process", "Username": "autoproc@" + domain, "Alias": "autoproc", "UserType": "AutomatedProcess"},
		{"FirstName": "Platform Integration", "LastName": "User", "Username": "cloud@" + domain, "Alias": "cloud", "UserType": "CloudIntegrationUser"},
	} {
		ob := o.object("User")
		for _, f := range ob.Fields {
			if service[f.Name] == nil {
				service[f.Name] = f.Default
			}
		}
		service["CommunityNickname"], service["Email"] = service["Alias"], "noreply@example.com"
		service["TimeZoneSidKey"], service["LocaleSidKey"], service["LanguageLocaleKey"], service["EmailEncodingKey"] = "GMT", "en_US", "en_US", "UTF-8"
		service["CreatedDate"], service["LastModifiedDate"], service["SystemModstamp"] = o.now(), o.now(), o.now()
		o.put(&record{object: ob, id: o.newID(ob.Prefix), values: service, sections: map[string][]map[string]any{}})
	}
}

// seedContent plants what access can be given to besides objects and fields.
func (o *Org) seedContent() {
	for _, name := range []string{"BillingApi", "OrderSync"} {
		o.plant("ApexClass", map[string]any{"Name": name, "Body": "public with sharing class " + name + " {}"})
	}
	o.plant("ApexPage", map[string]any{"Name": "InvoicePdf", "MasterLabel": "Invoice PDF"})
	o.plant("CustomPermission", map[string]any{"DeveloperName": "Bypass_Validation", "MasterLabel": "Bypass Validation"})
	o.plant("FlowDefinition", map[string]any{"DeveloperName": "Order_Approval", "MasterLabel": "Order Approval"})
}
