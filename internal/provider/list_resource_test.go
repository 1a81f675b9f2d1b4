package provider

import (
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestListUsers(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	integration := o.insert(t, "User", person(integrationName, o.profile(t, apiOnlyProfiles[0])))
	idle := person("idle@example.com", o.profile(t, "Standard User"))
	idle["IsActive"] = false
	o.insert(t, "User", idle)
	p := o.speak(t)
	for name, c := range map[string]struct {
		typeName string
		config   map[string]tftypes.Value
		has, not string
	}{
		"all":               {"salesforce_user", map[string]tftypes.Value{}, "idle@example.com", ""},
		"active":            {"salesforce_user", map[string]tftypes.Value{"is_active": tftypes.NewValue(tftypes.Bool, true)}, integrationName, "idle@example.com"},
		"inactive":          {"salesforce_user", map[string]tftypes.Value{"is_active": tftypes.NewValue(tftypes.Bool, false)}, "idle@example.com", integrationName},
		"of a profile":      {"salesforce_user", map[string]tftypes.Value{"profile": textValue("Standard User")}, "idle@example.com", integrationName},
		"integration users": {"salesforce_integration_user", map[string]tftypes.Value{}, integrationName, o.AdministratorUsername()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			results, diags := p.list(t, c.typeName, c.config, false, 1000)
			failed(t, nil, diags)
			found := names(results)
			if !slices.Contains(found, c.has) || slices.Contains(found, c.not) || !slices.IsSorted(found) {
				t.Errorf("listed are %v", found)
			}
		})
	}
	results, diags := p.list(t, "salesforce_integration_user", map[string]tftypes.Value{}, true, 1000)
	failed(t, nil, diags)
	if len(results) != 1 || !results[0].identity["id"].Equal(textValue(integration)) || !results[0].resource["profile"].Equal(textValue(apiOnlyProfiles[0])) {
		t.Errorf("the integration user is listed as %v", results)
	}
}

// What is listed whole is read as Terraform reads it side by side, and no more than was asked for.
func TestListAsksLittle(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	if err := o.SetSeats(integrationSeat, -1); err != nil {
		t.Fatal(err)
	}
	profile := o.profile(t, apiOnlyProfiles[0])
	for i := range 300 {
		o.insert(t, "User", person(fmt.Sprintf("sync-%03d@example.com", i), profile))
	}
	p := o.speak(t)
	o.ResetRequests()
	results, diags := p.list(t, "salesforce_integration_user", map[string]tftypes.Value{}, true, 250)
	failed(t, nil, diags)
	if len(results) != 250 || results[249].name != "sync-249@example.com" {
		t.Errorf("%d are listed, the last %q", len(results), results[len(results)-1].name)
	}
	if calls := len(o.Requests(sfmock.Match{})); calls > 15 {
		t.Errorf("listing 250 users took %d calls", calls)
	}
}

func TestListErrors(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.Fail(sfmock.Match{Contains: "FROM User"}, 100, sfmock.Fault{Status: 403, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights"})
	results, diags := o.speak(t).list(t, "salesforce_user", map[string]tftypes.Value{}, false, 10)
	if results != nil {
		t.Errorf("listed are %v", names(results))
	}
	refused(t, diags, "Unable to list users", "INSUFFICIENT_ACCESS")
}
