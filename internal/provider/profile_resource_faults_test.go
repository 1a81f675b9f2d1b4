package provider

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestProfilePlanErrors(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.insert(t, profileKind, map[string]any{"Name": "Taken", "UserLicenseId": o.id(t, "UserLicense", "Name", "Salesforce")})
	integration := func(more string) string {
		return strings.Replace(profileConfig("Billing", more), `"Salesforce"`, `"Salesforce Integration"`, 1)
	}
	for name, c := range map[string]struct{ config, message string }{
		"taken name":              {profileConfig("taken", ""), `(?s)name is taken.*terraform import\s+salesforce_profile\.<name>\s+"00e`},
		"name with space":         {profileConfig("Billing ", ""), `space at an end`},
		"unknown licence":         {strings.Replace(profileConfig("Billing", ""), `"Salesforce"`, `"Salesforce Integrations"`, 1), `Did you mean\s+"Salesforce\s+Integration"`},
		"unknown permission":      {profileConfig("Billing", `user_permissions = ["ViewSetups"]`), `Did you mean\s+"ViewSetup"`},
		"missing dependency":      {profileConfig("Billing", `user_permissions = ["ResetPasswords"]`), `(?s)ResetPasswords needs\s+ViewRoles.*Add to user_permissions: ViewRoles,\s+ViewSetup`},
		"forced permission":       {integration(`user_permissions = ["ApiEnabled", "ChatterInternalUser"]`), `(?s)Permissions that the user licence forces are missing.*Add\s+"ApiUserOnly"`},
		"unknown object":          {profileConfig("Billing", `object_permissions = { Acount = ["read"] }`), `Did you mean\s+"Account"`},
		"missing right":           {profileConfig("Billing", `object_permissions = { Account = ["delete"] }`), `Add "edit",\s+"read"`},
		"unknown field":           {profileConfig("Billing", `field_permissions = { "Account.Industri" = "read" }`), `Did you mean\s+"Account.Industry"`},
		"field of everybody":      {profileConfig("Billing", `field_permissions = { "Account.Name" = "read" }`), `Fields that everybody sees take no\s+permission`},
		"word of permission sets": {profileConfig("Billing", `tabs = { standard-Account = "Visible" }`), `"Visible" is none of the words`},
		"two default apps":        {profileConfig("Billing", `applications = { standard__Sales = "Default", standard__Service = "Default" }`), `Two defaults in applications`},
		"no range":                {profileConfig("Billing", `login_ip_ranges = { "192.0.2.0/33" = "" }`), `(?i)not a range of IP addresses`},
		"mixed range":             {profileConfig("Billing", `login_ip_ranges = { "192.0.2.0-2001:db8::" = "" }`), `mixes IPv4 with IPv6`},
		"one range twice":         {profileConfig("Billing", `login_ip_ranges = { "192.0.2.0/32" = "", "192.0.2.0" = "" }`), `same range of IP addresses\s+twice`},
		"no day":                  {profileConfig("Billing", `login_hours = { mon = "08:00-18:00" }`), `"mon" is no day`},
		"half an hour":            {profileConfig("Billing", `login_hours = { monday = "08:30-18:00" }`), `Salesforce takes whole\s+hours`},
		"timeout":                 {profileConfig("Billing", `timeouts = { create = "soon" }`), `(?i)duration`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o.play(t, nothing, resource.TestStep{Config: c.config, ExpectError: regexp.MustCompile(c.message)})
			if writes := len(o.Requests(sfmock.Match{Kind: "metadata write"})) + len(o.Requests(sfmock.Match{Kind: "collection"})); writes > 0 {
				t.Errorf("%d writes were sent although the plan was refused", writes)
			}
		})
	}
}

// The only default app can't go.
func TestProfileDefaultApp(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.play(
		t, o.withoutProfile("Billing"),
		resource.TestStep{Config: profileConfig("Billing", `applications = { standard__Sales = "Default" }`)},
		resource.TestStep{Config: profileConfig("Billing", `applications = { standard__Sales = "Visible" }`), ExpectError: regexp.MustCompile(`No default app`)},
	)
}

func TestProfileFaults(t *testing.T) {
	t.Parallel()
	locked := sfmock.Fault{Status: 500, Code: "UNABLE_TO_LOCK_ROW", Message: "unable to obtain exclusive access to this record"}
	for name, c := range map[string]struct {
		fault sfmock.Fault
		times int
	}{
		"reset after commit":     {sfmock.Fault{ResetAfterCommit: true}, 1},
		"reset before":           {sfmock.Fault{Reset: true}, 1},
		"truncated answer":       {sfmock.Fault{TruncateBody: true}, 1},
		"maintenance page":       {sfmock.Fault{Status: 503, Body: "<html>Down for maintenance</html>"}, 1},
		"locked":                 {locked, 2},
		"session dies meanwhile": {sfmock.Fault{KillSessions: true}, 1},
	} {
		for operation, match := range map[string]sfmock.Match{
			"create": {Method: "POST", Kind: "collection"}, "content": {Contains: "updateMetadata"}, "rename": {Method: "PATCH", Kind: "collection"}, "delete": {Method: "DELETE", Kind: "collection"},
		} {
			t.Run(name+" of "+operation, func(t *testing.T) {
				t.Parallel()
				o := newOrg(t)
				o.Fail(match, c.times, c.fault)
				steps := make([]resource.TestStep, 2)
				for i, config := range []string{profileConfig("Billing", `apex_classes = ["BillingApi"]`), profileConfig("Orders", `apex_classes = ["OrderSync"]`)} {
					steps[i] = resource.TestStep{
						Config: config,
						ConfigPlanChecks: resource.ConfigPlanChecks{
							PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(profileAddress, []plancheck.ResourceActionType{plancheck.ResourceActionCreate, plancheck.ResourceActionUpdate}[i])},
							PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
						},
						Check: func(*terraform.State) error {
							count := 0
							for _, record := range o.Records(profileKind) {
								if record["Name"] == "Billing" || record["Name"] == "Orders" {
									count++
								}
							}
							if count != 1 {
								return fmt.Errorf("the org has %d such profiles", count)
							}
							return nil
						},
					}
				}
				o.play(t, o.withoutProfile("Orders"), steps...)
			})
		}
	}
}

