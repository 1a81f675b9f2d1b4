package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// userPassword is a person's password, which goes to Salesforce and stays nowhere, and the number by which a change of it shows.
type userPassword struct {
	PasswordWO        types.String `tfsdk:"password_wo"`
	PasswordWOVersion types.Int64  `tfsdk:"password_wo_version"`
}

const passwordAttribute = "password_wo"

func passwordSchema() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		passwordAttribute: schema.StringAttribute{
			MarkdownDescription: "Password, where a person has to get one from here: without it, Salesforce and the user settle it by mail. It is kept neither in the state nor in the plan (write-only, Terraform 1.11 or newer), and set when `password_wo_version` changes. " +
				"A user that an integration signs in as needs none: it signs in through OAuth, and `salesforce_integration_user` has no password.",
			Optional: true, WriteOnly: true, Sensitive: true,
			Validators: []validator.String{stringvalidator.LengthAtLeast(1), stringvalidator.AlsoRequires(path.MatchRoot("password_wo_version"))},
		},
		"password_wo_version": schema.Int64Attribute{
			MarkdownDescription: "Number of the password. Terraform can't see whether `password_wo` is another one, so raise this to set it.",
			Optional:            true,
			Validators:          []validator.Int64{int64validator.AtLeast(1), int64validator.AlsoRequires(path.MatchRoot(passwordAttribute))},
		},
	}
}

// newPassword is the password to set, "" for none: that of the configuration when its version is another than before.
func newPassword(ctx context.Context, config tfsdk.Config, plan, prior *userPassword, diags *diag.Diagnostics) (password string, ok bool) {
	if plan.PasswordWOVersion.IsNull() || prior != nil && plan.PasswordWOVersion.Equal(prior.PasswordWOVersion) {
		return "", true
	}
	var given types.String
	diags.Append(config.GetAttribute(ctx, path.Root(passwordAttribute), &given)...)
	if given.ValueString() == "" && !diags.HasError() {
		diags.AddAttributeError(path.Root(passwordAttribute), "Password is missing",
			fmt.Sprintf("password_wo_version is %d, but password_wo turned out to have no value. Nothing was changed. Give the value that belongs to that version.", plan.PasswordWOVersion.ValueInt64()))
	}
	return given.ValueString(), !diags.HasError()
}

// addPasswordError reports a password that was not set, one that the org's policy refuses on its attribute.
func addPasswordError(diags *diag.Diagnostics, username string, err error) {
	if refused, ok := errors.AsType[*sfclient.Error](err); ok && refused.Code == "INVALID_NEW_PASSWORD" {
		diags.AddAttributeError(path.Root(passwordAttribute), fmt.Sprintf("Unable to set the password of user %q", username), explain(err)+
			"\n\nThe password policy is that of the user's profile, or else the org's: Setup > Password Policies.")
		return
	}
	addError(diags, "set the password of", "user", username, err)
}

// passwordUnset is the private state of a user who was created but whose password was not set.
const passwordUnset = "password unset"

// forget takes the version of a password that could not be set at creation out of the state, so that the next plan sets it. The
// creation itself could not say so: Terraform takes no other version than the planned one.
func (p *userPassword) forget(ctx context.Context, private interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}, diags *diag.Diagnostics,
) {
	unset, more := private.GetKey(ctx, passwordUnset)
	if diags.Append(more...); string(unset) == "true" {
		p.PasswordWOVersion = types.Int64Null()
	}
}
