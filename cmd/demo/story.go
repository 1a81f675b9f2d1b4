package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// scene is one step of the story: something happens, by Terraform's doing or another's, and then the facts hold.
type scene struct {
	title, text string
	terraform   string // the command, "" for none
	exit        int    // of the command; with -detailed-exitcode, 0 is no changes and 2 is changes
	happens     func(ctx context.Context) error
	facts       []fact
}

func (d *demo) scenes() []scene {
	onlyItsOwn := fact{"it holds " + billingSet + " and " + integrationLicence + ", and nothing else", func() bool { return d.holds(billingSet, integrationLicence) }}
	says := func(text, of string) fact { return fact{text, func() bool { return strings.Contains(d.said, of) }} }
	return []scene{
		{title: "The configuration", text: `Salesforce forces multi-factor authentication (MFA) on every human login. An integration that signs in like a
human, with a password, stops working. The cure is one user per integration that can never log in to the UI, holds
only what it needs, and signs in through an app of its own: dozens of steps in Setup, for each org. Or this, which is
examples/demo/main.tf:`, happens: d.showConfiguration},
		{title: "Plan: what would Terraform do?", text: `The provider checks in the org while planning: the profile is API-only, a seat is free, the names are not taken.
What Salesforce would refuse in the middle of an apply is an error now. (What is only known after apply is left
out here.)`, terraform: "plan -detailed-exitcode -out=first.tfplan", exit: 2},
		{title: "Apply", text: "The user comes with its licence and its permission set in one transaction, the app with its policies in one.", terraform: "apply first.tfplan", facts: []fact{
			{"people need a second factor", func() bool { return d.session("enableMFADirectUILoginOptIn") == "true" }},
			{"the org has the active user " + billingUser, func() bool { return d.user()["IsActive"] == true }},
			{"it is API-only: it can't log in to the UI, so MFA never stands in its way", func() bool {
				return d.org.Find("Profile", "Id", d.user()["ProfileId"])["PermissionsApiUserOnly"] == true
			}},
			onlyItsOwn,
		}},
		{title: "Plan again: nothing to do", text: "What nobody changed must not show, or the change that matters is overlooked.", terraform: "plan -detailed-exitcode", facts: []fact{
			says("exit code 0: no changes", "No changes."),
		}},
		{title: "The integration signs in", text: `No password, no person: with the app's key and secret it gets a token and acts as the new user. The key is an output;
the secret is in Setup, and never in Terraform's state.`, happens: d.signIn, facts: []fact{
			{"from outside the data centre it gets no token", func() bool { return strings.Contains(d.said, somewhereElse+"\n  sign in to Salesforce: ") }},
			says("it reads Accounts", "ACME"),
			says("Contacts, which nobody granted, do not exist for it", "INVALID_TYPE"),
		}},
		{title: "A step too far", text: `A checklist asks for MFA in every session. No machine can give it, and for Salesforce that is no reason to refuse.
The provider sees who would stand outside: the integration, and Terraform itself, which could not undo it.`, happens: d.overdo, facts: []fact{
			says("Terraform does not lock itself out", "The provider would lock itself out"),
			says("nor the integration", "Integrations would be locked out"),
			{"nothing was written to the org", func() bool { return d.writes() == 0 }},
		}},
		{title: "Meanwhile, in Setup", text: `On a Friday night an invoice run fails, and an administrator helps out by hand: the integration may delete Accounts
now, and gets a second permission set; the administrator's own session shall not end before it is done.
On Monday nobody remembers.`, happens: d.meddle, facts: []fact{
			{"the integration may delete Accounts", func() bool { return d.rights()["PermissionsDelete"] == true }},
			{"it holds " + emergencySet + " too", func() bool { return d.holds(billingSet, emergencySet, integrationLicence) }},
			{"everybody's session lasts a day", func() bool { return d.session("sessionTimeout") == longSession }},
		}},
		{title: "Plan: the changes made by hand show", text: "A pipeline can run this every night: exit code 2 is the alarm.", terraform: "plan -detailed-exitcode -out=repair.tfplan", exit: 2, facts: []fact{
			{"exit code 2: all three changes show, and nothing else", d.showsRepairs},
		}},
		{title: "Apply: as it was written", text: "Terraform takes back all three. The second permission set itself is not Terraform's, and stays.", terraform: "apply repair.tfplan", facts: []fact{
			{"the integration may not delete Accounts", func() bool { return d.rights()["PermissionsDelete"] == false }},
			onlyItsOwn,
			{"sessions last an hour again", func() bool { return d.session("sessionTimeout") == "SixtyMinutes" }},
		}},
		{title: "Destroy: what is left?", text: `Salesforce deletes no users, and no profile that a user has. The provider takes away what the user holds, deactivates
it, which frees its seat, and moves it to the standard profile, so that its own can go.`, terraform: "destroy -auto-approve", facts: []fact{
			{"the user is there, but inactive", func() bool { return d.user()["IsActive"] == false }},
			{"it holds nothing any more", func() bool { return d.holds() }},
			{"its profile is gone", func() bool { return d.org.Find("Profile", "Name", "Billing API") == nil }},
			{"the permission set is gone", func() bool { return d.org.Find("PermissionSet", "Name", billingSet) == nil }},
			{"the app is gone, and its key and secret get no more tokens", d.refused},
			{"sessions last as long as before the story", func() bool { return d.session("sessionTimeout") == "TwoHours" }},
		}},
	}
}

