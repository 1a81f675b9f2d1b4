package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// workspace is a folder with a configuration, and the org that it is about.
type workspace struct {
	kit *toolkit
	dir string
	org *mockOrg // nil where no org is asked
}

// sample is what one command of Terraform took, or the median of several.
type sample struct {
	took, cpu time.Duration  // cpu is of Terraform and its providers together
	calls     map[string]int // by the mock org's kinds of requests
	metadata  traffic
}

func (s sample) total() int {
	total := 0
	for _, count := range s.calls {
		total += count
	}
	return total
}

// newWorkspace makes a folder with a configuration and initializes it.
func (k *toolkit) newWorkspace(ctx context.Context, configuration string, org *mockOrg) (*workspace, error) {
	k.workspaces++
	name := fmt.Sprintf("workspace%d", k.workspaces)
	w := &workspace{kit: k, dir: filepath.Join(k.dir, name), org: org}
	if err := os.Mkdir(w.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	backend := fmt.Sprintf("terraform {\n  backend \"http\" {\n    address = %q\n  }\n}\n", k.states.URL+"/"+name)
	if err := os.WriteFile(filepath.Join(w.dir, "main.tf"), []byte(backend+configuration), 0o600); err != nil {
		return nil, fmt.Errorf("write a configuration: %w", err)
	}
	_, err := w.run(ctx, 0, "init")
	return w, err
}

func (w *workspace) apply(ctx context.Context) (sample, error) {
	return w.run(ctx, 0, "apply", "-auto-approve")
}

// planCreation makes a plan that is to have changes; planUnchanged one that is to have none. Anything else is an error.
func (w *workspace) planCreation(ctx context.Context) (sample, error) {
	return w.run(ctx, 2, "plan", "-detailed-exitcode")
}

func (w *workspace) planUnchanged(ctx context.Context) (sample, error) {
	return w.run(ctx, 0, "plan", "-detailed-exitcode")
}

// run runs Terraform, which is to end with an exit code.
func (w *workspace) run(ctx context.Context, exit int, arguments ...string) (sample, error) {
	terraform := exec.CommandContext(ctx, w.kit.terraform, append(arguments, "-input=false", "-no-color")...)
	terraform.Dir, terraform.Env, terraform.WaitDelay = w.dir, slices.Clone(w.kit.env), time.Minute
	if w.org != nil {
		terraform.Env = append(terraform.Env, w.org.signIn...)
		w.org.ResetRequests()
	}
	started := time.Now()
	said, err := output(terraform)
	taken := sample{took: time.Since(started)}
	if failed, isExit := errors.AsType[*exec.ExitError](err); isExit && failed.ExitCode() == exit {
		err = nil
	} else if err == nil && exit != 0 {
		err = fmt.Errorf("terraform %s ends with code 0, not %d\n%s", arguments[0], exit, said)
	}
	if err != nil {
		return taken, err
	}
	taken.cpu = terraform.ProcessState.UserTime() + terraform.ProcessState.SystemTime()
	if w.org != nil {
		taken.calls = w.org.Calls()
		taken.metadata, err = metadataTraffic(w.org.Org)
	}
	return taken, err
}

// command is one of the workspace's.
type command = func(*workspace, context.Context) (sample, error)

// sideBySide runs a command in the workspaces by turns, so that all meet the same noise, and returns the median of each.
func sideBySide(ctx context.Context, runs int, run command, workspaces ...*workspace) ([]sample, error) {
	samples := make([][]sample, len(workspaces))
	for range runs {
		for i, w := range workspaces {
			taken, err := run(w, ctx)
			if err != nil {
				return nil, err
			}
			samples[i] = append(samples[i], taken)
		}
	}
	medians := make([]sample, len(workspaces))
	for i := range samples {
		medians[i] = median(samples[i])
	}
	return medians, nil
}

// median is the middle of the times, with the calls of the sample that has most.
func median(samples []sample) sample {
	middle := func(of func(sample) time.Duration) time.Duration {
		return of(slices.SortedFunc(slices.Values(samples), func(a, b sample) int { return cmp.Compare(of(a), of(b)) })[len(samples)/2])
	}
	most := slices.MaxFunc(samples, func(a, b sample) int { return cmp.Compare(a.total(), b.total()) })
	return sample{
		took:  middle(func(s sample) time.Duration { return s.took }),
		cpu:   middle(func(s sample) time.Duration { return s.cpu }),
		calls: most.calls, metadata: most.metadata,
	}
}
