package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const (
	module = "github.com/terraform-salesforce/terraform-provider-salesforce"
	source = "terraform-salesforce/salesforce"
)

// stage is where the story plays: a mock org, the provider built from this source tree, and a folder with the configuration. All
// that it writes lies in one temporary folder.
type stage struct {
	dir     string
	org     *sfmock.Org
	server  *sfmock.Server
	billing sfmock.App // the integration's own app
	tf      *terraform
}

func setStage(ctx context.Context, tempIn string, told *story) (s *stage, err error) {
	s = &stage{tf: &terraform{told: told}}
	terraformVersion, err := s.tf.version(ctx)
	if err == nil {
		err = goTool.find()
	}
	if err != nil {
		return nil, err
	}
	if s.dir, err = os.MkdirTemp(tempIn, "salesforce-demo-"); err != nil {
		return nil, fmt.Errorf("make a temporary folder: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.clear())
		}
	}()
	told.say("Building the provider; the first time that takes a minute or two.")
	started := time.Now()
	if err := s.build(ctx); err != nil {
		return nil, err
	}
	if err := s.openOrg(); err != nil {
		return nil, err
	}
	told.say(fmt.Sprintf("Built in %s. Terraform %s will sign in as an administrator to a mock org at %s,\na Salesforce org in memory: no account, no network, and your own Terraform settings stay as they are.",
		time.Since(started).Round(time.Second), terraformVersion, s.server.URL))
	return s, nil
}

// build makes the provider, a Terraform CLI configuration that uses it, and a copy of the example to work in.
func (s *stage) build(ctx context.Context) error {
	root, err := goAnswer(ctx, "list", "-m", "-f", "{{.Dir}}", module)
	if err != nil {
		return fmt.Errorf("find the source of the provider (run this inside a clone of its repository): %w", err)
	}
	built := filepath.Join(s.dir, "provider")
	if _, err := goAnswer(ctx, "build", "-buildvcs=false", "-o", built+string(filepath.Separator), module); err != nil {
		return fmt.Errorf("build the provider: %w", err)
	}
	s.tf.dir = filepath.Join(s.dir, "configuration")
	if err := os.CopyFS(s.tf.dir, os.DirFS(filepath.Join(root, "examples", "demo"))); err != nil {
		return fmt.Errorf("copy the example: %w", err)
	}
	rc, err := s.keep("terraform.rc", fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", source, built))
	s.tf.variables = map[string]string{"TF_CLI_CONFIG_FILE": rc}
	return err
}

// openOrg starts the org with two apps: one that Terraform signs in through, and one for the integration, whose user is yet to come.
func (s *stage) openOrg() error {
	s.org = sfmock.New(sfmock.Options{})
	app, key, err := s.org.AddJWTApp("Terraform")
	if err != nil {
		return err
	}
	s.billing = sfmock.App{
		Name: "Billing Sync", External: true, ConsumerKey: "3MVG9" + rand.Text(), ConsumerSecret: rand.Text(), Scopes: []string{"api"},
		AdminApproved: true, PermissionSets: []string{billingSet}, ClientCredentials: true, RunAs: billingUser,
	}
	s.org.AddApp(s.billing)
	if s.server, err = s.org.Listen("127.0.0.1:0"); err != nil {
		return err
	}
	keyFile, err := s.keep("administrator.key", key)
	s.tf.variables["SALESFORCE_LOGIN_URL"] = s.server.URL
	s.tf.variables["SALESFORCE_CLIENT_ID"] = app.ConsumerKey
	s.tf.variables["SALESFORCE_USERNAME"] = s.org.AdministratorUsername()
	s.tf.variables["SALESFORCE_PRIVATE_KEY_FILE"] = keyFile
	return err
}

// keep writes a file that only its owner can read.
func (s *stage) keep(name, content string) (path string, err error) {
	path = filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		return "", fmt.Errorf("write into the temporary folder: %w", err)
	}
	return path, nil
}

// clear stops the org and removes the temporary folder.
func (s *stage) clear() error {
	if s.server != nil {
		s.server.Close()
	}
	if err := os.RemoveAll(s.dir); err != nil {
		return fmt.Errorf("remove the temporary folder: %w", err)
	}
	return nil
}

// goAnswer runs the go command; its error says what the command says.
func goAnswer(ctx context.Context, args ...string) (string, error) {
	var says strings.Builder
	c := command(ctx, goTool.name, args...)
	c.Stderr = &says
	answer, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, says.String())
	}
	return strings.TrimSpace(string(answer)), nil
}
