package provider

import "testing"

func TestPasswordPoliciesDrift(t *testing.T) {
	t.Parallel()
	checkSettings(t, newPasswordPoliciesResource, nil)
}
