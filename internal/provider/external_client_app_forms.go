package provider

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// form is how an element stands for an attribute that is more than a flag, a word or a number.
type form interface {
	schema(text string) schema.Attribute
	none() attr.Value
	read(component *sfclient.Component, at []string, prior attr.Value) attr.Value
	write(component *sfclient.Component, at []string, value attr.Value)
	same(a, b attr.Value) bool
}

// nameList is a set of names in one text. Salesforce keeps neither their order nor the space between them.
type nameList struct {
	separator, joint string
	folded           bool // case means nothing
	least            int
	check            validator.String // of each name
}

var (
	oneName        = stringvalidator.RegexMatches(regexp.MustCompile(`^[^,\s]([^,]*[^,\s])?$`), "must be one name, without a comma and without space at either end")
	commaSeparated = nameList{separator: ",", joint: ", ", check: oneName}
	foldedNames    = nameList{separator: ",", joint: ", ", check: oneName, folded: true}
	oauthScopes    = nameList{separator: ",", joint: ", ", check: isOAuthScope{}, least: 1}
	lineSeparated  = nameList{
		separator: "\n", joint: "\n", least: 1,
		check: stringvalidator.RegexMatches(regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:\S+$`), "must be an address with its scheme, such as https://example.com/callback"),
	}
)

func (l nameList) schema(text string) schema.Attribute {
	checks := []validator.Set{setvalidator.ValueStringsAre(l.check)}
	if l.least > 0 {
		checks = append(checks, setvalidator.SizeAtLeast(l.least))
	}
	return schema.SetAttribute{MarkdownDescription: text, CustomType: setOfNames, ElementType: types.StringType, Optional: true, Computed: true, Validators: checks}
}

func (nameList) none() attr.Value { return nameSet{types.SetNull(types.StringType)} }

func (l nameList) read(component *sfclient.Component, at []string, _ attr.Value) attr.Value {
	names := []string{}
	for name := range strings.SplitSeq(component.Text(at...), l.separator) {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return nameSetOf(names)
}

func (l nameList) write(component *sfclient.Component, at []string, value attr.Value) {
	component.Set(strings.Join(namesIn(value), l.joint), at...)
}

func (l nameList) same(a, b attr.Value) bool {
	if a.Equal(b) {
		return true
	}
	ours, theirs := namesIn(a), namesIn(b)
	if !isSet(a) || !isSet(b) || len(ours) != len(sizedElements(a)) || len(theirs) != len(sizedElements(b)) {
		return false
	}
	if l.folded {
		ours, theirs = lowered(ours), lowered(theirs)
	}
	return slices.Equal(ours, theirs)
}

func lowered(names []string) []string {
	return slices.Sorted(func(yield func(string) bool) {
		for _, name := range names {
			if !yield(strings.ToLower(name)) {
				return
			}
		}
	})
}

// sizedElements are the elements of a set, known or not.
func sizedElements(value attr.Value) []attr.Value {
	set, _ := value.(nameSet)
	return set.Elements()
}

// namesIn are the known names of a set, sorted.
func namesIn(value attr.Value) []string {
	var names []string
	for _, name := range sizedElements(value) {
		if isSet(name) {
			names = append(names, textOf(name))
		}
	}
	slices.Sort(names)
	return names
}

// ipRanges is a map of ranges of addresses to descriptions.
type ipRanges rangeElements

func (ipRanges) schema(text string) schema.Attribute {
	return schema.MapAttribute{MarkdownDescription: text, ElementType: types.StringType, Optional: true, Computed: true, Validators: []validator.Map{areAddressRanges{}}}
}

func (ipRanges) none() attr.Value { return types.MapNull(types.StringType) }

func (r ipRanges) read(component *sfclient.Component, at []string, prior attr.Value) attr.Value {
	before, _ := prior.(types.Map)
	return readRanges(component.List(at...), rangeElements(r), before)
}

func (r ipRanges) write(component *sfclient.Component, at []string, value attr.Value) {
	ranges, _ := value.(types.Map)
	component.SetList(rangeEntries(ranges, rangeElements(r)), at...)
}

func (ipRanges) same(a, b attr.Value) bool {
	x, _ := a.(types.Map)
	y, _ := b.(types.Map)
	return sameRanges(x, y)
}

// formulas is a map of the formulas of custom attributes by key.
type formulas struct{}

func (formulas) schema(text string) schema.Attribute {
	return schema.MapAttribute{
		MarkdownDescription: text, ElementType: types.StringType, Optional: true, Computed: true,
		Validators: []validator.Map{mapvalidator.KeysAre(plainText{128}, stringvalidator.LengthAtLeast(1)), mapvalidator.ValueStringsAre(plainText{4000}, stringvalidator.LengthAtLeast(1))},
	}
}

func (formulas) none() attr.Value { return types.MapNull(types.StringType) }

func (formulas) read(component *sfclient.Component, at []string, _ attr.Value) attr.Value {
	byKey := map[string]attr.Value{}
	for _, entry := range component.List(at...) {
		byKey[entry.Text("key")] = types.StringValue(entry.Text("formula"))
	}
	return types.MapValueMust(types.StringType, byKey)
}

func (formulas) write(component *sfclient.Component, at []string, value attr.Value) {
	byKey, _ := value.(types.Map)
	var entries []sfclient.Entry
	for key, formula := range byKey.Elements() {
		var entry sfclient.Entry
		entry.Set(textOf(formula), "formula")
		entry.Set(key, "key")
		entries = append(entries, entry)
	}
	component.SetList(entries, at...)
}

func (formulas) same(a, b attr.Value) bool { return a.Equal(b) }

// oauthScopeNames are the scopes that external client apps take, in the order of Salesforce's own message about unknown ones.
var oauthScopeNames = []string{
	"Basic", "OfflineAccess", "DataCloudUserClaims", "Email", "Address", "CDPSegment", "Chatbot", "CustomApplications", "Full", "Profile", "CDP", "CDPProfile", "RefreshToken", "Phone",
	"PwdlessLogin", "Interaction", "Pardot", "CDPIngest", "CDPIdentityResolution", "CustomPermissions", "ForgotPassword", "UserRegistration", "OpenID", "Chatter", "Wave", "SFApiPlatform",
	"SCRT", "Web", "EinsteinGPT", "Lightning", "Content", "CDPCalculatedInsight", "Eclair", "Api", "MCP", "CDPQuery",
}

// isOAuthScope refuses scopes that no org knows, OAuth's own spelling of them among these.
type isOAuthScope struct{}

// Description implements validator.String.
func (isOAuthScope) Description(context.Context) string {
	return "an OAuth scope in the Metadata API's words"
}

// MarkdownDescription implements validator.String.
func (v isOAuthScope) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (isOAuthScope) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if name := req.ConfigValue.ValueString(); isSet(req.ConfigValue) && !slices.Contains(oauthScopeNames, name) {
		detail := "External client apps have no scope " + quoted([]string{name}) + "."
		if near := nearest(strings.ReplaceAll(name, "_", ""), oauthScopeNames); near != "" {
			detail += " Did you mean " + quoted([]string{near}) + "?"
		}
		resp.Diagnostics.AddAttributeError(req.Path, "Unknown OAuth scope", detail+"\n\nThe scopes are "+strings.Join(slices.Sorted(slices.Values(oauthScopeNames)), ", ")+".")
	}
}
