package provider

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var (
	// Salesforce's own check is stricter in places that it does not document; what passes here it may still refuse at apply.
	mailShape = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$`)
	idShape   = regexp.MustCompile(`^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$`)
	nameShape = regexp.MustCompile(`^[A-Za-z](_?[A-Za-z0-9])*$`)
)

func isMail() validator.String {
	return stringvalidator.RegexMatches(mailShape, "must have the form of an e-mail address, such as billing-sync@example.com")
}

func isID(prefix, object string) validator.String {
	return stringvalidator.All(
		stringvalidator.RegexMatches(idShape, "must be a record id of 15 or 18 characters"),
		stringvalidator.RegexMatches(regexp.MustCompile("^"+prefix), "must be the id of a "+object+", which starts with "+prefix),
	)
}

func isAPIName() validator.String {
	return stringvalidator.RegexMatches(nameShape, "must start with a letter, hold only letters, digits and single underscores, and not end with an underscore")
}

// plainText refuses what Salesforce would change or cut off: more characters than the column holds, and space at the ends,
// which it trims.
type plainText struct{ most int }

// Description implements validator.String.
func (v plainText) Description(context.Context) string {
	return fmt.Sprintf("at most %d characters, without space at either end", v.most)
}

// MarkdownDescription implements validator.String.
func (v plainText) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v plainText) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !isSet(req.ConfigValue) {
		return
	}
	value := req.ConfigValue.ValueString()
	if length := utf8.RuneCountInString(value); length > v.most {
		resp.Diagnostics.AddAttributeError(req.Path, "Value is too long", fmt.Sprintf("Salesforce holds at most %d characters here; this value has %d.", v.most, length))
	}
	if strings.TrimSpace(value) != value {
		resp.Diagnostics.AddAttributeError(req.Path, "Value has space at an end", "Salesforce trims it, so the plan would never become empty. Remove the space, or use trimspace().")
	}
}
