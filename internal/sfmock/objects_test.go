package sfmock

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const (
	restBase = "/services/data/v68.0"
)

func TestIdentityOverTheWire(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	sam := o.Find("User", "Username", "sam.seller@example.com")["Id"].(string)
	login := o.Find("UserLogin", "UserId", sam)["Id"].(string)
	profile := o.Find("Profile", "Name", "Standard User")["Id"].(string)

	for _, test := range []struct {
		method, path, body string
		status             int
		answer             string // a part of it, all of it when it is empty
	}{
		{
			http.MethodPost, "/sobjects/User", `{"Username":"new@example.com"}`, http.StatusBadRequest,
			`"fields":["LastName","Email","Alias","TimeZoneSidKey","LocaleSidKey","EmailEncodingKey","ProfileId","LanguageLocaleKey"]`,
		},
		{http.MethodPost, "/sobjects/User", `{"Username":"New@Example.com","LastName":"New","Email":"new@example.com","Alias":"new","TimeZoneSidKey":"Europe/Berlin",` +
			`"LocaleSidKey":"de_DE","EmailEncodingKey":"UTF-8","LanguageLocaleKey":"de","ProfileId":"` + profile + `"}`, http.StatusCreated, `"success":true`},
		{http.MethodPatch, "/sobjects/User/" + sam, `{"IsActive":false}`, http.StatusNoContent, ""},
		{http.MethodPatch, "/sobjects/User/" + sam, `{"Alias":"much too long"}`, http.StatusBadRequest, `Alias: data value too large: much too long (max length=8)`},
		{http.MethodPatch, "/sobjects/User/" + sam, `{"TimeZoneSidKey":"Mars"}`, http.StatusBadRequest, `Time Zone: bad value for restricted picklist field: Mars`},
		{http.MethodPatch, "/sobjects/User/" + sam, `{"Email":"nobody"}`, http.StatusBadRequest, `Email: invalid email address: nobody`},
		{http.MethodDelete, "/sobjects/User/" + sam, "", http.StatusMethodNotAllowed, `HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET,PATCH`},
		{http.MethodPatch, "/sobjects/UserLogin/" + login, `{"IsFrozen":true}`, http.StatusNoContent, ""},
		{http.MethodPost, "/sobjects/UserLogin", `{"UserId":"` + sam + `"}`, http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED"},
		{http.MethodDelete, "/sobjects/UserLogin/" + login, "", http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED"},
		{http.MethodPost, "/sobjects/LoginHistory", `{}`, http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED"},
	} {
		status, _, answer := w.do(test.method, restBase+test.path, test.body)
		if status != test.status || !strings.Contains(string(answer), test.answer) || test.answer == "" && len(answer) > 0 {
			t.Errorf("%s %s: %d %s, want %d %s", test.method, test.path, status, answer, test.status, test.answer)
		}
	}
}

func TestQueriesOfSetupObjects(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	for _, test := range []struct {
		soql   string
		status int
		answer string
	}{
		{"SELECT Name, UsedLicenses FROM UserLicense WHERE Name = 'Salesforce'", http.StatusOK, `"UsedLicenses":3`},
		{"SELECT Id FROM UserLicense WHERE UsedLicenses > 1", http.StatusBadRequest, `INVALID_FIELD`},
		{"SELECT Id FROM LoginHistory WHERE Status = 'Success'", http.StatusBadRequest, `INVALID_FIELD`},
		{"SELECT Username, (SELECT Id FROM PermissionSetLicenseAssignments) FROM User WHERE Username = 'admin@example.com'", http.StatusOK, `"PermissionSetLicenseAssignments":null`},
		{"SELECT Name FROM User WHERE Profile.UserLicense.Name = 'Analytics Cloud Integration User'", http.StatusOK, `"Name":"Integration User"`},
		{"SELECT Name FROM Profile WHERE UserType = 'CsnOnly'", http.StatusOK, `"Name":"Chatter Free User"`},
		{"SELECT MasterLabel FROM EntityDefinition WHERE QualifiedApiName = 'Opportunity'", http.StatusOK, `"totalSize":1`},
		{"SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Invoice__c' AND DataType LIKE 'Master%'", http.StatusOK, `"QualifiedApiName":"Account__c"`},
		{"SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinitionId = 'Invoice__c' AND QualifiedApiName = 'Paid__c'", http.StatusOK, `"totalSize":1`},
		{"SELECT CloseDate FROM Opportunity WHERE CloseDate = TODAY", http.StatusOK, `"totalSize":0`},
	} {
		status, _, answer := w.do(http.MethodGet, restBase+"/query?q="+url.QueryEscape(test.soql), "")
		if status != test.status || !strings.Contains(string(answer), test.answer) {
			t.Errorf("%s: %d %s, want %d %s", test.soql, status, answer, test.status, test.answer)
		}
	}
}
