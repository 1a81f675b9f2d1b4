package provider

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// signInArgument is an argument of the provider block, the environment variable that it beats, and where its value goes.
type signInArgument struct {
	name, variable string
	field          string // of sfclient.Config, as its errors name it
	secret         bool
	text           string
	target         func(*sfclient.Config) *string
}

var signInArguments = []signInArgument{
	{
		"login_url", "SALESFORCE_LOGIN_URL", "LoginURL", false,
		"Where to sign in: the org's My Domain, such as `https://example.my.salesforce.com`. Client credentials and external client apps need it; a connected app with a JWT can also sign in at `https://login.salesforce.com` (the default) or `https://test.salesforce.com`.",
		func(c *sfclient.Config) *string { return &c.LoginURL },
	},
	{
		"instance_url", "SALESFORCE_INSTANCE_URL", "InstanceURL", false,
		"The org's My Domain, with `access_token`.",
		func(c *sfclient.Config) *string { return &c.InstanceURL },
	},
	{
		"access_token", "SALESFORCE_ACCESS_TOKEN", "AccessToken", true,
		"A ready access token, such as `sf org auth show-access-token` prints. It is not renewed when it expires.",
		func(c *sfclient.Config) *string { return &c.AccessToken },
	},
	{
		"client_id", "SALESFORCE_CLIENT_ID", "ClientID", false,
		"The consumer key of the app to sign in through.",
		func(c *sfclient.Config) *string { return &c.ClientID },
	},
	{
		"client_secret", "SALESFORCE_CLIENT_SECRET", "ClientSecret", true,
		"The consumer secret, to sign in with the client credentials flow.",
		func(c *sfclient.Config) *string { return &c.ClientSecret },
	},
	{
		"username", "SALESFORCE_USERNAME", "Username", false,
		"The user to sign in as with the JWT bearer flow.",
		func(c *sfclient.Config) *string { return &c.Username },
	},
	{
		"private_key", "SALESFORCE_PRIVATE_KEY", "PrivateKey", true,
		"The RSA private key (PEM) that belongs to the app's certificate, to sign in with the JWT bearer flow.",
		func(c *sfclient.Config) *string { return &c.PrivateKey },
	},
	{
		"private_key_file", "SALESFORCE_PRIVATE_KEY_FILE", "PrivateKeyFile", false,
		"Path of a file that holds the private key, instead of `private_key`. A relative path starts in the folder where Terraform runs.",
		nil,
	},
	{
		"audience", "SALESFORCE_AUDIENCE", "Audience", false,
		"Audience of the JWT, where it is not the scheme and host of `login_url`.",
		func(c *sfclient.Config) *string { return &c.Audience },
	},
	{
		"api_version", "SALESFORCE_API_VERSION", "APIVersion", false,
		"API version to speak. Defaults to `" + sfclient.DefaultAPIVersion + "`.",
		func(c *sfclient.Config) *string { return &c.APIVersion },
	},
}