// refusedProfile is a refusal of a metadata call.
var refusedProfile = sfmock.Fault{Status: 500, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights on entity: Profile"}

// The record is made and the content is not: the profile stays, and the next apply finishes it.
func TestProfileUnfinished(t *testing.T) {
	t.Parallel()
	for name, match := range map[string]sfmock.Match{"listing": {Contains: "<listMetadata>"}, "reading": {Contains: "<readMetadata>"}, "writing": {Contains: "updateMetadata"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			config := profileConfig("Billing", `apex_classes = ["BillingApi"]`)
			var id any
			o.play(
				t, o.withoutProfile("Billing"),
				resource.TestStep{
					PreConfig: func() { o.Fail(match, 1, refusedProfile) },
					Config:    config, ExpectNonEmptyPlan: true,
					Check: func(*terraform.State) error {
						id = o.Find(profileKind, "Name", "Billing")["Id"]
						return nil
					},
				},
				resource.TestStep{
					Config:           config,
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{changesOnly(profileAddress, "apex_classes")}, PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
					Check: func(*terraform.State) error {
						if now := o.Find(profileKind, "Name", "Billing")["Id"]; now != id {
							return fmt.Errorf("the profile was made anew: %v, %v", id, now)
						}
						return nil
					},
				},
			)
		})
	}
}

// A rename that went through before the content was refused shows in the next plan, which changes the rest.
func TestProfileRenamedOnly(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := profileConfig("Orders", `apex_classes = ["BillingApi"]`)
	o.play(
		t, o.withoutProfile("Orders"),
		resource.TestStep{Config: profileConfig("Billing", "")},
		resource.TestStep{
			PreConfig: func() { o.Fail(sfmock.Match{Contains: "updateMetadata"}, 1, refusedProfile) },
			Config:    config, ExpectError: regexp.MustCompile(`(?s)Unable to update profile "Billing".*insufficient access rights`),
		},
		resource.TestStep{
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{changesOnly(profileAddress, "apex_classes")}, PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)
}

// Salesforce says yes and does nothing: that is an error that names what is missing, not a difference for ever.
func TestProfileNotTaken(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	yes := `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata"><soapenv:Body>` +
		`<updateMetadataResponse><result><fullName>Billing</fullName><success>true</success></result></updateMetadataResponse></soapenv:Body></soapenv:Envelope>`
	o.play(
		t, o.withoutProfile("Billing"),
		resource.TestStep{Config: profileConfig("Billing", `flows = ["Order_Approval"]`)},
		resource.TestStep{
			PreConfig: func() {
				o.Fail(sfmock.Match{Contains: "updateMetadata"}, 1, sfmock.Fault{Status: 200, Body: yes, ContentType: "text/xml; charset=UTF-8"})
			},
			Config: profileConfig("Billing", `
  flows        = []
  apex_classes = ["BillingApi"]`), ExpectError: regexp.MustCompile(`(?s)Unable to update profile.*apex_classes: BillingApi was not\s+taken.*flows: Order_Approval stays`),
		},
		resource.TestStep{Config: profileConfig("Billing", `apex_classes = ["BillingApi"]`)},
	)
}

// What metadata hides although the record shows is not taken for gone.
func TestProfileHidden(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := profileConfig("Billing", "")
	o.play(
		t, o.withoutProfile("Billing"),
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() { o.HideComponent(profileKind, "Billing", true) },
			Config:    config, ExpectError: regexp.MustCompile(`(?s)Unable to read profile "Billing".*hidden\s+from\s+the\s+signed-in.*View\s+All\s+Profiles`),
		},
		resource.TestStep{PreConfig: func() { o.HideComponent(profileKind, "Billing", false) }, Config: config},
	)
}

// Somebody makes a profile of the name between plan and apply.
func TestProfileTakenMeanwhile(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.play(t, nothing, resource.TestStep{
		Config: profileConfig("Billing", ""),
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{meanwhile(func() error {
			_, err := o.Insert(profileKind, map[string]any{"Name": "Billing", "UserLicenseId": o.Find("UserLicense", "Name", "Salesforce")["Id"]})
			return err
		})}},
		ExpectError: regexp.MustCompile(`(?s)Profile name is taken.*terraform import\s+salesforce_profile`),
	})
}
