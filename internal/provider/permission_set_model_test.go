package provider

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// sample is an entry that each section takes.
func sample(s section) entries {
	if s.words == nil {
		return entries{"First": "", "Second": ""}
	}
	return entries{"Account.First": s.words[0], "Account.Second": s.words[len(s.words)-1]}
}

// contentWith is what a configuration grants.
func contentWith(all contents) *permissionContent {
	var c permissionContent
	for _, s := range permissionSections {
		s.assign(&c, all[s.attribute])
	}
	return &c
}

// componentWith is what Salesforce returns.
func componentWith(all contents) *sfclient.PermissionSetComponent {
	var component sfclient.PermissionSetComponent
	for _, s := range permissionSections {
		s.write(&component, all[s.attribute])
	}
	return &component
}

func TestPermissionSections(t *testing.T) {
	t.Parallel()
	model := reflect.TypeFor[permissionContent]()
	if len(permissionSections) != model.NumField() {
		t.Errorf("%d sections for %d attributes", len(permissionSections), model.NumField())
	}
	elements := map[string]bool{}
	for _, l := range nameLists {
		if elements[l.list.Element] {
			t.Errorf("%s stands there twice", l.list.Element)
		}
		elements[l.list.Element] = true
	}
	for _, s := range permissionSections {
		t.Run(s.attribute, func(t *testing.T) {
			t.Parallel()
			wanted := sample(s)

			var component sfclient.PermissionSetComponent
			s.write(&component, wanted)
			if diff := cmp.Diff(wanted, s.read(&component)); diff != "" {
				t.Errorf("metadata gives back something else, -want +got:\n%s", diff)
			}
			s.write(&component, nil)
			if left := s.read(&component); len(left) != 0 {
				t.Errorf("nothing written leaves %v", left)
			}

			c := contentWith(contents{s.attribute: wanted})
			for i := range model.NumField() {
				null := reflect.ValueOf(*c).Field(i).Interface().(attr.Value).IsNull()
				if name := model.Field(i).Tag.Get("tfsdk"); null == (name == s.attribute) {
					t.Errorf("%s is null: %v", name, null)
				}
			}
			if got, complete := entriesIn(s.value(c)); !maps.Equal(got, wanted) || !complete {
				t.Errorf("Terraform gives back %v (complete: %v), want %v", got, complete, wanted)
			}
			var copied permissionContent
			if s.copy(&copied, c); !s.value(&copied).Equal(s.value(c)) {
				t.Errorf("the copy is %s", s.value(&copied))
			}
		})
	}
}

func TestEntriesIn(t *testing.T) {
	t.Parallel()
	words := func(w ...string) attr.Value { return nameSetOf(w) }
	for name, c := range map[string]struct {
		value    attr.Value
		want     entries
		complete bool
	}{
		"null set":         {entries{}.names(), entries{}, true},
		"unknown set":      {nameSet{types.SetUnknown(types.StringType)}, entries{}, false},
		"unknown name":     {nameSet{types.SetValueMust(types.StringType, []attr.Value{types.StringValue("A"), types.StringUnknown()})}, entries{"A": ""}, false},
		"null name":        {nameSet{types.SetValueMust(types.StringType, []attr.Value{types.StringValue("A"), types.StringNull()})}, entries{"A": ""}, true},
		"null map":         {entries{}.wordMap(), entries{}, true},
		"unknown map":      {types.MapUnknown(types.StringType), entries{}, false},
		"unknown word":     {types.MapValueMust(types.StringType, map[string]attr.Value{"A.B": types.StringUnknown(), "A.C": types.StringValue("read")}), entries{"A.C": "read"}, false},
		"null word":        {types.MapValueMust(types.StringType, map[string]attr.Value{"A.B": types.StringNull()}), entries{}, true},
		"order of words":   {types.MapValueMust(setOfNames, map[string]attr.Value{"A": words("read", "edit"), "B": words("edit", "read")}), entries{"A": "edit read", "B": "edit read"}, true},
		"no words":         {types.MapValueMust(setOfNames, map[string]attr.Value{"A": words()}), entries{}, true},
		"unknown words":    {types.MapValueMust(setOfNames, map[string]attr.Value{"A": nameSet{types.SetUnknown(types.StringType)}}), entries{}, false},
		"one unknown word": {types.MapValueMust(setOfNames, map[string]attr.Value{"A": nameSet{types.SetValueMust(types.StringType, []attr.Value{types.StringUnknown()})}}), entries{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, complete := entriesIn(c.value); !maps.Equal(got, c.want) || complete != c.complete {
				t.Errorf("%v, complete %v, want %v, %v", got, complete, c.want, c.complete)
			}
		})
	}
}

