package main

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	humps      = regexp.MustCompile(`([a-z0-9])([A-Z])`)
	otherRunes = regexp.MustCompile(`[^a-z0-9]+`)
)

// name gives each thing a name that no other resource of its type has.
func name(things []*thing) {
	taken := map[string]int{} // how many names were made of one
	for _, t := range things {
		stem := identifier(t.label)
		t.name = stem
		for taken[t.resource+"."+t.name] > 0 {
			taken[t.resource+"."+stem]++
			t.name = fmt.Sprintf("%s_%d", stem, taken[t.resource+"."+stem])
		}
		taken[t.resource+"."+t.name]++
	}
}

// identifier is a name as Terraform's style has it: billing_sync of Billing_Sync or BillingSync.
func identifier(label string) string {
	stem := strings.Trim(otherRunes.ReplaceAllString(strings.ToLower(humps.ReplaceAllString(label, "${1}_$2")), "_"), "_")
	if stem == "" || stem[0] <= '9' {
		stem = "_" + stem
	}
	return stem
}
