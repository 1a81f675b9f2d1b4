package provider

import (
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// The CLI prefixes all its output with a warning when this names a file that is not there.
func TestMain(m *testing.M) {
	os.Unsetenv("TF_CLI_CONFIG_FILE")
	for _, a := range signInArguments {
		os.Unsetenv(a.variable)
	}
	resource.TestMain(m)
}

var factories = map[string]func() (tfprotov6.ProviderServer, error){
	"salesforce": providerserver.NewProtocol6WithError(New("test")()),
}

// testOrg is a mock org of one test, and how the provider signs in to it.
type testOrg struct {
	*sfmock.Org
	url, loginURL string
	provider      string            // a provider block that signs in by JWT
	transport     http.RoundTripper // nil for the network
}

// appKey is made once: RSA keys take their time.
var appKey = sync.OnceValues(func() (keys [2]string, err error) {
	keys[0], keys[1], err = sfmock.NewKey()
	return keys, err
})

const appConsumerKey = "3MVG9.test.consumer.key"

// seededOrg is an org with what tests refer to.
func seededOrg(t *testing.T) (org *sfmock.Org, privateKey string) {
	t.Helper()
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	org = sfmock.New(sfmock.Options{})
	org.AddApp(sfmock.App{
		Name: "Terraform", ConsumerKey: appConsumerKey, ConsumerSecret: "test-consumer-secret", CertificatePEM: keys[1], Scopes: []string{"api", "refresh_token"},
		AdminApproved: true, Profiles: []string{"System Administrator"},
		ClientCredentials: true, External: true,
	})
	return org, keys[0]
}

// newOrg starts an org for one test.
func newOrg(t *testing.T) *testOrg {
	t.Helper()
	org, key := seededOrg(t)
	server, err := org.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return &testOrg{Org: org, url: server.URL, loginURL: server.LoginURL, provider: fmt.Sprintf(`
provider "salesforce" {
  login_url   = %q
  client_id   = %q
  username    = %q
  private_key = <<-PEM
%s
  PEM
}
`, server.URL, appConsumerKey, org.AdministratorUsername(), strings.TrimSpace(key))}
}

// inFakeTime runs a test with an org that is reached without a network. What is asked for at the same time then travels together however
// busy the machine is, so that calls can be counted.
func inFakeTime(t *testing.T, test func(t *testing.T, o *testOrg)) {
	t.Helper()
	if _, err := everySchema(); err != nil {
		t.Fatal(err)
	}
	_, _ = appKey()
	synctest.Test(t, func(t *testing.T) {
		t.Helper()
		org, _ := seededOrg(t)
		transport := org.Transport().(*http.Transport)
		defer func() {
			transport.CloseIdleConnections()
			<-time.After(time.Second) // for what the provider started to end
		}()
		test(t, &testOrg{Org: org, url: "https://mock.my.salesforce.com", transport: transport})
	})
}

// test runs steps with real Terraform against the org; each step's configuration gets the provider block in front. It needs
// TF_ACC=1 like every test that starts Terraform.
func (o *testOrg) test(t *testing.T, destroyed resource.TestCheckFunc, steps ...resource.TestStep) {
	t.Helper()
	var used []string
	for i, step := range steps {
		if step.Config == "" {
			continue
		}
		for _, block := range typedBlock.FindAllStringSubmatch(step.Config, -1) {
			used = append(used, registryKinds[block[1]]+"/"+block[2])
		}
		steps[i].Config = o.provider + step.Config
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: factories, CheckDestroy: destroyed, Steps: steps})
	o.asksOnly(t, used...)
}

// typedBlock is the first line of a block of this provider's.
var typedBlock = regexp.MustCompile(`(?m)^\s*(resource|data|ephemeral) "(salesforce_\w+)"`)

var registryKinds = map[string]string{"resource": "resource", "data": "data-source", "ephemeral": "ephemeral"}

// nothing is for tests that leave nothing to ask for after a destroy.
func nothing(*terraform.State) error { return nil }

// insert puts a record into the org, as an administrator in Setup would.
func (o *testOrg) insert(t *testing.T, object string, values map[string]any) (id string) {
	t.Helper()
	id, err := o.Insert(object, values)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// update changes a record in the org behind Terraform's back.
func (o *testOrg) update(t *testing.T, id string, values map[string]any) {
	t.Helper()
	if err := o.Update(id, values); err != nil {
		t.Fatal(err)
	}
}

// profile is the id of a seeded profile.
func (o *testOrg) profile(t *testing.T, name string) string {
	t.Helper()
	return o.id(t, "Profile", "Name", name)
}

// id finds a record by a column.
func (o *testOrg) id(t *testing.T, object, column string, value any) string {
	t.Helper()
	record := o.Find(object, column, value)
	if record == nil {
		t.Fatalf("the org has no %s with %s %v", object, column, value)
	}
	return record["Id"].(string)
}
