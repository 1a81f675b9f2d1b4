package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const module = "github.com/terraform-salesforce/terraform-provider-salesforce"

// cliConfiguration lets Terraform run the provider from a folder, without terraform init.
const cliConfiguration = "provider_installation {\n  dev_overrides {\n    \"terraform-salesforce/salesforce\" = %q\n  }\n  direct {}\n}\n"

// demo is the story's teller with its stage: a mock org, the provider built from this source tree, and a copy of examples/demo.
type demo struct {
	out    io.Writer
	color  bool
	keep   bool   // the org stays up at the end
	tempIn string // folder to make the temporary folder in, "" for the system's

	dir         string   // the temporary folder
	work        string   // the folder of the configuration, in it
	environment []string // how Terraform finds the provider, and the provider the org, as NAME=value
	said        string   // by another, last

	org    *sfmock.Org
	server *sfmock.Server
	app    struct{ key, secret string } // what the integration signs in with
}

func (d *demo) setStage(ctx context.Context) error {
	version, err := findTools(ctx)
	if err != nil {
		return err
	}
	if d.dir, err = os.MkdirTemp(d.tempIn, "salesforce-demo-"); err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	d.say("Building the provider. The first time, that takes a minute or two.")
	started := time.Now()
	if err := errors.Join(d.build(ctx), d.openOrg()); err != nil {
		return err
	}
	d.say(fmt.Sprintf(`Built in %s. Terraform %s will sign in as an administrator to %s:
a mock org, which is Salesforce as far as the provider can tell. Your own Terraform settings stay as they are.
`,
		time.Since(started).Round(time.Second), version, d.server.URL))
	return nil
}

// build makes the provider and the folder of the configuration.
func (d *demo) build(ctx context.Context) error {
	root, err := output(command(ctx, "go", "list", "-m", "-f", "{{.Dir}}", module))
	if err != nil {
		return fmt.Errorf("find the provider's source (run this inside a clone of its repository): %w", err)
	}
	if _, err := output(command(ctx, "go", "build", "-buildvcs=false", "-o", d.dir+"/provider/", module)); err != nil {
		return fmt.Errorf("build the provider: %w", err)
	}
	d.work = filepath.Join(d.dir, "configuration")
	return os.CopyFS(d.work, os.DirFS(filepath.Join(strings.TrimSpace(string(root)), "examples", "demo")))
}

// openOrg starts the org with an app that Terraform signs in through.
func (d *demo) openOrg() error {
	d.org = sfmock.New(sfmock.Options{})
	terraform, key, err := d.org.AddJWTApp("Terraform")
	if err != nil {
		return err
	}
	if d.server, err = d.org.Listen("127.0.0.1:0"); err != nil {
		return err
	}
	rcFile, keyFile := filepath.Join(d.dir, "terraform.rc"), filepath.Join(d.dir, "administrator.key")
	d.environment = []string{
		"TF_CLI_CONFIG_FILE=" + rcFile,
		"SALESFORCE_LOGIN_URL=" + d.server.URL,
		"SALESFORCE_CLIENT_ID=" + terraform.ConsumerKey,
		"SALESFORCE_USERNAME=" + d.org.AdministratorUsername(),
		"SALESFORCE_PRIVATE_KEY_FILE=" + keyFile,
	}
	return errors.Join(
		os.WriteFile(rcFile, fmt.Appendf(nil, cliConfiguration, filepath.Join(d.dir, "provider")), 0o600),
		os.WriteFile(keyFile, []byte(key), 0o600),
	)
}
