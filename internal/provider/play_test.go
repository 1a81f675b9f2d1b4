package provider

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// play runs steps as test does, but through the protocol in process: for tables of cases that would take minutes with the CLI. A
// configuration holds one resource, which refers to nothing. Each plan, apply and refresh has a provider of its own, as with the CLI.
// Under the race detector that takes minutes, too, so that short runs leave it out.
func (o *testOrg) play(t *testing.T, destroyed resource.TestCheckFunc, steps ...resource.TestStep) {
	t.Helper()
	if testing.Short() {
		t.Skip("played without -short")
	}
	p := &player{o: o, t: t}
	for i, step := range steps {
		p.step = fmt.Sprintf("step %d of %d", i+1, len(steps))
		p.run(step)
	}
	p.step = "the destroy at the end"
	p.clean(p.apply(nil))
	if err := destroyed(nil); err != nil {
		t.Fatalf("after %s: %v", p.step, err)
	}
	o.asksOnly(t, "resource/"+p.resource.typeName)
}

// player is a resource on its way through the steps.
type player struct {
	o        *testOrg
	t        *testing.T
	step     string
	resource *instance // nil before the first step
	address  string
	tainted  bool // its creation ended with an error, so that it is replaced next
}

func (p *player) run(step resource.TestStep) {
	p.t.Helper()
	if step.ImportState || step.RefreshState || step.PlanOnly {
		p.t.Fatalf("%s is of a kind that isn't played", p.step)
	}
	if step.PreConfig != nil {
		step.PreConfig()
	}
	config := p.read(step.Config)
	if step.Destroy {
		config = nil
	}
	if p.met(step.ExpectError, p.refresh()) {
		return
	}
	plan, diags := p.plan(config)
	if p.met(step.ExpectError, diags) {
		return
	}
	p.check(step.ConfigPlanChecks.PreApply, plan)
	if p.met(step.ExpectError, p.apply(config)) {
		return
	}
	if step.ExpectError != nil {
		p.t.Fatalf("%s: there is no error", p.step)
	}
	if step.Check != nil {
		if err := step.Check(nil); err != nil {
			p.t.Fatalf("%s: %v", p.step, err)
		}
	}
	p.checkState(step.ConfigStateChecks)
	p.clean(p.refresh())
	plan, diags = p.plan(config)
	p.clean(diags)
	if err := checkPlan(plancheck.ExpectEmptyPlan(), plan.json); (err == nil) == step.ExpectNonEmptyPlan {
		p.t.Fatalf("%s: the plan after the apply is empty: %t. %v", p.step, err == nil, err)
	}
	p.check(step.ConfigPlanChecks.PostApplyPostRefresh, plan)
}

// read takes a configuration for the one resource that it holds.
func (p *player) read(text string) map[string]tftypes.Value {
	p.t.Helper()
	protocol := p.o.speakBy(p.t, byJWT(p.t, p.o))
	typeName, name, config := parseResource(p.t, protocol.schemas, text)
	if p.resource == nil {
		p.resource, p.address = protocol.resource(typeName), typeName+"."+name
	}
	if p.address != typeName+"."+name {
		p.t.Fatalf("%s is about %s.%s, those before are about %s", p.step, typeName, name, p.address)
	}
	p.resource.protocol = protocol
	return config
}

// renew starts another provider.
func (p *player) renew() { p.resource.protocol = p.o.speakBy(p.t, byJWT(p.t, p.o)) }

func (p *player) refresh() []*tfprotov6.Diagnostic {
	p.t.Helper()
	if p.resource.state == nil {
		return nil
	}
	return p.resource.read(p.t)
}

// played is a plan, and what Terraform writes down of it.
type played struct {
	answer *tfprotov6.PlanResourceChangeResponse // nil where there is nothing to destroy
	change *tfjson.Change
	json   *tfjson.Plan
}

