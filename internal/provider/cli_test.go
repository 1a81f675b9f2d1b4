package provider

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// address is how Terraform knows the provider.
const address = "registry.terraform.io/terraform-salesforce/salesforce"

// cli is Terraform in a folder of its own, with the provider of this process. It is for commands that have no test step.
type cli struct {
	dir         string
	environment []string // besides this process's own
}

// cli needs TF_ACC=1 like every test that starts Terraform. The provider answers to its own address, and to others that a state names.
func (o *testOrg) cli(t *testing.T, others ...string) *cli {
	t.Helper()
	if os.Getenv(resource.EnvTfAcc) == "" { //nolint:forbidigo // the switch of the tests, no setting of the provider
		t.Skip("set TF_ACC=1 to run tests that start Terraform")
	}
	c := &cli{dir: t.TempDir(), environment: []string{"CHECKPOINT_DISABLE=1", "TF_INPUT=0", "TF_REATTACH_PROVIDERS=" + serve(t, append(others, address))}}
	c.write(t, "provider.tf", `
terraform {
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}
`+o.provider)
	return c
}

// serve starts the provider and returns how Terraform reaches it.
func serve(t *testing.T, addresses []string) (reattach string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	started, stopped := make(chan *plugin.ReattachConfig), make(chan struct{})
	failed := make(chan error, 1)
	go func() {
		failed <- tf6server.Serve(address, func() tfprotov6.ProviderServer {
			server, _ := factories["salesforce"]()
			return server
		}, tf6server.WithDebug(ctx, started, stopped), tf6server.WithGoPluginLogger(hclog.NewNullLogger()), tf6server.WithLoggingSink(t), tf6server.WithoutLogStderrOverride())
	}()
	t.Cleanup(func() { stop(); <-stopped })
	var config *plugin.ReattachConfig
	select {
	case config = <-started:
	case err := <-failed:
		t.Fatal(err)
	}
	reached := map[string]any{}
	for _, a := range addresses {
		reached[a] = map[string]any{
			"Protocol": config.Protocol, "ProtocolVersion": config.ProtocolVersion, "Pid": config.Pid, "Test": config.Test,
			"Addr": map[string]string{"Network": config.Addr.Network(), "String": config.Addr.String()},
		}
	}
	text, err := json.Marshal(reached)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (c *cli) write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, file), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (c *cli) read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// command is one that is about to run in the folder.
func (c *cli) command(t *testing.T, program string, args ...string) *exec.Cmd {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, args...)
	command.Dir, command.Env = c.dir, append(command.Environ(), c.environment...)
	return command
}

// run runs a command, whose exit code has to be 0, and returns what it says.
func (c *cli) run(t *testing.T, args ...string) string {
	t.Helper()
	said, err := c.command(t, "terraform", append(args, "-no-color")...).CombinedOutput()
	if err != nil {
		t.Fatalf("terraform %s: %v\n%s", args[0], err, said)
	}
	return string(said)
}

// unchanged checks that a plan has nothing to do.
func (c *cli) unchanged(t *testing.T) {
	t.Helper()
	c.run(t, "plan", "-detailed-exitcode", "-out=unchanged.tfplan") // exit code 2 stands for changes
}
