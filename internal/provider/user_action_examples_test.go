package provider

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// actionAddress is the first line of an action block.
var actionAddress = regexp.MustCompile(`(?m)^action "(\w+)" "(\w+)"`)

// userActionOutcomes tell by action whether its example has happened.
var userActionOutcomes = map[string]func(o *testOrg) bool{
	"salesforce_freeze_user":   func(o *testOrg) bool { return o.frozen(o.userID(integrationName)) },
	"salesforce_unfreeze_user": func(o *testOrg) bool { return !o.frozen(o.userID(integrationName)) },
	"salesforce_unlock_user": func(o *testOrg) bool {
		return o.Find("UserLogin", "UserId", o.userID(seller))["IsPasswordLocked"] == false
	},
	"salesforce_reset_user_password": func(o *testOrg) bool {
		return o.Find("User", "Username", seller)["LastPasswordChangeDate"] != nil
	},
	"salesforce_revoke_user_sessions": func(o *testOrg) bool {
		return o.Find("AuthSession", "UsersId", o.userID(integrationName)) == nil && len(o.Records("OauthToken")) == 0
	},
}

// The examples of actions do what they say. Those of the rotation are its three steps, in their order.
func TestActionExamples(t *testing.T) {
	t.Parallel()
	for _, file := range exampleFiles(t, "actions/*/action.tf") {
		name := filepath.Base(filepath.Dir(file))
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			if name == rotateType {
				robotAppOrg(t, o)
				o.openCredentials(t)
			} else {
				o.inTrouble(t, name == "salesforce_unfreeze_user")
			}
			p, secret := o.speak(t), o.AppSecret(robotApp)
			for _, block := range exampleBlocks(t, file) {
				config := nestedConfig(t, p.all.ActionSchemas[name].Schema, block)
				if block.Type != "action" || block.Labels[0] != name {
					t.Fatalf("%s is no action of %s", block.Labels, name)
				}
				if name == rotateType {
					config["name"] = tfText(robotApp)
				}
				failed(t, nil, p.planAction(t, name, config))
				_, diags := p.invoke(t, name, config)
				failed(t, nil, diags)
			}
			happened := userActionOutcomes[name]
			if name == rotateType {
				happened = func(o *testOrg) bool { return o.AppSecret(robotApp) != secret }
			}
			if happened == nil || !happened(o) {
				t.Error("nothing happened")
			}
		})
	}
}

// The examples of actions on users do what they say, as Terraform invokes them.
func TestAccUserActionExamples(t *testing.T) {
	t.Parallel()
	for name, happened := range userActionOutcomes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			example, err := os.ReadFile(filepath.Join(root, "examples/actions", name, "action.tf"))
			if err != nil {
				t.Fatal(err)
			}
			o := newOrg(t)
			o.inTrouble(t, name == "salesforce_unfreeze_user")
			if happened(o) {
				t.Fatal("there is nothing to do")
			}
			address := actionAddress.FindSubmatch(example)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: factories,
				TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
				Steps: []resource.TestStep{{
					Config: o.provider + string(example) + fmt.Sprintf(`
resource "terraform_data" "trigger" {
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.%s.%s]
    }
  }
}
`, address[1], address[2]),
					Check: func(*terraform.State) error {
						if !happened(o) {
							return fmt.Errorf("%s did nothing", name)
						}
						return nil
					},
				}},
			})
		})
	}
}

func (o *testOrg) userID(username string) string {
	id, _ := o.Find("User", "Username", username)["Id"].(string)
	return id
}

// inTrouble makes an integration that is signed in, or frozen, and locks the seller out.
func (o *testOrg) inTrouble(t *testing.T, frozen bool) {
	t.Helper()
	o.insert(t, "User", person(integrationName, o.profile(t, apiOnlyProfiles[0])))
	o.update(t, o.id(t, "UserLogin", "UserId", o.userID(seller)), map[string]any{"IsPasswordLocked": true})
	if _, err := o.AddOAuthToken("Terraform", integrationName); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(o.OpenPages(integrationName), o.Freeze(integrationName, frozen)); err != nil {
		t.Fatal(err)
	}
}
