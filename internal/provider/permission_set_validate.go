package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// ValidateConfig finds what is wrong in any org. It goes once over all entries, because validators of single elements take too long
// for thousands of them.
func (r *permissionSetResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config permissionSetModel
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); resp.Diagnostics.HasError() {
		return
	}
	config.validate(&resp.Diagnostics)
}

func (c *permissionContent) validate(diags *diag.Diagnostics) {
	for _, s := range permissionSections {
		written, _ := entriesIn(s.value(c))
		s.validate(written, diags)
	}
}

// validate reports what no org takes.
func (s *shape) validate(written entries, diags *diag.Diagnostics) {
	names := slices.Sorted(maps.Keys(written))
	s.validateNames(names, diags)
	wrong := 0
	for _, name := range names {
		problem := s.problem(name, written[name])
		if problem == "" {
			continue
		}
		if wrong++; wrong <= mostListed {
			diags.AddAttributeError(path.Root(s.attribute).AtMapKey(name), "Invalid entry "+name, problem)
		}
	}
	if wrong > mostListed {
		diags.AddAttributeError(path.Root(s.attribute), "Invalid entries", fmt.Sprintf("%d more entries of %s are invalid.", wrong-mostListed, s.attribute))
	}
}

// validateNames reports names that Salesforce would trim, and names that are one to Salesforce.
func (s *shape) validateNames(names []string, diags *diag.Diagnostics) {
	var spaced, repeated []string
	seen := make(map[string]string, len(names))
	for _, name := range names {
		if strings.TrimSpace(name) != name || name == "" {
			spaced = append(spaced, fmt.Sprintf("%q", name))
		}
		if other, again := seen[s.canonical(name)]; again {
			repeated = append(repeated, fmt.Sprintf("%q and %q", other, name))
		}
		seen[s.canonical(name)] = name
	}
	if spaced != nil {
		diags.AddAttributeError(path.Root(s.attribute), "Name is empty or has space at an end", listed(spaced))
	}
	if repeated != nil {
		diags.AddAttributeError(path.Root(s.attribute), "Two names for one thing", "To Salesforce these are the same; keep one of them.\n"+listed(repeated))
	}
}

// problem says what is wrong with an entry, "" if nothing is.
func (s *shape) problem(name, words string) string {
	for word := range strings.FieldsSeq(words) {
		if s.words == nil || slices.Contains(s.words, word) {
			continue
		}
		problem := fmt.Sprintf("%q is none of the words that can stand here: %s.", word, quoted(s.words))
		if near := nearest(word, s.words); near != "" {
			problem += fmt.Sprintf(" Did you mean %q?", near)
		}
		return problem
	}
	if s.check != nil {
		return s.check(name, words)
	}
	return ""
}

// incomplete says which rights on an object are missing beside others, "" if none is.
func incomplete(words []string) string {
	var missing, because []string
	for _, right := range objectRights {
		if !slices.Contains(words, right.word) {
			continue
		}
		for _, needed := range right.needs {
			if !slices.Contains(words, needed) {
				because = append(because, right.word)
				missing = append(missing, needed)
			}
		}
	}
	if missing == nil {
		return ""
	}
	unique := func(words []string) string { slices.Sort(words); return quoted(slices.Compact(words)) }
	return fmt.Sprintf("Salesforce grants %s only together with other rights. Add %s.", unique(because), unique(missing))
}

// mostListed is how many names one diagnostic lists.
const mostListed = 20

// listed puts lines below each other, as many as can be read.
func listed(lines []string) string {
	if more := len(lines) - mostListed; more > 0 {
		return strings.Join(lines[:mostListed], "\n") + fmt.Sprintf("\nand %d more", more)
	}
	return strings.Join(lines, "\n")
}
