package sfmock

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSeed(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	for _, want := range []struct {
		object, column string
		value          any
		more           map[string]any
	}{
		{"Organization", "OrganizationType", "Enterprise Edition", map[string]any{"IsSandbox": false, "NamespacePrefix": nil, "InstanceName": "USA794"}},
		{"UserLicense", "Name", "Salesforce Integration", map[string]any{"LicenseDefinitionKey": "SALESFORCE_INTEGRATION_USER", "TotalLicenses": int64(5), "UsedLicenses": int64(0)}},
		{"UserLicense", "Name", "Salesforce", map[string]any{"LicenseDefinitionKey": "SFDC", "TotalLicenses": int64(20), "UsedLicenses": int64(3)}},
		{"UserLicense", "Name", "Analytics Cloud Integration User", map[string]any{"UsedLicenses": int64(1)}},
		{"PermissionSetLicense", "DeveloperName", "SalesforceAPIIntegrationPsl", map[string]any{
			"MasterLabel": "Salesforce API Integration", "TotalLicenses": int64(5), "MaximumPermissionsManageInternalUsers": true, "ExpirationDate": nil,
		}},
		{"Profile", "Name", "System Administrator", map[string]any{"PermissionsModifyAllData": true, "PermissionsApiUserOnly": false, "UserType": "Standard"}},
		{"Profile", "Name", "Minimum Access - API Only Integrations", map[string]any{
			"PermissionsApiEnabled": true, "PermissionsApiUserOnly": true, "PermissionsChatterInternalUser": true, "PermissionsViewSetup": false,
		}},
		{"Profile", "Name", "Chatter Free User", map[string]any{"UserType": "CsnOnly"}},
		{"User", "Username", "admin@example.com", map[string]any{"Name": "Ada Admin", "IsActive": true, "UserRoleId": nil}},
		{"User", "UserType", "AutomatedProcess", map[string]any{"ProfileId": nil, "IsActive": true}},
		{"Account", "Name", "Acme", map[string]any{"BillingCode__c": "ACME"}},
		{"EntityDefinition", "QualifiedApiName", "Invoice__c", map[string]any{"PluralLabel": "Invoices", "DeveloperName": "Invoice", "KeyPrefix": "a00"}},
		{"FieldDefinition", "DurableId", "Invoice__c.Account", map[string]any{"EntityDefinitionId": "Invoice__c", "DataType": "Master-Detail(Account)"}},
	} {
		got := o.Find(want.object, want.column, want.value)
		if got == nil {
			t.Errorf("no %s with %s = %v", want.object, want.column, want.value)
			continue
		}
		for column, v := range want.more {
			if got[column] != v {
				t.Errorf("%s %v: %s = %v, want %v", want.object, want.value, column, got[column], v)
			}
		}
	}
}

func TestSeedOfASandbox(t *testing.T) {
	t.Parallel()
	o := New(Options{Sandbox: true})
	if o.Find("User", "Username", "admin@example.com.sandbox") == nil || o.Records("Organization")[0]["IsSandbox"] != true {
		t.Error("the sandbox has no administrator of its own or does not say that it is one")
	}
}

func TestEmptySeed(t *testing.T) {
	t.Parallel()
	o := New(Options{Empty: true})
	if len(o.Records("Organization")) != 1 || len(o.Records("User"))+len(o.Records("Profile"))+len(o.Records("UserLicense")) != 0 {
		t.Error("an empty org has more or less than its Organization row")
	}
}

// No column of the seed that describe calls not nillable is null, Id included.
func TestSeedKeepsItsOwnPromises(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	for _, ob := range o.objects {
		if ob.Rows != nil {
			continue
		}
		for _, rec := range o.rows(ob.Name) {
			for _, f := range ob.Fields {
				platform := ob.Name == "User" && f.Name == "ProfileId" && rec.str("UserType") != "Standard"
				if (f.NotNull || f.Required) && o.get(rec, f) == nil && !platform {
					t.Errorf("%s %s: %s is null", ob.Name, rec.id, f.Name)
				}
			}
		}
	}
}

