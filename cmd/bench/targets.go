package main

import (
	"fmt"
	"io"
)

// target is a number that is to stay at or below a limit.
type target struct {
	what           string
	measured, most float64
}

// manyUsers is from how many users on the targets for plans hold: with fewer, starting the provider outweighs everything.
const manyUsers = 1000

func targets(users []userResult, set setResult) []target {
	var all []target
	for _, r := range users {
		if r.name != shapes[0].name {
			continue
		}
		name := fmt.Sprintf("%d users, %s: ", r.users, r.name)
		all = append(all, target{name + "calls of the apply, with one per 6 resources", float64(r.apply.total()), float64(r.resources()) / 6})
		if r.users >= manyUsers {
			all = append(all,
				target{name + "calls of the plan", float64(r.plan.total()), 25},
				target{name + "plan, times Terraform's floor", ratio(r.plan, r.floorPlan), 1.5})
		}
	}
	return append(all,
		target{"permission set: first plan, times a bare provider's", ratio(set.first, set.bareFirst), 2},
		target{"permission set: plan, times a bare provider's", ratio(set.plan, set.barePlan), 2})
}

func printTargets(out io.Writer, all []target) {
	fmt.Fprint(out, "\nTargets\n\n")
	t := newTable(out, "", "measured", "at most", "")
	for _, x := range all {
		verdict := "pass"
		if x.measured > x.most {
			verdict = "FAIL"
		}
		t.row(verdict, fmt.Sprintf("%.4g", x.measured), fmt.Sprintf("%.4g", x.most), x.what)
	}
	t.flush()
}
