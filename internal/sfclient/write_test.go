package sfclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// creation is a record of one of the objects that the client creates.
type creation struct {
	object string
	values func(t *testing.T, o *sfmock.Org) Values
	create func(ctx context.Context, c *Client, values Values) (string, error)
	other  Values // columns of somebody else's record under the same key
}

func creations() map[string]creation {
	holder := func(o *sfmock.Org) any { return o.Find("User", "Username", "sam.seller@example.com")["Id"] }
	return map[string]creation{
		"User": {
			object: "User", other: Values{"LastName": "Somebody", "CommunityNickname": "else"},
			values: func(_ *testing.T, o *sfmock.Org) Values {
				return userValues(o, "new@example.com", map[string]any{"Email": "New@Example.com", "Title": " trimmed ", "IsActive": true, "ManagerId": holder(o), "Department": nil})
			},
			create: func(ctx context.Context, c *Client, values Values) (string, error) {
				return c.Users.Create(ctx, values)
			},
		},
		"UserRole": {
			object: "UserRole", other: Values{"Name": "Somebody else's"},
			values: func(*testing.T, *sfmock.Org) Values { return role("Robots") },
			create: func(ctx context.Context, c *Client, values Values) (string, error) {
				return c.UserRoles.Create(ctx, values)
			},
		},
		"PermissionSetAssignment": {
			object: "PermissionSetAssignment", other: Values{"ExpirationDate": time.Now().AddDate(50, 0, 0)},
			values: func(t *testing.T, o *sfmock.Org) Values {
				t.Helper()
				set := insert(t, o, "PermissionSet", map[string]any{"Name": "Api", "Label": "Api"})
				return Values{"AssigneeId": holder(o), "PermissionSetId": set[:15], "ExpirationDate": time.Now().AddDate(40, 0, 0)}
			},
			create: func(ctx context.Context, c *Client, values Values) (string, error) {
				return c.Assignments.Create(ctx, values)
			},
		},
		"PermissionSetLicenseAssign": {
			object: "PermissionSetLicenseAssign",
			values: func(_ *testing.T, o *sfmock.Org) Values {
				return Values{"AssigneeId": holder(o), "PermissionSetLicenseId": o.Find("PermissionSetLicense", "DeveloperName", "SalesforceAPIIntegrationPsl")["Id"]}
			},
			create: func(ctx context.Context, c *Client, values Values) (string, error) {
				return c.LicenseAssignments.Create(ctx, values)
			},
		},
	}
}

// TestUncertainCreates lets the answer to a create get lost in every way. There is exactly one record in the end, and its id is known.
func TestUncertainCreates(t *testing.T) {
	t.Parallel()
	done, undone := sfmock.Fault{ResetAfterCommit: true}, sfmock.Fault{Reset: true}
	for kind, what := range creations() {
		for name, test := range map[string]struct {
			faults []sfmock.Fault
			sent   int
		}{
			"no fault":             {nil, 1},
			"done":                 {[]sfmock.Fault{done}, 1},
			"half an answer":       {[]sfmock.Fault{{TruncateBody: true}}, 1},
			"not done":             {[]sfmock.Fault{undone}, 2},
			"a gateway's page":     {[]sfmock.Fault{{Status: 503, Body: "<html>busy</html>"}}, 2},
			"an error":             {[]sfmock.Fault{{Status: 500, Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred."}}, 2},
			"not done, then done":  {[]sfmock.Fault{undone, done}, 2},
			"twice not done":       {[]sfmock.Fault{undone, undone}, 3},
			"at the last try done": {[]sfmock.Fault{undone, undone, done}, 3},
			"locked":               {[]sfmock.Fault{{Code: "UNABLE_TO_LOCK_ROW"}, {Code: "UNABLE_TO_LOCK_ROW"}}, 3},
			"locked, then done":    {[]sfmock.Fault{{Code: "UNABLE_TO_LOCK_ROW"}, done}, 2},
			"too many at a time":   {[]sfmock.Fault{{Status: 403, Code: "REQUEST_LIMIT_EXCEEDED", Message: "ConcurrentRequests (Concurrent API Requests) Limit exceeded."}}, 2},
		} {
			t.Run(kind+", "+name, func(t *testing.T) {
				t.Parallel()
				bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
					t.Helper()
					values := what.values(t, o)
					before := len(o.Records(what.object))
					for _, fault := range test.faults {
						o.Fail(sfmock.Match{Kind: "collection"}, 1, fault)
					}
					id, err := what.create(t.Context(), c, values)
					if record := o.Record(id); err != nil || record == nil {
						t.Fatalf("%q, %v", id, err)
					}
					if made := len(o.Records(what.object)) - before; made != 1 {
						t.Errorf("%d records were made", made)
					}
					calls(t, o, "collection", test.sent)
				})
			})
		}
	}
}

// TestAForeignTwinIsNotAdopted has somebody else make a record with the same key in the moment in which the connection breaks.
func TestAForeignTwinIsNotAdopted(t *testing.T) {
	t.Parallel()
	for kind, what := range creations() {
		if what.other == nil {
			continue // nothing but the key: twins can't be told apart
		}
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				values := what.values(t, o)
				theirs := maps.Clone(values)
				maps.Copy(theirs, what.other)
				id := insert(t, o, what.object, theirs)
				o.Fail(sfmock.Match{Kind: "collection"}, 1, sfmock.Fault{Reset: true})
				got, err := what.create(t.Context(), c, values)
				if !errors.Is(err, ErrDuplicate) || !strings.Contains(err.Error(), id) || got != "" {
					t.Errorf("%q, %v", got, err)
				}
				calls(t, o, "collection", 1)
			})
		})
	}
}

