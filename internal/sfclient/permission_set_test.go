package sfclient

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	classes     = AccessList{Element: "classAccesses", Key: "apexClass", Switch: "enabled"}
	recordTypes = AccessList{Element: "recordTypeVisibilities", Key: "recordType", Switch: "visible"}
)

// readSet is a permission set as Salesforce might answer: something newer than this client in three places, a reference to nothing, a list
// that is not in order and has an entry that is switched off.
const readSet = `<fullName>Billing</fullName>` +
	`<brandNewAccesses><enabled>true</enabled><thing>One</thing></brandNewAccesses>` +
	`<brandNewAccesses><enabled>true</enabled><thing>Two &amp; three</thing></brandNewAccesses>` +
	`<classAccesses><apexClass>Late</apexClass><enabled>true</enabled><brandNew>kept</brandNew></classAccesses>` +
	`<classAccesses><apexClass>Off</apexClass><enabled>false</enabled></classAccesses>` +
	`<classAccesses><apexClass>Early</apexClass><enabled>true</enabled></classAccesses>` +
	`<fieldPermissions><editable>false</editable><field>Account.Industry</field><readable>true</readable></fieldPermissions>` +
	`<hasActivationRequired>false</hasActivationRequired>` +
	`<label>Billing</label>` +
	`<license xsi:nil="true"/>` +
	`<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead>` +
	`<brandNewRight>true</brandNewRight><modifyAllRecords>false</modifyAllRecords><object>Account</object><viewAllRecords>false</viewAllRecords></objectPermissions>` +
	`<somethingElse xsi:nil="true"/>` +
	`<tabSettings><tab>standard-Account</tab><visibility>Visible</visibility></tabSettings>`

func decodeSet(t *testing.T) PermissionSetComponent {
	t.Helper()
	component, err := decodeInner[PermissionSetComponent]([]byte(readSet))
	if err != nil {
		t.Fatal(err)
	}
	return component
}

// elements writes a component with each element that has no parent on a line of its own.
func elements(t *testing.T, component PermissionSetComponent) string {
	t.Helper()
	inner, err := encodeInner(component)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := innerLines(inner)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(parts, "\n")
}

func innerLines(inner string) ([]string, error) {
	runs, err := decodeInner[struct {
		All []struct {
			XMLName xml.Name
			Inner   string `xml:",innerxml"`
		} `xml:",any"`
	}]([]byte(inner))
	if err != nil {
		return nil, err
	}
	lines := make([]string, len(runs.All))
	for i, e := range runs.All {
		lines[i] = e.XMLName.Local + " " + e.Inner
	}
	return lines, nil
}

func TestPermissionSetComponentIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	component := decodeSet(t)
	if got, want := component.Granted(classes), []string{"Late", "Early"}; !slices.Equal(got, want) {
		t.Errorf("granted classes: %v, want %v", got, want)
	}
	component.Grant(classes, []string{"Early", "Late", "New <one>"})
	component.Grant(recordTypes, []string{"Account.Business"})
	component.Description = "Writes invoices"
	want := strings.Join([]string{
		`fullName Billing`,
		`description Writes invoices`,
		`fieldPermissions <editable>false</editable><field>Account.Industry</field><readable>true</readable>`,
		`hasActivationRequired false`,
		`label Billing`,
		`objectPermissions <allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead>` +
			`<modifyAllRecords>false</modifyAllRecords><object>Account</object><viewAllRecords>false</viewAllRecords><brandNewRight>true</brandNewRight>`,
		`tabSettings <tab>standard-Account</tab><visibility>Visible</visibility>`,
		`brandNewAccesses <enabled>true</enabled><thing>One</thing>`,
		`brandNewAccesses <enabled>true</enabled><thing>Two &amp; three</thing>`,
		`classAccesses <apexClass>Late</apexClass><brandNew>kept</brandNew><enabled>true</enabled>`,
		`classAccesses <apexClass>Early</apexClass><enabled>true</enabled>`,
		`classAccesses <apexClass>New &lt;one&gt;</apexClass><enabled>true</enabled>`,
		`recordTypeVisibilities <recordType>Account.Business</recordType><visible>true</visible>`,
		`somethingElse `,
	}, "\n")
	if diff := cmp.Diff(want, elements(t, component)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestPermissionSetComponentGrant(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ names, want []string }{
		"none":                   {nil, nil},
		"one of two":             {[]string{"Early"}, []string{"Early"}},
		"one that was off":       {[]string{"Off"}, []string{"Off"}},
		"a new one":              {[]string{"New"}, []string{"New"}},
		"in another case is new": {[]string{"early"}, []string{"early"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			component := decodeSet(t)
			others := len(component.Others) - 3
			component.Grant(classes, c.names)
			if got := component.Granted(classes); !slices.Equal(got, c.want) {
				t.Errorf("granted classes: %v, want %v", got, c.want)
			}
			if got := len(component.Others) - len(c.want); got != others {
				t.Errorf("%d other elements, want %d", got, others)
			}
		})
	}
}

// TestPermissionSetComponentKeepsRunsTogether has what Salesforce refuses: elements of one name with others between them.
func TestPermissionSetComponentKeepsRunsTogether(t *testing.T) {
	t.Parallel()
	component := decodeSet(t)
	component.Others = append(component.Others, component.Others[0])
	seen := map[string]bool{}
	last := ""
	for line := range strings.Lines(elements(t, component)) {
		name, _, _ := strings.Cut(line, " ")
		if name != last && seen[name] {
			t.Errorf("%s stands in two places", name)
		}
		seen[name], last = true, name
	}
}
