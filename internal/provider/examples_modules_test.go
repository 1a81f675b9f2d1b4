package provider

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// example applies an example that uses modules of this repository, for which a test step has no init.
func (o *testOrg) example(t *testing.T, name string) *cli {
	t.Helper()
	c := o.cli(t)
	examples, err := filepath.Abs(filepath.Join(root, "examples"))
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(examples, name)
	files, err := filepath.Glob(filepath.Join(folder, "*.tf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no example %s (%v)", name, err)
	}
	there := strings.NewReplacer(`"../modules/`, `"`+examples+`/modules/`, "${path.module}", folder)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c.write(t, filepath.Base(file), there.Replace(string(withoutProvider.ReplaceAll(text, nil))))
	}
	c.run(t, "get")
	c.run(t, "apply", "-auto-approve")
	return c
}

// What shows the modules in use applies to a fresh org, plans empty afterwards, and can be destroyed.
func TestAccModuleExamples(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"integrations", "baseline"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			before := o.session("sessionTimeout")
			c := o.example(t, name)
			c.unchanged(t)
			if name == "baseline" && o.session("sessionTimeout") == before {
				t.Errorf("sessions still end after %s", before)
			}
			c.run(t, "destroy", "-auto-approve")
			if after := o.session("sessionTimeout"); after != before {
				t.Errorf("sessions ended after %s before, and %s now", before, after)
			}
		})
	}
}

var localsBlock = regexp.MustCompile(`(?ms)^locals \{.*?^\}\n`)

// What a module's README shows applies to a fresh org, too, with the map of integrations that it points to. The ephemeral token is asked
// for from the integration's own addresses.
func TestAccModuleReadmes(t *testing.T) {
	t.Parallel()
	modules, err := filepath.Abs(filepath.Join(root, "examples/modules"))
	if err != nil {
		t.Fatal(err)
	}
	there := strings.NewReplacer("github.com/terraform-salesforce/terraform-provider-salesforce//examples/modules", modules, "${path.module}", filepath.Join(modules, "../integrations"))
	for _, name := range []string{"integration", "mfa-audit", "org-baseline"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.openCredentials(t)
			o.SetSourceIP("192.0.2.7")
			c := o.cli(t)
			var config strings.Builder
			for _, s := range snippets(t, "examples/modules/"+name+"/README.md") {
				if s.language == "terraform" {
					config.WriteString(s.code + "\n")
				}
			}
			if name == "integration" {
				text, err := os.ReadFile(filepath.Join(root, "examples/integrations/main.tf"))
				if err != nil {
					t.Fatal(err)
				}
				config.Write(localsBlock.Find(text))
			}
			c.write(t, "main.tf", there.Replace(config.String()))
			c.run(t, "get")
			c.run(t, "apply", "-auto-approve")
			c.unchanged(t)
		})
	}
}
