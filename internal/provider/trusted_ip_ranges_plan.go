package provider

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ModifyPlan warns of what the first apply changes in the org, and of ranges that Salesforce ignores.
func (r *trustedIPRangesResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil || req.Plan.Raw.IsNull() {
		return
	}
	d := &resp.Diagnostics
	var plan trustedIPRangesModel
	if d.Append(req.Plan.Get(ctx, &plan)...); d.HasError() || plan.IPRanges.IsUnknown() {
		return
	}
	warnOfWideRanges(plan.IPRanges, d)
	if !req.State.Raw.IsNull() {
		return
	}
	if now := r.now(ctx, plan.IPRanges, d); !d.HasError() {
		r.warnOfFirstApply(ctx, trustedIPRangesType, trustedIPRangesNoun, rangeChanges(now, plan.IPRanges), d)
	}
}

// warnOfWideRanges tells of ranges that have no effect on device activation. Source: Salesforce Help, "Set Trusted IP Ranges for Your
// Organization".
func warnOfWideRanges(ranges types.Map, diags *diag.Diagnostics) {
	for _, r := range rangesOf(ranges) {
		if r.wide() {
			diags.AddAttributeWarning(path.Root("ip_ranges").AtMapKey(r.spelling), "Salesforce ignores a range as wide as this",
				r.spelling+" holds more than 16,777,216 (2^24) IPv4 addresses. Salesforce keeps such a range, and asks for the device activation all the same. Write narrower ranges.")
		}
	}
}

// wide tells whether the range holds more than 2^24 IPv4 addresses.
func (r addressRange) wide() bool {
	if !r.first.Is4() {
		return false
	}
	first, last := r.first.As4(), r.last.As4()
	return binary.BigEndian.Uint32(last[:])-binary.BigEndian.Uint32(first[:]) >= 1<<24
}

// rangeChanges are lines that say what would become of ranges.
func rangeChanges(from, to types.Map) []string {
	before, after := byRange(from), byRange(to)
	var lines []string
	for _, r := range rangesOf(from) {
		switch now, stays := after[r.addressRange]; {
		case !stays:
			lines = append(lines, r.String()+" is removed")
		case now.description != r.description:
			lines = append(lines, fmt.Sprintf("%s: the description becomes %q", r, now.description))
		}
	}
	for _, r := range rangesOf(to) {
		if _, there := before[r.addressRange]; !there {
			lines = append(lines, r.String()+" is added")
		}
	}
	return lines
}

func byRange(m types.Map) map[addressRange]describedRange {
	known := map[addressRange]describedRange{}
	for _, r := range rangesOf(m) {
		known[r.addressRange] = r
	}
	return known
}
