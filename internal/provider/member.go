package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// member is an attribute that stands for an element of a metadata component, whatever its shape. What a configuration writes is
// enforced; what it leaves out is read back and left alone.
type member interface {
	name() string
	row() field
	schema() schema.Attribute
	// read is the value of the element below a path; prior is kept where it means the same.
	read(component *sfclient.Component, part []string, prior attr.Value) attr.Value
}

// valueMember is a member with a value of its own, which is no group.
type valueMember interface {
	member
	// write puts a known value into the element below a path.
	write(component *sfclient.Component, part []string, value attr.Value)
	// same tells whether two values mean the same to Salesforce.
	same(a, b attr.Value) bool
}

func (f field) row() field { return f }

func (f field) same(a, b attr.Value) bool { return same(a, b) }

// plannedValue is what a member will be: what the configuration says, spelled as it stands where that means the same; where the
// configuration says nothing, what is there. prior is nil where nothing is there yet.
func plannedValue(ctx context.Context, m member, config, prior attr.Value) attr.Value {
	switch {
	case config.IsNull() && prior == nil:
		return valueOf(ctx, m, tftypes.UnknownValue)
	case config.IsNull():
		return prior
	case config.IsUnknown():
		return config
	}
	switch m := m.(type) {
	case group:
		return m.object(m.planned(ctx, partsOf(config), partsOf(prior)))
	case valueMember:
		if prior != nil && !prior.IsNull() && m.same(config, prior) {
			return prior
		}
	}
	return config
}

// valueOf is a member's null (nil) or unknown value.
func valueOf(ctx context.Context, m member, content any) attr.Value {
	kind := m.schema().GetType()
	value, err := kind.ValueFromTerraform(ctx, tftypes.NewValue(kind.TerraformType(ctx), content))
	if err != nil {
		return nil // null and unknown are values of every type
	}
	return value
}

// formMember is an element that is more than a flag, a word or a number.
type formMember struct {
	field
	form form
}

func (m formMember) schema() schema.Attribute { return m.form.schema(m.text) }

func (m formMember) read(component *sfclient.Component, part []string, prior attr.Value) attr.Value {
	found := m.form.read(component, append(part, m.element), prior)
	if prior != nil && isSet(prior) && m.same(prior, found) {
		return prior
	}
	return found
}

func (m formMember) write(component *sfclient.Component, part []string, value attr.Value) {
	m.form.write(component, append(part, m.element), value)
}

func (m formMember) same(a, b attr.Value) bool { return m.form.same(a, b) }
