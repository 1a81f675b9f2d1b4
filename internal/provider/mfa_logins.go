package provider

import (
	"cmp"
	"slices"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// mfaLogin is a kind of login with what it means.
type mfaLogin struct {
	sfclient.LoginKind
	kind      loginKind
	assurance assurance // that the identity provider asserts
}

// classified are a user's logins, the newest first.
func classified(logins []sfclient.LoginKind) []mfaLogin {
	all := make([]mfaLogin, len(logins))
	for i, l := range logins {
		all[i] = mfaLogin{l, kindOfLogin(l), signalled(l.AuthMethodReference, l.AuthContextClassRef)}
	}
	slices.SortFunc(all, func(a, b mfaLogin) int {
		return cmp.Or(cmp.Compare(b.Newest, a.Newest), cmp.Compare(a.LoginType, b.LoginType), cmp.Compare(a.Application, b.Application), cmp.Compare(a.LoginSubType, b.LoginSubType))
	})
	return all
}
