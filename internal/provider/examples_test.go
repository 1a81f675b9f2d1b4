package provider

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// Every example applies to a fresh org, plans empty afterwards, and can be destroyed. What a resource's example makes is found again by
// the ids that are shown for its import.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	var files []string
	for _, pattern := range []string{"examples/resources/*/resource.tf", "examples/data-sources/*/data-source.tf", "examples/functions/*/function.tf"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("no examples at %s (%v)", pattern, err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		t.Run(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			config, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			o := newOrg(t)
			o.test(t, nothing, resource.TestStep{
				Config:           string(config) + claims(string(config)),
				Check:            o.importedAsShown(t, filepath.Dir(file)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			})
		})
	}
}

// claim is a line that says in a comment what a function returns.
var claim = regexp.MustCompile(`(?m)^\s*\w+\s*= (provider::salesforce::.*\)) # (.+)$`)

// claims lets Terraform check what the comments of an example say that functions return. Its conditions have to refer to something.
func claims(config string) string {
	var checks strings.Builder
	for i, c := range claim.FindAllStringSubmatch(config, -1) {
		fmt.Fprintf(&checks, `
locals {
  got_%[1]d = %[2]s
}
output "claim_%[1]d" {
  value = true
  precondition {
    condition     = jsonencode(local.got_%[1]d) == jsonencode(%[3]s)
    error_message = "The comment is wrong, it is ${jsonencode(local.got_%[1]d)}."
  }
}
`, i, c[1], c[2])
	}
	return checks.String()
}
