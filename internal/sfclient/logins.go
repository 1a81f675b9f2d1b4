package sfclient

import (
	"context"
	"fmt"
	"time"
)

// Logins are the last successful logins of a user that the login history tells of; zero where it tells of none. Salesforce keeps
// about six months.
type Logins struct {
	Last, LastAPI, LastUI time.Time
}

// loginSuccess is the Status of a login that was let in.
const loginSuccess = "Success"

// loginTypes tell what a login may have been to: the API, the user interface or, as with types that are not listed, either of them. A
// connected app signs people in to both. Source: Salesforce Help, "Monitor Login History", as far as it tells.
var loginTypes = map[string]struct{ api, ui bool }{
	"Application":             {ui: true},
	"SAML Idp Initiated SSO":  {ui: true},
	"SAML Sfdc Initiated SSO": {ui: true},
	"Lightning Login":         {ui: true},
	"Other Apex API":          {api: true},
	"Partner Product":         {api: true},
	"SYNC":                    {api: true},
}

// historyPermissions are those of which either lets read other users' login history. Without them Salesforce tells of no logins
// where it should refuse. Source: Object Reference, LoginHistory.
var historyPermissions = []string{"ManageUsers", "MonitorLoginHistory"}

// Logins tells of the logins of a user. known is false when the signed-in user may not see them.
func (c *Client) Logins(ctx context.Context, userID string) (logins Logins, known bool, err error) {
	if known, err = c.seesLogins(ctx, userID); err != nil || !known {
		return Logins{}, false, err
	}
	rows, err := Query[struct{ LoginType, Status, Newest string }](ctx, c, "read the login history of the user",
		"SELECT LoginType,Status,MAX(LoginTime) Newest FROM LoginHistory WHERE UserId = "+Quote(userID)+" GROUP BY LoginType,Status")
	if err != nil {
		return Logins{}, false, err
	}
	for _, row := range rows {
		if row.Status != loginSuccess {
			continue
		}
		at, err := ParseTime(row.Newest)
		if err != nil {
			return Logins{}, false, fmt.Errorf("read the login history of the user: %w", err)
		}
		to, listed := loginTypes[row.LoginType]
		logins.Last = later(logins.Last, at)
		if to.api || !listed {
			logins.LastAPI = later(logins.LastAPI, at)
		}
		if to.ui || !listed {
			logins.LastUI = later(logins.LastUI, at)
		}
	}
	return logins, true, nil
}

func (c *Client) seesLogins(ctx context.Context, userID string) (bool, error) {
	who, err := c.WhoAmI(ctx)
	if err != nil || ID18(who.UserID) == ID18(userID) {
		return err == nil, err
	}
	return fact(ctx, &c.facts, "sees the logins of others", func(ctx context.Context) (bool, error) {
		lacking, err := c.Lacks(ctx, historyPermissions...)
		return err == nil && len(lacking) < len(historyPermissions), err
	})
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
