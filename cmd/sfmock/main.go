// Sfmock is a Salesforce org in memory that listens on the loopback address, for trying out the provider, for tests of modules
// and for any other Salesforce client. README.md beside this file tells how to use it.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// version is set by the release; what "go install" builds has its module's.
var version string

func ownVersion() string {
	if build, ok := debug.ReadBuildInfo(); ok {
		return cmp.Or(version, build.Main.Version, "dev")
	}
	return cmp.Or(version, "dev")
}

func main() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	err := run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}, signals)
	code := 0
	if err != nil {
		code = 1
		if ended, ok := errors.AsType[commandError](err); ok {
			code = ended.code
		}
		if text := err.Error(); text != "" {
			fmt.Fprintln(os.Stderr, "sfmock:", text)
		}
	}
	os.Exit(code)
}

// streams are the standard ones.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func run(args []string, std streams, signals <-chan os.Signal) (err error) {
	s, err := parse(args)
	switch {
	case err != nil:
		return err
	case s.help:
		return help(std.out)
	case s.version:
		_, err := fmt.Fprintln(std.out, "sfmock", ownVersion())
		return err
	}
	journal, err := openJournal(s.journal, s.bodies)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, journal.close()) }()
	org, err := s.openOrg(journal.note, std.err)
	if err != nil {
		return err
	}
	if s.state != "" { // now rather than at the end, where it would be too late to hear that it can't be written
		if err := save(org, s.state); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, save(org, s.state)) }()
	}
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
		if err := os.WriteFile(s.envFile, []byte(exports(env)), 0o600); err != nil {
			return fmt.Errorf("write the environment: %w", err)
		}
	}
	if s.command != nil {
		return execute(s.command, env, std, signals)
	}
	if !s.quiet {
		if _, err := io.WriteString(std.out, exports(env)); err != nil {
			return fmt.Errorf("print the environment: %w", err)
		}
	}
	<-signals
	return nil
}

// openOrg makes the org of the state file, or a new one with its seeds.
func (s settings) openOrg(onRequest func(sfmock.Request), notes io.Writer) (*sfmock.Org, error) {
	org := sfmock.New(sfmock.Options{Latency: s.latency, Sandbox: s.sandbox, OnRequest: onRequest})
	loaded, err := load(org, s.state)
	if err != nil {
		return nil, err
	}
	for _, licence := range s.seats {
		if err := org.SetSeats(licence.name, licence.total); err != nil {
			return nil, err
		}
	}
	if !loaded {
		for _, folder := range s.seeds {
			leftOut, err := seed(org, folder)
			if err != nil {
				return nil, err
			}
			for _, file := range leftOut {
				if !s.quiet {
					fmt.Fprintf(notes, "sfmock: the mock org has no use for %s\n", file)
				}
			}
		}
	}
	for _, fault := range s.faults {
		if err := org.FailAs(strings.NewReader(fault)); err != nil {
			return nil, fmt.Errorf("-fault %s: %w", fault, err)
		}
	}
	return org, nil
}
