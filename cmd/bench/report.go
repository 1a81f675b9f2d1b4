package main

import (
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
)

// parallelism is Terraform's own default, which the commands are run with.
const parallelism = 10

func printMachine(out io.Writer, kit *toolkit, s settings) {
	fmt.Fprintf(out, "%d cores (%s/%s), Terraform %s, parallelism %d, %s; every Salesforce answer takes %v; applies once, plans the median of %d\n",
		runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, kit.version, parallelism, runtime.Version(), s.latency, s.runs)
}

func printUsers(out io.Writer, results []userResult) {
	fmt.Fprint(out, "\nIntegration users, each with a licence and a permission set, beside as many resources of terraform_data (the floor)\n\n")
	t := newTable(out, "users", "shape", "resources", "", "seconds", "floor", "ratio", "calls", "resources/call", "calls by kind")
	for _, r := range results {
		for _, step := range []struct {
			name       string
			own, floor sample
		}{{"apply", r.apply, r.floorApply}, {"plan, unchanged", r.plan, r.floorPlan}} {
			t.row(fmt.Sprint(r.users), r.name, fmt.Sprint(r.resources()), step.name, seconds(step.own), seconds(step.floor), times(step.own, step.floor),
				fmt.Sprint(step.own.total()), fmt.Sprintf("%.1f", float64(r.resources())/float64(step.own.total())), byKind(step.own))
		}
	}
	t.flush()
}

func printPermissionSet(out io.Writer, s settings, r setResult) {
	fmt.Fprintf(out, "\nOne permission set with %d fields and %d objects, beside a bare provider with a map of %d strings\n\n", s.objects*s.columns, s.objects, s.objects*s.columns)
	t := newTable(out, "", "seconds", "bare", "ratio", "calls", "calls by kind")
	for _, step := range []struct {
		name      string
		set, bare sample
	}{{"first plan", r.first, r.bareFirst}, {"apply", r.apply, r.bareApply}, {"plan, unchanged", r.plan, r.barePlan}} {
		t.row(step.name, seconds(step.set), seconds(step.bare), times(step.set, step.bare), fmt.Sprint(step.set.total()), byKind(step.set))
	}
	t.flush()
}

// table aligns its cells to the right, but for those of the last column.
type table struct{ *tabwriter.Writer }

func newTable(out io.Writer, titles ...string) table {
	t := table{tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)}
	t.row(titles...)
	return t
}

func (t table) row(cells ...string) {
	last := len(cells) - 1
	fmt.Fprintf(t, "%s\t  %s\n", strings.Join(cells[:last], "\t"), cells[last])
}

func (t table) flush() { _ = t.Flush() }

func seconds(s sample) string { return fmt.Sprintf("%.2f", s.took.Seconds()) }

func times(one, other sample) string { return fmt.Sprintf("%.2f", ratio(one, other)) }

func ratio(one, other sample) float64 { return one.took.Seconds() / other.took.Seconds() }

func byKind(s sample) string {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(s.calls)) {
		parts = append(parts, fmt.Sprintf("%s %d", kind, s.calls[kind]))
	}
	return strings.Join(parts, ", ")
}
