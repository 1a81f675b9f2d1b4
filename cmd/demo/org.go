package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// What examples/demo names.
const (
	billingUser        = "billing-sync@example.com"
	billingSet         = "Billing_Sync"
	integrationLicence = "SalesforceAPIIntegrationPsl"
)

// user is the integration's user, nil if the org has none.
func (s *stage) user() map[string]any { return s.org.Find("User", "Username", billingUser) }

func (s *stage) apiOnly() bool {
	profile := s.org.Find("Profile", "Id", s.user()["ProfileId"])
	return profile["PermissionsApiUserOnly"] == true
}

// granted are the names of the permission sets and the permission set licences that the user holds, sorted.
func (s *stage) granted() []string {
	var names []string
	for _, kind := range []struct{ grants, column, object, name string }{
		{"PermissionSetAssignment", "PermissionSetId", "PermissionSet", "Name"},
		{"PermissionSetLicenseAssign", "PermissionSetLicenseId", "PermissionSetLicense", "DeveloperName"},
	} {
		for _, grant := range s.org.Records(kind.grants) {
			of := s.org.Find(kind.object, "Id", grant[kind.column])
			if grant["AssigneeId"] == s.user()["Id"] && of["IsOwnedByProfile"] != true { // the profile's own set is the profile
				names = append(names, fmt.Sprint(of[kind.name]))
			}
		}
	}
	slices.Sort(names)
	return names
}

// accountRights is what the permission set allows on Account, nil if nothing.
func (s *stage) accountRights() map[string]any {
	set := s.org.Find("PermissionSet", "Name", billingSet)
	for _, rights := range s.org.Records("ObjectPermissions") {
		if rights["ParentId"] == set["Id"] && rights["SobjectType"] == "Account" {
			return rights
		}
	}
	return nil
}

// meddle makes two changes by hand.
func (d *demo) meddle(context.Context) error {
	rights := d.accountRights()
	if err := d.org.Update(fmt.Sprint(rights["Id"]), map[string]any{"PermissionsDelete": true}); err != nil {
		return fmt.Errorf("let the integration delete Accounts: %w", err)
	}
	emergency, err := d.org.Insert("PermissionSet", map[string]any{"Name": "Friday_Emergency", "Label": "Friday Emergency"})
	if err == nil {
		_, err = d.org.Insert("PermissionSetAssignment", map[string]any{"AssigneeId": d.user()["Id"], "PermissionSetId": emergency})
	}
	if err != nil {
		return fmt.Errorf("grant a second permission set: %w", err)
	}
	return d.check(
		fact{"the integration may delete Accounts", d.accountRights()["PermissionsDelete"] == true},
		fact{"it holds Friday_Emergency too", slices.Contains(d.granted(), "Friday_Emergency")},
	)
}

// connect signs in as the integration itself does.
func (s *stage) connect(ctx context.Context) (*sfclient.Client, error) {
	return sfclient.New(ctx, sfclient.Config{
		LoginURL: s.server.URL, ClientID: s.billing.ConsumerKey, ClientSecret: s.billing.ConsumerSecret, UserAgent: "billing-sync",
	})
}

func (d *demo) signIn(ctx context.Context) error {
	client, err := d.connect(ctx)
	if err != nil {
		return fmt.Errorf("sign in as the integration: %w", err)
	}
	const accounts, contacts = "SELECT Name, BillingCode__c FROM Account ORDER BY Name", "SELECT Name FROM Contact"
	type account struct {
		Name        string
		BillingCode string `json:"BillingCode__c"`
	}
	rows, err := sfclient.Query[account](ctx, client, "read Accounts", accounts)
	if err != nil {
		return err
	}
	answer := accounts + "\n"
	for _, row := range rows {
		answer += fmt.Sprintf("  %-10s %s\n", row.Name, row.BillingCode)
	}
	_, err = sfclient.Query[account](ctx, client, "read Contacts", contacts)
	refusal, isRefused := errors.AsType[*sfclient.Error](err)
	if err != nil && !isRefused {
		return err
	}
	if isRefused {
		answer += fmt.Sprintf("%s\n  %s: %s", contacts, refusal.Code, refusal.Message)
	}
	d.show(answer)
	return d.check(
		fact{"it reads the Accounts that it was granted", len(rows) > 0},
		fact{"it can't even see the Contacts that it was not", isRefused},
	)
}

// refused tells whether the integration can't sign in.
func (s *stage) refused(ctx context.Context) bool {
	_, err := s.connect(ctx)
	_, isRefused := errors.AsType[*sfclient.SignInError](err)
	return isRefused
}
