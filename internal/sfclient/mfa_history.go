package sfclient

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// aggregateMost is how many rows an aggregate query answers, which has no second page.
const aggregateMost = 2_000

// methodsMost is where TwoFactorMethodsInfo ends, and not with an error. Source: Object Reference.
const methodsMost = 2_500

const methodPrefix = "Has"

// methodRow is a row of TwoFactorMethodsInfo.
type methodRow struct {
	UserID  string
	methods []string
}

// UnmarshalJSON gathers the columns that are on, without their "Has".
func (m *methodRow) UnmarshalJSON(text []byte) error {
	columns, err := anyColumns(text)
	if err != nil {
		return err
	}
	m.UserID, _ = columns["UserId"].(string)
	for column, value := range columns {
		if method, is := strings.CutPrefix(column, methodPrefix); is && value == true {
			m.methods = append(m.methods, method)
		}
	}
	slices.Sort(m.methods)
	return nil
}

// mfaMethods are the verification methods that users registered, by the names of their columns without "Has".
func (c *Client) mfaMethods(ctx context.Context, users []string) (map[string][]string, error) {
	description, err := c.Describe(ctx, "TwoFactorMethodsInfo")
	if err != nil {
		return nil, err
	}
	columns := []string{"UserId"}
	for column := range description.Fields {
		if strings.HasPrefix(column, methodPrefix) {
			columns = append(columns, column)
		}
	}
	slices.Sort(columns)
	rows, err := sweepUsers(ctx, c, sweep{
		op: "read the registered verification methods", object: "TwoFactorMethodsInfo", columns: strings.Join(columns, ","), most: methodsMost,
	}, users, func(m *methodRow) string { return m.UserID })
	if err != nil {
		return nil, err
	}
	methods := map[string][]string{}
	for _, row := range rows {
		methods[row.UserID] = append(methods[row.UserID], row.methods...)
	}
	return methods, nil
}

// Verification is the successful proofs of identity of one user by one method.
type Verification struct {
	UserID string `json:"UserId"`
	Method string `json:"VerificationMethod"`
	Newest string
}

// mfaVerifications tell what users proved their identity with lately. That is no proof that they still can.
func (c *Client) mfaVerifications(ctx context.Context, users []string, days int) (map[string][]Verification, error) {
	rows, err := sweepUsers(ctx, c, sweep{
		op: "read the verification history", object: "VerificationHistory", columns: "UserId,VerificationMethod,MAX(VerificationTime) Newest", group: "UserId,VerificationMethod",
		where: fmt.Sprintf("Status IN ('Succeeded','AutomatedSuccess') AND VerificationTime = LAST_N_DAYS:%d", days), most: aggregateMost,
	}, users, func(v *Verification) string { return v.UserID })
	if err != nil {
		return nil, err
	}
	verifications := map[string][]Verification{}
	for _, row := range rows {
		verifications[row.UserID] = append(verifications[row.UserID], row)
	}
	return verifications, nil
}
