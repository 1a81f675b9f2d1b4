package provider

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// runner is a job of the guide's pipeline: a checkout of its own, the org that it is for, and the state that all share.
type runner struct {
	*cli
	org   *testOrg
	name  string
	steps map[string]string // the pipeline's shell commands by their first words
}

const teamsFolder = "examples/guides/teams"

// newRunner checks out what the guide shows, as it is.
func newRunner(t *testing.T, name, variables, connection string) *runner {
	t.Helper()
	r := &runner{org: newOrg(t), name: name, steps: pipelineSteps(t)}
	r.cli = r.org.cli(t)
	r.environment = append(r.environment, "PG_CONN_STR="+connection, "TF_IN_AUTOMATION=1", "GITHUB_OUTPUT="+filepath.Join(r.dir, "output"))
	for _, file := range []string{"backend.tf", "main.tf"} {
		text, err := os.ReadFile(filepath.Join(root, teamsFolder, file))
		if err != nil {
			t.Fatal(err)
		}
		r.write(t, file, string(text))
	}
	if err := os.Mkdir(filepath.Join(r.dir, "orgs"), 0o700); err != nil {
		t.Fatal(err)
	}
	r.write(t, "orgs/"+name+".tfvars", variables)
	return r
}

var pipelineCommand = regexp.MustCompile(`(?m)^ +(?:- )?run: (?:\|\n((?: {10}.*\n)+)|(.*)\n)`)

// pipelineSteps are the shell commands in the guide's pipeline.
func pipelineSteps(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, teamsFolder, "pipeline.yml"))
	if err != nil {
		t.Fatal(err)
	}
	steps := map[string]string{}
	for _, found := range pipelineCommand.FindAllStringSubmatch(string(text), -1) {
		script := found[1] + found[2]
		for _, name := range []string{"terraform init", "terraform plan", "terraform apply", "echo"} {
			if strings.Contains(script, name) {
				steps[name] = script
				break
			}
		}
	}
	return steps
}

// step runs one of the pipeline's steps as its shell does, and wants it to pass or to fail.
func (r *runner) step(t *testing.T, name string, passes bool) (said string) {
	t.Helper()
	script := r.steps[name]
	if script == "" {
		t.Fatalf("the pipeline has no step with %q", name)
	}
	command := r.command(t, "bash", "-e", "-c", strings.ReplaceAll(script, "${{ matrix.org }}", r.name))
	out, err := command.CombinedOutput()
	if failed := new(exec.ExitError); (err == nil) != passes || err != nil && !errors.As(err, &failed) {
		t.Fatalf("%s in %s: %v\n%s", name, r.name, err, out)
	}
	return string(out)
}

// plans checks that the pipeline's plan ends with a code: 0 for no changes, 1 for an error, 2 for changes.
func (r *runner) plans(t *testing.T, code string) {
	t.Helper()
	r.write(t, "output", "")
	said := r.step(t, "terraform plan", code != "1")
	if told := strings.TrimSpace(r.read(t, "output")); told != "code="+code {
		t.Fatalf("the plan of %s ends with %s instead of %s\n%s", r.name, told, code, said)
	}
}

// ledgerOnly gives production another integration than the guide's example has.
const ledgerOnly = `
integrations = {
  Ledger = { label = "Ledger", email = "integrations@example.com", objects = { Order = ["read"] } }
}
`

// The guide "Many orgs, many people" does what it says, with the backend, the configuration and the commands that it shows.
func TestAccTeams(t *testing.T) {
	t.Parallel()
	newOrg(t).cli(t) // skips without Terraform
	connection := postgres(t)
	dev, production := newRunner(t, "dev", "", connection), newRunner(t, "production", ledgerOnly, connection)
	for _, r := range []*runner{dev, production} {
		r.step(t, "terraform init", true)
		r.plans(t, "2")
		r.step(t, "terraform apply", true)
		r.plans(t, "0")
	}
	dev.plans(t, "0") // the state of one is none of the other's business

	dev.org.update(t, dev.org.id(t, "PermissionSet", "Name", "Billing_Sync"), map[string]any{"Label": "By hand"})
	dev.plans(t, "2")
	if said := dev.step(t, "echo", false); !strings.Contains(said, "dev was changed outside Terraform") {
		t.Errorf("the nightly run says %s", said)
	}
	production.plans(t, "0")

	dev.locks(t)
	dev.plans(t, "0")
	production.write(t, "broken.tf", "resource {}\n")
	production.plans(t, "1")
}

// locks has two people apply at once: while the first is asked for approval, the second is refused, or waits if it is told to.
func (r *runner) locks(t *testing.T) {
	t.Helper()
	first := r.apply(t, nil)
	first.says(t, "Enter a value:")
	second := r.apply(t, []string{"-auto-approve"})
	if said, err := second.ends(); err == nil || !strings.Contains(said, "Error acquiring the state lock") || !strings.Contains(said, "Lock Info") {
		t.Fatalf("a second apply: %v\n%s", err, said)
	}
	third := r.apply(t, []string{"-auto-approve", "-lock-timeout=1m"})
	third.says(t, "Acquiring state lock")
	if _, err := io.WriteString(first.in, "yes\n"); err != nil {
		t.Fatal(err)
	}
	if said, err := first.ends(); err != nil || !strings.Contains(said, "1 changed") {
		t.Fatalf("the first apply: %v\n%s", err, said)
	}
	if said, err := third.ends(); err != nil || !strings.Contains(said, "0 changed") {
		t.Fatalf("the apply that waited: %v\n%s", err, said)
	}
}

// running is a command that somebody talks with.
type running struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	said    strings.Builder
}

func (r *runner) apply(t *testing.T, args []string) *running {
	t.Helper()
	command := r.command(t, "terraform", append([]string{"apply", "-no-color", "-var-file=orgs/" + r.name + ".tfvars"}, args...)...)
	command.Env = append(command.Env, "TF_INPUT=1")
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	command.Stderr = command.Stdout
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	return &running{command: command, in: in, out: bufio.NewReader(out)}
}

// says waits for a text.
func (r *running) says(t *testing.T, text string) {
	t.Helper()
	for !strings.Contains(r.said.String(), text) {
		b, err := r.out.ReadByte()
		if err != nil {
			t.Fatalf("it never says %q: %v\n%s", text, err, r.said.String())
		}
		r.said.WriteByte(b)
	}
}

// ends waits for the end.
func (r *running) ends() (said string, err error) {
	_, err = io.Copy(&r.said, r.out)
	return r.said.String(), errors.Join(err, r.command.Wait())
}
