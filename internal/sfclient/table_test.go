package sfclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// crowd inserts users and returns their ids and usernames.
func crowd(t *testing.T, o *sfmock.Org, n int) (ids, usernames []string) {
	t.Helper()
	for i := range n {
		username := fmt.Sprintf("user%04d@example.com", i)
		usernames = append(usernames, username)
		ids = append(ids, insert(t, o, "User", userValues(o, username, map[string]any{"CommunityNickname": fmt.Sprintf("user%04d", i)})))
	}
	return ids, usernames
}

// readAheadNow makes a table read its whole object, as it does in a run that reads many rows.
func readAheadNow[T any](t *testing.T, table *Table[T]) {
	t.Helper()
	if _, err := table.ahead.load(t.Context(), table, table.aheadMost); err != nil {
		t.Fatal(err)
	}
	if table.ahead.index == nil {
		t.Fatal("the table reads nothing ahead")
	}
}

func userNamed(ctx context.Context, c *Client, username string) error {
	user, err := c.Users.Find(ctx, "Username", username)
	if err == nil && !strings.EqualFold(user.Username, username) {
		err = fmt.Errorf("%s was read for %s", user.Username, username)
	}
	return err
}

func TestLookUpsTravelTogether(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		ids, usernames := crowd(t, o, 10)
		allSucceed(t, together(10, func(i int) error { return userNamed(t.Context(), c, usernames[i]) }))
		calls(t, o, "query", 1)
		calls(t, o, "describe", 1)
		allSucceed(t, together(10, func(i int) error {
			user, err := c.Users.Get(t.Context(), ids[i])
			if err == nil && user.Username != usernames[i] {
				err = fmt.Errorf("%s is %s, want %s", ids[i], user.Username, usernames[i])
			}
			return err
		}))
		calls(t, o, "query", 2)
	})
}

func TestReadAhead(t *testing.T) {
	t.Parallel()
	const users, parallel = 1000, 10
	bubble(t, sfmock.Options{Latency: 100 * time.Millisecond}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		_, usernames := crowd(t, o, users)
		next := make(chan string, users)
		for _, username := range usernames {
			next <- username
		}
		close(next)
		allSucceed(t, together(parallel, func(int) error {
			for username := range next {
				if err := userNamed(t.Context(), c, username); err != nil {
					return err
				}
			}
			return nil
		}))
		calls(t, o, "query", readAheadAfter+1)
		if _, err := c.Users.Find(t.Context(), "Username", "nobody@example.com"); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		if all, err := c.Users.List(t.Context()); err != nil || len(all) < users {
			t.Errorf("%d, %v", len(all), err)
		}
		calls(t, o, "query", readAheadAfter+1)
	})
}

// TestBigObjectsAreReadInBatches gives up after the first page of an object with too many rows, and does not try again.
func TestBigObjectsAreReadInBatches(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		for i := range 2100 {
			insert(t, o, "UserRole", map[string]any{"Name": fmt.Sprintf("R%d", i), "DeveloperName": fmt.Sprintf("R%d", i), "OpportunityAccessForAccountOwner": "Edit"})
		}
		c.UserRoles.aheadMost = 2000
		for i := range 6 {
			allSucceed(t, together(5, func(j int) error {
				_, err := c.UserRoles.Find(t.Context(), "DeveloperName", fmt.Sprintf("R%d", 5*i+j))
				return err
			}))
		}
		calls(t, o, "query", 6+1)
		if all, err := c.UserRoles.List(t.Context()); err != nil || len(all) < 2100 {
			t.Errorf("%d, %v", len(all), err)
		}
	})
}

// TestReadAheadThatFails is tried once; the look-ups go on in batches.
func TestReadAheadThatFails(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		_, usernames := crowd(t, o, 60)
		for i := range 6 {
			if i == readAheadAfter {
				o.Fail(sfmock.Match{Kind: "query"}, 1, sfmock.Fault{Code: "QUERY_TIMEOUT", Message: "Your query request was running for too long."})
			}
			allSucceed(t, together(10, func(j int) error { return userNamed(t.Context(), c, usernames[10*i+j]) }))
		}
		calls(t, o, "query", 6+1)
	})
}

