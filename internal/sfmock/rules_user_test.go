package sfmock

import (
	"fmt"
	"strings"
	"testing"
)

func TestUserIsCreatedWithDefaults(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	got := s.org.Record(s.create("User", s.user("Robot@Example.com", map[string]any{"FirstName": "Bill"})))
	for column, want := range map[string]any{
		"Username": "robot@example.com", "Name": "Bill Robot", "IsActive": true, "UserType": "Standard", "NumberOfFailedLogins": int64(0),
		"DigestFrequency": "N", "UserPermissionsMarketingUser": false,
	} {
		if got[column] != want {
			t.Errorf("%s = %v, want %v", column, got[column], want)
		}
	}
	if nickname, _ := got["CommunityNickname"].(string); !strings.HasPrefix(nickname, "User") || len(nickname) < 12 {
		t.Errorf("CommunityNickname = %q, want User and many digits", nickname)
	}
	login := s.org.Find("UserLogin", "UserId", got["Id"])
	if login == nil || login["IsFrozen"] != false || login["IsPasswordLocked"] != false {
		t.Errorf("UserLogin = %v, want one that is neither frozen nor locked", login)
	}
}

func TestUserRequiredColumnsAreNamedInTheServersOrder(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	_, err := s.try("User", map[string]any{"FirstName": "Bill"})
	refused(t, err, "REQUIRED_FIELD_MISSING", "Username", "LastName", "Email", "Alias", "TimeZoneSidKey", "LocaleSidKey", "EmailEncodingKey", "ProfileId", "LanguageLocaleKey")
	if want := "Required fields are missing: [Username, LastName, Email, Alias, TimeZoneSidKey, LocaleSidKey, EmailEncodingKey, ProfileId, LanguageLocaleKey]"; err.Message != want {
		t.Errorf("message %q, want %q", err.Message, want)
	}
}

