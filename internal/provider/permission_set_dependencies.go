package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// checkDependencies reports permissions without what they need, on the attribute that lacks it, as far as the needs go. A section
// that content does not name may hold anything.
func (c *connection) checkDependencies(ctx context.Context, content contents, diags *diag.Diagnostics) {
	if len(content["user_permissions"])+len(content["object_permissions"]) == 0 {
		return
	}
	dependencies, err := c.client.PermissionDependencies(ctx)
	if isUnreadable(err) {
		return // Salesforce makes the same check at apply
	}
	if err != nil {
		addError(diags, "read", "permission dependencies", "", err)
		return
	}
	known, err := userPermissionNames.names(ctx, c.client)
	if err != nil {
		addError(diags, "read", "user permissions", "", err)
		return
	}
	missing := missingPermissions(content, dependencies, known)
	for _, attribute := range slices.Sorted(maps.Keys(missing)) {
		if _, owned := content[attribute]; !owned {
			continue
		}
		var lines, add []string
		for _, m := range missing[attribute] {
			lines = append(lines, fmt.Sprintf("%s needs %s", m.of, m.needed))
			add = append(add, m.needed)
		}
		slices.Sort(add)
		diags.AddAttributeError(path.Root(attribute), "Permissions that others depend on are missing",
			listed(lines)+"\n\nAdd to "+attribute+": "+strings.Join(slices.Compact(add), ", ")+".")
	}
}

// missingPermission is one that another depends on.
type missingPermission struct{ of, needed string }

// missingPermissions follows the dependencies of what is granted to all that is missing, by the attribute that would hold it. What
// is neither a user permission of the org nor a right on an object can't be added here and is passed over.
func missingPermissions(content contents, dependencies []sfclient.PermissionDependency, userPermissions []string) map[string][]missingPermission {
	can := make(map[string]bool, len(userPermissions))
	for _, name := range userPermissions {
		can[name] = true
	}
	needs := map[string][]string{}
	for _, d := range dependencies {
		if can[d.RequiredPermission] || strings.HasSuffix(d.RequiredPermission, ">") {
			needs[d.Permission] = append(needs[d.Permission], d.RequiredPermission)
		}
	}
	held := heldPermissions(content)
	missing := map[string][]missingPermission{}
	for open := slices.Sorted(maps.Keys(held)); len(open) > 0; open = open[1:] {
		for _, needed := range needs[open[0]] {
			if held[needed] {
				continue
			}
			held[needed] = true
			open = append(open, needed)
			attribute, name := placeOf(needed)
			_, dependent := placeOf(open[0])
			missing[attribute] = append(missing[attribute], missingPermission{dependent, name})
		}
	}
	return missing
}

// heldPermissions are user permissions and rights on objects by their names in PermissionDependency, such as ViewSetup and
// Account<update>.
func heldPermissions(content contents) map[string]bool {
	held := map[string]bool{}
	for name := range content["user_permissions"] {
		held[name] = true
	}
	for object, words := range content["object_permissions"] {
		for _, right := range objectRights {
			if slices.Contains(strings.Fields(words), right.word) {
				held[object+"<"+right.verb+">"] = true
			}
		}
	}
	return held
}

// placeOf is where a permission of PermissionDependency stands in a configuration, and how it is called there.
func placeOf(permission string) (attribute, name string) {
	object, verb, isRight := strings.Cut(strings.TrimSuffix(permission, ">"), "<")
	if !isRight {
		return "user_permissions", permission
	}
	for _, right := range objectRights {
		if right.verb == verb {
			verb = right.word
		}
	}
	return "object_permissions", verb + " on " + object
}

// isUnreadable tells whether the signed-in user may not read an object: without View Setup, many are not even there.
func isUnreadable(err error) bool {
	refused, ok := errors.AsType[*sfclient.Error](err)
	return ok && (errors.Is(err, sfclient.ErrAccess) || refused.Code == "INVALID_TYPE")
}
