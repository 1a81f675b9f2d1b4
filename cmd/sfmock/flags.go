package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// settings are the command line's.
type settings struct {
	listen  string
	latency time.Duration
	sandbox bool
	seats   []seats
	seeds   []string
	state   string
	faults  []string
	journal string
	bodies  bool
	envFile string
	keyDir  string
	quiet   bool
	version bool
	help    bool
	command []string // after --, nil for none
}

// seats are those of a licence.
type seats struct {
	name  string
	total int
}

const (
	defaultAddress = "127.0.0.1:8765"
	freeAddress    = "127.0.0.1:0"
)

// flags are all flags, bound to the settings.
func (s *settings) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("sfmock", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&s.listen, "listen", "", "loopback `address` to listen on, port 0 is a free one (default "+defaultAddress+", with a command a free port)")
	flags.DurationVar(&s.latency, "latency", 0, "`time` that every answer takes, such as 150ms")
	flags.BoolVar(&s.sandbox, "sandbox", false, "be a sandbox, whose usernames end in .sandbox")
	flags.Func("seats", "seats of a licence, as `NAME=NUMBER`; -1 is no end of them (repeatable)", s.addSeats)
	flags.Func("seed", "`folder` of metadata or source to deploy into a new org, and of records to insert (repeatable)", appendTo(&s.seeds))
	flags.StringVar(&s.state, "state", "", "`file` that keeps the org from one run to the next")
	flags.Func("fault", "`JSON` of a request that goes wrong, as POST /_sfmock/faults takes it (repeatable)", appendTo(&s.faults))
	flags.StringVar(&s.journal, "journal", "", "`file` to append a line of JSON to for every request")
	flags.BoolVar(&s.bodies, "journal-bodies", false, "write the bodies of requests into the journal, secrets in them included")
	flags.StringVar(&s.envFile, "env-file", "", "also write the environment to this `file`, for a shell to source")
	flags.StringVar(&s.keyDir, "key-dir", "", "`folder` for the private key and certificate to sign in with (default a temporary one)")
	flags.BoolVar(&s.quiet, "quiet", false, "print neither the environment nor what the org has no use for in a seed")
	flags.BoolVar(&s.version, "version", false, "print the version")
	return flags
}

func appendTo(list *[]string) func(string) error {
	return func(value string) error { *list = append(*list, value); return nil }
}

func (s *settings) addSeats(value string) error {
	name, number, _ := strings.Cut(value, "=")
	total, err := strconv.Atoi(number)
	if name == "" || err != nil || total < -1 {
		return errors.New(`expected a licence and a number, as in "Salesforce Integration=5"`)
	}
	s.seats = append(s.seats, seats{name, total})
	return nil
}

func parse(args []string) (settings, error) {
	var s settings
	if i := slices.Index(args, "--"); i >= 0 {
		if args, s.command = args[:i], args[i+1:]; len(s.command) == 0 {
			return settings{}, errors.New("there is no command after --")
		}
	}
	flags := s.flags()
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return settings{help: true}, nil
	case err != nil:
		return settings{}, fmt.Errorf("%w; sfmock -help lists the flags", err)
	case flags.NArg() > 0:
		return settings{}, fmt.Errorf("unexpected argument %q; a command to run comes after --", flags.Arg(0))
	case s.bodies && s.journal == "":
		return settings{}, errors.New("-journal-bodies needs -journal")
	}
	if s.listen == "" {
		if s.listen = defaultAddress; s.command != nil {
			s.listen = freeAddress
		}
	}
	return s, nil
}

// groups are the flags in the order of the help text.
var groups = []struct {
	title string
	flags []string
}{
	{"The org", []string{"seed", "state", "sandbox", "seats"}},
	{"Trouble", []string{"fault", "latency"}},
	{"The journal", []string{"journal", "journal-bodies"}},
	{"The server and who signs in", []string{"listen", "env-file", "key-dir", "quiet", "version"}},
}

const (
	introduction = `sfmock is a Salesforce org in memory, on the loopback address.

  sfmock [flags]                     serve until interrupted, print the environment that signs a client in
  sfmock [flags] -- COMMAND [ARG]... run a command in that environment, end with its exit status
`
	helpExamples = `
Examples
  sfmock -env-file mock.env
  sfmock -seed force-app -- terraform test
  sfmock -state org.json -seats 'Salesforce Integration=1' -- terraform apply
  sfmock -fault '{"kind": "query", "times": 2, "status": 503}' -journal requests.jsonl -- ./my-client
`
)

// help prints the flags in their groups.
func help(to io.Writer) error {
	var text strings.Builder
	text.WriteString(introduction)
	flags := new(settings).flags()
	for _, group := range groups {
		fmt.Fprintf(&text, "\n%s\n", group.title)
		for _, name := range group.flags {
			value, usage := flag.UnquoteUsage(flags.Lookup(name))
			fmt.Fprintf(&text, "  %-24s %s\n", strings.TrimSpace("-"+name+" "+value), usage)
		}
	}
	text.WriteString(helpExamples)
	_, err := io.WriteString(to, text.String())
	return err
}
