// Convert turns a folder of Salesforce metadata files into Terraform configuration with import blocks. It asks no org: the provider
// itself reads the files, through a mock org that shows them, so that what comes out is what an import would read.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const usage = `usage: convert FOLDER >imported.tf

Turns the components in a folder of metadata files, in source or metadata format,
into resources with import blocks. What it leaves out it names on the standard
error output.
`

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // it ends too soon for its garbage to matter
	}
	for _, variable := range os.Environ() { // the provider is to sign in to the mock org only
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "SALESFORCE_") {
			_ = os.Unsetenv(name)
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "convert:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out, notes io.Writer) error {
	flags := flag.NewFlagSet("convert", flag.ContinueOnError)
	flags.SetOutput(notes)
	flags.Usage = func() { fmt.Fprint(notes, usage) }
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New(strings.TrimSpace(usage))
	}
	folder := flags.Arg(0)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return fmt.Errorf("%s is no folder that can be read", folder)
	}
	return convert(ctx, folder, out, notes)
}

// convert writes nothing unless everything that it takes on can be converted.
func convert(ctx context.Context, folder string, out, notes io.Writer) error {
	org := sfmock.New(sfmock.Options{})
	found, leftOut, err := readFolder(org, os.DirFS(folder))
	if err != nil {
		return err
	}
	for _, note := range leftOut {
		fmt.Fprintln(notes, "convert:", note)
	}
	things := thingsOf(found)
	if len(things) == 0 {
		return fmt.Errorf("%s holds nothing that can be converted: files are known by their names, such as permissionsets/Billing.permissionset-meta.xml", folder)
	}
	p, err := start(ctx, org)
	if err != nil {
		return err
	}
	defer p.server.Close()
	if err := p.readAll(ctx, things); err != nil {
		return err
	}
	for _, t := range things {
		if t.mayHaveAnotherName() {
			fmt.Fprintf(notes, "convert: %s: Setup may show this standard profile by another name; write that one as its name\n", t.file)
		}
	}
	name(things)
	_, err = out.Write(configuration(things, p.schemas))
	return err
}
