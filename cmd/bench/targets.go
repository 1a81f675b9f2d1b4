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

func targets(users []userResult, set []setStep) []target {
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