// TestAFirstTryThatComesThroughLate is done after it was looked for, so that the second try meets it.
func TestAFirstTryThatComesThroughLate(t *testing.T) {
	t.Parallel()
	var org *sfmock.Org
	bubbleThrough(t, sfmock.Options{}, func(r *http.Request, _ *http.Response) {
		if strings.Contains(r.URL.Query().Get("q"), "FROM UserRole") && org.Find("UserRole", "DeveloperName", "Robots") == nil {
			if _, err := org.Insert("UserRole", role("Robots")); err != nil {
				t.Error(err)
			}
		}
	}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		org = o
		o.Fail(sfmock.Match{Kind: "collection"}, 1, sfmock.Fault{Reset: true})
		id, err := c.UserRoles.Create(t.Context(), role("Robots"))
		if err != nil || id != o.Find("UserRole", "DeveloperName", "Robots")["Id"] {
			t.Errorf("%q, %v", id, err)
		}
		calls(t, o, "collection", 2)
	})
}

func TestCreatesThatStayUncertain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		prepare func(*sfmock.Org)
		check   func(error) bool
		sent    int
	}{
		"for ever": {
			func(o *sfmock.Org) { o.Fail(sfmock.Match{Kind: "collection"}, -1, sfmock.Fault{Reset: true}) },
			uncertain, 3,
		},
		"and nobody can look": {
			func(o *sfmock.Org) {
				o.Fail(sfmock.Match{Kind: "collection"}, 1, sfmock.Fault{ResetAfterCommit: true})
				o.Fail(sfmock.Match{Kind: "query"}, -1, sfmock.Fault{Status: 503, Body: "<html>busy</html>"})
			},
			func(err error) bool { return uncertain(err) && strings.Contains(err.Error(), "HTTP 503") }, 1,
		},
		"while the name is taken in another org": {
			func(o *sfmock.Org) {
				o.TakeUsername("new@example.com")
				o.Fail(sfmock.Match{Kind: "collection"}, 1, sfmock.Fault{Reset: true})
			},
			func(err error) bool { return errors.Is(err, ErrDuplicate) && !uncertain(err) }, 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				test.prepare(o)
				id, err := c.Users.Create(t.Context(), userValues(o, "new@example.com", nil))
				if id != "" || !test.check(err) {
					t.Errorf("%q, %v", id, err)
				}
				calls(t, o, "collection", test.sent)
			})
		})
	}
}

// TestACreateWithoutItsKey can't be looked for, and is not sent again.
func TestACreateWithoutItsKey(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		values := role("Robots")
		delete(values, "DeveloperName")
		o.Fail(sfmock.Match{Kind: "collection"}, 1, sfmock.Fault{ResetAfterCommit: true})
		if _, err := c.UserRoles.Create(t.Context(), values); !uncertain(err) || !strings.Contains(err.Error(), "DeveloperName") {
			t.Error(err)
		}
		calls(t, o, "collection", 1)
	})
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		if _, err := c.Users.Create(t.Context(), userValues(o, machine, nil)); !errors.Is(err, ErrDuplicate) || uncertain(err) || !strings.HasPrefix(err.Error(), "create User: DUPLICATE_USERNAME") {
			t.Error(err)
		}
		calls(t, o, "collection", 1)
		calls(t, o, "query", 0)
	})
}

