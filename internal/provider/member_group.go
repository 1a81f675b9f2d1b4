package provider

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// group is an object of members: a part of a component with elements of its own, or the whole component.
type group struct {
	field
	typ     string // the metadata type
	members []member
}

func (g group) schema() schema.Attribute {
	return schema.SingleNestedAttribute{MarkdownDescription: g.text, Optional: true, Computed: true, Attributes: g.attributes()}
}

func (g group) attributes() map[string]schema.Attribute {
	all := make(map[string]schema.Attribute, len(g.members))
	for _, m := range g.members {
		all[m.name()] = m.schema()
	}
	return all
}

func (g group) read(component *sfclient.Component, part []string, prior attr.Value) attr.Value {
	part = append(slices.Clone(part), g.element)
	if !component.Has(part...) {
		return types.ObjectNull(g.kinds())
	}
	values := partsOf(prior)
	if values == nil {
		values = attributes{}
	}
	g.readInto(values, component, part)
	return g.object(values)
}

// readInto takes the values of all members out of a component into values, which hold what they were.
func (g group) readInto(values attributes, component *sfclient.Component, part []string) {
	for _, m := range g.members {
		values[m.name()] = m.read(component, part, values[m.name()])
	}
}

// planned is what the members will be; see plannedValue.
func (g group) planned(ctx context.Context, config, prior attributes) attributes {
	values := make(attributes, len(g.members))
	for _, m := range g.members {
		values[m.name()] = plannedValue(ctx, m, config[m.name()], prior[m.name()])
	}
	return values
}

// object is the object with these values.
func (g group) object(values attributes) attr.Value { return types.ObjectValueMust(g.kinds(), values) }

func (g group) kinds() map[string]attr.Type {
	kinds := make(map[string]attr.Type, len(g.members))
	for _, m := range g.members {
		kinds[m.name()] = m.schema().GetType()
	}
	return kinds
}

// partsOf are the values within an object; nil for one that is null, unknown or not there.
func partsOf(value attr.Value) attributes {
	object, ok := value.(types.Object)
	if !ok || !isSet(object) {
		return nil
	}
	return object.Attributes()
}

// memberChange is a member that means something else than it should.
type memberChange struct {
	valueMember
	part []string
	at   path.Path
	to   attr.Value
}

// changes are the members that config writes and whose values in plan and found don't mean the same. What is not known yet is none.
func (g group) changes(config, plan, found attributes) []memberChange {
	return g.changesAt(config, plan, found, nil, path.Empty())
}

func (g group) changesAt(config, plan, found attributes, part []string, at path.Path) []memberChange {
	var all []memberChange
	for _, m := range g.members {
		name := m.name()
		written, to, from := config[name], plan[name], found[name]
		if written == nil || written.IsNull() || to == nil || to.IsUnknown() {
			continue
		}
		switch m := m.(type) {
		case group:
			all = append(all, m.changesAt(partsOf(written), partsOf(to), partsOf(from), append(slices.Clone(part), m.element), at.AtName(name))...)
		case valueMember:
			if from == nil || !m.same(to, from) {
				all = append(all, memberChange{m, part, at.AtName(name), to})
			}
		}
	}
	return all
}

// settle makes a plan the state after an apply: what was unknown is what was found.
func (g group) settle(ctx context.Context, plan, found attributes) {
	for _, m := range g.members {
		name := m.name()
		sub, isGroup := m.(group)
		switch {
		case plan[name].IsUnknown() && found[name] == nil:
			plan[name] = valueOf(ctx, m, nil)
		case plan[name].IsUnknown():
			plan[name] = found[name]
		case isGroup && !plan[name].IsNull():
			values := partsOf(plan[name])
			sub.settle(ctx, values, partsOf(found[name]))
			plan[name] = sub.object(values)
		}
	}
}

// columns tells which top attribute holds an element, for errors that blame one.
func (g group) columns() columns {
	known := columns{}
	for _, m := range g.members {
		known[m.row().element] = m.name()
		if sub, isGroup := m.(group); isGroup {
			for element := range sub.columns() {
				known[element] = m.name()
			}
		}
	}
	return known
}

// check reports what this API version lacks, and what a part can't be without. prior is nil where the part is not there yet.
func (g group) check(version int, config, prior attributes, at path.Path, diags *diag.Diagnostics) {
	known, _ := sfschema.LookupType(g.typ)
	written := false
	for _, m := range g.members {
		row, value, here := m.row(), config[m.name()], at.AtName(m.name())
		written = written || !value.IsNull()
		element, _ := known.Field(row.element)
		switch {
		case row.since > version && !value.IsNull():
			row.addTooNew(diags, here, version)
		case element.Required && (value.IsNull() && prior == nil || isEmpty(value)):
			diags.AddAttributeError(here, "Required attribute is missing", fmt.Sprintf("Salesforce takes no %s without %s. Write it.", g.noun(), row.element))
		}
		if sub, isGroup := m.(group); isGroup && isSet(value) {
			sub.check(version, partsOf(value), partsOf(prior[m.name()]), here, diags)
		}
	}
	if !written && prior == nil {
		diags.AddAttributeError(at, "Nothing is written", fmt.Sprintf("There is no %s yet, and Salesforce keeps none that is empty. Write at least one of its attributes, or leave it out.", g.noun()))
	}
}

// noun is what Salesforce calls the part.
func (g group) noun() string {
	if g.element != "" {
		return g.element
	}
	return g.typ
}

// isEmpty tells whether a value is known and says nothing.
func isEmpty(value attr.Value) bool {
	switch v := value.(type) {
	case types.String:
		return isSet(v) && v.ValueString() == ""
	case nameSet:
		return isSet(v) && len(v.Elements()) == 0
	}
	return false
}
