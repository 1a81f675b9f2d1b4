package sfclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// item is a component of which each pair of words is an element and its text.
func item(typeName, fullName string, pairs ...string) DeployItem {
	c := NewComponent(fullName)
	for i := 0; i < len(pairs); i += 2 {
		c.Set(pairs[i+1], pairs[i])
	}
	return DeployItem{typeName, fullName, c}
}

func custom(name, label string) DeployItem {
	return item("CustomPermission", name, "label", label, "isLicensed", "false")
}

// app is an external client app whose global settings ask for a new consumer key, or don't.
func app(rotate string) []DeployItem {
	return []DeployItem{
		item("ExtlClntAppGlobalOauthSettings", "Bot_global", "shouldRotateConsumerKey", rotate, "label", "Bot", "externalClientApplication", "Bot", "callbackUrl", "https://example.com/back"),
		item("ExtlClntAppOauthSettings", "Bot_oauth", "label", "Bot", "externalClientApplication", "Bot", "commaSeparatedOauthScopes", "Api"),
		item("ExternalClientApplication", "Bot", "label", "Bot", "distributionState", "Local", "contactEmail", "ops@example.com"),
	}
}

func consumerKeyOf(o *sfmock.Org) any {
	content, _ := o.Component("ExtlClntAppGlobalOauthSettings", "Bot_global")
	return content["consumerKey"]
}

// sent checks how many deployments the org was asked for.
func sent(t *testing.T, o *sfmock.Org, want int) {
	t.Helper()
	if got := len(o.Requests(posts)); got != want {
		t.Errorf("%d deployments were sent, want %d", got, want)
	}
}

var (
	posts   = sfmock.Match{Kind: "deploy", Method: http.MethodPost}
	polls   = sfmock.Match{Kind: "deploy", Method: http.MethodGet}
	cancels = sfmock.Match{Kind: "deploy", Method: http.MethodPatch}
)

func TestDeploy(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		const label = `Grüße an <alle> & "jeden" 🤖`
		security := item("SecuritySettings", "Security")
		security.Component.Set("TwoHours", "sessionSettings", "sessionTimeout")
		items := append(app("false"), security, custom("Robots", label), item("PermissionSet", "Robot", "label", "Robot"))
		if err := c.Deploy(t.Context(), "set up", items, DeployOptions{}); err != nil {
			t.Fatal(err)
		}
		if content, _ := o.Component("CustomPermission", "Robots"); content["label"] != label {
			t.Errorf("%v", content)
		}
		content, _ := o.Component("SecuritySettings", "Security")
		if session, _ := content["sessionSettings"].(map[string]any); session["sessionTimeout"] != "TwoHours" {
			t.Errorf("%v", session)
		}
		if o.Find("PermissionSet", "Name", "Robot") == nil || consumerKeyOf(o) == nil {
			t.Error("not all components are there")
		}
		sent(t, o, 1)
		if header := o.Requests(posts)[0].Header; !strings.HasPrefix(header.Get("Content-Type"), "multipart/form-data; boundary=") || header.Get("Content-Encoding") != "" {
			t.Errorf("%v", header)
		}
		for _, poll := range o.Requests(polls) {
			if poll.Query != "includeDetails=true" {
				t.Error(poll.Query)
			}
		}
		if got := security.Component.FullName(); got != "Security" {
			t.Errorf("the caller's component was changed: %q", got)
		}
	})
}

func TestDeployOnlyChecks(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		if err := c.Deploy(t.Context(), "check", []DeployItem{custom("Robots", "Robots")}, DeployOptions{CheckOnly: true}); err != nil {
			t.Error(err)
		}
		if _, there := o.Component("CustomPermission", "Robots"); there {
			t.Error("a check changed the org")
		}
	})
}

// TestDeployFreshensTables because a permission set is an object as well, and all of these may be read while one is deployed.
func TestDeployFreshensTables(t *testing.T) {
	t.Parallel()
	meanwhile := func() {}
	between := func(r *http.Request, _ *http.Response) {
		if r.Method == http.MethodPost {
			meanwhile()
		}
	}
	bubbleThrough(t, sfmock.Options{}, between, func(t *testing.T, _ *sfmock.Org, c *Client) {
		t.Helper()
		meanwhile = func() { readAheadNow(t, c.PermissionSets) }
		for _, label := range []string{"One", "Two"} {
			if err := c.Deploy(t.Context(), "write", []DeployItem{item("PermissionSet", "Robot", "label", label)}, DeployOptions{}); err != nil {
				t.Fatal(err)
			}
			if set, err := c.PermissionSets.Find(t.Context(), "Name", "Robot"); err != nil || set.Label != label {
				t.Errorf("%+v, %v", set, err)
			}
		}
	})
}

