package provider

import "testing"

func TestMyDomainSettingsDrift(t *testing.T) {
	t.Parallel()
	checkSettings(t, newMyDomainSettingsResource, nil)
}
