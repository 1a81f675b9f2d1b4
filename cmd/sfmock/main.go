// Sfmock is a Salesforce org in memory that listens on the loopback address, for trying out the provider, for tests of modules
// and for any other Salesforce client. It prints the environment that signs a client in, and serves until it is interrupted.
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
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "sfmock:", err)
		os.Exit(1)
	}
}

// settings are the command line's.
type settings struct {
	listen  string
	latency time.Duration
	sandbox bool
	envFile string
	keyDir  string
}

func parse(args []string, stderr io.Writer) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("sfmock", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&s.listen, "listen", "127.0.0.1:8765", "loopback `address` to listen on; port 0 is a free one")
	flags.DurationVar(&s.latency, "latency", 0, "`time` that every answer takes, such as 150ms")
	flags.BoolVar(&s.sandbox, "sandbox", false, "be a sandbox")
	flags.StringVar(&s.envFile, "env-file", "", "also write the environment to this `file`, for a shell to source")
	flags.StringVar(&s.keyDir, "key-dir", "", "`directory` for the private key and certificate to sign in with (default a temporary one)")
	if err := flags.Parse(args); err != nil {
		return settings{}, err
	}
	if flags.NArg() > 0 {
		return settings{}, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return s, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	org := sfmock.New(sfmock.Options{Latency: s.latency, Sandbox: s.sandbox})
	server, err := org.Listen(s.listen)
	if err != nil {
		return err
	}
	defer server.Close()
	env, cleanUp, err := environment(org, server, s.keyDir)
	if err != nil {
		return err
	}
	defer cleanUp()
	if s.envFile != "" {
		if err := os.WriteFile(s.envFile, []byte(env), 0o600); err != nil {
			return fmt.Errorf("write the environment: %w", err)
		}
	}
	if _, err := io.WriteString(stdout, env); err != nil {
		return fmt.Errorf("print the environment: %w", err)
	}
	<-ctx.Done()
	return nil
}
