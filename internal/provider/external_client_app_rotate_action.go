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

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ action.ActionWithConfigure  = &rotateCredentialsAction{}
	_ action.ActionWithModifyPlan = &rotateCredentialsAction{}
)

func newRotateCredentialsAction() action.Action { return &rotateCredentialsAction{} }

// rotateCredentialsAction is a step of a rotation without downtime: salesforce_rotate_external_client_app_credentials.
type rotateCredentialsAction struct{ actionBase }

func (a *rotateCredentialsAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "salesforce_rotate_external_client_app_credentials"
}

func (a *rotateCredentialsAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A step in the rotation of an external client app's consumer key and secret, without downtime:\n\n" +
			"1. `stage` makes a new pair, which waits for 30 days. Read it with the ephemeral `salesforce_external_client_app_credentials` (`staged`) if it is to be in a vault beforehand; it does not sign in yet.\n" +
			"2. `rotate` makes the staged pair the app's own. The one that it replaces goes on working for 30 days. Within these, let the integration change to the new key *and* the new secret: both are new.\n" +
			"3. `discard` ends the replaced pair at once, which frees the slot for the next rotation. Before `rotate`, it throws the staged pair away.\n\n" +
			"Each step that was done already does nothing when it is invoked again. Salesforce has one slot for a staged or a replaced pair, so a rotation can begin only when the one before is finished. " +
			"A plan that invokes several steps checks them one after the other.\n\n" +
			"The `consumer_key` of a `salesforce_external_client_app` shows the new key after the next refresh.\n\n" +
			"!> The app that the provider itself signs in through is refused: the provider would be left with the replaced pair.\n\n" +
			"-> The provider's user needs *Create, edit, and delete External Client Apps* (`ExternalClientAppDeveloper`) and View Client Secret (`ViewClientSecret`), and the org the setting *Allow access to External Client App consumer secrets via REST API*. Needs API version 65.0.",
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				MarkdownDescription: credentialsNameText, Optional: true,
				Validators: []validator.String{stringvalidator.LengthAtLeast(1), stringvalidator.ExactlyOneOf(path.MatchRoot("name"), path.MatchRoot("app_id"))},
			},
			"app_id": schema.StringAttribute{
				MarkdownDescription: credentialsAppIDText, Optional: true,
				Validators: []validator.String{isID("0xI", appKind)},
			},
			"consumer_id": schema.StringAttribute{
				MarkdownDescription: credentialsConsumerText, Optional: true,
				Validators: []validator.String{isID("888", "consumer")},
			},
			"operation": schema.StringAttribute{
				MarkdownDescription: "The step: `stage`, `rotate` or `discard`.", Required: true,
				Validators: []validator.String{stringvalidator.OneOf(stageOperation, rotateOperation, discardOperation)},
			},
		},
	}
}

// ModifyPlan finds while planning that there is no such app, that a gate is closed, or that the step has nothing to start from.
func (a *rotateCredentialsAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	d := &resp.Diagnostics
	if a.connection == nil {
		return
	}
	config := attributesOf(ctx, req.Config, d)
	_, wanted := nameOrID(config)
	if d.HasError() || !isSet(wanted) || !isSet(config["operation"]) || config["consumer_id"].IsUnknown() || a.plan.has(appKind, wanted.ValueString()) {
		return
	}
	found := a.prepare(ctx, config, d)
	if found == nil {
		return
	}
	operation := textOf(config["operation"])
	found.staged = a.expected(operation, found)
	a.announce(operation, found)
	switch comes, why := outcomeOf(operation, found.staged); {
	case comes == refuses:
		addStepRefusal(d, operation, found, why)
	case operation == discardOperation && found.staged != nil && found.staged.State == sfclient.StagedRotated:
		d.AddAttributeWarning(path.Root("operation"), "Replaced credentials end", fmt.Sprintf("%s stops working as soon as this is applied. Whoever still signs in to %s with it must have the new pair by then.", upperFirst(describePair(found.staged)), found.app.name))
	}
}

