package provider

import (
	"fmt"
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

// profileSamples are two states of each section: what a configuration says first, and then.
var profileSamples = map[string][2]entries{
	"object_permissions":    {{"Account": "edit read", "Contact": "read"}, {"Account": "read view_all_fields", "Order": "create read"}},
	"field_permissions":     {{"Account.Industry": "edit", "Contact.AccountId": "read"}, {"Account.Industry": "read"}},
	"record_types":          {{"Account.Business": "Default", "Account.Private": "Visible"}, {"Account.Private": "Default"}},
	"applications":          {{"standard__Sales": "Default"}, {"standard__Sales": "Visible", "standard__Service": "Default"}},
	"tabs":                  {{"standard-Account": "DefaultOn"}, {"standard-Contact": "DefaultOff"}},
	"login_hours":           {{"monday": "08:00-18:00", "sunday": noTime}, {"friday": "20:00-24:00"}},
	"login_ip_ranges":       {{"192.0.2.0/24": "office", "198.51.100.1-198.51.100.9": ""}, {"2001:db8::/32": "", "192.0.2.0/24": "home"}},
	"user_permissions":      {{"ApiEnabled": "", "ViewSetup": ""}, {"ApiEnabled": ""}},
	"apex_classes":          {{"A": ""}, {"B": ""}},
	"apex_pages":            {{"A": ""}, {"B": ""}},
	"custom_permissions":    {{"A": ""}, {"B": ""}},
	"custom_metadata_types": {{"A": ""}, {"B": ""}},
	"custom_settings":       {{"A": ""}, {"B": ""}},
	"external_data_sources": {{"A": ""}, {"B": ""}},
	"flows":                 {{"A": ""}, {"B": ""}},
}

// lay is what Salesforce makes of a write: rows lie over those that are there, what is written whole replaces what was there.
func lay(present, change *sfclient.Component) *sfclient.Component {
	result := sfclient.NewComponent("Test")
	result.Parts = append(result.Parts, present.Parts...)
	for _, element := range sentWhole {
		result.SetList(change.List(element), element)
	}
	if change.Has(hoursElement) {
		result.SetList(change.List(hoursElement), hoursElement)
	}
	for _, rows := range []rowList{objectRows, fieldRows, tabRows, levelRows("recordTypeVisibilities", "recordType"), levelRows("applicationVisibilities", "application")} {
		layRows(result, change, rows.element, rows.key)
	}
	for _, l := range nameLists {
		if profileNames[l.attribute] != nil {
			layRows(result, change, l.list.Element, l.list.Key)
		}
	}
	return result
}

func layRows(result, change *sfclient.Component, element, key string) {
	rows := result.List(element)
	for _, row := range change.List(element) {
		name := row.Text(key)
		rows = slices.DeleteFunc(rows, func(other sfclient.Entry) bool { return other.Text(key) == name })
		rows = append(rows, row)
	}
	result.SetList(rows, element)
}

func TestProfileSections(t *testing.T) {
	t.Parallel()
	model := reflect.TypeFor[profileContent]()
	if len(profileSections) != model.NumField() {
		t.Errorf("%d sections for %d attributes", len(profileSections), model.NumField())
	}
	for i := range model.NumField() {
		attribute := model.Field(i).Tag.Get("tfsdk")
		t.Run(attribute, func(t *testing.T) {
			t.Parallel()
			position := slices.IndexFunc(profileSections, func(s profileSection) bool { return s.attribute == attribute })
			if position < 0 {
				t.Fatal("there is no section for it")
			}
			s := profileSections[position]
			samples, known := profileSamples[attribute]
			if !known {
				t.Fatal("there is no sample for it")
			}

			var c profileContent
			s.assign(&c, nil)
			field := reflect.ValueOf(&c).Elem().Field(i)
			if value, _ := reflect.TypeAssert[attr.Value](field); value.IsNull() || !value.Equal(s.value(&c)) {
				t.Errorf("no entries make %s", value)
			}
			s.assign(&c, samples[0])
			if got, complete := s.entries(&c); cmp.Diff(samples[0], got) != "" || !complete {
				t.Errorf("Terraform gives back %v (complete: %v), want %v", got, complete, samples[0])
			}
			var copied profileContent
			if s.copy(&copied, &c); !s.value(&copied).Equal(s.value(&c)) {
				t.Errorf("the copy is %s", s.value(&copied))
			}

			present := sfclient.NewComponent("Test")
			for _, wanted := range []entries{samples[0], samples[1], {}} {
				change, differs := changeOf("Test", present, contents{attribute: wanted}, nil)
				if !differs {
					t.Errorf("nothing differs from %v", wanted)
				}
				present = lay(present, change)
				if diff := cmp.Diff(wanted, s.read(present).respelled(wanted, s.canonical)); diff != "" {
					t.Errorf("metadata gives back something else, -want +got:\n%s", diff)
				}
				if change, differs := changeOf("Test", present, contents{attribute: wanted}, nil); differs {
					t.Errorf("the same again differs by %v", change)
				}
			}
		})
	}
}

// Only what differs is sent, in Salesforce's spelling and with what else a row holds; what is to go is switched off explicitly.
func TestProfileChange(t *testing.T) {
	t.Parallel()
	row := func(pairs ...string) sfclient.Entry {
		var e sfclient.Entry
		for i := 0; i < len(pairs); i += 2 {
			e.Set(pairs[i+1], pairs[i])
		}
		return e
	}
	present := sfclient.NewComponent("Test")
	present.SetList([]sfclient.Entry{
		row("field", "Contact.Account", "editable", "true", "readable", "true"),
		row("field", "Contact.Email", "editable", "false", "readable", "true"),
		row("field", "Contact.Phone", "editable", "false", "readable", "true"),
		row("field", "Product2.External", "editable", "false", "readable", "true"),
		row("field", "Product2.ExternalId", "editable", "false", "readable", "true"),
		row("field", "Contact.Fax", "editable", "false", "readable", "false"),
	}, "fieldPermissions")
	present.SetList([]sfclient.Entry{row("recordType", "Account.Business", "default", "true", "personAccountDefault", "true", "visible", "true")}, "recordTypeVisibilities")
	present.SetList([]sfclient.Entry{row("object", "Account", "allowRead", "true"), row("object", "Contact", "allowRead", "true", "viewAllFields", "true")}, "objectPermissions")
	present.SetList([]sfclient.Entry{row("flow", "Welcome", "flowType", "UI")}, "loginFlows")
	present.SetList([]sfclient.Entry{row("startAddress", "192.0.2.1", "endAddress", "192.0.2.9")}, rangesElement)
	change, _ := changeOf("Test", present, contents{
		"field_permissions":  {"Contact.AccountId": "read", "Contact.Email": "read", "Product2.External": "edit", "Product2.ExternalId": "read", "Account.Industry": "edit"},
		"record_types":       {},
		"object_permissions": {"Contact": "edit read"},
	}, nil)
	texts := func(element string, names ...string) []string {
		var all []string
		for _, e := range change.List(element) {
			var one []string
			for _, name := range names {
				one = append(one, e.Text(name))
			}
			all = append(all, strings.Join(one, " "))
		}
		return all
	}
	for element, c := range map[string]struct{ names, want []string }{
		"fieldPermissions": {
			[]string{"field", "editable", "readable"},
			[]string{"Contact.Account false true", "Contact.Phone false false", "Product2.External true true", "Account.Industry true true"},
		},
		"recordTypeVisibilities": {[]string{"recordType", "default", "personAccountDefault", "visible"}, []string{"Account.Business false true false"}},
		"objectPermissions": {
			[]string{"object", "allowRead", "allowEdit", "allowDelete", "viewAllFields"},
			[]string{"Account false false false ", "Contact true true false false"},
		},
		"loginFlows":  {[]string{"flow", "flowType"}, []string{"Welcome UI"}},
		rangesElement: {[]string{"startAddress", "endAddress"}, []string{"192.0.2.1 192.0.2.9"}},
		"apexClasses": {nil, nil},
	} {
		if diff := cmp.Diff(c.want, texts(element, c.names...)); diff != "" {
			t.Errorf("%s, -want +got:\n%s", element, diff)
		}
	}
}

// What Salesforce hides is switched off too when Terraform wrote it.
func TestProfileChangeOfHidden(t *testing.T) {
	t.Parallel()
	present := sfclient.NewComponent("Test")
	change, differs := changeOf("Test", present, contents{"user_permissions": {"ViewSetup": ""}}, contents{"user_permissions": {"RetainFieldHistory": "", "ApiEnabled": ""}})
	var got []string
	for _, e := range change.List("userPermissions") {
		got = append(got, e.Text("name")+" "+e.Text("enabled"))
	}
	if want := []string{"ViewSetup true", "RetainFieldHistory false"}; !differs || !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Only what is owned is read, but after an import everything; what means the same stays as it is written.
func TestProfileContentRead(t *testing.T) {
	t.Parallel()
	present := sfclient.NewComponent("Test")
	wanted := contents{
		"login_ip_ranges": {"192.0.2.0/24": "office"}, "login_hours": {"monday": "08:00-18:00"}, "apex_classes": {"BillingApi": ""},
		"tabs": {"standard-Account": "DefaultOn"}, "flows": {"A": ""},
	}
	change, _ := changeOf("Test", present, wanted, nil)
	var c profileContent
	words := func(pairs ...string) types.Map {
		elements := map[string]attr.Value{}
		for i := 0; i < len(pairs); i += 2 {
			elements[pairs[i]] = types.StringValue(pairs[i+1])
		}
		return types.MapValueMust(types.StringType, elements)
	}
	c.LoginIPRanges = words("192.0.2.0-192.0.2.255", "office")
	c.LoginHours = words("monday", "08:00-18:00", "tuesday", anyTime)
	c.ApexClasses = nameSetOf([]string{"billingapi"})
	c.Tabs = words("standard-Account", "DefaultOff", "standard-Contact", hiddenTab)
	before := c
	c.read(change, false)
	for _, attribute := range []string{"login_ip_ranges", "login_hours", "apex_classes", "flows", "user_permissions"} {
		s := profileSections[slices.IndexFunc(profileSections, func(s profileSection) bool { return s.attribute == attribute })]
		if !s.value(&c).Equal(s.value(&before)) {
			t.Errorf("%s became %s", attribute, s.value(&c))
		}
	}
	if want := words("standard-Account", "DefaultOn"); !c.Tabs.Equal(want) {
		t.Errorf("tabs are %s", c.Tabs)
	}
	c.read(change, true)
	for _, s := range profileSections {
		if s.value(&c).IsNull() {
			t.Errorf("%s is null after an import", s.attribute)
		}
	}
	if !c.Flows.Equal(nameSetOf([]string{"A"})) || !c.LoginIPRanges.Equal(before.LoginIPRanges) {
		t.Errorf("flows are %s, ranges %s", c.Flows, c.LoginIPRanges)
	}
}

func TestProfileValidate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		content contents
		says    string // "" if all is well
	}{
		"all is well":             {contents{"applications": {"A": "Default", "B": "Visible"}, "record_types": {"Account.A": "Default", "Contact.A": "Default"}, "login_hours": {"monday": "00:00-24:00", "sunday": noTime}}, ""},
		"two default apps":        {contents{"applications": {"A": "Default", "B": "Default"}}, `Only one app can be the default; "A" and "B" are`},
		"two defaults of a type":  {contents{"record_types": {"Account.A": "Default", "Account.B": "Default"}}, `Only one record type of Account`},
		"word of permission sets": {contents{"tabs": {"A": "Visible"}}, `"Visible" is none of the words`},
		"right without another":   {contents{"object_permissions": {"Account": "delete"}}, `Add "edit", "read".`},
		"field word":              {contents{"field_permissions": {"Account.Industry": "reed"}}, `Did you mean "read"?`},
		"no day":                  {contents{"login_hours": {"Monday": "08:00-18:00"}}, `"Monday" is no day`},
		"half an hour":            {contents{"login_hours": {"monday": "08:30-18:00"}}, `Salesforce takes whole hours`},
		"an hour too many":        {contents{"login_hours": {"monday": "24:00-24:00"}}, `Salesforce takes whole hours`},
		"across midnight":         {contents{"login_hours": {"monday": "20:00-06:00"}}, `ends before it begins`},
		"no time":                 {contents{"login_hours": {"monday": "08:00-08:00"}}, `00:00-00:00 keeps users out`},
		"space":                   {contents{"apex_classes": {"A ": ""}}, `space at an end`},
		"one thing twice":         {contents{"field_permissions": {"Contact.Account": "read", "Contact.AccountId": "read"}}, `To Salesforce these are the same`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var content profileContent
			for _, s := range profileSections {
				if e, written := c.content[s.attribute]; written {
					s.assign(&content, e)
				}
			}
			var diags diag.Diagnostics
			content.validate(&diags)
			var text strings.Builder
			for _, d := range diags {
				fmt.Fprintln(&text, d.Summary(), d.Detail())
			}
			if diags.HasError() != (c.says != "") || !strings.Contains(text.String(), c.says) {
				t.Errorf("%d diagnostics, want %q:\n%s", len(diags), c.says, &text)
			}
		})
	}
}

func TestUntaken(t *testing.T) {
	t.Parallel()
	wanted := contents{"apex_classes": {"A": "", "B": ""}, "tabs": {"T": "DefaultOn"}, "flows": {}}
	if err := untaken(contents{"apex_classes": {"A": "", "B": ""}, "tabs": {"T": "DefaultOn"}, "flows": {}, "user_permissions": {"X": ""}}, wanted); err != nil {
		t.Error(err)
	}
	err := untaken(contents{"apex_classes": {"A": "", "C": ""}, "tabs": {"T": "DefaultOff"}, "flows": {}}, wanted)
	if err == nil {
		t.Fatal("nothing is said")
	}
	for _, line := range []string{"apex_classes: B was not taken", "apex_classes: C stays", `tabs: T is "DefaultOff", not "DefaultOn"`} {
		if !strings.Contains(err.Error(), line+"\n") {
			t.Errorf("%q is not in %q", line, err)
		}
	}
}
