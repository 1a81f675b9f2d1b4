package sfclient

import (
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// Where metadata can be listed, the language of the org does not matter; where it can't, the English name has to do.
func TestPrivilegedProfile(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	for name, c := range map[string]struct {
		client          *Client
		profile, called string
		want            bool
	}{
		"seen":                      {o.connect(t, o.jwt()), administratorName, administratorName, true},
		"seen, in another language": {o.connect(t, o.jwt()), administratorName, "Systemadministrator", true},
		"unseen":                    {o.connect(t, o.clientCredentials()), administratorName, administratorName, true},
		"unseen, of another name":   {o.connect(t, o.clientCredentials()), administratorName, "Systemadministrator", false},
		"another":                   {o.connect(t, o.jwt()), "Standard User", administratorName, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := c.client.PrivilegedProfile(t.Context(), o.Find("Profile", "Name", c.profile)["Id"].(string), c.called)
			if got != c.want || err != nil {
				t.Errorf("privileged: %t, %v", got, err)
			}
		})
	}
}

// However many profiles there are, and whether metadata can be listed or not, it is asked for once.
func TestPrivilegedProfileAsksOnce(t *testing.T) {
	t.Parallel()
	for name, signIn := range map[string]func(*testOrg) Config{"seen": (*testOrg).jwt, "unseen": (*testOrg).clientCredentials} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			c := o.connect(t, signIn(o))
			for _, profile := range o.Records("Profile") {
				if _, err := c.PrivilegedProfile(t.Context(), profile["Id"].(string), profile["Name"].(string)); err != nil {
					t.Fatal(err)
				}
			}
			if n := len(o.Requests(sfmock.Match{Contains: "listMetadata"})); n != 1 {
				t.Errorf("metadata was listed %d times", n)
			}
		})
	}
}
