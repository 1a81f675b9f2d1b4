package main

import (
	"context"
	"fmt"
)

const (
	grantedObject = "Bench%03d__c"
	grantedColumn = "Field%02d__c"
)

// grants are the maps of a permission set over numbered objects and their numbered columns.
const grants = `
locals {
  objects = [for i in range(%d) : format("` + "Bench%%03d__c" + `", i)]
  columns = [for i in range(%d) : format("` + "Field%%02d__c" + `", i)]
  fields  = { for pair in setproduct(local.objects, local.columns) : "${pair[0]}.${pair[1]}" => "edit" }
}
`

const grantingSet = salesforceProvider + grants + `
resource "salesforce_permission_set" "bench" {
  name               = "Bench"
  label              = "Bench"
  object_permissions = { for name in local.objects : name => ["read", "edit"] }
  field_permissions  = local.fields
}
`

const bareMap = `
terraform {
  required_providers {
    bare = { source = "terraform-salesforce/bare" }
  }
}
` + grants + `
resource "bare_map" "bench" {
  entries = local.fields
}
`

// setResult is what a permission set took, and what a bare provider took for a map as large as its fields.
type setResult struct {
	first, apply, plan             sample
	bareFirst, bareApply, barePlan sample
}

func measurePermissionSet(ctx context.Context, kit *toolkit, s settings) (setResult, error) {
	var result setResult
	org, err := startOrg(s.latency)
	if err != nil {
		return result, err
	}
	defer org.server.Close()
	if err := addObjects(org, s); err != nil {
		return result, err
	}
	set, err := kit.workspace(fmt.Sprintf(grantingSet, s.objects, s.columns), org)
	if err != nil {
		return result, err
	}
	bare, err := kit.workspace(fmt.Sprintf(bareMap, s.objects, s.columns), nil)
	if err != nil {
		return result, err
	}
	for _, step := range []struct {
		set, bare *sample
		runs      int
		command   func(*workspace, context.Context) (sample, error)
	}{
		{&result.first, &result.bareFirst, s.runs, (*workspace).planCreation},
		{&result.apply, &result.bareApply, 1, (*workspace).apply},
		{&result.plan, &result.barePlan, s.runs, (*workspace).planUnchanged},
	} {
		if *step.set, *step.bare, err = sideBySide(ctx, step.runs, set, bare, step.command); err != nil {
			return result, fmt.Errorf("permission set: %w", err)
		}
	}
	return result, nil
}

func addObjects(org *mockOrg, s settings) error {
	columns := make([]string, s.columns)
	for i := range columns {
		columns[i] = fmt.Sprintf(grantedColumn, i)
	}
	for i := range s.objects {
		if err := org.AddCustomObject(fmt.Sprintf(grantedObject, i), columns...); err != nil {
			return err
		}
	}
	return nil
}
