package main

import (
	"context"
	"fmt"
)

// Names of what the users are granted.
const (
	grantedSet     = "Bench"
	grantedLicence = "CRMUserPsl"
)

// shape is a way to write N integration users, each with a permission set licence and a permission set besides what every
// integration user has; floor is the same number of resources of the same dependencies that only Terraform itself has to do with.
type shape struct {
	name         string
	perUser      int // resources
	users, floor string
}

const userNames = `
locals { users = [for i in range(%d) : format("bench-%%05d@example.com", i)] }
`

const salesforceProvider = `
terraform {
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}
`

var shapes = []shape{
	{
		name: "apart", perUser: 3,
		users: salesforceProvider + userNames + `
resource "salesforce_integration_user" "bench" {
  for_each  = toset(local.users)
  username  = each.value
  email     = each.value
  last_name = "Bench"
}

resource "salesforce_permission_set_license_assignment" "bench" {
  for_each               = salesforce_integration_user.bench
  username               = each.value.username
  permission_set_license = "` + grantedLicence + `"
}

resource "salesforce_permission_set_assignment" "bench" {
  for_each       = salesforce_integration_user.bench
  username       = each.value.username
  permission_set = "` + grantedSet + `"
}
`,
		floor: userNames + `
resource "terraform_data" "user" {
  for_each = toset(local.users)
  input    = each.value
}

resource "terraform_data" "licence" {
  for_each = terraform_data.user
  input    = each.value.input
}

resource "terraform_data" "set" {
  for_each = terraform_data.user
  input    = each.value.input
}
`,
	},
	{
		name: "recipe", perUser: 1,
		users: salesforceProvider + userNames + `
resource "salesforce_integration_user" "bench" {
  for_each                = toset(local.users)
  username                = each.value
  email                   = each.value
  last_name               = "Bench"
  permission_set_licenses = ["SalesforceAPIIntegrationPsl", "` + grantedLicence + `"]
  permission_sets         = ["` + grantedSet + `"]
}
`,
		floor: userNames + `
resource "terraform_data" "user" {
  for_each = toset(local.users)
  input    = each.value
}
`,
	},
}

// userResult is what one shape took for one number of users.
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
		for _, shape := range shapes {
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
	real, err := kit.workspace(fmt.Sprintf(s.users, users), org)
	if err != nil {
		return result, err
	}
	floor, err := kit.workspace(fmt.Sprintf(s.floor, users), nil)
	if err != nil {
		return result, err
	}
	if result.apply, result.floorApply, err = sideBySide(ctx, 1, real, floor, (*workspace).apply); err != nil {
		return result, err
	}
	result.plan, result.floorPlan, err = sideBySide(ctx, with.runs, real, floor, (*workspace).planUnchanged)
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

// sideBySide runs a command in both workspaces by turns, so that both meet the same noise, and returns the medians.
func sideBySide(ctx context.Context, runs int, one, other *workspace, command func(*workspace, context.Context) (sample, error)) (ones, others sample, err error) {
	both := []*workspace{one, other}
	samples := make([][]sample, len(both))
	for range runs {
		for i, w := range both {
			taken, err := command(w, ctx)
			if err != nil {
				return sample{}, sample{}, err
			}
			samples[i] = append(samples[i], taken)
		}
	}
	return median(samples[0]), median(samples[1]), nil
}