func TestKeys(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		admin := o.Find("User", "Username", administrator)["Id"].(string)
		licence := o.Find("UserLicense", "Name", "Salesforce")["Id"]
		insert(t, o, "Profile", map[string]any{"Name": "Robots__Old", "UserLicenseId": licence})
		local := insert(t, o, "PermissionSet", map[string]any{"Name": "Api", "Label": "Local"})
		managed := insert(t, o, "PermissionSet", map[string]any{"Name": "Managed_Api", "Label": "Managed", "NamespacePrefix": "acme"})
		set := func(key, value string) (string, error) {
			s, err := c.PermissionSets.Find(t.Context(), key, value)
			return s.ID, err
		}
		profile := func(name string) (string, error) {
			p, err := c.Profiles.Find(t.Context(), "Name", name)
			return p.Name, err
		}
		user := func(key, value string) (string, error) {
			u, err := c.Users.Find(t.Context(), key, value)
			return u.ID, err
		}
		for _, ahead := range []bool{false, true} {
			if ahead {
				readAheadNow(t, c.PermissionSets)
				readAheadNow(t, c.Profiles)
				readAheadNow(t, c.Users)
				o.ResetRequests()
			}
			for name, test := range map[string]struct {
				find func() (string, error)
				want string
			}{
				"15 characters":                {func() (string, error) { return user("Id", admin[:15]) }, admin},
				"18 characters":                {func() (string, error) { return user("Id", admin) }, admin},
				"a username in capitals":       {func() (string, error) { return user("Username", strings.ToUpper(administrator)) }, admin},
				"a bad checksum":               {func() (string, error) { return user("Id", admin[:15]+"AAB") }, ""},
				"a username where an id goes":  {func() (string, error) { return user("Id", administrator) }, ""},
				"no id":                        {func() (string, error) { return user("Id", "") }, ""},
				"an id of something else":      {func() (string, error) { return user("Id", local) }, ""},
				"an id that was never given":   {func() (string, error) { return user("Id", ID18("005Zz0000000001")) }, ""},
				"more text than a name has":    {func() (string, error) { return user("Username", strings.Repeat("x", 5000)) }, ""},
				"a local set":                  {func() (string, error) { return set("Name", "aPI") }, local},
				"a managed set":                {func() (string, error) { return set("Name", "ACME__managed_api") }, managed},
				"a managed set without prefix": {func() (string, error) { return set("Name", "Managed_Api") }, ""},
				"a local set with a prefix":    {func() (string, error) { return set("Name", "acme__Api") }, ""},
				"another namespace":            {func() (string, error) { return set("Name", "other__Managed_Api") }, ""},
				"a profile's own set": {func() (string, error) {
					return set("Id", o.Find("PermissionSet", "IsOwnedByProfile", true)["Id"].(string))
				}, ""},
				"a profile":                    {func() (string, error) { return profile("system administrator") }, "System Administrator"},
				"a profile named like managed": {func() (string, error) { return profile("Robots__Old") }, "Robots__Old"},
			} {
				got, err := test.find()
				if got != test.want || (test.want == "") != errors.Is(err, ErrNotFound) {
					t.Errorf("%s (ahead: %t): %q, %v; want %q", name, ahead, got, err, test.want)
				}
			}
			if ahead {
				calls(t, o, "query", 0)
			}
		}
		if _, err := c.Users.Find(t.Context(), "Email", administrator); err == nil || !strings.Contains(err.Error(), "Email") {
			t.Error(err)
		}
	})
}

