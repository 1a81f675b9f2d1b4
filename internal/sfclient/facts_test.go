package sfclient

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestFactsAreAskedForOnce(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{Latency: time.Second}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		allSucceed(t, together(20, func(int) error {
			description, err := c.Describe(t.Context(), "User")
			if field := description.Fields["Username"]; err == nil && (field.Length != 80 || !field.Createable || field.Type != "string") {
				t.Errorf("%+v", field)
			}
			return err
		}))
		calls(t, o, "describe", 1)
		org, err := c.Organization(t.Context())
		if err != nil || org.Name != "Example Corporation" || org.ID != o.Records("Organization")[0]["Id"] {
			t.Errorf("%+v, %v", org, err)
		}
		features, err := c.UserFeatures(t.Context())
		if err != nil || !slices.Contains(features, "MarketingUser") || slices.Contains(features, "Username") {
			t.Errorf("%v, %v", features, err)
		}
		calls(t, o, "describe", 1)
	})
}

// TestTheFirstWhoAsksMayGiveUp while others wait for the same answer.
func TestTheFirstWhoAsksMayGiveUp(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.Fail(sfmock.Match{Kind: "describe"}, 1, sfmock.Fault{Delay: time.Minute})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		results := together(2, func(i int) error {
			wait(t, time.Duration(i)*time.Millisecond)
			asker := ctx
			if i > 0 {
				asker = context.WithoutCancel(ctx)
			}
			_, err := c.Describe(asker, "User")
			return err
		})
		if !errors.Is(results[0], context.DeadlineExceeded) || results[1] != nil {
			t.Error(results)
		}
		calls(t, o, "describe", 1)
	})
}

func TestFailedFactsAreNotKept(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	o.Fail(sfmock.Match{Kind: "describe"}, 1, sfmock.Fault{Code: "INVALID_TYPE", Message: "no"})
	if _, err := c.Describe(t.Context(), "User"); err == nil {
		t.Error("there is an answer")
	}
	if _, err := c.Describe(t.Context(), "User"); err != nil {
		t.Error(err)
	}
}

func TestID18(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"a0BA0000000L2ZC": "a0BA0000000L2ZCMA0", "001D000000INjVe": "001D000000INjVeIAL",
		"70130000001tcyI": "70130000001tcyIAAQ", "005x00000012Q9P": "005x00000012Q9PAAU",
		"005x00000012Q9PAAU": "005x00000012Q9PAAU", "": "", "@{user.id}": "@{user.id}", "émile@example": "émile@example",
	} {
		if got := ID18(id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}
