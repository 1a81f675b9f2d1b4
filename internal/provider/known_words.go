package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// knownWords accepts sets of words that Salesforce knows, and says which one was probably meant.
type knownWords struct {
	noun  string // scope
	words []string
}

// Description implements validator.Set.
func (v knownWords) Description(context.Context) string {
	return "each " + v.noun + " is one of " + strings.Join(v.words, ", ")
}

// MarkdownDescription implements validator.Set.
func (v knownWords) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateSet implements validator.Set.
func (v knownWords) ValidateSet(ctx context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	for _, word := range stringsOf(ctx, req.ConfigValue, &resp.Diagnostics) {
		if slices.Contains(v.words, word) {
			continue
		}
		detail := fmt.Sprintf("Salesforce has no %s %q.", v.noun, word)
		if near := nearest(word, v.words); near != "" {
			detail += fmt.Sprintf(" Did you mean %q?", near)
		}
		resp.Diagnostics.AddAttributeError(req.Path, "Unknown "+v.noun, detail+fmt.Sprintf("\n\nIt has %s.", strings.Join(v.words, ", ")))
	}
}
