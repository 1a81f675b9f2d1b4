package sfmock

import "cmp"

// sessionObjects are what users are signed in by: their sessions, and the tokens that apps hold for them.
func sessionObjects() []*object {
	return []*object{authSessionObject(), oauthTokenObject()}
}

// authSessionObject has a row for every live session. Its columns are those of the Object and the Field Reference.
func authSessionObject() *object {
	return &object{
		Name: "AuthSession", Label: "Auth Session", Prefix: "0Ak", Deletable: true, Setup: true,
		Fields: []*field{
			{Name: "UsersId", Type: "reference", Label: "User ID", Length: 18, Reference: []string{"User"}, Relationship: "Users"},
			{Name: "NumSecondsValid", Type: "int", Label: "Valid For", NotNull: true},
			{Name: "UserType", Type: "picklist", Label: "User Type", Length: 40, NotNull: true},
			{Name: "SourceIp", Type: "string", Label: "Source IP", Length: 39, NotNull: true},
			{Name: "LoginType", Type: "picklist", Label: "Login", Length: 40},
			{Name: "LoginSubType", Type: "picklist", Label: "Login Subtype", Length: 40},
			{Name: "SessionType", Type: "picklist", Label: "Session Type", Length: 40},
			{Name: "SessionSecurityLevel", Type: "picklist", Label: "Session Security Level", Length: 40},
			{Name: "LogoutUrl", Type: "string", Label: "Logout URL", Length: 1500, NoGroup: true},
			{Name: "ParentId", Type: "reference", Label: "Auth Session ID", Length: 18, NotNull: true, Reference: []string{"AuthSession"}, Relationship: "Parent"},
			{Name: "LoginHistoryId", Type: "reference", Label: "Login History ID", Length: 18, Reference: []string{"LoginHistory"}, Relationship: "LoginHistory"},
			{Name: "LoginGeoId", Type: "reference", Label: "Login Geo Data ID", Length: 18},
			{Name: "IsCurrent", Type: "boolean", Label: "Current Session", NotNull: true},
			{Name: "IsAssociatedWithJwtAccessToken", Type: "boolean", Label: "Associated With Jwt", NotNull: true},
		},
		Rules: rules{BeforeDelete: mayEndSession, AfterDelete: sessionEndsWithItsRow}, Rows: authSessions,
	}
}

// sessionKind is what AuthSession says of how a session came about.
type sessionKind struct{ session, login string }

// sessionKinds, but for OAuth's login type, are words of the Object Reference.
var (
	oauthSession   = sessionKind{"Oauth2", unsureLoginTypeOfOAuth}
	bareSession    = sessionKind{"API", "Other Apex API"} // a token that was handed out without a log-in
	uiSession      = sessionKind{"UI", "Application"}
	contentSession = sessionKind{"Content", "Application"}
)

// loopback stands for the address of a session that was never used.
const loopback = "127.0.0.1"

// authSessions are the live sessions that a caller may see: its user's own, with Manage Users everybody's.
func authSessions(o *Org, caller *session) []*record {
	var rows []*record
	for _, s := range o.sessions {
		if !o.over(s) && (o.can(caller, "ManageUsers") || caller.user == s.user) {
			rows = append(rows, o.authSession(s, caller))
		}
	}
	o.random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

// authSession is the row of a session as a caller sees it.
func (o *Org) authSession(s, caller *session) *record {
	parent := s.row.id // of one that no other opened, Salesforce names the session itself
	if s.parent != nil {
		parent = s.parent.row.id
	}
	var login, subType any
	if s.login != nil {
		login, subType = s.login.id, s.login.values["LoginSubType"]
	}
	return &record{object: s.row.object, id: s.row.id, values: map[string]any{
		"CreatedDate": s.issued, "LastModifiedDate": s.lastUsed, "SystemModstamp": s.lastUsed,
		"UsersId": s.user.id, "UserType": s.user.str("UserType"), "ParentId": parent, "SourceIp": cmp.Or(s.source, loopback),
		"NumSecondsValid": int64(o.endOf(s).Sub(s.lastUsed).Seconds()), "SessionSecurityLevel": "STANDARD",
		"SessionType": s.kind.session, "LoginType": s.kind.login, "LoginSubType": subType, "LoginHistoryId": login, "IsCurrent": caller != nil && s.root() == caller.root(),
		"IsAssociatedWithJwtAccessToken": s.app != nil && s.app.JWTTokens,
	}}
}

// mayEndSession is a rule of AuthSession: everybody's needs Manage Users, one's own nothing.
func mayEndSession(c *change) *apiError {
	s := c.org.sessionOfRow(c.rec)
	if s == nil || c.org.can(c.caller, "ManageUsers") || c.caller.user == s.user {
		return nil
	}
	return errAccess()
}

// sessionEndsWithItsRow is a rule of AuthSession. What a session opened ends with it.
func sessionEndsWithItsRow(c *change) *apiError {
	s := c.org.sessionOfRow(c.rec)
	if s == nil {
		return nil
	}
	c.org.undo(func() { c.org.sessions[s.token] = s })
	delete(c.org.sessions, s.token)
	for _, child := range c.org.sessions {
		if child.parent == s {
			c.org.end(child)
		}
	}
	return nil
}

func (o *Org) sessionOfRow(row *record) *session {
	for _, s := range o.sessions {
		if s.row == row {
			return s
		}
	}
	return nil
}

// begin makes a session known.
func (o *Org) begin(s *session) {
	ob := o.object("AuthSession")
	s.row = &record{object: ob, id: o.newID(ob.Prefix), values: map[string]any{}, sections: map[string][]map[string]any{}}
	o.put(s.row)
	o.sessions[s.token] = s
}

// end ends a session; nothing keeps the org itself from it.
func (o *Org) end(s *session) { _ = o.doRemove(nil, s.row) }

// over tells whether a session has ended by itself.
func (o *Org) over(s *session) bool {
	return s.era != o.era.Load() || !o.now().Before(o.endOf(s))
}

// root is the session of the log-in that a session comes from.
func (s *session) root() *session {
	for s.parent != nil {
		s = s.parent
	}
	return s
}

// OpenPages signs a user in to the org's pages, as a browser does: with a session, and another that it opens for their content.
func (o *Org) OpenPages(username string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	user, err := o.userNamed(username)
	if err != nil {
		return err
	}
	page := o.mint(user, nil, []string{"web"})
	content := o.mint(user, nil, []string{"content"})
	page.kind, content.kind, content.parent = uiSession, contentSession, page
	return nil
}
