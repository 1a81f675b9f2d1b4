package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// What examples/demo makes, and what an administrator adds by hand.
const (
	billingUser        = "billing-sync@example.com"
	billingSet         = "Billing_Sync"
	integrationLicence = "SalesforceAPIIntegrationPsl"
	emergencySet       = "Friday_Emergency"
)

// user is the integration's user, nil if the org has none.
func (d *demo) user() map[string]any { return d.org.Find("User", "Username", billingUser) }

// holds tells whether the user holds the permission sets and permission set licences of these names (sorted) and no others.
func (d *demo) holds(names ...string) bool {
	var held []string
	for _, kind := range []struct{ grants, column, object, name string }{
		{"PermissionSetAssignment", "PermissionSetId", "PermissionSet", "Name"},
		{"PermissionSetLicenseAssign", "PermissionSetLicenseId", "PermissionSetLicense", "DeveloperName"},
	} {
		for _, grant := range d.org.Records(kind.grants) {
			of := d.org.Find(kind.object, "Id", grant[kind.column])
			if grant["AssigneeId"] == d.user()["Id"] && of["IsOwnedByProfile"] != true { // the set that a profile owns is the profile
				held = append(held, fmt.Sprint(of[kind.name]))
			}
		}
	}
	slices.Sort(held)
	return slices.Equal(held, names)
}

// rights are the row of what the permission set allows on Account, nil if nothing.
func (d *demo) rights() map[string]any {
	set := d.org.Find("PermissionSet", "Name", billingSet)
	for _, row := range d.org.Records("ObjectPermissions") {
		if row["ParentId"] == set["Id"] && row["SobjectType"] == "Account" {
			return row
		}
	}
	return nil
}

// meddle makes two changes by hand.
func (d *demo) meddle(context.Context) error {
	set, err := d.org.Insert("PermissionSet", map[string]any{"Name": emergencySet, "Label": "Friday Emergency"})
	if err != nil {
		return err
	}
	_, err = d.org.Insert("PermissionSetAssignment", map[string]any{"AssigneeId": d.user()["Id"], "PermissionSetId": set})
	return errors.Join(err, d.org.Update(fmt.Sprint(d.rights()["Id"]), map[string]any{"PermissionsDelete": true}))
}

// connect signs in as the integration itself does.
func (d *demo) connect(ctx context.Context) (*sfclient.Client, error) {
	return sfclient.New(ctx, sfclient.Config{LoginURL: d.server.URL, ClientID: d.app.ConsumerKey, ClientSecret: d.app.ConsumerSecret, UserAgent: "billing-sync"})
}

// readAccounts does what the integration is for, as the integration, and tries what it was not granted.
func (d *demo) readAccounts(ctx context.Context) error {
	client, err := d.connect(ctx)
	if err != nil {
		return fmt.Errorf("sign in as the integration: %w", err)
	}
	lines := []string{"SELECT Name, BillingCode__c FROM Account ORDER BY Name LIMIT 3"}
	rows, err := sfclient.Query[struct {
		Name string
		Code string `json:"BillingCode__c"`
	}](ctx, client, "read Accounts", lines[0])
	for _, row := range rows {
		lines = append(lines, fmt.Sprintf("  %-10s %s", row.Name, row.Code))
	}
	if err == nil {
		const hidden = "SELECT Name FROM Contact"
		if _, refused := sfclient.Query[struct{}](ctx, client, "read Contacts", hidden); refused != nil {
			lines = append(lines, hidden, "  "+errorCode(refused))
		}
	}
	d.quote(strings.Join(lines, "\n"))
	return err
}

// errorCode is Salesforce's short word for a refusal.
func errorCode(err error) string {
	if refused, ok := errors.AsType[*sfclient.Error](err); ok {
		return refused.Code
	}
	return err.Error()
}

// refused tells whether the integration can no longer sign in.
func (d *demo) refused() bool {
	_, err := d.connect(context.Background())
	_, is := errors.AsType[*sfclient.SignInError](err)
	return is
}
