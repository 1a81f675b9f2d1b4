package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// Names of numbered objects and of their numbered columns, for Go's format and Terraform's alike.
const (
	grantedObject = "Bench%03d__c"
	grantedColumn = "Field%02d__c"
)

// grants are the maps of a permission set over all those objects and columns.
const grants = `
locals {
  objects = [for i in range(OBJECTS) : format("` + grantedObject + `", i)]
  columns = [for i in range(COLUMNS) : format("` + grantedColumn + `", i)]
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

const bareMap = bareProvider + grants + `
resource "bare_map" "bench" {
  entries = local.fields
}
`

// The steps that a permission set is measured in.
const (
	firstPlan = iota
	firstApply
	unchangedPlan
)

func measurePermissionSet(ctx context.Context, kit *toolkit, s settings) ([]step, error) {
	org, err := startOrg(s.latency)
	if err != nil {
		return nil, err
	}
	defer org.server.Close()
	if err := addObjects(org, s); err != nil {
		return nil, err
	}
	sized := strings.NewReplacer("OBJECTS", strconv.Itoa(s.objects), "COLUMNS", strconv.Itoa(s.columns))
	own, err := kit.newWorkspace(ctx, sized.Replace(grantingSet), org)
	if err != nil {
		return nil, err
	}
	bare, err := kit.newWorkspace(ctx, sized.Replace(bareMap), nil)
	if err != nil {
		return nil, err
	}
	steps, err := measureSteps(ctx, []stage{
		firstPlan:     {"first plan", s.runs, (*workspace).planCreation},
		firstApply:    {"apply", 1, (*workspace).apply},
		unchangedPlan: {"plan, unchanged", s.runs, (*workspace).planUnchanged},
	}, own, bare)
	if err != nil {
		return nil, fmt.Errorf("permission set: %w", err)
	}
	return steps, nil
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
