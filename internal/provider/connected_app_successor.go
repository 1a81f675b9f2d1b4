package provider

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// renamedScopes are those that external client apps know by another name. Source: Metadata API guide, ExtlClntAppOauthSettings.
var renamedScopes = map[string]string{"SFAP": "SFApiPlatform"}

// externalClientApp is the configuration of an external client app that does what a connected app would. Its lines are
// indented, because Terraform wraps those of a diagnostic that are not.
func externalClientApp(config attributes) string {
	oauth, app := oauthOf(config), hcl{}
	app.open(`resource "salesforce_external_client_app" ` + hclText(strings.ToLower(textOf(config["name"]))) + " {")
	for _, name := range []string{"name", "label", "contact_email", "description"} {
		app.set(name, config[name])
	}
	if oauth != nil {
		app.open("oauth = {")
		app.set("scopes", renamed(oauth["scopes"]))
		app.set("callback_urls", oauth["callback_urls"])
		if oauth["is_client_credential_enabled"].Equal(types.BoolValue(true)) {
			app.open("client_credentials = {")
			app.set("run_as", oauth[runAsAttribute])
			app.close()
		}
		if pem := oauth["certificate"]; hasContent(pem) {
			app.open("jwt_bearer = {")
			app.set("certificate", pem)
			app.close()
		}
		app.close()
		if oauth["is_admin_approved"].Equal(types.BoolValue(true)) {
			app.open("policies = {")
			app.set("permitted_users_policy_type", types.StringValue("AdminApprovedPreAuthorized"))
			app.set("permission_sets", config[appSetsAttribute])
			app.set("profiles", config[appProfilesAttribute])
			app.close()
		}
	}
	app.close()
	return app.text.String()
}

// renamed are the scopes as external client apps know them.
func renamed(scopes attr.Value) attr.Value {
	if !isSet(scopes) {
		return scopes
	}
	names := namesIn(scopes)
	for i, name := range names {
		names[i] = cmp.Or(renamedScopes[name], name)
	}
	return nameSetOf(names)
}

// hasContent tells whether a value says something, or will once it is known.
func hasContent(value attr.Value) bool {
	return value.IsUnknown() || certificateIn(value) != "" || textOf(value) != "" || namesIn(value) != nil
}

// hcl writes a configuration.
type hcl struct {
	text  strings.Builder
	depth int
}

func (h *hcl) line(text string) {
	fmt.Fprintf(&h.text, "  %s%s\n", strings.Repeat("  ", h.depth), text)
}

func (h *hcl) open(text string) {
	h.line(text)
	h.depth++
}

func (h *hcl) close() {
	h.depth--
	h.line("}")
}

// set writes an attribute that says something. What nobody knows yet is left to the reader.
func (h *hcl) set(name string, value attr.Value) {
	certificate := strings.TrimSpace(certificateIn(value))
	switch {
	case value.IsUnknown():
		h.line("# " + name + " = as in this resource")
	case !hasContent(value):
	case certificate != "":
		h.open(name + " = <<-PEM")
		for line := range strings.Lines(certificate) {
			h.line(strings.TrimSpace(line))
		}
		h.depth--
		h.line("PEM")
	case namesIn(value) != nil:
		var words []string
		for _, word := range namesIn(value) {
			words = append(words, hclText(word))
		}
		h.line(name + " = [" + strings.Join(words, ", ") + "]")
	default:
		h.line(name + " = " + hclText(textOf(value)))
	}
}

var hclEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "${", "$${", "%{", "%%{")

// hclText is a text as a configuration writes it.
func hclText(text string) string { return `"` + hclEscapes.Replace(text) + `"` }
