package sfmock

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The org has to satisfy Salesforce's own client, unchanged.
func TestJsforce(t *testing.T) {
	t.Parallel()
	folder := filepath.Join("testdata", "jsforce")
	install := "run `npm ci` in internal/sfmock/testdata/jsforce (it needs Node.js 20.18 or newer)"
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatalf("jsforce needs node: %v; %s", err, install)
	}
	if _, err := os.Stat(filepath.Join(folder, "node_modules", "@jsforce", "jsforce-node")); err != nil {
		t.Fatalf("jsforce is not installed: %v; %s", err, install)
	}
	org := New(Options{})
	w := client(t, org)
	command := exec.CommandContext(t.Context(), node, "check.mjs", w.url, w.token)
	command.Dir = folder
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
}
