package provider

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// usernamesIn are the keys of a map of users, sorted.
func usernamesIn(t *testing.T, users tftypes.Value) []string {
	t.Helper()
	var byName map[string]tftypes.Value
	if err := users.As(&byName); err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(byName))
}

func TestUsersFilters(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	standard, apiOnly := o.profile(t, "Standard User"), o.profile(t, apiOnlyProfiles[0])
	roleID := o.insert(t, "UserRole", role("Engines"))
	o.insert(t, "User", merge(person("ada@example.com", standard), map[string]any{"UserRoleId": roleID}))
	o.insert(t, "User", merge(person("bob@example.com", standard), map[string]any{"IsActive": false}))
	o.insert(t, "User", person("robot@example.com", apiOnly))
	p := o.speak(t)
	everybody, diags := p.readData(t, "salesforce_users", nil)
	failed(t, nil, diags)
	all := usernamesIn(t, everybody["users"])
	if want := len(o.Records("User")); len(all) != want {
		t.Errorf("%d of %d users", len(all), want)
	}
	for name, c := range map[string]struct {
		filter map[string]tftypes.Value
		want   []string
	}{
		"inactive":                {map[string]tftypes.Value{"is_active": tftypes.NewValue(tftypes.Bool, false)}, []string{"bob@example.com"}},
		"usernames in any case":   {map[string]tftypes.Value{"usernames": tfNames("ADA@example.com", "nobody@example.com")}, []string{"ada@example.com"}},
		"usernames, one twice":    {map[string]tftypes.Value{"usernames": tfNames("ADA@example.com", "ada@example.com")}, []string{"ada@example.com"}},
		"nobody":                  {map[string]tftypes.Value{"usernames": tfNames()}, nil},
		"profiles":                {map[string]tftypes.Value{"profiles": tfNames(apiOnlyProfiles[0], "O'Hara")}, []string{"robot@example.com"}},
		"profile ids":             {map[string]tftypes.Value{"profile_ids": tfNames(apiOnly[:15])}, []string{"robot@example.com"}},
		"licences":                {map[string]tftypes.Value{"user_licenses": tfNames(integrationSeat)}, []string{"robot@example.com"}},
		"roles":                   {map[string]tftypes.Value{"user_role_ids": tfNames(roleID)}, []string{"ada@example.com"}},
		"kinds of users":          {map[string]tftypes.Value{"user_types": tfNames("CsnOnly")}, nil},
		"profile, active":         {map[string]tftypes.Value{"usernames": tfNames("ada@example.com", "bob@example.com"), "profile_ids": tfNames(standard), "is_active": tftypes.NewValue(tftypes.Bool, true)}, []string{"ada@example.com"}},
		"conditions that exclude": {map[string]tftypes.Value{"profile_ids": tfNames(standard), "user_licenses": tfNames(integrationSeat)}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, diags := p.readData(t, "salesforce_users", c.filter)
			failed(t, nil, diags)
			if users := usernamesIn(t, got["users"]); !slices.Equal(users, c.want) || !slices.Equal(usernamesIn(t, got["ids"]), c.want) {
				t.Errorf("%q are found, not %q", users, c.want)
			}
		})
	}
	for attribute, wrong := range map[string]string{"usernames": "ada", "profile_ids": "005000000000001AAA", "user_role_ids": "x", "profiles": ""} {
		_, diags := p.readData(t, "salesforce_users", map[string]tftypes.Value{attribute: tfNames(wrong)})
		refused(t, diags, attribute)
	}
}

// A user in the list is what the data source of one user tells.
func TestUsersTellWhatUserTells(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.insert(t, "User", merge(person("ada@example.com", o.profile(t, "Standard User")), map[string]any{
		"FirstName": "Ada", "FederationIdentifier": "ada-1", "Department": "Engines", "UserRoleId": o.id(t, "UserRole", "DeveloperName", "CEO"),
	}))
	if err := o.Freeze("ada@example.com", true); err != nil {
		t.Fatal(err)
	}
	p := o.speak(t)
	one, diags := p.readData(t, "salesforce_user", map[string]tftypes.Value{"username": tfText("ada@example.com")})
	failed(t, nil, diags)
	several, diags := p.readData(t, "salesforce_users", map[string]tftypes.Value{"usernames": tfNames("ada@example.com", o.AdministratorUsername())})
	failed(t, nil, diags)
	var users, ada, ids map[string]tftypes.Value
	for from, to := range map[*tftypes.Value]*map[string]tftypes.Value{new(several["users"]): &users, new(several["ids"]): &ids} {
		if err := from.As(to); err != nil {
			t.Fatal(err)
		}
	}
	if err := users["ada@example.com"].As(&ada); err != nil {
		t.Fatal(err)
	}
	for attribute, want := range one {
		if got := ada[attribute]; attribute != "feature_licenses" && !got.Equal(want) {
			t.Errorf("%s is %s, not %s", attribute, got, want)
		}
	}
	if !ids["ada@example.com"].Equal(one["id"]) || len(ids) != 2 {
		t.Errorf("the ids are %v", ids)
	}
}

