package provider

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// columns tells which attribute stands for a Salesforce field, so that a refusal lands where it can be mended.
type columns map[string]string

// addError turns any failure into a diagnostic: what was tried, Salesforce's own words and code, and what to do next. attributes
// may be nil; with it, a refusal that blames a field is reported on the field's attribute.
func addError(diags *diag.Diagnostics, verb, noun, name string, err error, attributes ...columns) {
	summary := "Unable to " + verb + " " + noun
	if name != "" {
		summary += fmt.Sprintf(" %q", name)
	}
	detail := explain(err)
	if refused, ok := errors.AsType[*sfclient.Error](err); ok {
		for _, field := range refused.Fields {
			for _, known := range attributes {
				if attribute := known[field]; attribute != "" {
					diags.AddAttributeError(path.Root(attribute), summary, detail)
					return
				}
			}
		}
	}
	diags.AddError(summary, detail)
}

// explain says what went wrong in Salesforce's words, and what to do.
func explain(err error) string {
	var detail strings.Builder
	refused, isRefusal := errors.AsType[*sfclient.Error](err)
	switch {
	case isRefusal && refused.Code != "":
		fmt.Fprintf(&detail, "Salesforce says: %s (%s", strings.ReplaceAll(strings.TrimSpace(refused.Message), "<br>", " "), refused.Code)
		if len(refused.Fields) > 0 {
			fmt.Fprintf(&detail, " on %s", strings.Join(refused.Fields, ", "))
		}
		detail.WriteString(").")
	case isRefusal:
		detail.WriteString(upperFirst(refused.Message) + ".")
	default:
		detail.WriteString(upperFirst(err.Error()) + ".")
	}
	if uncertain, ok := errors.AsType[*sfclient.UncertainError](err); ok && uncertain != nil {
		detail.WriteString("\n\nThe connection failed after the change was sent, so Salesforce may have made it. Run terraform plan: it shows what is true of a resource now, and applying again finishes the rest. An action can be invoked again.")
	}
	if isRefusal {
		if advice := advise(refused); advice != "" {
			detail.WriteString("\n\n" + advice)
		}
	}
	return detail.String()
}

// advise is one next step for a refusal, chosen by its code.
func advise(refused *sfclient.Error) string {
	if refused.Code == "REQUEST_LIMIT_EXCEEDED" && refused.Usage != "" {
		return adviceByCode[refused.Code] + " Salesforce counts " + refused.Usage + "."
	}
	return adviceByCode[refused.Code]
}

var adviceByCode = map[string]string{
	"INSUFFICIENT_ACCESS":                                 "The user that the provider signs in as lacks a permission. The documentation of what failed lists those that it needs.",
	"INSUFFICIENT_ACCESS_OR_READONLY":                     "The user that the provider signs in as lacks a permission. The documentation of what failed lists those that it needs.",
	"INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY":       "The user that the provider signs in as may not use a record that this one refers to.",
	"API_CURRENTLY_DISABLED":                              "The user that the provider signs in as needs the permission API Enabled.",
	"API_DISABLED_FOR_ORG":                                "The org's edition has no API access, or the user's licence does not.",
	"INVALID_FIELD":                                       "A column that is not there is often one that the signed-in user may not see: User.ProfileId needs View Setup and Configuration, User.UserRoleId needs View Roles and Role Hierarchy.",
	"LICENSE_LIMIT_EXCEEDED":                              "All seats are taken. Deactivate a user who holds one, or buy more: Setup > Company Information shows the licences.",
	"REQUEST_LIMIT_EXCEEDED":                              "The org's API requests of the last 24 hours, shared by all its integrations, are used up. Wait until the count falls: Setup > Company Information shows it.",
	"UNABLE_TO_LOCK_ROW":                                  "Another change held the record for all that time. Apply again when it is through.",
	"ALREADY_IN_PROCESS":                                  "Another change to the org's setup, such as a deployment, was running for all that time. Apply again when it is through: Setup > Deployment Status.",
	"INVALID_SESSION_ID":                                  "The access token has expired, was revoked, is for another org, or its app lacks the scope \"api\". Get a new one (sf org auth show-access-token), or let the provider sign in by itself with a client id.",
	"INVALID_OPERATION_WITH_EXPIRED_PASSWORD":             "The password of the user that the provider signs in as has expired. Set a new one, and give API-only users the permission Password Never Expires.",
	"CANNOT_DISABLE_LAST_ADMIN":                           "Somebody must be able to administer the org: activate another system administrator first.",
	"DUPLICATE_USERNAME":                                  "A username is taken for ever, in all orgs, by inactive users too. Choose another one; it need not be an address that receives mail.",
	"DUPLICATE_COMM_NICKNAME":                             "Leave community_nickname out, so that Salesforce makes one up, or choose another.",
	"INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE": "The org is read-only during maintenance. Apply again afterwards: status.salesforce.com shows when it ends.",
}

// inUseCodes are the codes by which Salesforce refuses to delete what something else needs.
var inUseCodes = []string{"DELETE_FAILED", "DEPENDENCY_EXISTS", "FIELD_INTEGRITY_EXCEPTION"}

// addDeleteError reports a refused delete, with what to do where the reason is that something else needs the thing.
func addDeleteError(diags *diag.Diagnostics, noun, name string, err error, whenInUse string) {
	if refused, ok := errors.AsType[*sfclient.Error](err); ok && slices.Contains(inUseCodes, refused.Code) {
		diags.AddError(fmt.Sprintf("Unable to delete %s %q", noun, name), explain(err)+"\n\n"+whenInUse)
		return
	}
	addError(diags, "delete", noun, name, err)
}

// addUnfinished reports a step that failed after the thing itself was written. It is a warning: an error at creation would make
// Terraform destroy and create again what is already there, while the next plan shows the rest and the next apply does it.
func addUnfinished(diags *diag.Diagnostics, verb, noun, name string, err error) {
	diags.AddWarning(fmt.Sprintf("Unable to %s %s %q", verb, noun, name),
		"The "+noun+" itself is there and tracked in the state. "+explain(err)+"\n\nRun terraform plan: it shows what is missing, and applying again finishes it.")
}

// addNameTaken says that the org has a thing of a name already, and how to manage it.
func addNameTaken(diags *diag.Diagnostics, noun, typeName, name, importID string) {
	diags.AddAttributeError(path.Root("name"), upperFirst(noun)+" name is taken",
		fmt.Sprintf("The org has a %s %q already.\n\nTo manage that one, import it:\n  %s\nOr choose another name.", noun, name, importCommand(typeName, importID)))
}

// importCommand imports a thing by its import id.
func importCommand(typeName, id string) string {
	return "terraform import " + typeName + ".<name> " + id
}

// addGoneWarning says that a thing that Terraform tracks is not there any more.
func addGoneWarning(diags *diag.Diagnostics, noun, name string) {
	diags.AddWarning(fmt.Sprintf("%s %q is gone", upperFirst(noun), name),
		"It was deleted outside Terraform, or the signed-in user can't see it any more. It is taken out of the state; as long as it stands in the configuration, the next apply creates it again.")
}

func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
