package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// namespaceFilter chooses between what was made in the org and what a package brought, which can hardly be changed.
var namespaceFilter = map[string]listschema.Attribute{
	"namespace_prefix": narrowing("Only those that came with the package of this namespace. Left out, only those that came with none."),
}

// narrowing is a filter by a text.
func narrowing(text string, more ...validator.String) listschema.StringAttribute {
	return listschema.StringAttribute{MarkdownDescription: text, Optional: true, Validators: append(more, stringvalidator.LengthAtLeast(1))}
}

// inNamespace is the condition that goes with namespaceFilter.
func inNamespace(config attributes) string {
	if namespace := textOf(config["namespace_prefix"]); namespace != "" {
		return "NamespacePrefix = " + sfclient.Quote(namespace)
	}
	return "NamespacePrefix = null"
}

// newPermissionSetListResource lists permission sets: salesforce_permission_set.
func newPermissionSetListResource() list.ListResource {
	return &listResource{
		managed: newPermissionSetResource, noun: "permission sets",
		description: "Lists permission sets. Salesforce's own standard sets, which can be assigned but not changed, and the sets behind profiles and permission set groups are left out.\n\n" +
			"-> The provider's user needs View Setup and Configuration; with `include_resource` also Manage Profiles and Permission Sets and Modify Metadata Through Metadata API Functions.",
		filters: namespaceFilter,
		find: func(ctx context.Context, c *connection, config attributes) ([]listedThing, error) {
			sets, err := c.client.PermissionSets.Matching(ctx, "IsCustom = true", inNamespace(config))
			return listedAs(sets, err, func(s sfclient.PermissionSet) listedThing { return listedThing{s.ID, s.FullName()} })
		},
	}
}

// newPermissionSetGroupListResource lists permission set groups: salesforce_permission_set_group.
func newPermissionSetGroupListResource() list.ListResource {
	return &listResource{
		managed: newPermissionSetGroupResource, noun: "permission set groups",
		description: "Lists permission set groups.\n\n" +
			"-> The provider's user needs View Setup and Configuration; with `include_resource` also Manage Profiles and Permission Sets and Modify Metadata Through Metadata API Functions.",
		filters: namespaceFilter,
		find: func(ctx context.Context, c *connection, config attributes) ([]listedThing, error) {
			groups, err := c.client.PermissionSetGroups.Matching(ctx, inNamespace(config))
			return listedAs(groups, err, func(g sfclient.PermissionSetGroup) listedThing { return listedThing{g.ID, g.FullName()} })
		},
	}
}

// newCustomPermissionListResource lists custom permissions: salesforce_custom_permission.
func newCustomPermissionListResource() list.ListResource {
	return &listResource{
		managed: newCustomPermissionResource, noun: "custom permissions",
		description: "Lists custom permissions.\n\n" +
			"-> The provider's user needs View Setup and Configuration; with `include_resource` also Modify Metadata Through Metadata API Functions.",
		filters: namespaceFilter,
		find: func(ctx context.Context, c *connection, config attributes) ([]listedThing, error) {
			permissions, err := c.client.CustomPermissions.Matching(ctx, inNamespace(config))
			return listedAs(permissions, err, func(p sfclient.CustomPermission) listedThing { return listedThing{p.ID, p.FullName()} })
		},
	}
}

// newPermissionSetAssignmentListResource lists who has which permission set or group: salesforce_permission_set_assignment.
func newPermissionSetAssignmentListResource() list.ListResource {
	return &listResource{
		managed: newPermissionSetAssignmentResource, noun: "permission set assignments",
		description: "Lists assignments of permission sets and permission set groups, those that `salesforce_integration_user` manages with its user included.\n\n" +
			"-> The provider's user needs View Setup and Configuration.",
		filters: map[string]listschema.Attribute{
			"username": narrowing("Only assignments of the user with this username.", isMail()),
			"permission_set": narrowing("Only assignments of the permission set with this API name, with its namespace if it comes from a package.",
				stringvalidator.ConflictsWith(path.MatchRoot("permission_set_group"))),
			"permission_set_group": narrowing("Only assignments of the permission set group with this API name, with its namespace if it comes from a package."),
		},
		find: func(ctx context.Context, c *connection, config attributes) ([]listedThing, error) {
			conditions, err := c.assignedTo(ctx, config)
			if name := textOf(config["permission_set"]); err == nil && name != "" {
				var set sfclient.PermissionSet
				set, err = c.client.PermissionSets.Find(ctx, "Name", name)
				conditions = append(conditions, "PermissionSetId = "+sfclient.Quote(set.ID))
			}
			if name := textOf(config["permission_set_group"]); err == nil && name != "" {
				var group sfclient.PermissionSetGroup
				group, err = c.client.PermissionSetGroups.Find(ctx, "DeveloperName", name)
				conditions = append(conditions, "PermissionSetGroupId = "+sfclient.Quote(group.ID))
			}
			if err != nil {
				return nil, err
			}
			rows, err := c.client.Assignments.Matching(ctx, conditions...)
			return listedAs(rows, err, func(a sfclient.Assignment) listedThing {
				return listedThing{a.ID, fmt.Sprintf("%s (%s)", a.Given(), a.Assignee.Username)}
			})
		},
	}
}

// newPermissionSetLicenseAssignmentListResource lists who holds which permission set licence: salesforce_permission_set_license_assignment.
func newPermissionSetLicenseAssignmentListResource() list.ListResource {
	return &listResource{
		managed: newPermissionSetLicenseAssignmentResource, noun: "permission set licence assignments",
		description: "Lists assignments of permission set licences, those that `salesforce_integration_user` manages with its user included.\n\n" +
			"-> The provider's user needs View Setup and Configuration.",
		filters: map[string]listschema.Attribute{
			"username":               narrowing("Only assignments of the user with this username.", isMail()),
			"permission_set_license": narrowing("Only assignments of the permission set licence with this developer name, such as `" + integrationLicense + "`."),
		},
		find: func(ctx context.Context, c *connection, config attributes) ([]listedThing, error) {
			conditions, err := c.assignedTo(ctx, config)
			if err != nil {
				return nil, err
			}
			if name := textOf(config["permission_set_license"]); name != "" {
				conditions = append(conditions, "PermissionSetLicense.DeveloperName = "+sfclient.Quote(name))
			}
			rows, err := c.client.LicenseAssignments.Matching(ctx, conditions...)
			return listedAs(rows, err, func(a sfclient.LicenseAssignment) listedThing {
				return listedThing{a.ID, fmt.Sprintf("%s (%s)", a.PermissionSetLicense.DeveloperName, a.Assignee.Username)}
			})
		},
	}
}

// assignedTo is the condition that goes with the filter username. A user who is not there is an error, not an empty list.
func (c *connection) assignedTo(ctx context.Context, config attributes) (conditions []string, err error) {
	username := textOf(config["username"])
	if username == "" {
		return nil, nil
	}
	user, err := c.client.Users.Find(ctx, "Username", username)
	return []string{"AssigneeId = " + sfclient.Quote(user.ID)}, err
}
