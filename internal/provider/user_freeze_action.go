package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newFreezeUserAction keeps a user from signing in: salesforce_freeze_user.
func newFreezeUserAction() action.Action {
	return &userAction{
		name: "salesforce_freeze_user", verb: "freeze",
		description: "Freezes a user: it can't sign in any more and its sessions end, but it keeps its seat and its grants. For emergencies; `salesforce_unfreeze_user` lets it back in.\n\n" +
			"A `salesforce_integration_user` that is frozen shows as drift in the next plan; write `is_frozen = true` there to keep it so.\n\n" +
			"-> The provider's user needs Manage Users.",
		needs: needsAlways("ManageUsers"),
		guard: func(ctx context.Context, c *connection, user sfclient.User, at path.Path, diags *diag.Diagnostics) {
			c.guardUser(ctx, userChange{id: user.ID, ends: true, endsAt: at, profileID: user.ProfileID}, diags)
		},
		run: func(ctx context.Context, c *connection, user sfclient.User, _ attributes) (string, error) {
			return "is frozen", c.freeze(ctx, user.ID, true)
		},
	}
}

// newUnfreezeUserAction lets a frozen user sign in again: salesforce_unfreeze_user.
func newUnfreezeUserAction() action.Action {
	return &userAction{
		name: "salesforce_unfreeze_user", verb: "unfreeze",
		description: "Lets a frozen user sign in again, whoever froze it: an administrator, `salesforce_freeze_user`, or Salesforce itself after traffic from a risky address.\n\n" +
			"-> The provider's user needs Manage Users.",
		needs: needsAlways("ManageUsers"),
		run: func(ctx context.Context, c *connection, user sfclient.User, _ attributes) (string, error) {
			return "is not frozen any more", c.freeze(ctx, user.ID, false)
		},
	}
}
