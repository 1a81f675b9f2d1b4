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
	name        string
	perUser     int    // resources
	user, floor string // floor is as many resources, with the same references, that ask nobody; NNNN is the user's number
}

const salesforceProvider = `
terraform {
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
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
}

// numbered repeats blocks for so many users.
func numbered(blocks string, users int) string {
	var all strings.Builder
	for i := range users {
		all.WriteString(strings.ReplaceAll(blocks, "NNNN", fmt.Sprintf("%04d", i)))
	}
	return all.String()
}

// userResult is what a shape took for a number of users, beside its floor.
type userResult struct {
	shape
	users                 int
	apply, plan           sample
	floorApply, floorPlan sample
}

func (r userResult) resources() int { return r.users * r.perUser }

func measureUsers(ctx context.Context, kit *toolkit, s settings) ([]userResult, error) {
	var results []userResult
	for _, users := range s.users {
		for _, shape := range []shape{apart, recipe} {
			result, err := shape.measure(ctx, kit, s, users)
			if err != nil {
				return nil, fmt.Errorf("%d users, %s: %w", users, shape.name, err)
			}
			results = append(results, result)
		}
	}
	return results, nil
}

func (s shape) measure(ctx context.Context, kit *toolkit, with settings, users int) (userResult, error) {
	result := userResult{shape: s, users: users}
	org, err := startOrg(with.latency)
	if err != nil {
		return result, err
	}
	defer org.server.Close()
	if err := furnish(org, users); err != nil {
		return result, err
	}
	own, err := kit.newWorkspace(ctx, salesforceProvider+numbered(s.user, users), org)
	if err != nil {
		return result, err
	}
	floor, err := kit.newWorkspace(ctx, numbered(s.floor, users), nil)
	if err != nil {
		return result, err
	}
	if result.apply, result.floorApply, err = sideBySide(ctx, 1, own, floor, (*workspace).apply); err != nil {
		return result, err
	}
	result.plan, result.floorPlan, err = sideBySide(ctx, with.runs, own, floor, (*workspace).planUnchanged)
	return result, err
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
