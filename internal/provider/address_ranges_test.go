package provider

import (
	"net/netip"
	"testing"
)

func TestAddressRange(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, first, last, canonical string }{
		{"192.0.2.0/24", "192.0.2.0", "192.0.2.255", "192.0.2.0/24"},
		{"192.0.2.7", "192.0.2.7", "192.0.2.7", "192.0.2.7"},
		{"192.0.2.7/32", "192.0.2.7", "192.0.2.7", "192.0.2.7"},
		{"192.0.2.128-192.0.2.255", "192.0.2.128", "192.0.2.255", "192.0.2.128/25"},
		{"192.0.2.10 - 192.0.2.20", "192.0.2.10", "192.0.2.20", "192.0.2.10-192.0.2.20"},
		{"0.0.0.0/0", "0.0.0.0", "255.255.255.255", "0.0.0.0/0"},
		{"2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::/32"},
		{"2001:DB8::1-2001:db8::2", "2001:db8::1", "2001:db8::2", "2001:db8::1-2001:db8::2"},
	} {
		r, err := parseAddressRange(tc.text)
		if err != nil || r.first.String() != tc.first || r.last.String() != tc.last || r.String() != tc.canonical {
			t.Errorf("%s: %s to %s, written %s (%v)", tc.text, r.first, r.last, r, err)
		}
	}
	for _, wrong := range []string{"", "192.0.2.0/33", "192.0.2.7/24", "192.0.2.9-192.0.2.1", "192.0.2.1-2001:db8::1", "office", "fe80::1%eth0", "-", "192.0.2.1-192.0.2.2-192.0.2.3"} {
		if r, err := parseAddressRange(wrong); err == nil {
			t.Errorf("%q was taken as %s", wrong, r)
		}
	}
}

func TestAddressRangeContains(t *testing.T) {
	t.Parallel()
	r, _ := parseAddressRange("192.0.2.10-192.0.2.20")
	for address, inside := range map[string]bool{"192.0.2.9": false, "192.0.2.10": true, "192.0.2.20": true, "192.0.2.21": false, "::ffff:192.0.2.15": true, "2001:db8::1": false} {
		if r.contains(netip.MustParseAddr(address)) != inside {
			t.Errorf("%s: inside should be %t", address, inside)
		}
	}
}
