package provider

import "strings"

// apiCalls are what a type asks of Salesforce, the lockout guard's questions included, besides what every run begins with: the
// sign-in, the list of API versions, and who it is that signed in. Names stand side by side; a star is what a configuration names.
type apiCalls struct {
	query    string   // objects that SOQL asks for
	tooling  string   // objects that SOQL asks the Tooling API for
	describe string   // objects that are described
	write    string   // objects whose records are created, updated or deleted
	read     string   // metadata types that are read or listed
	change   string   // metadata types that are written
	rest     []string // further requests
}

// callGroup is one kind of calls: its name, and how pages put it.
type callGroup struct {
	kind, words string
	names       []string
}

func (c apiCalls) groups() []callGroup {
	return []callGroup{
		{"query", "SOQL on ", strings.Fields(c.query)},
		{"tooling", "Tooling API SOQL on ", strings.Fields(c.tooling)},
		{"describe", "describes of ", strings.Fields(c.describe)},
		{"write", "record writes of ", strings.Fields(c.write)},
		{"read", "Metadata API reads of ", strings.Fields(c.read)},
		{"change", "Metadata API writes of ", strings.Fields(c.change)},
		{"", "", c.rest},
	}
}

// APICalls says in Markdown what a type asks of Salesforce; "" for one that is not known. The kind is that of the Registry: resource,
// data-source, ephemeral, list-resource or action.
func APICalls(kind, typeName string) string {
	calls, known := callsByType[kind+"/"+typeName]
	if !known {
		return ""
	}
	var all []string
	for _, group := range calls.groups() {
		var names []string
		for _, name := range group.names {
			if name == "*" {
				names = append(names, "what the configuration names")
			} else {
				names = append(names, "`"+name+"`")
			}
		}
		if names != nil {
			all = append(all, group.words+strings.Join(names, ", "))
		}
	}
	if len(all) == 0 {
		return "API calls: none."
	}
	return "API calls: " + strings.Join(all, "; ") + "."
}

