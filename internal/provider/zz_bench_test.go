package provider

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func BenchmarkPermissionSet(b *testing.B) {
	org := sfmock.New(sfmock.Options{})
	fields, objects := map[string]tftypes.Value{}, map[string]tftypes.Value{}
	setT := tftypes.Set{ElementType: tftypes.String}
	for i := range 250 {
		name := fmt.Sprintf("Bench_Object_%03d__c", i)
		var cols []string
		for j := range 8 {
			cols = append(cols, fmt.Sprintf("Field_Number_%02d__c", j))
			fields[name+"."+cols[j]] = tftypes.NewValue(tftypes.String, []string{"read", "edit"}[j%2])
		}
		if err := org.AddCustomObject(name, cols...); err != nil {
			b.Fatal(err)
		}
		objects[name] = tftypes.NewValue(setT, []tftypes.Value{tftypes.NewValue(tftypes.String, "read"), tftypes.NewValue(tftypes.String, "create"), tftypes.NewValue(tftypes.String, "edit"), tftypes.NewValue(tftypes.String, "delete")})
	}
	s, err := org.Listen("127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	token, _ := org.Token(org.AdministratorUsername())
	srv, _ := factories["salesforce"]()
	ctx := context.Background()
	ps, _ := srv.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	pt := ps.Provider.ValueType().(tftypes.Object)
	pv := map[string]tftypes.Value{}
	for k, t := range pt.AttributeTypes {
		pv[k] = tftypes.NewValue(t, nil)
	}
	pv["instance_url"] = tftypes.NewValue(tftypes.String, s.URL)
	pv["access_token"] = tftypes.NewValue(tftypes.String, token)
	pc, _ := tfprotov6.NewDynamicValue(pt, tftypes.NewValue(pt, pv))
	cr, err := srv.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: &pc})
	if err != nil || len(cr.Diagnostics) > 0 {
		b.Fatal(err, cr.Diagnostics)
	}
	rt := ps.ResourceSchemas["salesforce_permission_set"].ValueType().(tftypes.Object)
	rv := map[string]tftypes.Value{}
	for k, t := range rt.AttributeTypes {
		rv[k] = tftypes.NewValue(t, nil)
	}
	rv["name"] = tftypes.NewValue(tftypes.String, "Bench")
	rv["label"] = tftypes.NewValue(tftypes.String, "Bench")
	rv["object_permissions"] = tftypes.NewValue(rt.AttributeTypes["object_permissions"], objects)
	rv["field_permissions"] = tftypes.NewValue(rt.AttributeTypes["field_permissions"], fields)
	if n, _ := strconv.Atoi(os.Getenv("NAMES")); n > 0 {
		rv["object_permissions"] = tftypes.NewValue(rt.AttributeTypes["object_permissions"], nil)
		rv["field_permissions"] = tftypes.NewValue(rt.AttributeTypes["field_permissions"], nil)
		var names []tftypes.Value
		for i := range n {
			name := fmt.Sprintf("Apex_Class_%04d", i)
			org.Insert("ApexClass", map[string]any{"Name": name})
			names = append(names, tftypes.NewValue(tftypes.String, name))
		}
		rv["apex_classes"] = tftypes.NewValue(setT, names)
	}
	config, _ := tfprotov6.NewDynamicValue(rt, tftypes.NewValue(rt, rv))
	null, _ := tfprotov6.NewDynamicValue(rt, tftypes.NewValue(rt, nil))
	plan, err := srv.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: "salesforce_permission_set", PriorState: &null, ProposedNewState: &config, Config: &config})
	if err != nil || len(plan.Diagnostics) > 0 {
		b.Fatal(err, plan.Diagnostics)
	}
	applied, err := srv.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: "salesforce_permission_set", PriorState: &null, PlannedState: plan.PlannedState, Config: &config})
	if err != nil || len(applied.Diagnostics) > 0 {
		b.Fatal(err, applied.Diagnostics)
	}
	b.Run("validate", func(b *testing.B) {
		for b.Loop() {
			if r, err := srv.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: "salesforce_permission_set", Config: &config}); err != nil || len(r.Diagnostics) > 0 {
				b.Fatal(err, r.Diagnostics)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if r, err := srv.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: "salesforce_permission_set", CurrentState: applied.NewState, CurrentIdentity: applied.NewIdentity}); err != nil || len(r.Diagnostics) > 0 {
				b.Fatal(err, r.Diagnostics)
			}
		}
	})
	b.Run("plan-create", func(b *testing.B) {
		for b.Loop() {
			if r, err := srv.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: "salesforce_permission_set", PriorState: &null, ProposedNewState: &config, Config: &config}); err != nil {
				b.Fatal(err, r.Diagnostics)
			}
		}
	})
	b.Run("plan-noop", func(b *testing.B) {
		for b.Loop() {
			if r, err := srv.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: "salesforce_permission_set", PriorState: applied.NewState, ProposedNewState: applied.NewState, Config: &config, PriorIdentity: applied.NewIdentity}); err != nil || len(r.Diagnostics) > 0 {
				b.Fatal(err, r.Diagnostics)
			}
		}
	})
	_ = resource.Resource(nil)
}
