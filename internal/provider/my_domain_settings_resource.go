package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// newMyDomainSettingsResource is where and how users log in to the org: salesforce_my_domain_settings.
func newMyDomainSettingsResource() resource.Resource {
	return &settingsResource{settings: settings{
		typeName: "salesforce_my_domain_settings", noun: "My Domain settings", setup: "Setup > My Domain",
		kind: "MyDomainSettings",
		text: "The org's My Domain settings: at which addresses users and API clients log in. The domain's name itself is changed in Setup.\n\n" +
			"~> `does_api_login_require_org_domain` cuts off every client that signs in at login.salesforce.com or test.salesforce.com. The plan is refused when the provider is one of them.",
		needs:  "Modify Metadata Through Metadata API Functions and Customize Application",
		fields: myDomainFields, check: checkMyDomainSettings,
	}}
}

// myDomainFields are those of MyDomainSettings that can be changed. Source: Metadata API guide, MyDomainSettings.
var myDomainFields = fields{
	{element: "areLegacyRedirectsMaintained", text: "Whether addresses from before enhanced domains are redirected."},
	{element: "areLgcyRdirMaintainedWntr26", attribute: "are_lgcy_rdir_maintained_wntr_26", text: "Whether they still are after Winter '26."},
	{element: "canOnlyLoginWithMyDomainUrl", text: "Whether users can't log in to the user interface at login.salesforce.com or test.salesforce.com."},
	{element: "doesApiLoginRequireOrgDomain", text: "Whether API clients can't log in there either."},
	{element: "doesWarnOnForceComRedirect", text: "Whether users are warned before a force.com address redirects them."},
	{element: "doesWarnOnRedirect", text: "Whether users are warned before an earlier My Domain redirects them."},
	{element: "edgeRoutingMethod", kind: word, values: []string{"global", "regional", "gsr"}, text: "How traffic reaches the org through Salesforce Edge."},
	{element: "enableCrossDomainPreviewCookies", text: "Whether previews may use cookies across domains."},
	{element: "enableEdgeDuringRollout", text: "Whether the org takes part in the rollout of Salesforce Edge."},
	{element: "enableExtendedRedirections", text: "Whether redirections of earlier addresses are extended."},
	{element: "enableLegacyRedirections", text: "Whether redirections from before enhanced domains are on."},
	{element: "enableNativeBrowserForAuthOnAndroid", text: "Whether the mobile app on Android logs in through the device's browser."},
	{element: "enableNativeBrowserForAuthOnIos", text: "Whether the mobile app on iOS logs in through the device's browser."},
	{element: "enableShareBrowserSessionAndroidForAuth", text: "Whether the mobile app on Android shares the browser's session."},
	{element: "enableShareBrowserSessionIOSForAuth", text: "Whether the mobile app on iOS shares the browser's session."},
	{element: "instancedUrlRedirectHandling", kind: word, values: []string{"Redirect", "WarnOnRedirect", "NoRedirect"}, text: "What becomes of addresses that name the org's instance."},
	{element: "isFirstPartyCookieUseRequired", text: "Whether first-party cookies are required."},
	{element: "isIcorInstApiTrafficBlocked", text: "Whether API traffic to instance addresses of the org's own region is blocked."},
	{element: "isInstancedApiTrafficBlocked", text: "Whether API traffic to addresses that name the org's instance is blocked."},
	{element: "logRedirections", text: "Whether redirections are logged."},
	{element: "onboardCustomerSpecificSuffix", text: "Whether the org takes a suffix of its own."},
	{element: "redirectForceComSiteUrls", text: "Whether force.com addresses of sites are redirected."},
	{element: "redirectPriorMyDomain", text: "Whether the earlier My Domain is redirected."},
	{element: "use3rdPartyCookieBlockingCompatibleHostnames", attribute: "use_3rd_party_cookie_blocking_compatible_hostnames", text: "Whether host names work in browsers that block third-party cookies."},
	{element: "useEnhancedDomainsInSandbox", holds: types.BoolValue(true), text: "Whether sandboxes use enhanced domains. Salesforce keeps it at `true`."},
	{element: "useStabilizedMyDomainHostnames", holds: types.BoolValue(true), text: "Whether host names leave out the instance. Salesforce keeps it at `true`."},
	{element: "useStabilizedSandboxMyDomainHostnames", holds: types.BoolValue(true), text: "Whether those of sandboxes do. Salesforce keeps it at `true`."},
}
