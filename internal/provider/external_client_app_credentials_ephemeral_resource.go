package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var _ ephemeral.EphemeralResourceWithConfigure = &externalClientAppCredentialsEphemeralResource{}

func newExternalClientAppCredentialsEphemeralResource() ephemeral.EphemeralResource {
	return &externalClientAppCredentialsEphemeralResource{}
}

// externalClientAppCredentialsEphemeralResource is an app's consumer key and secret: salesforce_external_client_app_credentials.
type externalClientAppCredentialsEphemeralResource struct{ ephemeralBase }

// The texts of what says which app is meant, in the ephemeral resource and in the action.
const (
	credentialsNameText     = "API name of the external client app. Give this or `app_id`."
	credentialsAppIDText    = "Id of the external client app, such as the `id` of a `salesforce_external_client_app` that the same configuration creates."
	credentialsConsumerText = "Id of the app's OAuth consumer. Only an app with several of them needs it."
)

// stagedTypes are the attributes of what is in the staged slot.
var stagedTypes = map[string]attr.Type{
	"consumer_key": types.StringType, "consumer_secret": types.StringType, "state": types.StringType, "expiration_date": types.StringType,
}

func (e *externalClientAppCredentialsEphemeralResource) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "salesforce_external_client_app_credentials"
}

func (e *externalClientAppCredentialsEphemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Consumer key and secret of an external client app, and of the pair that is staged for its rotation. Neither the state nor the plan has them: hand them to a write-only argument of a vault's resource.\n\n" +
			"Salesforce tells secrets only where the setting *Allow access to External Client App consumer secrets via REST API* (`enableClientSecretInRestApiAccess` of `ExternalClientAppSettings`) is on. Packaged apps keep theirs. Needs API version 60.0, `staged` 65.0.\n\n" +
			"To rotate without downtime, see the action `salesforce_rotate_external_client_app_credentials`.\n\n" +
			"-> The provider's user needs *Create, edit, and delete External Client Apps* (`ExternalClientAppDeveloper`) and View Client Secret (`ViewClientSecret`), and, for an app that nobody has signed in through yet, Modify Metadata Through Metadata API Functions.",
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				MarkdownDescription: credentialsNameText, Optional: true, Computed: true,
				Validators: []validator.String{stringvalidator.LengthAtLeast(1), stringvalidator.ExactlyOneOf(path.MatchRoot("name"), path.MatchRoot("app_id"))},
			},
			"app_id": schema.StringAttribute{
				MarkdownDescription: credentialsAppIDText, Optional: true, Computed: true,
				Validators: []validator.String{isID("0xI", appKind)},
			},
			"consumer_id": schema.StringAttribute{
				MarkdownDescription: credentialsConsumerText, Optional: true, Computed: true,
				Validators: []validator.String{isID("888", "consumer")},
			},
			"consumer_key":    schema.StringAttribute{MarkdownDescription: "Consumer key: the client id.", Computed: true},
			"consumer_secret": schema.StringAttribute{MarkdownDescription: "Consumer secret: the client secret.", Computed: true, Sensitive: true},
			"staged": schema.SingleNestedAttribute{
				MarkdownDescription: "What is in the app's staged slot: the next pair before a rotation, the replaced one after it. Null if it is free.", Computed: true,
				Attributes: map[string]schema.Attribute{
					"consumer_key":    schema.StringAttribute{MarkdownDescription: "Consumer key of the pair, another than the app's present one.", Computed: true},
					"consumer_secret": schema.StringAttribute{MarkdownDescription: "Consumer secret of the pair.", Computed: true, Sensitive: true},
					"state":           schema.StringAttribute{MarkdownDescription: "`Active` for a pair that waits to be rotated in, `Rotated` for one that was replaced and still works, or `Expired`.", Computed: true},
					"expiration_date": schema.StringAttribute{MarkdownDescription: "Until when the pair can be rotated in, or goes on working after it was replaced.", Computed: true},
				},
			},
		},
	}
}

func (e *externalClientAppCredentialsEphemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	d := &resp.Diagnostics
	values := attributesOf(ctx, req.Config, d)
	if d.HasError() || !e.credentialsSince(sfclient.CredentialsVersion, "Credentials of external client apps can be read", d) {
		return
	}
	found := e.credentialsOf(ctx, values, d)
	if found == nil {
		return
	}
	credentials, err := e.client.ConsumerCredentials(ctx, found.ref())
	switch {
	case err != nil:
		addGateError(d, "read the credentials of", found.app.name, err)
		return
	case credentials.Secret == "":
		d.AddError("Unable to read the consumer secret of "+appNoun+" \""+found.app.name+"\"", "Salesforce answered without it.\n\n"+credentialsGate)
		return
	}
	staged := types.ObjectNull(stagedTypes)
	if e.client.Release() >= sfclient.StagedVersion {
		if found.staged, err = e.client.Staged(ctx, found.ref()); err != nil {
			addGateError(d, "read the staged credentials of", found.app.name, err)
			return
		}
		staged = stagedObject(found.staged)
	}
	for name, text := range map[string]string{
		"name": found.app.name, "app_id": found.app.id, "consumer_id": found.consumer.ID,
		"consumer_key": credentials.Key, "consumer_secret": credentials.Secret,
	} {
		if values[name].IsNull() { // what the configuration writes stays as it is written
			values[name] = types.StringValue(text)
		}
	}
	values["staged"] = staged
	d.Append(setAttributes(ctx, &resp.Result, values)...)
}

// stagedObject is what is in the staged slot as the attribute has it.
func stagedObject(staged *sfclient.StagedCredentials) types.Object {
	if staged == nil {
		return types.ObjectNull(stagedTypes)
	}
	return types.ObjectValueMust(stagedTypes, map[string]attr.Value{
		"consumer_key": types.StringValue(staged.Key), "consumer_secret": types.StringValue(staged.Secret),
		"state": types.StringValue(staged.State), "expiration_date": types.StringValue(staged.ExpirationDate),
	})
}
