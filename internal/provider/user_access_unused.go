package provider

import (
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// loginBound are user permissions that do nothing without a login, and to what.
var loginBound = []struct {
	permission string
	to         loginTarget
}{
	{"ApiEnabled", toAPI},
	{"UseAnyApiAuth", toAPI},
	{"UseAnyApiClient", toAPI},
	{"AllowLightningLogin", toUI},
	{"BypassMFAForUiLogins", toUI},
	{"SkipIdentityConfirmation", toUI},
}

// loginTarget is what a login is to.
type loginTarget struct {
	name string
	last func(loginTimes) time.Time
}

var (
	toAPI = loginTarget{"API", func(l loginTimes) time.Time { return l.toAPI }}
	toUI  = loginTarget{"user interface", func(l loginTimes) time.Time { return l.toUI }}
)

// unused is what the login history proves unused, and why. Logins through an app may have been to the user interface, unless the user
// can't log in to that.
func (a *userAccess) unused(held sfclient.Rights) entries {
	unused := entries{}
	for _, b := range loginBound {
		switch {
		case !held[userRight(b.permission)]:
		case b.to.last(a.logins).IsZero():
			unused[b.permission] = "no login to the " + b.to.name + " in the login history"
		case b.to.name == toUI.name && held[userRight("ApiUserOnly")]:
			unused[b.permission] = "an API-only user can't log in to the user interface"
		}
	}
	if !a.logins.last.IsZero() {
		return unused
	}
	for i := range a.grants {
		if g := &a.grants[i]; g.Dormancy == "" {
			unused[grantPath(g)] = "no login in the login history"
		}
	}
	return unused
}
