package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// tool is a program that the demo needs.
type tool struct {
	name   string
	advice string // what to do when it is not there
}

var (
	goTool        = tool{"go", "Install Go 1.26 or newer (https://go.dev/dl) and try again."}
	terraformTool = tool{"terraform", "Install Terraform 1.11 or newer (https://developer.hashicorp.com/terraform/install) and try again."}
)

const terraformMajor, terraformMinor = 1, 11

func (t tool) find() error {
	if _, err := exec.LookPath(t.name); err != nil {
		return fmt.Errorf("there is no %s on PATH. %s", t.name, t.advice)
	}
	return nil
}

// newEnough reads the answer of "terraform version -json" and returns the version.
func newEnough(answer []byte) (string, error) {
	var about struct {
		Version string `json:"terraform_version"`
	}
	var major, minor int
	if err := json.Unmarshal(answer, &about); err != nil {
		return "", fmt.Errorf("read what terraform says of its version: %w", err)
	}
	if _, err := fmt.Sscanf(about.Version, "%d.%d", &major, &minor); err != nil {
		return "", fmt.Errorf("read Terraform's version %q: %w", about.Version, err)
	}
	if major < terraformMajor || major == terraformMajor && minor < terraformMinor {
		return "", fmt.Errorf("the terraform on PATH is version %s, which is too old. %s", about.Version, terraformTool.advice)
	}
	return about.Version, nil
}

// stopTime is how long an interrupted program gets to put its things away.
const stopTime = 10 * time.Second

// command is a program that is interrupted, not killed, when the demo is.
func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.WaitDelay = stopTime
	return c
}
