package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// workspace is a folder with a configuration, and the org that it is about.
type workspace struct {
	kit *toolkit
	dir string
	org *mockOrg // nil where no org is asked
}

// sample is what one command of Terraform took, or the median of several.
type sample struct {
	took  time.Duration
	calls map[string]int // by the mock org's kinds of requests
}

func (s sample) total() int {
	total := 0
	for _, count := range s.calls {
		total += count
	}
	return total
}

func (k *toolkit) workspace(configuration string, org *mockOrg) (*workspace, error) {
	k.folders++
	w := &workspace{kit: k, dir: filepath.Join(k.dir, fmt.Sprint(k.folders)), org: org}
	if err := os.Mkdir(w.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	if err := os.WriteFile(filepath.Join(w.dir, "main.tf"), []byte(configuration), 0o600); err != nil {
		return nil, fmt.Errorf("write a configuration: %w", err)
	}
	return w, nil
}

func (w *workspace) apply(ctx context.Context) (sample, error) {
	return w.measure(ctx, 0, "apply", "-auto-approve")
}

// Exit codes of terraform plan -detailed-exitcode.
const (
	nothingToDo    = 0
	somethingToDo  = 2
	detailedCoding = "-detailed-exitcode"
)

// planCreation makes a plan that is to have changes; planUnchanged one that is to have none. Anything else is an error.
func (w *workspace) planCreation(ctx context.Context) (sample, error) {
	return w.measure(ctx, somethingToDo, "plan", detailedCoding)
}

func (w *workspace) planUnchanged(ctx context.Context) (sample, error) {
	return w.measure(ctx, nothingToDo, "plan", detailedCoding)
}

func (w *workspace) measure(ctx context.Context, exit int, arguments ...string) (sample, error) {
	command := exec.CommandContext(ctx, w.kit.terraform, append(arguments, "-input=false", "-no-color")...)
	command.Dir, command.Env, command.WaitDelay = w.dir, slices.Clone(w.kit.env), time.Minute
	if w.org != nil {
		command.Env = append(command.Env, w.org.signIn...)
		w.org.ResetRequests()
	}
	started := time.Now()
	_, err := output(command)
	taken := sample{took: time.Since(started)}
	if failed, isExit := errors.AsType[*exec.ExitError](err); isExit && failed.ExitCode() == exit {
		err = nil
	} else if err == nil && exit != 0 {
		err = fmt.Errorf("terraform %s: there is nothing to do", arguments[0])
	}
	if w.org != nil {
		taken.calls = w.org.Calls()
	}
	return taken, err
}

// median is the middle time of the samples, with the calls of the one that asked most.
func median(samples []sample) sample {
	slices.SortFunc(samples, func(a, b sample) int { return int(a.took - b.took) })
	most := slices.MaxFunc(samples, func(a, b sample) int { return a.total() - b.total() })
	return sample{took: samples[len(samples)/2].took, calls: most.calls}
}

// mockOrg is an org that Terraform can sign in to.
type mockOrg struct {
	*sfmock.Org
	server *sfmock.Server
	signIn []string // environment variables
}

func startOrg(latency time.Duration) (*mockOrg, error) {
	org := sfmock.New(sfmock.Options{Latency: latency})
	app, key, err := org.AddJWTApp("Terraform")
	if err != nil {
		return nil, err
	}
	server, err := org.Listen("127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	return &mockOrg{org, server, []string{
		"SALESFORCE_LOGIN_URL=" + server.URL, "SALESFORCE_CLIENT_ID=" + app.ConsumerKey,
		"SALESFORCE_USERNAME=" + org.AdministratorUsername(), "SALESFORCE_PRIVATE_KEY=" + key,
	}}, nil
}
