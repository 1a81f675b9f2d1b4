package provider

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	changelogHeading = regexp.MustCompile(`^(BREAKING CHANGES|NOTES|FEATURES|ENHANCEMENTS|BUG FIXES):$`)
	changelogEntry   = regexp.MustCompile(`^\* (resource/\w+|data-source/\w+|ephemeral/\w+|function/\w+|provider|sfmock): \S`)
	changelogVersion = regexp.MustCompile(`^## \d+\.\d+\.\d+ \((Unreleased|[A-Z][a-z]+ \d{1,2}, \d{4})\)$`)
)

// Every line of the changelog has one of the agreed forms, and every resource and data source has an entry.
func TestChangelog(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(text), "\n## ")
	for line := range strings.Lines("## " + body) {
		line = strings.TrimRight(line, "\n")
		if line != "" && !changelogHeading.MatchString(line) && !changelogEntry.MatchString(line) && !changelogVersion.MatchString(line) {
			t.Errorf("%q has none of the changelog's forms", line)
		}
	}
	for _, kind := range []struct{ folder, entry string }{{"docs/resources", "resource/salesforce_"}, {"docs/data-sources", "data-source/salesforce_"}} {
		pages, err := filepath.Glob(filepath.Join(root, kind.folder, "*.md"))
		if err != nil || len(pages) == 0 {
			t.Fatalf("no pages in %s (%v)", kind.folder, err)
		}
		for _, page := range pages {
			if name := kind.entry + strings.TrimSuffix(filepath.Base(page), ".md"); !strings.Contains(body, name+":") {
				t.Errorf("no entry for %s", name)
			}
		}
	}
}
