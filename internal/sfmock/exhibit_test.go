package sfmock

import (
	"slices"
	"strings"
	"testing"
)

func exhibited(t *testing.T, files map[string]string) (o *Org, shown []Exhibited, leftOut []string) {
	t.Helper()
	o = New(Options{})
	shown, leftOut, err := o.Exhibit(folderOf(files))
	if err != nil {
		t.Fatal(err)
	}
	return o, shown, leftOut
}

// What a file refers to is not there, and what the org itself has doesn't show in what it says.
func TestExhibit(t *testing.T) {
	t.Parallel()
	const set, profile = "permissionsets/Ship.permissionset-meta.xml", "profiles/Admin.profile-meta.xml"
	o, shown, leftOut := exhibited(t, map[string]string{
		set:     componentXML("PermissionSet", "<fieldPermissions><editable>true</editable><field>Nothing__c.Here__c</field><readable>true</readable></fieldPermissions><label> Ship </label>"),
		profile: componentXML("Profile", "<classAccesses><apexClass>Nothing</apexClass><enabled>true</enabled></classAccesses><custom>false</custom>"),
		"objects/Freight__c/Freight__c.object-meta.xml":           componentXML("CustomObject", shipmentObject),
		"objects/Freight__c/fields/Carrier__c.field-meta.xml":     componentXML("CustomField", carrierField),
		"classes/Shipper.cls":                                     "public class Shipper {}",
		"classes/Shipper.cls-meta.xml":                            componentXML("ApexClass", "<apiVersion>66.0</apiVersion>"),
		"remoteSiteSettings/Billing_API.remoteSite-meta.xml":      componentXML("RemoteSiteSetting", "<isActive>true</isActive><url>https://example.com</url>"),
		"settings/Security.settings-meta.xml":                     componentXML("SecuritySettings", "<enableAdminLoginAsAnyUser>true</enableAdminLoginAsAnyUser>"),
		"permissionsetgroups/Desk.permissionsetgroup-meta.xml":    componentXML("PermissionSetGroup", "<label>Desk</label><permissionSets>Nowhere</permissionSets>"),
		"connectedApps/Old.connectedApp-meta.xml":                 componentXML("ConnectedApp", "<label>Old</label><permissionSetName>Ship</permissionSetName><profileName>System Administrator</profileName>"),
		"roles/Clerk.role-meta.xml":                               componentXML("Role", "<name>Clerk</name><parentRole>Head</parentRole>"),
		"roles/Head.role-meta.xml":                                componentXML("Role", "<name>Head</name>"),
		"profileSessionSettings/P.profileSessionSetting-meta.xml": componentXML("ProfileSessionSetting", "<profile>Night Shift</profile><sessionTimeout>30</sessionTimeout>"),
	})
	for _, want := range []Exhibited{{"PermissionSet", "Ship", set}, {"Profile", "Admin", profile}} {
		if !slices.Contains(shown, want) {
			t.Errorf("%v is not among %v", want, shown)
		}
	}
	if len(shown) != 9 || len(leftOut) != 3 {
		t.Errorf("shown are %v, left out %v", shown, leftOut)
	}
	if content, ok := o.Component("PermissionSet", "ship"); !ok || content["label"] != "Ship" || content["fieldPermissions"] == nil {
		t.Errorf("the permission set is %v", content)
	}
	if content, _ := o.Component("Profile", "Admin"); content["userPermissions"] != nil || content["classAccesses"] == nil {
		t.Errorf("the profile has what the file doesn't: %v", content)
	}
	if content, _ := o.Component("SecuritySettings", "Security"); content["sessionSettings"] != nil {
		t.Errorf("the settings have what the file doesn't: %v", content)
	}
	if _, ok := o.Component("Profile", "Standard"); !ok {
		t.Error("the org's other profiles don't show any more")
	}
	app, id := o.exhibitions["ConnectedApp"].shown["old"], o.Find("PermissionSet", "Name", "Ship")["Id"]
	open := 0
	for _, row := range o.Records("SetupEntityAccess") {
		if row["SetupEntityId"] == app.stamp.id {
			open++
		}
	}
	if open != 2 || id == nil || !strings.HasPrefix(app.stamp.id, "0H4") {
		t.Errorf("the app %s is open to %d", app.stamp.id, open)
	}
	if clerk, head := o.Find("UserRole", "DeveloperName", "Clerk"), o.Find("UserRole", "DeveloperName", "Head"); clerk == nil || head == nil || clerk["ParentRoleId"] != head["Id"] {
		t.Errorf("roles %v, %v", clerk, head)
	}
	if o.Find("Profile", "Name", "Night Shift") == nil || o.Find("PermissionSetGroup", "DeveloperName", "Desk")["Status"] != "Updated" {
		t.Error("a record behind a component is missing")
	}
}

func TestExhibitsThatAreRefused(t *testing.T) {
	t.Parallel()
	const set = "permissionsets/Ship.permissionset-meta.xml"
	for want, content := range map[string]string{
		set + ": XML syntax error":   "<PermissionSet>",
		set + ": its name says Perm": componentXML("Profile", ""),
	} {
		if _, _, err := New(Options{}).Exhibit(folderOf(map[string]string{set: content})); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, not %q", err, want)
		}
	}
}

// A profile of the org that a file gives another licence counts for that one.
func TestExhibitedProfilesHaveTheirLicence(t *testing.T) {
	t.Parallel()
	o, _, _ := exhibited(t, map[string]string{
		"profiles/Standard.profile-meta.xml": componentXML("Profile", "<custom>false</custom><userLicense>Salesforce Integration</userLicense>"),
	})
	for licence, want := range map[string]bool{"Salesforce": false, "Salesforce Integration": true} {
		profiles := o.indexed("Profile", "UserLicenseId", o.find("UserLicense", "Name", licence).id)
		if got := slices.Contains(profiles, o.find("Profile", "Name", "Standard User")); got != want {
			t.Errorf("a profile of %s: %t", licence, got)
		}
	}
}
