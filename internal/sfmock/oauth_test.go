package sfmock

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	tokenPath = "/services/oauth2/token"
	robot     = "sam.seller@example.com"
)

// keyPair is made once: two thousand bits take their time.
var keyPair = sync.OnceValues(func() (*rsa.PrivateKey, string) {
	private, certificate, err := NewKey()
	if err != nil {
		panic(err)
	}
	block, _ := pem.Decode([]byte(private))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		panic(err)
	}
	return key.(*rsa.PrivateKey), certificate
})

// connectedApp lets administrators in by JWT.
func connectedApp() App {
	_, certificate := keyPair()
	return App{
		Name: "Deployer", ConsumerKey: "key-1", ConsumerSecret: "secret-1", CertificatePEM: certificate,
		Scopes: []string{"api", "web", "refresh_token", "offline_access"}, AdminApproved: true, Profiles: []string{administratorProfile},
	}
}

// sign makes a compact JWT.
func sign(t *testing.T, header, claims map[string]any) string {
	t.Helper()
	key, _ := keyPair()
	var parts []string
	for _, part := range []map[string]any{header, claims} {
		raw, err := json.Marshal(part)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, base64.RawURLEncoding.EncodeToString(raw))
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, ".")))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(append(parts, base64.RawURLEncoding.EncodeToString(signature)), ".")
}

// jwtForm is a token request whose assertion is fine but for what change does to its claims.
func jwtForm(t *testing.T, w *wire, change map[string]any) url.Values {
	t.Helper()
	claims := map[string]any{"iss": "key-1", "sub": administrator, "aud": w.url, "exp": time.Now().Add(2 * time.Minute).Unix()}
	maps.Copy(claims, change)
	return url.Values{"grant_type": {jwtBearer}, "assertion": {sign(t, map[string]any{"alg": "RS256"}, claims)}}
}

func refusal(answer map[string]any) string {
	return answer["error"].(string) + ": " + answer["error_description"].(string)
}

func TestJWTSignsIn(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.AddApp(connectedApp())
	w.token = ""
	status, answer := w.form(w.url+tokenPath, jwtForm(t, w, nil))
	if status != http.StatusOK {
		t.Fatalf("%d %v", status, answer)
	}
	if got, want := slices.Sorted(maps.Keys(answer)), []string{"access_token", "id", "instance_url", "scope", "token_type"}; !slices.Equal(got, want) {
		t.Errorf("fields %v, want %v", got, want)
	}
	user := o.Find("User", "Username", administrator)["Id"].(string)
	org := o.Records("Organization")[0]["Id"].(string)
	for field, want := range map[string]string{
		"scope": "api web", "instance_url": w.url, "id": w.url + "/id/" + org + "/" + user, "token_type": "Bearer",
	} {
		if answer[field] != want {
			t.Errorf("%s = %v, want %s", field, answer[field], want)
		}
	}
	token := answer["access_token"].(string)
	if !strings.HasPrefix(token, org[:15]+"!") || len(token) != 112 || strings.Trim(token[16:], tokenAlphabet) != "" {
		t.Errorf("token %q", token)
	}
	w.token = token
	if status, _, body := w.do("GET", "/services/data/v68.0/", ""); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	history := o.Records("LoginHistory")
	if len(history) != 1 || history[0]["UserId"] != user || history[0]["Application"] != "Deployer" || history[0]["SourceIp"] != "127.0.0.1" {
		t.Errorf("log-in history %v", history)
	}
	if o.Find("User", "Username", administrator)["LastLoginDate"] == nil {
		t.Error("the user's last log-in was not noted")
	}
}

func TestLoginHostSpeaksForTheMyDomain(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.AddApp(connectedApp())
	for _, audience := range []string{w.login, w.url, "https://login.salesforce.com"} {
		status, answer := w.form(w.login+tokenPath, jwtForm(t, w, map[string]any{"aud": audience}))
		if status != http.StatusOK || answer["instance_url"] != w.url || !strings.HasPrefix(answer["id"].(string), w.login+"/id/") {
			t.Errorf("aud %s: %d %v", audience, status, answer)
		}
	}
}

