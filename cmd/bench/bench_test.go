package main

import (
	"io"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestBench runs everything with a handful of resources: what the numbers are does not matter here, that all of it works does.
func TestBench(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC=1 runs the tests that start Terraform")
	}
	var out strings.Builder
	if err := bench(t.Context(), settings{users: []int{3}, runs: 1, objects: 3, columns: 2}, &out); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"apart", "recipe", "first plan", "metadata write", "graph", "3 users apart: calls of the apply", "permission set: time of the plan, unchanged"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("there is no %q in\n%s", part, &out)
		}
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	s, err := parse([]string{"-n", "5, 10", "-latency", "50ms", "-runs", "1"}, io.Discard)
	if err != nil || !slices.Equal(s.users, []int{5, 10}) || s.latency.Milliseconds() != 50 || s.runs != 1 || s.objects != realistic.objects {
		t.Errorf("%+v, %v", s, err)
	}
	for _, args := range [][]string{{"-n", "many"}, {"-n", "0"}, {"-runs", "0"}, {"-nonsense"}, {"extra"}} {
		if _, err := parse(args, io.Discard); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	printTargets(&out, []target{{"kept", 1.5, 1.5}, {"broken", 26, 25}})
	for _, line := range []string{"met       1.5      1.5  kept", "MISSED        26       25  broken"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("there is no %q in\n%s", line, &out)
		}
	}
}
