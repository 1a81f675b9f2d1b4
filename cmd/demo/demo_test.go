package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// audience hears the story, and does something once when it hears a cue.
type audience struct {
	heard bytes.Buffer
	cue   string
	act   func()
}

func (a *audience) Write(text []byte) (int, error) {
	n, err := a.heard.Write(text)
	if a.act != nil && strings.Contains(a.heard.String(), a.cue) {
		act := a.act
		a.act = nil
		act()
	}
	return n, err
}

// perform runs the demo before an audience and checks its exit code and that it leaves nothing behind. What it says at last goes
// to the standard error output.
func perform(ctx context.Context, t *testing.T, d *demo, a *audience, code int) (last string) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs Terraform: set TF_ACC=1")
	}
	var stderr strings.Builder
	d.out, d.tempIn = a, t.TempDir()
	if got := d.run(ctx, &stderr); got != code {
		t.Fatalf("exit code %d, want %d\n%s\n%s", got, code, a.heard.String(), stderr.String())
	}
	left, err := os.ReadDir(d.tempIn)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	return stderr.String()
}

func TestStory(t *testing.T) {
	t.Parallel()
	d, a := &demo{}, &audience{}
	if last := perform(t.Context(), t, d, a, 0); last != "" {
		t.Errorf("it ends with %q", last)
	}
	rest := a.heard.String()
	for _, unwanted := range []string{overridesTitle, "\x1b", "\n\n\n", "        + consumer_key", d.app.secret} {
		if strings.Contains(rest, unwanted) {
			t.Errorf("the story says %q:\n%s", unwanted, rest)
		}
	}
	for _, next := range []string{
		"== 1. ", "multi-factor authentication", `resource "salesforce_integration_user" "billing"`,
		"== 2. ", "$ terraform plan", "Plan: 5 to add, 0 to change, 0 to destroy.", "API calls that the org counted: ",
		"== 3. ", "$ terraform apply", "5 added, 0 changed", "✓ people need a second factor", "✓ it is API-only", "✓ it holds Billing_Sync",
		"== 4. ", "$ terraform plan", "✓ exit code 0",
		"== 5. ", "client_secret=****", "ip restricted", "a token for billing-sync@example.com", "ACME", "INVALID_TYPE", "✓ from outside the data centre it gets no token", "✓ it reads Accounts",
		"== 6. ", "HIGH_ASSURANCE", "$ terraform plan", "Planning failed.", "✓ Terraform does not lock itself out", "✓ nor the integration", "✓ nothing was written",
		"== 7. ", "✓ it holds Friday_Emergency", "✓ everybody's session lasts a day",
		"== 8. ", "$ terraform plan", `- "Friday_Emergency",`, `- "delete",`, `"TwentyFourHours" -> "SixtyMinutes"`, "✓ exit code 2",
		"== 9. ", "$ terraform apply", "0 added, 3 changed", "✓ the integration may not delete", "✓ it holds Billing_Sync", "✓ sessions last an hour",
		"== 10. ", "$ terraform destroy", `- resource "salesforce_session_settings" "org" { ... }`, "5 destroyed", "✓ the user is there, but inactive", "✓ it holds nothing", "✓ its profile is gone", "✓ the permission set is gone", "✓ the app is gone", "✓ sessions last as long as before",
		"The story took ", "make demo KEEP=1", "docs/index.md", "README.md",
	} {
		_, after, found := strings.Cut(rest, next)
		if !found {
			t.Fatalf("the story does not go on with %q:\n%s", next, rest)
		}
		rest = after
	}
}

// A change that the story knows nothing of is a surprise to the second plan.
func TestSurpriseEndsTheDemo(t *testing.T) {
	t.Parallel()
	d := &demo{}
	a := &audience{cue: "== 4. ", act: func() {
		if err := d.org.Freeze(billingUser, true); err != nil {
			t.Error(err)
		}
	}}
	if last := perform(t.Context(), t, d, a, 1); !strings.Contains(last, "terraform plan ended with exit status 2, not 0") {
		t.Errorf("it ends with %q", last)
	}
}

func TestFactThatDoesNotHoldEndsTheDemo(t *testing.T) {
	t.Parallel()
	d := &demo{}
	a := &audience{cue: "== 8. ", act: func() {
		if err := d.org.Update(d.user()["Id"].(string), map[string]any{"Email": "else@example.com"}); err != nil {
			t.Error(err)
		}
	}}
	if last := perform(t.Context(), t, d, a, 1); !strings.Contains(last, "is not: exit code 2: all three changes show, and nothing else") {
		t.Errorf("it ends with %q", last)
	}
}

