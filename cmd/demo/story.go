package main

import (
	"fmt"
	"io"
	"strings"
)

// The styles of a terminal that shows colours.
const (
	bold  = "\x1b[1m"
	green = "\x1b[32m"
	dim   = "\x1b[2m"
	plain = "\x1b[0m"
)

// story writes the demo's own words; what they say of Terraform and the org is indented below them.
type story struct {
	out   io.Writer
	color bool
}

func (s *story) heading(text string) { fmt.Fprintf(s.out, "\n%s\n", s.styled(bold, "== "+text)) }
func (s *story) say(text string)     { fmt.Fprintln(s.out, text) }
func (s *story) aside(text string)   { fmt.Fprintln(s.out, s.styled(dim, text)) }
func (s *story) command(text string) { fmt.Fprintf(s.out, "\n  %s\n\n", s.styled(bold, "$ "+text)) }

// show quotes a text, indented.
func (s *story) show(text string) {
	fmt.Fprintln(s.out)
	for line := range strings.Lines(text) {
		fmt.Fprint(s.out, strings.TrimRight(indent+line, " \n"), "\n")
	}
	fmt.Fprintln(s.out)
}

func (s *story) styled(style, text string) string {
	if !s.color {
		return text
	}
	return style + text + plain
}

// fact is something that has to be so at this point of the story.
type fact struct {
	text  string
	holds bool
}

// check tells the facts; the first that doesn't hold ends the demo.
func (s *story) check(facts ...fact) error {
	for _, f := range facts {
		if !f.holds {
			return fmt.Errorf("it was expected that %s, and that is not so", f.text)
		}
		fmt.Fprintln(s.out, s.styled(green, "  ✓ "+f.text))
	}
	return nil
}
