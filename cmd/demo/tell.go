package main

import (
	"fmt"
	"strings"
)

// The styles of a terminal that shows colours.
const bold, dim, green, plain = "\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[0m"

func (d *demo) styled(style, text string) string {
	if !d.color {
		return text
	}
	return style + text + plain
}

func (d *demo) say(text string) { fmt.Fprintln(d.out, text) }

// quote shows what another says, indented and between blank lines, and remembers it without colours.
func (d *demo) quote(text string) {
	d.said = escapes.ReplaceAllString(text, "")
	d.say("")
	for line := range strings.Lines(strings.Trim(text, "\n")) {
		d.say(strings.TrimRight("    "+line, " \n"))
	}
	d.say("")
}

// fact is something that has to be so at a point of the story.
type fact struct {
	text  string
	holds func() bool
}

// check tells facts; one that doesn't hold ends the demo.
func (d *demo) check(facts []fact) error {
	for _, f := range facts {
		if !f.holds() {
			return fmt.Errorf("this should be so, and is not: %s", f.text)
		}
		d.say(d.styled(green, "  ✓ "+f.text))
	}
	return nil
}