// TestOneBadKeyHurtsNobodyElse although they travel together.
func TestOneBadKeyHurtsNobodyElse(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		ids, _ := crowd(t, o, 5)
		keys := slices.Concat(ids, []string{"nonsense", "005", administrator, "' OR Id != '", ids[0][:17] + "x"})
		for i, err := range together(len(keys), func(i int) error { _, err := c.Users.Get(t.Context(), keys[i]); return err }) {
			if i < len(ids) && err != nil || i >= len(ids) && !errors.Is(err, ErrNotFound) {
				t.Errorf("%s: %v", keys[i], err)
			}
		}
		calls(t, o, "query", 1)
	})
}

func TestSeveralRowsOfAKey(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		ids, _ := crowd(t, o, 3)
		for i, user := range ids[:2] {
			for j := range i + 1 {
				set := insert(t, o, "PermissionSet", map[string]any{"Name": fmt.Sprintf("S%d%d", i, j), "Label": "S"})
				insert(t, o, "PermissionSetAssignment", map[string]any{"AssigneeId": user, "PermissionSetId": set})
			}
		}
		for range readAheadAfter + 2 {
			allSucceed(t, together(3, func(i int) error {
				rows, err := c.Assignments.All(t.Context(), "AssigneeId", ids[i])
				var names []string
				for _, row := range rows {
					names = append(names, row.Given())
				}
				slices.Sort(names)
				if want := [][]string{{"S00"}, {"S10", "S11"}, nil}[i]; err != nil || !slices.Equal(names, want) {
					return fmt.Errorf("%v, want %v: %w", names, want, err)
				}
				return nil
			}))
		}
		calls(t, o, "query", readAheadAfter+1)
	})
}

// TestRowsAreNotShared although callers asked for the same ones together: what one does to them is nobody else's business.
func TestRowsAreNotShared(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, _ *sfmock.Org, c *Client) {
		t.Helper()
		for range readAheadAfter + 1 {
			var rows [2][]UserRole
			allSucceed(t, together(2, func(i int) (err error) {
				rows[i], err = c.UserRoles.All(t.Context(), "DeveloperName", "CEO")
				return err
			}))
			clear(rows[0])
			if len(rows[1]) != 1 || rows[1][0].Name != "CEO" {
				t.Errorf("%+v", rows[1])
			}
		}
	})
}

func TestListsAreAskedForOnce(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{Latency: time.Second}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		allSucceed(t, together(20, func(int) error {
			profiles, err := c.Profiles.List(t.Context())
			if len(profiles) != len(o.Records("Profile")) {
				t.Errorf("%d profiles", len(profiles))
			}
			return err
		}))
		_, err := c.Profiles.Find(t.Context(), "Name", "Standard User")
		if err != nil {
			t.Error(err)
		}
		calls(t, o, "query", 1)

		admin := slices.IndexFunc(must(c.Profiles.List(t.Context())), func(p Profile) bool {
			return p.Name == "System Administrator" && p.UserLicense.Name == "Salesforce" && p.APIEnabled && !p.APIUserOnly
		})
		seats := slices.IndexFunc(must(c.UserLicenses.List(t.Context())), func(l UserLicense) bool {
			return l.Name == "Identity" && l.TotalLicenses == 100 && l.UsedLicenses == 0 && l.LicenseDefinitionKey == "PID_Identity"
		})
		addOns := slices.IndexFunc(must(c.PermissionSetLicenses.List(t.Context())), func(l PermissionSetLicense) bool {
			return l.DeveloperName == "SalesforceAPIIntegrationPsl" && l.MasterLabel == "Salesforce API Integration"
		})
		if admin < 0 || seats < 0 || addOns < 0 {
			t.Error(admin, seats, addOns)
		}
	})
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// TestAListThatNobodyWaitsForAnyMore does not fail those who come after.
func TestAListThatNobodyWaitsForAnyMore(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{Latency: time.Second}, func(t *testing.T, _ *sfmock.Org, c *Client) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		results := together(3, func(i int) error {
			wait(t, time.Duration(i)*time.Microsecond)
			asker := ctx
			if i > 0 {
				asker = context.WithoutCancel(ctx)
			}
			_, err := c.Profiles.List(asker)
			return err
		})
		if !errors.Is(results[0], context.DeadlineExceeded) || results[1] != nil || results[2] != nil {
			t.Error(results)
		}
	})
}