func (p *salesforceProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	values := p.arguments(ctx, req, &resp.Diagnostics)
	guard := newLockoutGuard(ctx, req, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	config := sfclient.Config{
		UserAgent: "terraform-provider-salesforce/" + p.version + " Terraform/" + req.TerraformVersion, Trace: trace, Transport: p.transport,
	}
	for _, a := range signInArguments {
		if a.target != nil {
			*a.target(&config) = values[a.name]
		}
	}
	if file := values["private_key_file"]; file != "" {
		key, err := readKeyFile(file, config.PrivateKey != "")
		if err != nil {
			resp.Diagnostics.AddAttributeError(path.Root("private_key_file"), "Unable to read the private key file", upperFirst(err.Error())+".")
			return
		}
		config.PrivateKey = key
	}
	client, err := sfclient.New(ctx, config)
	if err != nil {
		addSignInError(&resp.Diagnostics, err)
		return
	}
	for _, warning := range client.Warnings() {
		resp.Diagnostics.AddAttributeWarning(path.Root("api_version"), "Salesforce API version", warning)
	}
	shared := &connection{client: client, plan: newPlanned(), lockout: guard}
	resp.ResourceData, resp.DataSourceData = shared, shared
	resp.EphemeralResourceData, resp.ListResourceData, resp.ActionData = shared, shared, shared
}

// overrules are the arguments that are a way to sign in by themselves, and the arguments of other ways: written in the provider block,
// they beat not only their own variables. A block that signs in as somebody else than the environment says is then complete.
var overrules = map[string][]string{
	"access_token":     {"client_secret", "private_key", "private_key_file"},
	"client_secret":    {"access_token", "private_key", "private_key_file", "username"},
	"private_key":      {"access_token", "client_secret", "private_key_file"},
	"private_key_file": {"access_token", "client_secret", "private_key"},
}

// arguments reads each argument, or its environment variable when it is left out. A value that is not known before apply is an
// error: nothing could be planned without an org.
func (p *salesforceProvider) arguments(ctx context.Context, req provider.ConfigureRequest, diags *diag.Diagnostics) map[string]string {
	values, written, overruled := map[string]string{}, map[string]types.String{}, map[string]bool{}
	for _, a := range signInArguments {
		var value types.String
		diags.Append(req.Config.GetAttribute(ctx, path.Root(a.name), &value)...)
		if written[a.name] = value; value.ValueString() != "" {
			for _, other := range overrules[a.name] {
				overruled[other] = true
			}
		}
	}
	for _, a := range signInArguments {
		switch value := written[a.name]; {
		case value.IsUnknown():
			diags.AddAttributeError(path.Root(a.name), "Value of "+a.name+" is not known yet",
				"It depends on something that exists only after an apply, but the provider signs in to plan. Apply what it depends on first (terraform apply -target=...), write it as a fixed value, or set the environment variable "+a.variable+".")
		case value.IsNull() && overruled[a.name]:
		case value.IsNull():
			values[a.name] = strings.TrimSpace(os.Getenv(a.variable))
		default:
			values[a.name] = value.ValueString()
		}
	}
	return values
}

func readKeyFile(file string, alsoInline bool) (string, error) {
	if alsoInline {
		return "", errors.New("private_key and private_key_file are both given, in the provider block or as SALESFORCE_PRIVATE_KEY and SALESFORCE_PRIVATE_KEY_FILE; remove one of them")
	}
	key, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%w. A relative path starts in the folder where Terraform runs. Give an absolute one, such as pathexpand(\"~/.salesforce/server.key\")", err)
	}
	return string(key), nil
}

// addSignInError reports a failed sign-in on the argument at fault.
func addSignInError(diags *diag.Diagnostics, err error) {
	if a, problem, ok := blamedArgument(err); ok {
		diags.AddAttributeError(path.Root(a.name), "Salesforce sign-in: "+a.name, problem+"\n\nEach argument of the provider block can also come from the environment; this one from "+a.variable+".")
		return
	}
	if detail, ok := explainSignIn(err); ok {
		diags.AddError("Unable to sign in to Salesforce", detail+"\n\nNothing was read or changed in the org.")
		return
	}
	addError(diags, "sign in to", "Salesforce", "", err)
}

// blamedArgument is the sign-in argument that an error blames, and what is wrong with it.
func blamedArgument(err error) (a signInArgument, problem string, ok bool) {
	if wrong, isConfig := errors.AsType[*sfclient.ConfigError](err); isConfig {
		for _, a := range signInArguments {
			if a.field == wrong.Field {
				return a, upperFirst(wrong.Problem), true
			}
		}
	}
	return a, "", false
}

// explainSignIn tells of a refusal by the token endpoint, in Salesforce's words and with what to do.
func explainSignIn(err error) (detail string, ok bool) {
	refused, ok := errors.AsType[*sfclient.SignInError](err)
	if !ok {
		return "", false
	}
	detail = fmt.Sprintf("Salesforce says: %s (%s).", refused.Description, refused.Code)
	if advice := refused.Advice(); advice != "" {
		detail += "\n\n" + advice
	}
	return detail, true
}

// trace writes what the client sends and gets to Terraform's log at level TRACE.
func trace(ctx context.Context, e sfclient.Exchange) {
	fields := map[string]any{"method": e.Method, "url": e.URL, "status": e.Status, "duration_ms": e.Duration.Milliseconds(), "request": e.Request, "response": e.Response}
	if e.Err != nil {
		fields["error"] = e.Err.Error()
	}
	tflog.Trace(ctx, "Salesforce API", fields)
}
