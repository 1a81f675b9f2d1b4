package sfclient

import (
	"context"
	"net/http"
	"net/url"
)

// SetPassword gives a user a new password. It is not sent again after a fault on the way: the org's password history would
// refuse the same one.
func (c *Client) SetPassword(ctx context.Context, userID, password string) error {
	return c.do(ctx, request{
		op: "set password", method: http.MethodPost, path: c.rest("/sobjects/User/" + url.PathEscape(userID) + "/password"),
		body: map[string]string{"NewPassword": password},
	}, nil)
}
