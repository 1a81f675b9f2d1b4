package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newFreezeUserAction keeps a user from signing in: salesforce_freeze_user.
func newFreezeUserAction() action.Action {
	return &userAction{
		name: "salesforce_freeze_user", verb: "freeze",
		description: "Freezes a user: it can't sign in any more and its sessions end, but it keeps its seat and its grants. For emergencies; `salesforce_unfreeze_user` lets it back in.\n\n" +
			"A `salesforce_integration_user` that is frozen shows as drift in the next plan; write `is_frozen = true` there to keep it so.\n\n" +
			"-> The provider's user needs Manage Users.",
		locksOut: true,
		run: func(ctx context.Context, c *connection, user sfclient.User) error {
			return c.freeze(ctx, user.ID, true)
		},
	}
}

// newUnfreezeUserAction lets a frozen user sign in again: salesforce_unfreeze_user.
func newUnfreezeUserAction() action.Action {
	return &userAction{
		name: "salesforce_unfreeze_user", verb: "unfreeze",
		description: "Lets a frozen user sign in again, whoever froze it: an administrator, `salesforce_freeze_user`, or Salesforce itself after traffic from a risky address.\n\n" +
			"-> The provider's user needs Manage Users.",
		run: func(ctx context.Context, c *connection, user sfclient.User) error {
			return c.freeze(ctx, user.ID, false)
		},
	}
}
