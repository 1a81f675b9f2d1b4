package sfmock

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
)

const seller = "sam.seller@example.com"

// plant puts a record into the org.
func (r *restWire) plant(object string, values map[string]any) string {
	r.Helper()
	id, err := r.org.Insert(object, values)
	if err != nil {
		r.Fatal(err)
	}
	return id
}

// give lets a user hold a permission, and those that it needs.
func (r *restWire) give(username, permission string) {
	r.Helper()
	values := map[string]any{"Name": permission, "Label": permission, permissionColumn + permission: true}
	for _, d := range userDependencies {
		for _, needed := range d.Requires {
			if d.Permission == permission {
				values[permissionColumn+needed] = true
			}
		}
	}
	set := r.plant("PermissionSet", values)
	r.plant("PermissionSetAssignment", map[string]any{"AssigneeId": r.org.Find("User", "Username", username)["Id"], "PermissionSetId": set})
}

// Who logged in how is for those who watch logins; everybody sees the own rows.
func TestLoginHistoryShowsOwnRows(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	for _, username := range []string{administrator, seller} {
		r.plant("LoginHistory", map[string]any{"UserId": r.org.Find("User", "Username", username)["Id"], "LoginTime": r.org.now(), "LoginType": "Application"})
	}
	const all = "SELECT COUNT() FROM LoginHistory"
	r.equal(r.count(all), 2)
	r.equal(r.as(seller).count(all), 1)
	r.give(seller, "MonitorLoginHistory")
	r.equal(r.as(seller).count(all), 2)
}

// Logins can be counted by whatever a readiness report needs, for a range of users.
func TestLoginHistoryGroups(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	user := r.org.Find("User", "Username", seller)["Id"].(string)
	for range 3 {
		r.plant("LoginHistory", map[string]any{"UserId": user, "LoginTime": r.org.now(), "LoginType": "SAML Sfdc Initiated SSO", "AuthMethodReference": "pwd,mfa", "Status": "Success"})
	}
	groups := r.query("SELECT UserId,LoginType,LoginSubType,Application,ApiType,AuthMethodReference,AuthContextClassRef,Status,COUNT(Id) n,MAX(LoginTime) t FROM LoginHistory " +
		"WHERE LoginTime = LAST_N_DAYS:30 AND UserId > '005000000000000AAA' AND UserId <= '" + user + "' " +
		"GROUP BY UserId,LoginType,LoginSubType,Application,ApiType,AuthMethodReference,AuthContextClassRef,Status")
	r.equal(at(groups, "totalSize"), 1.0)
	r.equal(at(groups, "records", 0, "n"), 3.0)
	r.equal(at(groups, "records", 0, "AuthMethodReference"), "pwd,mfa")
}

// What users prove who they are with is there for those who manage it only.
func TestVerificationObjectsNeedPermissions(t *testing.T) {
	t.Parallel()
	for object, permission := range map[string]string{"TwoFactorMethodsInfo": "ManageTwoFactor", "VerificationHistory": "ManageUsers"} {
		t.Run(object, func(t *testing.T) {
			t.Parallel()
			r := restClient(t)
			query := "/query?q=" + url.QueryEscape("SELECT UserId FROM "+object)
			r.ask("GET", query, "", http.StatusOK)
			r.equal(at(r.as(seller).ask("GET", query, "", http.StatusBadRequest), 0, "errorCode"), "INVALID_TYPE")
			r.give(seller, permission)
			r.as(seller).ask("GET", query, "", http.StatusOK)
		})
	}
}

// Registered methods come in pages of 500, and no more than 2,500 of them however many there are.
func TestTwoFactorMethodsInfoEnds(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	if err := r.org.SetSeats("Salesforce", unlimited); err != nil {
		t.Fatal(err)
	}
	profile := r.org.Find("Profile", "Name", "Read Only")["Id"]
	for i := range 2501 {
		username := fmt.Sprintf("user%d@example.com", i)
		user := r.plant("User", map[string]any{
			"Username": username, "LastName": "User", "Email": username, "Alias": "user", "ProfileId": profile,
			"TimeZoneSidKey": "GMT", "LocaleSidKey": "en_US", "LanguageLocaleKey": "en_US", "EmailEncodingKey": "UTF-8",
		})
		r.plant("TwoFactorMethodsInfo", map[string]any{"UserId": user, "HasTotp": true})
	}
	rows, pages := 0, 0
	for answer := r.query("SELECT UserId FROM TwoFactorMethodsInfo"); ; {
		records, _ := at(answer, "records").([]any)
		rows, pages = rows+len(records), pages+1
		next, more := at(answer, "nextRecordsUrl").(string)
		if !more {
			break
		}
		answer = r.ask("GET", next[len(data):], "", http.StatusOK)
	}
	r.equal([]int{rows, pages}, []int{2500, 5})
}

// A login without a time, such as a seed's, is of now.
func TestLoginsHappenNow(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	r.plant("LoginHistory", map[string]any{"UserId": r.org.Find("User", "Username", seller)["Id"], "LoginType": "Other Apex API"})
	r.equal(r.count("SELECT Id FROM LoginHistory WHERE LoginType = 'Other Apex API' AND LoginTime = LAST_N_DAYS:1"), 1)
}