// TestWritesTravelTogether mixes objects, and good records with bad ones, in one collection; each caller gets what is its own.
func TestWritesTravelTogether(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		ids := make([]string, 60)
		results := together(len(ids), func(i int) (err error) {
			switch i % 3 {
			case 0:
				ids[i], err = c.UserRoles.Create(t.Context(), role(fmt.Sprintf("R%d", i)))
			case 1:
				ids[i], err = c.Users.Create(t.Context(), userValues(o, fmt.Sprintf("u%d@example.com", i), map[string]any{"CommunityNickname": fmt.Sprintf("u%d", i)}))
			default:
				ids[i], err = c.Users.Create(t.Context(), userValues(o, fmt.Sprintf("no address %d", i), nil))
			}
			return err
		})
		for i, err := range results {
			record := o.Record(ids[i])
			switch i % 3 {
			case 0:
				if err != nil || record["DeveloperName"] != fmt.Sprintf("R%d", i) {
					t.Errorf("%d: %v, %v", i, record["DeveloperName"], err)
				}
			case 1:
				if err != nil || record["Username"] != fmt.Sprintf("u%d@example.com", i) {
					t.Errorf("%d: %v, %v", i, record["Username"], err)
				}
			default:
				refused, ok := errors.AsType[*Error](err)
				if !ok || refused.Code != "INVALID_EMAIL_ADDRESS" || !strings.Contains(refused.Message, fmt.Sprintf("no address %d", i)) || !slices.Equal(refused.Fields, []string{"Email"}) || refused.Op != "create User" {
					t.Errorf("%d: %v", i, err)
				}
			}
		}
		calls(t, o, "collection", 1)
		var sent struct {
			Records []struct{ Attributes struct{ Type string } }
		}
		if err := json.Unmarshal(o.Requests(sfmock.Match{Kind: "collection"})[0].Body, &sent); err != nil {
			t.Fatal(err)
		}
		runs := 1
		for i := range sent.Records[1:] {
			if sent.Records[i+1].Attributes.Type != sent.Records[i].Attributes.Type {
				runs++
			}
		}
		if len(sent.Records) != 60 || runs != 2 {
			t.Errorf("%d records in %d runs of one object", len(sent.Records), runs)
		}
	})
}

func TestCollectionsAreNoLongerThanAllowed(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		ids := make([]string, maxCollection+50)
		allSucceed(t, together(len(ids), func(i int) (err error) {
			ids[i], err = c.UserRoles.Create(t.Context(), role(fmt.Sprintf("R%d", i)))
			return err
		}))
		calls(t, o, "collection", 2)
		allSucceed(t, together(len(ids), func(i int) error { return c.UserRoles.Update(t.Context(), ids[i], Values{"Name": "Renamed"}) }))
		calls(t, o, "collection", 4)
		allSucceed(t, together(len(ids), func(i int) error { return c.UserRoles.Delete(t.Context(), ids[i]) }))
		calls(t, o, "collection", 6)
		for _, id := range ids {
			if o.Record(id) != nil {
				t.Errorf("%s is there", id)
			}
		}
	})
}

// TestUpdates are idempotent: they are sent again after anything.
func TestUpdates(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sfmock.Fault{
		"no fault": {Delay: time.Millisecond}, "reset": {Reset: true}, "reset after it was done": {ResetAfterCommit: true}, "busy": {Status: 503, Body: "<html>"},
		"locked": {Code: "UNABLE_TO_LOCK_ROW"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				id := insert(t, o, "UserRole", role("Robots"))
				o.Fail(sfmock.Match{Kind: "collection"}, 1, fault)
				if err := c.UserRoles.Update(t.Context(), id, Values{"Name": "Renamed", "RollupDescription": nil}); err != nil {
					t.Error(err)
				}
				if record := o.Record(id); record["Name"] != "Renamed" || record["RollupDescription"] != nil || record["DeveloperName"] != "Robots" {
					t.Errorf("%v", record)
				}
			})
		})
	}
}

// TestTheSameRecordTwice is refused by Salesforce within one call.
func TestTheSameRecordTwice(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		ids := []string{insert(t, o, "UserRole", role("A")), insert(t, o, "UserRole", role("B"))}
		allSucceed(t, together(6, func(i int) error {
			id := ids[i%2]
			if i >= 4 {
				id = id[:15]
			}
			column := []string{"Name", "RollupDescription", "CaseAccessForAccountOwner"}[i/2]
			return c.UserRoles.Update(t.Context(), id, Values{column: "Read"})
		}))
		for _, id := range ids {
			if r := o.Record(id); r["Name"] != "Read" || r["RollupDescription"] != "Read" || r["CaseAccessForAccountOwner"] != "Read" {
				t.Errorf("%v", r)
			}
		}
		calls(t, o, "collection", 3)
		allSucceed(t, together(4, func(i int) error { return c.UserRoles.Delete(t.Context(), ids[i%2]) }))
	})
}

