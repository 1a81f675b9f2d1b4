package sfclient

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestDeployFiles(t *testing.T) {
	t.Parallel()
	access := item("PermissionSet", "Robot", "label", "A & B <C>", "description", "Grüße")
	access.Component.Set("b", "unknown", "inner")
	access.Component.SetTexts([]string{"One", "Two"}, "names")
	items := []DeployItem{
		access, item("SecuritySettings", "Security"),
		{Type: "OauthOidcSettings", FullName: "OauthOidc"},
		item("PermissionSet", "Another"),
		item("ExtlClntAppGlobalOauthSettings", "Bot_global", "isPkceRequired", "true"),
	}
	files, err := deployFiles(items, "68.0")
	if err != nil {
		t.Fatal(err)
	}
	const head, space = `<?xml version="1.0" encoding="UTF-8"?>` + "\n", ` xmlns="http://soap.sforce.com/2006/04/metadata"`
	want := map[string]string{
		"extlClntAppGlobalOauthSets/Bot_global.ecaGlblOauth": head + `<ExtlClntAppGlobalOauthSettings` + space + `><isPkceRequired>true</isPkceRequired></ExtlClntAppGlobalOauthSettings>`,
		"permissionsets/Another.permissionset":               head + `<PermissionSet` + space + `></PermissionSet>`,
		"permissionsets/Robot.permissionset": head + `<PermissionSet` + space + `><description>Grüße</description><label>A &amp; B &lt;C&gt;</label>` +
			`<names>One</names><names>Two</names><unknown><inner>b</inner></unknown></PermissionSet>`,
		"settings/OauthOidc.settings": head + `<OauthOidcSettings` + space + `></OauthOidcSettings>`,
		"settings/Security.settings":  head + `<SecuritySettings` + space + `></SecuritySettings>`,
		"package.xml": head + `<Package` + space + `>` +
			`<types><members>Bot_global</members><name>ExtlClntAppGlobalOauthSettings</name></types>` +
			`<types><members>Another</members><members>Robot</members><name>PermissionSet</name></types>` +
			`<types><members>OauthOidc</members><members>Security</members><name>Settings</name></types><version>68.0</version></Package>`,
	}
	got := map[string]string{}
	for path, content := range files {
		got[path] = string(content)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

	archive, err := archived(files)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(items)
	again, err := deployFiles(items, "68.0")
	if err != nil {
		t.Fatal(err)
	}
	if other, err := archived(again); err != nil || !bytes.Equal(archive, other) {
		t.Errorf("the same components make another archive: %v", err)
	}
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil || len(reader.File) != len(want) {
		t.Errorf("%v", err)
	}
}

// TestDeployRefusesWhatItCannotPack before anything is sent.
func TestDeployRefusesWhatItCannotPack(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		for want, items := range map[string][]DeployItem{
			"write: Nonsense Robot can't be deployed":                {item("Nonsense", "Robot")},
			"write: Certificate Robot can't be depl":                 {item("Certificate", "Robot")},
			"write: PermissionSet Robot is deployed twice at a time": {item("PermissionSet", "Robot"), item("PermissionSet", "Robot")},
		} {
			if err := c.Deploy(t.Context(), "write", items, DeployOptions{}); err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%v", err)
			}
		}
		calls(t, o, "deploy", 0)
	})
}