func (a *rotateCredentialsAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	d := &resp.Diagnostics
	config := attributesOf(ctx, req.Config, d)
	if d.HasError() {
		return
	}
	found := a.prepare(ctx, config, d)
	if found == nil {
		return
	}
	operation := textOf(config["operation"])
	var did string
	switch comes, why := outcomeOf(operation, found.staged); comes {
	case refuses:
		addStepRefusal(d, operation, found, why)
		return
	case idles:
		did = why + ", so nothing is to do"
	case acts:
		var err error
		if did, err = a.perform(ctx, operation, found); err != nil {
			addGateError(d, operation+" the credentials of", found.app.name, err)
			return
		}
	}
	resp.SendProgress(action.InvokeProgressEvent{Message: found.app.name + ": " + did + "."})
}

// prepare finds the app and what is in its staged slot, and refuses the provider's own app.
func (a *rotateCredentialsAction) prepare(ctx context.Context, config attributes, diags *diag.Diagnostics) *appWithCredentials {
	if !a.credentialsSince(sfclient.StagedVersion, "Credentials of external client apps can be rotated", diags) {
		return nil
	}
	found := a.credentialsOf(ctx, config, diags)
	if found == nil {
		return nil
	}
	var err error
	if found.staged, err = a.client.Staged(ctx, found.ref()); err != nil {
		addGateError(diags, "read the staged credentials of", found.app.name, err)
		return nil
	}
	at, _ := nameOrID(config)
	if a.guardCredentials(found, at, diags); diags.HasError() {
		return nil
	}
	return found
}

// perform does the step and says what it did.
func (a *rotateCredentialsAction) perform(ctx context.Context, operation string, found *appWithCredentials) (did string, err error) {
	switch operation {
	case stageOperation:
		if found.staged != nil {
			if err := a.discard(ctx, found); err != nil {
				return "", err
			}
		}
		staged, err := a.client.Stage(ctx, found.ref())
		if err != nil {
			return "", err
		}
		return describePair(staged) + " is staged", nil
	case rotateOperation:
		return fmt.Sprintf("the key is %s now; %s, which it replaces, goes on working for 30 days", keyStart(found.staged.Key), keyStart(found.consumer.Key)),
			a.client.Rotate(ctx, found.ref(), found.staged.ID)
	default:
		return describePair(found.staged) + " is discarded", a.discard(ctx, found)
	}
}

func (a *rotateCredentialsAction) discard(ctx context.Context, found *appWithCredentials) error {
	if err := a.client.Discard(ctx, found.ref(), found.staged.ID); !errors.Is(err, sfclient.ErrNotFound) {
		return err
	}
	return nil // it is gone already
}

// slotAfter is what a planned step announces, so that the next step of the same plan knows what it will find.
func slotAfter(operation string) string { return "staged slot after " + operation }

func (a *rotateCredentialsAction) announce(operation string, found *appWithCredentials) {
	a.plan.creates(slotAfter(operation), found.consumer.ID)
}

// expected is what the step will find in the staged slot after the steps before it in the same plan.
func (a *rotateCredentialsAction) expected(operation string, found *appWithCredentials) *sfclient.StagedCredentials {
	switch {
	case operation == rotateOperation && a.plan.has(slotAfter(stageOperation), found.consumer.ID):
		return &sfclient.StagedCredentials{State: sfclient.StagedActive}
	case operation == stageOperation && a.plan.has(slotAfter(discardOperation), found.consumer.ID):
		return nil
	}
	return found.staged
}

func addStepRefusal(diags *diag.Diagnostics, operation string, found *appWithCredentials, why string) {
	diags.AddAttributeError(path.Root("operation"), fmt.Sprintf("Unable to %s the credentials of %s %q", operation, appNoun, found.app.name), why)
}
