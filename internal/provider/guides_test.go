package provider

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// guideExamples are the configurations that guides show: files of one folder that apply together. The ledger of snippets tells what proves
// the others.
var guideExamples = map[string][]string{
	"baseline":                 {"main.tf"},
	"getting-started":          {"main.tf"},
	"least-privilege":          {"main.tf", "check.tf"},
	"mfa-readiness":            {"set.tf", "readiness.tf", "integration.tf", "check.tf"},
	"moving-an-integration":    {"1-new.tf", "2-old.tf"},
	"sign-in":                  {"app.tf"},
	"production-and-sandboxes": {"main.tf"},
}

// What a guide shows applies to a fresh org, and plans empty afterwards.
func TestAccGuides(t *testing.T) {
	t.Parallel()
	for folder, files := range guideExamples {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			var config strings.Builder
			for _, file := range files {
				text, err := os.ReadFile(filepath.Join(root, "examples/guides", folder, file))
				if err != nil {
					t.Fatal(err)
				}
				config.Write(withoutProvider.ReplaceAll(text, nil))
			}
			newOrg(t).test(t, nothing, resource.TestStep{
				Config:             config.String(),
				ConfigPlanChecks:   resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{nothingToDo{}}},
				ExpectNonEmptyPlan: folder == "least-privilege", // to Terraform it is not empty: what a check reads, it reads in each plan
			})
		})
	}
}

// nothingToDo wants a plan that at most reads what a check asks for.
type nothingToDo struct{}

func (nothingToDo) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, r := range req.Plan.ResourceChanges {
		if !r.Change.Actions.NoOp() && r.ActionReason != tfjson.ActionReasonReadBecauseCheckNested {
			resp.Error = errors.Join(resp.Error, fmt.Errorf("%s: %s", r.Address, r.Change.Actions))
		}
	}
}

// withoutProvider are the blocks that the test has its own of.
var withoutProvider = regexp.MustCompile(`(?ms)^(terraform \{.*?^\}|provider "salesforce" \{(\}[^\n]*|.*?^\}))\n`)

// The guide has every code that there is advice for.
func TestGuideHasErrors(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join(root, "docs/guides/troubleshooting.md"))
	if err != nil {
		t.Fatal(err)
	}
	for code := range adviceByCode {
		if !strings.Contains(string(guide), "`"+code+"`") {
			t.Errorf("the guide lacks %s", code)
		}
	}
}

// The guide has every check of the lockout guard.
func TestGuideHasLockoutChecks(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join(root, "docs/guides/lockout-guard.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range lockoutNames() {
		if !strings.Contains(string(guide), "| `"+name+"` |") {
			t.Errorf("the guide lacks %s", name)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)

// Links between pages lead somewhere. The Registry's addresses have no extension.
func TestGuideLinks(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob(filepath.Join(root, "docs/guides/*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append(pages, filepath.Join(root, "docs/index.md")) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), string(found[1])+".md")); err != nil {
				t.Errorf("%s: %v", filepath.Base(page), err)
			}
		}
	}
}
