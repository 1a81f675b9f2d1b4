package main

import (
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// parallelism is Terraform's own default, which everything is run with.
const parallelism = 10

func printMachine(out io.Writer, kit *toolkit, s settings) {
	fmt.Fprintf(out, "%d cores (%s/%s), Terraform %s, parallelism %d, %s; every answer of Salesforce takes %v; applied once, planned %d times (median)\n",
		runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, kit.version, parallelism, runtime.Version(), s.latency, s.runs)
}

func printUsers(out io.Writer, results []userResult) {
	fmt.Fprint(out, "\nIntegration users, each with a licence and a permission set; the floor is as many resources of terraform_data\n\n")
	t := newTable(out, "users", "shape", "resources", "step", "seconds", "floor", "ratio", "cpu", "floor", "ratio", "calls", "by kind")
	for _, r := range results {
		for _, step := range []struct {
			name       string
			own, floor sample
		}{{"apply", r.apply, r.floorApply}, {"plan, unchanged", r.plan, r.floorPlan}} {
			t.row(slices.Concat([]string{fmt.Sprint(r.users), r.name, fmt.Sprint(r.resources()), step.name}, compared(step.own, step.floor))...)
		}
	}
	t.flush()
}

func printPermissionSet(out io.Writer, s settings, steps []setStep) {
	fields := s.objects * s.columns
	fmt.Fprintf(out, "\nOne permission set with %d fields and %d objects; the floor is a bare provider's map of %d strings\n\n", fields, s.objects, fields)
	t := newTable(out, "step", "seconds", "floor", "ratio", "cpu", "floor", "ratio", "calls", "by kind")
	for _, step := range steps {
		t.row(slices.Concat([]string{step.name}, compared(step.own, step.bare))...)
	}
	t.flush()
}

// compared are the cells from seconds to calls by kind.
func compared(own, floor sample) []string {
	var kinds []string
	for _, kind := range slices.Sorted(maps.Keys(own.calls)) {
		kinds = append(kinds, fmt.Sprintf("%s %d", kind, own.calls[kind]))
	}
	return []string{
		seconds(own.took), seconds(floor.took), fmt.Sprintf("%.2f", ratio(own.took, floor.took)),
		seconds(own.cpu), seconds(floor.cpu), fmt.Sprintf("%.2f", ratio(own.cpu, floor.cpu)),
		fmt.Sprint(own.total()), strings.Join(kinds, ", "),
	}
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()) }

func ratio(own, floor time.Duration) float64 { return own.Seconds() / floor.Seconds() }

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
