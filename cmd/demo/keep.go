package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// invite says how to play on by hand, and waits until it is interrupted. That is how it is meant to end, so it is no error.
func (d *demo) invite(ctx context.Context) error {
	var exports strings.Builder
	for _, name := range slices.Sorted(maps.Keys(d.tf.variables)) {
		fmt.Fprintf(&exports, "export %s=%s\n", name, quote(d.tf.variables[name]))
	}
	d.heading("Your turn")
	d.say("The org stays up, with everything in it. In another terminal:")
	d.show(exports.String() + "terraform -chdir=" + quote(d.tf.dir) + " plan")
	d.say("Edit the configuration in that folder, plan and apply (terraform init is not needed and would not find the\nprovider). What the org holds, and changing it as if in Setup:")
	d.show(strings.ReplaceAll(`curl -s ORG/_sfmock/records/PermissionSetAssignment
curl -s -X PATCH ORG/_sfmock/records/`+fmt.Sprint(d.user()["Id"])+` -d '{"LastName": "Somebody Else"}'
curl -s ORG/_sfmock/calls`, "ORG", d.server.URL))
	d.say("Press Ctrl-C when you are done: the org stops, and the temporary folder is removed.")
	<-ctx.Done()
	return nil
}

// quote makes a word of the shell.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