// plan plans a configuration; nil plans a destroy.
func (p *player) plan(config map[string]tftypes.Value) (played, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	change := &tfjson.Change{Actions: tfjson.Actions{tfjson.ActionNoop}, Before: jsonObject(p.resource.state)}
	plan := played{change: change, json: &tfjson.Plan{ResourceChanges: []*tfjson.ResourceChange{{Address: p.address, Type: p.resource.typeName, Change: change}}}}
	if p.resource.state == nil && config == nil {
		return plan, nil
	}
	answer, diags := p.resource.plan(p.t, config)
	if hasErrors(diags) {
		return plan, diags
	}
	after := object(p.t, answer.PlannedState, p.resource.kind())
	plan.answer, change.After, change.AfterUnknown = answer, jsonObject(after), unknowns(after)
	switch {
	case config == nil:
		change.Actions = tfjson.Actions{tfjson.ActionDelete}
	case p.resource.state == nil:
		change.Actions = tfjson.Actions{tfjson.ActionCreate}
	case p.tainted || len(answer.RequiresReplace) > 0:
		change.Actions = tfjson.Actions{tfjson.ActionDelete, tfjson.ActionCreate}
	case !sameObject(after, p.resource.state):
		change.Actions = tfjson.Actions{tfjson.ActionUpdate}
	}
	return plan, diags
}

// apply plans again, as Terraform does, and applies, with a new provider. A replacement destroys first.
func (p *player) apply(config map[string]tftypes.Value) []*tfprotov6.Diagnostic {
	p.t.Helper()
	p.renew()
	defer p.renew()
	plan, diags := p.plan(config)
	switch {
	case hasErrors(diags) || plan.change.Actions.NoOp():
		return diags
	case plan.change.Actions.Replace():
		if diags := p.resource.apply(p.t, nil); hasErrors(diags) {
			return diags
		}
		if plan, diags = p.plan(config); hasErrors(diags) {
			return diags
		}
	}
	creating := p.resource.state == nil
	diags = p.resource.applyPlanned(p.t, config, plan.answer)
	p.tainted = creating && hasErrors(diags) && p.resource.state != nil
	if !hasErrors(diags) && config != nil {
		p.consistent(object(p.t, plan.answer.PlannedState, p.resource.kind()))
	}
	return diags
}

// consistent checks as Terraform does that an apply made what was planned.
func (p *player) consistent(planned map[string]tftypes.Value) {
	p.t.Helper()
	for name, v := range planned {
		if v.IsFullyKnown() && !v.Equal(p.resource.state[name]) {
			p.t.Fatalf("%s: %s was planned as %s and is %s", p.step, name, v, p.resource.state[name])
		}
	}
}

// met tells whether there are errors, which then have to be the expected ones.
func (p *player) met(expected *regexp.Regexp, diags []*tfprotov6.Diagnostic) bool {
	p.t.Helper()
	if !hasErrors(diags) {
		return false
	}
	var said strings.Builder
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			fmt.Fprintf(&said, "%s\n%s\n%s\n", d.Summary, d.Attribute, d.Detail)
		}
	}
	if expected == nil || !expected.MatchString(said.String()) {
		p.t.Fatalf("%s ends with\n%s\nwhich does not match %v", p.step, said.String(), expected)
	}
	return true
}

func (p *player) clean(diags []*tfprotov6.Diagnostic) {
	p.t.Helper()
	p.met(nil, diags)
}

func (p *player) check(checks []plancheck.PlanCheck, plan played) {
	p.t.Helper()
	for _, check := range checks {
		if err := checkPlan(check, plan.json); err != nil {
			p.t.Fatalf("%s: %v", p.step, err)
		}
	}
}

func checkPlan(check plancheck.PlanCheck, plan *tfjson.Plan) error {
	var resp plancheck.CheckPlanResponse
	check.CheckPlan(context.Background(), plancheck.CheckPlanRequest{Plan: plan}, &resp)
	return resp.Error
}

func (p *player) checkState(checks []statecheck.StateCheck) {
	p.t.Helper()
	values, _ := jsonObject(p.resource.state).(map[string]any)
	state := &tfjson.State{Values: &tfjson.StateValues{RootModule: &tfjson.StateModule{Resources: []*tfjson.StateResource{{Address: p.address, AttributeValues: values}}}}}
	for _, check := range checks {
		var resp statecheck.CheckStateResponse
		if check.CheckState(p.t.Context(), statecheck.CheckStateRequest{State: state}, &resp); resp.Error != nil {
			p.t.Fatalf("%s: %v", p.step, resp.Error)
		}
	}
}
