package main

// beforeReading keeps how the mock org is reached, and has the words that the steps are told in.
const beforeReading = `
set -euo pipefail
mock=$SALESFORCE_LOGIN_URL key=$SALESFORCE_PRIVATE_KEY_FILE client=$SALESFORCE_CLIENT_ID who=$SALESFORCE_USERNAME token=$SF_ACCESS_TOKEN
export mock token
provider='terraform {
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}'

# nobody_signs_in leaves it to the page how to sign in.
nobody_signs_in() { unset SALESFORCE_LOGIN_URL SALESFORCE_CLIENT_ID SALESFORCE_USERNAME SALESFORCE_PRIVATE_KEY_FILE; }

# records are those of an object, for jq.
records() { curl -sSf "$mock/_sfmock/records/$1"; }

# made applies a configuration in a folder of its own, with the variables that follow.
made() {
  local folder=$1; shift
  mkdir -p $folder
  echo "$provider" >$folder/terraform.tf
  cat >$folder/main.tf
  terraform -chdir=$folder init >/dev/null
  terraform -chdir=$folder apply -auto-approve "$@"
}

# signed_in shows that the environment signs in.
signed_in() {
  made signed_in <<'EOF'
data "salesforce_organization" "this" {}
output "signed_in_to" { value = data.salesforce_organization.this.name }
EOF
}

# app_with makes the app of the page with a certificate, as the page tells to do it in Setup.
app_with() {
  made app -var certificate="$PWD/$1" <<'EOF'
variable "certificate" { type = string }
resource "salesforce_external_client_app" "pipeline" {
  name          = "Pipeline"
  label         = "Pipeline"
  contact_email = "integrations@example.com"
  oauth = {
    scopes        = ["Api", "RefreshToken"]
    callback_urls = ["https://login.salesforce.com/services/oauth2/success"]
    jwt_bearer    = { certificate = file(var.certificate) }
  }
  policies = {
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    profiles                    = ["System Administrator"]
  }
}
output "client" { value = salesforce_external_client_app.pipeline.consumer_key }
EOF
  client=$(terraform -chdir=app output -raw client)
}
`

// signedIn is what signed_in says.
const signedIn = `signed_in_to = "Example Corporation"`

// billingOrg has what the guides import.
const billingOrg = `made org <<'EOF'
resource "salesforce_permission_set" "billing" {
  name  = "Billing_Sync"
  label = "Billing Sync"
}
resource "salesforce_permission_set" "audit" {
  name  = "Setup_Audit"
  label = "Setup Audit"
}
resource "salesforce_integration_user" "billing" {
  username        = "billing-sync@example.com"
  last_name       = "Billing Sync"
  email           = "integrations@example.com"
  permission_sets = [salesforce_permission_set.billing.name]
}
resource "salesforce_permission_set_assignment" "auditor" {
  username       = "sam.seller@example.com"
  permission_set = salesforce_permission_set.audit.name
}
EOF
`