// play goes through the scenes. If the org is to be kept, an invitation stands in for the last one.
func (d *demo) play(ctx context.Context) error {
	started, scenes := time.Now(), d.scenes()
	if d.keep {
		scenes[len(scenes)-1] = scene{title: "Your turn", text: "The org stays up, with everything in it. In another terminal:", happens: d.invite}
	}
	for i, s := range scenes {
		d.say(d.styled(bold, fmt.Sprintf("== %d. %s", i+1, s.title)) + "\n" + s.text)
		if s.happens == nil {
			s.happens = func(ctx context.Context) error {
				d.say("")
				return d.terraform(ctx, s.terraform, s.exit)
			}
		}
		before := d.org.Usage()
		if err := s.happens(ctx); err != nil {
			return err
		}
		calls := d.org.Usage() - before
		if err := d.check(s.facts); err != nil {
			return err
		}
		if calls > 0 {
			d.say(d.styled(dim, fmt.Sprintf("  API calls that the org counted: %d", calls)))
		}
		if calls > 0 || s.facts != nil {
			d.say("")
		}
	}
	if !d.keep {
		d.say(fmt.Sprintf(`The story took %s. Where to go next:
  make demo KEEP=1   the same, but the org stays up for you to play on
  docs/index.md      signing in to a real org, and every resource
  README.md          everything else`, time.Since(started).Round(time.Second)))
	}
	return nil
}

func (d *demo) showConfiguration(context.Context) error {
	text, err := os.ReadFile(filepath.Join(d.work, "main.tf"))
	d.quote(string(text))
	return err
}

// strict is what a checklist asks for.
const strict = `resource "salesforce_profile_session_setting" "strict" {
  for_each               = toset(["System Administrator", "Billing API"])
  profile                = each.key
  required_session_level = "HIGH_ASSURANCE"
}
`

// overdo plans it, and takes it out again.
func (d *demo) overdo(ctx context.Context) error {
	file := filepath.Join(d.work, "strict.tf")
	if err := os.WriteFile(file, []byte(strict), 0o600); err != nil {
		return err
	}
	d.quote(strict)
	d.org.ResetRequests()
	return errors.Join(d.terraform(ctx, "plan", 1), os.Remove(file))
}

// repairs is how Terraform shows that it takes back the three changes made by hand, and nothing else.
const repairs = `~ update in-place
~ resource "salesforce_integration_user" "billing" {
~ permission_sets = [
- "Friday_Emergency",
~ resource "salesforce_permission_set" "billing" {
~ object_permissions = {
~ "Account" = [
- "delete",
~ resource "salesforce_session_settings" "org" {
~ session_timeout = "TwentyFourHours" -> "SixtyMinutes"`

func (d *demo) showsRepairs() bool {
	var changes []string
	for line := range strings.Lines(d.said) {
		if words := strings.Fields(line); len(words) > 1 && strings.ContainsAny(words[0][:1], "+-~") {
			changes = append(changes, strings.Join(words, " "))
		}
	}
	return strings.Join(changes, "\n") == repairs
}

// invite says how to play on by hand and waits until it is interrupted. That is how it is meant to end, so it is no error.
func (d *demo) invite(ctx context.Context) error {
	quoted := func(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
	var lines []string
	for _, variable := range d.environment {
		lines = append(lines, "export "+quoted(variable))
	}
	d.quote(strings.Join(append(lines, "terraform -chdir="+quoted(d.work)+" plan"), "\n"))
	d.say("Edit the .tf files there, plan and apply (without terraform init: there is nothing to download). As if in Setup:")
	d.quote(fmt.Sprintf(`curl -X PATCH %s/_sfmock/records/%s -d '{"LastName": "Somebody Else"}'`, d.server.URL, d.user()["Id"]))
	d.say("Ctrl-C stops the org and removes the folder.")
	<-ctx.Done()
	return nil
}
