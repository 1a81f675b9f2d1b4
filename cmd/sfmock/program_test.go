package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// asProgram makes the test's binary the program itself.
const asProgram = "SFMOCK_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// program is the program as a process of its own.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self, args...)
	c.Env = append(os.Environ(), asProgram+"=1", "SALESFORCE_ACCESS_TOKEN=of a real org")
	return c
}

func TestCommands(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		command []string
		code    int
		want    string
	}{
		"finds the org":        {[]string{"sh", "-c", `test -n "$SF_ACCESS_TOKEN" && test -r "$SALESFORCE_PRIVATE_KEY_FILE" && echo "$1 ${SALESFORCE_ACCESS_TOKEN-unset}"`, "sh", "an argument"}, 0, "an argument unset"},
		"reads its input":      {[]string{"cat"}, 0, "some input"},
		"fails":                {[]string{"sh", "-c", "exit 42"}, 42, ""},
		"is killed":            {[]string{"sh", "-c", "kill -KILL $$"}, 137, ""},
		"isn't there":          {[]string{"no-such-command"}, 127, "sfmock: run no-such-command: "},
		"can't be run":         {[]string{t.TempDir()}, 126, "sfmock: run /"},
		"takes its own dashes": {[]string{"echo", "--", "-x"}, 0, "-- -x"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := program(t, append([]string{"--"}, test.command...)...)
			c.Stdin = strings.NewReader("some input")
			answer, err := c.CombinedOutput()
			if code := c.ProcessState.ExitCode(); code != test.code || !strings.HasPrefix(string(answer), test.want) || test.want == "" && len(answer) > 0 {
				t.Errorf("%d %s (%v), want %d %s", code, answer, err, test.code, test.want)
			}
		})
	}
}

func TestSignalsReachTheCommand(t *testing.T) {
	t.Parallel()
	state := filepath.Join(t.TempDir(), "org.json")
	c := program(t, "-state", state, "--", "sh", "-c", `trap 'echo stopped; exit 3' TERM; echo ready; while :; do sleep 0.1; done`)
	said := &audience{cue: "ready\n", act: func() { _ = c.Process.Signal(syscall.SIGTERM) }}
	c.Stdout = said
	err := c.Run()
	exit, _ := errors.AsType[*exec.ExitError](err)
	if heard := said.heard.String(); exit == nil || exit.ExitCode() != 3 || heard != "ready\nstopped\n" {
		t.Errorf("%v, %q", err, heard)
	}
	if _, err := os.Stat(state); err != nil {
		t.Error(err)
	}
}

// audience does something once when it hears a cue.
type audience struct {
	heard bytes.Buffer
	cue   string
	act   func()
}

func (a *audience) Write(text []byte) (int, error) {
	n, err := a.heard.Write(text)
	if a.act != nil && strings.Contains(a.heard.String(), a.cue) {
		act := a.act
		a.act = nil
		act()
	}
	return n, err
}

func TestStateOutlivesTheProgram(t *testing.T) {
	t.Parallel()
	state := filepath.Join(t.TempDir(), "org.json")
	first, stop := start(t, "-state", state, "-sandbox", "-seats", "Identity=7")
	if status, answer := fetch(t, http.MethodPost, first["SALESFORCE_LOGIN_URL"]+"/_sfmock/records/Account", `{"Name":"Umbrella"}`, ""); status != http.StatusOK {
		t.Fatalf("%d %s", status, answer)
	}
	stop()
	info, err := os.Stat(state)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	second, _ := start(t, "-state", state, "-seed", filepath.Join("testdata", "org"))
	if first["SALESFORCE_CLIENT_ID"] != second["SALESFORCE_CLIENT_ID"] || first["SALESFORCE_USERNAME"] != second["SALESFORCE_USERNAME"] {
		t.Errorf("signs in as %v, then as %v", first, second)
	}
	query := second["SF_ORG_INSTANCE_URL"] + "/services/data/v68.0/query?q="
	for question, want := range map[string]string{
		"SELECT+Id+FROM+Account+WHERE+Name='Umbrella'":                        `"totalSize":1`,
		"SELECT+TotalLicenses+FROM+UserLicense+WHERE+Name='Identity'":         `"TotalLicenses":7`,
		"SELECT+Id+FROM+PermissionSet+WHERE+Name='Billing_Sync'":              `"totalSize":0`, // a seed is for a new org
		"SELECT+Id+FROM+User+WHERE+Username='admin@example.com.sandbox'":      `"totalSize":1`,
		"SELECT+IsSandbox+FROM+Organization+WHERE+Name='Example+Corporation'": `"IsSandbox":true`,
	} {
		// A token of the first process is good in the second.
		if status, answer := fetch(t, http.MethodGet, query+question, "", first["SF_ACCESS_TOKEN"]); status != http.StatusOK || !strings.Contains(answer, want) {
			t.Errorf("%s: %d %s, want %s", question, status, answer, want)
		}
	}
}