// TestHiddenColumns signs in as a machine that sees neither profiles nor roles of users.
func TestHiddenColumns(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.clientCredentials())
	user, err := c.Users.Find(t.Context(), "Username", machine)
	if err != nil || user.Username != machine || user.ProfileID != "" || !user.IsActive || user.TimeZoneSidKey != "GMT" {
		t.Errorf("%+v, %v", user, err)
	}
	if _, known := user.Features["MarketingUser"]; !known {
		t.Errorf("features %v", user.Features)
	}
	for _, r := range o.Requests(sfmock.Match{Kind: "query"}) {
		if strings.Contains(r.Query, "ProfileId") || strings.Contains(r.Query, "UserRoleId") {
			t.Errorf("hidden columns are asked for: %s", r.Query)
		}
	}
	admin, err := o.connect(t, o.jwt()).Users.Find(t.Context(), "Username", machine)
	if err != nil || admin.ProfileID == "" {
		t.Errorf("%+v, %v", admin, err)
	}
}

// rolesKnown checks what the table says of roles, "" for one that is not there.
func rolesKnown(t *testing.T, c *Client, byDeveloperName map[string]string) {
	t.Helper()
	listed := map[string]string{}
	for _, r := range must(c.UserRoles.List(t.Context())) {
		listed[r.DeveloperName] = r.Name
	}
	for key, want := range byDeveloperName {
		r, err := c.UserRoles.Find(t.Context(), "DeveloperName", key)
		if r.Name != want || (want == "") != errors.Is(err, ErrNotFound) || listed[key] != want {
			t.Errorf("%s: %q, listed as %q, %v; want %q", key, r.Name, listed[key], err, want)
		}
		if want == "" {
			continue
		}
		if byID, err := c.UserRoles.Get(t.Context(), r.ID[:15]); err != nil || byID != r {
			t.Errorf("%s: %+v by id, %+v by name, %v", key, byID, r, err)
		}
	}
}

func TestOwnWritesAreSeen(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(*testing.T, *Client){
		"in batches":             func(*testing.T, *Client) {},
		"read ahead":             func(t *testing.T, c *Client) { t.Helper(); readAheadNow(t, c.UserRoles) },
		"read ahead before each": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, _ *sfmock.Org, c *Client) {
				t.Helper()
				ahead := func() {
					if prepare == nil {
						readAheadNow(t, c.UserRoles)
					}
				}
				if prepare != nil {
					prepare(t, c)
				}
				rolesKnown(t, c, map[string]string{"CEO": "CEO", "A": "", "B": ""})
				ahead()
				id := must(c.UserRoles.Create(t.Context(), role("A")))
				rolesKnown(t, c, map[string]string{"CEO": "CEO", "A": "A", "B": ""})
				ahead()
				if err := c.UserRoles.Update(t.Context(), id, Values{"Name": "Another"}); err != nil {
					t.Fatal(err)
				}
				rolesKnown(t, c, map[string]string{"A": "Another"})
				ahead()
				if err := c.UserRoles.Update(t.Context(), id[:15], Values{"DeveloperName": "B"}); err != nil {
					t.Fatal(err)
				}
				rolesKnown(t, c, map[string]string{"A": "", "B": "Another"})
				ahead()
				second := must(c.UserRoles.Create(t.Context(), role("A")))
				rolesKnown(t, c, map[string]string{"A": "A", "B": "Another"})
				ahead()
				if err := errors.Join(c.UserRoles.Delete(t.Context(), id), c.UserRoles.Delete(t.Context(), second[:15])); err != nil {
					t.Fatal(err)
				}
				rolesKnown(t, c, map[string]string{"CEO": "CEO", "A": "", "B": ""})
			})
		})
	}
}

