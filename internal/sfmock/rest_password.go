package sfmock

import (
	"fmt"
	"net/http"
	"strings"
	"unicode"
)

const minimumPasswordLength = 8

// whosePassword is the user that the path names, if the caller may touch the password: one's own, or anyone's with Reset User Passwords.
func (c *call) whosePassword() (*record, *apiError) {
	user, err := c.toRead(c.org.object("User"), c.request.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if c.session.user != user && !c.org.can(c.session, "ResetPasswords") {
		return nil, &apiError{Status: http.StatusForbidden, Code: "INSUFFICIENT_ACCESS", Message: "You do not have permission to view this record."}
	}
	return user, nil
}

// passwordState answers GET /sobjects/User/{id}/password.
func (c *call) passwordState() (*reply, *apiError) {
	user, err := c.whosePassword()
	if err != nil {
		return nil, err
	}
	return ok(document{{"isExpired", c.org.passwordExpired(user)}}), nil
}

// setPassword answers POST /sobjects/User/{id}/password.
func (c *call) setPassword() (*reply, *apiError) {
	user, err := c.whosePassword()
	if err != nil {
		return nil, err
	}
	var body struct{ NewPassword string }
	if err := c.decode(&body); err != nil {
		return nil, err
	}
	if len(body.NewPassword) < minimumPasswordLength {
		return nil, refuse("INVALID_NEW_PASSWORD", fmt.Sprintf(unsurePasswordTooShort, minimumPasswordLength))
	}
	if !strings.ContainsFunc(body.NewPassword, unicode.IsLetter) || !strings.ContainsFunc(body.NewPassword, unicode.IsDigit) {
		return nil, refuse("INVALID_NEW_PASSWORD", unsurePasswordMix)
	}
	return &reply{Status: http.StatusNoContent}, c.passwordChanged(user)
}

// resetPassword answers DELETE /sobjects/User/{id}/password.
func (c *call) resetPassword() (*reply, *apiError) {
	user, err := c.whosePassword()
	if err != nil {
		return nil, err
	}
	generated := fmt.Sprintf("%06x1aB%06x", c.org.random.IntN(1<<24), c.org.random.IntN(1<<24))
	return ok(document{{"NewPassword", generated}}), c.passwordChanged(user)
}

// passwordChanged renews the user's password age. Sessions end where the org wants that of administrators' changes.
func (c *call) passwordChanged(user *record) *apiError {
	if c.session.user != user && c.org.sessionSwitch("terminateUserSessionsWhenAdminResetsPassword") {
		c.org.endSessions(user)
	}
	return c.org.update(nil, user, map[string]any{"LastPasswordChangeDate": c.org.now(), "PasswordExpirationDate": nil})
}
