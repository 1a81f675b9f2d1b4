package sfmock

import (
	"fmt"
	"slices"
	"strings"
)

func userRules() rules {
	return rules{
		BeforeSave: inOrder(
			emailShapes, usernameIsFree, nicknameIsFree, userTypeFollowsProfile, profileOfSameFamily, managersDoNotCircle,
			anAdministratorRemains, seatIsFree, featureSeatsAreFree,
		),
		AfterSave:    inOrder(userLoginExists, profileIsAssigned, sessionsEndWithTheUser),
		BeforeDelete: neverDeleted,
	}
}

// neverDeleted is a rule of what nobody can delete, Setup included.
func neverDeleted(c *change) *apiError { return errMethod("DELETE", c.rec.object.rowVerbs()) }

// inOrder is a rule made of several; the first refusal counts.
func inOrder(steps ...func(*change) *apiError) func(*change) *apiError {
	return func(c *change) *apiError {
		for _, step := range steps {
			if err := step(c); err != nil {
				return err
			}
		}
		return nil
	}
}

func fullName(_ *Org, user *record) any {
	return strings.TrimSpace(user.str("FirstName") + " " + user.str("LastName"))
}

func emailShapes(c *change) *apiError {
	for _, f := range c.rec.object.Fields {
		address := c.rec.str(f.Name)
		if f.Type == "email" && c.changed(f.Name) && address != "" && !emailShaped(address) {
			return refuse("INVALID_EMAIL_ADDRESS", f.Label+": invalid email address: "+address, f.Name)
		}
	}
	return nil
}

// emailShaped asks for local@domain.tld: one @, no blanks, and a dot inside the domain.
func emailShaped(address string) bool {
	local, domain, _ := strings.Cut(address, "@")
	dot := strings.LastIndex(domain, ".")
	return local != "" && dot > 0 && dot < len(domain)-1 && !strings.HasPrefix(domain, ".") && !strings.ContainsAny(address, " \t\r\n,;<>") && !strings.Contains(domain, "@")
}

// usernameIsFree stores the username in lower case; no user of any org, active or not, may have it already.
func usernameIsFree(c *change) *apiError {
	name := strings.ToLower(c.rec.str("Username"))
	c.rec.values["Username"] = name
	if !c.changed("Username") {
		return nil
	}
	if !emailShaped(name) {
		return refuse("INVALID_EMAIL_ADDRESS", fmt.Sprintf(unsureUsernameShape, name), "Username")
	}
	other := c.org.find("User", "Username", name)
	if c.org.usernamesElsewhere[name] || other != nil && other.id != c.rec.id {
		return refuse("DUPLICATE_USERNAME", "Duplicate Username.<br>The username already exists in this or another Salesforce organization. "+
			"Usernames must be unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match the user's email address). ", "Username")
	}
	return nil
}

// TakeUsername lets a user of another org have the username, so that this org refuses it.
func (o *Org) TakeUsername(username string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.usernamesElsewhere[strings.ToLower(username)] = true
}

// nicknameIsFree makes a nickname up where none was sent.
func nicknameIsFree(c *change) *apiError {
	if c.rec.str("CommunityNickname") == "" {
		c.rec.values["CommunityNickname"] = fmt.Sprintf("User%d%06d", c.org.now().UnixMilli(), c.org.lastID)
	}
	if !c.changed("CommunityNickname") {
		return nil
	}
	if other := c.org.find("User", "CommunityNickname", c.rec.values["CommunityNickname"]); other != nil && other.id != c.rec.id {
		return refuse("DUPLICATE_COMM_NICKNAME", "Duplicate Nickname.<br>Another user has already selected this nickname.<br>Please select another.", "CommunityNickname")
	}
	return nil
}

func userTypeFollowsProfile(c *change) *apiError {
	if c.changed("ProfileId") {
		c.rec.values["UserType"] = c.org.licenceTraits(c.org.licenceOf(c.rec.values)).UserType
	}
	return nil
}

