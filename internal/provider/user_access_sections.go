package provider

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// accessSection is a part of what somebody may do: an attribute, and its value for what there is of each kind of right.
type accessSection struct {
	attribute, text string
	element         attr.Type // of a map, nil for a set of names
	value           func(held map[string]entries) attr.Value
}

// accessSections have the names and shapes of the sections of permission sets, as far as those have them. What there is of setup
// entities differs from org to org.
var accessSections = slices.Concat(nameAccessSections(), []accessSection{
	{
		"object_permissions", "Object permissions: by object, a set of `" + strings.Join(rightWords(), "`, `") + "`. What `ModifyAllData` opens is included.",
		setOfNames, func(held map[string]entries) attr.Value {
			return wholeMap(held[sfclient.ObjectRight], setOfNames, wordSet)
		},
	},
	{
		"field_permissions", "Field permissions: by field, such as `Account.Industry`, either `read` or `edit`, which includes `read`. Fields that everybody can see, such as required ones, have none.",
		types.StringType, func(held map[string]entries) attr.Value {
			return wholeMap(held[sfclient.FieldRight], types.StringType, oneWord)
		},
	},
	{"other_setup_entities", "Other setup entities: by `SetupEntityType`, such as `TabSet`, a set of ids.", setOfNames, otherEntities},
})

// namedKinds are the kinds of rights that are told as sets of names.
var namedKinds = []struct{ kind, attribute, text string }{
	{sfclient.UserRight, "user_permissions", "User permissions, such as `ViewSetup`."},
	{"ApexClass", "apex_classes", "Apex classes that can be called." + orByID},
	{"ApexPage", "apex_pages", "Visualforce pages that can be opened." + orByID},
	{"CustomPermission", "custom_permissions", "Custom permissions." + orByID},
	{"FlowDefinition", "flows", "Flows that can be run." + orByID},
	{"ConnectedApplication", "connected_apps", "Connected apps that can be used." + orByID},
	{"ExternalClientApplication", "external_client_apps", "External client apps that can be used." + orByID},
}

const orByID = " One whose name the provider's user can't see stands there by its id."

func nameAccessSections() []accessSection {
	sections := make([]accessSection, len(namedKinds))
	for i, n := range namedKinds {
		sections[i] = accessSection{n.attribute, n.text, nil, func(held map[string]entries) attr.Value { return nameSetOf(slices.Sorted(maps.Keys(held[n.kind]))) }}
	}
	return sections
}

// otherEntities are setup entities of kinds that have no section of their own.
func otherEntities(held map[string]entries) attr.Value {
	others := entries{}
	for kind, names := range held {
		others[kind] = joined(slices.Collect(maps.Keys(names)))
	}
	delete(others, sfclient.ObjectRight)
	delete(others, sfclient.FieldRight)
	for _, n := range namedKinds {
		delete(others, n.kind)
	}
	return wholeMap(others, setOfNames, wordSet)
}

// wholeMap is a map that is empty, and not null, where nothing is held: checks ask for what is in it.
func wholeMap(e entries, element attr.Type, value func(string) attr.Value) attr.Value {
	if len(e) == 0 {
		return types.MapValueMust(element, map[string]attr.Value{})
	}
	return e.mapOf(element, value)
}

func (s accessSection) schema() schema.Attribute {
	if s.element == nil {
		return schema.SetAttribute{MarkdownDescription: s.text, CustomType: setOfNames, Computed: true}
	}
	return schema.MapAttribute{MarkdownDescription: s.text, ElementType: s.element, Computed: true}
}

// kind is the type of the section's value.
func (s accessSection) kind() attr.Type {
	if s.element == nil {
		return setOfNames
	}
	return types.MapType{ElemType: s.element}
}

// heldBy sorts rights by kind, in the words of permission sets.
func heldBy(rights sfclient.Rights) map[string]entries {
	held := map[string]entries{}
	words := map[sfclient.Right][]string{}
	for right := range rights {
		if held[right.Kind] == nil {
			held[right.Kind] = entries{}
		}
		switch right.Kind {
		case sfclient.ObjectRight:
			of := sfclient.Right{Kind: right.Kind, Name: right.Name}
			words[of] = append(words[of], columnWords[right.How])
		case sfclient.FieldRight:
			if word := strings.ToLower(right.How); word == "edit" || held[right.Kind][right.Name] == "" {
				held[right.Kind][right.Name] = word
			}
		default:
			held[right.Kind][right.Name] = ""
		}
	}
	for of, all := range words {
		held[of.Kind][of.Name] = joined(all)
	}
	return held
}

// columnWords are the words of object_permissions by the columns of ObjectPermissions without their prefix.
var columnWords = func() map[string]string {
	words := map[string]string{}
	for _, r := range objectRights {
		words[upperFirst(strings.TrimPrefix(r.element, "allow"))] = r.word
	}
	return words
}()
