package main

import (
	"context"
	"fmt"
	"strings"
)

// Names of what the users are granted besides what every integration user has.
const (
	grantedSet     = "Bench"
	grantedLicence = "CRMUserPsl"
)

// shape is a way to write an integration user with a permission set licence and a permission set. Every user has blocks of its
// own: with for_each, and references from one to the other, Terraform itself takes a time that grows with the square of the users.
type shape struct {
	name    string
	perUser int    // resources
	user    string // NNNN is the user's number
	floor   string // as many resources, with the same references, that Terraform provides itself
	bare    string // the same from a provider that does nothing
}

const salesforceProvider = `
terraform {
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}
`

const bareProvider = `
terraform {
  required_providers {
    bare = { source = "terraform-salesforce/bare" }
  }
}
`

var apart = shape{
	name: "apart", perUser: 3,
	user: `
resource "salesforce_integration_user" "uNNNN" {
  username  = "bench-NNNN@example.com"
  email     = "bench-NNNN@example.com"
  last_name = "Bench"
}

resource "salesforce_permission_set_license_assignment" "uNNNN" {
  username               = salesforce_integration_user.uNNNN.username
  permission_set_license = "` + grantedLicence + `"
}

resource "salesforce_permission_set_assignment" "uNNNN" {
  username       = salesforce_integration_user.uNNNN.username
  permission_set = "` + grantedSet + `"
}
`,
	floor: `
resource "terraform_data" "userNNNN" {
  input = "bench-NNNN@example.com"
}

resource "terraform_data" "licenceNNNN" {
  input = terraform_data.userNNNN.input
}

resource "terraform_data" "setNNNN" {
  input = terraform_data.userNNNN.input
}
`,
	bare: `
resource "bare_map" "userNNNN" {
  entries = { username = "bench-NNNN@example.com" }
}

resource "bare_map" "licenceNNNN" {
  entries = bare_map.userNNNN.entries
}

resource "bare_map" "setNNNN" {
  entries = bare_map.userNNNN.entries
}
`,
}

var recipe = shape{
	name: "recipe", perUser: 1,
	user: `
resource "salesforce_integration_user" "uNNNN" {
  username                = "bench-NNNN@example.com"
  email                   = "bench-NNNN@example.com"
  last_name               = "Bench"
  permission_set_licenses = ["SalesforceAPIIntegrationPsl", "` + grantedLicence + `"]
  permission_sets         = ["` + grantedSet + `"]
}
`,
	floor: `
resource "terraform_data" "userNNNN" {
  input = "bench-NNNN@example.com"
}
`,
	bare: `
resource "bare_map" "userNNNN" {
  entries = { username = "bench-NNNN@example.com" }
}
`,
}

// numbered repeats blocks for so many users.
func numbered(blocks string, users int) string {
	var all strings.Builder
	for i := range users {
		all.WriteString(strings.ReplaceAll(blocks, "NNNN", fmt.Sprintf("%04d", i)))
	}
	return all.String()
}

// userResult is what a shape took for a number of users.
type userResult struct {
	shape
	users       int
	apply, plan comparison
}

// comparison is what a step took with this provider, with Terraform alone, and with a provider that does nothing.
type comparison struct{ own, floor, bare sample }

func (r userResult) resources() int { return r.users * r.perUser }

func measureUsers(ctx context.Context, kit *toolkit, s settings) ([]userResult, error) {
	var results []userResult
	for _, users := range s.users {
		for _, shape := range []shape{apart, recipe} {
			result := userResult{shape: shape, users: users}
			if err := result.measure(ctx, kit, s); err != nil {
				return nil, fmt.Errorf("%d users, %s: %w", users, shape.name, err)
			}
			results = append(results, result)
		}
	}
	return results, nil
}

func (r *userResult) measure(ctx context.Context, kit *toolkit, s settings) error {
	org, err := startOrg(s.latency)
	if err != nil {
		return err
	}
	defer org.server.Close()
	if err := furnish(org, r.users); err != nil {
		return err
	}
	workspaces := make([]*workspace, 0, 3)
	for _, side := range []struct {
		configuration string
		org           *mockOrg
	}{
		{salesforceProvider + numbered(r.user, r.users), org},
		{numbered(r.floor, r.users), nil},
		{bareProvider + numbered(r.bare, r.users), nil},
	} {
		w, err := kit.newWorkspace(ctx, side.configuration, side.org)
		if err != nil {
			return err
		}
		workspaces = append(workspaces, w)
	}
	for _, step := range []struct {
		result  *comparison
		runs    int
		command command
	}{{&r.apply, 1, (*workspace).apply}, {&r.plan, s.runs, (*workspace).planUnchanged}} {
		samples, err := sideBySide(ctx, step.runs, step.command, workspaces...)
		if err != nil {
			return err
		}
		*step.result = comparison{own: samples[0], floor: samples[1], bare: samples[2]}
	}
	return nil
}

// furnish gives the org seats for that many integration users, and the permission set that they are granted.
func furnish(org *mockOrg, users int) error {
	for _, licence := range []string{"Salesforce Integration", "SalesforceAPIIntegrationPsl", grantedLicence} {
		if err := org.SetSeats(licence, users); err != nil {
			return err
		}
	}
	_, err := org.Insert("PermissionSet", map[string]any{"Name": grantedSet, "Label": grantedSet})
	return err
}
