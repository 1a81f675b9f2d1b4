package sfclient

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const (
	administrator   = "admin@example.com"
	machine         = "robot@example.com" // API only; whom client credentials sign in
	machineProfile  = "Minimum Access - API Only Integrations"
	consumerKey     = "3MVG9.test.consumer.key"
	consumerSecret  = "test-consumer-secret"
	inProcessDomain = "https://mock.my.salesforce.com"
)

// keyPair is made once: RSA keys take their time.
var keyPair = sync.OnceValue(func() (pair struct{ private, certificate string }) {
	var err error
	if pair.private, pair.certificate, err = sfmock.NewKey(); err != nil {
		panic(err)
	}
	return pair
})

var otherKey = sync.OnceValue(func() string {
	private, _, err := sfmock.NewKey()
	if err != nil {
		panic(err)
	}
	return private
})

// testApp lets administrators in by JWT, and the machine by client credentials.
func testApp() sfmock.App {
	return sfmock.App{
		Name: "Terraform", ConsumerKey: consumerKey, ConsumerSecret: consumerSecret, CertificatePEM: keyPair().certificate,
		Scopes: []string{"api", "refresh_token"}, AdminApproved: true, Profiles: []string{"System Administrator", machineProfile},
		ClientCredentials: true, RunAs: machine,
	}
}

// testOrg is a mock org that listens.
type testOrg struct {
	*sfmock.Org
	url, loginURL string
}

func newOrg(t *testing.T) *testOrg {
	t.Helper()
	o := &testOrg{Org: sfmock.New(sfmock.Options{})}
	seed(t, o.Org)
	server, err := o.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	o.url, o.loginURL = server.URL, server.LoginURL
	return o
}

func seed(t *testing.T, o *sfmock.Org) {
	t.Helper()
	o.AddApp(testApp())
	for _, licence := range []string{"Salesforce", "Salesforce Integration", "SalesforceAPIIntegrationPsl"} {
		if err := o.SetSeats(licence, -1); err != nil {
			t.Fatal(err)
		}
	}
	insert(t, o, "User", userValues(o, machine, map[string]any{"ProfileId": o.Find("Profile", "Name", machineProfile)["Id"]}))
}

func insert(t *testing.T, o *sfmock.Org, object string, values map[string]any) (id string) {
	t.Helper()
	id, err := o.Insert(object, values)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// userValues is all that a user needs, and more.
func userValues(o *sfmock.Org, username string, more map[string]any) Values {
	values := Values{
		"Username": username, "LastName": "Robot", "Email": username, "Alias": "robot", "ProfileId": o.Find("Profile", "Name", "Standard User")["Id"],
		"TimeZoneSidKey": "GMT", "LocaleSidKey": "en_US", "LanguageLocaleKey": "en_US", "EmailEncodingKey": "UTF-8",
	}
	maps.Copy(values, more)
	return values
}

// role is all that a role needs.
func role(name string) Values {
	return Values{"Name": name, "DeveloperName": name, "OpportunityAccessForAccountOwner": "Edit", "CaseAccessForAccountOwner": "Edit", "RollupDescription": strings.Repeat("x", 80)}
}

func (o *testOrg) jwt() Config {
	return Config{LoginURL: o.url, ClientID: consumerKey, Username: administrator, PrivateKey: keyPair().private, UserAgent: "test/1"}
}

func (o *testOrg) clientCredentials() Config {
	return Config{LoginURL: o.url, ClientID: consumerKey, ClientSecret: consumerSecret}
}

func (o *testOrg) token(t *testing.T) Config {
	t.Helper()
	token, err := o.Token(administrator)
	if err != nil {
		t.Fatal(err)
	}
	return Config{InstanceURL: o.url, AccessToken: token}
}

// connect signs in over real HTTP and forgets what that took.
func (o *testOrg) connect(t *testing.T, config Config) *Client {
	t.Helper()
	c, err := New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	o.ResetRequests()
	return c
}

// inFakeTime runs a test in a bubble, and gives what it started the time to end.
func inFakeTime(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		t.Helper()
		defer wait(t, time.Second)
		test(t)
	})
}

// bubble runs a test with an org of its own and a client that is signed in, in fake time and without a network. Requests of the
// sign-in are forgotten.
func bubble(t *testing.T, options sfmock.Options, test func(t *testing.T, o *sfmock.Org, c *Client)) {
	t.Helper()
	bubbleThrough(t, options, func(*http.Request, *http.Response) {}, test)
}

// bubbleThrough is bubble with a look at every exchange before the client gets its answer.
func bubbleThrough(t *testing.T, options sfmock.Options, between func(*http.Request, *http.Response), test func(t *testing.T, o *sfmock.Org, c *Client)) {
	t.Helper()
	keyPair()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		o := sfmock.New(options)
		seed(t, o)
		transport := o.Transport()
		defer transport.(*http.Transport).CloseIdleConnections()
		c, err := New(t.Context(), Config{
			LoginURL: inProcessDomain, ClientID: consumerKey, Username: administrator, PrivateKey: keyPair().private, UserAgent: "test/1",
			Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
				response, err := transport.RoundTrip(r)
				if err == nil {
					between(r, response)
				}
				return response, err
			}),
		})
		if err != nil {
			t.Fatal(err)
		}
		o.ResetRequests()
		test(t, o, c)
	})
}

// together runs work n times side by side and returns the errors in order.
func together(n int, work func(i int) error) []error {
	results := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { results[i] = work(i) })
	}
	group.Wait()
	return results
}

func allSucceed(t *testing.T, results []error) {
	t.Helper()
	if err := errors.Join(results...); err != nil {
		t.Error(err)
	}
}

// calls checks how many requests of a kind the org got.
func calls(t *testing.T, o *sfmock.Org, kind string, want int) {
	t.Helper()
	if got := o.Calls()[kind]; got != want {
		t.Errorf("%d %s requests, want %d: %v", got, kind, want, o.Calls())
	}
}

// ask is the cheapest request of all that need a session.
func ask(ctx context.Context, c *Client) error {
	_, err := Query[struct{}](ctx, c, "ask", "SELECT Id FROM Organization")
	return err
}

// roundTripper is a transport that a test scripts.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// withCancelled is a context that has ended.
func withCancelled(t *testing.T) (context.Context, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx, cancel
}

// wait lets the fake clock advance.
func wait(t *testing.T, d time.Duration) {
	t.Helper()
	select {
	case <-time.After(d):
	case <-t.Context().Done():
		t.Fatal("the test ended")
	}
}

// permissionSet is as much of the component as tests need.
type permissionSet struct {
	FullName    string `xml:"fullName"`
	Description string `xml:"description,omitempty"`
	Label       string `xml:"label"`
}

// within fails the test when the fake clock says that work took longer.
func within(t *testing.T, limit time.Duration, work func()) {
	t.Helper()
	started := time.Now()
	if work(); time.Since(started) > limit {
		t.Errorf("it took %s, longer than %s", time.Since(started), limit)
	}
}

var errTest = errors.New("an error of the test's own")
