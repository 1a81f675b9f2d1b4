package provider

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// movedVersion is the schema version of the resources that the archived hashicorp/salesforce had, too. Its states are of version 0,
// and hold attributes that ours do not know. They get here when "terraform state replace-provider" has been run.
const movedVersion = 1

// movedState is what is taken over from a state of another provider or type: the rest is read, as after an import.
type movedState struct {
	ID              string `json:"id"`
	ReleaseUsername bool   `json:"release_username"` // which only Terraform knows
}

// movesFrom takes over states of some types by a moved block, whoever published the provider: hashicorp/salesforce, a fork of it, or
// this one.
func movesFrom(typeNames ...string) []resource.StateMover {
	return []resource.StateMover{{StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
		if !strings.HasSuffix(req.SourceProviderAddress, "/salesforce") || !slices.Contains(typeNames, req.SourceTypeName) {
			return
		}
		id := takeOver(ctx, req.SourceRawState, &resp.TargetState, &resp.Diagnostics)
		if resp.TargetIdentity != nil {
			resp.Diagnostics.Append(resp.TargetIdentity.SetAttribute(ctx, path.Root("id"), id)...)
		}
	}}}
}

// upgradesArchived reads the states that hashicorp/salesforce wrote.
func upgradesArchived() map[int64]resource.StateUpgrader {
	return map[int64]resource.StateUpgrader{0: {StateUpgrader: func(ctx context.Context, req resource.UpgradeStateRequest, resp *resource.UpgradeStateResponse) {
		resp.State.Raw = tftypes.NewValue(resp.State.Schema.Type().TerraformType(ctx), nil)
		takeOver(ctx, req.RawState, &resp.State, &resp.Diagnostics)
	}}}
}

// takeOver fills a state with what is taken over from another one.
func takeOver(ctx context.Context, from *tfprotov6.RawState, into *tfsdk.State, diags *diag.Diagnostics) (id types.String) {
	var prior movedState
	if err := json.Unmarshal(from.JSON, &prior); err != nil || !sfclient.IsID(prior.ID) {
		diags.AddError("Unable to take over the state",
			"It holds no id of a Salesforce record. Remove the resource from the state with terraform state rm, and import it.")
		return types.StringNull()
	}
	id = types.StringValue(sfclient.ID18(prior.ID))
	diags.Append(into.SetAttribute(ctx, path.Root("id"), id)...)
	if _, isUser := into.Schema.GetAttributes()["release_username"]; isUser {
		diags.Append(into.SetAttribute(ctx, path.Root("release_username"), prior.ReleaseUsername)...)
	}
	return id
}
