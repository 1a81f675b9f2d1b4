package sfclient

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// User is a row of User. A column that the org does not have, or that the signed-in user may not see, is empty.
type User struct {
	ID                   string `json:"Id"`
	Username             string
	LastName             string
	FirstName            string
	Name                 string
	Email                string
	Alias                string
	CommunityNickname    string
	IsActive             bool
	ProfileID            string `json:"ProfileId"`
	UserRoleID           string `json:"UserRoleId"`
	ManagerID            string `json:"ManagerId"`
	FederationIdentifier string
	EmployeeNumber       string
	Title                string
	Department           string
	Division             string
	CompanyName          string
	TimeZoneSidKey       string
	LocaleSidKey         string
	LanguageLocaleKey    string
	EmailEncodingKey     string
	UserType             string

	// Features are the feature licences by column name without "UserPermissions", such as MarketingUser. Which ones there are
	// depends on the org.
	Features map[string]bool `json:"-"`
}

const featurePrefix = "UserPermissions"

// UnmarshalJSON gathers the feature licences, whose columns differ from org to org.
func (u *User) UnmarshalJSON(text []byte) error {
	type plain User
	if err := json.Unmarshal(text, (*plain)(u)); err != nil {
		return err
	}
	var columns map[string]any
	if err := json.Unmarshal(text, &columns); err != nil {
		return err
	}
	u.Features = map[string]bool{}
	for column, value := range columns {
		if feature, found := strings.CutPrefix(column, featurePrefix); found {
			u.Features[feature], _ = value.(bool)
		}
	}
	return nil
}

var userColumns = strings.Fields(`Id Username LastName FirstName Name Email Alias CommunityNickname IsActive ProfileId UserRoleId ManagerId
	FederationIdentifier EmployeeNumber Title Department Division CompanyName TimeZoneSidKey LocaleSidKey LanguageLocaleKey
	EmailEncodingKey UserType`)

// visibleUserColumns are the columns of User that this org has and the signed-in user sees.
func (c *Client) visibleUserColumns(ctx context.Context) ([]string, error) {
	description, err := c.Describe(ctx, "User")
	if err != nil {
		return nil, err
	}
	var columns []string
	for _, column := range userColumns {
		if _, exists := description.Fields[column]; exists {
			columns = append(columns, column)
		}
	}
	for _, column := range slices.Sorted(maps.Keys(description.Fields)) {
		if strings.HasPrefix(column, featurePrefix) {
			columns = append(columns, column)
		}
	}
	return columns, nil
}

// UserLogin is a row of UserLogin: whether a user is frozen or locked out.
type UserLogin struct {
	ID               string `json:"Id"`
	UserID           string `json:"UserId"`
	IsFrozen         bool
	IsPasswordLocked bool
}

// UserRole is a row of UserRole.
type UserRole struct {
	ID                               string `json:"Id"`
	Name                             string
	DeveloperName                    string
	ParentRoleID                     string `json:"ParentRoleId"`
	RollupDescription                string
	OpportunityAccessForAccountOwner string
	CaseAccessForAccountOwner        string
	ContactAccessForAccountOwner     string
	PortalType                       string
}

// Profile is a row of Profile, without its permissions.
type Profile struct {
	ID            string `json:"Id"`
	Name          string
	Description   string
	UserLicenseID string `json:"UserLicenseId"`
	UserLicense   struct{ Name string }
	UserType      string
	APIEnabled    bool `json:"PermissionsApiEnabled"`
	APIUserOnly   bool `json:"PermissionsApiUserOnly"`
}

// UserLicense is a row of UserLicense: seats that a profile's users take.
type UserLicense struct {
	ID                   string `json:"Id"`
	Name                 string
	MasterLabel          string
	LicenseDefinitionKey string
	Status               string
	TotalLicenses        int64
	UsedLicenses         int64
}

// PermissionSet is a row of PermissionSet, without its permissions.
type PermissionSet struct {
	ID                    string `json:"Id"`
	Name                  string // without the namespace prefix
	Label                 string
	Description           string
	NamespacePrefix       string
	LicenseID             string `json:"LicenseId"`
	Type                  string
	IsCustom              bool
	HasActivationRequired bool
}

// FullName is the API name with its namespace, as metadata and configurations write it.
func (p PermissionSet) FullName() string { return fullName(p.NamespacePrefix, p.Name) }

// fullName is an API name with the prefix of the package that it came with, if any.
func fullName(namespacePrefix, name string) string {
	if namespacePrefix != "" {
		return namespacePrefix + "__" + name
	}
	return name
}

