package sfclient

import (
	"errors"
	"fmt"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const listsProfiles = "<listMetadata>"

func TestProfileFullName(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		licence := o.Find("UserLicense", "Name", "Salesforce Integration")["Id"]
		admin, _ := o.Find("Profile", "Name", "System Administrator")["Id"].(string)
		custom := insert(t, o, "Profile", map[string]any{"Name": "Custom: API", "UserLicenseId": licence})
		asked := func(id, want string, listings int) {
			t.Helper()
			o.ResetRequests()
			if name, err := c.ProfileFullName(t.Context(), id); err != nil || name != want {
				t.Errorf("%q, %v, want %q", name, err, want)
			}
			if n := len(o.Requests(sfmock.Match{Contains: listsProfiles})); n != listings {
				t.Errorf("%s was asked for %d times, not %d", want, n, listings)
			}
		}
		asked(admin, "Admin", 1)
		asked(custom[:15], "Custom%3A API", 0)

		created, err := c.Profiles.Create(t.Context(), Values{"Name": "Robots/2", "UserLicenseId": licence})
		if err != nil {
			t.Fatal(err)
		}
		asked(created, "Robots%2F2", 1)
		if err := c.Profiles.Update(t.Context(), custom, Values{"Name": "Custom"}); err != nil {
			t.Fatal(err)
		}
		asked(admin, "Admin", 0)
		asked(custom, "Custom", 1)

		if _, err := c.ProfileFullName(t.Context(), ID18("00e000000000001")); !errors.Is(err, ErrNotFound) {
			t.Errorf("a profile that is not there: %v", err)
		}
		o.Fail(sfmock.Match{Contains: listsProfiles}, 1, sfmock.Fault{Status: 500, Code: "INSUFFICIENT_ACCESS", Message: "no"})
		if _, err := c.ProfileFullName(t.Context(), ID18("00e000000000001")); !errors.Is(err, ErrAccess) {
			t.Errorf("a refused listing: %v", err)
		}
	})
}

func TestProfileFullNamesTravelTogether(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		licence := o.Find("UserLicense", "Name", "Salesforce Integration")["Id"]
		ids := make([]string, 10)
		for i := range ids {
			ids[i] = insert(t, o, "Profile", map[string]any{"Name": fmt.Sprintf("Robots: %d", i), "UserLicenseId": licence})
		}
		o.ResetRequests()
		allSucceed(t, together(len(ids), func(i int) error {
			if name, err := c.ProfileFullName(t.Context(), ids[i]); err != nil || name != fmt.Sprintf("Robots%%3A %d", i) {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		}))
		if n := len(o.Requests(sfmock.Match{Contains: listsProfiles})); n != 1 {
			t.Errorf("%d listings", n)
		}
	})
}

// A listing that began before a rename may hold the old name, which is not kept.
func TestProfileRenamedWhileListed(t *testing.T) {
	t.Parallel()
	f := newFullNames(nil)
	id := ID18("00e000000000001")
	f.keep(map[string]string{id: "Before", "other": "Other"})
	f.touched("", Values{"Id": id})
	f.keep(map[string]string{id: "Before", "other": "Other"})
	if name, known := f.kept(id); known {
		t.Errorf("%s is kept", name)
	}
	if _, known := f.kept("other"); !known {
		t.Error("the others are forgotten")
	}
}
