package provider

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const trustedAddress = "salesforce_trusted_ip_ranges.org"

// trustedConfig gives back the earlier ranges when it is destroyed.
func trustedConfig(ranges string) string {
	return fmt.Sprintf("resource \"salesforce_trusted_ip_ranges\" \"org\" {\n  ip_ranges = {\n%s\n  }\n  on_destroy = \"restore\"\n}\n", ranges)
}

// trust replaces the org's ranges by hand; each is first, last and description.
func (o *testOrg) trust(t *testing.T, ranges ...[3]string) {
	t.Helper()
	entries := make([]map[string]any, len(ranges))
	for i, r := range ranges {
		entries[i] = map[string]any{"start": r[0], "end": r[1], "description": r[2]}
	}
	if err := o.SetComponent("SecuritySettings", "Security", map[string]any{"networkAccess": map[string]any{"ipRanges": entries}}); err != nil {
		t.Fatal(err)
	}
}

// trusts checks which ranges the org has.
func (o *testOrg) trusts(want ...[3]string) error {
	component, _ := o.Component("SecuritySettings", "Security")
	access, _ := component["networkAccess"].(map[string]any)
	entries, _ := access["ipRanges"].([]any)
	got := [][3]string{}
	for _, e := range entries {
		entry, _ := e.(map[string]any)
		description, _ := entry["description"].(string)
		got = append(got, [3]string{fmt.Sprint(entry["start"]), fmt.Sprint(entry["end"]), description})
	}
	compare := func(a, b [3]string) int { return slices.Compare(a[:], b[:]) }
	slices.SortFunc(got, compare)
	slices.SortFunc(want, compare)
	if !slices.Equal(got, want) {
		return fmt.Errorf("the org trusts %q, not %q", got, want)
	}
	return nil
}

func (o *testOrg) trustsNow(want ...[3]string) resource.TestCheckFunc {
	return func(*terraformState) error { return o.trusts(want...) }
}

var (
	oldOffice = [3]string{"198.51.100.0", "198.51.100.255", "Old office"}
	newOffice = [3]string{"192.0.2.0", "192.0.2.255", "Office"}
	gateway   = [3]string{"203.0.113.7", "203.0.113.7", ""}
	lab       = [3]string{"2001:db8::", "2001:db8::ffff", "Lab"}
)

func TestAccTrustedIPRanges(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.trust(t, oldOffice)
	config := trustedConfig(`"192.0.2.0/24" = "Office"
    "203.0.113.7" = ""
    "2001:DB8::-2001:DB8::FFFF" = "Lab"`)
	steps := []resource.TestStep{
		{
			Config: config,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(trustedAddress, plancheck.ResourceActionCreate)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(trustedAddress, tfjsonpath.New("ip_ranges"), knownvalue.MapExact(map[string]knownvalue.Check{
				"192.0.2.0/24": knownvalue.StringExact("Office"), "203.0.113.7": knownvalue.StringExact(""), "2001:DB8::-2001:DB8::FFFF": knownvalue.StringExact("Lab"),
			}))},
			Check: o.trustsNow(newOffice, gateway, lab),
		},
		{
			Config: trustedConfig(`"192.0.2.0-192.0.2.255" = "Office"
    "203.0.113.7/32" = ""
    "2001:db8::/112" = "Lab"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
		{Config: config, ResourceName: trustedAddress, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"on_destroy", "ip_ranges"}},
		{
			Config: config, ResourceName: trustedAddress, ImportState: true, ImportStateId: "00D000000000000EAA",
			ExpectError: regexp.MustCompile(`Unable to import trusted IP ranges[\s\S]*the id of the\s+org`),
		},
	}
	hold := func() error { return o.trusts(newOffice, gateway, lab) }
	steps = append(steps, driftSteps(t, trustedAddress, config, []drift{
		{"ip_ranges", func(t *testing.T) { t.Helper(); o.trust(t, newOffice, gateway, lab, oldOffice) }, hold},
		{"ip_ranges", func(t *testing.T) { t.Helper(); o.trust(t, newOffice, lab) }, hold},
		{"ip_ranges", func(t *testing.T) {
			t.Helper()
			o.trust(t, [3]string{"192.0.2.0", "192.0.2.255", "Our office"}, gateway, lab)
		}, hold},
		{"ip_ranges", func(t *testing.T) { t.Helper(); o.trust(t) }, hold},
	})...)
	steps = append(
		steps,
		resource.TestStep{
			Config: trustedConfig(`"192.0.2.0/24" = "Head office"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(trustedAddress, plancheck.ResourceActionUpdate), changesOnly(trustedAddress, "ip_ranges")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: o.trustsNow([3]string{"192.0.2.0", "192.0.2.255", "Head office"}),
		},
		resource.TestStep{
			Config:           trustedConfig(""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check:            o.trustsNow(),
		},
	)
	o.test(t, o.trustsNow(oldOffice), steps...)
}

// rangesTF is a configuration's map of ranges.
func rangesTF(pairs ...string) tftypes.Value {
	elements := map[string]tftypes.Value{}
	for pair := range slices.Chunk(pairs, 2) {
		elements[pair[0]] = tftypes.NewValue(tftypes.String, pair[1])
	}
	return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, elements)
}

