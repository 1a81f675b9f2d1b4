package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var _ datasource.DataSourceWithConfigure = (*mfaReadinessDataSource)(nil)

// newMFAReadinessDataSource tells whom multi-factor authentication breaks: salesforce_mfa_readiness.
func newMFAReadinessDataSource() datasource.DataSource { return &mfaReadinessDataSource{} }

type mfaReadinessDataSource struct{ dataSourceBase }

// mfaReadinessModel is the state.
type mfaReadinessModel struct {
	UserIDs      types.Set   `tfsdk:"user_ids"`
	Profiles     types.Set   `tfsdk:"profiles"`
	UserLicenses types.Set   `tfsdk:"user_licenses"`
	Verdicts     types.Set   `tfsdk:"verdicts"`
	HistoryDays  types.Int64 `tfsdk:"history_days"`

	Users              map[string]mfaUserModel `tfsdk:"users"`
	Counts             map[string]int64        `tfsdk:"counts"`
	IntegrationsAtRisk []mfaRiskModel          `tfsdk:"integrations_at_risk"`
	Missing            []string                `tfsdk:"missing_permissions"`
	DirectMFA          types.Bool              `tfsdk:"enable_mfa_direct_ui_login_opt_in"`
}

// How far back logins count: Salesforce keeps them for six months (Object Reference, LoginHistory).
const (
	usualHistory = 30
	wholeHistory = 180
)

// Metadata implements datasource.DataSource.
func (d *mfaReadinessDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "salesforce_mfa_readiness"
}

// Schema implements datasource.DataSource.
func (d *mfaReadinessDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	names := make([]string, len(verdicts))
	for i, v := range verdicts {
		names[i] = string(v)
	}
	filter := func(text string, each validator.String) schema.SetAttribute {
		return schema.SetAttribute{MarkdownDescription: text, Optional: true, ElementType: types.StringType, Validators: []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.ValueStringsAre(each)}}
	}
	notEmpty := stringvalidator.LengthAtLeast(1)
	resp.Schema = schema.Schema{
		MarkdownDescription: mfaReadinessDescription,
		Attributes: map[string]schema.Attribute{
			"user_ids":      filter("Ids of the users to judge. Left out, all active users are.", isID("005", "User")),
			"profiles":      filter("Names of profiles; only their users are judged.", notEmpty),
			"user_licenses": filter("Names of user licences, such as `Salesforce`; only users of these are judged.", notEmpty),
			"verdicts":      filter("Verdicts of which `users` holds the users. The default is all. In an org with thousands of users, `[\"impacted\", \"unknown\"]` keeps the state small; `counts` and `integrations_at_risk` are about all users in any case.", stringvalidator.OneOf(names...)),
			"history_days": schema.Int64Attribute{
				MarkdownDescription: fmt.Sprintf("How many days back logins count, from 1 to %d; the default is %d. The weakest single sign-on login in that time decides, so after a change at the identity provider set it to the days since.", wholeHistory, usualHistory),
				Optional:            true, Validators: []validator.Int64{int64validator.Between(1, wholeHistory)},
			},
			"users": schema.MapNestedAttribute{
				MarkdownDescription: "The active users, by username.", Computed: true,
				NestedObject: schema.NestedAttributeObject{Attributes: mfaUserAttributes()},
			},
			"counts": schema.MapAttribute{
				MarkdownDescription: "How many users have each verdict; one that nobody has counts 0.", Computed: true, ElementType: types.Int64Type,
			},
			"integrations_at_risk": schema.ListNestedAttribute{
				MarkdownDescription: "Software that logs in as users who are not API-only, the most urgent first: what breaks, and what to do. Null when the login history or permissions can't be read, which says nothing about whether there is any.",
				Computed:            true, NestedObject: schema.NestedAttributeObject{Attributes: mfaRiskAttributes()},
			},
			"missing_permissions": schema.ListAttribute{
				MarkdownDescription: "Permissions, by their labels, that the provider's user lacks. As long as there is any, verdicts are `unknown` that would not be otherwise.", Computed: true, ElementType: types.StringType,
			},
			"enable_mfa_direct_ui_login_opt_in": schema.BoolAttribute{
				MarkdownDescription: "Whether the org's own setting requires MFA at direct logins to the user interface; null when the org's settings can't be read. Since the summer of 2026 Salesforce requires it whatever the setting says.", Computed: true,
			},
		},
	}
}

