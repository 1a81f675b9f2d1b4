package provider

import (
	"cmp"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// userAccess is what Salesforce tells of a user's access.
type userAccess struct {
	grants      []sfclient.Access
	logins      loginTimes
	loginsKnown bool
	profile     sfclient.Profile
	byProfile   bool // the profile makes the user privileged, whatever it grants
}

func userRight(permission string) sfclient.Right {
	return sfclient.Right{Kind: sfclient.UserRight, Name: permission}
}

func (a *userAccess) attributes() attributes {
	all, inactive := sfclient.Rights{}, entries{}
	for _, g := range a.grants {
		for right := range g.Rights {
			all[right] = true
		}
		if g.Dormancy != "" {
			inactive[grantPath(&g)] = dormancyText(&g)
		}
	}
	held := heldBy(all)
	values := attributes{
		"profile": optionalText(a.profile.Name), "user_license": optionalText(a.profile.UserLicense.Name),
		"is_api_only":         types.BoolValue(all[userRight("ApiUserOnly")]),
		"grants":              a.grantsValue(),
		"inactive_grants":     wholeMap(inactive, types.StringType, oneWord),
		"last_login_time":     timeOf(a.logins.last),
		"last_api_login_time": timeOf(a.logins.toAPI),
	}
	for _, s := range accessSections {
		values[s.attribute] = s.value(held)
	}
	reasons := a.privilegedBecause()
	values["privileged"], values["privileged_reasons"] = types.BoolValue(len(reasons) > 0), listOfTexts(reasons)
	values["unused"], values["unused_unknown_because"] = types.MapNull(types.StringType), types.StringValue(
		"The provider's user may not see the login history of other users: it needs Manage Users or Monitor Login History.")
	if a.loginsKnown {
		values["unused"], values["unused_unknown_because"] = wholeMap(a.unused(all), types.StringType, oneWord), types.StringNull()
	}
	return values
}

// grantPath names a grant in a way that tells where to take it away.
func grantPath(a *sfclient.Access) string {
	var text string
	switch {
	case a.ProfileID != "":
		text = "profile " + cmp.Or(a.ProfileName, a.ProfileID)
	case a.GroupID == "":
		text = "permission set " + a.SetName
	case a.SetName == "" || a.Dormancy != "":
		text = "permission set group " + a.GroupName
	default:
		text = "permission set " + a.SetName + " through permission set group " + a.GroupName
	}
	if a.ByPermission != "" {
		return a.ByPermission + " of " + text
	}
	return text
}

func dormancyText(a *sfclient.Access) string {
	if at, err := sfclient.ParseTime(a.ExpirationDate); err == nil && a.Dormancy == sfclient.Expired {
		return string(a.Dormancy) + " at " + at.UTC().Format(time.RFC3339)
	}
	return string(a.Dormancy)
}

// grantTexts are the attributes of a grant that say what it is.
var grantTexts = []struct {
	attribute, text string
	value           func(*sfclient.Access) string
}{
	{"profile", "Name of the profile that grants; null for a permission set.", func(a *sfclient.Access) string { return a.ProfileName }},
	{"permission_set", "API name of the permission set that grants; null for a profile, and for what a group grants that none of its permission sets does.", func(a *sfclient.Access) string {
		if a.ProfileID != "" {
			return ""
		}
		return a.SetName
	}},
	{"permission_set_group", "API name of the permission set group that the permission set is granted through; null for one that is assigned itself.", func(a *sfclient.Access) string { return a.GroupName }},
	{"implied_by", "`ModifyAllData` for the objects that it opens without naming them; null otherwise.", func(a *sfclient.Access) string { return a.ByPermission }},
	{"expiration_date", "When the assignment ends, as an RFC 3339 time; null for never.", func(a *sfclient.Access) string {
		at, err := sfclient.ParseTime(a.ExpirationDate)
		if err != nil {
			return a.ExpirationDate
		}
		return at.UTC().Format(time.RFC3339)
	}},
}

func grantsAttribute() schema.MapNestedAttribute {
	inner := map[string]schema.Attribute{}
	for _, g := range grantTexts {
		inner[g.attribute] = schema.StringAttribute{MarkdownDescription: g.text, Computed: true}
	}
	for _, s := range accessSections {
		inner[s.attribute] = accessSection{s.attribute, "As the attribute of the same name at the top, by this grant.", s.element, s.value}.schema()
	}
	return schema.MapNestedAttribute{
		MarkdownDescription: "What each grant gives, by what it is, such as `profile Standard User`, `permission set Billing`, `permission set Billing through permission set group Finance` or `ModifyAllData of permission set Billing`.",
		Computed:            true, NestedObject: schema.NestedAttributeObject{Attributes: inner},
	}
}

func (a *userAccess) grantsValue() attr.Value {
	kinds := map[string]attr.Type{}
	for _, g := range grantTexts {
		kinds[g.attribute] = types.StringType
	}
	for _, s := range accessSections {
		kinds[s.attribute] = s.kind()
	}
	grants := map[string]attr.Value{}
	for i := range a.grants {
		g := &a.grants[i]
		if g.Dormancy != "" {
			continue
		}
		held, values := heldBy(g.Rights), map[string]attr.Value{}
		for _, t := range grantTexts {
			values[t.attribute] = optionalText(t.value(g))
		}
		for _, s := range accessSections {
			values[s.attribute] = s.value(held)
		}
		grants[grantPath(g)] = types.ObjectValueMust(kinds, values)
	}
	return types.MapValueMust(types.ObjectType{AttrTypes: kinds}, grants)
}

// privilegedBecause is by what the user is privileged.
func (a *userAccess) privilegedBecause() []string {
	var reasons []string
	if a.byProfile {
		reasons = append(reasons, "profile "+a.profile.Name)
	}
	for _, permission := range sfclient.PrivilegedPermissions {
		for i := range a.grants {
			if a.grants[i].Rights[userRight(permission)] {
				reasons = append(reasons, permission+" by "+grantPath(&a.grants[i]))
			}
		}
	}
	slices.Sort(reasons)
	return reasons
}

func listOfTexts(texts []string) types.List {
	elements := make([]attr.Value, len(texts))
	for i, text := range texts {
		elements[i] = types.StringValue(text)
	}
	return types.ListValueMust(types.StringType, elements)
}

func timeOf(at time.Time) types.String {
	if at.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(at.UTC().Format(time.RFC3339))
}
