package sfclient

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// LoginKind is the successful logins of one user that were alike.
type LoginKind struct {
	UserID                  string `json:"UserId"`
	LoginType, LoginSubType string
	Application             string
	APIType                 string `json:"ApiType"`
	AuthMethodReference     string // what the identity provider said was used to authenticate
	AuthContextClassRef     string // and at which level
	Status                  string
	Count                   int64  `json:"Logins"`
	Newest                  string // time of the last one, for ParseTime
}

// loginSuccess is the Status of a login that was let in; any other is the reason why not.
const loginSuccess = "Success"

// historyPermissions are those of which either lets read other users' login history. Without them Salesforce tells of no logins
// where it should refuse. Source: Object Reference, LoginHistory.
var historyPermissions = []string{"ManageUsers", "MonitorLoginHistory"}

// Logins tells of the successful logins of a user that the login history knows. Salesforce keeps about six months. known is false
// when the signed-in user may not see them.
func (c *Client) Logins(ctx context.Context, userID string) (logins []LoginKind, known bool, err error) {
	if known, err = c.seesLogins(ctx, userID); err != nil || !known {
		return nil, false, err
	}
	all, _, err := c.loginKinds(ctx, []string{userID}, "")
	return all[ID18(userID)], err == nil, err
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

// loginKinds tells how users logged in, under a condition on the history if there is one. contexts tells whether the level that
// identity providers assert can be seen: the column came with API version 67, and the Object Reference has it with and without the
// property Group.
func (c *Client) loginKinds(ctx context.Context, users []string, where string) (logins map[string][]LoginKind, contexts bool, err error) {
	const op = "read the login history"
	description, err := c.Describe(ctx, "LoginHistory")
	if err != nil {
		return nil, false, err
	}
	columns := strings.Fields("UserId LoginType LoginSubType Application ApiType Status AuthMethodReference AuthContextClassRef")
	columns = slices.DeleteFunc(columns, func(column string) bool { return !description.Fields[column].Groupable })
	contexts = slices.Contains(columns, "AuthContextClassRef")
	group := strings.Join(columns, ",")
	rows, err := sweepUsers(ctx, c, sweep{
		op: op, object: "LoginHistory", columns: group + ",COUNT(Id) Logins,MAX(LoginTime) Newest", group: group, where: where, most: aggregateMost,
	}, users, func(l *LoginKind) string { return l.UserID })
	if err != nil {
		return nil, false, err
	}
	logins = map[string][]LoginKind{}
	for _, row := range rows {
		if row.Status != loginSuccess {
			continue
		}
		if _, err := ParseTime(row.Newest); err != nil {
			return nil, false, fmt.Errorf("%s: %w", op, err)
		}
		logins[row.UserID] = append(logins[row.UserID], row)
	}
	return logins, contexts, nil
}
