package provider

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// asks checks how many calls of each kind the org got since the last look.
func (o *testOrg) asks(t *testing.T, want map[string]int) {
	t.Helper()
	if diff := cmp.Diff(want, o.Calls()); diff != "" {
		t.Errorf("calls: %s", diff)
	}
	o.ResetRequests()
}

// sideBySide does the same with each resource at once, as Terraform does.
func sideBySide(t *testing.T, all []*instance, do func(i *instance, n int) []*tfprotov6.Diagnostic) {
	t.Helper()
	diags := make([][]*tfprotov6.Diagnostic, len(all))
	var group sync.WaitGroup
	for n, i := range all {
		group.Go(func() { diags[n] = do(i, n) })
	}
	group.Wait()
	for _, d := range diags {
		failed(t, nil, d)
	}
}

// What is listed whole is read as Terraform reads it side by side, and no more than was asked for.
func TestListAsksLittle(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T, o *testOrg) {
		t.Helper()
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
		o.asks(t, map[string]int{"describe": 1, "query": 10})
	})
}

// Whole permission sets take a call for ten of them.
func TestListSetsAsksLittle(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T, o *testOrg) {
		t.Helper()
		for i := range 100 {
			o.set(t, fmt.Sprintf("Set_%03d", i))
		}
		p := o.speak(t)
		o.ResetRequests()
		results, diags := p.list(t, "salesforce_permission_set", map[string]tftypes.Value{}, true, 1000)
		failed(t, nil, diags)
		if len(results) != 100 {
			t.Errorf("%d are listed", len(results))
		}
		o.asks(t, map[string]int{"query": 2, "metadata read": 10})
	})
}

func TestUsersTravelTogether(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T, o *testOrg) {
		t.Helper()
		p := o.speak(t)
		users, configs := make([]*instance, 5), make([]map[string]tftypes.Value, 5)
		for n := range users {
			users[n] = p.resource("salesforce_integration_user")
			configs[n] = users[n].config(map[string]any{
				"username": fmt.Sprintf("sync-%d@example.com", n), "last_name": "Sync", "email": "integrations@example.com",
			})
		}
		o.ResetRequests()
		sideBySide(t, users, func(i *instance, n int) []*tfprotov6.Diagnostic { return i.apply(t, configs[n]) })
		o.asks(t, map[string]int{"describe": 1, "query": 5, "graph": 1})
		sideBySide(t, users, func(i *instance, _ int) []*tfprotov6.Diagnostic { return i.read(t) })
		o.asks(t, map[string]int{"query": 3})
	})
}

func TestProfilesTravelTogether(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T, o *testOrg) {
		t.Helper()
		p := o.speak(t)
		profiles, configs := make([]*instance, 10), make([]map[string]tftypes.Value, 10)
		for n := range profiles {
			profiles[n] = p.resource("salesforce_profile")
			configs[n] = profiles[n].config(map[string]any{"name": fmt.Sprintf("Profile %d", n), "user_license": integrationSeat, "login_hours": map[string]any{}})
		}
		o.ResetRequests()
		sideBySide(t, profiles, func(i *instance, n int) []*tfprotov6.Diagnostic { return i.apply(t, configs[n]) })
		o.asks(t, map[string]int{"query": 2, "metadata read": 2, "collection": 1})
		sideBySide(t, profiles, func(i *instance, _ int) []*tfprotov6.Diagnostic { return i.read(t) })
		o.asks(t, map[string]int{"query": 1, "metadata read": 1})
	})
}