func trustedTF(onDestroy string, pairs ...string) map[string]tftypes.Value {
	return map[string]tftypes.Value{"ip_ranges": rangesTF(pairs...), "on_destroy": tftypes.NewValue(tftypes.String, onDestroy)}
}

// said tells whether a diagnostic of that severity holds all texts.
func said(diags []*tfprotov6.Diagnostic, severity tfprotov6.DiagnosticSeverity, texts ...string) bool {
	return slices.ContainsFunc(diags, func(d *tfprotov6.Diagnostic) bool {
		return d.Severity == severity && !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(d.Summary+"\n"+d.Detail, text) })
	})
}

func TestTrustedIPRangesWarnOfTheFirstApply(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.trust(t, oldOffice, newOffice)
	i := o.speak(t).resource(trustedIPRangesType)
	o.ResetRequests()
	_, diags := i.plan(t, trustedTF("keep", "192.0.2.0/24", "Head office", "203.0.113.7", ""))
	if !said(diags, tfprotov6.DiagnosticSeverityWarning, "198.51.100.0/24 (Old office) is removed", `192.0.2.0/24 (Office): the description becomes "Head office"`, "203.0.113.7 is added", "terraform import salesforce_trusted_ip_ranges.<name> 00D") {
		t.Errorf("the plan says %v", diags)
	}
	if writes := o.Requests(sfmock.Match{Kind: "metadata write"}); len(writes) > 0 {
		t.Errorf("planning wrote %s", writes[0].Body)
	}
	if _, diags := i.plan(t, trustedTF("keep", "192.0.2.0/24", "Office", "198.51.100.0-198.51.100.255", "Old office")); len(diags) > 0 {
		t.Errorf("the plan of what is there says %v", diags)
	}
	_, diags = i.plan(t, trustedTF("keep", "192.0.2.0/24", "Office", "198.51.100.0/24", "Old office", "10.0.0.0/8", "", "11.0.0.0-12.0.0.0", "", "2001:db8::/32", ""))
	for spelling, wide := range map[string]bool{"10.0.0.0/8": false, "11.0.0.0-12.0.0.0": true, "2001:db8::/32": false} {
		if said(diags, tfprotov6.DiagnosticSeverityWarning, spelling, "2^24") != wide {
			t.Errorf("the plan says %v of %s", diags, spelling)
		}
	}
}

// What was there before is what destroying restores, whether the ranges were created or imported; kept ranges stay.
func TestTrustedIPRangesOnDestroy(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		onDestroy string
		imported  bool
		want      [3]string
	}{
		"restore created":  {"restore", false, oldOffice},
		"restore imported": {"restore", true, oldOffice},
		"keep":             {"keep", false, gateway},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.trust(t, oldOffice)
			p := o.speak(t)
			i := p.resource(trustedIPRangesType)
			if tc.imported {
				i.state = p.importByIdentity(t, trustedIPRangesType, o.Find("Organization", "Name", o.Records("Organization")[0]["Name"])["Id"].(string))
			}
			failed(t, nil, i.apply(t, trustedTF(tc.onDestroy, "192.0.2.0/24", "Office")))
			failed(t, nil, i.apply(t, trustedTF(tc.onDestroy, "203.0.113.7", "")))
			if err := o.trusts(gateway); err != nil {
				t.Fatal(err)
			}
			diags := i.apply(t, nil)
			failed(t, nil, diags)
			if err := o.trusts(tc.want); err != nil {
				t.Error(err)
			}
			if said(diags, tfprotov6.DiagnosticSeverityWarning, "stay as they are") != (tc.onDestroy == "keep") {
				t.Errorf("destroying says %v", diags)
			}
		})
	}
}

