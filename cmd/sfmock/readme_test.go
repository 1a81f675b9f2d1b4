package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readme is the program's.
func readme(t *testing.T) string {
	t.Helper()
	return readAll(t, "README.md")
}

func readAll(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// fenced are the blocks of a language.
func fenced(text, language string) []string {
	var blocks []string
	for _, block := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		blocks = append(blocks, block[1])
	}
	return blocks
}

// firstCells are those of the table rows that begin like this.
func firstCells(text, beginning string) []string {
	var cells []string
	for _, row := range regexp.MustCompile("(?m)^\\| `("+beginning+"[^`]*)` \\|").FindAllStringSubmatch(text, -1) {
		cells = append(cells, row[1])
	}
	slices.Sort(cells)
	return cells
}

func TestReadmeListsTheFlags(t *testing.T) {
	t.Parallel()
	var want []string
	new(settings).flags().VisitAll(func(f *flag.Flag) {
		value, _ := flag.UnquoteUsage(f)
		want = append(want, strings.TrimSpace("-"+f.Name+" "+strings.ToUpper(value)))
	})
	if got := firstCells(readme(t), "-"); !slices.Equal(got, want) {
		t.Errorf("the README lists\n%s\nthe flags are\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestReadmeListsTheAdminRoutes(t *testing.T) {
	t.Parallel()
	env, _ := start(t)
	_, answer := fetch(t, http.MethodGet, env["SALESFORCE_LOGIN_URL"]+"/_sfmock/", "", "")
	var want []string
	if err := json.Unmarshal([]byte(answer), &want); err != nil {
		t.Fatal(err)
	}
	if got := firstCells(readme(t), "[A-Z]+ /_sfmock/"); !slices.Equal(got, want) {
		t.Errorf("the README lists\n%s\nthe routes are\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const jsforce = "../../internal/sfmock/testdata/jsforce/node_modules"

// Every block of shell is run, one after the other in one shell, but for the one that needs Terraform where that isn't asked for.
func TestReadmeRuns(t *testing.T) {
	t.Parallel()
	work := t.TempDir()
	if err := os.CopyFS(work, os.DirFS("testdata")); err != nil {
		t.Fatal(err)
	}
	text := readme(t)
	script, scripts := &strings.Builder{}, fenced(text, "js")
	fmt.Fprintln(script, "set -euo pipefail\ntrap 'kill $(jobs -p)' EXIT")
	for i, block := range fenced(text, "shell") {
		if strings.Contains(block, "terraform ") && os.Getenv("TF_ACC") == "" {
			continue
		}
		fmt.Fprintf(script, "echo '== block %d' >&2\n%s", i+1, block)
	}
	if _, err := exec.LookPath("curl"); err != nil {
		t.Fatalf("the README's commands need curl: %v", err)
	}
	modules, err := filepath.Abs(jsforce)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(modules); err != nil {
		t.Fatalf("jsforce is not installed: %v; run `npm ci` in internal/sfmock/testdata/jsforce", err)
	}
	if err := os.Symlink(modules, filepath.Join(work, "node_modules")); err != nil {
		t.Fatal(err)
	}
	if len(scripts) != 1 {
		t.Fatalf("%d scripts", len(scripts))
	}
	if err := os.WriteFile(filepath.Join(work, "script.mjs"), []byte(scripts[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), "bash")
	c.Dir, c.Stdin = work, strings.NewReader(script.String())
	c.Env = append(os.Environ(), "PATH="+onPath(t)+string(os.PathListSeparator)+os.Getenv("PATH"))
	if os.Getenv("TF_ACC") != "" {
		c.Env = append(c.Env, "TF_CLI_CONFIG_FILE="+builtProvider(t), "CHECKPOINT_DISABLE=1", "NO_COLOR=1")
	}
	answer, err := c.CombinedOutput()
	wanted := []string{`"Username":"admin@example.com"`, "an org at http://127.0.0.1:", "\nadmin@example.com\n", `"Carrier__c":"Example Freight"`, `"Name":"Umbrella"`, "SERVER_UNAVAILABLE"}
	if os.Getenv("TF_ACC") != "" {
		wanted = append(wanted, "2 passed, 0 failed")
	}
	for _, want := range wanted {
		if !strings.Contains(string(answer), want) {
			t.Errorf("the README's commands don't say %q", want)
		}
	}
	if err != nil || t.Failed() {
		t.Errorf("%v\n%s", err, answer)
	}
}

// onPath is a folder with the program, which takes any free port so that tests don't meet.
func onPath(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\nexec env %s=1 %s -listen %s \"$@\"\n", asProgram, quote(self), freeAddress)
	if err := os.WriteFile(filepath.Join(folder, "sfmock"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

const module = "github.com/terraform-salesforce/terraform-provider-salesforce"

// builtProvider is a configuration of the Terraform CLI with the provider of this source tree.
func builtProvider(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if answer, err := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", folder+"/", module).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, answer)
	}
	file := filepath.Join(folder, "terraform.rc")
	configuration := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"terraform-salesforce/salesforce\" = %q\n  }\n  direct {}\n}\n", folder)
	if err := os.WriteFile(file, []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
