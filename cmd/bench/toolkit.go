package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const module = "github.com/terraform-salesforce/terraform-provider-salesforce"

// toolkit is Terraform with freshly built providers, in a temporary folder.
type toolkit struct {
	dir, terraform, version string
	env                     []string
	folders                 int
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
	kit := &toolkit{dir: dir, terraform: terraform}
	if err := kit.fill(ctx); err != nil {
		kit.remove()
		return nil, err
	}
	return kit, nil
}

// fill builds the providers and tells Terraform to use them.
func (k *toolkit) fill(ctx context.Context) error {
	build := exec.CommandContext(ctx, "go", "build", "-o", k.dir+string(filepath.Separator), module, module+"/cmd/bench/terraform-provider-bare")
	if _, err := output(build); err != nil {
		return err
	}
	settings := filepath.Join(k.dir, "terraform.tfrc")
	text := fmt.Sprintf(`
provider_installation {
  dev_overrides {
    "terraform-salesforce/salesforce" = %[1]q
    "terraform-salesforce/bare"       = %[1]q
  }
}
`, k.dir)
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

func (k *toolkit) remove() { _ = os.RemoveAll(k.dir) }

// output runs a command; the error of one that fails ends with what it said.
func output(command *exec.Cmd) ([]byte, error) {
	var stderr bytes.Buffer
	command.Stderr = &stderr
	answer, err := command.Output()
	if err != nil {
		said := append(slices.Clone(answer), stderr.Bytes()...)
		const most = 4000
		return answer, fmt.Errorf("%s: %w\n%s", strings.Join(command.Args, " "), err, said[max(0, len(said)-most):])
	}
	return answer, nil
}
