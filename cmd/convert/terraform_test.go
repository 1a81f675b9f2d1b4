package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const module = "github.com/terraform-salesforce/terraform-provider-salesforce"

const providerTF = `
terraform {
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}
`

// The org that the files came from is imported without a change.
func TestAccPlansEmpty(t *testing.T) {
	t.Parallel()
	plansEmpty(t, func(string, string) string { return sample })
}

// So is an org of which somebody retrieves more than was ever deployed: settings as a whole, profiles with what Salesforce gave them.
func TestAccRetrieved(t *testing.T) {
	t.Parallel()
	plansEmpty(t, func(url, token string) string {
		return retrieved(t, url, token, map[string][]string{
			"CustomObject": {"Account", "Shipment__c"}, "ApexClass": {"*"}, "CustomPermission": {"*"}, "RemoteSiteSetting": {"*"},
			"Profile": {"Billing Robots", "Minimum Access - Salesforce"}, "PermissionSet": {"*"}, "PermissionSetGroup": {"*"}, "MutingPermissionSet": {"*"},
			"ProfileSessionSetting": {"*"}, "ProfilePasswordPolicy": {"*"},
			"ExternalClientApplication": {"*"}, "ExtlClntAppConfigurablePolicies": {"*"}, "ExtlClntAppGlobalOauthSettings": {"*"},
			"ExtlClntAppOauthConfigurablePolicies": {"*"}, "ExtlClntAppOauthSettings": {"*"}, "ConnectedApp": {"*"},
			"Settings": {"Security", "OauthOidc", "MyDomain", "Sharing", "IdentityProvider", "ConnectedApp"},
		})
	})
}

// plansEmpty imports what a folder of the sample's org becomes.
func plansEmpty(t *testing.T, folder func(url, token string) string) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs Terraform: set TF_ACC=1")
	}
	org := sampleOrg(t)
	server, err := org.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	token, err := org.Token(org.AdministratorUsername())
	if err != nil {
		t.Fatal(err)
	}
	configuration, _, err := converted(t, folder(server.URL, token))
	if err != nil {
		t.Fatal(err)
	}
	org.ResetRequests()
	work := folderOf(t, map[string]string{"imported.tf": configuration, "provider.tf": providerTF})
	environment := append(os.Environ(), "TF_CLI_CONFIG_FILE="+builtProvider(t), "CHECKPOINT_DISABLE=1", "SALESFORCE_INSTANCE_URL="+server.URL, "SALESFORCE_ACCESS_TOKEN="+token,
		fmt.Sprintf("TF_VAR_organization_id=%s", org.Records("Organization")[0]["Id"]))
	terraform := func(arguments ...string) string {
		c := exec.CommandContext(t.Context(), "terraform", append(arguments, "-no-color", "-input=false")...)
		c.Dir, c.Env = work, environment
		said, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("terraform %v: %v\n%s", arguments, err, said)
		}
		return string(said)
	}
	want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", strings.Count(configuration, "\nimport {"))
	if said := terraform("plan"); !strings.Contains(said, want) {
		t.Fatalf("no %q in\n%s", want, said)
	}
	terraform("apply", "-auto-approve")
	terraform("plan", "-detailed-exitcode") // whose exit code 2 stands for changes
	for _, kind := range []string{"metadata write", "collection", "deploy"} {
		if n := len(org.Requests(sfmock.Match{Kind: kind})); n > 0 {
			t.Errorf("the import makes %d requests of the kind %s", n, kind)
		}
	}
}

// sampleOrg is an org to which the sample was deployed.
func sampleOrg(t *testing.T) *sfmock.Org {
	t.Helper()
	org := sfmock.New(sfmock.Options{})
	if _, err := org.Seed(os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	return org
}

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
