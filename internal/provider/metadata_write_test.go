package provider

import (
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// readsBack lets the read that follows a write of an apply, behind so many others, answer with something else.
func (i *instance) readsBack(o *testOrg, kind string, after int, elements string) {
	i.between = func() {
		o.Fail(sfmock.Match{Contains: "<type>" + kind + "</type><fullNames>"}, 1, sfmock.Fault{
			After: after, Status: http.StatusOK, ContentType: "text/xml", Body: answer("readMetadata", `<records xsi:type="`+kind+`">`+elements+"</records>"),
		})
	}
}

// What Salesforce accepts and does not keep is a warning for what is there now, and an error for what was there before.
func TestMetadataNotKept(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	site, config := o.speak(t).metadata(t, metadataConfig("RemoteSiteSetting", "Billing_API", siteContent()))
	const without = "<url>https://billing.example.com</url><isActive>true</isActive><disableProtocolSecurity>false</disableProtocolSecurity>"
	site.readsBack(o, "RemoteSiteSetting", 0, without)
	warned(t, site.apply(t, config), "Salesforce does not keep all of the component", `description: nothing -> "Invoices"`)
	content := siteContent()
	content["description"] = "Bills"
	site.readsBack(o, "RemoteSiteSetting", 1, without)
	refused(t, site.apply(t, having(config, "content", dynamicValue(content))), "Salesforce does not keep all of the component", `description: nothing -> "Bills"`)
	if got := plain(t, site.state["content"]).(parts); got["description"] != nil || got["isActive"] != true {
		t.Errorf("the state has %v", got)
	}
}

// Settings that are not kept are put back: a resource that could not be created leaves nothing behind.
func TestMetadataSettingsNotKept(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	security, config := o.speak(t).metadata(t, metadataConfig("SecuritySettings", "Security", parts{"sessionSettings": parts{"sessionTimeout": "FourHours"}}))
	security.readsBack(o, "SecuritySettings", 1, "<sessionSettings><sessionTimeout>EightHours</sessionTimeout></sessionSettings>")
	refused(t, security.apply(t, config), "Salesforce does not keep all of the component", `"EightHours" -> "FourHours"`)
	found, _ := o.Component("SecuritySettings", "Security")
	if timeout := found["sessionSettings"].(map[string]any)["sessionTimeout"]; timeout != "TwoHours" || security.state != nil {
		t.Errorf("the timeout is %v, the state %v", timeout, security.state)
	}
}

// Somebody else may be faster than an apply.
func TestMetadataTakenMeanwhile(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	site, config := o.speak(t).metadata(t, metadataConfig("RemoteSiteSetting", "Billing_API", siteContent()))
	site.between = func() {
		if err := o.SetComponent("RemoteSiteSetting", "Billing_API", siteContent()); err != nil {
			t.Error(err)
		}
	}
	refused(t, site.apply(t, config), "RemoteSiteSetting is there already", "terraform import salesforce_metadata.<name> RemoteSiteSetting:Billing_API")
	if site.state != nil {
		t.Errorf("the state is %v", site.state)
	}
}

// What is kept stays without a word; what was written as an object may be written as a text.
func TestMetadataKept(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	site, config := o.speak(t).metadata(t, having(metadataConfig("RemoteSiteSetting", "Billing_API", siteContent()), "on_destroy", textValue("keep")))
	failed(t, nil, site.apply(t, config))
	if changed := site.changes(t, having(config, "on_destroy", tftypes.NewValue(tftypes.String, nil))); !slices.Equal(changed, []string{"on_destroy"}) {
		t.Errorf("the plan changes %v", changed)
	}
	delete(config, "content")
	config["source"] = textValue(`{"url": "https://billing.example.com"}`)
	if changed := site.changes(t, config); !slices.Equal(changed, []string{"content", "source"}) {
		t.Errorf("the plan changes %v", changed)
	}
	failed(t, nil, site.apply(t, config))
	site.lookAgain(t, config)
	if diags := site.apply(t, nil); len(diags) > 0 {
		t.Errorf("destroying says %s: %s", diags[0].Summary, diags[0].Detail)
	}
	if _, there := o.Component("RemoteSiteSetting", "Billing_API"); !there {
		t.Error("the site is gone")
	}
}

// An order that somebody changes is written where it may mean something.
func TestMetadataReordered(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	of := func(names ...string) map[string]tftypes.Value {
		var all rows
		for _, name := range names {
			all = append(all, parts{"fullName": name, "label": name, "default": false})
		}
		return metadataConfig("GlobalValueSet", "Sizes", parts{"masterLabel": "Sizes", "sorted": false, "customValue": all})
	}
	sizes, config := o.speak(t).metadata(t, of("S", "M", "L"))
	failed(t, nil, sizes.apply(t, config))
	sizes.lookAgain(t, config)
	_, config = sizes.metadata(t, of("L", "M", "S"))
	if changed := sizes.changes(t, config); !slices.Equal(changed, []string{"content"}) {
		t.Errorf("the plan changes %v", changed)
	}
	o.ResetRequests()
	failed(t, nil, sizes.apply(t, config))
	if n := len(o.Requests(sfmock.Match{Contains: "updateMetadata"})); n != 1 {
		t.Errorf("%d updates were sent", n)
	}
	sizes.lookAgain(t, config)
}

func TestMetadataImportRefused(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	for id, message := range map[string]string{
		"RemoteSiteSetting":         "The import id is the type of the component, a colon, and its full name",
		"RemoteSiteSetting:":        `Unable to import metadata "RemoteSiteSetting:"`,
		"remote site:X":             "The import id is the type",
		"Settings:Security":         "SecuritySettings, with the full name Security",
		"PermissionSetTabSetting:X": "is a part of components",
	} {
		imported, err := p.server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: metadataType, ID: id})
		if err != nil {
			t.Fatal(err)
		}
		refused(t, imported.Diagnostics, message)
	}
}

// Who makes one mistake in many entries is not told of each.
func TestMetadataManyProblems(t *testing.T) {
	t.Parallel()
	entries := slices.Repeat(rows{"x"}, mostProblems+5)
	set, config := newOrg(t).speak(t).metadata(t, metadataConfig("PermissionSet", "Desk", parts{"userPermissions": entries}))
	diags := set.validate(t, config)
	refused(t, diags, "There are 5 more.")
	if len(diags) != mostProblems {
		t.Errorf("there are %d diagnostics", len(diags))
	}
}

// Secrets of settings are written even where nothing else is to be, and held against the API version.
func TestMetadataSettingsSecrets(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	security, config := o.speak(t).metadata(t, metadataConfig("SecuritySettings", "Security", parts{"sessionSettings": parts{"sessionTimeout": "TwoHours"}}))
	config[secretAttribute] = dynamicValue(parts{"enableAdminLoginAsAnyUser": true})
	config["sensitive_content_wo_version"] = tftypes.NewValue(tftypes.Number, 1)
	o.ResetRequests()
	failed(t, nil, security.apply(t, config))
	if n := len(o.Requests(sfmock.Match{Contains: "updateMetadata"})); n == 0 {
		t.Error("nothing was written")
	}
}