// The org answers late, so that Terraform is in the middle of something when the interruption comes.
func TestInterruption(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	var interrupted time.Time
	d := &demo{color: true}
	a := &audience{cue: "$ terraform apply", act: func() {
		d.org.ResetRequests()
		d.org.Fail(sfmock.Match{}, -1, sfmock.Fault{Delay: time.Hour})
		go func() {
			for tick := time.NewTicker(10 * time.Millisecond); len(d.org.Requests(sfmock.Match{})) == 0; {
				<-tick.C
			}
			interrupted = time.Now()
			cancel()
		}()
	}}
	if last := perform(ctx, t, d, a, 130); !strings.Contains(last, "Interrupted") {
		t.Errorf("it ends with %q", last)
	}
	if took := time.Since(interrupted); took > 20*time.Second {
		t.Errorf("it took %s to stop, so Terraform was killed", took)
	}
	heard := a.heard.String()
	if strings.Contains(heard, overridesTitle) || !strings.Contains(heard, bold+"== 2. ") || !strings.Contains(heard, "\x1b[32m+") {
		t.Errorf("colours: %q", heard)
	}
}

var exports = regexp.MustCompile(`(?m)^ +(export .*|terraform .*)$`)

func TestKeep(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	a := &audience{cue: "Ctrl-C stops"}
	a.act = func() {
		defer cancel()
		_, turn, _ := strings.Cut(a.heard.String(), "Your turn")
		var lines []string
		for _, line := range exports.FindAllStringSubmatch(turn, -1) {
			lines = append(lines, line[1])
		}
		says, err := exec.CommandContext(t.Context(), "sh", "-ec", strings.Join(lines, "\n")+" -detailed-exitcode -no-color").CombinedOutput()
		if err != nil || !bytes.Contains(says, []byte("No changes.")) {
			t.Errorf("%v\n%s\n%s", err, lines, says)
		}
	}
	perform(ctx, t, &demo{keep: true}, a, 0)
}

func TestAbridged(t *testing.T) {
	t.Parallel()
	const plan = `
@0m  @32m+@0m@0m resource "salesforce_user" "new" {
      @32m+@0m@0m id   = (known after apply)
      @32m+@0m@0m name = "Ada"
    }
@0m  @31m-@0m@0m resource "salesforce_user" "old" {
      @31m-@0m@0m list = [
          @31m-@0m@0m "x",
        ] @90m-> null@0m@0m
    }
  @32m+@0m@0m output = (known after apply)
`
	const shown = `
@0m  @32m+@0m@0m resource "salesforce_user" "new" {
      @32m+@0m@0m name = "Ada"
    }
@0m  @31m-@0m@0m resource "salesforce_user" "old" { ... }
  @32m+@0m@0m output = (known after apply)
`
	for how, escape := range map[string]func(string) string{
		"in colours": func(text string) string { return strings.ReplaceAll(text, "@", "\x1b[") },
		"plain":      func(text string) string { return escapes.ReplaceAllString(strings.ReplaceAll(text, "@", "\x1b["), "") },
	} {
		if got := abridged(escape(plan)); got != escape(shown) {
			t.Errorf("%s: %q", how, got)
		}
	}
}

func TestNewEnough(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		`{"terraform_version": "1.11.0"}`:       "",
		`{"terraform_version": "1.12.0-beta1"}`: "",
		`{"terraform_version": "2.0.0"}`:        "",
		`{"terraform_version": "1.10.5"}`:       "version 1.10.5, which is too old. Install Terraform 1.11",
		`{"terraform_version": "0.13.7"}`:       "version 0.13.7, which is too old. Install Terraform 1.11",
		`{}`:                                    "does not tell its version. Install Terraform 1.11",
		`Terraform v0.11.1`:                     "does not tell its version. Install Terraform 1.11",
	} {
		_, err := newEnough([]byte(answer))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", answer, err, want)
		}
	}
}

func TestMissingTools(t *testing.T) {
	bin := t.TempDir()
	t.Setenv("PATH", bin)
	for name, want := range map[string]string{"go": "there is no terraform on PATH. Install Terraform", "terraform": "there is no go on PATH. Install Go"} {
		program := filepath.Join(bin, name)
		if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := findTools(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("only %s on PATH: %v, want %q", name, err, want)
		}
		if err := os.Remove(program); err != nil {
			t.Fatal(err)
		}
	}
}

func TestUserSettings(t *testing.T) {
	t.Setenv("TF_CLI_CONFIG_FILE", "mine")
	t.Setenv("SALESFORCE_USERNAME", "me@example.com")
	for _, pair := range command(t.Context(), "terraform").Env {
		if strings.Contains(pair, "mine") || strings.Contains(pair, "me@example.com") {
			t.Errorf("the demo's programs see %s", pair)
		}
	}
}
