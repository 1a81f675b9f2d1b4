package provider

import "testing"

func TestSessionSettingsDrift(t *testing.T) {
	t.Parallel()
	checkSettings(t, newSessionSettingsResource, map[string]string{"redirectionWarning": "false"})
}
