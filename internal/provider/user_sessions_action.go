package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newRevokeUserSessionsAction signs a user out everywhere: salesforce_revoke_user_sessions.
func newRevokeUserSessionsAction() action.Action {
	return &userAction{
		name: "salesforce_revoke_user_sessions", verb: "sign out",
		description: "Signs a user out everywhere: ends its sessions and revokes the OAuth refresh tokens that apps hold for it, with which they would start new ones.\n\n" +
			"It does not keep the user from signing in again, nor an app that signs it in by JWT bearer or client credentials: use `salesforce_freeze_user` first to keep the user out.\n\n" +
			"-> The provider's user needs Manage Users, and Customize Application for the tokens. Without them Salesforce hides what others are signed in by, so that the action refuses to run.",
		attributes: map[string]schema.Attribute{
			"tokens": schema.BoolAttribute{MarkdownDescription: "Whether to revoke the user's OAuth refresh tokens, too. Defaults to `true`.", Optional: true},
		},
		needs: func(config attributes) []string {
			if revokesTokens(config) {
				return []string{"ManageUsers", "CustomizeApplication"}
			}
			return []string{"ManageUsers"}
		},
		guard: sparesOwnUser("Its sessions are what the provider works with, and its tokens what other tools sign in with."),
		run:   signOut,
	}
}

func revokesTokens(config attributes) bool {
	tokens, _ := config["tokens"].(types.Bool)
	return tokens.IsNull() || tokens.ValueBool()
}

// signOut revokes tokens before it ends sessions, so that no app starts a session in between. Either is tried if the other fails.
func signOut(ctx context.Context, c *connection, user sfclient.User, config attributes) (string, error) {
	var tokens sfclient.Tally
	var tokensErr error
	if revokesTokens(config) {
		tokens, tokensErr = c.client.RevokeTokens(ctx, user.ID)
	}
	sessions, sessionsErr := c.client.EndSessions(ctx, user.ID)
	done := progress("sessions ended", sessions, sessionsErr)
	if revokesTokens(config) {
		done += ", " + progress("OAuth tokens revoked", tokens, tokensErr)
	}
	if err := errors.Join(sessionsErr, tokensErr); err != nil {
		return "", unfinishedError{"is not signed out everywhere; " + done, err}
	}
	return "is signed out; " + done, nil
}

// progress says how far something got.
func progress(what string, t sfclient.Tally, err error) string {
	switch {
	case err == nil:
		return fmt.Sprintf("%s: %d", what, t.Done)
	case t.Left == 0:
		return fmt.Sprintf("%s: %d of an unknown number", what, t.Done)
	default:
		return fmt.Sprintf("%s: %d of %d", what, t.Done, t.Done+t.Left)
	}
}
