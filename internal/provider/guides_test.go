package provider

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// guideExamples are the configurations that guides show: files of one folder that apply together. Others are parts of the prose and
// are only checked for their form. TestAccTeams runs those of teams.
var guideExamples = map[string]struct {
	files   []string
	prepare func(t *testing.T, o *testOrg)
}{
	"baseline":                 {files: []string{"main.tf"}},
	"getting-started":          {files: []string{"main.tf"}},
	"least-privilege":          {files: []string{"main.tf"}},
	"mfa-readiness":            {files: []string{"set.tf", "readiness.tf", "integration.tf", "check.tf"}},
	"moving-an-integration":    {files: []string{"1-new.tf", "2-old.tf"}},
	"sign-in":                  {files: []string{"app.tf"}},
	"production-and-sandboxes": {files: []string{"main.tf"}},
}

// What a guide shows applies to a fresh org, and plans empty afterwards.
func TestAccGuides(t *testing.T) {
	t.Parallel()
	for folder, example := range guideExamples {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			var config strings.Builder
			for _, file := range example.files {
				text, err := os.ReadFile(filepath.Join(root, "examples/guides", folder, file))
				if err != nil {
					t.Fatal(err)
				}
				config.Write(withoutProvider.ReplaceAll(text, nil))
			}
			o := newOrg(t)
			if example.prepare != nil {
				example.prepare(t, o)
			}
			o.test(t, nothing, resource.TestStep{
				Config:           config.String(),
				ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			})
		})
	}
}

// withoutProvider are the blocks that the test has its own of.
var withoutProvider = regexp.MustCompile(`(?ms)^(terraform \{.*?^\}|provider "salesforce" \{(\}[^\n]*|.*?^\}))\n`)

var fence = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```$")

// Terraform code in a guide stands in a file of the examples, so that a test or the validation of examples sees it. Shell commands are
// at least shell commands.
func TestGuideSnippets(t *testing.T) {
	t.Parallel()
	var examples []string
	for _, folder := range []string{"examples", "cmd/sfmock/testdata/module"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry os.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				var text []byte
				if text, err = os.ReadFile(path); err == nil {
					examples = append(examples, strings.TrimSpace(string(text)))
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	guides, err := filepath.Glob(filepath.Join(root, "docs/guides/*.md"))
	if err != nil || len(guides) == 0 {
		t.Fatalf("there are no guides (%v)", err)
	}
	for _, guide := range guides {
		t.Run(filepath.Base(guide), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(guide)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range fence.FindAllSubmatch(text, -1) {
				language, code := string(found[1]), strings.TrimSpace(string(found[2]))
				switch language {
				case "terraform", "hcl", "yaml":
					if !slices.Contains(examples, code) {
						t.Errorf("no example has\n%s", code)
					}
				case "shell":
					check := exec.CommandContext(t.Context(), "bash", "-n")
					check.Stdin = strings.NewReader(code)
					if said, err := check.CombinedOutput(); err != nil {
						t.Errorf("%s\nis no shell: %s", code, said)
					}
				case "text", "json", "html", "xml":
				default:
					t.Errorf("code in %q is not checked:\n%s", language, code)
				}
			}
		})
	}
}

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
