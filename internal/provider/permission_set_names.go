package provider

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// nameCheck is a section whose names the org can list.
type nameCheck struct {
	attribute, noun string
	object, column  string // where a picklist has the names; no column: the names of the object's columns, without prefix
	prefix          string
	list            func(context.Context, *sfclient.Client) ([]string, error) // instead of a description, which is case-sensitive
	planned         func(plan *planned, name string) bool                     // nil for what no plan can make
	advice          string
}

var userPermissionNames = nameCheck{attribute: "user_permissions", noun: "user permission", object: permissionSetKind, prefix: "Permissions"}

var grantableObjects = nameCheck{
	attribute: "object_permissions", noun: "object that takes permissions", object: "ObjectPermissions", column: "SobjectType",
	planned: func(plan *planned, name string) bool { return plan.has("CustomObject", name) },
}

var nameChecks = []nameCheck{
	userPermissionNames,
	grantableObjects,
	{
		attribute: "field_permissions", noun: "field that takes permissions", object: "FieldPermissions", column: "Field",
		planned: func(plan *planned, name string) bool {
			object, _, _ := strings.Cut(name, ".")
			return plan.has("CustomField", name) || plan.has("CustomObject", object)
		},
		advice: "\n\nFields that everybody sees take no permission: required ones, system fields, look-ups to a master.",
	},
	{
		attribute: "custom_permissions", noun: "custom permission", object: customPermissionKind, list: customPermissionNames,
		planned: func(plan *planned, name string) bool { return plan.has(customPermissionKind, name) },
		advice:  customPermissionAdvice,
	},
}

// names are those that the org has.
func (n *nameCheck) names(ctx context.Context, client *sfclient.Client) (known []string, err error) {
	if n.list != nil {
		return n.list(ctx, client)
	}
	description, err := client.Describe(ctx, n.object)
	if err != nil {
		return nil, err
	}
	if n.column == "" {
		for column := range description.Fields {
			if name, found := strings.CutPrefix(column, n.prefix); found {
				known = append(known, name)
			}
		}
		return known, nil
	}
	for _, value := range description.Fields[n.column].Picklist {
		known = append(known, value.Value)
	}
	return known, nil
}

// report says which names are unknown, in one diagnostic. A standard look-up exists with its Id and without.
func (n *nameCheck) report(plan *planned, added, known []string, diags *diag.Diagnostics) {
	exists, spelled := make(map[string]bool, len(known)), func(name string) string { return name }
	if n.list != nil {
		spelled = strings.ToLower
	}
	for _, name := range known {
		exists[spelled(name)] = true
		if n.column == "Field" {
			exists[strings.TrimSuffix(name, "Id")] = true
		}
	}
	slices.Sort(added)
	unknown := slices.DeleteFunc(added, func(name string) bool { return exists[spelled(name)] || n.planned != nil && n.planned(plan, name) })
	if len(unknown) == 0 {
		return
	}
	lines := make([]string, len(unknown))
	for i, name := range unknown {
		if i < mostListed {
			lines[i] = unknownName(n.noun, name, known)
		}
	}
	diags.AddAttributeError(path.Root(n.attribute), "Unknown names in "+n.attribute, listed(lines)+n.advice)
}
