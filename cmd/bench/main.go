// Bench measures how long the provider takes and what it asks of Salesforce: real Terraform against a mock org, beside what
// Terraform takes on its own. Only ratios within one run mean something on a machine that does other things too.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// settings are the command line's, and how large the rest is.
type settings struct {
	users   []int
	latency time.Duration
	runs    int
	objects int // that the one large permission set grants rights on
	columns int // of each, likewise
	sets    int // other permission sets
	apps    int // external client apps
}

// realistic is a large permission set, with 250 objects and 2,000 fields, and the metadata of some dozens of integrations.
var realistic = settings{users: []int{100, 1000}, objects: 250, columns: 8, sets: 50, apps: 20}

func parse(args []string, stderr io.Writer) (settings, error) {
	s := realistic
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Func("n", "`numbers` of integration users, separated by commas (default 100,1000)", func(list string) error {
		s.users = nil
		for number := range strings.SplitSeq(list, ",") {
			n, err := strconv.Atoi(strings.TrimSpace(number))
			if err != nil || n < 1 {
				return fmt.Errorf("%q is not a number of users", number)
			}
			s.users = append(s.users, n)
		}
		return nil
	})
	flags.DurationVar(&s.latency, "latency", 100*time.Millisecond, "`time` that Salesforce takes for every answer; three times as long where all is metadata")
	flags.IntVar(&s.runs, "runs", 3, "`times` that every plan is made; the median counts")
	if err := flags.Parse(args); err != nil {
		return settings{}, err
	}
	if flags.NArg() > 0 {
		return settings{}, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if s.runs < 1 {
		return settings{}, fmt.Errorf("-runs %d: every plan has to be made at least once", s.runs)
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
	return bench(ctx, s, stdout)
}

// bench prints each table as soon as it is measured, and the targets last.
func bench(ctx context.Context, s settings, stdout io.Writer) error {
	kit, err := newToolkit(ctx)
	if err != nil {
		return err
	}
	defer kit.remove()
	printMachine(stdout, kit, s)
	users, err := measureUsers(ctx, kit, s)
	if err != nil {
		return err
	}
	printUsers(stdout, users)
	set, err := measurePermissionSet(ctx, kit, s)
	if err != nil {
		return err
	}
	printPermissionSet(stdout, s, set)
	metadata, err := measureMetadata(ctx, kit, s)
	if err != nil {
		return err
	}
	printMetadata(stdout, s, metadata)
	printTargets(stdout, slices.Concat(targets(users, set), metadataTargets(metadata)))
	return nil
}
