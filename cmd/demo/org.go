package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// What examples/demo makes, and what an administrator adds by hand.
const (
	billingUser        = "billing-sync@example.com"
	billingSet         = "Billing_Sync"
	billingApp         = "Billing_Sync"
	integrationLicence = "SalesforceAPIIntegrationPsl"
	emergencySet       = "Friday_Emergency"
	longSession        = "TwentyFourHours"
)

// Addresses that the integration signs in from.
const (
	dataCentre    = "192.0.2.10"
	somewhereElse = "203.0.113.66"
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

// session is one of the org's session settings.
func (d *demo) session(element string) string {
	security, _ := d.org.Component("SecuritySettings", "Security")
	settings, _ := security["sessionSettings"].(map[string]any)
	return fmt.Sprint(settings[element])
}

// meddle makes three changes by hand.
func (d *demo) meddle(context.Context) error {
	set, err := d.org.Insert("PermissionSet", map[string]any{"Name": emergencySet, "Label": "Friday Emergency"})
	if err != nil {
		return err
	}
	_, err = d.org.Insert("PermissionSetAssignment", map[string]any{"AssigneeId": d.user()["Id"], "PermissionSetId": set})
	return errors.Join(
		err,
		d.org.Update(fmt.Sprint(d.rights()["Id"]), map[string]any{"PermissionsDelete": true}),
		d.org.SetComponent("SecuritySettings", "Security", map[string]any{"sessionSettings": map[string]any{"sessionTimeout": longSession}}),
	)
}

// writes counts the requests that changed something since the journal was emptied.
func (d *demo) writes() (n int) {
	for _, r := range d.org.Requests(sfmock.Match{}) {
		switch r.Kind {
		case "metadata write", "deploy", "graph":
			n++
		case "record", "collection":
			if r.Method != http.MethodGet {
				n++
			}
		}
	}
	return n
}

// connect signs in as the integration itself does, from an address.
func (d *demo) connect(ctx context.Context, address string) (*sfclient.Client, error) {
	d.org.SetSourceIP(address)
	defer d.org.SetSourceIP("")
	return sfclient.New(ctx, sfclient.Config{LoginURL: d.server.URL, ClientID: d.app.key, ClientSecret: d.app.secret, UserAgent: "billing-sync"})
}

// signIn hands the integration its key and secret and does what it is for with them, then tries what it was not granted.
func (d *demo) signIn(ctx context.Context) error {
	c := command(ctx, "terraform", "output", "-raw", "client_id")
	c.Dir, c.Env = d.work, append(c.Env, d.environment...)
	key, err := output(c)
	if err != nil {
		return fmt.Errorf("ask Terraform for the consumer key: %w", err)
	}
	d.app.key, d.app.secret = string(key), d.org.AppSecret(billingApp)
	lines := []string{
		"POST /services/oauth2/token  grant_type=client_credentials",
		"  client_id=" + d.app.key,
		"  client_secret=" + "********" + d.app.secret[max(0, len(d.app.secret)-4):],
	}
	if _, refused := d.connect(ctx, somewhereElse); refused != nil {
		lines = append(lines, "from "+somewhereElse, "  "+refused.Error())
	}
	client, err := d.connect(ctx, dataCentre)
	if err != nil {
		return fmt.Errorf("sign in as the integration: %w", err)
	}
	who, err := client.WhoAmI(ctx)
	if err != nil {
		return err
	}
	const allowed, hidden = "SELECT Name, BillingCode__c FROM Account ORDER BY Name LIMIT 3", "SELECT Name FROM Contact"
	lines = append(lines, "from "+dataCentre, "  a token for "+who.Username, "GET /services/data/v"+client.APIVersion()+"/query", "  "+allowed)
	rows, err := sfclient.Query[struct {
		Name string
		Code string `json:"BillingCode__c"`
	}](ctx, client, "read Accounts", allowed)
	for _, row := range rows {
		lines = append(lines, fmt.Sprintf("    %-10s %s", row.Name, row.Code))
	}
	if err == nil {
		if _, refused := sfclient.Query[struct{}](ctx, client, "read Contacts", hidden); refused != nil {
			lines = append(lines, "  "+hidden, "    "+errorCode(refused))
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

// refused tells whether the integration can no longer sign in from its own address.
func (d *demo) refused() bool {
	_, err := d.connect(context.Background(), dataCentre)
	_, is := errors.AsType[*sfclient.SignInError](err)
	return is
}
