package provider

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// appChange is what a plan does to an external client app, its attributes by key. Those of an app that is to be made are null in
// prior.
type appChange struct{ config, prior, plan attributes }

// ModifyPlan finds at plan time what Salesforce would refuse or ignore, and keeps from the plan what only looks like a change.
func (r *externalClientAppResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	d := &resp.Diagnostics
	c := appChange{config: flatApp(ctx, attributesOf(ctx, req.Config, d)), prior: flatApp(ctx, attributesOf(ctx, req.State, d))}
	if d.HasError() {
		return
	}
	if !c.creates() {
		r.plan.tracks(textOf(c.prior["id"]))
	}
	if req.Plan.Raw.IsNull() {
		r.guard(ctx, &c, true, d)
		return
	}
	c.settle(ctx)
	r.checkAppName(ctx, &c, d)
	c.checkVersion(r.client.Release(), d)
	c.checkConditions(d)
	c.checkJWT(d)
	c.checkPKCE(d)
	c.checkCertificate(time.Now(), d)
	r.checkRunAs(ctx, &c, d)
	r.checkAdmitted(ctx, &c, d)
	r.guard(ctx, &c, false, d)
	d.Append(setAttributes(ctx, &resp.Plan, nestedApp(ctx, c.plan))...)
}

// creates tells whether there is no app yet.
func (c *appChange) creates() bool { return c.prior["id"] == nil || c.prior["id"].IsNull() }

// settle makes the plan: what is written, unless it means what is there; of the rest, what is there.
func (c *appChange) settle(ctx context.Context) {
	c.plan = attributes{"id": types.StringUnknown(), "name": c.config["name"], "timeouts": c.config["timeouts"]}
	if !c.creates() {
		c.plan["id"] = c.prior["id"]
		if folded.same(c.config.name(), c.prior.name()) {
			c.plan["name"] = c.prior["name"]
		}
	}
	for _, o := range appObjects {
		if unknown := c.config[o.key]; unknown != nil {
			c.plan[o.key] = unknown
		}
	}
	for _, part := range appParts {
		missing := c.creates() || part.missing(c.prior)
		for _, f := range part.fields {
			key := f.key()
			written, before := c.config[key], c.prior[key]
			switch {
			case c.config.writes(key) && isSet(written) && !before.IsNull() && f.same(written, before):
				c.plan[key] = before
			case c.config.writes(key):
				c.plan[key] = written
			case missing && strings.Contains(f.object, "."): // a new part has no flow that is not written
				c.plan[key] = f.none()
			case missing:
				c.plan[key] = unknown(ctx, f.none())
			default:
				c.plan[key] = before
			}
		}
	}
	for _, condition := range appConditions {
		for _, key := range condition.dependents {
			if c.changed(condition.key) && !c.config.writes(key) {
				c.plan[key] = unknown(ctx, c.plan[key])
			}
		}
	}
}

// changed tells whether the plan changes one of some attributes.
func (c *appChange) changed(keys ...string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return !c.plan[key].Equal(c.prior[key]) })
}

// text is what an attribute is going to be; preset if Salesforce decides, and "" if it is not known.
func (c *appChange) text(key, preset string) string {
	if c.plan[key].IsUnknown() && !c.config.writes(key) {
		return preset
	}
	return textOf(c.plan[key])
}

// added are the names that the plan adds to a set, with where they stand.
func (c *appChange) added(key string) (names []string, at path.Path) {
	held := lowered(namesIn(c.prior[key]))
	for _, name := range namesIn(c.plan[key]) {
		if !slices.Contains(held, strings.ToLower(name)) {
			names = append(names, name)
		}
	}
	return names, pathOf(key)
}
