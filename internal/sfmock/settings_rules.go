package sfmock

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
)

// settingsRules check and correct what a write would leave.
var settingsRules = map[string]func(o *Org, before, after element) (element, *apiError){
	"SecuritySettings": securitySettings,
}

// mirroredSettings are fields of SecuritySettings that its sessionSettings have too.
var mirroredSettings = []string{"enableCoepHeader", "enableCoopHeader", "enablePermissionsPolicy", "redirectBlockModeEnabled", "sendCspForUncommonClients"}

// settingsWords are the values of fields that the schema leaves open.
var settingsWords = map[string][]string{
	"grantCameraAccess":     {"Always", "Never", "TrustedUrls"},
	"grantMicrophoneAccess": {"Always", "Never", "TrustedUrls"},
}

func securitySettings(o *Org, before, after element) (element, *apiError) {
	sessions := after.child("sessionSettings").with(flagLeaf("enableContentSniffingProtection", true)) // since API version 58.0
	if o.mfa != mfaOptional && !sessions.flag(mfaSwitch) {
		if o.mfa == mfaLocked {
			return after, refuse(unsureSettingsConflictCode, unsureMFALocked)
		}
		sessions = sessions.with(flagLeaf(mfaSwitch, true))
	}
	for _, e := range sessions.children {
		if words, limited := settingsWords[e.name]; limited && e.text != "" && !slices.Contains(words, e.text) {
			return after, refuse(unsureSettingsConflictCode, fmt.Sprintf(unsurePolicyValue, e.name, e.text))
		}
	}
	for _, name := range mirroredSettings {
		value := after.flag(name)
		if value == before.flag(name) {
			value = sessions.flag(name)
		}
		after, sessions = after.with(flagLeaf(name, value)), sessions.with(flagLeaf(name, value))
	}
	after = after.with(sessions)
	signOn := after.child("singleSignOnSettings")
	policies := after.child("passwordPolicies")
	switch {
	case sessions.flag("redirectBlockModeEnabled") && sessions.flag("redirectionWarning"):
		return after, refuse(unsureSettingsConflictCode, unsureRedirectModes)
	case before.child("singleSignOnSettings").flag("enableMultipleSamlConfigs") && !signOn.flag("enableMultipleSamlConfigs"):
		return after, refuse(unsureSettingsConflictCode, unsureMultipleSaml)
	case signOn.flag("enableSamlJitProvisioning") && (!signOn.flag("enableSamlLogin") || signOn.flag("enableMultipleSamlConfigs")):
		return after, refuse(unsureSettingsConflictCode, unsureSamlProvisioning)
	case !between(policies.value("historyRestriction"), 0, 24):
		return after, refuse(unsureSettingsConflictCode, fmt.Sprintf(unsureSettingsRange, "historyRestriction", 0, 24))
	case !between(policies.value("minimumPasswordLength"), 5, 50):
		return after, refuse(unsureSettingsConflictCode, fmt.Sprintf(unsureSettingsRange, "minimumPasswordLength", 5, 50))
	}
	for _, r := range after.child("networkAccess").all("ipRanges") {
		if !isAddressRange(r.value("start"), r.value("end")) {
			return after, refuse(unsureSettingsConflictCode, fmt.Sprintf(unsureAddressRange, r.value("start"), r.value("end")))
		}
	}
	return after, nil
}

func between(text string, least, most int) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n >= least && n <= most
}

// isAddressRange tells whether two addresses of one kind are in order.
func isAddressRange(start, end string) bool {
	first, err1 := netip.ParseAddr(start)
	last, err2 := netip.ParseAddr(end)
	return err1 == nil && err2 == nil && first.Is4() == last.Is4() && first.Compare(last) <= 0
}
