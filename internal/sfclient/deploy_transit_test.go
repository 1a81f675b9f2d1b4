package sfclient

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// TestDeployInTransit lets answers get lost, with content that may be sent twice and with content that may not.
func TestDeployInTransit(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		where            sfmock.Match
		times            int
		fault            sfmock.Fault
		sent, sentIfOnce int
		doneIfOnce       bool // otherwise it is uncertain
	}{
		"the request is lost":         {posts, 1, sfmock.Fault{Reset: true}, 2, 1, false},
		"its answer is lost":          {posts, 1, sfmock.Fault{ResetAfterCommit: true}, 2, 1, false},
		"half of its answer is":       {posts, 1, sfmock.Fault{TruncateBody: true}, 2, 1, false},
		"a page for an answer":        {posts, 1, sfmock.Fault{Status: 503, Body: "<html></html>"}, 2, 1, false},
		"an answer without an id":     {posts, 1, sfmock.Fault{Status: 201, Body: "{}", ContentType: "application/json"}, 2, 1, false},
		"the org is busy":             {posts, 2, sfmock.Fault{Status: 403, Code: "REQUEST_LIMIT_EXCEEDED", Message: "ConcurrentRequests (Concurrent API Requests) Limit exceeded."}, 3, 3, true},
		"the session ended":           {posts, 1, sfmock.Fault{KillSessions: true}, 2, 2, true},
		"the setup is locked":         {posts, 3, sfmock.Fault{Code: "ALREADY_IN_PROCESS", Message: "temporarily locked"}, 4, 4, true},
		"polls are reset":             {polls, 3, sfmock.Fault{Reset: true}, 1, 1, true},
		"a later poll is":             {polls, 1, sfmock.Fault{After: 1, ResetAfterCommit: true}, 1, 1, true},
		"a gateway answers polls":     {polls, 2, sfmock.Fault{Status: 502, Body: "<html></html>"}, 1, 1, true},
		"a lock stops the deployment": {polls, 1, sfmock.Fault{Status: 200, Body: `{"deployResult":{"status":"Failed","errorStatusCode":"UNABLE_TO_LOCK_ROW","errorMessage":"locked"}}`, ContentType: "application/json"}, 2, 2, true},
	} {
		for _, once := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, once %t", name, once), func(t *testing.T) {
				t.Parallel()
				bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
					t.Helper()
					o.SetDeployPolls(3)
					o.Fail(test.where, test.times, test.fault)
					err := c.Deploy(t.Context(), "write", []DeployItem{custom("Robots", "Robots")}, DeployOptions{Once: once})
					_, there := o.Component("CustomPermission", "Robots")
					want := test.sent
					if once {
						want = test.sentIfOnce
					}
					sent(t, o, want)
					switch {
					case (!once || test.doneIfOnce) && (err != nil || !there):
						t.Errorf("there: %t, %v", there, err)
					case once && !test.doneIfOnce && !uncertain(err):
						t.Errorf("not uncertain: %v", err)
					}
				})
			})
		}
	}
}

// TestDeployStaysUncertain after a lost answer, even where Salesforce refuses the next request.
func TestDeployStaysUncertain(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.Fail(posts, 1, sfmock.Fault{ResetAfterCommit: true})
		o.Fail(posts, 1, sfmock.Fault{Status: 403, Code: "INSUFFICIENT_ACCESS", Message: "not any more"})
		items := []DeployItem{custom("Robots", "Robots")}
		if err := c.Deploy(t.Context(), "write", items, DeployOptions{}); !uncertain(err) || !errors.Is(err, ErrAccess) {
			t.Errorf("%v", err)
		}
		o.Fail(posts, 1, sfmock.Fault{Status: 403, Code: "INSUFFICIENT_ACCESS", Message: "not at all"})
		if err := c.Deploy(t.Context(), "write", items, DeployOptions{}); uncertain(err) || !errors.Is(err, ErrAccess) {
			t.Errorf("a plain refusal: %v", err)
		}
		o.Fail(posts, -1, sfmock.Fault{Status: 503, Body: "<html></html>"})
		within(t, time.Minute, func() {
			if err := c.Deploy(t.Context(), "write", items, DeployOptions{}); !uncertain(err) {
				t.Errorf("never an answer: %v", err)
			}
		})
	})
}

func TestDeployIsGivenUp(t *testing.T) {
	t.Parallel()
	const inHands = "which was asked to cancel it"
	type lever = func(*sfmock.Org)
	fail := func(m sfmock.Match, times int, f sfmock.Fault) lever {
		return func(o *sfmock.Org) { o.Fail(m, times, f) }
	}
	for name, test := range map[string]struct {
		after   time.Duration
		lever   lever
		cancels int
		text    string // of the error, empty for none
		unclear bool
	}{
		"at once":                 {0, nil, 0, "", false},
		"while it waits":          {500 * time.Millisecond, nil, 1, "was cancelled and nothing of it was done", false},
		"while it runs":           {20 * time.Second, nil, 1, "was cancelled and nothing of it was done", false},
		"while it is sent":        {time.Second, fail(posts, 1, sfmock.Fault{Delay: time.Minute}), 1, "was cancelled and nothing of it was done", false},
		"the cancelling is lost":  {time.Second, fail(cancels, 1, sfmock.Fault{Reset: true}), 2, "was cancelled and nothing of it was done", false},
		"its answer is":           {time.Second, fail(cancels, 1, sfmock.Fault{ResetAfterCommit: true}), 2, "was cancelled and nothing of it was done", false},
		"it may not be cancelled": {time.Second, fail(cancels, 1, sfmock.Fault{Status: 400, Code: "INVALID_ID_FIELD", Message: "finalizing"}), 1, "asking to cancel it failed (cancel deployment 0Af", true},
		"nobody tells what came":  {2 * time.Second, fail(polls, -1, sfmock.Fault{Status: 503, Body: "<html></html>", Delay: time.Second}), 1, inHands, true},
		"polls are refused":       {time.Hour, fail(polls, -1, sfmock.Fault{Status: 403, Code: "INSUFFICIENT_ACCESS", Message: "not any more"}), 1, inHands, true},
		"it is faster": {time.Hour, func(o *sfmock.Org) {
			o.SetDeployPolls(0)
			o.Fail(polls, transportPace.tries, sfmock.Fault{TruncateBody: true})
		}, 1, "", false},
		"another is sent besides it": {2 * time.Minute, fail(posts, 1, sfmock.Fault{ResetAfterCommit: true}), 1, "request before that one was lost", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				o.SetDeployPolls(1000)
				if test.lever != nil {
					test.lever(o)
				}
				ctx, cancel := context.WithTimeout(t.Context(), test.after)
				defer cancel()
				err := c.Deploy(ctx, "write Robots", []DeployItem{custom("Robots", "Robots")}, DeployOptions{})
				if got := len(o.Requests(cancels)); got != test.cancels {
					t.Errorf("%d requests to cancel, want %d", got, test.cancels)
				}
				if name == "at once" {
					sent(t, o, 0)
					if !errors.Is(err, context.DeadlineExceeded) || uncertain(err) {
						t.Error(err)
					}
					return
				}
				if (err != nil) != (test.text != "") || uncertain(err) != test.unclear {
					t.Fatalf("uncertain: %t, %v", uncertain(err), err)
				}
				if err != nil && !strings.Contains(err.Error(), test.text) {
					t.Errorf("%q is not in %v", test.text, err)
				}
				if name != "polls are refused" && err != nil && !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("the reason is lost: %v", err)
				}
				if len(c.metadataTurn) != 0 {
					t.Error("the turn was not given back")
				}
			})
		})
	}
}