// A write that fails leaves the org and the state as they were, and the next apply does what is left.
func TestTrustedIPRangesFaults(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.trust(t, oldOffice)
	i := o.speak(t).resource(trustedIPRangesType)
	write := sfmock.Match{Kind: "metadata write", Contains: "networkAccess"}
	refused := sfmock.Fault{Status: http.StatusInternalServerError, Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred."}
	first, second := trustedTF("restore", "192.0.2.0/24", "Office"), trustedTF("restore", "203.0.113.7", "")

	o.Fail(write, -1, refused)
	if diags := i.apply(t, first); !said(diags, tfprotov6.DiagnosticSeverityError, "Unable to update trusted IP ranges", "An unexpected error occurred.") || i.state != nil {
		t.Errorf("the refused create says %v and leaves %v", diags, i.state)
	}
	o.Heal()
	failed(t, nil, i.apply(t, first))

	o.Fail(write, -1, refused)
	if diags := i.apply(t, second); !hasErrors(diags) || !i.state["ip_ranges"].Equal(first["ip_ranges"]) {
		t.Errorf("the refused update says %v and leaves %v", diags, i.state)
	}
	o.Heal()
	o.Fail(write, 1, sfmock.Fault{ResetAfterCommit: true})
	failed(t, nil, i.apply(t, second))
	if err := o.trusts(gateway); err != nil {
		t.Error(err)
	}

	o.Fail(sfmock.Match{Kind: "metadata read"}, -1, refused)
	before := maps.Clone(i.state)
	if diags := i.read(t); !said(diags, tfprotov6.DiagnosticSeverityError, "Unable to read trusted IP ranges") || !i.state["ip_ranges"].Equal(before["ip_ranges"]) {
		t.Errorf("the refused read says %v", diags)
	}
	o.Heal()
	o.Fail(write, -1, refused)
	if diags := i.apply(t, nil); !said(diags, tfprotov6.DiagnosticSeverityError, "Unable to restore trusted IP ranges") {
		t.Errorf("the refused restore says %v", diags)
	}
}

// An org that changes ranges again while they are written is told apart from one that takes them.
func TestTrustedIPRangesNotTaken(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.trust(t, oldOffice)
	i := o.speak(t).resource(trustedIPRangesType)
	o.Fail(sfmock.Match{Kind: "metadata read"}, 1, sfmock.Fault{
		After: 2, Status: http.StatusOK, ContentType: "text/xml", // the plan reads, and the apply before it writes
		Body: answer("readMetadata", `<records xsi:type="SecuritySettings"><fullName>Security</fullName><networkAccess><ipRanges><end>198.51.100.255</end><start>198.51.100.0</start></ipRanges></networkAccess></records>`),
	})
	diags := i.apply(t, trustedTF("keep", "192.0.2.0/24", "Office"))
	if !said(diags, tfprotov6.DiagnosticSeverityError, "does not take the ranges", "198.51.100.0/24 is removed", "192.0.2.0/24 (Office) is added") || i.state != nil {
		t.Errorf("the apply says %v and leaves %v", diags, i.state)
	}
	if err := o.trusts(oldOffice); err != nil {
		t.Error(err)
	}
}

func TestRangesKeptForARestore(t *testing.T) {
	t.Parallel()
	found := ranges("192.0.2.0/24", "Office", "2001:db8::/32", "")
	if got := rangesFrom(beforeFrom(descriptionsOf(found).json())); !got.Equal(attr.Value(found)) {
		t.Errorf("%s becomes %s", found, got)
	}
}
