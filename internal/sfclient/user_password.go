package sfclient

import (
	"context"
	"net/http"
)

// ResetPassword makes a user's password void; Salesforce mails the user a link to set another. The generated password that Salesforce
// answers with is read by nobody.
func (c *Client) ResetPassword(ctx context.Context, userID string) error {
	return c.do(ctx, request{op: "reset password", method: http.MethodDelete, path: c.rest("/sobjects/User/" + userID + "/password")}, nil)
}
