package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestCIDRRange(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	for cidr, want := range map[string][2]string{
		"192.0.2.0/24":            {"192.0.2.0", "192.0.2.255"},
		"0.0.0.0/0":               {"0.0.0.0", "255.255.255.255"},
		"198.51.100.128/25":       {"198.51.100.128", "198.51.100.255"},
		"192.0.2.7/32":            {"192.0.2.7", "192.0.2.7"},
		"192.0.2.7":               {"192.0.2.7", "192.0.2.7"},
		"192.0.2.10 - 192.0.2.20": {"192.0.2.10", "192.0.2.20"},
		"2001:db8::/64":           {"2001:db8::", "2001:db8::ffff:ffff:ffff:ffff"},
		"2001:DB8::7":             {"2001:db8::7", "2001:db8::7"},
	} {
		got, failure := p.call(t, "cidr_range", textValue(cidr))
		if failure != "" {
			t.Errorf("%s: %s", cidr, failure)
			continue
		}
		var addresses map[string]tftypes.Value
		if err := got.As(&addresses); err != nil || !addresses["start"].Equal(textValue(want[0])) || !addresses["end"].Equal(textValue(want[1])) {
			t.Errorf("%s becomes %s, not %s", cidr, got, want)
		}
	}
	for cidr, says := range map[string]string{
		"":                        "is not a range of IP addresses",
		"office":                  "is not a range of IP addresses",
		"192.0.2.0/33":            "is not a range of IP addresses",
		"192.0.2.256":             "is not a range of IP addresses",
		"fe80::1%eth0":            "is not a range of IP addresses",
		"192.0.2.7/24":            "the block is 192.0.2.0/24",
		"192.0.2.20-192.0.2.10":   "ends before it begins",
		"192.0.2.10-2001:db8::10": "mixes IPv4 with IPv6",
	} {
		if got, failure := p.call(t, "cidr_range", textValue(cidr)); !strings.Contains(failure, says) {
			t.Errorf("%q becomes %s and says %q", cidr, got, failure)
		}
	}
}
