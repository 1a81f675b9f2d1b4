package sfclient

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestVersions(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		chosen        string
		newest        int
		speaks, warns string
		fails         string
	}{
		"the default":                 {newest: 68, speaks: "68.0"},
		"the default, a newer org":    {newest: 69, speaks: "68.0"},
		"the default, an older org":   {newest: 66, speaks: "66.0", warns: "does not offer API version 68.0 yet, so 66.0 is used"},
		"a chosen one":                {chosen: "62.0", newest: 68, speaks: "62.0"},
		"a chosen one, too new":       {chosen: "68.0", newest: 67, fails: "does not offer API version 68.0; it offers 31.0 to 67.0."},
		"a chosen one, retired":       {chosen: "20.0", newest: 68, fails: "does not offer API version 20.0; it offers 31.0 to 68.0."},
		"a chosen one, badly written": {chosen: "v68", newest: 68, fails: "does not offer API version v68; it offers 31.0 to 68.0."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.SetNewestVersion(test.newest)
			config := o.jwt()
			config.APIVersion = test.chosen
			c, err := New(t.Context(), config)
			if test.fails != "" {
				if blamed, ok := errors.AsType[*ConfigError](err); !ok || blamed.Field != "APIVersion" || !strings.Contains(blamed.Problem, test.fails) {
					t.Errorf("%v, want %s", err, test.fails)
				}
				return
			}
			if err != nil || c.APIVersion() != test.speaks {
				t.Fatalf("%v", err)
			}
			if warned := strings.Join(c.Warnings(), "\n"); (warned == "") != (test.warns == "") || !strings.Contains(warned, test.warns) {
				t.Errorf("warnings %q", warned)
			}
			if err := ask(t.Context(), c); err != nil {
				t.Error(err)
			}
			for _, r := range o.Requests(sfmock.Match{Path: "/services/data"}) {
				switch {
				case r.Path == "/services/data" && r.Header.Get("Authorization") != "":
					t.Error("the list of versions needs no token")
				case r.Path != "/services/data" && !strings.HasPrefix(r.Path, "/services/data/v"+test.speaks+"/"):
					t.Errorf("%s is not version %s", r.Path, test.speaks)
				}
			}
		})
	}
}

func TestHostsWithoutVersions(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ body, says string }{
		"an empty list": {"[]", "lists no API versions"},
		"something":     {`[{"version":"latest"}]`, "lists no API versions"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := New(t.Context(), Config{AccessToken: "t", InstanceURL: "https://example.com", Transport: roundTripper(func(*http.Request) (*http.Response, error) {
				return answer(200, test.body)().response()
			})})
			if blamed, ok := errors.AsType[*ConfigError](err); !ok || blamed.Field != "InstanceURL" || !strings.Contains(blamed.Problem, test.says) {
				t.Error(err)
			}
		})
	}
	_, err := New(t.Context(), Config{AccessToken: "t", InstanceURL: "https://example.com", Transport: roundTripper(func(*http.Request) (*http.Response, error) {
		return answer(404, "<html>")().response()
	})})
	if err == nil || !strings.Contains(err.Error(), "My Domain") {
		t.Error(err)
	}
}

// TestTokensThatSOAPRefuses warns of them while there is time to change the app.
func TestTokensThatSOAPRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		token, version string
		warns          bool
	}{{"eyJh.eyJi.sig", "67.0", true}, {"eyJh.eyJi.sig", "68.0", false}, {"00Dx!eyJ.x", "67.0", false}, {"opaque", "67.0", false}} {
		c, err := New(t.Context(), Config{
			AccessToken: test.token, InstanceURL: "https://example.com", APIVersion: test.version,
			Transport: roundTripper(func(*http.Request) (*http.Response, error) {
				return answer(200, `[{"version":"67.0"},{"version":"68.0"}]`)().response()
			}),
		})
		if err != nil || (len(c.Warnings()) == 1) != test.warns {
			t.Errorf("%+v: %v, %v", test, c.Warnings(), err)
		}
	}
}
