package main

import (
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strconv"
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
	fmt.Fprint(out, `
Integration users, each with a licence and a permission set
floor: as many resources of terraform_data, which is Terraform alone; bare: as many of a provider that does nothing

`)
	t := newTable(out, "users", "shape", "resources", "step", "seconds", "floor", "bare", "in floors", "in bares", "cpu in floors", "cpu in bares", "calls", "by kind")
	for _, r := range results {
		for _, step := range []struct {
			name string
			comparison
		}{{"apply", r.apply}, {"plan, unchanged", r.plan}} {
			t.row(strconv.Itoa(r.users), r.name, strconv.Itoa(r.resources()), step.name,
				seconds(step.own.took), seconds(step.floor.took), seconds(step.bare.took),
				times(step.own.took, step.floor.took), times(step.own.took, step.bare.took),
				times(step.own.cpu, step.floor.cpu), times(step.own.cpu, step.bare.cpu),
				strconv.Itoa(step.own.total()), kinds(step.own))
		}
	}
	t.flush()
}

func printPermissionSet(out io.Writer, s settings, steps []step) {
	fields := s.objects * s.columns
	fmt.Fprintf(out, `
One permission set with %d fields and %d objects
bare: a map of %d strings of a provider that does nothing

`, fields, s.objects, fields)
	t := newTable(out, "step", "seconds", "bare", "in bares", "cpu in bares", "calls", "by kind")
	for _, step := range steps {
		t.row(step.name, seconds(step.own.took), seconds(step.bare.took), times(step.own.took, step.bare.took), times(step.own.cpu, step.bare.cpu),
			strconv.Itoa(step.own.total()), kinds(step.own))
	}
	t.flush()
}

func printMetadata(out io.Writer, s settings, results []mixResult) {
	fmt.Fprintf(out, `
Metadata; every answer of Salesforce takes %v here
bare: as many resources of a provider that does nothing; answers: how many fit into the time beyond bare, one after the other
each: components in a call, at most 10

`, s.metadataLatency())
	t := newTable(out, "resources", "step", "seconds", "bare", "answers", "lists", "reads", "each", "writes", "each", "calls", "by kind")
	for _, r := range results {
		for _, step := range r.steps {
			metadata := step.own.metadata
			t.row(r.String(), step.name, seconds(step.own.took), seconds(step.bare.took), times(step.own.took-step.bare.took, s.metadataLatency()),
				strconv.Itoa(metadata.lists), strconv.Itoa(metadata.reads.calls), metadata.reads.each(), strconv.Itoa(metadata.writes.calls), metadata.writes.each(),
				strconv.Itoa(step.own.total()), kinds(step.own))
		}
	}
	t.flush()
}

// kinds lists the calls by kind.
func kinds(s sample) string {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(s.calls)) {
		parts = append(parts, fmt.Sprintf("%s %d", kind, s.calls[kind]))
	}
	return strings.Join(parts, ", ")
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()) }

func times(own, other time.Duration) string { return fmt.Sprintf("%.2f", ratio(own, other)) }

func ratio(own, other time.Duration) float64 { return own.Seconds() / other.Seconds() }

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
