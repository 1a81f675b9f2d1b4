package sfmock

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestAddCustomObject(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	for _, name := range []string{"Shipment__c", "Parcel__c"} {
		if err := o.AddCustomObject(name, "Carrier__c", "Tracking_Code__c"); err != nil {
			t.Fatal(err)
		}
	}
	if fields := o.grantableFields(); !slices.Contains(fields, "Shipment__c.Tracking_Code__c") || slices.Contains(fields, "Shipment__c.Name") {
		t.Errorf("grantable fields %v", fields)
	}
	if a, b := o.object("Shipment__c").Prefix, o.object("Parcel__c").Prefix; a == b || a == o.object("Invoice__c").Prefix {
		t.Errorf("key prefixes %s and %s", a, b)
	}
	status, _, answer := w.do(http.MethodGet, "/services/data/v68.0/sobjects/Shipment__c/describe", "")
	if status != http.StatusOK || !strings.Contains(string(answer), `"label":"Tracking Code"`) {
		t.Errorf("describe: %d %s", status, answer)
	}
	if status, _, answer := w.do(http.MethodPost, "/services/data/v68.0/sobjects/Shipment__c", `{"Name":"S1","Carrier__c":"Slow"}`); status != http.StatusCreated {
		t.Errorf("create a row: %d %s", status, answer)
	}
	if row := o.Find("Shipment__c", "Carrier__c", "Slow"); row == nil {
		t.Error("the row is not there")
	}
	for name, columns := range map[string][]string{"Shipment__c": nil, "Plain": nil, "Bad__c": {"Plain"}} {
		if err := o.AddCustomObject(name, columns...); err == nil {
			t.Errorf("%s %v was taken", name, columns)
		}
	}
	if o.object("Bad__c") != nil {
		t.Error("a refused object is there")
	}
}
