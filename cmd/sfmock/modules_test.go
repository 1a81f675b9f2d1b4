package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// modules are the folders of the repository's Terraform modules.
func modules(t *testing.T) []string {
	t.Helper()
	folders, err := filepath.Glob("../../examples/modules/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("there are no modules (%v)", err)
	}
	return folders
}

// declared are the names that a block of a Terraform file declares.
var declared = regexp.MustCompile(`(?m)^(?:variable|output|check) "(\w+)" {`)

// links are the files of the repository that a README points to.
var links = regexp.MustCompile(`\]\(([^):]+)\)`)

// A module's README has all that it takes, gives and checks, and its links lead somewhere.
func TestModulesDescribeThemselves(t *testing.T) {
	t.Parallel()
	for _, folder := range modules(t) {
		files, err := filepath.Glob(filepath.Join(folder, "*.tf"))
		if err != nil {
			t.Fatal(err)
		}
		described := readAll(t, filepath.Join(folder, "README.md"))
		for _, link := range links.FindAllStringSubmatch(described, -1) {
			if _, err := os.Stat(filepath.Join(folder, link[1])); err != nil {
				t.Errorf("the README of %s: %v", filepath.Base(folder), err)
			}
		}
		for _, file := range files {
			for _, name := range declared.FindAllStringSubmatch(readAll(t, file), -1) {
				if !strings.Contains(described, "`"+name[1]+"`") {
					t.Errorf("the README of %s lacks %s", filepath.Base(folder), name[1])
				}
			}
		}
	}
}

// The modules' own tests pass, by the commands that their READMEs give.
func TestModulesPassTheirTests(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("set TF_ACC=1 to run tests that start Terraform")
	}
	environment := append(os.Environ(), "TF_CLI_CONFIG_FILE="+builtProvider(t), "CHECKPOINT_DISABLE=1", "NO_COLOR=1",
		"PATH="+onPath(t)+string(os.PathListSeparator)+os.Getenv("PATH"))
	for _, folder := range modules(t) {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			work := t.TempDir()
			if err := os.CopyFS(work, os.DirFS(folder)); err != nil {
				t.Fatal(err)
			}
			commands := fenced(readAll(t, filepath.Join(folder, "README.md")), "shell")
			if len(commands) == 0 {
				t.Error("the README does not tell how to run the tests")
			}
			for _, command := range commands {
				// The provider of this source tree is not installed: there are only modules to get.
				c := exec.CommandContext(t.Context(), "bash", "-euc", strings.Replace(command, "terraform init", "terraform get", 1))
				c.Dir, c.Env = work, environment
				said, err := c.CombinedOutput()
				if err != nil || !strings.Contains(string(said), " passed, 0 failed") {
					t.Errorf("%s\n%v\n%s", command, err, said)
				}
			}
		})
	}
}