func TestDeployWaitsInTheQueue(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.SetDeployPolls(40)
		within(t, 10*time.Minute, func() {
			if err := c.Deploy(t.Context(), "write", []DeployItem{custom("Robots", "Robots")}, DeployOptions{}); err != nil {
				t.Error(err)
			}
		})
		sent(t, o, 1)
		asked := o.Requests(polls)
		if len(asked) != 41 || asked[40].Time.Sub(asked[20].Time) < 2*asked[20].Time.Sub(asked[0].Time)/3 {
			t.Errorf("%d polls", len(asked))
		}
	})
}

// TestDeployHasTheTurn of the org: other writes would be refused while it runs.
func TestDeployHasTheTurn(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{Latency: time.Second}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.SetDeployPolls(5)
		allSucceed(t, together(9, func(i int) error {
			name := fmt.Sprintf("P%d", i)
			if i%3 == 0 {
				return c.Deploy(t.Context(), "write "+name, []DeployItem{custom(name, name)}, DeployOptions{Once: true})
			}
			<-time.After(time.Duration(i) * time.Second)
			return UpsertMetadata(t.Context(), c, "CustomPermission", name, permission(name))
		}))
		names := map[string]int{}
		for _, r := range o.Requests(sfmock.Match{Kind: "metadata write"}) {
			for i := range 9 {
				if name := fmt.Sprintf("P%d", i); strings.Contains(string(r.Body), element("fullName", name)) {
					names[name]++
				}
			}
		}
		for name, times := range names {
			if times != 1 {
				t.Errorf("%s was written %d times", name, times)
			}
		}
		sent(t, o, 3)
	})
}

// TestDeploymentsShareOne that fails only for those who are to blame: the others are deployed without them.
func TestDeploymentsShareOne(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		bad  string // the component that Salesforce refuses, or "" for none
		sent int
	}{"all good": {"", 1}, "one bad": {"P3", 6}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				err := errors.Join(together(5, func(i int) error {
					item := custom(fmt.Sprintf("P%d", i), "Label")
					if item.FullName == test.bad {
						item.Component.Remove("label")
					}
					return c.Deploy(t.Context(), "write "+item.FullName, []DeployItem{item}, DeployOptions{})
				})...)
				sent(t, o, test.sent)
				refused, isRefusal := errors.AsType[*DeployError](err)
				if isRefusal != (test.bad != "") || isRefusal && (len(refused.Failures) != 1 || refused.Failures[0].FullName != test.bad) {
					t.Error(err)
				}
				for i := range 5 {
					name := fmt.Sprintf("P%d", i)
					if _, there := o.Component("CustomPermission", name); there == (name == test.bad) {
						t.Errorf("%s is there: %t", name, there)
					}
				}
			})
		})
	}
}

// TestDeployTakesAnyToken, those in the form of a JWT included, which SOAP refuses before version 68.0.
func TestDeployTakesAnyToken(t *testing.T) {
	t.Parallel()
	const token = "eyJhbGciOiJub25lIn0.e30.c2ln"
	var paths []string
	transport := roundTripper(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/services/data" {
			return answer(200, `[{"version":"67.0"}]`)().response()
		}
		if r.Header.Get("Authorization") != "Bearer "+token {
			t.Errorf("%v", r.Header)
		}
		paths = append(paths, r.Method+" "+r.URL.Path)
		return answer(200, `{"id":"0Af000000000001AAA","deployResult":{"status":"Succeeded","done":"true","numberComponentErrors":"0"}}`)().response()
	})
	c, err := New(t.Context(), Config{AccessToken: token, InstanceURL: "https://example.com", APIVersion: "67.0", Transport: transport})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Deploy(t.Context(), "write", []DeployItem{custom("Robots", "Robots")}, DeployOptions{}); err != nil {
		t.Error(err)
	}
	want := []string{"POST /services/data/v67.0/metadata/deployRequest", "GET /services/data/v67.0/metadata/deployRequest/0Af000000000001AAA"}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Error(diff)
	}
}

// TestDeployIsLogged with its options and the names of its files; what is in them may be secret.
func TestDeployIsLogged(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, _ *sfmock.Org, c *Client) {
		t.Helper()
		var requests []string
		c.config.Trace = func(_ context.Context, e Exchange) { requests = append(requests, e.Request) }
		if err := c.Deploy(t.Context(), "write", []DeployItem{custom("Robots", "a secret")}, DeployOptions{}); err != nil {
			t.Error(err)
		}
		if shown := requests[0]; !strings.Contains(shown, `"rollbackOnError":true`) || !strings.Contains(shown, "customPermissions/Robots.customPermission, package.xml") || strings.Contains(shown, "a secret") {
			t.Error(shown)
		}
	})
}
