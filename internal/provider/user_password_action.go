package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newResetUserPasswordAction makes a user choose another password: salesforce_reset_user_password.
func newResetUserPasswordAction() action.Action {
	return &userAction{
		name: "salesforce_reset_user_password", verb: "reset the password of",
		description: "Resets the password of a user: the old one is void at once, and Salesforce mails the user a link to set another. The password that Salesforce generates on the way is shown nowhere.\n\n" +
			"This is for people. An API-only user should have no use for a password, and can't finish the reset in a browser; to cut one off, use `salesforce_freeze_user` or `salesforce_revoke_user_sessions`. " +
			"Sessions go on, unless the org's session settings have `terminate_user_sessions_when_admin_resets_password`.\n\n" +
			"-> The provider's user needs Reset User Passwords and Unlock Users.",
		needs: needsAlways("ResetPasswords"),
		// Whatever the provider signs in with: Salesforce refuses the API calls of a user whose password has expired, those by OAuth too.
		guard: sparesOwnUser("Until the reset is finished by mail, Salesforce may refuse its API calls, and its sessions may end."),
		run: func(ctx context.Context, c *connection, user sfclient.User, _ attributes) (string, error) {
			return "gets a mail to set a new password, the old one is void", c.client.ResetPassword(ctx, user.ID)
		},
	}
}

// newUnlockUserAction lets a user try its password again: salesforce_unlock_user.
func newUnlockUserAction() action.Action {
	return &userAction{
		name: "salesforce_unlock_user", verb: "unlock",
		description: "Lets a user log in again whom Salesforce locked out after too many wrong passwords. It does not unfreeze a frozen user; that is `salesforce_unfreeze_user`.\n\n" +
			"-> The provider's user needs Manage Users.",
		needs: needsAlways("ManageUsers"),
		run: func(ctx context.Context, c *connection, user sfclient.User, _ attributes) (string, error) {
			login, err := c.client.UserLogins.Find(ctx, "UserId", user.ID)
			switch {
			case err != nil:
				return "", err
			case !login.IsPasswordLocked:
				return "was not locked out", nil
			}
			return "is not locked out any more", c.client.UserLogins.Update(ctx, login.ID, sfclient.Values{"IsPasswordLocked": false})
		},
	}
}