// What Salesforce returns is read in the words of the configuration, and only real differences remain.
func TestPermissionContentRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ written, returned, want contents }{
		"other spelling": {
			contents{"apex_classes": {"billingapi": ""}, "field_permissions": {"Contact.AccountId": "read", "Account.Parent": "edit"}},
			contents{"apex_classes": {"BillingApi": ""}, "field_permissions": {"Contact.Account": "read", "Account.ParentId": "edit"}},
			contents{"apex_classes": {"billingapi": ""}, "field_permissions": {"Contact.AccountId": "read", "Account.Parent": "edit"}},
		},
		"changed under another spelling": {
			contents{"field_permissions": {"Contact.AccountId": "read"}},
			contents{"field_permissions": {"Contact.Account": "edit"}},
			contents{"field_permissions": {"Contact.AccountId": "edit"}},
		},
		"names that only end alike": {
			contents{"field_permissions": {"Account.Paid": "read", "Account.RapId__c": "read", "Account.Id": "read"}, "record_types": {"Account.CovId": ""}},
			contents{"field_permissions": {"Account.Pa": "read", "Account.Rap__c": "read", "Account.": "read"}, "record_types": {"Account.Cov": ""}},
			contents{"field_permissions": {"Account.Pa": "read", "Account.Rap__c": "read", "Account.": "read"}, "record_types": {"Account.Cov": ""}},
		},
		"both forms exist": {
			contents{"field_permissions": {"Product2.External": "read", "Product2.ExternalId": "edit"}},
			contents{"field_permissions": {"Product2.External": "read", "Product2.ExternalId": "edit"}},
			contents{"field_permissions": {"Product2.External": "read", "Product2.ExternalId": "edit"}},
		},
		"never returned": {
			contents{"user_permissions": {"ManagePackageLicenses": "", "RetainFieldHistory": "", "ViewSetup": ""}},
			contents{"user_permissions": {"ApiEnabled": ""}},
			contents{"user_permissions": {"ManagePackageLicenses": "", "RetainFieldHistory": "", "ApiEnabled": ""}},
		},
		"implied by View All Data": {
			contents{"user_permissions": {"ViewAllData": "", "ManageQuotas": "", "ViewPlatformEvents": ""}},
			contents{"user_permissions": {"ViewAllData": ""}},
			contents{"user_permissions": {"ViewAllData": "", "ManageQuotas": "", "ViewPlatformEvents": ""}},
		},
		"not implied any more": {
			contents{"user_permissions": {"ModifyAllData": "", "ManageQuotas": ""}},
			contents{},
			contents{},
		},
		"hidden by View All Fields": {
			contents{"object_permissions": {"Account": "read view_all_fields", "Contact": "read"}, "field_permissions": {"Account.Industry": "edit", "Contact.Email": "read"}},
			contents{"object_permissions": {"Account": "read view_all_fields", "Contact": "read"}},
			contents{"object_permissions": {"Account": "read view_all_fields", "Contact": "read"}, "field_permissions": {"Account.Industry": "edit"}},
		},
		"added and removed in Setup": {
			contents{"apex_classes": {"A": ""}, "tabs": {"standard-Account": "Visible"}},
			contents{"apex_classes": {"B": ""}, "tabs": {"standard-Account": "Available"}, "flows": {"F": ""}},
			contents{"apex_classes": {"B": ""}, "tabs": {"standard-Account": "Available"}, "flows": {"F": ""}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			content := contentWith(c.written)
			content.read(componentWith(c.returned))
			got, _ := content.contents()
			maps.DeleteFunc(got, func(_ string, e entries) bool { return len(e) == 0 })
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// An empty section is left as it is written, and rows that grant nothing are no rows.
func TestPermissionContentReadNothing(t *testing.T) {
	t.Parallel()
	content := contentWith(nil)
	content.ApexClasses = nameSetOf(nil)
	content.ObjectPermissions = types.MapValueMust(setOfNames, map[string]attr.Value{"Account": nameSetOf(nil)})
	before := *content
	content.read(&sfclient.PermissionSetComponent{
		ObjectPermissions: []sfclient.ObjectPermission{{Object: "Contact"}},
		FieldPermissions:  []sfclient.FieldPermission{{Field: "Contact.Email"}},
		TabSettings:       []sfclient.TabSetting{{Tab: "standard-Contact", Visibility: "None"}},
	})
	for _, s := range permissionSections {
		if !s.value(content).Equal(s.value(&before)) {
			t.Errorf("%s became %s", s.attribute, s.value(content))
		}
	}
}

func TestPermissionContentAdopt(t *testing.T) {
	t.Parallel()
	prior := contentWith(contents{"field_permissions": {"Contact.Account": "read"}, "apex_classes": {"BillingApi": ""}, "flows": {"A": ""}})
	plan := contentWith(contents{"field_permissions": {"Contact.AccountId": "read"}, "apex_classes": {"billingapi": ""}, "flows": {"B": ""}})
	if !plan.adopt(prior) {
		t.Error("nothing was adopted")
	}
	got, _ := plan.contents()
	for attribute, want := range (contents{"field_permissions": {"Contact.Account": "read"}, "apex_classes": {"BillingApi": ""}, "flows": {"B": ""}}) {
		if !maps.Equal(got[attribute], want) {
			t.Errorf("%s is %v, want %v", attribute, got[attribute], want)
		}
	}
	if plan.adopt(prior) {
		t.Error("something was adopted twice")
	}
}

func TestPermissionContentValidate(t *testing.T) {
	t.Parallel()
	many := entries{}
	for i := range 1000 {
		many[fmt.Sprintf("Account.Field_%03d__c", i)] = "write"
	}
	for name, c := range map[string]struct {
		content contents
		count   int
		says    []string
	}{
		"all is well":               {contents{"object_permissions": {"Account": "delete edit read view_all_records modify_all_records create"}, "field_permissions": {"Account.Industry": "edit"}}, 0, nil},
		"unknown word of an object": {contents{"object_permissions": {"Account": "read update"}}, 1, []string{`object_permissions["Account"]`, `"update" is none of`}},
		"unknown word of a field":   {contents{"field_permissions": {"Account.Industry": "reed"}}, 1, []string{`field_permissions["Account.Industry"]`, `Did you mean "read"?`}},
		"unknown word of a tab":     {contents{"tabs": {"standard-Account": "None"}}, 1, []string{`tabs["standard-Account"]`, `"Available", "Visible"`}},
		"rights without others": {
			contents{"object_permissions": {"Account": "create", "Contact": "modify_all_records", "Order": "delete read", "Lead": "view_all_fields"}},
			4,
			[]string{`Salesforce grants "create" only together with other rights. Add "read".`, `Add "delete", "edit", "read", "view_all_records".`, `Salesforce grants "delete" only together with other rights. Add "edit".`, `"view_all_fields"`},
		},
		"a thousand typos": {contents{"field_permissions": many}, 21, []string{"980 more entries"}},
		"space":            {contents{"apex_classes": {"Billing\t": "", "": ""}}, 1, []string{`apex_classes`, `"Billing\t"`, `""`}},
		"one thing twice": {
			contents{"field_permissions": {"Contact.Account": "read", "Contact.AccountId": "edit"}, "flows": {"A": "", "a": ""}},
			2,
			[]string{`"Contact.Account" and "Contact.AccountId"`, `"A" and "a"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			contentWith(c.content).validate(&diags)
			if len(diags) != c.count {
				t.Errorf("%d diagnostics, want %d: %v", len(diags), c.count, diags)
			}
			var text strings.Builder
			for _, d := range diags {
				at, _ := d.(diag.DiagnosticWithPath)
				fmt.Fprintln(&text, at.Path(), d.Summary(), d.Detail())
			}
			for _, words := range c.says {
				if !strings.Contains(text.String(), words) {
					t.Errorf("nothing says %q in\n%s", words, &text)
				}
			}
		})
	}
}

func TestMissingPermissions(t *testing.T) {
	t.Parallel()
	user := func(permission, required string) sfclient.PermissionDependency {
		return sfclient.PermissionDependency{Permission: permission, RequiredPermission: required}
	}
	dependencies := []sfclient.PermissionDependency{
		user("ManageUsers", "ViewRoles"), user("ManageUsers", "ViewSetup"), user("ViewRoles", "ViewSetup"), user("ManageUsers", "NotInThisOrg"),
		user("TransferLeads", "Lead<read>"), user("Contact<update>", "Account<read>"), user("Account<read>", "ViewSetup"),
	}
	known := []string{"ManageUsers", "ViewRoles", "ViewSetup", "TransferLeads"}
	for name, c := range map[string]struct {
		content contents
		want    map[string][]missingPermission
	}{
		"nothing":  {contents{}, map[string][]missingPermission{}},
		"complete": {contents{"user_permissions": {"ManageUsers": "", "ViewRoles": "", "ViewSetup": ""}}, map[string][]missingPermission{}},
		"direct":   {contents{"user_permissions": {"ManageUsers": "", "ViewSetup": ""}}, map[string][]missingPermission{"user_permissions": {{"ManageUsers", "ViewRoles"}}}},
		"as far as it goes": {
			contents{"object_permissions": {"Contact": "edit read"}},
			map[string][]missingPermission{"object_permissions": {{"edit on Contact", "read on Account"}}, "user_permissions": {{"read on Account", "ViewSetup"}}},
		},
		"a right for a permission": {contents{"user_permissions": {"TransferLeads": ""}}, map[string][]missingPermission{"object_permissions": {{"TransferLeads", "read on Lead"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, missingPermissions(c.content, dependencies, known), cmp.AllowUnexported(missingPermission{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// What the plan is going to make exists, and what the org can't list is left to Salesforce.
func TestNameChecks(t *testing.T) {
	t.Parallel()
	plan := newPlanned()
	plan.creates("CustomObject", "Shipment__c")
	plan.creates("CustomField", "Account.Route__c")
	plan.creates(customPermissionKind, "Correct_Invoices")
	known := []string{"Contact.AccountId", "Account.Industry", "Account", "ViewSetup", "Bypass_Validation"}
	for name, c := range map[string]struct {
		attribute, entry string
		unknown          bool
	}{
		"known permission":        {"user_permissions", "ViewSetup", false},
		"unknown permission":      {"user_permissions", "Shipment__c", true},
		"known object":            {"object_permissions", "Account", false},
		"object in another case":  {"object_permissions", "account", true},
		"planned object":          {"object_permissions", "Shipment__c", false},
		"known field":             {"field_permissions", "Account.Industry", false},
		"look-up without Id":      {"field_permissions", "Contact.Account", false},
		"look-up with Id":         {"field_permissions", "Contact.AccountId", false},
		"planned field":           {"field_permissions", "Account.Route__c", false},
		"field of planned object": {"field_permissions", "Shipment__c.Route__c", false},
		"unknown field":           {"field_permissions", "Account.IndustryId", true},
		"known custom one":        {"custom_permissions", "bypass_validation", false},
		"planned custom one":      {"custom_permissions", "correct_invoices", false},
		"unknown custom one":      {"custom_permissions", "Bypass", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := slices.IndexFunc(nameChecks, func(n nameCheck) bool { return n.attribute == c.attribute })
			var diags diag.Diagnostics
			if nameChecks[i].report(plan, []string{c.entry}, known, &diags); diags.HasError() != c.unknown {
				t.Errorf("%v", diags)
			}
		})
	}
}

func TestNameSetEqual(t *testing.T) {
	t.Parallel()
	null, unknown := entries{}.names(), nameSet{types.SetUnknown(types.StringType)}
	sets := []nameSet{null, unknown, nameSetOf(nil), nameSetOf([]string{"A"}), nameSetOf([]string{"B"}), nameSetOf([]string{"A", "B"})}
	for i, a := range sets {
		for j, b := range sets {
			if a.Equal(b) != (i == j) {
				t.Errorf("%s equals %s: %v", a, b, a.Equal(b))
			}
		}
	}
	if !nameSetOf([]string{"A", "B"}).Equal(nameSetOf([]string{"B", "A"})) {
		t.Error("the order of a set counts")
	}
	if slices.ContainsFunc(sets, func(s nameSet) bool { return s.Equal(types.StringValue("A")) }) {
		t.Error("a set equals a text")
	}
}
