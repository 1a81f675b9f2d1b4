package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
)

// commandError is how a command ended, or why it never began.
type commandError struct {
	code   int
	reason error // nil where the command has told its own
}

func (e commandError) Error() string {
	if e.reason == nil {
		return ""
	}
	return e.reason.Error()
}

// Exit codes of shells.
const (
	notExecutable = 126
	notFound      = 127
	killed        = 128 // plus the signal's number
)

// execute runs a command that finds the org in its environment, and passes signals on to it.
func execute(command []string, env []variable, std streams, signals <-chan os.Signal) error {
	c := exec.CommandContext(context.Background(), command[0], command[1:]...) // it ends when it ends
	c.Stdin, c.Stdout, c.Stderr = std.in, std.out, std.err
	c.Env = slices.DeleteFunc(os.Environ(), signsInElsewhere)
	for _, v := range env {
		c.Env = append(c.Env, v.name+"="+v.value)
	}
	if err := c.Start(); err != nil {
		code := notExecutable
		if errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist) {
			code = notFound
		}
		return commandError{code, fmt.Errorf("run %s: %w", command[0], err)}
	}
	done := make(chan error, 1)
	go func() { done <- c.Wait() }()
	for {
		select {
		case s := <-signals:
			if s != os.Interrupt || !atTerminal() {
				_ = c.Process.Signal(s) // it may have ended meanwhile
			}
		case err := <-done:
			return ending(err)
		}
	}
}

// signsInElsewhere tells whether a variable could lead a client to a real org.
func signsInElsewhere(variable string) bool { return strings.HasPrefix(variable, "SALESFORCE_") }

// atTerminal tells whether there is a terminal, which sends Ctrl-C to the command itself. Twice would mean more than once: Terraform
// then stops in the middle of things.
func atTerminal() bool {
	terminal, err := os.Open("/dev/tty")
	if err != nil {
		return false
	}
	_ = terminal.Close()
	return true
}

func ending(err error) error {
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return err
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return commandError{code: killed + int(status.Signal())}
	}
	return commandError{code: exit.ExitCode()}
}
