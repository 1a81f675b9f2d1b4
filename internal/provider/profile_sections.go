package provider

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// profileContent is what a profile grants, as far as the schema models it. A section that is null is left alone.
type profileContent struct {
	ObjectPermissions   types.Map `tfsdk:"object_permissions"`
	FieldPermissions    types.Map `tfsdk:"field_permissions"`
	RecordTypes         types.Map `tfsdk:"record_types"`
	Applications        types.Map `tfsdk:"applications"`
	Tabs                types.Map `tfsdk:"tabs"`
	LoginHours          types.Map `tfsdk:"login_hours"`
	LoginIPRanges       types.Map `tfsdk:"login_ip_ranges"`
	UserPermissions     nameSet   `tfsdk:"user_permissions"`
	ApexClasses         nameSet   `tfsdk:"apex_classes"`
	ApexPages           nameSet   `tfsdk:"apex_pages"`
	CustomPermissions   nameSet   `tfsdk:"custom_permissions"`
	CustomMetadataTypes nameSet   `tfsdk:"custom_metadata_types"`
	CustomSettings      nameSet   `tfsdk:"custom_settings"`
	ExternalDataSources nameSet   `tfsdk:"external_data_sources"`
	Flows               nameSet   `tfsdk:"flows"`
}

// profileSection is a part of a profile: an attribute in Terraform, an element in metadata.
type profileSection struct {
	shape
	place
	schema schema.Attribute
	checks bool   // whether the schema's validators check the entries
	off    string // the word that means the same as no entry, "" if there is none

	read func(*sfclient.Component) entries
	// write puts what differs between present and wanted into change, and tells whether anything does. hidden is what present may
	// hold without showing it.
	write func(change, present *sfclient.Component, hidden, wanted entries) bool
}

// place is where the value of a section stands.
type place struct {
	value  func(*profileContent) attr.Value
	assign func(*profileContent, entries) // no entries make an empty value, not a null one
	copy   func(into, from *profileContent)
	decode func(attr.Value) (e entries, complete bool)
}

func setPlace(set func(*profileContent) *nameSet) place {
	return place{
		value:  func(c *profileContent) attr.Value { return *set(c) },
		assign: func(c *profileContent, e entries) { *set(c) = nameSetOf(slices.Sorted(maps.Keys(e))) },
		copy:   func(into, from *profileContent) { *set(into) = *set(from) },
		decode: entriesIn,
	}
}

func mapPlace(dictionary func(*profileContent) *types.Map, element attr.Type, value func(words string) attr.Value) place {
	return place{
		value: func(c *profileContent) attr.Value { return *dictionary(c) },
		assign: func(c *profileContent, e entries) {
			if *dictionary(c) = e.mapOf(element, value); len(e) == 0 {
				*dictionary(c) = types.MapValueMust(element, map[string]attr.Value{})
			}
		},
		copy:   func(into, from *profileContent) { *dictionary(into) = *dictionary(from) },
		decode: entriesIn,
	}
}

func wordPlace(dictionary func(*profileContent) *types.Map) place {
	return mapPlace(dictionary, types.StringType, oneWord)
}

// entries decodes the section's value. complete is false when something in it is known only after apply.
func (s *profileSection) entries(c *profileContent) (e entries, complete bool) {
	e, complete = s.decode(s.value(c))
	if s.off != "" {
		maps.DeleteFunc(e, func(_, word string) bool { return word == s.off })
	}
	return e, complete
}

// ofRows is a section whose element is repeated, a row for each entry.
func (s profileSection) ofRows(rows rowList) profileSection {
	s.read = rows.read
	s.write = func(change, present *sfclient.Component, hidden, wanted entries) bool {
		return rows.write(change, present, hidden, wanted, s.canonical)
	}
	return s
}

// profileSections are all sections that the schema models. Whatever else Salesforce has in a profile stays as it is.
var profileSections = slices.Concat([]profileSection{
	profileSection{
		shape:  objectShape,
		place:  mapPlace(func(c *profileContent) *types.Map { return &c.ObjectPermissions }, setOfNames, wordSet),
		schema: leftAloneMap(objectText+" Those of standard profiles can't be changed.", setOfNames),
	}.ofRows(objectRows),
	profileSection{
		shape:  fieldShape,
		place:  wordPlace(func(c *profileContent) *types.Map { return &c.FieldPermissions }),
		schema: leftAloneMap(fieldText, types.StringType),
	}.ofRows(fieldRows),
	profileSection{
		shape:  shape{attribute: "record_types", words: levelWords, canonical: strings.ToLower},
		place:  wordPlace(func(c *profileContent) *types.Map { return &c.RecordTypes }),
		schema: leftAloneMap("Record types that can be chosen for new records: by record type, such as `Account.Business`, either `Visible` or `Default`, which one record type of an object can be.", types.StringType),
	}.ofRows(levelRows("recordTypeVisibilities", "recordType")),
	profileSection{
		shape:  shape{attribute: "applications", words: levelWords, canonical: strings.ToLower},
		place:  wordPlace(func(c *profileContent) *types.Map { return &c.Applications }),
		schema: leftAloneMap("Apps: by app, such as `standard__Sales`, either `Visible` or `Default`, which one of them is. A profile that has a default app always has one.", types.StringType),
	}.ofRows(levelRows("applicationVisibilities", "application")),
	profileSection{
		shape:  shape{attribute: "tabs", words: []string{hiddenTab, "DefaultOff", "DefaultOn"}, canonical: strings.ToLower},
		place:  wordPlace(func(c *profileContent) *types.Map { return &c.Tabs }),
		schema: leftAloneMap("Tabs: by tab, such as `standard-Account`, either `DefaultOn`, `DefaultOff` (only in the app launcher) or `Hidden`, which is also what a tab that is not listed becomes.", types.StringType),
		off:    hiddenTab,
	}.ofRows(tabRows),
	loginHours, loginIPRanges,
}, profileNameSections())

// leftAloneMap is a map that is not touched when it is left out.
func leftAloneMap(text string, element attr.Type) schema.MapAttribute {
	return schema.MapAttribute{MarkdownDescription: text, ElementType: element, Optional: true, Computed: true}
}

// profileNames are the sections that are sets of names; what the names are of is the same as in permission sets.
var profileNames = map[string]func(*profileContent) *nameSet{
	"user_permissions":      func(c *profileContent) *nameSet { return &c.UserPermissions },
	"apex_classes":          func(c *profileContent) *nameSet { return &c.ApexClasses },
	"apex_pages":            func(c *profileContent) *nameSet { return &c.ApexPages },
	"custom_permissions":    func(c *profileContent) *nameSet { return &c.CustomPermissions },
	"custom_metadata_types": func(c *profileContent) *nameSet { return &c.CustomMetadataTypes },
	"custom_settings":       func(c *profileContent) *nameSet { return &c.CustomSettings },
	"external_data_sources": func(c *profileContent) *nameSet { return &c.ExternalDataSources },
	"flows":                 func(c *profileContent) *nameSet { return &c.Flows },
}

func profileNameSections() []profileSection {
	var sections []profileSection
	for _, l := range nameLists {
		if set := profileNames[l.attribute]; set != nil {
			sections = append(sections, profileSection{
				shape:  shape{attribute: l.attribute, canonical: strings.ToLower},
				place:  setPlace(set),
				schema: schema.SetAttribute{MarkdownDescription: l.description, CustomType: setOfNames, Optional: true, Computed: true},
			}.ofRows(switchRows(l.list)))
		}
	}
	return sections
}
