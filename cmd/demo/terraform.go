package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// advice says how to get a program that the demo needs.
var advice = map[string]string{
	"go":        "Install Go 1.26 or newer (https://go.dev/dl) and try again.",
	"terraform": "Install Terraform 1.11 or newer (https://developer.hashicorp.com/terraform/install) and try again.",
}

// findTools looks for what the demo needs on PATH and returns Terraform's version.
func findTools(ctx context.Context) (version string, err error) {
	for name, install := range advice {
		if _, err := exec.LookPath(name); err != nil {
			return "", fmt.Errorf("there is no %s on PATH. %s", name, install)
		}
	}
	answer, err := output(command(ctx, "terraform", "version", "-json"))
	if err != nil {
		return "", fmt.Errorf("ask Terraform for its version: %w", err)
	}
	return newEnough(answer)
}

// newEnough reads the answer of "terraform version -json".
func newEnough(answer []byte) (version string, err error) {
	var about struct {
		Version string `json:"terraform_version"`
	}
	var major, minor int
	_ = json.Unmarshal(answer, &about) // an answer that can't be read has no version
	if _, err := fmt.Sscanf(about.Version, "%d.%d", &major, &minor); err != nil {
		return "", fmt.Errorf("the terraform on PATH does not tell its version. %s", advice["terraform"])
	}
	if major < 1 || major == 1 && minor < 11 {
		return "", fmt.Errorf("the terraform on PATH is version %s, which is too old. %s", about.Version, advice["terraform"])
	}
	return about.Version, nil
}

// userSettings are variables for Terraform and for an org that the user has; the demo's programs see none of them.
var userSettings = regexp.MustCompile(`^(TF|TERRAFORM|SALESFORCE)_`)

// command is a program that is interrupted when the demo is, and only killed when it takes no notice.
func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.WaitDelay = 30 * time.Second
	c.Env = append(slices.DeleteFunc(os.Environ(), userSettings.MatchString), "CHECKPOINT_DISABLE=1", "TF_INPUT=0")
	return c
}

// output runs a command that is not part of the story. The error says what the command says.
func output(c *exec.Cmd) ([]byte, error) {
	answer, err := c.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil, fmt.Errorf("%w\n%s", err, bytes.TrimSpace(exit.Stderr))
	}
	return answer, err
}

// overridesTitle is of the warning that comes with each command while a provider is built from source. It says nothing new here.
const overridesTitle = "Provider development overrides are in effect"

var (
	escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")
	// overridesWarning has a frame only in colours.
	overridesWarning = regexp.MustCompile(`(?s)(\S*╷\S*\n)?[^\n]*Warning: [^\n]*` + overridesTitle + `.*?releases\.\n(\S*╵\S*\n)?`)
	// What plans list at length is left out: attributes that they know nothing of, and what is in the resources that they destroy.
	knownAfterApply = regexp.MustCompile(`(?m)^ {6,}\S*\+\S* \w+ += \(known after apply\)\S*\n`)
	destroyed       = regexp.MustCompile(`(?ms)^(\S*  \S*-\S* resource "[^\n]*\{)\n.*?^    \}`)
	blankLines      = regexp.MustCompile(`\n{3,}`)
)

// terraform runs a command in front of the audience. Another exit code than the expected is an error.
func (d *demo) terraform(ctx context.Context, line string, expected int) error {
	d.say("  " + d.styled(bold, "$ terraform "+line))
	args := strings.Fields(line)
	if !d.color {
		args = append(args, "-no-color")
	}
	c := command(ctx, "terraform", args...)
	c.Dir, c.Env = d.work, append(c.Env, d.environment...)
	answer, err := c.CombinedOutput()
	if c.ProcessState == nil || ctx.Err() != nil {
		return err
	}
	d.quote(abridged(string(answer)))
	if c.ProcessState.ExitCode() != expected {
		return fmt.Errorf("terraform %s ended with %s, not %d; its own words are above", args[0], c.ProcessState, expected)
	}
	return nil
}

// abridged is what the audience sees of Terraform's words.
func abridged(answer string) string {
	shown := overridesWarning.ReplaceAllString(answer, "")
	shown = knownAfterApply.ReplaceAllString(shown, "")
	shown = destroyed.ReplaceAllString(shown, "$1 ... }")
	return blankLines.ReplaceAllString(shown, "\n\n")
}