// readings are those of all pages that tell to type something but the mock org's own and the modules'.
var readings = map[string]reading{
	"README.md": {
		needs: []string{"openssl"},
		shows: map[string]string{"https://example--dev.sandbox.my.salesforce.com": "$mock", "3MVG9...": "$client", "terraform@example.com.dev": "$who"},
		steps: []step{
			{provenBy: "TestStory"},
			{after: "app_with server.crt; nobody_signs_in"},
			{after: "signed_in"},
			{
				before: `built=$(dirname "$(find "$(dirname "$TF_CLI_CONFIG_FILE")" -name 'terraform-provider-salesforce_*')")
mkdir gopath; ln -s "$built" gopath/bin; export GOPATH=$PWD/gopath
make() { test "$1" = install; }`,
			},
			{before: `mkdir -p examples/guides; cp -r "$REPO/examples/guides/getting-started" examples/guides`},
		},
		says: []string{signedIn, "Provider development overrides are in effect", "2 to add"},
	},
	"docs/index.md": {
		needs: []string{"openssl"},
		steps: []step{{after: "app_with server.crt; export SALESFORCE_CLIENT_ID=$client SALESFORCE_PRIVATE_KEY_FILE=$PWD/server.key; signed_in"}},
		says:  []string{signedIn},
	},
	"docs/guides/getting-started.md": {
		needs: []string{"jq"},
		setUp: `nobody_signs_in; cp "$REPO/examples/guides/getting-started/main.tf" .`,
		steps: []step{
			{},
			{},
			{},
			{
				before: `set=$(records PermissionSet | jq -r '.[] | select(.Name == "Billing_Sync").Id')
rights=$(records ObjectPermissions | jq -r --arg set "$set" '.[] | select(.ParentId == $set).Id')
curl -sSf -X PATCH -d '{"PermissionsDelete": true}' "$mock/_sfmock/records/$rights"`,
				exit: 2,
			},
			{},
		},
		says: []string{"2 to add", "2 added", "-", `"delete"`, "1 to change", "2 destroyed"},
	},
	"docs/guides/importing-an-existing-org.md": {
		setUp: billingOrg + `echo "$provider" >terraform.tf; terraform init`,
		steps: []step{
			{since: 14, before: `cp "$REPO/examples/guides/importing/1.tfquery.hcl" .`, after: `grep billing-sync@example.com org.tf; rm org.tf *.tfquery.hcl`},
			{
				before: `cp "$REPO/examples/guides/importing/2.tf" .
case $(terraform version) in *v1.1[6-9]*) sed -i 's/^import {/&\n  provider = salesforce/' 2.tf; esac # as the page says`,
				after: `grep 'resource "salesforce_permission_set_assignment" "auditor"' org.tf; cp "$REPO/examples/guides/importing/2.tf" .`,
			},
			{provenBy: "TestAccPlansEmpty"},
			{provenBy: "TestAccPlansEmpty"},
			{after: "terraform plan -detailed-exitcode"},
		},
		says: []string{"3 to import, 0 to add, 0 to change, 0 to destroy", "3 imported, 0 added, 0 changed, 0 destroyed", "No changes."},
	},
	"docs/guides/many-orgs-many-people.md": {steps: []step{{provenBy: "TestAccTeams"}}},
	"docs/guides/mfa-readiness.md": {
		setUp: `cp -r "$REPO/examples/mfa-report" "$REPO/examples/modules" .; cd mfa-report; terraform init`,
		steps: []step{{after: `grep '<h1>MFA readiness of Example Corporation</h1>' report.html`}},
		says:  []string{"MFA readiness of"},
	},
	"docs/guides/moving-from-hashicorp-salesforce.md": {
		needs: []string{"jq"},
		setUp: billingOrg + `
users() { records User | jq -c '.[] | select(.Username | startswith("sam.") or startswith("billing-"))'; }
users | jq -s '{version: 4, terraform_version: "1.5.7", serial: 1, lineage: "0d9a3b5c-7a1e-4a53-a7a8-7e0f0d9a3b5c", outputs: {}, resources: map({
  mode: "managed", type: "salesforce_user", name: (if .LastName == "Seller" then "jane" else "billing" end), provider: "provider[\"registry.terraform.io/hashicorp/salesforce\"]",
  instances: [{schema_version: 0, attributes: {
    id: .Id, username: .Username, email: .Email, alias: .Alias, last_name: .LastName, profile_id: .ProfileId, user_role_id: .UserRoleId, email_encoding_key: .EmailEncodingKey,
    language_locale_key: .LanguageLocaleKey, locale_sid_key: .LocaleSidKey, time_zone_sid_key: .TimeZoneSidKey, reset_password: false}}]})}' >terraform.tfstate
user() { users | jq -r --arg last "$2" --arg name "$1" 'select(.LastName == $last) |
  "resource \"salesforce_user\" \"\($name)\" {\n  username = \"\(.Username)\"\n  last_name = \"\(.LastName)\"\n  email = \"\(.Email)\"\n  profile_id = \"\(.ProfileId)\"\n}"'; }
`,
		steps: []step{
			{after: "test -s before.tfstate"},
			{
				before: `echo "$provider" >terraform.tf; { user jane Seller; user billing "Billing Sync"; } >main.tf`,
				after:  `user jane_doe Seller >main.tf; cp "$REPO"/examples/guides/moving-from-hashicorp/[23].tf .; terraform apply`,
			},
			{after: "terraform state pull"},
		},
		says: []string{"Successfully replaced provider", "No changes.", "has moved to salesforce_integration_user.billing", "0 added, 0 changed, 0 destroyed", "hashicorp/salesforce"},
	},
	"docs/guides/production-and-sandboxes.md": {
		flags: []string{"-sandbox"},
		setUp: `cp "$REPO/examples/guides/production-and-sandboxes/main.tf" .; echo "$provider" >terraform.tf; terraform init`,
		shows: map[string]string{"https://example--dev.sandbox.my.salesforce.com": "$mock", "3MVG9...": "$client", "terraform@example.com.dev": "$who"},
		steps: []step{{}},
		says:  []string{"billing-sync@example.com.dev", "2 to add"},
	},
	"docs/guides/rotating-credentials.md": {
		needs: []string{"openssl"},
		setUp: `openssl req -x509 -newkey rsa:2048 -nodes -keyout old.key -out old.crt -days 365 -subj "/CN=billing"; app_with old.crt`,
		steps: []step{{after: `app_with new.crt
export SALESFORCE_CLIENT_ID=$client SALESFORCE_PRIVATE_KEY_FILE=$PWD/new.key
signed_in
export SALESFORCE_PRIVATE_KEY_FILE=$PWD/old.key
if signed_in 2>&1; then exit 1; fi`}},
		says: []string{"0 added, 1 changed", signedIn, "invalid assertion"},
	},
	"docs/guides/sign-in-with-an-access-token.md": {
		needs: []string{"jq"},
		setUp: "nobody_signs_in",
		steps: []step{{after: "signed_in"}},
		says:  []string{signedIn},
	},
	"docs/guides/sign-in-with-client-credentials.md": {
		needs: []string{"jq"},
		setUp: `{ cat "$REPO/examples/guides/sign-in/app.tf"; cat <<'EOF'
resource "salesforce_metadata" "secrets" {
  type      = "ExternalClientAppSettings"
  full_name = "ExternalClientApp"
  content   = { enableClientSecretInRestApiAccess = true }
}
output "app" { value = salesforce_external_client_app.terraform.id }
output "client" { value = salesforce_external_client_app.terraform.consumer_key }
EOF
} | made app
client=$(terraform -chdir=app output -raw client) app=$(terraform -chdir=app output -raw app)
credentials() { curl -sSf -H "Authorization: Bearer $token" "$mock/services/data/v68.0/apps/oauth/credentials/$1"; }
secret=$(credentials "$app/$(credentials $app | jq -r '.consumers[0].id')?part=keyandsecret" | jq -r '.. | .secret? // empty')
nobody_signs_in`,
		shows: map[string]string{"https://example.my.salesforce.com": "$mock", "3MVG9...": "$client", "=...": "=$secret"},
		steps: []step{{after: "signed_in"}},
		says:  []string{signedIn},
	},
	"docs/guides/sign-in-with-jwt.md": {
		needs: []string{"openssl"},
		shows: map[string]string{"https://example--dev.sandbox.my.salesforce.com": "$mock", "3MVG9...": "$client", "terraform@example.com.dev": "$who"},
		steps: []step{{after: "app_with server.crt; nobody_signs_in"}, {after: "signed_in"}},
		says:  []string{signedIn},
	},
	"docs/guides/testing-with-sfmock.md": {
		setUp: `cp -r "$REPO"/cmd/sfmock/testdata/module/. .; cp -r "$REPO/cmd/sfmock/testdata/org" force-app`,
		steps: []step{{before: "terraform init"}, {}, {}},
		says:  []string{"2 passed, 0 failed", "2 passed, 0 failed", "Apply complete!"},
	},
}
