package provider

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// readTogether is how many listed things are read side by side, so that their reads travel together.
const readTogether = 200

// listedThing is one thing of an org that a resource can manage.
type listedThing struct {
	id   string // its import id
	name string // for people
}

// listResource lists what a managed resource could import, for terraform query. What it tells of a thing is what import and read
// tell.
type listResource struct {
	resourceBase
	managed     func() resource.Resource
	noun        string // plural: "users"
	description string
	filters     map[string]listschema.Attribute

	// find returns the things that the configuration asks for, in no order.
	find func(ctx context.Context, c *connection, config attributes) ([]listedThing, error)

	// identify sets the identity of a thing; nil where that is its import id.
	identify func(ctx context.Context, identity *tfsdk.ResourceIdentity, thing listedThing) diag.Diagnostics
}

var (
	_ list.ListResource              = &listResource{}
	_ list.ListResourceWithConfigure = &listResource{}
)

func (r *listResource) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	r.managed().Metadata(ctx, req, resp)
}

func (r *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listschema.Schema{MarkdownDescription: r.description, Attributes: r.filters}
}

func (r *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	failed := req.NewListResult(ctx)
	config := attributesOf(ctx, req.Config, &failed.Diagnostics)
	var things []listedThing
	if !failed.Diagnostics.HasError() {
		var err error
		if things, err = r.find(ctx, r.connection, config); err != nil {
			addError(&failed.Diagnostics, "list", r.noun, "", err)
		}
	}
	stream.Results = func(push func(list.ListResult) bool) {
		if failed.Diagnostics.HasError() {
			push(failed)
			return
		}
		slices.SortFunc(things, func(a, b listedThing) int {
			return cmp.Or(strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)), strings.Compare(a.id, b.id))
		})
		things = things[:min(int64(len(things)), req.Limit)]
		for start := 0; start < len(things); start += readTogether {
			for _, result := range r.results(ctx, req, things[start:min(start+readTogether, len(things))]) {
				gone := req.IncludeResource && !result.Diagnostics.HasError() && result.Resource.Raw.IsNull()
				if !gone && !push(result) {
					return
				}
			}
		}
	}
}

// results tells of some things, read side by side if the configuration wants them whole.
func (r *listResource) results(ctx context.Context, req list.ListRequest, things []listedThing) []list.ListResult {
	results := make([]list.ListResult, len(things))
	var group sync.WaitGroup
	for i, thing := range things {
		results[i] = req.NewListResult(ctx)
		result := &results[i]
		result.DisplayName = thing.name
		if r.identify != nil {
			result.Diagnostics.Append(r.identify(ctx, result.Identity, thing)...)
		} else {
			result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("id"), thing.id)...)
		}
		if req.IncludeResource {
			group.Go(func() { r.read(ctx, thing, result) })
		}
	}
	group.Wait()
	return results
}

// read imports and reads a thing, as Terraform does.
func (r *listResource) read(ctx context.Context, thing listedThing, result *list.ListResult) {
	managed := r.managed()
	importer, imports := managed.(resource.ResourceWithImportState)
	configurer, configures := managed.(resource.ResourceWithConfigure)
	if !imports || !configures {
		result.Diagnostics.AddError("Unable to list "+r.noun, fmt.Sprintf("%T can't be imported. This is a bug in the provider; please report it.", managed))
		return
	}
	configurer.Configure(ctx, resource.ConfigureRequest{ProviderData: r.connection}, &resource.ConfigureResponse{})
	imported := resource.ImportStateResponse{State: tfsdk.State(*result.Resource), Identity: result.Identity}
	importer.ImportState(ctx, resource.ImportStateRequest{ID: thing.id}, &imported)
	if result.Diagnostics.Append(imported.Diagnostics...); result.Diagnostics.HasError() {
		return
	}
	read := resource.ReadResponse{State: imported.State, Identity: imported.Identity}
	managed.Read(ctx, resource.ReadRequest{State: imported.State, Identity: imported.Identity}, &read)
	result.Diagnostics.Append(read.Diagnostics...)
	result.Resource.Raw = read.State.Raw
}

// listedAs are rows as things to list.
func listedAs[T any](rows []T, err error, thing func(T) listedThing) ([]listedThing, error) {
	things := make([]listedThing, len(rows))
	for i, row := range rows {
		things[i] = thing(row)
	}
	return things, err
}
