// Package provider is the Terraform side: schemas, plans, state and diagnostics. What it knows of Salesforce's wire it knows
// through sfclient.
package provider

import (
	"context"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ provider.ProviderWithActions            = &salesforceProvider{}
	_ provider.ProviderWithEphemeralResources = &salesforceProvider{}
	_ provider.ProviderWithFunctions          = &salesforceProvider{}
	_ provider.ProviderWithListResources      = &salesforceProvider{}
)

// New returns the provider's constructor for the given version.
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &salesforceProvider{version: version} }
}

type salesforceProvider struct {
	version   string
	transport http.RoundTripper // nil for the network
}

// connection is what Configure hands to everything that talks to Salesforce: the signed-in org, and what this plan is about to do.
type connection struct {
	client  *sfclient.Client
	plan    *planned
	lockout *lockoutGuard
	apps    appOwners
}

func (p *salesforceProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "salesforce"
	resp.Version = p.version
}

func (p *salesforceProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	attributes := map[string]schema.Attribute{}
	for _, a := range signInArguments {
		attributes[a.name] = schema.StringAttribute{
			MarkdownDescription: a.text + " Environment variable: `" + a.variable + "`.",
			Optional:            true,
			Sensitive:           a.secret,
		}
	}
	attributes["lockout_protection"] = lockoutAttribute()
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages the identities that machines use in Salesforce: API-only integration users with exactly the permissions they need.",
		Attributes:          attributes,
	}
}

func (p *salesforceProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		newConnectedAppResource,
		newCustomPermissionResource,
		newExternalClientAppResource,
		newIntegrationUserResource,
		newMetadataResource,
		newMyDomainSettingsResource,
		newOAuthSettingsResource,
		newPasswordPoliciesResource,
		newPermissionSetAssignmentResource,
		newPermissionSetGroupResource,
		newPermissionSetLicenseAssignmentResource,
		newPermissionSetResource,
		newProfilePasswordPolicyResource,
		newProfileResource,
		newProfileSessionSettingResource,
		newSessionSettingsResource,
		newSingleSignOnSettingsResource,
		newTrustedIPRangesResource,
		newUserResource,
		newUserRoleResource,
	}
}

func (p *salesforceProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newConnectedAppDataSource,
		newCustomPermissionDataSource,
		newExternalClientAppDataSource,
		newLoginHistoryDataSource,
		newMFAReadinessDataSource,
		newMetadataDataSource,
		newOrgLimitsDataSource,
		newOrganizationDataSource,
		newPermissionSetDataSource,
		newPermissionSetGroupDataSource,
		newPermissionSetLicenseDataSource,
		newProfileDataSource,
		newQueryDataSource,
		newUserAccessDataSource,
		newUserDataSource,
		newUserLicenseDataSource,
		newUserRoleDataSource,
		newUsersDataSource,
	}
}

func (p *salesforceProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		newAccessTokenEphemeralResource,
		newExternalClientAppCredentialsEphemeralResource,
	}
}

func (p *salesforceProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		newConnectedAppListResource,
		newCustomPermissionListResource,
		newExternalClientAppListResource,
		newIntegrationUserListResource,
		newMetadataListResource,
		newOrgListResource(newMyDomainSettingsResource, "My Domain settings"),
		newOrgListResource(newOAuthSettingsResource, "OAuth settings"),
		newOrgListResource(newPasswordPoliciesResource, "password policies"),
		newOrgListResource(newSessionSettingsResource, "session settings"),
		newOrgListResource(newSingleSignOnSettingsResource, "single sign-on settings"),
		newOrgListResource(newTrustedIPRangesResource, trustedIPRangesNoun),
		newPermissionSetAssignmentListResource,
		newPermissionSetGroupListResource,
		newPermissionSetLicenseAssignmentListResource,
		newPermissionSetListResource,
		newProfileListResource,
		newProfilePolicyListResource(newProfilePasswordPolicyResource, "ProfilePasswordPolicy", "profile password policies"),
		newProfilePolicyListResource(newProfileSessionSettingResource, "ProfileSessionSetting", "profile session settings"),
		newUserListResource,
		newUserRoleListResource,
	}
}

func (p *salesforceProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		newFreezeUserAction,
		newResetUserPasswordAction,
		newRevokeUserSessionsAction,
		newRotateCredentialsAction,
		newUnfreezeUserAction,
		newUnlockUserAction,
	}
}

func (p *salesforceProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		newCIDRRangeFunction,
		newID18Function,
		newMetadataDecodeFunction,
		newMetadataEncodeFunction,
		newSandboxUsernameFunction,
	}
}
