package provider

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const mfaReadinessDescription = "Which users and integrations multi-factor authentication (MFA) locks out. For each active user a verdict, the reason in a sentence, and the evidence: licence, profile, the permissions that decide with " +
	"the way they are granted, registered verification methods, and how the user logged in lately. `integrations_at_risk` lists software that logs in as an ordinary user. " +
	"The guide [Who will MFA break?](../guides/mfa-readiness) tells what the verdicts rest on and what to do about each.\n\n" +
	"-> The provider's user needs View Setup and Configuration (permissions), Monitor Login History or Manage Users (logins) and Manage MFA in API (verification methods). " +
	"What it can't see makes verdicts `unknown`, never `ready`; `missing_permissions` and a warning name what is missing.\n\n" +
	"Ten thousand users take fewer than 60 API calls. A user's logins of one kind are one entry, and only those that were let in count."

// mfaUserModel is one user, the verdict and the evidence.
type mfaUserModel struct {
	ID           string            `tfsdk:"user_id"`
	Name         string            `tfsdk:"name"`
	Verdict      string            `tfsdk:"verdict"`
	Rule         string            `tfsdk:"rule"`
	Reason       string            `tfsdk:"reason"`
	UserType     types.String      `tfsdk:"user_type"`
	Profile      types.String      `tfsdk:"profile"`
	UserLicense  types.String      `tfsdk:"user_license"`
	PrivilegedBy []string          `tfsdk:"privileged_by"`
	Permissions  map[string]string `tfsdk:"permissions"`
	Methods      []string          `tfsdk:"verification_methods"`
	Logins       []mfaLoginModel   `tfsdk:"logins"`
}

// mfaLoginModel is the logins of one kind.
type mfaLoginModel struct {
	LoginType    string       `tfsdk:"login_type"`
	LoginSubType types.String `tfsdk:"login_sub_type"`
	Application  types.String `tfsdk:"application"`
	APIType      types.String `tfsdk:"api_type"`
	Kind         string       `tfsdk:"kind"`
	Assurance    types.String `tfsdk:"sso_assurance"`
	AtLeast      int64        `tfsdk:"count_at_least"`
	Last         string       `tfsdk:"last_login"`
}

// mfaRiskModel is one integration at risk.
type mfaRiskModel struct {
	Username     string       `tfsdk:"username"`
	UserID       string       `tfsdk:"user_id"`
	Application  types.String `tfsdk:"application"`
	LoginType    string       `tfsdk:"login_type"`
	LoginSubType types.String `tfsdk:"login_sub_type"`
	APIType      types.String `tfsdk:"api_type"`
	AtLeast      int64        `tfsdk:"count_at_least"`
	Last         string       `tfsdk:"last_login"`
	Privileged   bool         `tfsdk:"privileged"`
	Urgency      string       `tfsdk:"urgency"`
	Rule         string       `tfsdk:"rule"`
	Breaks       string       `tfsdk:"breaks"`
	Fix          string       `tfsdk:"fix"`
}

func textAttribute(text string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: text, Computed: true}
}

func mfaUserAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"user_id":      textAttribute("Id of the user, 18 characters."),
		"name":         textAttribute("First and last name."),
		"verdict":      textAttribute("`impacted`, `unknown`, `ready`, `exempt_sso_mfa`, `exempt_api_only` or `exempt_guest`."),
		"rule":         textAttribute("Name of the rule that decided; the guide explains each."),
		"reason":       textAttribute("Why, in a sentence."),
		"user_type":    textAttribute("Kind of user, such as `Standard`."),
		"profile":      textAttribute("Name of the profile; null if it can't be seen."),
		"user_license": textAttribute("Name of the user licence; null if it can't be seen."),
		"privileged_by": schema.ListAttribute{
			MarkdownDescription: "What makes the user privileged, so that only phishing-resistant methods count: the profile System Administrator, or `ModifyAllData`, `ViewAllData`, `CustomizeApplication` or `AuthorApex`, each with the way it is granted.",
			Computed:            true, ElementType: types.StringType,
		},
		"permissions": schema.MapAttribute{
			MarkdownDescription: "Permissions that decide about MFA and that the user holds, by API name, each with the ways it is granted: profile, permission set, or permission set group. Null if they can't be read.",
			Computed:            true, ElementType: types.StringType,
		},
		"verification_methods": schema.ListAttribute{
			MarkdownDescription: "Registered verification methods, by the columns of TwoFactorMethodsInfo without `Has`, such as `SecurityKey`. Null if they can't be read.",
			Computed:            true, ElementType: types.StringType,
		},
		"logins": schema.ListNestedAttribute{
			MarkdownDescription: "How the user logged in lately, the newest first. Null if that can't be read.",
			Computed:            true, NestedObject: schema.NestedAttributeObject{Attributes: mfaLoginAttributes()},
		},
	}
}

func mfaLoginAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"login_type":     textAttribute("LoginHistory.LoginType, such as `Application`."),
		"login_sub_type": textAttribute("LoginHistory.LoginSubType, such as `OauthWebServer`."),
		"application":    textAttribute("What was used to log in, as Salesforce names it."),
		"api_type":       textAttribute("API that was logged in to, such as `SOAP Partner`."),
		"kind":           textAttribute("What the provider takes that for, such as `direct`, `single sign-on` or `API with password`."),
		"sso_assurance":  textAttribute("At single sign-on, how strong the identity provider says the authentication was: `phishing-resistant`, `standard`, `weak` or `untold`."),
		"count_at_least": schema.Int64Attribute{MarkdownDescription: "Number of such logins, rounded down to 1, 100, 1,000 and so on: the exact number would change with every plan.", Computed: true},
		"last_login":     textAttribute("Day of the last one."),
	}
}

func mfaRiskAttributes() map[string]schema.Attribute {
	attributes := mfaLoginAttributes()
	delete(attributes, "kind")
	delete(attributes, "sso_assurance")
	maps.Copy(attributes, map[string]schema.Attribute{
		"username":   textAttribute("Username that the software logs in as."),
		"user_id":    textAttribute("Id of that user, 18 characters."),
		"privileged": schema.BoolAttribute{MarkdownDescription: "Whether the user is privileged, so that only phishing-resistant methods count.", Computed: true},
		"urgency":    textAttribute("`high`: it breaks, or has a date by which it does. `medium`: it breaks when a person has to sign in for it again. `low`: its sign-in goes on working, but the user is a person's account."),
		"rule":       textAttribute("Name of the rule that found it; the guide explains each."),
		"breaks":     textAttribute("What breaks, and why."),
		"fix":        textAttribute("What to do."),
	})
	return attributes
}

// mfaUserOf is a user as the state shows it.
func mfaUserOf(e *mfaEvidence, rule *mfaRule) mfaUserModel {
	m := mfaUserModel{
		ID: e.user.ID, Name: e.user.Name, Verdict: string(rule.verdict), Rule: rule.name, Reason: rule.reason(e),
		UserType: optionalText(e.user.UserType), Profile: optionalText(e.user.Profile.Name), UserLicense: optionalText(e.user.Profile.UserLicense.Name),
		PrivilegedBy: slices.Clip(append([]string{}, e.privilegedBy()...)),
	}
	if e.held != nil {
		m.Permissions = map[string]string{}
		for permission := range e.held {
			m.Permissions[permission] = e.by(permission)
		}
	}
	if e.methodsKnown {
		m.Methods = append([]string{}, e.methods...)
	}
	if e.loginsKnown {
		m.Logins = make([]mfaLoginModel, len(e.logins))
		for i, l := range e.logins {
			m.Logins[i] = mfaLoginModel{
				l.LoginType, optionalText(l.LoginSubType), optionalText(l.Application), optionalText(l.APIType), string(l.kind), types.StringNull(), atLeast(l.Count), day(l.Newest),
			}
			if l.kind == federatedLogin {
				m.Logins[i].Assurance = types.StringValue(l.assurance.String())
			}
		}
	}
	return m
}

// mfaRisksOf are integrations as the state shows them.
func mfaRisksOf(risks []atRisk) []mfaRiskModel {
	models := make([]mfaRiskModel, len(risks))
	for i, r := range risks {
		models[i] = mfaRiskModel{
			Username: r.evidence.user.Username, UserID: r.evidence.user.ID, Application: optionalText(r.login.Application),
			LoginType: r.login.LoginType, LoginSubType: optionalText(r.login.LoginSubType), APIType: optionalText(r.login.APIType),
			AtLeast: atLeast(r.login.Count), Last: day(r.login.Newest), Privileged: r.evidence.privileged(),
			Urgency: string(r.rule.urgency), Rule: r.rule.name, Breaks: r.rule.breaks(r.evidence), Fix: r.rule.fix,
		}
	}
	return models
}

// atLeast is a number of logins without the digits that change from plan to plan.
func atLeast(count int64) int64 {
	about := int64(1)
	for next := int64(100); next <= count; next *= 10 {
		about = next
	}
	return about
}
