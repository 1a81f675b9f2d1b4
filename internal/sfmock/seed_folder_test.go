package sfmock

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func folderOf(files map[string]string) fstest.MapFS {
	folder := fstest.MapFS{}
	for name, content := range files {
		folder[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return folder
}

const (
	shipmentObject = `<deploymentStatus>Deployed</deploymentStatus><label>Shipment</label><nameField><label>Shipment Name</label><type>Text</type></nameField>` +
		`<pluralLabel>Shipments</pluralLabel><sharingModel>ReadWrite</sharingModel>`
	carrierField = `<fullName>Carrier__c</fullName><label>Carrier</label><length>40</length><type>Text</type>`
	weightField  = `<fields><fullName>Weight__c</fullName><label>Weight</label><precision>9</precision><scale>0</scale><type>Number</type></fields>`
	crewField    = `<fullName>Crew__c</fullName><label>Crew</label><length>9</length><type>Text</type>`
	shippingSet  = `<fieldPermissions><editable>true</editable><field>Shipment__c.Carrier__c</field><readable>true</readable></fieldPermissions><label>Shipping</label>` +
		`<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead>` +
		`<modifyAllRecords>false</modifyAllRecords><object>Shipment__c</object><viewAllRecords>false</viewAllRecords></objectPermissions>`

	seededRobot = `{"attributes":{"type":"User","referenceId":"Robot"},"Username":"robot@example.com","LastName":"Robot","Email":"robot@example.com","Alias":"robot",` +
		`"TimeZoneSidKey":"GMT","LocaleSidKey":"en_US","LanguageLocaleKey":"en_US","EmailEncodingKey":"UTF-8","Profile":{"Name":"Standard User"},"ManagerId":"@Boss"}`
	assignment = `{"attributes":{"type":"PermissionSetAssignment"},"AssigneeId":"@Robot","PermissionSet":{"attributes":{"type":"PermissionSet"},"Name":"Shipping"}}`
)

func recordsJSON(records ...string) string { return `{"records":[` + strings.Join(records, ",") + `]}` }

// sourceFolder is a project in source format, with records.
func sourceFolder() map[string]string {
	chief := strings.NewReplacer(`"Robot"`, `"Boss"`, "robot@", "boss@", `"robot"`, `"boss"`, `,"ManagerId":"@Boss"`, "").Replace(seededRobot)
	return map[string]string{
		"sfdx-project.json": `{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"66.0"}`,
		"force-app/main/default/objects/Shipment__c/Shipment__c.object-meta.xml":         componentXML("CustomObject", weightField+shipmentObject),
		"force-app/main/default/objects/Shipment__c/fields/Carrier__c.field-meta.xml":    componentXML("CustomField", carrierField),
		"force-app/main/default/objects/Account/fields/Crew__c.field-meta.xml":           componentXML("CustomField", crewField),
		"force-app/main/default/objects/Account/fields/Industry.field-meta.xml":          componentXML("CustomField", "<fullName>Industry</fullName>"),
		"force-app/main/default/permissionsets/shipping/Shipping.permissionset-meta.xml": componentXML("PermissionSet", shippingSet),
		"force-app/main/default/classes/Shipper.cls":                                     "public class Shipper {}",
		"force-app/main/default/classes/Shipper.cls-meta.xml":                            componentXML("ApexClass", "<apiVersion>66.0</apiVersion><status>Active</status>"),
		"force-app/main/default/settings/Security.settings-meta.xml":                     componentXML("SecuritySettings", "<sessionSettings><sessionTimeout>FourHours</sessionTimeout></sessionSettings>"),
		"force-app/main/default/lwc/tile/tile.js":                                        "export default 1;",
		"force-app/main/default/staticresources/logo.png":                                "x",
		"force-app/main/default/staticresources/logo.resource-meta.xml":                  componentXML("StaticResource", "<contentType>image/png</contentType>"),
		"force-app/main/default/objects/Rate__mdt/fields/Value__c.field-meta.xml":        componentXML("CustomField", strings.Replace(carrierField, "Carrier__c", "Value__c", 1)),
		"force-app/main/default/objects/Rate__mdt/Rate__mdt.object-meta.xml":             componentXML("CustomObject", "<label>Rate</label><pluralLabel>Rates</pluralLabel>"),
		"force-app/.eslintrc":     "{}",
		"README.md":               "# A project",
		"records/A.json":          recordsJSON(assignment),
		"records/Users.json":      recordsJSON(seededRobot, chief),
		"records/Users-plan.json": `[{"sobject":"User","files":["Users.json"]}]`,
	}
}

func TestSeedInSourceFormat(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	leftOut, err := o.Seed(folderOf(sourceFolder()))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"force-app/main/default/lwc/tile/tile.js", "force-app/main/default/objects/Account/fields/Industry.field-meta.xml",
		"force-app/main/default/staticresources/logo.png", "force-app/main/default/staticresources/logo.resource-meta.xml",
	}
	if slices.Sort(leftOut); !slices.Equal(leftOut, want) {
		t.Errorf("left out %v, want %v", leftOut, want)
	}
	wantSeeded(t, o)
	if got := o.Find("User", "Username", "robot@example.com")["ManagerId"]; got != o.Find("User", "Username", "boss@example.com")["Id"] {
		t.Errorf("the robot's manager is %v", got)
	}
}

func wantSeeded(t *testing.T, o *Org) {
	t.Helper()
	set, robot := o.Find("PermissionSet", "Name", "Shipping"), o.Find("User", "Username", "robot@example.com")
	if set == nil || robot == nil {
		t.Fatalf("set %v, user %v", set, robot)
	}
	if row := o.Find("PermissionSetAssignment", "AssigneeId", robot["Id"]); row == nil {
		t.Error("the robot has no assignment")
	}
	assigned := slices.ContainsFunc(o.Records("PermissionSetAssignment"), func(row map[string]any) bool {
		return row["AssigneeId"] == robot["Id"] && row["PermissionSetId"] == set["Id"]
	})
	field := slices.ContainsFunc(o.Records("FieldPermissions"), func(row map[string]any) bool {
		return row["ParentId"] == set["Id"] && row["Field"] == "Shipment__c.Carrier__c" && row["PermissionsEdit"] == true
	})
	if !assigned || !field {
		t.Errorf("assigned: %v, field granted: %v", assigned, field)
	}
	if o.object("Account").field("Crew__c") == nil || o.Find("ApexClass", "Name", "Shipper") == nil {
		t.Error("a field or a class is missing")
	}
	if settings, _ := o.Component("SecuritySettings", "Security"); settings["sessionSettings"].(map[string]any)["sessionTimeout"] != "FourHours" {
		t.Errorf("settings %v", settings)
	}
}

func TestSeedInMetadataFormat(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"objects/Shipment__c.object":            componentXML("CustomObject", "<fields>"+carrierField+"</fields>"+shipmentObject),
		"objects/Account.object":                componentXML("CustomObject", "<fields>"+crewField+"</fields>"),
		"permissionsets/Shipping.permissionset": componentXML("PermissionSet", shippingSet),
		"profiles/Sales%3A EMEA.profile":        componentXML("Profile", "<custom>true</custom><userLicense>Salesforce</userLicense>"),
		"classes/Shipper.cls":                   "public class Shipper {}",
		"classes/Shipper.cls-meta.xml":          componentXML("ApexClass", "<apiVersion>66.0</apiVersion><status>Active</status>"),
		"settings/Security.settings":            componentXML("SecuritySettings", "<sessionSettings><sessionTimeout>FourHours</sessionTimeout></sessionSettings>"),
		"records/Users.json":                    recordsJSON(assignment, strings.Replace(seededRobot, `,"ManagerId":"@Boss"`, "", 1)),
	}
	for name, manifest := range map[string]string{
		"none": "",
		"own": packageXML(typesXML("CustomObject", "*"), typesXML("CustomField", "Account.Crew__c"), typesXML("PermissionSet", "*"), typesXML("Profile", "Sales: EMEA"),
			typesXML("ApexClass", "Shipper"), typesXML("Settings", "Security")),
	} {
		t.Run("manifest "+name, func(t *testing.T) {
			t.Parallel()
			all := maps.Clone(files)
			if manifest != "" {
				all["package.xml"] = manifest
			}
			o := New(Options{})
			if leftOut, err := o.Seed(folderOf(all)); err != nil || leftOut != nil {
				t.Fatalf("%v, %v", leftOut, err)
			}
			wantSeeded(t, o)
			if o.Find("Profile", "Name", "Sales: EMEA") == nil {
				t.Error("there is no profile")
			}
		})
	}
}

