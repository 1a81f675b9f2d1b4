package provider

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
)

// ledgerApp is the configuration of a connected app that signs in by both flows of integrations.
func ledgerApp(t *testing.T, pem string) attributes {
	t.Helper()
	config, oauth := attributes{"name": types.StringValue("Ledger_Sync")}, attributes{}
	for _, m := range connectedApp.members {
		config[m.name()] = valueOf(t.Context(), m, nil)
	}
	for _, m := range connectedAppOAuth.members {
		oauth[m.name()] = valueOf(t.Context(), m, nil)
	}
	config["label"] = types.StringValue(`The "${ledger}"`)
	config["contact_email"] = types.StringValue("ledger@example.com")
	config["permission_sets"] = nameSetOf([]string{"Ledger"})
	oauth["scopes"] = nameSetOf([]string{"SFAP", "RefreshToken", "Api"})
	oauth["callback_urls"] = nameSetOf([]string{"https://example.com/callback"})
	oauth["is_admin_approved"] = types.BoolValue(true)
	oauth["is_client_credential_enabled"] = types.BoolValue(true)
	oauth[runAsAttribute] = types.StringValue(integrationName)
	oauth["certificate"] = text{types.StringValue(pem), &certificate}
	config["oauth"] = connectedAppOAuth.object(oauth)
	return config
}

// The configuration of an external client app has what the connected app's had, in its own words.
func TestExternalClientAppOfConnectedApp(t *testing.T) {
	t.Parallel()
	config := ledgerApp(t, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
	config["contact_email"] = types.StringUnknown()
	const want = `  resource "salesforce_external_client_app" "ledger_sync" {
    name = "Ledger_Sync"
    label = "The \"$${ledger}\""
    # contact_email = as in this resource
    oauth = {
      scopes = ["Api", "RefreshToken", "SFApiPlatform"]
      callback_urls = ["https://example.com/callback"]
      client_credentials = {
        run_as = "` + integrationName + `"
      }
      jwt_bearer = {
        certificate = <<-PEM
          -----BEGIN CERTIFICATE-----
          AAAA
          -----END CERTIFICATE-----
        PEM
      }
    }
    policies = {
      permitted_users_policy_type = "AdminApprovedPreAuthorized"
      permission_sets = ["Ledger"]
    }
  }
`
	if got := externalClientApp(config); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What the error proposes applies as it stands.
func TestProposedExternalClientAppApplies(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.set(t, "Ledger")
	o.insert(t, "User", person(integrationName, o.profile(t, apiOnlyProfiles[0])))
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	o.play(t, nothing, resource.TestStep{
		Config:           externalClientApp(ledgerApp(t, keys[1])),
		ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		Check: func(*terraform.State) error {
			if app := o.Find(appKind, "DeveloperName", "Ledger_Sync"); app["MasterLabel"] != `The "${ledger}"` {
				return fmt.Errorf("the org has %v", app)
			}
			return nil
		},
	})
}
