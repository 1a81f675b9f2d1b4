package provider

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// rangeElements name the first and the last address in an entry of a list of ranges; its description is called description
// everywhere.
type rangeElements struct{ first, last string }

// describedRange is an entry of a map of ranges to descriptions, in the spelling of a configuration.
type describedRange struct {
	addressRange
	spelling, description string
}

// String writes the entry for a sentence.
func (r describedRange) String() string {
	if r.description == "" {
		return r.spelling
	}
	return fmt.Sprintf("%s (%s)", r.spelling, r.description)
}

// rangesOf are the entries of a map, in the order of the addresses. Keys that are no ranges are left out: the validator reports
// them.
func rangesOf(m types.Map) []describedRange {
	var all []describedRange
	for spelling, description := range m.Elements() {
		if r, err := parseAddressRange(spelling); err == nil {
			all = append(all, describedRange{r, spelling, textOf(description)})
		}
	}
	slices.SortFunc(all, func(a, b describedRange) int {
		return cmp.Or(a.first.Compare(b.first), a.last.Compare(b.last), cmp.Compare(a.spelling, b.spelling))
	})
	return all
}

// readRanges is the map of a list of ranges. What prior holds keeps its spelling.
func readRanges(entries []sfclient.Entry, names rangeElements, prior types.Map) types.Map {
	spellings := map[addressRange]string{}
	for _, r := range rangesOf(prior) {
		spellings[r.addressRange] = r.spelling
	}
	descriptions := map[string]string{}
	for _, e := range entries {
		first, last := e.Text(names.first), e.Text(names.last)
		spelling := first + "-" + last
		if r, err := addressesFrom(first, last); err == nil {
			spelling = cmp.Or(spellings[r], r.String())
		}
		descriptions[spelling] = max(descriptions[spelling], e.Text("description")) // of a range that is there twice, always the same one
	}
	ranges := make(map[string]attr.Value, len(descriptions))
	for spelling, description := range descriptions {
		ranges[spelling] = types.StringValue(description)
	}
	return types.MapValueMust(types.StringType, ranges)
}

// rangeEntries are the ranges of a map as a list.
func rangeEntries(m types.Map, names rangeElements) []sfclient.Entry {
	ranges := rangesOf(m)
	entries := make([]sfclient.Entry, len(ranges))
	for i, r := range ranges {
		if r.description != "" {
			entries[i].Set(r.description, "description")
		}
		entries[i].Set(r.last.String(), names.last)
		entries[i].Set(r.first.String(), names.first)
	}
	return entries
}

// sameRanges tells whether two maps hold the same ranges with the same descriptions, however they spell them.
func sameRanges(a, b types.Map) bool {
	if a.IsNull() != b.IsNull() || a.IsUnknown() || b.IsUnknown() || len(a.Elements()) != len(b.Elements()) {
		return a.Equal(b)
	}
	return slices.EqualFunc(rangesOf(a), rangesOf(b), func(x, y describedRange) bool {
		return x.addressRange == y.addressRange && x.description == y.description
	})
}

// areAddressRanges accepts maps of ranges to descriptions.
type areAddressRanges struct{}

// Description implements validator.Map.
func (areAddressRanges) Description(context.Context) string {
	return "keys are CIDR blocks, single addresses or first-last, each range once"
}

// MarkdownDescription implements validator.Map.
func (v areAddressRanges) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateMap implements validator.Map.
func (areAddressRanges) ValidateMap(ctx context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	if !isSet(req.ConfigValue) {
		return
	}
	for spelling, description := range req.ConfigValue.Elements() {
		at := req.Path.AtMapKey(spelling)
		if _, err := parseAddressRange(spelling); err != nil {
			resp.Diagnostics.AddAttributeError(at, "Not a range of IP addresses", upperFirst(err.Error())+".")
		}
		resp.Diagnostics.Append(checkRangeDescription(ctx, at, description)...)
	}
	first := map[addressRange]string{}
	for _, r := range rangesOf(req.ConfigValue) {
		if earlier, twice := first[r.addressRange]; twice {
			resp.Diagnostics.AddAttributeError(req.Path.AtMapKey(r.spelling), "The same range of IP addresses twice",
				fmt.Sprintf("%q and %q are the same addresses (%s). Remove one of them.", earlier, r.spelling, r.addressRange))
		}
		first[r.addressRange] = r.spelling
	}
}

// mostRangeDescription is how much LoginIpRange.Description holds; the limits of the other lists are not documented.
const mostRangeDescription = 1000

func checkRangeDescription(ctx context.Context, at path.Path, description attr.Value) diag.Diagnostics {
	if description.IsNull() {
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Range without a description", `Write "" for a range that needs none.`)}
	}
	var resp validator.StringResponse
	if text, ok := description.(types.String); ok {
		plainText{mostRangeDescription}.ValidateString(ctx, validator.StringRequest{Path: at, ConfigValue: text}, &resp)
	}
	return resp.Diagnostics
}

// keepRangeSpelling plans no change where only the spelling of ranges changed.
type keepRangeSpelling struct{}

// Description implements planmodifier.Map.
func (keepRangeSpelling) Description(context.Context) string {
	return "ranges that are only spelled otherwise stay as they are"
}

// MarkdownDescription implements planmodifier.Map.
func (m keepRangeSpelling) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyMap implements planmodifier.Map.
func (keepRangeSpelling) PlanModifyMap(_ context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if isSet(req.PlanValue) && isSet(req.StateValue) && sameRanges(req.PlanValue, req.StateValue) {
		resp.PlanValue = req.StateValue
	}
}