// The list has the words of the data source of one user, but for feature licences, and two times more.
func TestUsersSchema(t *testing.T) {
	t.Parallel()
	var one datasource.SchemaResponse
	newUserDataSource().Schema(t.Context(), datasource.SchemaRequest{}, &one)
	listed := listedUser.types()
	for name := range one.Schema.Attributes {
		if listed[name] == nil && name != "feature_licenses" {
			t.Errorf("users lack %s", name)
		}
	}
	for name := range listed {
		if one.Schema.Attributes[name] == nil && !slices.Contains([]string{"last_login_date", "created_date"}, name) {
			t.Errorf("%s is no attribute of a user", name)
		}
	}
}

// A thousand usernames go in few requests, more users than allowed are an error, and who can't see UserLogin sees no is_frozen.
func TestUsersInBulk(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.seats(t, "Salesforce", -1)
	profile := o.profile(t, "Standard User")
	names := make([]string, 600)
	for i := range names {
		if names[i] = fmt.Sprintf("somebody.with.a.long.name.%d@example.com", i); i%2 == 0 {
			o.insert(t, "User", person(names[i], profile))
		}
	}
	p := o.speak(t)
	o.ResetRequests()
	o.Fail(sfmock.Match{Contains: "FROM UserLogin"}, 1, sfmock.Fault{Status: http.StatusBadRequest, Code: "INVALID_TYPE", Message: "sObject type 'UserLogin' is not supported."})
	got, diags := p.readData(t, "salesforce_users", map[string]tftypes.Value{"usernames": tfNames(names...)})
	failed(t, nil, diags)
	if found := usernamesIn(t, got["users"]); len(found) != 300 {
		t.Errorf("%d users are found", len(found))
	}
	var users map[string]tftypes.Value
	var user map[string]tftypes.Value
	if err := got["users"].As(&users); err != nil {
		t.Fatal(err)
	}
	if err := users[names[0]].As(&user); err != nil || !user["is_frozen"].IsNull() {
		t.Errorf("is_frozen is %s, %v", user["is_frozen"], err)
	}
	if asked := len(o.Requests(sfmock.Match{})); asked > 6 {
		t.Errorf("it took %d requests", asked)
	}
	_, diags = p.readData(t, "salesforce_users", map[string]tftypes.Value{"profile_ids": tfNames(profile), "max_rows": tftypes.NewValue(tftypes.Number, 299)})
	refused(t, diags, "Too many rows", "max_rows")
	onAttribute(t, diags, "max_rows")
	o.Fail(sfmock.Match{Contains: "FROM User"}, 1, sfmock.Fault{Status: http.StatusForbidden, Code: "INSUFFICIENT_ACCESS", Message: "no"})
	_, diags = p.readData(t, "salesforce_users", nil)
	refused(t, diags, "Unable to read users", "INSUFFICIENT_ACCESS")
}

