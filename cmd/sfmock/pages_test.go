package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// reading is how a test follows a page: it carries out its shell commands in their order, in one shell, against an org of its own.
type reading struct {
	flags []string          // of sfmock
	needs []string          // programs that the page's commands need besides
	setUp string            // what the reader has before the first command
	shows map[string]string // what stands in the test for what the page shows
	steps []step            // one for each block of the page
	says  []string          // what the commands say, one after the other
}

// step is a block of commands.
type step struct {
	before, after string // what the page has the reader do besides, and how it can be seen that it worked
	exit          int    // how the last command ends
	since         int    // the minor version of Terraform that the commands need
	provenBy      string // a test that does the same: the block is not run
}

// shellFences are the blocks of shell commands, also those in lists.
var shellFences = regexp.MustCompile("(?ms)^ *```shell\n(.*?)^ *```$")

// What the pages tell to type works as they tell it. A block that no step is for fails the test.
func TestAccPagesRun(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("set TF_ACC=1 to run tests that start Terraform")
	}
	environment := append(os.Environ(), "TF_CLI_CONFIG_FILE="+providerMirror(t), "CHECKPOINT_DISABLE=1", "NO_COLOR=1", "TF_CLI_ARGS=-no-color", "REPO="+repository(t))
	for page, r := range readings {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			for _, program := range append(r.needs, "curl") {
				if _, err := exec.LookPath(program); err != nil {
					t.Skipf("the page's commands need %s", program)
				}
			}
			programs := standIns(t)
			c := exec.CommandContext(t.Context(), filepath.Join(programs, "sfmock"), append(r.flags, "-quiet", "--", "bash", "-c", r.script(t, page))...)
			c.Dir, c.Stdin = t.TempDir(), yes{}
			c.Env = slices.Concat(environment, []string{"PATH=" + programs + string(os.PathListSeparator) + os.Getenv("PATH")})
			answer, err := c.CombinedOutput()
			rest := string(answer)
			for _, want := range r.says {
				var found bool
				if _, rest, found = strings.Cut(rest, want); !found {
					t.Errorf("the commands don't say %q where they should", want)
				}
			}
			if err != nil || t.Failed() {
				t.Errorf("%v\n%s", err, answer)
			}
		})
	}
}

// script is everything that the reader of a page types, and what belongs to the test.
func (r reading) script(t *testing.T, page string) string {
	t.Helper()
	var script strings.Builder
	fmt.Fprintf(&script, "%s\n%s\n", beforeReading, r.setUp)
	blocks := shellFences.FindAllStringSubmatch(readAll(t, filepath.Join("../..", page)), -1)
	if len(blocks) != len(r.steps) {
		t.Fatalf("the page has %d blocks of commands, the test %d", len(blocks), len(r.steps))
	}
	for i, s := range r.steps {
		commands := blocks[i][1]
		for shown, meant := range r.shows {
			commands = strings.ReplaceAll(commands, shown, meant)
		}
		if s.provenBy != "" {
			isTest(t, s.provenBy)
			continue
		}
		if s.since > terraformMinor(t) {
			continue
		}
		fmt.Fprintf(&script, "echo '== block %d' >&2\n%s\n", i+1, s.before)
		if s.exit == 0 {
			script.WriteString(commands)
		} else {
			fmt.Fprintf(&script, "code=0; {\n%s} || code=$?; test $code = %d\n", commands, s.exit)
		}
		fmt.Fprintln(&script, s.after)
	}
	return script.String()
}

// yes is somebody who says yes to everything.
type yes struct{}

func (yes) Read(p []byte) (int, error) { return copy(p, "yes\n"), nil }

// isTest checks that there is a test of that name.
func isTest(t *testing.T, name string) {
	t.Helper()
	if err := exec.CommandContext(t.Context(), "grep", "-rqF", "--include=*_test.go", "func "+name+"(t *testing.T) {", repository(t)).Run(); err != nil {
		t.Errorf("there is no %s (%v)", name, err)
	}
}

func repository(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// terraformMinor is the minor version of Terraform 1 on the path.
func terraformMinor(t *testing.T) int {
	t.Helper()
	said, err := exec.CommandContext(t.Context(), "terraform", "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	minor, err := strconv.Atoi(regexp.MustCompile(`Terraform v1\.(\d+)`).FindStringSubmatch(string(said))[1])
	if err != nil {
		t.Fatal(err)
	}
	return minor
}

// standIns is a folder with sfmock, and with what stands in for programs that would ask somebody or somewhere else: the sf CLI answers as
// its version 2.146.3 does for the mock org, and what Go would install is there already.
func standIns(t *testing.T) string {
	t.Helper()
	folder := onPath(t)
	for name, script := range map[string]string{
		"go": `case $1 in install) ;; env) echo "$GOPATH" ;; *) exit 2 ;; esac`,
		"sf": `case "$1 $2" in
"org login") ;;
"org display") echo "{\"status\": 0, \"result\": {\"instanceUrl\": \"$mock\"}}" ;;
"org auth") echo "{\"status\": 0, \"result\": {\"accessToken\": \"$token\"}}" ;;
*) exit 2 ;;
esac`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// providerMirror is a configuration of the Terraform CLI that installs the provider of this source tree, and no other.
func providerMirror(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	const version = "0.0.1"
	said, err := exec.CommandContext(t.Context(), "go", "env", "GOOS", "GOARCH").Output()
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(folder, "registry.terraform.io/terraform-salesforce/salesforce", version, strings.Join(strings.Fields(string(said)), "_"), "terraform-provider-salesforce_v"+version)
	if answer, err := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", binary, module).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, answer)
	}
	file := filepath.Join(folder, "terraform.rc")
	if err := os.WriteFile(file, []byte(fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", folder)), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
