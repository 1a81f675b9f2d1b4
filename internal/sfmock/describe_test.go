package sfmock

import (
	"net/http"
	"reflect"
	"slices"
	"testing"
)

func TestDescribeGlobal(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	global := r.ask("GET", "/sobjects", "", http.StatusOK)
	r.equal(at(global, "maxBatchSize"), 200.0)
	sobjects, _ := at(global, "sobjects").([]any)
	user := sobjects[slices.IndexFunc(sobjects, func(s any) bool { return at(s, "name") == "User" })]
	r.equal(at(user, "keyPrefix"), "005")
	r.equal(at(user, "createable"), true)
	r.equal(at(user, "deletable"), false)
	r.equal(at(user, "urls", "describe"), data+"/sobjects/User/describe")
	basic := r.ask("GET", "/sobjects/User", "", http.StatusOK)
	r.equal(at(basic, "objectDescribe"), user)
	r.equal(at(basic, "recentItems"), []any{})
}

func TestDescribeFields(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	for _, c := range []struct {
		object, field string
		want          map[string]any
	}{
		{"User", "Username", map[string]any{"type": "string", "label": "Username", "length": 80.0, "byteLength": 240.0, "createable": true, "updateable": true, "nillable": false, "idLookup": true, "soapType": "xsd:string"}},
		{"User", "IsActive", map[string]any{"type": "boolean", "defaultedOnCreate": true, "nillable": false}},
		{"User", "ProfileId", map[string]any{"type": "reference", "referenceTo": []any{"Profile"}, "relationshipName": "Profile", "nillable": false}},
		{"User", "TimeZoneSidKey", map[string]any{"type": "picklist", "restrictedPicklist": true}},
		{"User", "CreatedDate", map[string]any{"type": "datetime", "createable": false, "updateable": false, "nillable": false, "groupable": false}},
		{"Account", "Industry", map[string]any{"custom": false, "permissionable": true}},
		{"Account", "Name", map[string]any{"permissionable": false, "nameField": true}},
		{"Account", "Description", map[string]any{"sortable": false, "groupable": false}},
		{"Account", "BillingCode__c", map[string]any{"custom": true, "permissionable": true, "externalId": false}},
		{"Invoice__c", "ExternalNumber__c", map[string]any{"custom": true, "externalId": true, "unique": true, "idLookup": true}},
		{"Invoice__c", "OpenAmount__c", map[string]any{"calculated": true, "createable": false}},
		{"Profile", "UserLicenseId", map[string]any{"createable": true, "updateable": false}},
		{"LoginHistory", "Status", map[string]any{"filterable": false, "groupable": true}},
	} {
		f := r.field(c.object, c.field)
		for property, want := range c.want {
			if got := at(f, property); !reflect.DeepEqual(got, want) {
				t.Errorf("%s.%s: %s is %v, want %v", c.object, c.field, property, got, want)
			}
		}
	}
}

// field is a column as the object's describe shows it.
func (r *restWire) field(object, name string) any {
	r.Helper()
	fields, _ := at(r.ask("GET", "/sobjects/"+object+"/describe", "", http.StatusOK), "fields").([]any)
	i := slices.IndexFunc(fields, func(f any) bool { return at(f, "name") == name })
	if i < 0 {
		r.Fatalf("%s has no field %s", object, name)
	}
	return fields[i]
}

func (r *restWire) picklist(object, name string) []any {
	r.Helper()
	var values []any
	entries, _ := at(r.field(object, name), "picklistValues").([]any)
	for _, entry := range entries {
		r.equal(at(entry, "active"), true)
		values = append(values, at(entry, "value"))
	}
	return values
}

func TestDescribeListsWhatCanBeGranted(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	fields := r.picklist("FieldPermissions", "Field")
	for name, want := range map[string]bool{"Account.Industry": true, "Account.BillingCode__c": true, "Account.Name": false, "Account.Id": false} {
		if slices.Contains(fields, any(name)) != want {
			t.Errorf("%s can be granted: want %v", name, want)
		}
	}
	if objects := r.picklist("ObjectPermissions", "SobjectType"); !slices.Contains(objects, any("Account")) || slices.Contains(objects, any("Profile")) {
		t.Errorf("%v", objects)
	}
	for _, object := range []string{"Account", "Contact", "Invoice__c"} {
		described, _ := at(r.ask("GET", "/sobjects/"+object+"/describe", "", http.StatusOK), "fields").([]any)
		for _, f := range described {
			full := object + "." + at(f, "name").(string)
			if at(f, "permissionable") != slices.Contains(fields, any(full)) {
				t.Errorf("permissionable of %s differs from the picklist of FieldPermissions.Field", full)
			}
		}
	}
}

func TestDescribeChildren(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	children, _ := at(r.ask("GET", "/sobjects/Account/describe", "", http.StatusOK), "childRelationships").([]any)
	i := slices.IndexFunc(children, func(c any) bool { return at(c, "childSObject") == "Contact" })
	r.equal(at(children[i], "relationshipName"), "Contacts")
	r.equal(at(children[i], "field"), "AccountId")
}

func TestDescribeUnlessUnmodified(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	_, header := r.askHeader("GET", "/sobjects/User/describe", "", http.StatusOK)
	for _, path := range []string{"/sobjects", "/sobjects/User/describe"} {
		status, _, raw := r.wire.send("GET", data+path, "", http.Header{"If-Modified-Since": {header.Get("Last-Modified")}})
		if status != http.StatusNotModified || len(raw) > 0 {
			t.Errorf("%s: %d %s", path, status, raw)
		}
		if status, _, _ := r.wire.send("GET", data+path, "", http.Header{"If-Modified-Since": {"Mon, 02 Jan 2006 15:04:05 GMT"}}); status != http.StatusOK {
			t.Errorf("%s: %d", path, status)
		}
	}
	r.org.mu.Lock()
	r.org.setColumn(r.org.object("User"), "Badge__c", &field{Name: "Badge__c", Type: "string", Label: "Badge"})
	r.org.mu.Unlock()
	status, newer, _ := r.wire.send("GET", data+"/sobjects/User/describe", "", http.Header{"If-Modified-Since": {header.Get("Last-Modified")}})
	if status != http.StatusOK || newer.Get("Last-Modified") == header.Get("Last-Modified") {
		t.Errorf("after a new column: %d %s", status, newer.Get("Last-Modified"))
	}
}
