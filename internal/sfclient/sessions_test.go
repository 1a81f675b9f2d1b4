package sfclient

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const callers = 10

func TestExpiryIsSharedByAll(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{Latency: time.Second}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.ExpireSessions()
		allSucceed(t, together(callers, func(int) error { return ask(t.Context(), c) }))
		calls(t, o, "token", 1)
		calls(t, o, "query", 2*callers)
		allSucceed(t, together(callers, func(int) error { return ask(t.Context(), c) }))
		calls(t, o, "token", 1)
	})
}

// TestOldRefusalsDoNotEndANewSession has a refusal of the old token arrive when the new one is there already.
func TestOldRefusalsDoNotEndANewSession(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.ExpireSessions()
		o.Fail(sfmock.Match{Contains: "slow"}, 1, sfmock.Fault{Delay: time.Minute})
		allSucceed(t, together(2, func(i int) error {
			statement := "SELECT Id FROM Organization"
			if i == 0 {
				statement += " WHERE Name = 'slow'"
			}
			_, err := Query[struct{}](t.Context(), c, "ask", statement)
			return err
		}))
		calls(t, o, "token", 1)
	})
}

func TestExpiryWithClientCredentials(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.clientCredentials())
	o.ExpireSessions()
	if err := ask(t.Context(), c); err != nil {
		t.Error(err)
	}
	calls(t, o.Org, "token", 1)
}

func TestExpiryWhereWhoAmIAsks(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	o.ExpireSessions()
	if who, err := c.WhoAmI(t.Context()); err != nil || who.Username != administrator {
		t.Errorf("%+v, %v", who, err)
	}
	calls(t, o.Org, "token", 1)
}

func TestANewTokenIsAskedForOnce(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	o.Fail(sfmock.Match{Kind: "query"}, -1, sfmock.Fault{Status: 401, Code: "INVALID_SESSION_ID", Message: "Session expired or invalid"})
	if err := ask(t.Context(), c); !errors.Is(err, ErrSession) {
		t.Error(err)
	}
	calls(t, o.Org, "token", 1)
	calls(t, o.Org, "query", 2)
}

func TestWhatNoNewTokenCures(t *testing.T) {
	t.Parallel()
	for _, fault := range []sfmock.Fault{
		{Status: 401, Code: "INVALID_SESSION_ID", Message: "This session is not valid for use with the REST API"},
		{Status: 401, Code: "INVALID_SESSION_ID", Message: "Connected app is not attached to Agent"},
		{Status: 401, Code: "INVALID_OPERATION_WITH_EXPIRED_PASSWORD", Message: "Your password has expired. Please reset your password."},
	} {
		t.Run(fault.Message, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			c := o.connect(t, o.jwt())
			o.Fail(sfmock.Match{}, -1, fault)
			if err := ask(t.Context(), c); !errors.Is(err, ErrSession) || !strings.Contains(err.Error(), fault.Message) {
				t.Error(err)
			}
			calls(t, o.Org, "token", 0)
			calls(t, o.Org, "query", 1)
		})
	}
}

func TestAccessTokensAreNotReplaced(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.token(t))
	if err := ask(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	o.ExpireSessions()
	if err := ask(t.Context(), c); !errors.Is(err, ErrSession) || !strings.Contains(err.Error(), "no new one can be had") {
		t.Error(err)
	}
	calls(t, o.Org, "token", 0)
	calls(t, o.Org, "query", 2)
}

// TestARefusedSignInEndsTheRun freezes the user in mid-run: only one sign-in is refused, whoever else asks, and no write is called
// uncertain that was never sent.
func TestARefusedSignInEndsTheRun(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		if err := o.Freeze(administrator, true); err != nil {
			t.Fatal(err)
		}
		results := together(callers, func(int) error { return ask(t.Context(), c) })
		_, err := c.UserRoles.Create(t.Context(), role("Robots"))
		for _, err := range append(results, err) {
			if _, ok := errors.AsType[*SignInError](err); !ok || uncertain(err) {
				t.Error(err)
			}
		}
		calls(t, o, "token", 1)
		calls(t, o, "collection", 0)
	})
}

// TestATokenEndpointThatIsDown is not the end of the run.
func TestATokenEndpointThatIsDown(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.ExpireSessions()
		o.Fail(sfmock.Match{Kind: "token"}, signInPace.tries, sfmock.Fault{Status: 503, Body: "<html>maintenance</html>"})
		if err := ask(t.Context(), c); err == nil || uncertain(err) {
			t.Error(err)
		}
		calls(t, o, "token", signInPace.tries)
		if err := ask(t.Context(), c); err != nil {
			t.Error(err)
		}
	})
}

func TestAnotherOrgEndsTheRun(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		before := o.Records("Organization")[0]["Id"].(string)
		after := ID18("00DHs0000000042")
		o.SetOrgID(after)
		results := together(callers, func(int) error { return ask(t.Context(), c) })
		_, err := c.UserRoles.Create(t.Context(), role("Robots"))
		for _, err := range append(results, err) {
			if err == nil || !strings.Contains(err.Error(), before) || !strings.Contains(err.Error(), after) || uncertain(err) {
				t.Error(err)
			}
		}
		calls(t, o, "token", 1)
		calls(t, o, "query", callers)
		calls(t, o, "collection", 0)
	})
}

func TestTheOrgMoves(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := o.jwt()
	config.LoginURL = o.loginURL
	c := o.connect(t, config)
	moved, err := o.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(moved.Close)
	o.SetInstanceURL(moved.URL)
	if err := ask(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadMetadata[permissionSet](t.Context(), c, "PermissionSet", "Nobody"); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	calls(t, o.Org, "token", 1)
	for _, r := range o.Requests(sfmock.Match{})[2:] {
		if "http://"+r.Host != moved.URL {
			t.Errorf("%s %s went to %s", r.Method, r.Path, r.Host)
		}
	}
}

func TestSOAPSessionsExpireToo(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	o.ExpireSessions()
	if err := UpsertMetadata(t.Context(), c, "PermissionSet", "Robots", permissionSet{FullName: "Robots", Label: "Robots"}); err != nil {
		t.Fatal(err)
	}
	calls(t, o.Org, "token", 1)
	calls(t, o.Org, "metadata write", 2)
	for _, r := range o.Requests(sfmock.Match{Kind: "metadata write"}) {
		if r.Header.Get("Authorization") != "" {
			t.Error("SOAP takes its token from the envelope, not from a header")
		}
	}
	if status := o.Requests(sfmock.Match{Kind: "metadata write"})[0].Status; status != http.StatusInternalServerError {
		t.Errorf("the expired session was answered with %d", status)
	}
}
