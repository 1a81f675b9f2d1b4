package main

import (
	"bytes"
	"io"
	"regexp"
	"slices"
)

const indent = "    "

// overrides is the title of the warning that Terraform prints on each command while a provider is built from source. Here that
// is always so and says nothing new.
const overrides = "Provider development overrides are in effect"

var styles = regexp.MustCompile("\x1b\\[[0-9;]*m")

// transcript passes Terraform's output on, indented, without blank lines on end and without the warning about overrides.
type transcript struct {
	out     io.Writer
	partial []byte   // a line that has not ended yet
	box     [][]byte // the lines of the diagnostic that is being read, nil outside of one
	blanks  bool     // a blank line is due before the next one that says something
	begun   bool
}

// Write implements io.Writer.
func (t *transcript) Write(text []byte) (int, error) {
	t.partial = append(t.partial, text...)
	for {
		line, rest, complete := bytes.Cut(t.partial, []byte("\n"))
		if !complete {
			return len(text), nil
		}
		t.partial = slices.Clone(rest)
		if err := t.line(line); err != nil {
			return 0, err
		}
	}
}

// end passes on what was left unfinished.
func (t *transcript) end() error {
	for _, line := range append(t.box, t.partial) {
		if err := t.pass(line); err != nil {
			return err
		}
	}
	t.box, t.partial = nil, nil
	return nil
}

func (t *transcript) line(line []byte) error {
	bare := styles.ReplaceAll(line, nil)
	opens, closes := bytes.HasPrefix(bare, []byte("╷")), bytes.HasPrefix(bare, []byte("╵"))
	if !opens && t.box == nil {
		return t.pass(line)
	}
	t.box = append(t.box, line)
	if !closes {
		return nil
	}
	box := t.box
	t.box = nil
	if bytes.Contains(bytes.Join(box, nil), []byte(overrides)) {
		return nil
	}
	for _, line := range box {
		if err := t.pass(line); err != nil {
			return err
		}
	}
	return nil
}

func (t *transcript) pass(line []byte) error {
	if len(bytes.TrimSpace(styles.ReplaceAll(line, nil))) == 0 {
		t.blanks = t.begun
		return nil
	}
	head := indent
	if t.blanks {
		head = "\n" + indent
	}
	t.begun, t.blanks = true, false
	_, err := t.out.Write(slices.Concat([]byte(head), line, []byte("\n")))
	return err
}
