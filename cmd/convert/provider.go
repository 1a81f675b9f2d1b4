package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/sync/errgroup"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/provider"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// reader is the provider in this process, signed in to an org.
type reader struct {
	tfprotov6.ProviderServer
	org     *sfmock.Org
	server  *sfmock.Server
	schemas map[string]*tfprotov6.Schema
}

func start(ctx context.Context, org *sfmock.Org) (*reader, error) {
	server, err := org.Listen("127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &reader{ProviderServer: providerserver.NewProtocol6(provider.New("convert")())(), org: org, server: server}
	if err := r.signIn(ctx); err != nil {
		server.Close()
		return nil, fmt.Errorf("start the provider: %w", err)
	}
	return r, nil
}

func (r *reader) signIn(ctx context.Context) error {
	all, err := r.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err := failure(err, all.Diagnostics); err != nil {
		return err
	}
	r.schemas = all.ResourceSchemas
	token, err := r.org.Token(r.org.AdministratorUsername())
	if err != nil {
		return err
	}
	kind, arguments := all.Provider.ValueType(), map[string]tftypes.Value{}
	for _, a := range all.Provider.Block.Attributes {
		arguments[a.Name] = tftypes.NewValue(a.ValueType(), nil)
	}
	arguments["instance_url"], arguments["access_token"] = tftypes.NewValue(tftypes.String, r.server.URL), tftypes.NewValue(tftypes.String, token)
	config, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, arguments))
	if err != nil {
		return err
	}
	configured, err := r.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: &config})
	return failure(err, configured.Diagnostics)
}

// readTogether is how many things are read side by side, so that their reads travel together.
const readTogether = 50

// readAll reads what the configuration of things is.
func (r *reader) readAll(ctx context.Context, things []*thing) error {
	organization, _ := r.org.Records("Organization")[0]["Id"].(string)
	failures := make([]error, len(things))
	var group errgroup.Group
	group.SetLimit(readTogether)
	for i, t := range things {
		group.Go(func() error {
			if err := r.read(ctx, t, cmp.Or(t.id, organization)); err != nil {
				failures[i] = fmt.Errorf("%s: %w", t.file, err)
			}
			return nil
		})
	}
	_ = group.Wait()
	return errors.Join(failures...)
}

// read imports and reads a thing by its id, as Terraform does, and asks for the configuration that Terraform would generate.
func (r *reader) read(ctx context.Context, t *thing, id string) error {
	imported, err := r.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: t.resource, ID: id})
	if err := failure(err, imported.Diagnostics); err != nil {
		return err
	}
	first := imported.ImportedResources[0]
	read, err := r.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: t.resource, CurrentState: first.State, CurrentIdentity: first.Identity, Private: first.Private})
	if err := failure(err, read.Diagnostics); err != nil {
		return err
	}
	generated, err := r.GenerateResourceConfig(ctx, &tfprotov6.GenerateResourceConfigRequest{TypeName: t.resource, State: read.NewState})
	if err := failure(err, generated.Diagnostics); err != nil {
		return err
	}
	t.state, err = r.attributes(t, read.NewState)
	if err != nil {
		return err
	}
	t.config, err = r.attributes(t, generated.Config)
	return err
}

func (r *reader) attributes(t *thing, dynamic *tfprotov6.DynamicValue) (attributes map[string]tftypes.Value, err error) {
	value, err := dynamic.Unmarshal(r.schemas[t.resource].ValueType())
	if err != nil {
		return nil, err
	}
	if value.IsNull() {
		return nil, fmt.Errorf("the provider finds no %s of it", t.resource)
	}
	err = value.As(&attributes)
	return attributes, err
}

// failure is an error of the protocol or the first of the provider.
func failure(err error, diagnostics []*tfprotov6.Diagnostic) error {
	if err != nil {
		return err
	}
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return fmt.Errorf("%s: %s", d.Summary, d.Detail)
		}
	}
	return nil
}
