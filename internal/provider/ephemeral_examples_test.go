package provider

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// The examples of ephemeral resources apply to an org that has their app, and leave no secret anywhere.
func TestAccEphemeralExamples(t *testing.T) { //nolint:paralleltest // the log is switched on in the environment
	files, err := filepath.Glob(filepath.Join(root, "examples/ephemeral-resources/*/ephemeral-resource.tf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples (%v)", err)
	}
	for _, file := range files { //nolint:paralleltest // as above
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			log := traced(t)
			config, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			o := newOrg(t)
			robotAppOrg(t, o)
			o.openCredentials(t)
			secrets := []string{o.AppSecret(robotApp), o.tokenStart()}
			o.test(t, nothing, resource.TestStep{
				Config:            strings.NewReplacer("Billing_Sync", robotApp, "https://example.my.salesforce.com", o.url).Replace(string(config)),
				ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{noSecretPlanned(secrets...)}, PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
				ConfigStateChecks: []statecheck.StateCheck{noSecretStored(secrets...)},
			})
			if user := o.Find("User", "Username", robotName); user["LastLoginDate"] == nil {
				t.Error("the integration has not signed in")
			}
			log.holdsNone(t, secrets...)
		})
	}
}
