package provider

import (
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// proof is the test that carries out what a reader is shown.
type proof struct{ what, test string }

// provenFiles are the files of the examples. Each is applied, imported, listed, invoked or signed in with; none is only parsed.
var provenFiles = []proof{
	{"examples/actions/*/action.tf", "TestActionExamples"},
	{"examples/baseline/*", "TestAccModuleExamples"},
	{"examples/data-sources/*/data-source.tf", "TestAccExamples"},
	{"examples/demo/*", "TestStory"},
	{"examples/ephemeral-resources/*/ephemeral-resource.tf", "TestAccEphemeralExamples"},
	{"examples/functions/*/function.tf", "TestAccExamples"},
	{"examples/guides/*/*.tfquery.hcl", "TestListExamples"},
	{"examples/guides/importing/2.tf", "TestAccPagesRun"},
	{"examples/guides/moving-from-hashicorp/[23].tf", "TestAccPagesRun"},
	{"examples/guides/rotating-credentials/vault.tf", "TestAccRotationThroughVault"},
	{"examples/guides/teams/many-orgs.tofu", "TestAccTeamsOpenTofu"},
	{"examples/guides/teams/*", "TestAccTeams"},
	{"examples/integrations/*", "TestAccModuleExamples"},
	{"examples/list-resources/*/list-resource.tfquery.hcl", "TestListExamples"},
	{"examples/mfa-report/*", "TestAccMFAReport"},
	{"examples/modules/*/*", "TestModulesPassTheirTests"},
	{"examples/modules/*/tests/*", "TestModulesPassTheirTests"},
	{"examples/modules/*/tests/*/*", "TestModulesPassTheirTests"},
	{"examples/modules/*/tests/*/*/*", "TestModulesPassTheirTests"},
	{"examples/resources/*/resource.tf", "TestAccExamples"},
	{"examples/resources/*/import*", "TestAccExamples"},
	{"cmd/sfmock/testdata/*/*", "TestReadmeRuns"},
	{"cmd/sfmock/testdata/*/*/*", "TestReadmeRuns"},
	{"cmd/sfmock/testdata/*/*/*/*", "TestReadmeRuns"},
	{"cmd/sfmock/testdata/*/*/*/*/*", "TestReadmeRuns"},
}

// provenPages are the pages of which a test takes the snippets of some language as they stand.
var provenPages = map[string]map[string]string{
	"README.md": {"shell": "TestAccPagesRun"},
	"cmd/sfmock/README.md": {
		"shell": "TestReadmeRuns", "js": "TestReadmeRuns",
		"console": "", // for other tools than the tests have: Go's registry and the sf CLI
	},
	"CONTRIBUTING.md":                                 {"shell": ""}, // make, and the sf CLI by hand
	"docs/index.md":                                   {"shell": "TestAccPagesRun"},
	"docs/guides/getting-started.md":                  {"shell": "TestAccPagesRun"},
	"docs/guides/importing-an-existing-org.md":        {"shell": "TestAccPagesRun"},
	"docs/guides/many-orgs-many-people.md":            {"shell": "TestAccPagesRun"},
	"docs/guides/mfa-readiness.md":                    {"shell": "TestAccPagesRun"},
	"docs/guides/moving-from-hashicorp-salesforce.md": {"shell": "TestAccPagesRun"},
	"docs/guides/production-and-sandboxes.md":         {"shell": "TestAccPagesRun"},
	"docs/guides/rotating-credentials.md":             {"shell": "TestAccPagesRun"},
	"docs/guides/sign-in-with-an-access-token.md":     {"shell": "TestAccPagesRun"},
	"docs/guides/sign-in-with-client-credentials.md":  {"shell": "TestAccPagesRun"},
	"docs/guides/sign-in-with-jwt.md":                 {"shell": "TestAccPagesRun"},
	"docs/guides/testing-with-sfmock.md":              {"shell": "TestAccPagesRun"},
	"examples/modules/integration/README.md":          {"shell": "TestModulesPassTheirTests", "terraform": "TestAccModuleReadmes"},
	"examples/modules/mfa-audit/README.md":            {"shell": "TestModulesPassTheirTests", "terraform": "TestAccModuleReadmes"},
	"examples/modules/org-baseline/README.md":         {"shell": "TestModulesPassTheirTests", "terraform": "TestAccModuleReadmes"},
}

// snippet is a block of code in a page.
type snippet struct{ language, code string }

var fence = regexp.MustCompile("(?ms)^( *)```(\\w*)\n(.*?)^ *```$")

// snippets are those of a page.
func snippets(t *testing.T, page string) (all []snippet) {
	t.Helper()
	for _, found := range fence.FindAllStringSubmatch(pageText(t, page), -1) {
		all = append(all, snippet{found[2], strings.TrimSpace(strings.ReplaceAll("\n"+found[3], "\n"+found[1], "\n"))})
	}
	return all
}

// Whatever code a page shows is carried out by a test: it stands in a file of the examples that a test uses, or a test takes it from the
// page.
func TestSnippets(t *testing.T) {
	t.Parallel()
	proven := provenCode(t)
	for _, page := range filesOf(t, ".md", ".") {
		for _, s := range snippets(t, page) {
			_, known := provenPages[page][s.language]
			switch {
			case known, s.language == "text": // what is answered, and templates of what somebody fills in
			case !slices.ContainsFunc(proven, func(code string) bool { return strings.Contains(code, "\n"+s.code+"\n") }):
				t.Errorf("no test carries out what %s shows:\n%s", page, s.code)
			}
		}
	}
}

// provenCode is the text of all files of the examples, of each of which there has to be a proof.
func provenCode(t *testing.T) (all []string) {
	t.Helper()
	proofs := slices.Clone(provenFiles)
	for file := range signInExamples {
		proofs = append(proofs, proof{"examples/" + file, "TestAccSignInExamples"})
	}
	for folder, files := range guideExamples {
		for _, file := range files {
			proofs = append(proofs, proof{"examples/guides/" + folder + "/" + file, "TestAccGuides"})
		}
	}
	used := map[string]bool{}
	for _, file := range append(filesOf(t, "", "examples"), filesOf(t, "", "cmd/sfmock/testdata")...) {
		by := slices.IndexFunc(proofs, func(p proof) bool { match, _ := path.Match(p.what, file); return match })
		if by < 0 {
			t.Errorf("no test uses %s", file)
			continue
		}
		used[proofs[by].what] = true
		all = append(all, "\n"+pageText(t, file)+"\n")
	}
	for _, p := range proofs {
		if !used[p.what] {
			t.Errorf("there is no %s", p.what)
		}
	}
	provenByTests(t, proofs)
	return all
}

// provenByTests checks that the tests exist that are named.
func provenByTests(t *testing.T, proofs []proof) {
	t.Helper()
	for page, languages := range provenPages {
		for language, test := range languages {
			if test != "" {
				proofs = append(proofs, proof{page, test})
			}
			if !slices.ContainsFunc(snippets(t, page), func(s snippet) bool { return s.language == language }) {
				t.Errorf("%s has no %s", page, language)
			}
		}
	}
	var tests strings.Builder
	for _, file := range filesOf(t, "_test.go", ".") {
		tests.WriteString(pageText(t, file))
	}
	for _, p := range proofs {
		if !strings.Contains(tests.String(), "\nfunc "+p.test+"(t *testing.T) {") {
			t.Errorf("%s is said to be proven by %s, which there isn't", p.what, p.test)
		}
	}
}

// filesOf are the files below a folder of the repository whose names end like this, but for what is built or installed.
func filesOf(t *testing.T, ending, folder string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(root, folder), func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", "bin", "dist", "node_modules", ".terraform"}, entry.Name()):
			return filepath.SkipDir
		case !entry.IsDir() && strings.HasSuffix(file, ending):
			relative, err := filepath.Rel(root, file)
			files = append(files, filepath.ToSlash(relative))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