// TestWritesHideOnlyThemselves: after a snapshot and writes, a name that nobody has is still known not to be there.
func TestWritesHideOnlyThemselves(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		readAheadNow(t, c.Users)
		id := must(c.Users.Create(t.Context(), userValues(o, "new@example.com", nil)))
		before := o.Calls()["query"]
		if err := userNamed(t.Context(), c, "nobody@example.com"); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		calls(t, o, "query", before)
		if err := c.Users.Update(t.Context(), id, Values{"Username": "newer@example.com"}); err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]error{"new@example.com": ErrNotFound, "newer@example.com": nil} {
			if err := userNamed(t.Context(), c, name); !errors.Is(err, want) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// TestNamesThatSalesforceMakesUp are seen although the write did not tell them.
func TestNamesThatSalesforceMakesUp(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, _ *sfmock.Org, c *Client) {
		t.Helper()
		readAheadNow(t, c.UserRoles)
		values := role("Sales Robots")
		delete(values, "DeveloperName")
		must(c.UserRoles.Create(t.Context(), values))
		if r, err := c.UserRoles.Find(t.Context(), "DeveloperName", "Sales_Robots"); err != nil || r.Name != "Sales Robots" {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

// TestWhatComesWithAUser is read by its own table: the UserLogin, which nobody creates.
func TestWhatComesWithAUser(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		readAheadNow(t, c.UserLogins)
		id := must(c.Users.Create(t.Context(), userValues(o, "new@example.com", nil)))
		login, err := c.UserLogins.Find(t.Context(), "UserId", id)
		if err != nil || login.IsFrozen {
			t.Fatalf("%+v, %v", login, err)
		}
		if err := c.UserLogins.Update(t.Context(), login.ID, Values{"IsFrozen": true}); err != nil {
			t.Fatal(err)
		}
		if login, err = c.UserLogins.Find(t.Context(), "UserId", id); err != nil || !login.IsFrozen {
			t.Errorf("%+v, %v", login, err)
		}
	})
}

// TestWhatComesWithATransaction is a user made, licensed and assigned by one.
func TestWhatComesWithATransaction(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		set := insert(t, o, "PermissionSet", map[string]any{"Name": "Api", "Label": "Api"})
		readAheadNow(t, c.Assignments)
		readAheadNow(t, c.UserLogins)
		readAheadNow(t, c.Users)
		result, err := c.Transact(t.Context(), Graph{
			{Reference: "user", Method: http.MethodPost, Object: "User", Values: userValues(o, "new@example.com", nil)},
			{Reference: "set", Method: http.MethodPost, Object: "PermissionSetAssignment", Values: Values{"AssigneeId": "@{user.id}", "PermissionSetId": set}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := userNamed(t.Context(), c, "new@example.com"); err != nil {
			t.Error(err)
		}
		if _, err := c.UserLogins.Find(t.Context(), "UserId", result.IDs["user"]); err != nil {
			t.Error(err)
		}
		if held, err := c.Assignments.All(t.Context(), "AssigneeId", result.IDs["user"]); err != nil || len(held) != 1 || held[0].Given() != "Api" || held[0].Assignee.Username != "new@example.com" {
			t.Errorf("%+v, %v", held, err)
		}
	})
}

// TestWhatMetadataWrites is seen by the table of the same thing, by name and by id.
func TestWhatMetadataWrites(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		for i, label := range []string{"One", "Two"} {
			readAheadNow(t, c.PermissionSets)
			if err := UpsertMetadata(t.Context(), c, "PermissionSet", "Robots", permissionSet{FullName: "Robots", Label: label}); err != nil {
				t.Fatal(err)
			}
			for key, value := range map[string]string{"Name": "Robots", "Id": o.Find("PermissionSet", "Name", "Robots")["Id"].(string)} {
				if set, err := c.PermissionSets.Find(t.Context(), key, value); err != nil || set.Label != label {
					t.Errorf("%d, by %s: %+v, %v", i, key, set, err)
				}
			}
		}
		readAheadNow(t, c.PermissionSets)
		if err := c.DeleteMetadata(t.Context(), "PermissionSet", "Robots"); err != nil {
			t.Fatal(err)
		}
		if _, err := c.PermissionSets.Find(t.Context(), "Name", "Robots"); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}

// slowly lets the answers of reads of a whole object arrive a minute after the rows were read.
func slowly(r *http.Request, _ *http.Response) {
	if statement := r.URL.Query().Get("q"); statement != "" && !strings.Contains(statement, " IN (") {
		<-time.After(time.Minute)
	}
}

// TestWritesDuringAReadAhead has rows arrive that were read before a write which is through by then.
func TestWritesDuringAReadAhead(t *testing.T) {
	t.Parallel()
	const renamed = "renamed@example.com"
	for name, write := range map[string]func(context.Context, *Client, string) error{
		"update": func(ctx context.Context, c *Client, id string) error {
			return c.Users.Update(ctx, id[:15], Values{"Title": "new", "Username": renamed})
		},
		"transaction": func(ctx context.Context, c *Client, id string) error {
			_, err := c.Transact(ctx, Graph{{Reference: "user", Method: http.MethodPatch, Object: "User", ID: id, Values: Values{"Title": "new", "Username": renamed}}})
			return err
		},
	} {
		t.Run(name+", then a list", func(t *testing.T) {
			t.Parallel()
			bubbleThrough(t, sfmock.Options{}, slowly, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				ids, _ := crowd(t, o, 2)
				loaded := make(chan error, 1)
				go func() { _, err := c.Users.ahead.load(t.Context(), c.Users, readAheadMost); loaded <- err }()
				wait(t, time.Second)
				if err := write(t.Context(), c, ids[0]); err != nil {
					t.Fatal(err)
				}
				listed := must(c.Users.List(t.Context()))
				if i := slices.IndexFunc(listed, func(u User) bool { return u.ID == ids[0] }); i < 0 || listed[i].Title != "new" {
					t.Errorf("a list shows %+v", listed[i])
				}
				if err := <-loaded; err != nil {
					t.Error(err)
				}
				calls(t, o, "query", 2)
			})
		})
		t.Run(name+", then look-ups", func(t *testing.T) {
			t.Parallel()
			bubbleThrough(t, sfmock.Options{}, slowly, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				ids, usernames := crowd(t, o, 2)
				loaded := make(chan error)
				go func() { _, err := c.Users.ahead.load(t.Context(), c.Users, readAheadMost); loaded <- err }()
				wait(t, time.Second)
				if err := write(t.Context(), c, ids[0]); err != nil {
					t.Fatal(err)
				}
				if err := <-loaded; err != nil {
					t.Fatal(err)
				}
				for key, value := range map[string]string{"Id": ids[0], "Username": renamed} {
					if user, err := c.Users.Find(t.Context(), key, value); err != nil || user.Title != "new" {
						t.Errorf("by %s: %+v, %v", key, user, err)
					}
				}
				if user, err := c.Users.Find(t.Context(), "Username", usernames[0]); !errors.Is(err, ErrNotFound) {
					t.Errorf("by the old username: %+v, %v", user, err)
				}
				o.ResetRequests()
				if err := userNamed(t.Context(), c, usernames[1]); err != nil {
					t.Error(err)
				}
				calls(t, o, "query", 0) // what was not written is known from the read-ahead
			})
		})
	}
}

