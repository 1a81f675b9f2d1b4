package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// ranges is a map of ranges from pairs of a range and a description.
func ranges(pairs ...string) types.Map {
	elements := map[string]attr.Value{}
	for pair := range slices.Chunk(pairs, 2) {
		elements[pair[0]] = types.StringValue(pair[1])
	}
	return types.MapValueMust(types.StringType, elements)
}

func TestRangesAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	names := rangeElements{"start", "end"}
	written := ranges("192.0.2.0-192.0.2.255", "Office", "198.51.100.7/32", "", "2001:DB8:0::/32", "Lab")
	entries := rangeEntries(written, names)
	slices.Reverse(entries)
	if got := readRanges(entries, names, written); !got.Equal(written) {
		t.Errorf("read back as %s", got)
	}
	want := ranges("192.0.2.0/24", "Office", "198.51.100.7", "", "2001:db8::/32", "Lab")
	if got := readRanges(entries, names, types.MapNull(types.StringType)); !got.Equal(want) {
		t.Errorf("read without a prior value: %s", got)
	}
	if entries[2].Text("start") != "192.0.2.0" || entries[2].Text("end") != "192.0.2.255" || entries[1].Has("description") {
		t.Errorf("written as %v", entries)
	}
	var odd sfclient.Entry
	odd.Set("office", "start")
	if got := readRanges([]sfclient.Entry{odd}, names, written); !got.Equal(ranges("office-", "")) {
		t.Errorf("what is no range reads as %s", got)
	}
}

func TestSameRanges(t *testing.T) {
	t.Parallel()
	office := ranges("192.0.2.0/24", "Office")
	for _, tc := range []struct {
		other types.Map
		same  bool
	}{
		{ranges("192.0.2.0-192.0.2.255", "Office"), true},
		{ranges("192.0.2.0/24", "Lab"), false},
		{ranges("192.0.2.0/25", "Office"), false},
		{ranges("192.0.2.0/24", "Office", "198.51.100.7", ""), false},
		{ranges(), false},
		{types.MapNull(types.StringType), false},
		{types.MapUnknown(types.StringType), false},
	} {
		if sameRanges(office, tc.other) != tc.same || sameRanges(tc.other, office) != tc.same {
			t.Errorf("the same as %s: should be %t", tc.other, tc.same)
		}
		req := planmodifier.MapRequest{StateValue: office, PlanValue: tc.other}
		resp := planmodifier.MapResponse{PlanValue: tc.other}
		keepRangeSpelling{}.PlanModifyMap(t.Context(), req, &resp)
		if want := map[bool]types.Map{true: office, false: tc.other}[tc.same]; !resp.PlanValue.Equal(want) {
			t.Errorf("%s is planned as %s", tc.other, resp.PlanValue)
		}
	}
}

func TestRangesAreValidated(t *testing.T) {
	t.Parallel()
	null := types.MapValueMust(types.StringType, map[string]attr.Value{"192.0.2.7": types.StringNull()})
	unknown := types.MapValueMust(types.StringType, map[string]attr.Value{"192.0.2.7": types.StringUnknown()})
	for _, tc := range []struct {
		ranges types.Map
		wrong  string // part of the summary
	}{
		{ranges(), ""},
		{types.MapUnknown(types.StringType), ""},
		{unknown, ""},
		{ranges("192.0.2.0/24", "Office", "192.0.2.0/25", "overlaps, but is another range"), ""},
		{ranges("office", ""), "Not a range"},
		{ranges("192.0.2.7/24", ""), "Not a range"},
		{ranges("192.0.2.0/24", "", "192.0.2.0 - 192.0.2.255", ""), "same range of IP addresses twice"},
		{ranges("2001:db8::1", "", "2001:DB8:0::1/128", ""), "same range of IP addresses twice"},
		{null, "without a description"},
		{ranges("192.0.2.7", " Office"), "space at an end"},
		{ranges("192.0.2.7", strings.Repeat("x", mostRangeDescription+1)), "too long"},
	} {
		var resp validator.MapResponse
		areAddressRanges{}.ValidateMap(t.Context(), validator.MapRequest{Path: path.Root("ip_ranges"), ConfigValue: tc.ranges}, &resp)
		if tc.wrong == "" && resp.Diagnostics.HasError() || tc.wrong != "" && (len(resp.Diagnostics) != 1 || !strings.Contains(resp.Diagnostics[0].Summary(), tc.wrong)) {
			t.Errorf("%v: %v", slices.Sorted(maps.Keys(tc.ranges.Elements())), resp.Diagnostics)
		}
	}
}
