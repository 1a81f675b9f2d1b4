package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// change is what Terraform is about to do with a resource. The plan is empty when it destroys, the prior state when it creates.
type change[M any] struct {
	plan, prior          M
	creating, destroying bool
}

func changeIn[M any](ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) change[M] {
	c := change[M]{creating: req.State.Raw.IsNull(), destroying: req.Plan.Raw.IsNull()}
	if !c.creating {
		diags.Append(req.State.Get(ctx, &c.prior)...)
	}
	if !c.destroying {
		diags.Append(req.Plan.Get(ctx, &c.plan)...)
	}
	return c
}
