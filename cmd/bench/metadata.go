package main

import (
	"context"
	"fmt"
	"time"
)

// metadataLatency is how long answers take here: Salesforce is slower with metadata than with records.
func (s settings) metadataLatency() time.Duration { return 3 * s.latency }

// edition is what all resources have in them, so that another one updates them all.
const edition = `
variable "edition" {
  default = "first"
}
`

const bareComponent = `
resource "bare_map" "rNNNN" {
  entries = { edition = var.edition }
}
`

const permissionSetComponent = `
resource "salesforce_permission_set" "rNNNN" {
  name               = "Bench_NNNN"
  label              = "Bench NNNN"
  description        = "The ${var.edition} edition"
  object_permissions = { Account = ["read", "edit"], Contact = ["read"] }
  field_permissions  = { "Account.Industry" = "edit", "Contact.Title" = "read" }
}
`

// An update of it is one of two of the app's components.
const externalClientAppComponents = `
resource "salesforce_external_client_app" "rNNNN" {
  name          = "Bench_App_NNNN"
  label         = "Bench NNNN"
  description   = "The ${var.edition} edition"
  contact_email = "bench@example.com"
  oauth = {
    scopes        = ["Api", "RefreshToken"]
    callback_urls = ["https://example.com/${var.edition}"]
  }
  policies = { permitted_users_policy_type = "AllSelfAuthorized" }
}
`

// mix is how many resources that are metadata a configuration has of each type.
type mix struct{ sets, apps int }

// mixes are each type by itself, and both together.
func mixes(s settings) []mix { return []mix{{sets: s.sets}, {apps: s.apps}, {s.sets, s.apps}} }

func (m mix) String() string {
	sets, apps := fmt.Sprintf("%d permission sets", m.sets), fmt.Sprintf("%d external client apps", m.apps)
	switch {
	case m.apps == 0:
		return sets
	case m.sets == 0:
		return apps
	}
	return sets + ", " + apps
}

// mixResult is what a mix took.
type mixResult struct {
	mix
	steps []step
}

// The steps that a mix is measured in.
const (
	creation = iota
	refreshedPlan
	updateOfAll
)

func measureMetadata(ctx context.Context, kit *toolkit, s settings) ([]mixResult, error) {
	var results []mixResult
	for _, m := range mixes(s) {
		steps, err := m.measure(ctx, kit, s)
		if err != nil {
			return nil, fmt.Errorf("%v: %w", m, err)
		}
		results = append(results, mixResult{m, steps})
	}
	return results, nil
}

func (m mix) measure(ctx context.Context, kit *toolkit, s settings) ([]step, error) {
	org, err := startOrg(s.metadataLatency())
	if err != nil {
		return nil, err
	}
	defer org.server.Close()
	own, err := kit.newWorkspace(ctx, salesforceProvider+edition+numbered(permissionSetComponent, m.sets)+numbered(externalClientAppComponents, m.apps), org)
	if err != nil {
		return nil, err
	}
	bare, err := kit.newWorkspace(ctx, bareProvider+edition+numbered(bareComponent, m.sets+m.apps), nil)
	if err != nil {
		return nil, err
	}
	return measureSteps(ctx, []stage{
		creation:      {"create", 1, (*workspace).apply},
		refreshedPlan: {"plan, unchanged", s.runs, (*workspace).planUnchanged},
		updateOfAll:   {"update of all", 1, (*workspace).applyAnotherEdition},
	}, own, bare)
}

func (w *workspace) applyAnotherEdition(ctx context.Context) (sample, error) {
	return w.run(ctx, 0, "apply", "-auto-approve", "-var", "edition=second")
}