func TestLoginHistory(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	ada := o.insert(t, "User", person("ada@example.com", o.profile(t, "Standard User")))
	bob := o.insert(t, "User", person("bob@example.com", o.profile(t, "Standard User")))
	day := func(d int) time.Time { return time.Date(2026, 11, d, 12, 0, 0, 0, time.UTC) }
	for d := 1; d <= 5; d++ {
		o.insert(t, "LoginHistory", map[string]any{"UserId": []string{ada, bob}[d%2], "LoginTime": day(d), "LoginType": "Application", "Status": "Success", "SourceIp": fmt.Sprintf("192.0.2.%d", d), "CountryIso": "GB"})
	}
	p := o.speak(t)
	text := func(s string) map[string]tftypes.Value { return map[string]tftypes.Value{"since": tfText(s)} }
	days := func(logins tftypes.Value) (seen []string) {
		var rows []tftypes.Value
		if err := logins.As(&rows); err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			var login map[string]tftypes.Value
			if err := row.As(&login); err != nil {
				t.Fatal(err)
			}
			seen = append(seen, textIn(t, login, "source_ip")+" "+textIn(t, login, "login_time"))
		}
		return seen
	}
	row := func(d int) string { return fmt.Sprintf("192.0.2.%d %s", d, day(d).Format(time.RFC3339)) }
	until := map[string]tftypes.Value{"until": tfText("2026-11-04T12:00:00Z")}
	for name, c := range map[string]struct {
		config map[string]tftypes.Value
		want   []int
	}{
		"all, the newest first":         {until, []int{3, 2, 1}},
		"since, in another zone":        {merge(text("2026-11-02T14:00:00+02:00"), until), []int{3, 2}},
		"of one, by username":           {merge(until, map[string]tftypes.Value{"username": tfText("ADA@example.com")}), []int{2}},
		"of one, by id":                 {merge(until, map[string]tftypes.Value{"user_id": tfText(bob[:15])}), []int{3, 1}},
		"of nobody who ever signed in":  {merge(until, map[string]tftypes.Value{"user_id": tfText("005000000000001AAA")}), nil},
		"between, the end not included": {merge(text("2026-11-03T00:00:00Z"), until), []int{3}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, diags := p.readData(t, "salesforce_login_history", c.config)
			failed(t, nil, diags)
			var want []string
			for _, d := range c.want {
				want = append(want, row(d))
			}
			if seen := days(got["logins"]); !slices.Equal(seen, want) {
				t.Errorf("%q, not %q", seen, want)
			}
		})
	}
	for name, c := range map[string]struct {
		config    map[string]tftypes.Value
		attribute string
		says      string
	}{
		"unknown user":     {map[string]tftypes.Value{"username": tfText("adaa@example.com")}, "username", `Did you mean "ada@example.com"?`},
		"too many":         {merge(until, map[string]tftypes.Value{"max_rows": tftypes.NewValue(tftypes.Number, 2)}), "max_rows", "There are 3 rows; this data source takes 2."},
		"no time at all":   {merge(text("2026-11-04T14:00:00+02:00"), until), "until", "not later than since"},
		"no time":          {text("yesterday"), "since", "RFC3339"},
		"two users":        {map[string]tftypes.Value{"username": tfText("ada@example.com"), "user_id": tfText(ada)}, "username", "user_id"},
		"id of no user":    {map[string]tftypes.Value{"user_id": tfText("00e000000000001AAA")}, "user_id", "starts with 005"},
		"malformed e-mail": {map[string]tftypes.Value{"username": tfText("ada")}, "username", "e-mail"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, diags := p.readData(t, "salesforce_login_history", c.config)
			refused(t, diags, c.says)
			onAttribute(t, diags, c.attribute)
		})
	}
}

func TestOrgLimits(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	o.Fail(sfmock.Match{Path: "/limits"}, 1, sfmock.Fault{
		Status: http.StatusOK, ContentType: "application/json",
		Body: `{"DailyApiRequests":{"Max":15000,"Remaining":14998,"Ant Migration Tool":{"Max":0,"Remaining":0}},"Odd":{}}`,
	})
	got, diags := p.readData(t, "salesforce_org_limits", nil)
	failed(t, nil, diags)
	limit := func(most, remaining, used any) tftypes.Value {
		return objectOf(map[string]tftypes.Value{"max": tftypes.NewValue(tftypes.Number, most), "remaining": tftypes.NewValue(tftypes.Number, remaining), "used": tftypes.NewValue(tftypes.Number, used)})
	}
	var limits map[string]tftypes.Value
	if err := got["limits"].As(&limits); err != nil || len(limits) != 2 || !limits["DailyApiRequests"].Equal(limit(15000, 14998, 2)) || !limits["Odd"].Equal(limit(nil, nil, nil)) {
		t.Errorf("the limits are %s, %v", got["limits"], err)
	}
	got, diags = p.readData(t, "salesforce_org_limits", nil)
	failed(t, nil, diags)
	if err := got["limits"].As(&limits); err != nil || limits["DataStorageMB"].IsNull() {
		t.Errorf("the org's own limits are %s, %v", got["limits"], err)
	}
	o.Fail(sfmock.Match{Path: "/limits"}, 1, sfmock.Fault{Status: http.StatusForbidden, Code: "INSUFFICIENT_ACCESS", Message: "no"})
	_, diags = p.readData(t, "salesforce_org_limits", nil)
	refused(t, diags, "Unable to read org limits", "INSUFFICIENT_ACCESS")
}