func TestJWTRefusals(t *testing.T) {
	t.Parallel()
	past := func(d time.Duration) int64 { return time.Now().Add(-d).Unix() }
	app := func(change func(*App)) func(*Org) {
		return func(o *Org) {
			a := connectedApp()
			change(&a)
			o.AddApp(a)
		}
	}
	const (
		invalid      = "invalid_grant: invalid assertion"
		notApproved  = "invalid_grant: user hasn't approved this consumer"
		notInstalled = "app_not_found: External client app is not installed in this org"
	)
	for name, test := range map[string]struct {
		prepare func(*Org)
		claims  map[string]any
		form    url.Values // instead of an assertion with claims
		atLogin bool
		want    string
	}{
		"no grant type":         {form: url.Values{}, want: "unsupported_grant_type: grant type not supported"},
		"unknown grant type":    {form: url.Values{"grant_type": {"magic"}}, want: "unsupported_grant_type: grant type not supported"},
		"device":                {form: url.Values{"response_type": {"device_code"}}, want: "unsupported_grant_type: grant type not supported"},
		"password":              {form: url.Values{"grant_type": {"password"}}, want: "invalid_grant: authentication failure"},
		"refresh token":         {form: url.Values{"grant_type": {"refresh_token"}, "client_id": {"key-1"}}, want: "invalid_grant: expired access/refresh token"},
		"code":                  {form: url.Values{"grant_type": {"authorization_code"}, "client_id": {"key-1"}}, want: "invalid_grant: invalid authorization code"},
		"no assertion":          {form: url.Values{"grant_type": {jwtBearer}}, want: invalid},
		"two parts":             {form: url.Values{"grant_type": {jwtBearer}, "assertion": {"e30.e30"}}, want: invalid},
		"unknown app":           {claims: map[string]any{"iss": "key-2"}, want: "invalid_client_id: client identifier invalid"},
		"ECA of another org":    {prepare: app(func(a *App) { a.Foreign = true }), want: notInstalled},
		"ECA at the login host": {prepare: app(func(a *App) { a.External = true }), atLogin: true, want: notInstalled},
		"ECA, login audience":   {prepare: app(func(a *App) { a.External = true }), claims: map[string]any{"aud": "https://login.salesforce.com"}, want: notInstalled},
		"blocked app":           {prepare: app(func(a *App) { a.Blocked = true }), want: "app_blocked: this app is blocked by admin"},
		"no certificate":        {prepare: app(func(a *App) { a.CertificatePEM = "" }), want: invalid},
		"other certificate": {prepare: app(func(a *App) {
			_, a.CertificatePEM, _ = NewKey()
		}), want: invalid},
		"other audience":     {claims: map[string]any{"aud": "https://example.com"}, want: "invalid_grant: audience is invalid"},
		"test host audience": {claims: map[string]any{"aud": "https://test.salesforce.com"}, want: "invalid_grant: audience is invalid"},
		"audience in a list": {claims: map[string]any{"aud": []string{"https://login.salesforce.com"}}, want: "invalid_grant: audience is invalid"},
		"expired":            {claims: map[string]any{"exp": past(4 * time.Minute)}, want: "invalid_grant: expired authorization code"},
		"unknown user":       {claims: map[string]any{"sub": "nobody@example.com"}, want: "invalid_grant: inactive user"},
		"inactive user": {prepare: func(o *Org) {
			_ = o.Update(o.Find("User", "Username", robot)["Id"].(string), map[string]any{"IsActive": false})
		}, claims: map[string]any{"sub": robot}, want: "invalid_grant: inactive user"},
		"frozen user":        {prepare: func(o *Org) { _ = o.Freeze(administrator, true) }, want: "invalid_grant: " + unsureFrozenUser},
		"not pre-authorised": {claims: map[string]any{"sub": robot}, want: "invalid_app_access: user is not admin approved to access this app"},
		"not approved":       {prepare: app(func(a *App) { a.AdminApproved = false }), want: notApproved},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := New(Options{})
			w := client(t, o)
			o.AddApp(connectedApp())
			if test.prepare != nil {
				test.prepare(o)
			}
			form, host := test.form, w.url
			if form == nil {
				form = jwtForm(t, w, test.claims)
			}
			if test.atLogin {
				host = w.login
			}
			if status, answer := w.form(host+tokenPath, form); status != http.StatusBadRequest || refusal(answer) != test.want {
				t.Errorf("%d %v, want %s", status, answer, test.want)
			}
			if history := o.Records("LoginHistory"); len(history) != 0 {
				t.Errorf("a refused log-in was noted as %v", history)
			}
		})
	}
}

