package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
)

func TestGather(t *testing.T) {
	ctx := t.Context()
	kit, err := newToolkit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer kit.remove()
	base := slices.Clone(kit.env)
	n, _ := strconv.Atoi(os.Getenv("N"))
	for range 2 {
		for _, g := range []string{"0 0 false", "0.25 0.5 false", "0.25 1 false", "0 0.5 true", "0.1 1 true", "0.25 1 true"} {
			org, _ := startOrg(100 * time.Millisecond)
			if err := furnish(org, n); err != nil {
				t.Fatal(err)
			}
			kit.env = append(slices.Clone(base), "TF_LOG_SDK=OFF", "TF_LOG_PROVIDER=OFF", "GOGC=400", "GATHER="+g)
			w, err := kit.newWorkspace(ctx, salesforceProvider+numbered(apart.user, n), org)
			if err != nil {
				t.Fatal(err)
			}
			x, err := w.apply(ctx)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Printf("%-16s %.1fs cpu %.1fs total %d %v\n", g, x.took.Seconds(), x.cpu.Seconds(), x.total(), x.calls)
			org.server.Close()
		}
	}
}
