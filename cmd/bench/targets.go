package main

import (
	"fmt"
	"io"
	"strconv"
)

// target is a number that is to stay at or below a limit.
type target struct {
	what           string
	measured, most float64
}

// manyUsers is the number from which on the targets for plans hold: with fewer, starting the provider outweighs the rest.
const manyUsers = 1000

func targets(users []userResult, set []step) []target {
	var all []target
	for _, r := range users {
		if r.name != apart.name {
			continue
		}
		about := fmt.Sprintf("%d users apart: ", r.users)
		all = append(all, target{about + "calls of the apply, at one for 6 resources", float64(r.apply.own.total()), float64(r.resources()) / 6})
		if r.users >= manyUsers {
			all = append(all,
				target{about + "calls of the plan", float64(r.plan.own.total()), 25},
				target{about + "time of the plan, in floors", ratio(r.plan.own.took, r.plan.floor.took), 1.5})
		}
	}
	for _, i := range []int{firstPlan, unchangedPlan} {
		all = append(all, target{"permission set: time of the " + set[i].name + ", in bares", ratio(set[i].own.took, set[i].bare.took), 2})
	}
	return all
}

// How many components a call of the Metadata API should be about. It takes ten, as many as Terraform has workers. A new permission
// set is looked for, written and looked for again, and workers who are at one of the three don't wait for those at another.
const (
	readTogether    = 8
	writtenTogether = 3
)

// metadataTargets leave out how well different types travel together in a mix, which is up to Terraform's order, and how well the
// parts of apps are written, which Terraform does not create one by one.
func metadataTargets(results []mixResult) []target {
	var all []target
	for _, r := range results {
		atMost := func(what string, g gathering, together int) {
			all = append(all, target{fmt.Sprintf("%v: %s, at one for %d components", r, what, together), float64(g.calls), float64(g.components) / float64(together)})
		}
		if r.sets == 0 || r.apps == 0 {
			atMost("reads of the plan", r.steps[refreshedPlan].own.metadata.reads, readTogether)
		}
		if r.apps == 0 {
			atMost("writes of the creation", r.steps[creation].own.metadata.writes, writtenTogether)
			atMost("writes of the update", r.steps[updateOfAll].own.metadata.writes, writtenTogether)
		}
		sideBySide := max(r.steps[creation].own.metadata.sideBySide, r.steps[updateOfAll].own.metadata.sideBySide)
		all = append(all, target{fmt.Sprintf("%v: writes side by side", r), float64(sideBySide), 1})
	}
	return all
}

func printTargets(out io.Writer, all []target) {
	fmt.Fprint(out, "\nTargets\n\n")
	t := newTable(out, "", "measured", "at most", "")
	for _, x := range all {
		verdict := "met"
		if x.measured > x.most {
			verdict = "MISSED"
		}
		t.row(verdict, short(x.measured), short(x.most), x.what)
	}
	t.flush()
}

// short writes counts whole and ratios with two digits.
func short(number float64) string {
	return strconv.FormatFloat(float64(int(number*100+0.5))/100, 'f', -1, 64)
}
