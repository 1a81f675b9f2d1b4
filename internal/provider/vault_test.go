package provider

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	framework "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	acctest "github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// vault is a provider with the one resource of HashiCorp Vault's that the guide shows. It remembers what it was given.
// Source of the names: registry.terraform.io/providers/hashicorp/vault, kv_secret_v2.
type vault struct {
	mu   sync.Mutex
	data map[string]string // by mount and name
}

func (*vault) Metadata(_ context.Context, _ framework.MetadataRequest, resp *framework.MetadataResponse) {
	resp.TypeName = "vault"
}
func (*vault) Schema(context.Context, framework.SchemaRequest, *framework.SchemaResponse) {}
func (*vault) Configure(context.Context, framework.ConfigureRequest, *framework.ConfigureResponse) {
}
func (*vault) DataSources(context.Context) []func() datasource.DataSource { return nil }
func (v *vault) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return &vaultSecret{v} }}
}

type vaultSecret struct{ vault *vault }

type vaultModel struct {
	Mount   types.String `tfsdk:"mount"`
	Name    types.String `tfsdk:"name"`
	Data    types.String `tfsdk:"data_json_wo"`
	Version types.Int64  `tfsdk:"data_json_wo_version"`
}

func (*vaultSecret) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "vault_kv_secret_v2"
}

func (*vaultSecret) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"mount":                schema.StringAttribute{Required: true},
		"name":                 schema.StringAttribute{Required: true},
		"data_json_wo":         schema.StringAttribute{Optional: true, WriteOnly: true},
		"data_json_wo_version": schema.Int64Attribute{Optional: true},
	}}
}

func (s *vaultSecret) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var given vaultModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &given)...)
	s.keep(given)
	resp.State.Raw = req.Plan.Raw
}

func (s *vaultSecret) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var given vaultModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &given)...)
	s.keep(given)
	resp.State.Raw = req.Plan.Raw
}

func (s *vaultSecret) keep(given vaultModel) {
	s.vault.mu.Lock()
	defer s.vault.mu.Unlock()
	s.vault.data[given.Mount.ValueString()+"/"+given.Name.ValueString()] = given.Data.ValueString()
}

func (*vaultSecret) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (*vaultSecret) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// pair is the consumer key and secret that an integration finds in the vault.
func (v *vault) pair(t *testing.T) config {
	t.Helper()
	v.mu.Lock()
	defer v.mu.Unlock()
	var data struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}
	if err := json.Unmarshal([]byte(v.data["secret/salesforce/billing"]), &data); err != nil {
		t.Fatalf("the vault has %v: %v", v.data, err)
	}
	return config{"consumer_key": tfText(data.ID), "consumer_secret": tfText(data.Secret)}
}

// The guide's rotation: after each apply the vault has a pair that signs in, and neither the plan nor the state has it. Once the new
// pair is there, the old one can end.
func TestAccRotationThroughVault(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(root, "examples/guides/rotating-credentials/vault.tf"))
	if err != nil {
		t.Fatal(err)
	}
	o := newOrg(t)
	robotAppOrg(t, o)
	o.openCredentials(t)
	p := o.speak(t)
	v := &vault{data: map[string]string{}}
	first := o.AppSecret(robotApp)
	rotate := func(operation string) {
		_, diags := p.step(t, operation)
		failed(t, nil, diags)
	}
	rotated := func() { rotate("stage"); rotate("rotate") }
	config := o.provider + strings.ReplaceAll(string(text), "Billing_Sync", robotApp)
	step := func(config string, before func()) acctest.TestStep {
		return acctest.TestStep{
			PreConfig: before, Config: config,
			ConfigPlanChecks:  acctest.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{noSecretPlanned(first)}, PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			ConfigStateChecks: []statecheck.StateCheck{noSecretStored(first)},
		}
	}
	acctest.Test(t, acctest.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"salesforce": factories["salesforce"], "vault": providerserver.NewProtocol6WithError(v),
		},
		Steps: []acctest.TestStep{
			step(config, nil),
			step(config, func() {
				if !o.signsIn(t, p, v.pair(t)) {
					t.Error("the vault's pair does not sign in")
				}
				rotated()
			}),
			step(strings.Replace(config, "data_json_wo_version = 2", "data_json_wo_version = 3", 1), func() {
				if !o.signsIn(t, p, v.pair(t)) || textIn(t, v.pair(t), "consumer_secret") != first {
					t.Error("the vault should have the old pair, which still signs in")
				}
			}),
		},
	})
	rotate("discard")
	if !o.signsIn(t, p, v.pair(t)) || textIn(t, v.pair(t), "consumer_secret") == first {
		t.Error("the vault should have the new pair, which signs in alone")
	}
}
