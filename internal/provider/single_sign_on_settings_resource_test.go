package provider

import "testing"

func TestSingleSignOnSettingsDrift(t *testing.T) {
	t.Parallel()
	checkSettings(t, newSingleSignOnSettingsResource, map[string]string{"enableMultipleSamlConfigs": "true", "enableSamlJitProvisioning": "false"})
}
