package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// waitAtMost is how long a write may wait for other changes to the org's setup, unless the configuration says otherwise.
const waitAtMost = 20 * time.Minute

// timeoutsAttribute lets the configuration say how long writes may wait.
func timeoutsAttribute(ctx context.Context) schema.Attribute {
	describe := func(what string) string {
		return "How long " + what + " may wait for other changes to the org's setup, such as `30m`. Defaults to `20m`."
	}
	nested, ok := timeouts.Attributes(ctx, timeouts.Opts{
		Create: true, CreateDescription: describe("creating"),
		Update: true, UpdateDescription: describe("updating"),
		Delete: true, DeleteDescription: describe("deleting"),
	}).(schema.SingleNestedAttribute)
	if ok {
		nested.MarkdownDescription = "How long to wait while Salesforce is busy with other changes to the org's setup."
	}
	return nested
}

// limited gives a write the time that the configuration allows for it, which is what allowed tells: timeouts.Value's Create, Update or
// Delete.
func limited(ctx context.Context, allowed func(context.Context, time.Duration) (time.Duration, diag.Diagnostics), diags *diag.Diagnostics) (context.Context, context.CancelFunc) {
	wait, more := allowed(ctx, waitAtMost)
	diags.Append(more...)
	return context.WithTimeout(ctx, wait)
}

// timeoutsIn are the timeouts of a plan or a state.
func timeoutsIn(values attributes) timeouts.Value {
	waits, _ := values["timeouts"].(timeouts.Value)
	return waits
}