// PermissionSetGroup is a row of PermissionSetGroup, without its members.
type PermissionSetGroup struct {
	ID              string `json:"Id"`
	DeveloperName   string // without the namespace prefix
	MasterLabel     string
	NamespacePrefix string
	Status          string // GroupUpdated, or how far Salesforce is
}

// FullName is the API name with its namespace, as metadata and configurations write it.
func (g PermissionSetGroup) FullName() string { return fullName(g.NamespacePrefix, g.DeveloperName) }

// CustomPermission is a row of CustomPermission, which Salesforce lets nobody write: the Metadata API does that.
type CustomPermission struct {
	ID              string `json:"Id"`
	DeveloperName   string // without the namespace prefix
	NamespacePrefix string
}

// FullName is the API name as it is written in metadata.
func (p CustomPermission) FullName() string { return fullName(p.NamespacePrefix, p.DeveloperName) }

// PermissionSetLicense is a row of PermissionSetLicense: seats that raise what a user's permission sets may grant.
type PermissionSetLicense struct {
	ID                   string `json:"Id"`
	DeveloperName        string
	MasterLabel          string
	PermissionSetLicense string `json:"PermissionSetLicenseKey"`
	Status               string
	ExpirationDate       string
	TotalLicenses        int64
	UsedLicenses         int64
}

// Assignment is a row of PermissionSetAssignment that is not the one each user has for its profile.
type Assignment struct {
	ID              string `json:"Id"`
	AssigneeID      string `json:"AssigneeId"`
	PermissionSetID string `json:"PermissionSetId"`      // of a group, the set behind it, which is no set to anybody else
	GroupID         string `json:"PermissionSetGroupId"` // empty for a permission set
	ExpirationDate  string
	IsActive        bool
	Assignee        struct{ Username string }
	PermissionSet   struct{ Name, NamespacePrefix string }
	Group           PermissionSetGroup `json:"PermissionSetGroup"` // its names only
}

// Given is the API name, with its namespace, of the permission set group or else the permission set that is assigned.
func (a Assignment) Given() string {
	if a.GroupID != "" {
		return a.Group.FullName()
	}
	return fullName(a.PermissionSet.NamespacePrefix, a.PermissionSet.Name)
}

// LicenseAssignment is a row of PermissionSetLicenseAssign.
type LicenseAssignment struct {
	ID                     string `json:"Id"`
	AssigneeID             string `json:"AssigneeId"`
	PermissionSetLicenseID string `json:"PermissionSetLicenseId"`
	Assignee               struct{ Username string }
	PermissionSetLicense   struct{ DeveloperName string }
}

