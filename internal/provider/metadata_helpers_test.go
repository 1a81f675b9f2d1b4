package provider

import (
	"maps"
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// parts and rows write a content as Terraform's configurations do.
type (
	parts = map[string]any
	rows  = []any
)

func dynamicValue(v any) tftypes.Value {
	switch v := v.(type) {
	case parts:
		kinds, values := map[string]tftypes.Type{}, map[string]tftypes.Value{}
		for name, part := range v {
			values[name] = dynamicValue(part)
			kinds[name] = values[name].Type()
		}
		return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, values)
	case rows:
		kinds, values := make([]tftypes.Type, len(v)), make([]tftypes.Value, len(v))
		for i, entry := range v {
			values[i] = dynamicValue(entry)
			kinds[i] = values[i].Type()
		}
		return tftypes.NewValue(tftypes.Tuple{ElementTypes: kinds}, values)
	case bool:
		return tftypes.NewValue(tftypes.Bool, v)
	case int:
		return tftypes.NewValue(tftypes.Number, v)
	case string:
		return textValue(v)
	case tftypes.Value:
		return v
	}
	return tftypes.NewValue(tftypes.DynamicPseudoType, nil)
}

var notYet = tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)

// plain is a value of Terraform in Go's types.
func plain(t *testing.T, v tftypes.Value) any {
	t.Helper()
	switch {
	case v.IsNull():
		return nil
	case v.Type().Is(tftypes.Object{}):
		object := parts{}
		for name, part := range as[map[string]tftypes.Value](t, v) {
			object[name] = plain(t, part)
		}
		return object
	case v.Type().Is(tftypes.Tuple{}):
		entries := rows{}
		for _, entry := range as[[]tftypes.Value](t, v) {
			entries = append(entries, plain(t, entry))
		}
		return entries
	case v.Type().Is(tftypes.Bool):
		return as[bool](t, v)
	case v.Type().Is(tftypes.Number):
		number := as[big.Float](t, v)
		return number.String()
	}
	return as[string](t, v)
}

func as[T any](t *testing.T, v tftypes.Value) T {
	t.Helper()
	var into T
	if err := v.As(&into); err != nil {
		t.Fatal(err)
	}
	return into
}

// metadataConfig is a configuration with a content.
func metadataConfig(kind, name string, content any) map[string]tftypes.Value {
	return map[string]tftypes.Value{"type": textValue(kind), "full_name": textValue(name), "content": dynamicValue(content)}
}

// having is a configuration with something else in it.
func having(config map[string]tftypes.Value, attribute string, v tftypes.Value) map[string]tftypes.Value {
	config = maps.Clone(config)
	config[attribute] = v
	return config
}

// metadata is a resource with the defaults that its schema brings along.
func (p *protocol) metadata(t *testing.T, config map[string]tftypes.Value) (*instance, map[string]tftypes.Value) {
	t.Helper()
	if _, given := config["check_only"]; !given {
		config = having(config, "check_only", tftypes.NewValue(tftypes.Bool, false))
	}
	return p.resource(metadataType), config
}

func siteContent() parts {
	return parts{"url": "https://billing.example.com", "isActive": true, "disableProtocolSecurity": false, "description": "Invoices"}
}

// lookAgain refreshes, and checks that the plan is empty then.
func (i *instance) lookAgain(t *testing.T, config map[string]tftypes.Value) {
	t.Helper()
	failed(t, nil, i.read(t))
	if changed := i.changes(t, config); len(changed) > 0 {
		t.Errorf("the next plan changes %v", changed)
	}
}
