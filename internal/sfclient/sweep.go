package sfclient

import (
	"context"
	"fmt"
	"strings"
)

// sweep is a query about many users that Salesforce answers in part only: an aggregate query has no second page, and
// TwoFactorMethodsInfo ends after 2,500 rows (Object Reference). It is asked again from where the last answer broke off.
type sweep struct {
	op      string
	columns string // UserId among them
	object  string
	where   string
	group   string // columns to group by, "" for none
	most    int    // rows of one answer
}

// aboutUsers is how many users a statement can name; about more than that everybody is asked.
const aboutUsers = 400

// statement asks for the rows of users after one of them; only some, unless they are too many to name.
func (s sweep) statement(after string, only []string) string {
	conditions := []string{}
	if s.where != "" {
		conditions = append(conditions, s.where)
	}
	if len(only) <= aboutUsers {
		names := make([]string, len(only))
		for i, id := range only {
			names[i] = Quote(id)
		}
		conditions = append(conditions, "UserId IN ("+strings.Join(names, ",")+")")
	}
	if after != "" {
		conditions = append(conditions, "UserId > "+Quote(after))
	}
	text := "SELECT " + s.columns + " FROM " + s.object
	if len(conditions) > 0 {
		text += " WHERE " + strings.Join(conditions, " AND ")
	}
	if s.group != "" {
		text += " GROUP BY " + s.group
	}
	return fmt.Sprintf("%s ORDER BY UserId LIMIT %d", text, s.most)
}

// sweepUsers runs a sweep to its end. A user whose rows fill an answer keeps those of that answer.
func sweepUsers[T any](ctx context.Context, c *Client, s sweep, only []string, userOf func(*T) string) ([]T, error) {
	if len(only) == 0 {
		return nil, nil
	}
	var all []T
	for after := ""; ; {
		rows, err := Query[T](ctx, c, s.op, s.statement(after, only))
		if err != nil {
			return nil, err
		}
		if len(rows) < s.most {
			return append(all, rows...), nil
		}
		last := userOf(&rows[len(rows)-1])
		whole := len(rows)
		for whole > 0 && userOf(&rows[whole-1]) == last {
			whole--
		}
		if whole == 0 {
			whole = len(rows)
		}
		all, after = append(all, rows[:whole]...), userOf(&rows[whole-1])
	}
}