// TestDeletesDuringAReadAhead is about rows that are looked up by what they belong to.
func TestDeletesDuringAReadAhead(t *testing.T) {
	t.Parallel()
	bubbleThrough(t, sfmock.Options{}, slowly, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		ids, _ := crowd(t, o, 1)
		set := insert(t, o, "PermissionSet", map[string]any{"Name": "Api", "Label": "Api"})
		held := insert(t, o, "PermissionSetAssignment", map[string]any{"AssigneeId": ids[0], "PermissionSetId": set})
		loaded := make(chan error)
		go func() { _, err := c.Assignments.ahead.load(t.Context(), c.Assignments, readAheadMost); loaded <- err }()
		wait(t, time.Second)
		if err := c.Assignments.Delete(t.Context(), held); err != nil {
			t.Fatal(err)
		}
		if err := <-loaded; err != nil {
			t.Fatal(err)
		}
		if rows, err := c.Assignments.All(t.Context(), "AssigneeId", ids[0]); err != nil || len(rows) != 0 {
			t.Errorf("%+v, %v", rows, err)
		}
	})
}

// TestRowsOfTransactions are known without asking, until somebody writes them.
func TestRowsOfTransactions(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		read := must(c.Users.ReadNode(t.Context(), "row", "@{user.id}"))
		result := must(c.Transact(t.Context(), Graph{
			{Reference: "user", Method: http.MethodPost, Object: "User", Values: userValues(o, "new@example.com", map[string]any{"Title": "one"})}, read,
		}))
		row, err := c.Users.Row(result, "row")
		if err != nil || row.ID != result.IDs["user"] || row.Title != "one" || len(row.Features) == 0 {
			t.Fatalf("%+v, %v", row, err)
		}
		known := func(title string, queries int) {
			t.Helper()
			o.ResetRequests()
			for key, value := range map[string]string{"Id": row.ID, "Username": "NEW@example.com"} {
				if user, err := c.Users.Find(t.Context(), key, value); err != nil || user.Title != title {
					t.Errorf("by %s: %+v, %v", key, user, err)
				}
			}
			calls(t, o, "query", queries)
		}
		known("one", 0)
		if err := c.Users.Update(t.Context(), row.ID[:15], Values{"Title": "two"}); err != nil {
			t.Fatal(err)
		}
		known("two", 2)
		if _, err := c.Users.Row(GraphResult{}, "row"); err == nil {
			t.Error("there is no such row")
		}
	})
}

