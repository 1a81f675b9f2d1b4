package provider

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// rowList is how a profile in metadata keeps a section: a row for each entry. A write lies over what is there, so that only a row
// that says so takes something away. Source: Metadata API guide, Profile.
type rowList struct {
	element string // that is repeated
	key     string // element of a row with the entry's name

	words func(row *sfclient.Entry) (words string, granted bool)
	grant func(row *sfclient.Entry, words string, granted bool)
}

func (l *rowList) read(component *sfclient.Component) entries {
	rows := component.List(l.element)
	found := make(entries, len(rows))
	for i := range rows {
		if words, granted := l.words(&rows[i]); granted {
			found[rows[i].Text(l.key)] = words
		}
	}
	return found
}

// write is linear, as profiles reach twenty thousand rows. A row that is there already keeps what else it holds.
func (l *rowList) write(change, present *sfclient.Component, hidden, wanted entries, canonical func(string) string) bool {
	rows := present.List(l.element)
	names := make(entries, len(rows))
	for i := range rows {
		names[rows[i].Text(l.key)] = ""
	}
	spell := names.speller(wanted, canonical)
	missing := maps.Clone(wanted)
	var changed []sfclient.Entry
	for i := range rows {
		row := &rows[i]
		name := spell(row.Text(l.key))
		words, granted := l.words(row)
		want, wants := wanted[name]
		delete(missing, name)
		if granted != wants || wants && words != want {
			l.grant(row, want, wants)
			changed = append(changed, *row)
		}
	}
	add := func(name, words string, granted bool) {
		var row sfclient.Entry
		row.Set(name, l.key)
		l.grant(&row, words, granted)
		changed = append(changed, row)
	}
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		add(name, missing[name], true)
	}
	for _, name := range slices.Sorted(maps.Keys(hidden)) {
		if _, kept := wanted[name]; !kept {
			add(name, "", false)
		}
	}
	change.SetList(changed, l.element)
	return len(changed) > 0
}

// flip switches an element of a row on or off.
func flip(row *sfclient.Entry, element string, on bool) { row.Set(strconv.FormatBool(on), element) }

// switchRows hold a name and whether it is granted.
func switchRows(list sfclient.AccessList) rowList {
	return rowList{
		element: list.Element, key: list.Key,
		words: func(row *sfclient.Entry) (string, bool) { return "", row.Text(list.Switch) == "true" },
		grant: func(row *sfclient.Entry, _ string, granted bool) { flip(row, list.Switch, granted) },
	}
}

var objectRows = rowList{
	element: "objectPermissions", key: "object",
	words: func(row *sfclient.Entry) (string, bool) {
		var words []string
		for _, right := range objectRights {
			if row.Text(right.element) == "true" {
				words = append(words, right.word)
			}
		}
		return joined(words), words != nil
	},
	grant: func(row *sfclient.Entry, words string, _ bool) {
		granted := strings.Fields(words)
		for _, right := range objectRights {
			on := slices.Contains(granted, right.word)
			if on || row.Has(right.element) || right.word != viewAllFields { // which API versions before 63.0 don't know
				flip(row, right.element, on)
			}
		}
	},
}

var fieldRows = rowList{
	element: "fieldPermissions", key: "field",
	words: func(row *sfclient.Entry) (string, bool) {
		if row.Text("editable") == "true" {
			return "edit", true
		}
		return "read", row.Text("readable") == "true"
	},
	grant: func(row *sfclient.Entry, words string, granted bool) {
		flip(row, "editable", words == "edit")
		flip(row, "readable", granted)
	},
}

// levelWords are how much of a record type or an app a profile has.
var levelWords = []string{"Visible", defaultLevel}

const defaultLevel = "Default"

// levelRows hold a name, whether it is visible, and whether it is the default.
func levelRows(element, key string) rowList {
	return rowList{
		element: element, key: key,
		words: func(row *sfclient.Entry) (string, bool) {
			if row.Text("default") == "true" {
				return defaultLevel, true
			}
			return "Visible", row.Text("visible") == "true"
		},
		grant: func(row *sfclient.Entry, words string, granted bool) {
			flip(row, "default", words == defaultLevel)
			flip(row, "visible", granted)
		},
	}
}

const hiddenTab = "Hidden"

var tabRows = rowList{
	element: "tabVisibilities", key: "tab",
	words: func(row *sfclient.Entry) (string, bool) {
		visibility := row.Text("visibility")
		return visibility, visibility != hiddenTab
	},
	grant: func(row *sfclient.Entry, words string, granted bool) {
		if !granted {
			words = hiddenTab
		}
		row.Set(words, "visibility")
	},
}
