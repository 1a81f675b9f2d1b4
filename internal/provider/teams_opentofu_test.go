package provider

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// tofu is OpenTofu in a folder of its own. A reattached provider is one process for all orgs, where OpenTofu starts one for each of them:
// the provider is a program here.
type tofu struct{ *cli }

// newTofu skips the test where OpenTofu is not on the PATH, and like every test that starts Terraform without TF_ACC=1.
func newTofu(t *testing.T) tofu {
	t.Helper()
	if os.Getenv(resource.EnvTfAcc) == "" { //nolint:forbidigo // the switch of the tests, no setting of the provider
		t.Skip("set TF_ACC=1 to run tests that start OpenTofu")
	}
	if _, err := exec.LookPath("tofu"); err != nil {
		t.Skip("OpenTofu is not installed: tofu is not on the PATH")
	}
	c, programs := &cli{dir: t.TempDir()}, t.TempDir()
	if said, err := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", programs, root).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	c.write(t, "tofu.rc", fmt.Sprintf("provider_installation {\n  dev_overrides { \"terraform-salesforce/salesforce\" = %q }\n}\n", programs))
	c.write(t, "versions.tf", "terraform {\n  required_providers { salesforce = { source = \"terraform-salesforce/salesforce\" } }\n}\n")
	c.environment = []string{"TF_INPUT=0", "TF_CLI_CONFIG_FILE=" + filepath.Join(c.dir, "tofu.rc")}
	return tofu{c}
}

// does runs a command, and wants it to pass and to say something.
func (c tofu) does(t *testing.T, says string, args ...string) {
	t.Helper()
	said, err := c.command(t, "tofu", append(args, "-no-color")...).CombinedOutput()
	if err != nil || !strings.Contains(string(said), says) {
		t.Fatalf("tofu %s: %v\n%s", args[0], err, said)
	}
}

// drives says which orgs there are, and which of them get something.
func (c tofu) drives(t *testing.T, orgs map[string]*testOrg, managed map[string]bool) {
	t.Helper()
	all := map[string]any{}
	for name, o := range orgs {
		all[name] = map[string]any{"login_url": o.url, "client_id": appConsumerKey, "username": o.AdministratorUsername(), "managed": managed[name]}
	}
	text, err := json.Marshal(map[string]any{"orgs": all})
	if err != nil {
		t.Fatal(err)
	}
	c.write(t, "orgs.auto.tfvars.json", string(text))
}

// The guide's configuration for OpenTofu drives two orgs in one run, sees what changes in one of them, and lets the other go.
func TestAccTeamsOpenTofu(t *testing.T) {
	t.Parallel()
	c := newTofu(t)
	text, err := os.ReadFile(filepath.Join(root, teamsFolder, "many-orgs.tofu"))
	if err != nil {
		t.Fatal(err)
	}
	c.write(t, "many-orgs.tofu", string(text))
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(c.dir, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	orgs := map[string]*testOrg{"dev": newOrg(t), "production": newOrg(t)}
	for name := range orgs {
		c.write(t, "keys/"+name+".key", keys[0])
	}

	c.drives(t, orgs, map[string]bool{"dev": true, "production": true})
	c.does(t, "4 added", "apply", "-auto-approve")
	for name, o := range orgs {
		o.id(t, "User", "Username", "billing-sync@"+name+".example.com")
	}
	c.does(t, "No changes", "plan")

	dev, production := orgs["dev"], orgs["production"]
	dev.update(t, dev.id(t, "PermissionSet", "Name", "Billing_Sync"), map[string]any{"Label": "By hand"})
	c.drives(t, orgs, map[string]bool{"dev": true})
	c.does(t, "0 added, 1 changed, 2 destroyed", "apply", "-auto-approve")
	if label := dev.Find("PermissionSet", "Name", "Billing_Sync")["Label"]; label != "Billing Sync" {
		t.Errorf("the label in dev is %v", label)
	}
	if production.Find("PermissionSet", "Name", "Billing_Sync") != nil {
		t.Error("production still has the permission set")
	}
	delete(orgs, "production")
	c.drives(t, orgs, map[string]bool{"dev": true})
	c.does(t, "No changes", "plan")
}
