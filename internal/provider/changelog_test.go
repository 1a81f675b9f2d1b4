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
	changelogEntry   = regexp.MustCompile(`^\* ((resource|data-source|ephemeral|list-resource|action|function)/\w+|provider|sfmock): \S`)
	changelogVersion = regexp.MustCompile(`^## \d+\.\d+\.\d+ \((Unreleased|[A-Z][a-z]+ \d{1,2}, \d{4})\)$`)
)

// Every line of the changelog has one of the agreed forms, and everything that has a page has an entry.
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
	for _, kind := range []struct{ folder, entry string }{
		{"docs/resources", "resource/salesforce_"},
		{"docs/data-sources", "data-source/salesforce_"},
		{"docs/ephemeral-resources", "ephemeral/salesforce_"},
		{"docs/list-resources", "list-resource/salesforce_"},
		{"docs/actions", "action/salesforce_"},
		{"docs/functions", "function/"},
	} {
		pages, err := filepath.Glob(filepath.Join(root, kind.folder, "*.md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			if name := kind.entry + strings.TrimSuffix(filepath.Base(page), ".md"); !strings.Contains(body, name+":") {
				t.Errorf("no entry for %s", name)
			}
		}
	}
}
