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

// The examples of actions on users do what they say, as Terraform invokes them.
func TestAccUserActionExamples(t *testing.T) {
	t.Parallel()
	for name, happened := range map[string]func(o *testOrg) bool{
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
	} {
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