func TestGrantableColumns(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	fields := o.grantableFields()
	for name, want := range map[string]bool{
		"Account.Industry": true, "Account.BillingCode__c": true, "Contact.AccountId": true, "Invoice__c.OpenAmount__c": true,
		"Account.Id": false, "Account.Name": false, "Account.OwnerId": false, "Account.CreatedDate": false, "Invoice__c.Account__c": false, "User.Username": false,
	} {
		if slices.Contains(fields, name) != want {
			t.Errorf("%s grantable: %v, want %v", name, !want, want)
		}
	}
	if objects := o.grantableObjects(); !slices.Contains(objects, "Invoice__c") || slices.Contains(objects, "User") || !slices.IsSorted(objects) || !slices.IsSorted(fields) {
		t.Errorf("grantable objects %v", objects)
	}
	for _, ob := range o.objects {
		for _, f := range ob.Fields {
			if f.Permissionable && (f.Required || f.Name == "Id" || f.Name == "OwnerId") {
				t.Errorf("%s.%s can't be permissionable", ob.Name, f.Name)
			}
		}
	}
}

// Every reference column points to objects that exist, but for those that this org knows nothing of.
func TestTablesOfColumns(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	prefixes, unknown := map[string]string{}, []string{"Group", "ConnectedApplication", "ExternalClientApplication", "PermissionSetGroup"}
	for _, ob := range o.objects {
		if other, taken := prefixes[ob.Prefix]; taken && ob.Prefix != "000" {
			t.Errorf("%s and %s share the key prefix %s", ob.Name, other, ob.Prefix)
		}
		prefixes[ob.Prefix] = ob.Name
		for _, f := range ob.Fields {
			for _, target := range f.Reference {
				if o.object(target) == nil && !slices.Contains(unknown, target) {
					t.Errorf("%s.%s refers to %s, which is not there", ob.Name, f.Name, target)
				}
			}
			if f.Type == "string" && f.Length == 0 {
				t.Errorf("%s.%s is a string of any length", ob.Name, f.Name)
			}
			if s, isText := f.Default.(string); isText && f.Picklist != nil && !slices.Contains(f.Picklist, s) {
				t.Errorf("%s.%s: the default %s is no value", ob.Name, f.Name, s)
			}
		}
	}
	for _, zone := range timeZones {
		if _, err := time.LoadLocation(zone); err != nil {
			t.Errorf("time zone %s: %v", zone, err)
		}
	}
}

func TestQuestionsAnswerWithCopies(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	account := o.Find("Account", "Name", "ACME")
	account["Name"] = "Changed"
	if o.Record(account["Id"].(string)[:15])["Name"] != "Acme" {
		t.Error("a change of a copy reached the org")
	}
	ids := []string{}
	for _, user := range o.Records("User") {
		ids = append(ids, user["Id"].(string))
	}
	if !slices.IsSorted(ids) || len(ids) < 5 {
		t.Errorf("users %v are not sorted", ids)
	}
}

func TestLevers(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	id, err := o.Insert("Case", map[string]any{"Subject": "Broken"})
	must(t, err)
	rec := o.Record(id)
	if rec["OwnerId"] != o.Find("User", "Username", "admin@example.com")["Id"] || len(rec["CaseNumber"].(string)) != 8 || rec["Status"] != "New" {
		t.Errorf("case %v", rec)
	}
	if _, err := o.Insert("Nothing", nil); err == nil {
		t.Error("inserted into an object that is not there")
	}
	if _, err := o.Insert("Account", nil); err == nil || !strings.HasPrefix(err.Error(), "REQUIRED_FIELD_MISSING: ") {
		t.Errorf("an account without a name: %v", err)
	}
	sam := o.Find("User", "Username", "sam.seller@example.com")["Id"].(string)
	must(t, o.Update(sam, map[string]any{"IsActive": false, "LastLoginDate": "2026-01-02T03:04:05Z"}))
	if err := o.Update(id, map[string]any{"OwnerId": sam}); err == nil || !strings.HasPrefix(err.Error(), "INACTIVE_OWNER_OR_USER: ") {
		t.Errorf("an inactive owner: %v", err)
	}
	must(t, o.Delete(id))
	if o.Record(id) != nil || o.Delete(id) == nil || o.Update(id, nil) == nil {
		t.Error("the deleted record is still there")
	}
	if o.SetSeats("No such licence", 1) == nil {
		t.Error("seats for a licence that is not there")
	}
}

func TestFailedInsertLeavesNothing(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	before := len(s.org.Records("UserLogin")) + len(s.org.Records("User"))
	must(t, s.org.SetSeats("Salesforce Integration", 0))
	_, err := s.try("User", s.user("robot@example.com", nil))
	refused(t, err, "LICENSE_LIMIT_EXCEEDED")
	if after := len(s.org.Records("UserLogin")) + len(s.org.Records("User")); after != before {
		t.Errorf("%d rows before, %d after", before, after)
	}
}