func TestSeedFlag(t *testing.T) {
	t.Parallel()
	env, _ := start(t, "-seed", filepath.Join("testdata", "org"))
	query := env["SF_ORG_INSTANCE_URL"] + "/services/data/v68.0/query?q="
	for question, want := range map[string]string{
		"SELECT+Id+FROM+PermissionSetAssignment+WHERE+PermissionSet.Name='Billing_Sync'+AND+Assignee.Username='billing-sync@example.com'": `"totalSize":1`,
		"SELECT+Carrier__c+FROM+Shipment__c": `"Carrier__c":"Example Freight"`,
	} {
		if status, answer := fetch(t, http.MethodGet, query+question, "", env["SF_ACCESS_TOKEN"]); status != http.StatusOK || !strings.Contains(answer, want) {
			t.Errorf("%s: %d %s, want %s", question, status, answer, want)
		}
	}
}

// A seed can have more users than a fresh org has seats for, and no more than it is given.
func TestSeedsTakeSeats(t *testing.T) {
	t.Parallel()
	for seats, want := range map[string]string{"Salesforce=4": "", "Salesforce=3": "LICENSE_LIMIT_EXCEEDED"} {
		err := run([]string{"-seed", filepath.Join("testdata", "org"), "-seats", seats, "-quiet", "--", "true"}, streams{out: io.Discard, err: io.Discard}, nil)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", seats, err)
		}
	}
}

func TestSeedsTellWhatTheyLeaveOut(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "notes.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for flagName, want := range map[string]string{"-seed": "sfmock: the mock org has no use for notes.txt\n", "-quiet": ""} {
		var said bytes.Buffer
		args := []string{"-listen", freeAddress, "-seed", folder, flagName, folder, "--", "true"}
		if flagName == "-quiet" {
			args = []string{"-seed", folder, "-quiet", "--", "true"}
		}
		if err := run(args, streams{out: &said, err: &said}, nil); err != nil || !strings.HasPrefix(said.String(), want) || want == "" && said.Len() > 0 {
			t.Errorf("%s: %q, %v", flagName, said.String(), err)
		}
	}
}

func TestJournal(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		flags []string
		body  bool
	}{{"plain", nil, false}, {"bodies", []string{"-journal-bodies"}, true}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "requests.jsonl")
			env, stop := start(t, append([]string{"-journal", file, "-fault", `{"path":"/limits","status":503}`}, test.flags...)...)
			base := env["SF_ORG_INSTANCE_URL"] + "/services/data/v68.0"
			fetch(t, http.MethodGet, base+"/limits", "", env["SF_ACCESS_TOKEN"])
			fetch(t, http.MethodGet, base+"/query?q=SELECT+Id+FROM+User", "", env["SF_ACCESS_TOKEN"])
			fetch(t, http.MethodPost, base+"/sobjects/Account", `{"Name":"Umbrella"}`, env["SF_ACCESS_TOKEN"])
			stop()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(raw, []byte(env["SF_ACCESS_TOKEN"])) {
				t.Error("the journal has an access token")
			}
			var lines []entry
			for decoder := json.NewDecoder(bytes.NewReader(raw)); decoder.More(); {
				var line entry
				if err := decoder.Decode(&line); err != nil {
					t.Fatal(err)
				}
				lines = append(lines, line)
			}
			if len(lines) != 3 || lines[0].Status != http.StatusServiceUnavailable || lines[1].Query != "q=SELECT Id FROM User" || lines[1].Kind != "query" ||
				lines[2].Method != http.MethodPost || lines[2].Time.IsZero() || lines[2].Duration <= 0 {
				t.Errorf("%s", raw)
			}
			if body := lines[2].Body; (body != nil) != test.body || body != nil && *body != `{"Name":"Umbrella"}` {
				t.Errorf("body %v", body)
			}
		})
	}
}
