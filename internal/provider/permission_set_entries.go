package provider

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// shape is what the entries of a section look like, in permission sets and in profiles.
type shape struct {
	attribute string
	words     []string                        // that an entry can have; nil where there is only yes, or any text
	canonical func(string) string             // makes one of names that mean the same
	check     func(name, words string) string // says what else is wrong with an entry, "" if nothing is; may be nil
}

// entriesIn decodes the value of a section, in one pass and without reflection: sections reach thousands of entries. complete is
// false when something in it is known only after apply; that is left out.
func entriesIn(value attr.Value) (e entries, complete bool) {
	e, complete = entries{}, !value.IsUnknown()
	switch v := value.(type) {
	case nameSet:
		for _, element := range v.Elements() {
			if name, ok := element.(types.String); ok && isSet(name) {
				e[name.ValueString()] = ""
			}
			complete = complete && !element.IsUnknown()
		}
	case types.Map:
		for name, element := range v.Elements() {
			words, known := wordsIn(element)
			if known && words != "" { // an object with an empty set of words is one that is not there
				e[name] = words
			}
			complete = complete && known
		}
	}
	return e, complete
}

// wordsIn decodes how much an entry grants.
func wordsIn(value attr.Value) (words string, known bool) {
	switch v := value.(type) {
	case types.String:
		return v.ValueString(), !v.IsUnknown()
	case nameSet:
		set, complete := entriesIn(v)
		return joined(slices.Collect(maps.Keys(set))), complete
	}
	return "", false
}

// joined writes a set of words in one way only, so that equal sets are equal texts.
func joined(words []string) string {
	slices.Sort(words)
	return strings.Join(words, " ")
}

// names is the value of a section that is a set of names; null when there are none.
func (e entries) names() nameSet {
	if len(e) == 0 {
		return nameSet{types.SetNull(types.StringType)}
	}
	return nameSetOf(slices.Sorted(maps.Keys(e)))
}

// wordMap is the value of a section that has one word for each name.
func (e entries) wordMap() types.Map {
	return e.mapOf(types.StringType, oneWord)
}

// wordSets is the value of a section that has several words for each name.
func (e entries) wordSets() types.Map {
	return e.mapOf(setOfNames, wordSet)
}

func oneWord(word string) attr.Value { return types.StringValue(word) }

func wordSet(words string) attr.Value { return nameSetOf(strings.Fields(words)) }

func (e entries) mapOf(element attr.Type, value func(string) attr.Value) types.Map {
	if len(e) == 0 {
		return types.MapNull(element)
	}
	elements := make(map[string]attr.Value, len(e))
	for name, words := range e {
		elements[name] = value(words)
	}
	return types.MapValueMust(element, elements)
}

// respelled is what Salesforce returned, with the names as they are written in Terraform where both mean the same. It is linear.
func (e entries) respelled(written entries, canonical func(string) string) entries {
	spell := e.speller(written, canonical)
	result := make(entries, len(e))
	for name, words := range e {
		result[spell(name)] = words
	}
	return result
}

// speller tells how a name that Salesforce returned is written in Terraform: otherwise where canonical makes one name of both, and
// only one of them is on each side.
func (e entries) speller(written entries, canonical func(string) string) func(name string) string {
	spelling := make(map[string]string, len(written))
	for name := range written {
		if _, asWritten := e[name]; !asWritten {
			spelling[canonical(name)] = name
		}
	}
	return func(name string) string {
		if _, asReturned := written[name]; asReturned || len(spelling) == 0 {
			return name
		}
		return cmp.Or(spelling[canonical(name)], name)
	}
}

// canonicalField is a field's name as Salesforce compares it: ignoring case, and a standard look-up with its Id or without, as in
// Contact.AccountId and Contact.Account. Custom look-ups end in __c and have only one form.
// Source: Object Reference, FieldPermissions.
func canonicalField(name string) string {
	object, field, _ := strings.Cut(name, ".")
	if stem := strings.TrimSuffix(field, "Id"); stem != "" {
		field = stem
	}
	return strings.ToLower(object + "." + field)
}
