package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

const module = "github.com/terraform-salesforce/terraform-provider-salesforce"

// programs are the packages of the providers that are built, by the last part of their address.
var programs = map[string]string{"salesforce": module, "bare": module + "/cmd/bench/terraform-provider-bare"}

// toolkit is Terraform with freshly built providers and a place for states, in a temporary folder.
type toolkit struct {
	dir, terraform, version string
	env                     []string
	states                  *stateServer
	workspaces              int
}

func newToolkit(ctx context.Context) (*toolkit, error) {
	terraform, err := exec.LookPath("terraform")
	if err != nil {
		return nil, fmt.Errorf("find Terraform: %w", err)
	}
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	kit := &toolkit{dir: dir, terraform: terraform, states: serveStates()}
	if err := kit.fill(ctx); err != nil {
		kit.remove()
		return nil, err
	}
	return kit, nil
}

func (k *toolkit) remove() {
	k.states.Close()
	_ = os.RemoveAll(k.dir)
}

// fill builds the providers into a mirror, which needs no registry, and tells Terraform to install from there alone.
func (k *toolkit) fill(ctx context.Context) error {
	mirror := filepath.Join(k.dir, "mirror")
	for name, program := range programs {
		file := filepath.Join(mirror, "registry.terraform.io", "terraform-salesforce", name, "0.0.1", runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-"+name)
		if _, err := output(exec.CommandContext(ctx, "go", "build", "-o", file, program)); err != nil {
			return err
		}
	}
	settings := filepath.Join(k.dir, "settings.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		return fmt.Errorf("configure Terraform: %w", err)
	}
	k.env = append(withoutSettings(os.Environ()), "TF_CLI_CONFIG_FILE="+settings, "CHECKPOINT_DISABLE=1")
	var err error
	k.version, err = k.terraformVersion(ctx)
	return err
}

// withoutSettings drops a developer's own settings of Terraform and sign-in to Salesforce.
func withoutSettings(env []string) []string {
	return slices.DeleteFunc(env, func(variable string) bool {
		return strings.HasPrefix(variable, "TF_") || strings.HasPrefix(variable, "SALESFORCE_")
	})
}

func (k *toolkit) terraformVersion(ctx context.Context) (string, error) {
	command := exec.CommandContext(ctx, k.terraform, "version", "-json")
	command.Env = k.env
	answer, err := output(command)
	if err != nil {
		return "", err
	}
	var about struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal(answer, &about); err != nil {
		return "", fmt.Errorf("read Terraform's version: %w", err)
	}
	return about.Version, nil
}

// output runs a command; the error of one that fails ends with what it said last.
func output(command *exec.Cmd) ([]byte, error) {
	var stderr bytes.Buffer
	command.Stderr = &stderr
	answer, err := command.Output()
	if err != nil {
		const most = 4000
		said := slices.Concat(answer, stderr.Bytes())
		return answer, fmt.Errorf("%s: %w\n%s", strings.Join(command.Args, " "), err, said[max(0, len(said)-most):])
	}
	return answer, nil
}