// profileOfSameFamily keeps a user among the profiles whose licences may be exchanged for each other.
func profileOfSameFamily(c *change) *apiError {
	if c.old == nil || !c.changed("ProfileId") {
		return nil
	}
	from, to := c.org.licenceTraits(c.org.licenceOf(c.old)), c.org.licenceTraits(c.org.licenceOf(c.rec.values))
	if from.Family == to.Family {
		return nil
	}
	return refuse("FIELD_INTEGRITY_EXCEPTION", unsureIncompatibleProfile, "ProfileId")
}

func managersDoNotCircle(c *change) *apiError {
	if c.changed("ManagerId") && c.org.circles(c.rec, "ManagerId") {
		return refuse("FIELD_INTEGRITY_EXCEPTION", unsureManagerCycle, "ManagerId")
	}
	return nil
}

// circles tells whether following parent, a reference column of rec's own object, from rec leads back to it.
func (o *Org) circles(rec *record, parent string) bool {
	seen := []string{rec.id}
	for id := rec.str(parent); id != ""; id = o.byID[id].str(parent) {
		if slices.Contains(seen, id) {
			return true
		}
		seen = append(seen, id)
	}
	return false
}

// anAdministratorRemains refuses to deactivate or demote the last one.
func anAdministratorRemains(c *change) *apiError {
	if c.old == nil || !c.org.administers(c.old) || c.org.administers(c.rec.values) {
		return nil
	}
	for _, other := range c.org.tables["user"] {
		if other.id != c.rec.id && c.org.administers(other.values) {
			return nil
		}
	}
	return refuse("CANNOT_DISABLE_LAST_ADMIN", unsureLastAdmin)
}

// administers tells whether a user with these values is an active administrator by profile.
func (o *Org) administers(user map[string]any) bool {
	profile := o.referred(user, "ProfileId")
	return user["IsActive"] == true && profile != nil && profile.flag("PermissionsModifyAllData") && profile.flag("PermissionsManageUsers")
}

// administrator is the active administrator who has been there longest, nil if there is none.
func (o *Org) administrator() *record {
	var first *record
	for _, user := range o.tables["user"] {
		if o.administers(user.values) && (first == nil || user.id < first.id) {
			first = user
		}
	}
	return first
}

func featureSeatsAreFree(c *change) *apiError {
	if !c.rec.flag("IsActive") {
		return nil
	}
	for _, l := range featureLicences {
		holds := c.old != nil && c.old["IsActive"] == true && c.old[l.Column] == true
		if !c.rec.flag(l.Column) || holds || l.Seats == unlimited {
			continue
		}
		if c.org.activeUsersWith(l.Column) >= l.Seats {
			return errNoSeat()
		}
	}
	return nil
}

func (o *Org) activeUsersWith(column string) (n int) {
	for _, user := range o.tables["user"] {
		if user.flag("IsActive") && user.flag(column) {
			n++
		}
	}
	return n
}

// userLoginExists gives a new user the row in which freezing happens.
func userLoginExists(c *change) *apiError {
	if c.old != nil {
		return nil
	}
	_, err := c.org.insert(nil, c.org.object("UserLogin"), map[string]any{"UserId": c.rec.id})
	return err
}

func profileIsAssigned(c *change) *apiError {
	if !c.changed("ProfileId") {
		return nil
	}
	return c.org.assignProfile(c.rec)
}

func userLoginRules() rules {
	return rules{AfterSave: sessionsEndWithTheLogin, BeforeSave: func(c *change) *apiError {
		// Only failed logins lock a password; the API unlocks.
		if c.caller != nil && c.changed("IsPasswordLocked") && c.rec.flag("IsPasswordLocked") {
			return refuse(unsurePasswordLockCode, unsurePasswordLock, "IsPasswordLocked")
		}
		return nil
	}}
}
