package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

const (
	trustedKind = "SecuritySettings"
	trustedPart = "networkAccess"
	trustedList = "ipRanges"
)

var trustedElements = rangeElements{first: "start", last: "end"}

// now are the ranges that the org trusts, those of prior in its spelling; null after an error.
func (r *trustedIPRangesResource) now(ctx context.Context, prior types.Map, diags *diag.Diagnostics) types.Map {
	component, err := r.client.ReadSettings(ctx, trustedKind)
	if err != nil {
		addError(diags, "read", trustedIPRangesNoun, "", err)
		return types.MapNull(types.StringType)
	}
	return readRanges(component.List(trustedPart, trustedList), trustedElements, prior)
}

// replace makes wanted of the ranges that were found, and returns what the org has then; null after an error that left everything
// as it was.
func (r *trustedIPRangesResource) replace(ctx context.Context, found, wanted types.Map, diags *diag.Diagnostics) types.Map {
	if sameRanges(found, wanted) {
		return wanted
	}
	if !r.write(ctx, "update", wanted, diags) {
		return types.MapNull(types.StringType)
	}
	var unread diag.Diagnostics
	after := r.now(ctx, wanted, &unread)
	switch {
	case unread.HasError(): // the next refresh tells
		return wanted
	case !sameRanges(after, wanted):
		diags.AddAttributeError(path.Root("ip_ranges"), "Salesforce does not take the ranges as they are",
			"It accepted them without an error, but the org has others now, or somebody else changed them at the same time. What it would take to get from there to the configuration:\n"+listed(rangeChanges(after, wanted)))
	}
	return after
}

// write replaces the whole list and tells whether it did.
func (r *trustedIPRangesResource) write(ctx context.Context, verb string, ranges types.Map, diags *diag.Diagnostics) bool {
	change := &sfclient.Component{}
	change.SetList(rangeEntries(ranges, trustedElements), trustedPart, trustedList)
	err := r.client.UpdateSettings(ctx, trustedKind, trustedPart, change)
	if err != nil {
		addError(diags, verb, trustedIPRangesNoun, "", err)
	}
	return err == nil
}

// descriptionsOf are the descriptions of ranges, as private state keeps them.
func descriptionsOf(ranges types.Map) values {
	v := values{}
	for _, r := range rangesOf(ranges) {
		v[r.spelling] = r.description
	}
	return v
}

// rangesFrom is the reverse of descriptionsOf.
func rangesFrom(v values) types.Map {
	ranges := make(map[string]attr.Value, len(v))
	for spelling, description := range v {
		ranges[spelling] = types.StringValue(description)
	}
	return types.MapValueMust(types.StringType, ranges)
}