// callsByType are the calls of every type that has a page. Tests hold them against what the mock org is asked.
var callsByType = map[string]apiCalls{
	"action/salesforce_freeze_user":          {query: "PermissionSetAssignment User UserLogin UserPermissionAccess", describe: "PermissionSet Profile User", write: "UserLogin"},
	"action/salesforce_reset_user_password":  {query: "User UserPermissionAccess", describe: "User", rest: []string{"DELETE sobjects/User/{id}/password"}},
	"action/salesforce_revoke_user_sessions": {query: "AuthSession OauthToken User UserPermissionAccess", describe: "User", write: "AuthSession", rest: []string{"POST /services/oauth2/revoke"}},
	"action/salesforce_rotate_external_client_app_credentials": {read: "ExternalClientApplication", rest: []string{
		"GET apps/oauth/usage", "GET apps/oauth/credentials/{id}", "GET apps/oauth/credentials/{id}/{id}/staged",
		"POST apps/oauth/credentials/{id}/{id}/staged", "PATCH apps/oauth/credentials/{id}/{id}/staged/{id}", "DELETE apps/oauth/credentials/{id}/{id}/staged/{id}",
	}},
	"action/salesforce_unfreeze_user":                            {query: "User UserLogin UserPermissionAccess", describe: "User", write: "UserLogin"},
	"action/salesforce_unlock_user":                              {query: "User UserLogin UserPermissionAccess", describe: "User", write: "UserLogin"},
	"data-source/salesforce_connected_app":                       {query: "SetupEntityAccess", read: "ConnectedApp"},
	"data-source/salesforce_custom_permission":                   {query: "CustomPermission", read: "CustomPermission"},
	"data-source/salesforce_external_client_app":                 {query: "PermissionSet Profile", read: "ExternalClientApplication ExtlClntAppConfigurablePolicies ExtlClntAppGlobalOauthSettings ExtlClntAppOauthConfigurablePolicies ExtlClntAppOauthSettings"},
	"data-source/salesforce_login_history":                       {query: "LoginHistory User", describe: "LoginHistory User"},
	"data-source/salesforce_metadata":                            {read: "*"},
	"data-source/salesforce_mfa_readiness":                       {query: "LoginHistory PermissionSet PermissionSetAssignment PermissionSetGroupComponent TwoFactorMethodsInfo User UserPermissionAccess VerificationHistory", describe: "LoginHistory PermissionSet TwoFactorMethodsInfo User", read: "Profile SecuritySettings"},
	"data-source/salesforce_org_limits":                          {rest: []string{"GET limits"}},
	"data-source/salesforce_organization":                        {query: "Organization"},
	"data-source/salesforce_permission_set":                      {query: "PermissionSet"},
	"data-source/salesforce_permission_set_group":                {query: "PermissionSetGroup", read: "MutingPermissionSet PermissionSetGroup"},
	"data-source/salesforce_permission_set_license":              {query: "PermissionSetLicense"},
	"data-source/salesforce_profile":                             {query: "Profile"},
	"data-source/salesforce_query":                               {query: "*", tooling: "*"},
	"data-source/salesforce_user":                                {query: "User UserLogin", describe: "User"},
	"data-source/salesforce_user_access":                         {query: "ApexClass ApexPage ConnectedApplication CustomPermission ExternalClientApplication FieldPermissions LoginHistory ObjectPermissions PermissionSet PermissionSetAssignment PermissionSetGroupComponent Profile SetupEntityAccess User UserLogin UserPermissionAccess", tooling: "FlowDefinition", describe: "LoginHistory ObjectPermissions PermissionSetAssignment User", read: "Profile"},
	"data-source/salesforce_user_license":                        {query: "UserLicense"},
	"data-source/salesforce_user_role":                           {query: "UserRole"},
	"data-source/salesforce_users":                               {query: "User UserLogin", describe: "User"},
	"ephemeral/salesforce_access_token":                          {rest: []string{"POST /services/oauth2/revoke"}},
	"ephemeral/salesforce_external_client_app_credentials":       {read: "ExternalClientApplication", rest: []string{"GET apps/oauth/credentials/{id}", "GET apps/oauth/credentials/{id}/{id}", "GET apps/oauth/credentials/{id}/{id}/staged", "GET apps/oauth/usage"}},
	"list-resource/salesforce_connected_app":                     {query: "SetupEntityAccess", read: "ConnectedApp"},
	"list-resource/salesforce_custom_permission":                 {query: "CustomPermission", read: "CustomPermission"},
	"list-resource/salesforce_external_client_app":               {query: "PermissionSet Profile", read: "ExternalClientApplication ExtlClntAppConfigurablePolicies ExtlClntAppGlobalOauthSettings ExtlClntAppOauthConfigurablePolicies ExtlClntAppOauthSettings"},
	"list-resource/salesforce_integration_user":                  {query: "PermissionSetAssignment PermissionSetLicenseAssign Profile User UserLogin", describe: "User"},
	"list-resource/salesforce_metadata":                          {read: "*"},
	"list-resource/salesforce_my_domain_settings":                {query: "Organization", read: "MyDomainSettings"},
	"list-resource/salesforce_oauth_settings":                    {query: "Organization", read: "OauthOidcSettings"},
	"list-resource/salesforce_password_policies":                 {query: "Organization", read: "SecuritySettings"},
	"list-resource/salesforce_permission_set":                    {query: "PermissionSet", read: "PermissionSet"},
	"list-resource/salesforce_permission_set_assignment":         {query: "PermissionSetAssignment"},
	"list-resource/salesforce_permission_set_group":              {query: "PermissionSetGroup", read: "MutingPermissionSet PermissionSetGroup"},
	"list-resource/salesforce_permission_set_license_assignment": {query: "PermissionSetLicenseAssign"},
	"list-resource/salesforce_profile":                           {query: "Profile", read: "Profile"},
	"list-resource/salesforce_profile_password_policy":           {query: "Profile", read: "Profile ProfilePasswordPolicy"},
	"list-resource/salesforce_profile_session_setting":           {query: "Profile", read: "Profile ProfileSessionSetting"},
	"list-resource/salesforce_session_settings":                  {query: "Organization", read: "SecuritySettings"},
	"list-resource/salesforce_single_sign_on_settings":           {query: "Organization", read: "SecuritySettings"},
	"list-resource/salesforce_trusted_ip_ranges":                 {query: "Organization", read: "SecuritySettings"},
	"list-resource/salesforce_user":                              {query: "User UserLogin", describe: "User"},
	"list-resource/salesforce_user_role":                         {query: "UserRole"},
	"resource/salesforce_connected_app":                          {query: "PermissionSetAssignment Profile SetupEntityAccess User", describe: "PermissionSet User", read: "ConnectedApp", change: "ConnectedApp", rest: []string{"GET metadata/deployRequest/{id}", "POST metadata/deployRequest"}},
	"resource/salesforce_custom_permission":                      {query: "CustomPermission Organization", read: "CustomPermission", change: "CustomPermission"},
	"resource/salesforce_external_client_app":                    {query: "PermissionSet PermissionSetAssignment Profile User", describe: "PermissionSet User", read: "ConnectedApp ExternalClientApplication ExtlClntAppConfigurablePolicies ExtlClntAppGlobalOauthSettings ExtlClntAppOauthConfigurablePolicies ExtlClntAppOauthSettings Profile", change: "ExternalClientApplication ExtlClntAppConfigurablePolicies ExtlClntAppGlobalOauthSettings ExtlClntAppOauthConfigurablePolicies ExtlClntAppOauthSettings", rest: []string{"GET metadata/deployRequest/{id}", "POST metadata/deployRequest"}},
	"resource/salesforce_integration_user":                       {query: "Organization PermissionSet PermissionSetAssignment PermissionSetGroup PermissionSetGroupComponent PermissionSetLicense PermissionSetLicenseAssign Profile User UserLicense UserLogin", describe: "PermissionSet Profile User", write: "PermissionSetAssignment PermissionSetLicenseAssign User UserLogin"},
	"resource/salesforce_metadata":                               {query: "LoginHistory Organization PermissionSet PermissionSetAssignment PermissionSetGroup PermissionSetGroupComponent Profile User", describe: "PermissionSet User", read: "*", change: "*", rest: []string{"GET metadata/deployRequest/{id}", "POST metadata/deployRequest"}},
	"resource/salesforce_my_domain_settings":                     {query: "Organization", read: "MyDomainSettings", change: "MyDomainSettings"},
	"resource/salesforce_oauth_settings":                         {query: "Organization", read: "OauthOidcSettings", change: "OauthOidcSettings"},
	"resource/salesforce_password_policies":                      {query: "Organization", read: "SecuritySettings", change: "SecuritySettings"},
	"resource/salesforce_permission_set":                         {query: "CustomPermission Organization PermissionSet PermissionSetAssignment PermissionSetGroupComponent PermissionSetLicense Profile UserLicense", tooling: "PermissionDependency", describe: "FieldPermissions ObjectPermissions PermissionSet", write: "PermissionSet", read: "PermissionSet", change: "PermissionSet"},
	"resource/salesforce_permission_set_assignment":              {query: "PermissionSet PermissionSetAssignment PermissionSetGroup PermissionSetGroupComponent PermissionSetLicense PermissionSetLicenseAssign Profile User UserLicense", describe: "PermissionSet User", write: "PermissionSetAssignment"},
	"resource/salesforce_permission_set_group":                   {query: "CustomPermission MutingPermissionSet PermissionSet PermissionSetAssignment PermissionSetGroup PermissionSetGroupComponent", describe: "FieldPermissions ObjectPermissions PermissionSet", write: "MutingPermissionSet PermissionSetGroup PermissionSetGroupComponent", read: "MutingPermissionSet PermissionSetGroup", change: "MutingPermissionSet PermissionSetGroup"},
	"resource/salesforce_permission_set_license_assignment":      {query: "PermissionSetLicense PermissionSetLicenseAssign User", describe: "User", write: "PermissionSetLicenseAssign"},
	"resource/salesforce_profile":                                {query: "CustomPermission LoginHistory Organization PermissionSetAssignment Profile User UserLicense", tooling: "PermissionDependency", describe: "FieldPermissions ObjectPermissions PermissionSet User", write: "Profile", read: "ExtlClntAppOauthConfigurablePolicies Profile", change: "Profile"},
	"resource/salesforce_profile_password_policy":                {query: "Profile", read: "Profile ProfilePasswordPolicy SecuritySettings", change: "ProfilePasswordPolicy"},
	"resource/salesforce_profile_session_setting":                {query: "Profile User", describe: "User", read: "Profile ProfileSessionSetting SecuritySettings", change: "ProfileSessionSetting"},
	"resource/salesforce_session_settings":                       {query: "Organization", read: "SecuritySettings", change: "SecuritySettings"},
	"resource/salesforce_single_sign_on_settings":                {query: "Organization PermissionSetAssignment User UserLogin", describe: "PermissionSet Profile", read: "AuthProvider SamlSsoConfig SecuritySettings", change: "SecuritySettings"},
	"resource/salesforce_trusted_ip_ranges":                      {query: "Organization", read: "SecuritySettings", change: "SecuritySettings"},
	"resource/salesforce_user":                                   {query: "LoginHistory Organization PermissionSetAssignment Profile User UserLicense UserLogin", describe: "PermissionSet Profile User", write: "User UserLogin", read: "Profile", rest: []string{"POST sobjects/User/{id}/password"}},
	"resource/salesforce_user_role":                              {query: "Organization UserRole", describe: "UserRole", write: "UserRole"},
}
