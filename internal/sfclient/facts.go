package sfclient

import (
	"context"
	"net/http"
	"sync"

	"golang.org/x/sync/singleflight"
)

// facts are answers that hold for a whole process and cost too much to ask twice. Failures are not kept.
type facts struct {
	flight  singleflight.Group
	answers sync.Map
}

// fact returns the kept answer to a question, or asks once for all who want to know.
func fact[T any](ctx context.Context, f *facts, question string, ask func(context.Context) (T, error)) (T, error) {
	kept, _ := f.answers.Load(question)
	if answer, known := kept.(T); known {
		return answer, nil
	}
	arrives := f.flight.DoChan(question, func() (any, error) {
		answer, err := ask(context.WithoutCancel(ctx)) // others may be waiting when the first gives up
		if err == nil {
			f.answers.Store(question, answer)
		}
		return answer, err
	})
	var none T
	select {
	case result := <-arrives:
		if result.Err != nil {
			return none, result.Err
		}
		answer, _ := result.Val.(T)
		return answer, nil
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// Description is what Salesforce says of an object to the signed-in user.
type Description struct {
	Fields map[string]FieldDescription // by API name
}

// FieldDescription is what Salesforce says of a column.
type FieldDescription struct {
	Name       string          `json:"name"`
	Type       string          `json:"type"`
	Length     int             `json:"length"`
	Createable bool            `json:"createable"`
	Updateable bool            `json:"updateable"`
	Groupable  bool            `json:"groupable"`
	Picklist   []PicklistValue `json:"picklistValues"`
}

// PicklistValue is one value that a picklist column takes.
type PicklistValue struct {
	Value  string `json:"value"`
	Active bool   `json:"active"`
}

// Describe tells the columns of an object that exist in this org for the signed-in user; asked once a process.
func (c *Client) Describe(ctx context.Context, object string) (Description, error) {
	return fact(ctx, &c.facts, "describe "+object, func(ctx context.Context) (Description, error) {
		var answer struct {
			Fields []FieldDescription `json:"fields"`
		}
		err := c.do(ctx, request{op: "describe " + object, method: http.MethodGet, path: c.rest("/sobjects/" + object + "/describe"), idempotent: true}, &answer)
		description := Description{Fields: make(map[string]FieldDescription, len(answer.Fields))}
		for _, field := range answer.Fields {
			description.Fields[field.Name] = field
		}
		return description, err
	})
}

// Organization is the org's own row.
type Organization struct {
	ID                string `json:"Id"`
	Name              string
	OrganizationType  string
	InstanceName      string
	IsSandbox         bool
	NamespacePrefix   string
	TimeZoneSidKey    string
	DefaultLocale     string `json:"DefaultLocaleSidKey"`
	LanguageLocaleKey string
	TrialExpiration   string `json:"TrialExpirationDate"`
}

// Organization returns the org's own row; asked once a process.
func (c *Client) Organization(ctx context.Context) (Organization, error) {
	return fact(ctx, &c.facts, "organization", func(ctx context.Context) (Organization, error) {
		rows, err := Query[Organization](ctx, c, "read Organization",
			"SELECT Id,Name,OrganizationType,InstanceName,IsSandbox,NamespacePrefix,TimeZoneSidKey,DefaultLocaleSidKey,LanguageLocaleKey,TrialExpirationDate FROM Organization")
		if err != nil {
			return Organization{}, err
		}
		if len(rows) != 1 {
			return Organization{}, &Error{Op: "read Organization", Status: http.StatusOK, Code: "NOT_FOUND", Message: "the signed-in user can't see the Organization row"}
		}
		return rows[0], nil
	})
}

// Identity is whom the client is signed in as.
type Identity struct {
	UserID         string `json:"user_id"`
	OrganizationID string `json:"organization_id"`
	Username       string `json:"preferred_username"`
}

// WhoAmI tells whom the client is signed in as; asked once a process.
func (c *Client) WhoAmI(ctx context.Context) (Identity, error) {
	return fact(ctx, &c.facts, "who am I", func(ctx context.Context) (Identity, error) {
		var who Identity
		err := c.do(ctx, request{op: "ask who is signed in", method: http.MethodGet, path: "/services/oauth2/userinfo", idempotent: true}, &who)
		return who, err
	})
}

// PermissionDependency says that one permission of a permission set needs another.
type PermissionDependency struct {
	Permission             string
	PermissionType         string
	RequiredPermission     string
	RequiredPermissionType string
}

// PermissionDependencies returns which user permissions need which others; asked once a process.
func (c *Client) PermissionDependencies(ctx context.Context) ([]PermissionDependency, error) {
	return fact(ctx, &c.facts, "permission dependencies", func(ctx context.Context) ([]PermissionDependency, error) {
		return QueryTooling[PermissionDependency](ctx, c, "read PermissionDependency",
			"SELECT Permission,PermissionType,RequiredPermission,RequiredPermissionType FROM PermissionDependency")
	})
}

// InstanceURL is the address that the client sends to, and the host part of links into the org.
func (c *Client) InstanceURL() string { return c.config.InstanceURL }