// Read implements datasource.DataSource.
func (d *mfaReadinessDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m mfaReadinessModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	filter := m.filter(ctx, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	facts, err := d.client.MFAFacts(ctx, filter)
	if err != nil {
		addError(&resp.Diagnostics, "read", "who is ready for MFA", "", err, columns{"Profile.Name": "profiles", "Profile.UserLicense.Name": "user_licenses"})
		return
	}
	d.checkFilter(filter, facts, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	m.fill(facts, filter.Days, stringsOf(ctx, m.Verdicts, &resp.Diagnostics))
	warnOfMissing(facts.Missing, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// filter is what the configuration selects.
func (m *mfaReadinessModel) filter(ctx context.Context, diags *diag.Diagnostics) sfclient.MFAFilter {
	filter := sfclient.MFAFilter{
		UserIDs: stringsOf(ctx, m.UserIDs, diags), Profiles: stringsOf(ctx, m.Profiles, diags), UserLicenses: stringsOf(ctx, m.UserLicenses, diags), Days: usualHistory,
	}
	for i, id := range filter.UserIDs {
		filter.UserIDs[i] = sfclient.ID18(id)
	}
	if isSet(m.HistoryDays) {
		filter.Days = int(m.HistoryDays.ValueInt64())
	}
	return filter
}

// checkFilter refuses a selection of nobody, which would look like good news.
func (d *mfaReadinessDataSource) checkFilter(filter sfclient.MFAFilter, facts *sfclient.MFAFacts, diags *diag.Diagnostics) {
	if len(facts.Users) > 0 {
		return
	}
	for _, by := range []struct {
		attribute string
		values    []string
	}{{"user_ids", filter.UserIDs}, {"profiles", filter.Profiles}, {"user_licenses", filter.UserLicenses}} {
		if len(by.values) > 0 {
			diags.AddAttributeError(path.Root(by.attribute), "No active user is selected",
				"No active user that the signed-in user can see fits "+strings.Join(by.values, ", ")+". Check the spelling: a report about nobody would look like good news.")
		}
	}
}

// warnOfMissing tells what could not be read, and what it takes.
func warnOfMissing(missing []sfclient.MissingFact, diags *diag.Diagnostics) {
	for _, fact := range missing {
		detail := "What depends on them is unknown."
		if fact.Permission != "" {
			detail += " Give the provider's user the permission " + fact.Permission + "."
		}
		if fact.Err != nil {
			detail += "\n\n" + explain(fact.Err)
		}
		diags.AddWarning("MFA readiness: the "+fact.What+" can't be read", detail)
	}
}

// fill judges every user and keeps those whose verdicts are wanted.
func (m *mfaReadinessModel) fill(facts *sfclient.MFAFacts, days int, wanted []string) {
	m.Users, m.Counts, m.Missing = map[string]mfaUserModel{}, map[string]int64{}, []string{}
	for _, v := range verdicts {
		m.Counts[string(v)] = 0
	}
	var risks []atRisk
	for _, user := range facts.Users {
		e := evidenceOf(facts, user, days)
		rule := judge(e)
		m.Counts[string(rule.verdict)]++
		risks = append(risks, risksOf(e, rule.verdict)...)
		if wanted == nil || slices.Contains(wanted, string(rule.verdict)) {
			m.Users[user.Username] = mfaUserOf(e, rule)
		}
	}
	if facts.Logins != nil && facts.Held != nil {
		slices.SortFunc(risks, byUrgency)
		m.IntegrationsAtRisk = mfaRisksOf(risks)
	}
	for _, fact := range facts.Missing {
		if fact.Permission != "" {
			m.Missing = append(m.Missing, fact.Permission)
		}
	}
	m.DirectMFA = types.BoolPointerValue(facts.DirectMFA)
}
