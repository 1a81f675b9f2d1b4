package provider

import (
	"strings"
	"testing"
)

func TestSandboxUsername(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	longest := strings.Repeat("a", mostUsername-len("@example.com.dev")) + "@example.com"
	for _, c := range []struct{ username, sandbox, want string }{
		{"billing-sync@example.com", "dev", "billing-sync@example.com.dev"},
		{"billing-sync@example.com", "UAT2", "billing-sync@example.com.uat2"},
		{"Billing-Sync@Example.com", "dev", "billing-sync@example.com.dev"},
		{"Billing-Sync@Example.com", "", "Billing-Sync@Example.com"},
		{"billing-sync@example.com.dev", "dev", "billing-sync@example.com.dev.dev"}, // a clone of a sandbox gets its name on top
		{longest, "dev", longest + ".dev"},
	} {
		if got, failure := p.call(t, "sandbox_username", textValue(c.username), textValue(c.sandbox)); failure != "" || !got.Equal(textValue(c.want)) {
			t.Errorf("%s in %q becomes %s (%s), not %s", c.username, c.sandbox, got, failure, c.want)
		}
	}
	for _, c := range []struct{ username, sandbox, says string }{
		{"billing-sync", "dev", "is no username"},
		{"billing-sync", "", "is no username"},
		{"", "dev", "is no username"},
		{"billing-sync@example.com", ".dev", "is no name of a sandbox"},
		{"billing-sync@example.com", "elevenchars", "is no name of a sandbox"},
		{"billing-sync@example.com", " ", "is no name of a sandbox"},
		{"a" + longest, "dev", "has 81 characters, and a username at most 80"},
	} {
		if got, failure := p.call(t, "sandbox_username", textValue(c.username), textValue(c.sandbox)); !strings.Contains(failure, c.says) {
			t.Errorf("%s in %q becomes %s and says %q", c.username, c.sandbox, got, failure)
		}
	}
}
