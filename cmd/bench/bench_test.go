package main

import (
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestBench runs everything with a handful of resources: what the numbers are does not matter here, that all of it works does.
func TestBench(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC=1 runs the tests that start Terraform")
	}
	var out strings.Builder
	if err := bench(t.Context(), settings{users: []int{3}, runs: 1, objects: 3, columns: 2, sets: 3, apps: 2}, &out); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		"apart", "recipe", "first plan", "metadata write", "graph", "3 users apart: calls of the apply", "permission set: time of the plan, unchanged",
		"update of all", "2 external client apps: reads of the plan", "3 permission sets, 2 external client apps: writes side by side",
	} {
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

func TestMetadataTraffic(t *testing.T) {
	t.Parallel()
	org, err := startOrg(0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(org.server.Close)
	client := &http.Client{Timeout: time.Minute}
	for _, call := range []string{
		`<listMetadata><queries><type>Role</type></queries></listMetadata>`,
		`<readMetadata><type>Role</type><fullNames>A</fullNames><fullNames>B</fullNames></readMetadata>`,
		`<createMetadata><metadata><fullName>A</fullName></metadata><metadata/><metadata/></createMetadata>`,
		`<deleteMetadata><type>Role</type><fullNames>A</fullNames></deleteMetadata>`,
	} {
		body := `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>` + call + `</s:Body></s:Envelope>`
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, org.server.URL+"/services/Soap/m/68.0", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		response, err := client.Do(request) // without a session: what is refused is in the journal too
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
	}
	got, err := metadataTraffic(org.Org)
	if want := (traffic{lists: 1, reads: gathering{2, 1}, writes: gathering{4, 2}, sideBySide: 1}); err != nil || got != want {
		t.Errorf("%+v, %v; want %+v", got, err, want)
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
