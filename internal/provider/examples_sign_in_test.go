package provider

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// signInExamples are the provider blocks that pages show, with who signs in by them.
var signInExamples = map[string]string{
	"provider/provider.tf":                 "",
	"guides/sign-in/jwt.tf":                "",
	"guides/sign-in/client-credentials.tf": robotName,
	"guides/sign-in/access-token.tf":       "",
	"guides/moving-from-hashicorp/1.tf":    "",
	"guides/lockout-guard/provider.tf":     "",
}

// Each provider block signs in where the org, the app and the user have the names that it shows, with what it takes from files and
// variables.
func TestAccSignInExamples(t *testing.T) {
	t.Parallel()
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	for file, who := range signInExamples {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			c := o.cli(t)
			robotAppOrg(t, o)
			if who == "" {
				who = o.AdministratorUsername()
			}
			token, err := o.Token(who)
			if err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(filepath.Join(root, "examples", file))
			if err != nil {
				t.Fatal(err)
			}
			config := strings.NewReplacer(
				"https://example.my.salesforce.com", o.url,
				"3MVG9example.consumer.key", o.robotKey(t), "3MVG9...", o.robotKey(t),
				"terraform@example.com", who,
				"00D...", token,
				"${path.module}", c.dir, // the provider runs in this process, not in that folder
				"provider \"salesforce\" {\n  lockout_protection", strings.TrimSuffix(strings.TrimSpace(o.provider), "}")+"  lockout_protection", // which says nothing of how to sign in
			).Replace(string(text))
			if !strings.Contains(config, "required_providers") {
				config += "terraform {\n  required_providers {\n    salesforce = { source = \"terraform-salesforce/salesforce\" }\n  }\n}\n"
			}
			c.write(t, "provider.tf", config+"data \"salesforce_user\" \"own\" {\n  username = \""+who+"\"\n}\noutput \"id\" {\n  value = data.salesforce_user.own.id\n}\n")
			c.write(t, "server.key", keys[0])
			c.environment = append(c.environment, "TF_VAR_client_secret="+o.AppSecret(robotApp))
			if said := c.run(t, "apply", "-auto-approve"); !strings.Contains(said, o.userID(who)) {
				t.Error(said)
			}
			if login := o.Find("LoginHistory", "UserId", o.userID(who)); login == nil && !strings.Contains(file, "access-token") {
				t.Errorf("%s has not signed in", who)
			}
		})
	}
}
