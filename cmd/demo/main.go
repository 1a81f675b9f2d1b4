// Demo shows in a terminal, in under a minute, what the provider is for: it builds the provider, starts a mock org, and lets
// Terraform create, guard and remove the identity of an integration. Nothing outside a temporary folder is touched.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// settings are the command line's, and what the surroundings decide.
type settings struct {
	keep   bool
	color  bool
	tempIn string // folder to make the temporary folder in, "" for the system's
}

// interrupted is the exit code of programs that Ctrl-C ended.
const interrupted = 130

func main() {
	var s settings
	flag.BoolVar(&s.keep, "keep", false, "leave the mock org running at the end, to play on by hand until Ctrl-C")
	flag.Parse()
	s.color = isTerminal(os.Stdout) && os.Getenv("NO_COLOR") == ""
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := exitCode(ctx, run(ctx, s, os.Stdout), os.Stderr)
	stop()
	os.Exit(code)
}

// run sets the stage, plays the story to its end and clears the stage away, however the story ends.
func run(ctx context.Context, s settings, out io.Writer) (err error) {
	told := &story{out: out, color: s.color}
	set, err := setStage(ctx, s.tempIn, told)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, set.clear()) }()
	return newDemo(set, told).play(ctx, s.keep)
}

func exitCode(ctx context.Context, err error, stderr io.Writer) int {
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "\nInterrupted. Terraform and the mock org are stopped, and the temporary folder is removed.")
		return interrupted
	default:
		fmt.Fprintf(stderr, "\nThe demo stopped: %v\n", err)
		return 1
	}
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
