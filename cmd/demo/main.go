// Demo shows in a terminal what the provider is for: it builds the provider, starts a mock org, and lets Terraform create, guard
// and remove the identity of an integration. It writes nothing outside a temporary folder, which it removes.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	d := &demo{out: os.Stdout}
	flag.BoolVar(&d.keep, "keep", false, "leave the mock org running at the end, to play on by hand until Ctrl-C")
	flag.Parse()
	info, err := os.Stdout.Stat()
	d.color = err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == ""
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	code := d.run(ctx, os.Stderr)
	stop()
	os.Exit(code)
}

// run plays the demo and returns the exit code: 1 after an error or a surprise, 130 when it was interrupted.
func (d *demo) run(ctx context.Context, stderr io.Writer) int {
	err := d.setStage(ctx)
	if err == nil {
		err = d.play(ctx)
	}
	interrupted := ctx.Err() != nil
	if d.server != nil {
		d.server.Close()
	}
	if left := os.RemoveAll(d.dir); left != nil {
		fmt.Fprintf(stderr, "\nThe temporary folder %s is still there: %v\n", d.dir, left)
	}
	switch {
	case err == nil:
		return 0
	case interrupted:
		fmt.Fprintln(stderr, "\nInterrupted: Terraform and the mock org are stopped.")
		return 130
	default:
		fmt.Fprintf(stderr, "The demo stopped: %v\n", err)
		return 1
	}
}
