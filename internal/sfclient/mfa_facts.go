package sfclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"golang.org/x/sync/errgroup"
)

// MFAFacts are what decides whether multi-factor authentication breaks the logins of users. A map that is nil could not be read;
// Missing tells why.
type MFAFacts struct {
	Users         []MFAUser
	Held          map[string]HeldPermissions // by user id, as the others
	Methods       map[string][]string        // of TwoFactorMethodsInfo, by the names of their columns without "Has"
	Logins        map[string][]LoginKind
	Verifications map[string][]Verification // asked for only where Methods can't be read
	ContextsKnown bool                      // whether the level of authentication that identity providers assert can be seen
	DirectMFA     *bool                     // whether the org requires MFA at direct logins; nil if its settings can't be read
	Privileged    map[string]bool           // by profile id, whether its users are privileged whatever it grants
	Missing       []MissingFact
}

// MissingFact is something that could not be read.
type MissingFact struct {
	What       string
	Permission string // that it takes, in Salesforce's words; "" if it is not a permission that is missing
	Err        error  // Salesforce's refusal; nil if nothing was asked
}

// The permissions that it takes to see everything.
const (
	seesSetup   = "View Setup and Configuration"
	seesLogins  = "Monitor Login History"
	seesMethods = "Manage MFA in API"
)

// MFAFacts gathers the facts about active users in as few calls as it can: about one for every 500 users with a registered method, one
// for every 2,000 users, and one for every 2,000 kinds of logins.
func (c *Client) MFAFacts(ctx context.Context, filter MFAFilter) (*MFAFacts, error) {
	may, err := c.ownPermissions(ctx, "ViewSetup", "ManageUsers", "MonitorLoginHistory", "ManageTwoFactor")
	if err != nil {
		return nil, err
	}
	users, err := c.mfaUsers(ctx, filter)
	if err != nil {
		return nil, err
	}
	f := &MFAFacts{Users: users}
	ids := make([]string, len(users))
	for i, user := range users {
		ids[i] = user.ID
	}
	asks := []factAsked{
		{"permissions", seesSetup, may["ViewSetup"], func(ctx context.Context) (err error) {
			f.Held, err = c.mfaGrants(ctx, users, slices.Concat(MFAPermissions, PrivilegedPermissions))
			return err
		}},
		{"login history", seesLogins, may["ManageUsers"] || may["MonitorLoginHistory"], func(ctx context.Context) (err error) {
			f.Logins, f.ContextsKnown, err = c.loginKinds(ctx, ids, fmt.Sprintf("LoginTime = LAST_N_DAYS:%d", filter.Days))
			return err
		}},
		{"registered verification methods", seesMethods, may["ManageTwoFactor"], func(ctx context.Context) (err error) {
			f.Methods, err = c.mfaMethods(ctx, ids)
			return err
		}},
		{"settings of the org", "", true, func(ctx context.Context) (err error) {
			f.DirectMFA, err = c.directMFA(ctx)
			return err
		}},
		{"names of profiles", "", true, func(ctx context.Context) (err error) {
			f.Privileged, err = c.privilegedProfiles(ctx, users)
			return err
		}},
	}
	if f.Missing, err = askAll(ctx, asks); err != nil {
		return nil, err
	}
	if f.Methods == nil && may["ManageUsers"] {
		more, err := askAll(ctx, []factAsked{{"verification history", "", true, func(ctx context.Context) (err error) {
			f.Verifications, err = c.mfaVerifications(ctx, ids, filter.Days)
			return err
		}}})
		f.Missing = append(f.Missing, more...)
		return f, err
	}
	return f, nil
}

// factAsked is one group of facts, and whether the signed-in user may see them.
type factAsked struct {
	what, permission string
	may              bool
	read             func(context.Context) error
}

// askAll reads groups of facts side by side. What Salesforce refuses is missing; any other failure ends it.
func askAll(ctx context.Context, asks []factAsked) ([]MissingFact, error) {
	group, ctx := errgroup.WithContext(ctx)
	failures := make([]*MissingFact, len(asks))
	for i, ask := range asks {
		if !ask.may {
			failures[i] = &MissingFact{What: ask.what, Permission: ask.permission}
			continue
		}
		group.Go(func() error {
			err := ask.read(ctx)
			if !denied(err) {
				return err
			}
			failures[i] = &MissingFact{ask.what, ask.permission, err}
			return nil
		})
	}
	err := group.Wait()
	var missing []MissingFact
	for _, failure := range failures {
		if failure != nil {
			missing = append(missing, *failure)
		}
	}
	return missing, err
}

// denied tells whether Salesforce does not let the caller see something: which code it gives for objects like
// TwoFactorMethodsInfo no public source tells, so that it is any but those that concern every request.
func denied(err error) bool {
	refused, is := errors.AsType[*Error](err)
	return is && refused.Code != "" && !errors.Is(err, ErrLimit) && !errors.Is(err, ErrSession) &&
		slices.Contains([]int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusInternalServerError}, refused.Status) && refused.Code != "QUERY_TIMEOUT"
}

// directMFA tells whether the org requires MFA of everybody who logs in with a password to the user interface.
func (c *Client) directMFA(ctx context.Context) (*bool, error) {
	settings, err := c.ReadSettings(ctx, "SecuritySettings")
	if err != nil {
		return nil, err
	}
	on := settings.Text("sessionSettings", "enableMFADirectUILoginOptIn") == "true"
	return &on, nil
}

// privilegedProfiles tells of each profile of users whether they are privileged by it.
func (c *Client) privilegedProfiles(ctx context.Context, users []MFAUser) (map[string]bool, error) {
	privileged := map[string]bool{}
	for _, user := range users {
		if _, told := privileged[user.ProfileID]; told || user.ProfileID == "" {
			continue
		}
		is, err := c.PrivilegedProfile(ctx, user.ProfileID, user.Profile.Name)
		if err != nil {
			return nil, err
		}
		privileged[user.ProfileID] = is
	}
	return privileged, nil
}

// anyColumns are the columns of a row, whatever they are.
func anyColumns(text []byte) (map[string]any, error) {
	var columns map[string]any
	err := json.Unmarshal(text, &columns)
	return columns, err
}
