package sfclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// The password that Salesforce generates is nobody's to see.
func TestResetPassword(t *testing.T) {
	t.Parallel()
	const generated = "Ob5cure4nd5ecret"
	o := newOrg(t)
	var seen []string
	config := o.jwt()
	config.Trace = func(_ context.Context, e Exchange) { seen = append(seen, fmt.Sprintf("%+v", e)) }
	c := o.connect(t, config)
	user, _ := o.Find("User", "Username", machine)["Id"].(string)
	before := o.Record(user)["LastPasswordChangeDate"]
	if err := c.ResetPassword(t.Context(), user); err != nil || o.Record(user)["LastPasswordChangeDate"] == before {
		t.Errorf("the password was changed at %v: %v", o.Record(user)["LastPasswordChangeDate"], err)
	}
	o.Fail(sfmock.Match{Method: http.MethodDelete}, 1, sfmock.Fault{Status: http.StatusOK, Body: `{"NewPassword":"` + generated + `"}`, ContentType: "application/json"})
	o.Fail(sfmock.Match{Method: http.MethodDelete}, 1, sfmock.Fault{Status: http.StatusBadGateway, Body: `{"NewPassword":"` + generated + `"}`, ContentType: "application/json"})
	err := errors.Join(c.ResetPassword(t.Context(), user), c.ResetPassword(t.Context(), user))
	if said := fmt.Sprint(err, seen); strings.Contains(said, generated) || !strings.Contains(said, `"NewPassword":"***"`) {
		t.Errorf("it says %s", said)
	}
}

// A reset whose answer is lost is not sent again: the user would get two mails, the first with a dead link.
func TestResetPasswordIsNotRepeated(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		user, _ := o.Find("User", "Username", machine)["Id"].(string)
		o.Fail(sfmock.Match{Method: http.MethodDelete}, 1, sfmock.Fault{ResetAfterCommit: true})
		if err := c.ResetPassword(t.Context(), user); !uncertain(err) {
			t.Errorf("%v", err)
		}
		if n := len(o.Requests(sfmock.Match{Method: http.MethodDelete})); n != 1 {
			t.Errorf("it was sent %d times", n)
		}
	})
}

func TestLacks(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	administrator := o.connect(t, o.jwt())
	if lacking, err := administrator.Lacks(t.Context(), "ManageUsers", "ResetPasswords"); err != nil || lacking != nil {
		t.Errorf("the administrator lacks %v (%v)", lacking, err)
	}
	robot := o.connect(t, o.clientCredentials())
	if lacking, err := robot.Lacks(t.Context(), "ApiEnabled", "ManageUsers"); err != nil || fmt.Sprint(lacking) != "[ManageUsers]" {
		t.Errorf("the machine lacks %v (%v)", lacking, err)
	}
}
