package provider

import "testing"

func TestOAuthSettingsDrift(t *testing.T) {
	t.Parallel()
	checkSettings(t, newOAuthSettingsResource, nil)
}
