package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Exit codes of terraform plan -detailed-exitcode.
const (
	nothingToDo   = 0
	somethingToDo = 2
)

// scene is one step of the story.
type scene struct {
	title, text string
	play        func(ctx context.Context) error
}

// demo is the story on its stage.
type demo struct {
	*stage
	*story
}

func newDemo(s *stage, told *story) *demo { return &demo{s, told} }

func (d *demo) scenes() []scene {
	return []scene{
		{
			"The configuration",
			"Salesforce forces multi-factor authentication on every human login, so an integration that signs in like a\nhuman, with a password, stops working. The cure is one user per integration that can never log in to the UI\nand holds only what it needs. By hand that is a dozen steps in Setup, per org. Here it is examples/demo/main.tf:",
			d.configuration,
		},
		{
			"Plan: what would Terraform do?",
			"The provider looks everything up while planning: that the profile is API-only, that a seat is free, that the\nusername is not taken. What Salesforce would refuse at apply is an error now.",
			func(ctx context.Context) error {
				return d.tf.run(ctx, somethingToDo, "plan", "-detailed-exitcode", "-out=first.tfplan")
			},
		},
		{
			"Apply: the permission set, then the user with its grants",
			"The user comes with its licence and its permission set in one transaction: whole, or not at all.",
			d.create,
		},
		{
			"Plan again: nothing to do",
			"Nothing may show here that nobody changed, or the next real change would be overlooked.",
			func(ctx context.Context) error {
				if err := d.tf.run(ctx, nothingToDo, "plan", "-detailed-exitcode"); err != nil {
					return err
				}
				return d.check(fact{"terraform plan -detailed-exitcode ended with 0: no changes", true})
			},
		},
		{
			"Meanwhile, in Setup",
			"Late on a Friday an invoice run fails, and an administrator helps out by hand: the integration may now delete\nAccounts, and it gets a second permission set. Nobody remembers on Monday.",
			d.meddle,
		},
		{
			"Plan: what was changed by hand shows",
			"This is the same plan that a pipeline can run every night: exit code 2 is the alarm.",
			d.reveal,
		},
		{
			"Apply: back to what the configuration says",
			"Only these two changes are made; the emergency permission set itself is not Terraform's and stays in the org.",
			d.repair,
		},
		{
			"The integration signs in",
			"No password and no person: the app \"Billing Sync\" gets a token with its client credentials and acts as the new\nuser. This is what the billing system itself would do.",
			d.signIn,
		},
	}
}

func (d *demo) destruction() scene {
	return scene{
		"Destroy: what is left?",
		"Salesforce deletes no users. The provider takes the grants away and deactivates the user, which frees the seat\nand ends its access; a later apply would take the same user over again.",
		d.destroy,
	}
}

// play goes through the scenes, and ends with the destruction or, when the stage is to be kept, with an invitation.
func (d *demo) play(ctx context.Context, keep bool) error {
	started := time.Now()
	scenes := d.scenes()
	if !keep {
		scenes = append(scenes, d.destruction())
	}
	for i, s := range scenes {
		d.heading(fmt.Sprintf("%d. %s", i+1, s.title))
		d.say(s.text)
		before := d.org.Usage()
		if err := s.play(ctx); err != nil {
			return err
		}
		if calls := d.org.Usage() - before; calls > 0 {
			d.aside(fmt.Sprintf("  API calls that the org counted: %d", calls))
		}
	}
	if keep {
		return d.invite(ctx)
	}
	d.heading("That was all")
	d.say(fmt.Sprintf(`It took %s and %d API calls, and the temporary folder goes now. Where to go next:
  make demo KEEP=1   the same, but the org stays up for you to play on with Terraform
  examples/demo      the configuration that you saw
  docs/index.md      how to sign in to a real org, and all resources
  README.md          everything else`, time.Since(started).Round(time.Second), d.org.Usage()))
	return nil
}

func (d *demo) configuration(context.Context) error {
	text, err := os.ReadFile(filepath.Join(d.tf.dir, "main.tf"))
	if err != nil {
		return fmt.Errorf("read the example: %w", err)
	}
	d.show(strings.TrimSpace(string(text)))
	return nil
}

func (d *demo) create(ctx context.Context) error {
	if err := d.tf.run(ctx, 0, "apply", "first.tfplan"); err != nil {
		return err
	}
	user := d.user()
	return d.check(
		fact{"the org has an active user " + billingUser, user["IsActive"] == true},
		fact{"the user is API-only: no login to the UI, so multi-factor authentication never asks it", d.apiOnly()},
		fact{"it holds " + integrationLicence + " and " + billingSet + ", and nothing else", slices.Equal(d.granted(), []string{billingSet, integrationLicence})},
	)
}

func (d *demo) reveal(ctx context.Context) error {
	if err := d.tf.run(ctx, somethingToDo, "plan", "-detailed-exitcode", "-out=repair.tfplan"); err != nil {
		return err
	}
	changes, err := d.tf.changes(ctx, "repair.tfplan")
	if err != nil {
		return err
	}
	wanted := map[string][]string{
		"salesforce_integration_user.billing": {"permission_sets"},
		"salesforce_permission_set.billing":   {"object_permissions"},
	}
	if !reflect.DeepEqual(changes, wanted) {
		return fmt.Errorf("the plan changes %v, not %v", changes, slices.Sorted(maps.Keys(wanted)))
	}
	return d.check(fact{"terraform plan -detailed-exitcode ended with 2: exactly the two changes made by hand, nothing else", true})
}

func (d *demo) repair(ctx context.Context) error {
	if err := d.tf.run(ctx, 0, "apply", "repair.tfplan"); err != nil {
		return err
	}
	return d.check(
		fact{"the integration can no longer delete Accounts", d.accountRights()["PermissionsDelete"] == false},
		fact{"it holds " + integrationLicence + " and " + billingSet + ", and nothing else", slices.Equal(d.granted(), []string{billingSet, integrationLicence})},
	)
}

func (d *demo) destroy(ctx context.Context) error {
	if err := d.tf.run(ctx, 0, "destroy", "-auto-approve"); err != nil {
		return err
	}
	return d.check(
		fact{"the user is still there, but inactive", d.user()["IsActive"] == false},
		fact{"it holds nothing any more", len(d.granted()) == 0},
		fact{"the permission set " + billingSet + " is gone", d.org.Find("PermissionSet", "Name", billingSet) == nil},
		fact{"the app gets no more tokens", d.refused(ctx)},
	)
}
