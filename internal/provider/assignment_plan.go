package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// pairName is an attribute that names one half of an assignment. Salesforce changes no assignment, so another name replaces it;
// other case is the same name.
func pairName(description string, validators ...validator.String) schema.StringAttribute {
	attribute := pairNameOr(description, validators...)
	attribute.Required, attribute.Optional = true, false
	return attribute
}

// pairNameOr is pairName for a half that can be one of several things.
func pairNameOr(description string, validators ...validator.String) schema.StringAttribute {
	const what = "Another one replaces the assignment."
	return schema.StringAttribute{
		MarkdownDescription: description + " " + what,
		Optional:            true, CustomType: foldedType,
		Validators: validators,
		PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			resp.RequiresReplace = !folded.same(req.PlanValue.ValueString(), req.StateValue.ValueString())
		}, what, what)},
	}
}

// pairID is the computed id of one half of an assignment.
func pairID(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description, Computed: true,
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// assignee finds the user of a new assignment: nil where it is not there yet or not known yet. One that is neither in the org nor
// in this plan is an error.
func (c *connection) assignee(ctx context.Context, username text, diags *diag.Diagnostics) *sfclient.User {
	if !isSet(username) {
		return nil
	}
	name := username.ValueString()
	user, err := c.client.Users.Find(ctx, "Username", name)
	switch {
	case err == nil:
		return &user
	case !errors.Is(err, sfclient.ErrNotFound):
		addError(diags, "look up", "user", name, err)
	case !c.plan.has("User", name):
		diags.AddAttributeError(path.Root("username"), "Unknown user", unknownName("user", name, usernames(c.similarUsers(ctx, name)))+
			"\n\nIf this configuration creates it, refer to it, so that Terraform creates it first: salesforce_user.<name>.username")
	}
	return nil
}

// similarUsers are users whose usernames start like the given one; none when Salesforce does not tell.
func (c *connection) similarUsers(ctx context.Context, username string) []sfclient.User {
	const alike, most = 2, 200
	start := username[:min(alike, len(username))]
	rows, err := sfclient.Query[sfclient.User](ctx, c.client, "look for similar usernames",
		fmt.Sprintf("SELECT Id,Username FROM User WHERE Username LIKE %s ORDER BY Username LIMIT %d", sfclient.Quote(start+"%"), most))
	if err != nil {
		return nil
	}
	return rows
}

func usernames(users []sfclient.User) []string {
	names := make([]string, len(users))
	for i, u := range users {
		names[i] = u.Username
	}
	return names
}

// addAssigned says that an assignment is there already, and how to manage it.
func addAssigned(diags *diag.Diagnostics, attribute, resource, what, id string) {
	diags.AddAttributeError(path.Root(attribute), "Already assigned",
		fmt.Sprintf("%s already (%s).\n\nTo manage that assignment, import it:\n  terraform import %s.<name> %s", what, id, resource, id))
}
