package sfmock

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

const resources = "/services/data/v68.0/"

func TestTokensIdleOut(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	for range 3 {
		o.Advance(2*time.Hour - time.Minute)
		if status, _, body := w.do("GET", resources, ""); status != http.StatusOK {
			t.Fatalf("a token in use: %d %s", status, body)
		}
	}
	o.Advance(2 * time.Hour)
	w.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	robotID := func(o *Org) string { return o.Find("User", "Username", robot)["Id"].(string) }
	for name, end := range map[string]func(*Org) error{
		"revoked":       func(o *Org) error { return o.RevokeSessions(robot) },
		"all expired":   func(o *Org) error { o.ExpireSessions(); return nil },
		"frozen":        func(o *Org) error { return o.Freeze(robot, true) },
		"deactivated":   func(o *Org) error { return o.Update(robotID(o), map[string]any{"IsActive": false}) },
		"org refreshed": func(o *Org) error { o.SetOrgID("00DHs0000000ABC"); return nil },
		"frozen and thawed": func(o *Org) error {
			if err := o.Freeze(robot, true); err != nil {
				return err
			}
			return o.Freeze(robot, false)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := New(Options{})
			w := client(t, o)
			w.token = w.tokenOf(o, robot)
			if status, _, body := w.do("GET", resources, ""); status != http.StatusOK {
				t.Fatalf("%d %s", status, body)
			}
			if err := end(o); err != nil {
				t.Fatal(err)
			}
			w.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
		})
	}
}

func TestSandboxRefresh(t *testing.T) {
	t.Parallel()
	o := New(Options{Sandbox: true})
	w := client(t, o)
	w.token = w.tokenOf(o, o.AdministratorUsername())
	o.SetOrgID("no id")
	if status, _, body := w.do("GET", resources, ""); status != http.StatusOK {
		t.Errorf("nothing was refreshed: %d %s", status, body)
	}
	o.SetOrgID("00DHs0000000ABC")
	w.token = w.tokenOf(o, o.AdministratorUsername())
	_, _, raw := w.do("GET", "/services/oauth2/userinfo", "")
	if !strings.HasPrefix(w.token, "00DHs0000000ABC!") || !strings.Contains(string(raw), `"organization_id":"`+id18("00DHs0000000ABC")+`"`) {
		t.Errorf("%s %s", w.token, raw)
	}
}

func TestSessionsOfOthersLiveOn(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	if err := o.Freeze(robot, true); err != nil {
		t.Fatal(err)
	}
	if status, _, body := w.do("GET", resources, ""); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
}

func TestTokensAreAskedFor(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	good := w.token
	w.token = ""
	w.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
	w.wants("GET", "/services/data/v68.0/nothing", "", http.StatusUnauthorized, sessionGone)
	w.token = good + "x"
	w.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
	w.token = ""
	if status, _, body := w.send("GET", resources, "", http.Header{"Authorization": {"OAuth " + good}}); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	if status, _, _ := w.send("GET", resources, "", http.Header{"Authorization": {"Basic " + good}}); status != http.StatusUnauthorized {
		t.Errorf("%d", status)
	}
}

func TestLoginHostServesNoAPI(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	w.wants("GET", w.login+resources, "", http.StatusUnauthorized, sessionGone)
	if o.Usage() != 0 {
		t.Error("a refused request was counted")
	}
}

func TestMigration(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	old := *w
	w = client(t, o) // the same org under another address
	o.AddApp(connectedApp())
	o.SetInstanceURL(w.url)
	old.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
	_, answer := old.form(old.url+tokenPath, jwtForm(t, &old, map[string]any{"aud": w.url}))
	if answer["instance_url"] != w.url {
		t.Fatalf("%v", answer)
	}
	w.token = answer["access_token"].(string)
	if status, _, body := w.do("GET", resources, ""); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
}

func TestExpiredPassword(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.AddApp(connectedApp())
	if err := o.ExpirePassword(administrator); err != nil {
		t.Fatal(err)
	}
	const expired = `[{"message":"Your password has expired. Please reset your password.","errorCode":"INVALID_OPERATION_WITH_EXPIRED_PASSWORD"}]`
	w.wants("GET", resources, "", http.StatusUnauthorized, expired)
	status, answer := w.form(w.url+tokenPath, jwtForm(t, w, nil))
	if status != http.StatusOK {
		t.Fatalf("the log-in fails, too: %d %v", status, answer)
	}
	w.token = answer["access_token"].(string)
	w.wants("GET", resources, "", http.StatusUnauthorized, expired)
}

func TestSessionsThatDoNotReachTheAPI(t *testing.T) {
	t.Parallel()
	const unfit = `[{"message":"This session is not valid for use with the REST API","errorCode":"INVALID_SESSION_ID"}]`
	o := New(Options{})
	w := client(t, o)
	app := connectedApp()
	app.Scopes = []string{"web", "refresh_token"}
	o.AddApp(app)
	_, answer := w.form(w.url+tokenPath, jwtForm(t, w, nil))
	w.token = answer["access_token"].(string)
	w.wants("GET", resources, "", http.StatusUnauthorized, unfit)

	o.AddApp(connectedApp())
	_, answer = w.form(w.url+tokenPath, jwtForm(t, w, nil))
	w.token = answer["access_token"].(string)
	if status, _, body := w.do("GET", resources, ""); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	app.Blocked = true
	o.AddApp(app)
	w.wants("GET", resources, "", http.StatusUnauthorized, unfit)
}

func TestAPIEnabledIsNeeded(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	user := o.Find("User", "Username", robot)["Id"].(string)
	if err := o.Update(user, map[string]any{"ProfileId": o.Find("Profile", "Name", "Minimum Access - Salesforce")["Id"]}); err != nil {
		t.Fatal(err)
	}
	w.token = w.tokenOf(o, robot)
	w.wants("GET", resources, "", http.StatusForbidden, `[{"message":"`+unsureAPIDisabled+`","errorCode":"API_CURRENTLY_DISABLED"}]`)
}

func TestLeversNameWhatIsMissing(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	if _, err := o.Token("nobody@example.com"); err == nil {
		t.Error("a token for nobody")
	}
	if o.RevokeSessions("nobody@example.com") == nil || o.ExpirePassword("nobody@example.com") == nil {
		t.Error("no error for an unknown user")
	}
	if got := o.AdministratorUsername(); got != administrator {
		t.Errorf("administrator %q", got)
	}
}