func TestSeedsThatAreRefused(t *testing.T) {
	t.Parallel()
	const set = "force-app/main/default/permissionsets/shipping/Shipping.permissionset-meta.xml"
	const field = "force-app/main/default/objects/Shipment__c/fields/Carrier__c.field-meta.xml"
	for name, test := range map[string]struct{ file, content, want string }{
		"unknown permission":   {set, componentXML("PermissionSet", "<label>S</label>"+permissionXML("Nope", true)), set + ": "},
		"broken XML":           {set, "<PermissionSet>", set + ": Error parsing file"},
		"broken field":         {field, "<CustomField>", field + ": "},
		"bad type of field":    {field, componentXML("CustomField", strings.Replace(carrierField, "Text", "Txt", 1)), field + ": "},
		"class by itself":      {"force-app/Alone.cls", "x", "force-app/Alone.cls: there is no file of that name with -meta.xml behind it"},
		"two of a name":        {"force-app/Shipping.permissionset", "x", "PermissionSet Shipping is in "},
		"project":              {"sfdx-project.json", "{", "sfdx-project.json: "},
		"no such folder":       {"sfdx-project.json", `{"packageDirectories":[{"path":"src"}]}`, "src"},
		"broken records":       {"records/A.json", `{"records":[{]}`, "records/A.json: "},
		"record without type":  {"records/A.json", `{"records":[{"Name":"x"}]}`, "records/A.json: record 1 has no attributes.type"},
		"unknown object":       {"records/A.json", recordsJSON(`{"attributes":{"type":"Nope"}}`), `records/A.json: Nope, record 1: the mock org has no object "Nope"`},
		"unknown reference":    {"records/A.json", recordsJSON(strings.Replace(assignment, "@Robot", "@Nobody", 1)), `AssigneeId: there is no record with the referenceId "Nobody"`},
		"unknown relationship": {"records/A.json", recordsJSON(strings.Replace(assignment, `"PermissionSet":{`, `"Set":{`, 1)), `PermissionSetAssignment has no relationship "Set"`},
		"several records":      {"records/A.json", recordsJSON(strings.Replace(assignment, `"Name":"Shipping"`, `"Type":"Profile"`, 1)), fmt.Sprintf("%d records of PermissionSet have Type Profile, not one", len(standardProfiles))},
		"unknown name":         {"records/A.json", recordsJSON(strings.Replace(assignment, `"Shipping"`, `"Shopping"`, 1)), "0 records of PermissionSet have Name Shopping, not one"},
		"two columns":          {"records/A.json", recordsJSON(strings.Replace(assignment, `"Name":"Shipping"`, `"Name":"Shipping","Label":"x"`, 1)), "found by one column"},
		"rule of records":      {"records/A.json", recordsJSON(strings.Replace(seededRobot, `"Robot"`, `"Twin"`, 1)), "records/Users.json: User Robot: DUPLICATE_"},
		"required columns":     {"records/A.json", recordsJSON(`{"attributes":{"type":"User"},"LastName":"X"}`), "REQUIRED_FIELD_MISSING"},
	} {
		files := sourceFolder()
		files[test.file] = test.content
		o := New(Options{})
		if _, err := o.Seed(folderOf(files)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}

// What a client deploys is an object like any other, until it is deleted.
func TestCustomObjectsAreDeployed(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	files := map[string]string{
		"package.xml":                packageXML(typesXML("CustomObject", "Shipment__c")),
		"objects/Shipment__c.object": componentXML("CustomObject", "<fields>"+carrierField+"</fields>"+shipmentObject),
	}
	if result := s.deployed(usual, files); result.value("status") != "Succeeded" {
		t.Fatal(rows(result))
	}
	if _, err := s.org.Insert("Shipment__c", map[string]any{"Name": "S1", "Carrier__c": "Slow"}); err != nil {
		t.Error(err)
	}
	if !s.exists("CustomField", "Shipment__c.Carrier__c") {
		t.Error("the field is no component")
	}
	gone := map[string]string{"package.xml": packageXML(), "destructiveChanges.xml": packageXML(typesXML("CustomObject", "Shipment__c"))}
	if result := s.deployed(usual, gone); result.value("status") != "Succeeded" {
		t.Fatal(rows(result))
	}
	if s.org.object("Shipment__c") != nil || s.exists("CustomField", "Shipment__c.Carrier__c") {
		t.Error("the object is still there")
	}
}