// wire makes the tables and the gatherers.
func (c *Client) wire() {
	c.metadataTurn = make(chan struct{}, 1)
	c.creates = c.collection(http.MethodPost, "create records")
	c.updates = c.collection(http.MethodPatch, "update records")
	c.deletes.make = c.removal
	c.graphs = &gatherer[Graph, GraphResult]{most: maxGraphs, write: true, send: c.sendGraphs}
	c.metadataReads.make = c.readComponents
	c.metadataLists.make = c.listComponents
	c.deployments.make = c.parcels
	c.metadataWrites.make = c.writeComponents

	c.Users = newTable(c, "User", nil, map[string]func(*User) string{
		"Id":       func(u *User) string { return u.ID },
		"Username": func(u *User) string { return u.Username },
	}, "Username")
	c.Users.dynamic = c.visibleUserColumns
	c.UserLogins = newTable(c, "UserLogin", strings.Fields("Id UserId IsFrozen IsPasswordLocked"), map[string]func(*UserLogin) string{
		"Id":     func(l *UserLogin) string { return l.ID },
		"UserId": func(l *UserLogin) string { return l.UserID },
	}, "UserId")
	c.UserRoles = newTable(c, "UserRole", strings.Fields("Id Name DeveloperName ParentRoleId RollupDescription OpportunityAccessForAccountOwner CaseAccessForAccountOwner ContactAccessForAccountOwner PortalType"), map[string]func(*UserRole) string{
		"Id":            func(r *UserRole) string { return r.ID },
		"DeveloperName": func(r *UserRole) string { return r.DeveloperName },
	}, "DeveloperName")
	c.Profiles = newTable(c, "Profile", strings.Fields("Id Name Description UserLicenseId UserLicense.Name UserType PermissionsApiEnabled PermissionsApiUserOnly"), map[string]func(*Profile) string{
		"Id":   func(p *Profile) string { return p.ID },
		"Name": func(p *Profile) string { return p.Name },
	}, "Name")
	c.profileNames = newFullNames(c)
	c.Profiles.companions = []companion{{c.profileNames, "Id"}}
	c.UserLicenses = newTable(c, "UserLicense", strings.Fields("Id Name MasterLabel LicenseDefinitionKey Status TotalLicenses UsedLicenses"), map[string]func(*UserLicense) string{
		"Id": func(l *UserLicense) string { return l.ID },
	}, "Name")
	c.PermissionSets = newTable(c, "PermissionSet", strings.Fields("Id Name Label Description NamespacePrefix LicenseId Type IsCustom HasActivationRequired"), map[string]func(*PermissionSet) string{
		"Id":   func(p *PermissionSet) string { return p.ID },
		"Name": func(p *PermissionSet) string { return p.FullName() },
	}, "Name")
	c.PermissionSets.namespaced = true
	c.PermissionSets.filter = "IsOwnedByProfile = false AND Type != 'Group'"
	c.PermissionSetGroups = newTable(c, "PermissionSetGroup", strings.Fields("Id DeveloperName MasterLabel NamespacePrefix Status"), map[string]func(*PermissionSetGroup) string{
		"Id":            func(g *PermissionSetGroup) string { return g.ID },
		"DeveloperName": func(g *PermissionSetGroup) string { return g.FullName() },
	}, "DeveloperName")
	c.PermissionSetGroups.namespaced = true
	c.CustomPermissions = newTable(c, "CustomPermission", strings.Fields("Id DeveloperName NamespacePrefix"), map[string]func(*CustomPermission) string{
		"Id":            func(p *CustomPermission) string { return p.ID },
		"DeveloperName": func(p *CustomPermission) string { return p.FullName() },
	}, "DeveloperName")
	c.CustomPermissions.namespaced = true
	c.PermissionSetLicenses = newTable(c, "PermissionSetLicense", strings.Fields("Id DeveloperName MasterLabel PermissionSetLicenseKey Status ExpirationDate TotalLicenses UsedLicenses"), map[string]func(*PermissionSetLicense) string{
		"Id": func(l *PermissionSetLicense) string { return l.ID },
	}, "DeveloperName")
	c.Assignments = newTable(c, "PermissionSetAssignment", strings.Fields(`Id AssigneeId PermissionSetId PermissionSetGroupId ExpirationDate IsActive Assignee.Username
		PermissionSet.Name PermissionSet.NamespacePrefix PermissionSetGroup.DeveloperName PermissionSetGroup.NamespacePrefix`), map[string]func(*Assignment) string{
		"Id":         func(a *Assignment) string { return a.ID },
		"AssigneeId": func(a *Assignment) string { return a.AssigneeID },
	}, "AssigneeId", "PermissionSetId")
	c.Assignments.filter = "PermissionSet.IsOwnedByProfile = false"
	c.Assignments.instead = map[string]string{"PermissionSetId": "PermissionSetGroupId"}
	c.LicenseAssignments = newTable(c, "PermissionSetLicenseAssign", strings.Fields("Id AssigneeId PermissionSetLicenseId Assignee.Username PermissionSetLicense.DeveloperName"), map[string]func(*LicenseAssignment) string{
		"Id":         func(a *LicenseAssignment) string { return a.ID },
		"AssigneeId": func(a *LicenseAssignment) string { return a.AssigneeID },
	}, "AssigneeId", "PermissionSetLicenseId")
	c.Users.companions = []companion{{c.UserLogins, "UserId"}, {c.Assignments, "AssigneeId"}, {c.LicenseAssignments, "AssigneeId"}}
}

// newTable makes a table and lets the other faces' writes find it.
func newTable[T any](c *Client, object string, fields []string, keys map[string]func(*T) string, unique ...string) *Table[T] {
	t := &Table[T]{client: c, object: object, fields: fields, keys: keys, unique: unique, aheadMost: readAheadMost}
	t.lookups.make = t.batch
	if c.tables == nil {
		c.tables = map[string]toucher{}
	}
	c.tables[object] = t
	return t
}

// toucher is a table as the writes of other faces see it.
type toucher interface {
	touched(id string, values map[string]any)
}

// UserFeatures are the feature licences that users of this org can hold, by column name without "UserPermissions".
func (c *Client) UserFeatures(ctx context.Context) ([]string, error) {
	description, err := c.Describe(ctx, "User")
	var names []string
	for column := range description.Fields {
		if name, isFeature := strings.CutPrefix(column, featurePrefix); isFeature {
			names = append(names, name)
		}
	}
	return names, err
}
