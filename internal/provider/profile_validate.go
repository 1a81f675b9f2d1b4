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

// ValidateConfig finds what is wrong in any org.
func (r *profileResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config profileModel
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); resp.Diagnostics.HasError() {
		return
	}
	config.validate(&resp.Diagnostics)
}

func (c *profileContent) validate(diags *diag.Diagnostics) {
	for _, s := range profileSections {
		if !s.checks {
			written, _ := s.decode(s.value(c))
			s.validate(written, diags)
		}
	}
	all, _ := c.contents()
	oneDefault("applications", all["applications"], func(string) string { return "app" }, diags)
	oneDefault("record_types", all["record_types"], func(recordType string) string {
		object, _, _ := strings.Cut(recordType, ".")
		return "record type of " + object
	}, diags)
}

// oneDefault reports two defaults of one group.
func oneDefault(attribute string, written entries, group func(name string) string, diags *diag.Diagnostics) {
	first := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(written)) {
		if written[name] != defaultLevel {
			continue
		}
		if other, again := first[group(name)]; again {
			diags.AddAttributeError(path.Root(attribute).AtMapKey(name), "Two defaults in "+attribute,
				fmt.Sprintf("Only one %s can be the default; %q and %q are. Write \"Visible\" for one of them.", group(name), other, name))
			continue
		}
		first[group(name)] = name
	}
}