func TestWhatIsGone(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		gone, never := insert(t, o, "UserRole", role("Gone")), ID18("00EZz0000000001")
		if err := o.Delete(gone); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{gone, never} {
			if err := c.UserRoles.Update(t.Context(), id, Values{"Name": "X"}); !errors.Is(err, ErrNotFound) {
				t.Errorf("update %s: %v", id, err)
			}
			if err := c.UserRoles.Delete(t.Context(), id); err != nil {
				t.Errorf("delete %s: %v", id, err)
			}
			if _, err := c.UserRoles.Get(t.Context(), id); !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), id) {
				t.Errorf("get %s: %v", id, err)
			}
		}
		there := insert(t, o, "UserRole", role("There"))
		if err := c.UserRoles.Update(t.Context(), there, Values{"ParentRoleId": gone}); err == nil || errors.Is(err, ErrNotFound) {
			t.Errorf("the role is there, its parent is not: %v", err)
		}
		o.Fail(sfmock.Match{Method: http.MethodDelete}, 1, sfmock.Fault{ResetAfterCommit: true})
		if err := c.UserRoles.Delete(t.Context(), there); err != nil || o.Record(there) != nil {
			t.Error(err)
		}
		used := o.Find("UserRole", "Name", "CEO")["Id"].(string)
		if err := c.UserRoles.Delete(t.Context(), used); err == nil || !strings.HasPrefix(err.Error(), "delete UserRole: DELETE_FAILED") {
			t.Error(err)
		}
	})
}

// TestAnswersForOthers are about a Salesforce that does not answer for each record.
func TestAnswersForOthers(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		c := inProcess(t, func(*http.Request) (*http.Response, error) { return answer(200, "[]")().response() })
		if _, err := c.creates.do(t.Context(), recordWrite{object: "UserRole", values: role("Robots")}); !uncertain(err) {
			t.Error(err)
		}
		if err := c.UserRoles.Update(t.Context(), "x", Values{}); err == nil || errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		if err := c.UserRoles.Delete(t.Context(), "x"); err == nil {
			t.Error("deleted")
		}
	})
}

// TestLocksOfOneRecord are refusals of an item, while the collection as a whole is a success.
func TestLocksOfOneRecord(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		tries := map[string]int{}
		c := inProcess(t, func(r *http.Request) (*http.Response, error) {
			var body struct{ Records []map[string]any }
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil && !errors.Is(err, io.EOF) {
				t.Error(err)
			}
			var items []string
			for _, record := range body.Records {
				name := record["Name"].(string)
				if tries[name]++; name == "locked" && tries[name] < 4 {
					items = append(items, `{"success":false,"errors":[{"statusCode":"UNABLE_TO_LOCK_ROW","message":"locked","fields":[]}]}`)
					continue
				}
				items = append(items, fmt.Sprintf(`{"success":true,"id":%q,"errors":[]}`, name))
			}
			return answer(200, "["+strings.Join(items, ",")+"]")().response()
		})
		allSucceed(t, together(2, func(i int) error {
			name := []string{"free", "locked"}[i]
			if id, err := c.UserRoles.Create(t.Context(), role(name)); err != nil || id != name {
				return fmt.Errorf("%q, %w", id, err)
			}
			return nil
		}))
		if tries["free"] != 1 || tries["locked"] != 4 {
			t.Errorf("%v", tries)
		}
	})
}

func TestTimes(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 7, 7, 2, 37, 0, 0, time.FixedZone("", 2*3600))
	if got := wireValue(at); got != "2026-07-07T00:37:00.000+0000" {
		t.Errorf("%v", got)
	}
	if got, err := ParseTime("2026-07-07T00:37:00.000+0000"); err != nil || !got.Equal(at) {
		t.Errorf("%v, %v", got, err)
	}
	if got := wireValue("text"); got != "text" {
		t.Errorf("%v", got)
	}
}

func TestSameValue(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 7, 7, 0, 37, 0, 999, time.UTC)
	for _, test := range []struct {
		sent, read any
		same       bool
	}{
		{"a", "a", true},
		{"a", "A", true},
		{" a ", "a", true},
		{"a", "b", false},
		{"", nil, true},
		{"a", nil, false},
		{nil, nil, true},
		{nil, "a", false},
		{"005x00000012Q9P", "005x00000012Q9PAAU", true},
		{"005x00000012Q9PAAU", "005x00000012Q9PAAU", true},
		{"005x00000012Q9P", "005x00000012Q9QAAU", false},
		{true, true, true},
		{true, false, false},
		{false, nil, true},
		{at, "2026-07-07T00:37:00.000+0000", true},
		{at, "2026-07-07T00:38:00.000+0000", false},
		{at, nil, false},
	} {
		if got := sameValue(test.sent, test.read); got != test.same {
			t.Errorf("%v and %v: %t", test.sent, test.read, got)
		}
	}
}
