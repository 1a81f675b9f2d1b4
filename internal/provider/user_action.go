package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

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
	attributes  map[string]schema.Attribute // besides those that name the user

	// needs are the permissions without which Salesforce would refuse the action, or hide from it what it is to change.
	needs func(config attributes) []string
	// guard refuses what would lock the provider out; nil for what can't.
	guard userGuard
	// run does it, and says of the user what was done: "is frozen".
	run func(ctx context.Context, c *connection, user sfclient.User, config attributes) (done string, err error)
}

// userGuard refuses to do something to a user whom the attribute at names.
type userGuard func(ctx context.Context, c *connection, user sfclient.User, at path.Path, diags *diag.Diagnostics)

// unfinishedError is a failure on the way through an action that goes on from there when it is invoked again.
type unfinishedError struct {
	soFar string // what was done to the user and what is left, as run says it
	error
}

func (e unfinishedError) Unwrap() error { return e.error }

var (
	_ action.ActionWithConfigure  = &userAction{}
	_ action.ActionWithModifyPlan = &userAction{}
)

func (a *userAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = a.name
}

func (a *userAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	named := map[string]schema.Attribute{
		"username": schema.StringAttribute{
			MarkdownDescription: "Username of the user. Give this or `user_id`.", Optional: true,
			Validators: []validator.String{isMail(), stringvalidator.ExactlyOneOf(path.MatchRoot("username"), path.MatchRoot("user_id"))},
		},
		"user_id": schema.StringAttribute{
			MarkdownDescription: "Id of the user, of 15 or 18 characters.", Optional: true,
			Validators: []validator.String{isID("005", "User")},
		},
	}
	maps.Copy(named, a.attributes)
	resp.Schema = schema.Schema{MarkdownDescription: a.description, Attributes: named}
}

// ModifyPlan finds while planning that the action is not allowed, that there is no such user, or that it is the provider's own.
func (a *userAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	if a.connection == nil {
		return
	}
	config := attributesOf(ctx, req.Config, &resp.Diagnostics)
	a.checkPermissions(ctx, config, &resp.Diagnostics)
	at, whom := whom(config)
	if !isSet(whom) || a.plan.has("User", whom.ValueString()) {
		return
	}
	a.find(ctx, at, whom.ValueString(), &resp.Diagnostics)
}

func (a *userAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	config := attributesOf(ctx, req.Config, &resp.Diagnostics)
	a.checkPermissions(ctx, config, &resp.Diagnostics)
	at, whom := whom(config)
	user, ok := a.find(ctx, at, whom.ValueString(), &resp.Diagnostics)
	if !ok {
		return
	}
	done, err := a.run(ctx, a.connection, user, config)
	if unfinished, ok := errors.AsType[unfinishedError](err); ok {
		resp.Diagnostics.AddError(fmt.Sprintf("Unable to %s user %q wholly", a.verb, user.Username),
			fmt.Sprintf("%s %s. Invoking the action again goes on from there.\n\n%s", user.Username, unfinished.soFar, explain(err)))
		return
	}
	if err != nil {
		addError(&resp.Diagnostics, a.verb, "user", user.Username, err)
		return
	}
	resp.SendProgress(action.InvokeProgressEvent{Message: user.Username + " " + done + "."})
}

// checkPermissions finds out whether the provider's user may do it.
func (a *userAction) checkPermissions(ctx context.Context, config attributes, diags *diag.Diagnostics) {
	lacking, err := a.client.Lacks(ctx, a.needs(config)...)
	switch {
	case err != nil:
		addError(diags, "check the permissions for", "action", a.name, err)
	case lacking != nil:
		diags.AddError("The provider's user lacks permissions", fmt.Sprintf("The user that the provider signs in as can't %s users without %s. Grant what is missing, such as by a permission set.", a.verb, strings.Join(lacking, " and ")))
	}
}

// whom is the attribute that names the user, and its value.
func whom(config attributes) (path.Path, types.String) {
	for _, name := range []string{"user_id", "username"} {
		if value, ok := config[name].(types.String); ok && !value.IsNull() {
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
	case a.guard != nil:
		a.guard(ctx, a.connection, user, at, diags)
	}
	return user, !diags.HasError()
}

// needsAlways are permissions that an action needs whatever its configuration says.
func needsAlways(permissions ...string) func(attributes) []string {
	return func(attributes) []string { return permissions }
}

// sparesOwnUser keeps an action from the provider's own user, for a reason in full sentences.
func sparesOwnUser(reason string) userGuard {
	return func(ctx context.Context, c *connection, user sfclient.User, at path.Path, diags *diag.Diagnostics) {
		who, err := c.client.WhoAmI(ctx)
		switch {
		case err != nil:
			addBlind(diags, at, "whom the provider signs in as", err)
		case sfclient.ID18(user.ID) == sfclient.ID18(who.UserID):
			c.lockout.report(diags, ownUserActive, at, "The provider would lock itself out",
				who.Username+" is the user that the provider signs in as. "+reason+" Have another user do this.")
		}
	}
}
