package provider

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
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
	"mfa-exempt":               {"main.tf"},
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

// What the guide quotes of the provider's own messages, the code says word for word. An ellipsis stands for a name.
func TestGuideQuotesMessages(t *testing.T) {
	t.Parallel()
	var code strings.Builder
	for _, file := range filesOf(t, ".go", "internal/provider") {
		if !strings.HasSuffix(file, "_test.go") {
			code.WriteString(pageText(t, file))
		}
	}
	_, section, _ := strings.Cut(pageText(t, "docs/guides/troubleshooting.md"), "\n## Messages of the provider itself\n")
	rows := regexp.MustCompile("(?m)^\\| (`.*?`) \\|").FindAllStringSubmatch(section, -1)
	if len(rows) == 0 {
		t.Fatal("the guide has no messages")
	}
	for _, row := range rows {
		for message := range strings.SplitSeq(row[1], ", ") {
			for words := range strings.SplitSeq(strings.Trim(message, "`"), "…") {
				if !strings.Contains(code.String(), words) {
					t.Errorf("no message of the provider has %q", words)
				}
			}
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

var (
	link    = regexp.MustCompile(`\]\(([^)#:]*)(#[^)]*)?\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	noSlug  = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// Links between pages lead somewhere, to a heading where they name one. The Registry's addresses have no extension.
func TestLinks(t *testing.T) {
	t.Parallel()
	for _, page := range filesOf(t, ".md", ".") {
		for _, found := range link.FindAllStringSubmatch(pageText(t, page), -1) {
			to, anchor := page, found[2]
			if found[1] != "" {
				to = path.Join(path.Dir(page), found[1])
			}
			if strings.HasPrefix(page, "docs/") && found[1] != "" && path.Ext(to) == "" {
				to += ".md"
			}
			if _, err := os.Stat(filepath.Join(root, to)); err != nil {
				t.Errorf("%s: %v", page, err)
			} else if anchor != "" && !slices.Contains(anchors(pageText(t, to)), anchor) {
				t.Errorf("%s: %s has no %s", page, to, anchor)
			}
		}
	}
}

var ownLink = regexp.MustCompile(`\]\(https://github\.com/terraform-salesforce/terraform-provider-salesforce/(tree|blob)/main/([^)#]+)`)

// The Registry has the pages only: what else the repository has, they name by its address on GitHub, a folder by tree and a file by blob.
func TestLinksToRepository(t *testing.T) {
	t.Parallel()
	for _, page := range filesOf(t, ".md", ".") {
		for _, found := range ownLink.FindAllStringSubmatch(pageText(t, page), -1) {
			if info, err := os.Stat(filepath.Join(root, found[2])); err != nil || info.IsDir() != (found[1] == "tree") {
				t.Errorf("%s: the repository has no %s %s", page, found[1], found[2])
			}
		}
	}
}

// anchors are those of a page's headings, as the Registry and GitHub make them, and those that it sets itself.
func anchors(text string) (all []string) {
	for _, found := range heading.FindAllStringSubmatch(text, -1) {
		all = append(all, "#"+strings.ReplaceAll(noSlug.ReplaceAllString(strings.ToLower(found[1]), ""), " ", "-"))
	}
	for _, found := range regexp.MustCompile(`<a id="([^"]+)">`).FindAllStringSubmatch(text, -1) {
		all = append(all, "#"+found[1])
	}
	return all
}

func pageText(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