func TestJWTIsTakenLeniently(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.AddApp(connectedApp())
	for name, claims := range map[string]map[string]any{
		"seconds as a string":       {"exp": "1999999999"},
		"milliseconds":              {"exp": time.Now().UnixMilli()},
		"a little late":             {"exp": time.Now().Add(-time.Minute).Unix()},
		"subject under an old name": {"sub": "", "prn": administrator},
		"slash after the audience":  {"aud": w.url + "/"},
		"username in capitals":      {"sub": strings.ToUpper(administrator)},
	} {
		if status, answer := w.form(w.url+tokenPath, jwtForm(t, w, claims)); status != http.StatusOK {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
}

func TestJWTHeader(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.AddApp(connectedApp())
	claims := map[string]any{"iss": "key-1", "sub": administrator, "aud": w.url, "exp": time.Now().Add(time.Minute).Unix()}
	for _, algorithm := range []string{"none", "HS256", "RS512", ""} {
		form := url.Values{"grant_type": {jwtBearer}, "assertion": {sign(t, map[string]any{"alg": algorithm}, claims)}}
		if _, answer := w.form(w.url+tokenPath, form); refusal(answer) != "invalid_grant: invalid assertion" {
			t.Errorf("alg %q: %v", algorithm, answer)
		}
	}
}

func TestJWTIDsAreUsedOnce(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.AddApp(connectedApp())
	form := jwtForm(t, w, map[string]any{"jti": "1"})
	if status, answer := w.form(w.url+tokenPath, form); status != http.StatusOK {
		t.Fatalf("%d %v", status, answer)
	}
	if _, answer := w.form(w.url+tokenPath, form); answer["error"] != "bad_jti_claim" {
		t.Errorf("%v", answer)
	}
}

func TestStrictAssertions(t *testing.T) {
	t.Parallel()
	o := New(Options{StrictAssertions: true})
	w := client(t, o)
	o.AddApp(connectedApp())
	if _, answer := w.form(w.url+tokenPath, jwtForm(t, w, map[string]any{"exp": time.Now().Add(5 * time.Minute).Unix()})); answer["error"] != "invalid_grant" {
		t.Errorf("%v", answer)
	}
	if status, answer := w.form(w.url+tokenPath, jwtForm(t, w, nil)); status != http.StatusOK {
		t.Errorf("%d %v", status, answer)
	}
}

func TestApproval(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	app := connectedApp()
	app.AdminApproved = false
	o.AddApp(app)
	if err := o.Approve("Deployer", robot); err != nil {
		t.Fatal(err)
	}
	form := jwtForm(t, w, map[string]any{"sub": robot})
	if status, answer := w.form(w.url+tokenPath, form); status != http.StatusOK {
		t.Errorf("approved by the user: %d %v", status, answer)
	}
	app.AdminApproved, app.Profiles, app.PermissionSets = true, nil, []string{"Robots"}
	o.AddApp(app)
	if _, answer := w.form(w.url+tokenPath, form); answer["error"] != "invalid_app_access" {
		t.Errorf("before the assignment: %v", answer)
	}
	set, err := o.Insert("PermissionSet", map[string]any{"Name": "Robots", "Label": "Robots"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Insert("PermissionSetAssignment", map[string]any{"AssigneeId": o.Find("User", "Username", robot)["Id"], "PermissionSetId": set}); err != nil {
		t.Fatal(err)
	}
	if status, answer := w.form(w.url+tokenPath, form); status != http.StatusOK {
		t.Errorf("pre-authorised by the permission set: %d %v", status, answer)
	}
	if o.Approve("Other", robot) == nil || o.Approve("Deployer", "nobody@example.com") == nil {
		t.Error("an unknown app or user was approved")
	}
}

func TestLoginIPRanges(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.AddApp(connectedApp())
	o.mu.Lock()
	profile := o.find("Profile", "Name", administratorProfile)
	profile.sections["loginIpRanges"] = []map[string]any{{"startAddress": "192.0.2.10", "endAddress": "192.0.2.20"}}
	o.mu.Unlock()
	for address, want := range map[string]int{
		"": http.StatusBadRequest, "192.0.2.9": http.StatusBadRequest, "192.0.2.10": http.StatusOK, "192.0.2.20": http.StatusOK, "192.0.2.21": http.StatusBadRequest,
	} {
		o.SetSourceIP(address)
		status, answer := w.form(w.url+tokenPath, jwtForm(t, w, nil))
		if status != want || status != http.StatusOK && refusal(answer) != "invalid_grant: ip restricted" {
			t.Errorf("from %q: %d %v", address, status, answer)
		}
	}
}

// integration makes a user of an API-only profile.
func integration(t *testing.T, o *Org) string {
	t.Helper()
	const username = "billing@example.com"
	_, err := o.Insert("User", map[string]any{
		"Username": username, "LastName": "Billing", "Email": username, "Alias": "billing",
		"ProfileId":      o.Find("Profile", "Name", "Minimum Access - API Only Integrations")["Id"],
		"TimeZoneSidKey": "GMT", "LocaleSidKey": "en_US", "LanguageLocaleKey": "en_US", "EmailEncodingKey": "UTF-8",
	})
	if err != nil {
		t.Fatal(err)
	}
	return username
}

func TestClientCredentials(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	w.token = ""
	app := App{
		Name: "Billing", ConsumerKey: "key-1", ConsumerSecret: "secret-1", External: true,
		Scopes: []string{"api", "web", "full", "refresh_token", "offline_access"}, ClientCredentials: true, RunAs: integration(t, o),
	}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"key-1"}, "client_secret": {"secret-1"}}
	ask := func(change func(*App), host string, more url.Values) (int, map[string]any) {
		a := app
		change(&a)
		o.AddApp(a)
		fields := maps.Clone(form)
		maps.Copy(fields, more)
		return w.form(host+tokenPath, fields)
	}
	same := func(*App) {}

	status, answer := ask(same, w.url, nil)
	if status != http.StatusOK || answer["scope"] != "api" || answer["instance_url"] != w.url {
		t.Fatalf("%d %v", status, answer)
	}
	sum := hmac.New(sha256.New, []byte("secret-1"))
	sum.Write([]byte(answer["id"].(string) + answer["issued_at"].(string)))
	if len(answer) != 7 || answer["signature"] != base64.StdEncoding.EncodeToString(sum.Sum(nil)) {
		t.Errorf("%v", answer)
	}
	if history := o.Records("LoginHistory"); len(history) != 1 || history[0]["LoginSubType"] != "OauthClientCredentials" {
		t.Errorf("%v", history)
	}
	basic := http.Header{
		"Content-Type": {"application/x-www-form-urlencoded"}, "Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte("key-1:secret-1"))},
	}
	if status, _, body := w.send("POST", tokenPath, "grant_type=client_credentials", basic); status != http.StatusOK {
		t.Errorf("basic authentication: %d %s", status, body)
	}

	for name, test := range map[string]struct {
		change func(*App)
		host   string
		more   url.Values
		want   string
	}{
		"login host":    {same, w.login, nil, "invalid_grant: request not supported on this domain"},
		"unknown app":   {same, w.url, url.Values{"client_id": {"key-2"}}, "invalid_client_id: client identifier invalid"},
		"wrong secret":  {same, w.url, url.Values{"client_secret": {"x"}}, "invalid_client: invalid client credentials"},
		"flow off":      {func(a *App) { a.ClientCredentials = false }, w.url, nil, "unsupported_grant_type: grant type not supported"},
		"no run-as":     {func(a *App) { a.RunAs = "" }, w.url, nil, "invalid_grant: no client credentials user enabled"},
		"unknown user":  {func(a *App) { a.RunAs = "nobody@example.com" }, w.url, nil, "invalid_grant: no client credentials user enabled"},
		"not API only":  {func(a *App) { a.RunAs = administrator }, w.url, nil, "invalid_grant: " + unsureNoAPIOnlyRunAs},
		"blocked":       {func(a *App) { a.Blocked = true }, w.url, nil, "app_blocked: " + unsureAppBlocked},
		"another org's": {func(a *App) { a.Foreign = true }, w.url, nil, "app_not_found: External client app is not installed in this org"},
		"scopes":        {same, w.url, url.Values{"scope": {"api"}}, "invalid_request: scope parameter not supported"},
	} {
		if status, answer := ask(test.change, test.host, test.more); status != http.StatusBadRequest || refusal(answer) != test.want {
			t.Errorf("%s: %d %v, want %s", name, status, answer, test.want)
		}
	}
}

func TestTokenEndpointWantsAForm(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.AddApp(connectedApp())
	const want = `{"error":"unsupported_grant_type","error_description":"grant type not supported"}`
	header := w.wants("POST", tokenPath, `{"grant_type":"password"}`, http.StatusBadRequest, want)
	if header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control %q", header.Get("Cache-Control"))
	}
	w.wants("GET", tokenPath+"?grant_type=password", "", http.StatusBadRequest, want)
	status, _, _ := w.send("POST", tokenPath+"?"+jwtForm(t, w, nil).Encode(), "", nil)
	if status != http.StatusBadRequest {
		t.Errorf("an assertion in the URL signed in: %d", status)
	}
	w.wants("GET", "/services/oauth2/authorize?response_type=code", "", http.StatusBadRequest, `{"error":"oauth_flow_disabled","error_description":"`+unsureFlowDisabled+`"}`)
	w.wants("PUT", "/services/oauth2/revoke", "", http.StatusMethodNotAllowed,
		`{"error":"METHOD_NOT_ALLOWED","error_description":"HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,POST"}`)
}

func TestRevokeAndIntrospect(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	o := New(Options{Now: func() time.Time { return now }})
	w := client(t, o)
	o.AddApp(connectedApp())
	token := w.token
	w.token = ""
	who := url.Values{"token": {token}, "client_id": {"key-1"}, "client_secret": {"secret-1"}}

	status, answer := w.form(w.url+"/services/oauth2/introspect", who)
	if status != http.StatusOK || answer["active"] != true || answer["username"] != administrator || answer["exp"].(float64)-answer["iat"].(float64) != 7200 {
		t.Errorf("%d %v", status, answer)
	}
	if _, answer := w.form(w.url+"/services/oauth2/introspect", url.Values{"token": {token}, "client_id": {"key-1"}}); answer["error"] != "invalid_client" {
		t.Errorf("introspected without a secret: %v", answer)
	}
	if status, answer := w.form(w.url+"/services/oauth2/revoke", url.Values{"token": {token}}); status != http.StatusOK || answer != nil {
		t.Errorf("%d %v", status, answer)
	}
	if status, answer := w.form(w.url+"/services/oauth2/introspect", who); status != http.StatusOK || len(answer) != 1 || answer["active"] != false {
		t.Errorf("%d %v", status, answer)
	}
	if status, answer := w.form(w.url+"/services/oauth2/revoke", url.Values{"token": {token}}); status != http.StatusBadRequest || answer["error"] != "invalid_token" {
		t.Errorf("%d %v", status, answer)
	}
	if _, answer := w.form(w.url+"/services/oauth2/revoke", url.Values{"token": {token}, "token_type_hint": {"id_token"}}); answer["error"] != "unsupported_token_type" {
		t.Errorf("%v", answer)
	}
	w.token = token
	w.wants("GET", "/services/data/v68.0/", "", http.StatusUnauthorized, sessionGone)
}

func TestUserinfoAndIdentity(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	user := o.Find("User", "Username", administrator)["Id"].(string)
	org := o.Records("Organization")[0]["Id"].(string)
	get := func(path string) map[string]any {
		status, _, raw := w.do("GET", path, "")
		var answer map[string]any
		if err := json.Unmarshal(raw, &answer); err != nil || status != http.StatusOK {
			t.Fatalf("%s: %d %s", path, status, raw)
		}
		return answer
	}
	info := get("/services/oauth2/userinfo")
	for field, want := range map[string]any{
		"sub": w.url + "/id/" + org + "/" + user, "user_id": user, "organization_id": org, "preferred_username": administrator,
		"email": administrator, "name": "Ada Admin", "user_type": "STANDARD", "active": true, "is_salesforce_integration_user": false,
	} {
		if info[field] != want {
			t.Errorf("userinfo %s = %v, want %v", field, info[field], want)
		}
	}
	path := "/id/" + org + "/" + user
	if got := get(path); got["username"] != administrator || got["urls"].(map[string]any)["rest"] != w.url+"/services/data/v{version}/" {
		t.Errorf("%v", got)
	}
	if got := get(path + "?version=latest"); got["urls"].(map[string]any)["rest"] != w.url+"/services/data/v68.0/" {
		t.Errorf("%v", got)
	}
	if used := o.Usage(); used != 0 {
		t.Errorf("identity requests cost %d API calls", used)
	}
	w.wants("GET", "/id/00D000000000001EAA/"+user, "", http.StatusForbidden, "Wrong_Org")
	w.wants("GET", "/id/"+org+"/005000000000001AAA", "", http.StatusForbidden, "Bad_Id")
	w.token = "x"
	w.wants("GET", "/services/oauth2/userinfo", "", http.StatusForbidden, "Bad_OAuth_Token")
	w.wants("GET", path, "", http.StatusForbidden, "Bad_OAuth_Token")
	w.token = ""
	w.wants("GET", path, "", http.StatusForbidden, "Missing_OAuth_Token")
	if got := get("/.well-known/openid-configuration"); got["issuer"] != w.url || got["token_endpoint"] != w.url+tokenPath {
		t.Errorf("%v", got)
	}
	w.wants("GET", "/id/keys", "", http.StatusOK, `{"keys":[]}`)
}

func TestIntegrationUsersAreTold(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	w.token = w.tokenOf(o, integration(t, o))
	_, _, raw := w.do("GET", "/services/oauth2/userinfo", "")
	if !strings.Contains(string(raw), `"is_salesforce_integration_user":true`) {
		t.Errorf("%s", raw)
	}
}
