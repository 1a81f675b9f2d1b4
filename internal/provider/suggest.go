package provider

import (
	"fmt"
	"slices"
	"strings"
)

// unknownName says that a name is not one of those that the org has, and which one was probably meant.
func unknownName(noun, name string, known []string) string {
	detail := fmt.Sprintf("This org has no %s %q.", noun, name)
	if near := nearest(name, known); near != "" {
		detail += fmt.Sprintf(" Did you mean %q?", near)
	}
	return detail
}

// nearest returns the known name that begins with the given one, or is fewest edits away; "" if none is close.
func nearest(name string, known []string) string {
	best, least := "", len(name)/3+1
	for _, candidate := range slices.Sorted(slices.Values(known)) {
		if len(name) > 3 && len(candidate) >= len(name) && strings.EqualFold(candidate[:len(name)], name) {
			return candidate
		}
		if d := len(candidate) - len(name); d > least || -d > least {
			continue
		}
		if d := distance(strings.ToLower(name), strings.ToLower(candidate)); d < least || d == least && best == "" {
			best, least = candidate, d
		}
	}
	return best
}

// distance is the Levenshtein distance.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
