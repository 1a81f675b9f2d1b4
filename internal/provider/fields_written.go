package provider

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// differences are lines that say what would become of the fields that differ, for a warning.
func (all fields) differences(plan, now attributes) []string {
	var lines []string
	for _, f := range all.differing(plan, now) {
		if !plan[f.name()].IsNull() {
			lines = append(lines, fmt.Sprintf("%s: %s becomes %s", f.name(), textOr(now[f.name()], "nothing"), textOr(plan[f.name()], "nothing")))
		}
	}
	return lines
}

// checkTaken reports what Salesforce said that it wrote but did not.
func (all fields) checkTaken(plan, after attributes, setup string, diags *diag.Diagnostics) {
	if diags.HasError() {
		return
	}
	for _, f := range all.differing(plan, after) {
		diags.AddAttributeError(path.Root(f.name()), "Salesforce does not take the setting",
			fmt.Sprintf("Salesforce accepted %s = %s without an error, and keeps %s all the same: it may be locked by the platform, belong to a feature that the org lacks, or exclude another setting. "+
				"The other settings are written. Remove the attribute, or set it to what the org has; %s shows it.",
				f.element, textOf(plan[f.name()]), textOr(after[f.name()], "no value"), setup))
	}
}

// checkOthers tells of fields that changed with those that were written.
func (all fields) checkOthers(noun string, found, after attributes, owned fields, diags *diag.Diagnostics) {
	var moved []string
	for _, f := range all.differing(after, found) {
		if !slices.ContainsFunc(owned, f.is) {
			moved = append(moved, fmt.Sprintf("%s: %s became %s", f.name(), textOr(found[f.name()], "nothing"), textOr(after[f.name()], "nothing")))
		}
	}
	if moved != nil {
		diags.AddWarning("Other "+noun+" changed too", "Salesforce, or somebody else at the same time, changed settings that the configuration leaves out:\n"+listed(moved))
	}
}

// settle makes a plan the state after an apply: what was unknown is what is there, and so is what should have become otherwise.
func (all fields) settle(plan, after attributes, owned fields) {
	for _, f := range all {
		if name := f.name(); plan[name].IsUnknown() || !same(plan[name], after[name]) && slices.ContainsFunc(owned, f.is) {
			plan[name] = after[name]
		}
	}
}

// columns tells which attribute stands for an element.
func (all fields) columns() columns {
	known := columns{}
	for _, f := range all {
		known[f.element] = f.name()
	}
	return known
}

// is tells whether two rows are one.
func (f field) is(other field) bool { return f.element == other.element }

func textOr(value attr.Value, otherwise string) string { return cmp.Or(textOf(value), otherwise) }