func TestUserRefusesAtCreate(t *testing.T) {
	t.Parallel()
	const nowhere = "00eHs0000099999"
	for name, test := range map[string]struct {
		changes map[string]any
		code    string
		fields  []string
	}{
		"username of this org":            {map[string]any{"Username": "Admin@EXAMPLE.com"}, "DUPLICATE_USERNAME", []string{"Username"}},
		"username of another org":         {map[string]any{"Username": "taken@example.com"}, "DUPLICATE_USERNAME", []string{"Username"}},
		"username of an inactive user":    {map[string]any{"Username": "sam.seller@example.com"}, "DUPLICATE_USERNAME", []string{"Username"}},
		"username without at":             {map[string]any{"Username": "robot"}, "INVALID_EMAIL_ADDRESS", []string{"Username"}},
		"e-mail without domain":           {map[string]any{"Email": "robot@localhost"}, "INVALID_EMAIL_ADDRESS", []string{"Email"}},
		"e-mail with a dot at the end":    {map[string]any{"Email": "robot@example."}, "INVALID_EMAIL_ADDRESS", []string{"Email"}},
		"e-mail with two ats":             {map[string]any{"Email": "a@b@example.com"}, "INVALID_EMAIL_ADDRESS", []string{"Email"}},
		"nickname taken":                  {map[string]any{"CommunityNickname": "autoproc"}, "DUPLICATE_COMM_NICKNAME", []string{"CommunityNickname"}},
		"alias of nine":                   {map[string]any{"Alias": "ninechars"}, "STRING_TOO_LONG", []string{"Alias"}},
		"username of 81":                  {map[string]any{"Username": strings.Repeat("x", 69) + "@example.com"}, "STRING_TOO_LONG", []string{"Username"}},
		"e-mail of 129":                   {map[string]any{"Email": strings.Repeat("x", 117) + "@example.com"}, "STRING_TOO_LONG", []string{"Email"}},
		"federation id of 513":            {map[string]any{"FederationIdentifier": strings.Repeat("x", 513)}, "STRING_TOO_LONG", []string{"FederationIdentifier"}},
		"unknown time zone":               {map[string]any{"TimeZoneSidKey": "Mars/Olympus"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", []string{"TimeZoneSidKey"}},
		"unknown locale":                  {map[string]any{"LocaleSidKey": "xx_XX"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", []string{"LocaleSidKey"}},
		"unknown language":                {map[string]any{"LanguageLocaleKey": "xx"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", []string{"LanguageLocaleKey"}},
		"unknown encoding":                {map[string]any{"EmailEncodingKey": "EBCDIC"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", []string{"EmailEncodingKey"}},
		"profile that never was":          {map[string]any{"ProfileId": nowhere}, "INVALID_CROSS_REFERENCE_KEY", []string{"ProfileId"}},
		"profile with a role's prefix":    {map[string]any{"ProfileId": "00EHs0000000001"}, "MALFORMED_ID", []string{"ProfileId"}},
		"role that is no id":              {map[string]any{"UserRoleId": "CEO"}, "MALFORMED_ID", []string{"UserRoleId"}},
		"manager that never was":          {map[string]any{"ManagerId": "005Hs0000099999"}, "INVALID_CROSS_REFERENCE_KEY", []string{"ManagerId"}},
		"read-only column":                {map[string]any{"UserType": "Standard"}, "INVALID_FIELD_FOR_INSERT_UPDATE", []string{"UserType"}},
		"update-only column":              {map[string]any{"IsPortalEnabled": true}, "INVALID_FIELD_FOR_INSERT_UPDATE", []string{"IsPortalEnabled"}},
		"feature that the org has not":    {map[string]any{"UserPermissionsMobileUser": true}, "INVALID_FIELD", nil},
		"feature without a seat":          {map[string]any{"UserPermissionsAvantgoUser": true}, "LICENSE_LIMIT_EXCEEDED", nil},
		"federation id of somebody else":  {map[string]any{"FederationIdentifier": "carol"}, "DUPLICATE_VALUE", nil},
		"a licence with all seats taken":  {map[string]any{"ProfileId": "Analytics Cloud Integration User"}, "LICENSE_LIMIT_EXCEEDED", nil},
		"inactive in a full licence":      {map[string]any{"ProfileId": "Analytics Cloud Integration User", "IsActive": false}, "", nil},
		"an inactive user with a feature": {map[string]any{"UserPermissionsAvantgoUser": true, "IsActive": false}, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSetup(t)
			s.org.TakeUsername("Taken@Example.com")
			must(t, s.org.Update(s.id("User", "Username", "sam.seller@example.com"), map[string]any{"IsActive": false}))
			must(t, s.org.Update(s.id("User", "Username", "carol.chief@example.com"), map[string]any{"FederationIdentifier": "carol"}))
			if profile, ok := test.changes["ProfileId"].(string); ok && strings.Contains(profile, " ") {
				test.changes["ProfileId"] = s.profile(profile)
			}
			_, err := s.try("User", s.user("robot@example.com", test.changes))
			refused(t, err, test.code, test.fields...)
		})
	}
}

func TestUsernameRefusalHasTheServersWords(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	_, err := s.try("User", s.user("admin@example.com", nil))
	refused(t, err, "DUPLICATE_USERNAME", "Username")
	want := "Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce " +
		"organizations. To resolve, use a different username (it doesn't need to match the user's email address). "
	if err.Message != want {
		t.Errorf("message %q", err.Message)
	}
}

func TestUserUpdates(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	robot := s.create("User", s.user("robot@example.com", nil))
	carol, sam := s.id("User", "Username", "carol.chief@example.com"), s.id("User", "Username", "sam.seller@example.com")
	for _, test := range []struct {
		name, id string
		values   map[string]any
		code     string
		fields   []string
	}{
		{"own username in capitals", robot, map[string]any{"Username": "ROBOT@example.com"}, "", nil},
		{"required column to null", robot, map[string]any{"Alias": nil}, "REQUIRED_FIELD_MISSING", []string{"Alias"}},
		{"nickname stays when nulled", robot, map[string]any{"CommunityNickname": nil}, "REQUIRED_FIELD_MISSING", []string{"CommunityNickname"}},
		{"integration user becomes a person", robot, map[string]any{"ProfileId": s.profile("Standard User")}, "FIELD_INTEGRITY_EXCEPTION", []string{"ProfileId"}},
		{"person becomes an integration user", sam, map[string]any{"ProfileId": s.profile("Minimum Access - API Only Integrations")}, "FIELD_INTEGRITY_EXCEPTION", []string{"ProfileId"}},
		{"person changes to another profile", sam, map[string]any{"ProfileId": s.profile("Read Only")}, "", nil},
		{"person changes to another licence", sam, map[string]any{"ProfileId": s.profile("Standard Platform User")}, "", nil},
		{"one's own manager", sam, map[string]any{"ManagerId": sam}, "FIELD_INTEGRITY_EXCEPTION", []string{"ManagerId"}},
		{"manager of the manager", carol, map[string]any{"ManagerId": sam}, "FIELD_INTEGRITY_EXCEPTION", []string{"ManagerId"}},
		{"no role any more", sam, map[string]any{"UserRoleId": nil}, "", nil},
		{"read-only column", sam, map[string]any{"LastLoginDate": "2026-01-01T00:00:00Z"}, "INVALID_FIELD_FOR_INSERT_UPDATE", []string{"LastLoginDate"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			refused(t, s.patch(test.id, test.values), test.code, test.fields...)
		})
	}
}

func TestUserIsNeverDeleted(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	err := s.erase(s.id("User", "Username", "sam.seller@example.com"))
	refused(t, err, "METHOD_NOT_ALLOWED")
	if err.Status != 405 {
		t.Errorf("status %d, want 405", err.Status)
	}
	if s.org.Delete(s.id("User", "Username", "sam.seller@example.com")) == nil {
		t.Error("Setup deleted a user")
	}
}

func TestLastAdministratorStays(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	admin, sam := s.id("User", "Username", "admin@example.com"), s.id("User", "Username", "sam.seller@example.com")
	refused(t, s.patch(admin, map[string]any{"IsActive": false}), "CANNOT_DISABLE_LAST_ADMIN")
	refused(t, s.patch(admin, map[string]any{"ProfileId": s.profile("Standard User")}), "CANNOT_DISABLE_LAST_ADMIN")
	refused(t, s.patch(sam, map[string]any{"ProfileId": s.profile("System Administrator")}), "")
	refused(t, s.patch(admin, map[string]any{"IsActive": false}), "")
}

func TestSeatsAreCounted(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	used := func() any { return s.org.Find("UserLicense", "Name", "Salesforce Integration")["UsedLicenses"] }
	var robots []string
	for i := range 5 {
		robots = append(robots, s.create("User", s.user(fmt.Sprintf("robot%d@example.com", i), nil)))
	}
	if used() != int64(5) {
		t.Fatalf("UsedLicenses = %v after five users", used())
	}
	_, err := s.try("User", s.user("sixth@example.com", nil))
	refused(t, err, "LICENSE_LIMIT_EXCEEDED")
	if err.Message != "License Limit Exceeded" {
		t.Errorf("message %q", err.Message)
	}

	must(t, s.org.Freeze("robot0@example.com", true))
	if used() != int64(5) {
		t.Error("freezing freed a seat")
	}
	refused(t, s.patch(robots[0], map[string]any{"IsActive": false}), "")
	if used() != int64(4) {
		t.Error("deactivation freed no seat")
	}
	sixth := s.create("User", s.user("sixth@example.com", nil))
	refused(t, s.patch(robots[0], map[string]any{"IsActive": true}), "LICENSE_LIMIT_EXCEEDED")
	refused(t, s.patch(sixth, map[string]any{"Title": "Robot"}), "")

	must(t, s.org.SetSeats("Salesforce Integration", 6))
	refused(t, s.patch(robots[0], map[string]any{"IsActive": true}), "")
	must(t, s.org.SetSeats("Salesforce Integration", unlimited))
	s.create("User", s.user("seventh@example.com", nil))
}

func TestSeatsAreCountedWhenTheProfileChanges(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	must(t, s.org.SetSeats("Salesforce Platform", 1))
	carol, sam := s.id("User", "Username", "carol.chief@example.com"), s.id("User", "Username", "sam.seller@example.com")
	platform := map[string]any{"ProfileId": s.profile("Standard Platform User")}
	refused(t, s.patch(carol, platform), "")
	refused(t, s.patch(sam, platform), "LICENSE_LIMIT_EXCEEDED")
}

func TestFeatureSeatsAreCounted(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	knowledge := map[string]any{"UserPermissionsKnowledgeUser": true}
	s.create("User", s.user("one@example.com", knowledge))
	two := s.create("User", s.user("two@example.com", knowledge))
	three := s.create("User", s.user("three@example.com", nil))
	refused(t, s.patch(three, knowledge), "LICENSE_LIMIT_EXCEEDED")
	refused(t, s.patch(two, map[string]any{"UserPermissionsKnowledgeUser": false}), "")
	refused(t, s.patch(three, knowledge), "")
}

func TestFreezing(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	login := s.id("UserLogin", "UserId", s.id("User", "Username", "sam.seller@example.com"))
	refused(t, s.patch(login, map[string]any{"IsFrozen": true}), "")
	refused(t, s.patch(login, map[string]any{"IsFrozen": false}), "")
	refused(t, s.patch(login, map[string]any{"IsPasswordLocked": true}), unsurePasswordLockCode, "IsPasswordLocked")
	must(t, s.org.Update(login, map[string]any{"IsPasswordLocked": true}))
	refused(t, s.patch(login, map[string]any{"IsPasswordLocked": false}), "")
	refused(t, s.erase(login), "METHOD_NOT_ALLOWED")
	_, err := s.try("UserLogin", map[string]any{})
	refused(t, err, "METHOD_NOT_ALLOWED")
	if s.org.Freeze("nobody@example.com", true) == nil {
		t.Error("froze a user who is not there")
	}
}

func TestUserColumnsNeedPermissions(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	sam := s.id("User", "Username", "sam.seller@example.com")
	refused(t, s.patch(sam, map[string]any{"ProfileId": s.profile("Minimum Access - Salesforce")}), "")
	role := s.id("UserRole", "Name", "CEO")
	s.as("sam.seller@example.com")
	for column, value := range map[string]any{"ProfileId": s.profile("Read Only"), "UserRoleId": role, "NumberOfFailedLogins": 1} {
		err := s.patch(sam, map[string]any{column: value})
		refused(t, err, "INVALID_FIELD")
		if want := "No such column '" + column + "' on sobject of type User"; err.Message != want {
			t.Errorf("message %q, want %q", err.Message, want)
		}
	}
	refused(t, s.patch(sam, map[string]any{"Title": "Seller"}), "INSUFFICIENT_ACCESS_OR_READONLY")
}

func TestRoles(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	_, err := s.try("UserRole", map[string]any{"Name": "Robots"})
	refused(t, err, "REQUIRED_FIELD_MISSING", "OpportunityAccessForAccountOwner")
	robots := s.create("UserRole", map[string]any{"Name": "Robots & Co.", "OpportunityAccessForAccountOwner": "None"})
	if got := s.org.Record(robots)["DeveloperName"]; got != "Robots_Co" {
		t.Errorf("DeveloperName = %v", got)
	}
	_, err = s.try("UserRole", map[string]any{"Name": "Others", "DeveloperName": "robots_co", "OpportunityAccessForAccountOwner": "None"})
	refused(t, err, "DUPLICATE_VALUE")
	child := s.create("UserRole", map[string]any{"Name": "Below", "ParentRoleId": robots, "OpportunityAccessForAccountOwner": "Read"})
	refused(t, s.patch(robots, map[string]any{"ParentRoleId": child}), "FIELD_INTEGRITY_EXCEPTION", "ParentRoleId")
	refused(t, s.erase(robots), unsureInUseCode)
	user := s.create("User", s.user("robot@example.com", map[string]any{"UserRoleId": child}))
	refused(t, s.erase(child), unsureInUseCode)
	refused(t, s.patch(user, map[string]any{"UserRoleId": nil}), "")
	refused(t, s.erase(child), "")
	refused(t, s.erase(robots), "")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
