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

// declared are the blocks of a Terraform file that others see, by their names.
var declared = regexp.MustCompile(`(?ms)^(variable|output|check) "(\w+)" \{(.*?)^\}`)

// saidOf is what a block of a kind has to say of itself.
var saidOf = map[string][]string{"variable": {"description", "type"}, "output": {"description"}}

// links are the files of the repository that a README points to.
var links = regexp.MustCompile(`\]\(([^):#]+)(?:#[^)]*)?\)`)

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
				if !strings.Contains(described, "`"+name[2]+"`") {
					t.Errorf("the README of %s lacks %s", filepath.Base(folder), name[2])
				}
				for _, argument := range saidOf[name[1]] {
					if !regexp.MustCompile(`(?m)^  ` + argument + ` += `).MatchString(name[3]) {
						t.Errorf("%s %s of %s has no %s", name[1], name[2], filepath.Base(folder), argument)
					}
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
	environment := append(os.Environ(), "TF_CLI_CONFIG_FILE="+providerMirror(t), "CHECKPOINT_DISABLE=1", "NO_COLOR=1",
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
				c := exec.CommandContext(t.Context(), "bash", "-euc", command)
				c.Dir, c.Env = work, environment
				said, err := c.CombinedOutput()
				if err != nil || !strings.Contains(string(said), " passed, 0 failed") {
					t.Errorf("%s\n%v\n%s", command, err, said)
				}
			}
		})
	}
}
