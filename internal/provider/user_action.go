package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// userAction is something that is done to a user once, and leaves nothing behind that Terraform tracks.
type userAction struct {
	actionBase
	name, verb  string // the type, such as salesforce_freeze_user, and what it does, as diagnostics say it: "freeze"
	description string
	locksOut    bool // refused for the user that the provider signs in as
	run         func(ctx context.Context, c *connection, user sfclient.User) error
}

var (
	_ action.ActionWithConfigure  = &userAction{}
	_ action.ActionWithModifyPlan = &userAction{}
)

func (a *userAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = a.name
}

func (a *userAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: a.description,
		Attributes: map[string]schema.Attribute{
			"username": schema.StringAttribute{
				MarkdownDescription: "Username of the user. Give this or `user_id`.", Optional: true,
				Validators: []validator.String{isMail(), stringvalidator.ExactlyOneOf(path.MatchRoot("username"), path.MatchRoot("user_id"))},
			},
			"user_id": schema.StringAttribute{
				MarkdownDescription: "Id of the user, of 15 or 18 characters.", Optional: true,
				Validators: []validator.String{isID("005", "User")},
			},
		},
	}
}

// ModifyPlan finds while planning that there is no such user, or that it is the provider's own.
func (a *userAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	if a.connection == nil {
		return
	}
	at, whom := a.whom(ctx, req.Config, &resp.Diagnostics)
	if !isSet(whom) || a.plan.has("User", whom.ValueString()) {
		return
	}
	a.find(ctx, at, whom.ValueString(), &resp.Diagnostics)
}

func (a *userAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	at, whom := a.whom(ctx, req.Config, &resp.Diagnostics)
	user, ok := a.find(ctx, at, whom.ValueString(), &resp.Diagnostics)
	if !ok {
		return
	}
	if err := a.run(ctx, a.connection, user); err != nil {
		addError(&resp.Diagnostics, a.verb, "user", user.Username, err)
		return
	}
	resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf("%s: done for %s.", a.name, user.Username)})
}

// whom is the attribute that names the user, and its value.
func (a *userAction) whom(ctx context.Context, config getter, diags *diag.Diagnostics) (path.Path, types.String) {
	values := attributesOf(ctx, config, diags)
	for _, name := range []string{"user_id", "username"} {
		if value, ok := values[name].(types.String); ok && !value.IsNull() {
			return path.Root(name), value
		}
	}
	return path.Root("username"), types.StringNull()
}

// find looks the user up, and refuses what would lock the provider out.
func (a *userAction) find(ctx context.Context, at path.Path, whom string, diags *diag.Diagnostics) (sfclient.User, bool) {
	key := map[bool]string{true: "Id", false: "Username"}[at.Equal(path.Root("user_id"))]
	user, err := a.client.Users.Find(ctx, key, whom)
	switch {
	case errors.Is(err, sfclient.ErrNotFound):
		var near []string
		if key == "Username" {
			near = usernames(a.similarUsers(ctx, whom))
		}
		diags.AddAttributeError(at, "Unknown user", unknownName("user", whom, near))
	case err != nil:
		addError(diags, "find", "user", whom, err)
	case a.locksOut:
		a.guardUser(ctx, userChange{id: user.ID, ends: true, endsAt: at, profileID: user.ProfileID}, diags)
	}
	return user, !diags.HasError()
}
