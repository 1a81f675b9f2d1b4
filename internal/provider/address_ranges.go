package provider

import (
	"fmt"
	"net/netip"
	"strings"
)

// addressRange is a run of IP addresses of one kind. Configurations write it as a CIDR block, one address, or "first-last".
type addressRange struct{ first, last netip.Addr }

// parseAddressRange reads a range as configurations write it.
func parseAddressRange(text string) (addressRange, error) {
	if block, err := netip.ParsePrefix(text); err == nil {
		if block != block.Masked() {
			return addressRange{}, fmt.Errorf("%s has bits of an address behind the block's end; the block is %s, the address %s", text, block.Masked(), block.Addr())
		}
		return addressRange{block.Addr(), lastOf(block)}, nil
	}
	first, last, two := strings.Cut(text, "-")
	if !two {
		last = first
	}
	return addressesFrom(strings.TrimSpace(first), strings.TrimSpace(last))
}

// addressesFrom is the range between two addresses, as Salesforce writes it.
func addressesFrom(first, last string) (addressRange, error) {
	var r addressRange
	var err1, err2 error
	r.first, err1 = netip.ParseAddr(first)
	r.last, err2 = netip.ParseAddr(last)
	switch {
	case err1 != nil || err2 != nil || r.first.Zone() != "" || r.last.Zone() != "":
		return r, fmt.Errorf("%s to %s is not a range of IP addresses; write a CIDR block (192.0.2.0/24), one address (192.0.2.7), or the first and the last (192.0.2.10-192.0.2.20)", first, last)
	case r.first.Is4() != r.last.Is4():
		return r, fmt.Errorf("%s to %s mixes IPv4 with IPv6, which Salesforce does not take in one range", first, last)
	case r.last.Less(r.first):
		return r, fmt.Errorf("%s to %s ends before it begins", first, last)
	}
	return r, nil
}

// lastOf is the last address of a block.
func lastOf(block netip.Prefix) netip.Addr {
	bytes := block.Addr().AsSlice()
	for bit := block.Bits(); bit < len(bytes)*8; bit++ {
		bytes[bit/8] |= 1 << (7 - bit%8)
	}
	last, _ := netip.AddrFromSlice(bytes)
	return last
}

// String writes the range as a CIDR block where it is one, as one address, or as "first-last".
func (r addressRange) String() string {
	if r.first == r.last {
		return r.first.String()
	}
	for bits := range r.first.BitLen() {
		if block, err := r.first.Prefix(bits); err == nil && block.Addr() == r.first && lastOf(block) == r.last {
			return block.String()
		}
	}
	return r.first.String() + "-" + r.last.String()
}

// contains tells whether an address is in the range.
func (r addressRange) contains(a netip.Addr) bool {
	a = a.Unmap()
	return a.Is4() == r.first.Is4() && !a.Less(r.first) && !r.last.Less(a)
}
