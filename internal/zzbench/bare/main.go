package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type p struct{}

func (p) Metadata(_ context.Context, _ provider.MetadataRequest, r *provider.MetadataResponse) { r.TypeName = "bare" }
func (p) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)            {}
func (p) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse)  {}
func (p) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return &r{} }}
}
func (p) DataSources(context.Context) []func() datasource.DataSource { return nil }

type r struct{}

func (*r) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) { resp.TypeName = "bare_thing" }
func (*r) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{"values": schema.MapAttribute{ElementType: types.StringType, Optional: true}}}
}
func (*r) Create(_ context.Context, q resource.CreateRequest, s *resource.CreateResponse) { s.State.Raw = q.Plan.Raw }
func (*r) Read(_ context.Context, q resource.ReadRequest, s *resource.ReadResponse)       {}
func (*r) Update(_ context.Context, q resource.UpdateRequest, s *resource.UpdateResponse) { s.State.Raw = q.Plan.Raw }
func (*r) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse)       {}

func main() {
	_ = providerserver.Serve(context.Background(), func() provider.Provider { return p{} }, providerserver.ServeOpts{Address: "registry.terraform.io/example/bare"})
}