// TestReadYourWrites has many goroutines write rows of their own and read them back in every way, while others make the table
// read ahead and list all the time.
func TestReadYourWrites(t *testing.T) {
	t.Parallel()
	const writers, readers, rounds = 5, 2, 6
	bubbleThrough(t, sfmock.Options{Latency: 3 * time.Millisecond}, func(r *http.Request, _ *http.Response) {
		if r.Method == http.MethodGet {
			<-time.After(7 * time.Millisecond) // rows are old when they arrive
		}
	}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		ids, _ := crowd(t, o, writers)
		ctx, stop := context.WithCancel(t.Context())
		noise := make(chan error, readers)
		for i := range readers {
			go func() {
				for ctx.Err() == nil {
					wait(t, time.Millisecond)
					_, _ = c.Users.List(ctx)
					_, _ = c.Users.Find(ctx, "Username", fmt.Sprintf("user%04d@example.com", i))
				}
				noise <- nil
			}()
		}
		allSucceed(t, together(writers, func(i int) error {
			before := fmt.Sprintf("user%04d@example.com", i)
			for round := range rounds {
				title, username := strconv.Itoa(round), fmt.Sprintf("user%04d.%d@example.com", i, round)
				if err := c.Users.Update(ctx, ids[i], Values{"Title": title, "Username": username}); err != nil {
					return err
				}
				for key, value := range map[string]string{"Id": ids[i], "Username": username} {
					if user, err := c.Users.Find(ctx, key, value); err != nil || user.Title != title || user.Username != username {
						return fmt.Errorf("round %d by %s: %q %s, %w", round, key, user.Title, user.Username, err)
					}
				}
				if user, err := c.Users.Find(ctx, "Username", before); !errors.Is(err, ErrNotFound) {
					return fmt.Errorf("round %d by the old name: %+v, %w", round, user, err)
				}
				all, err := c.Users.List(ctx)
				if j := slices.IndexFunc(all, func(u User) bool { return u.ID == ids[i] }); err != nil || j < 0 || all[j].Title != title {
					return fmt.Errorf("round %d in the list: %w", round, err)
				}
				before = username
			}
			return nil
		}))
		stop()
		for range readers {
			if err := <-noise; err != nil {
				t.Error(err)
			}
		}
	})
}
