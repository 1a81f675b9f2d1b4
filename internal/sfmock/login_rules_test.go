package sfmock

import (
	"testing"
	"time"
)

// adminXML changes the standard profile of administrators.
func adminXML(content string) string {
	return `<updateMetadata><metadata xsi:type="Profile"><fullName>Admin</fullName>` + content + `</metadata></updateMetadata>`
}

func TestLogInRulesOfAProfile(t *testing.T) {
	t.Parallel()
	now := time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, 1).Add(10 * time.Hour) // ten o'clock tomorrow
	org := New(Options{Now: func() time.Time { return now }})
	must(t, org.Update(org.Records("Organization")[0]["Id"].(string), map[string]any{"TimeZoneSidKey": "GMT"}))
	s := &soapWire{client(t, org), org, "68.0"}
	org.AddApp(connectedApp())
	expect := func(when, want string) {
		t.Helper()
		got := "ok"
		if _, answer := s.form(s.url+tokenPath, jwtForm(t, s.wire, map[string]any{"exp": org.now().Add(time.Minute).Unix()})); answer["error"] != nil {
			got = refusal(answer)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", when, got, want)
		}
	}
	saved := savedXML("updateMetadata", "Admin")
	expect("without rules", "ok")

	day := map[time.Weekday]string{
		time.Monday: "monday", time.Tuesday: "tuesday", time.Wednesday: "wednesday", time.Thursday: "thursday", time.Friday: "friday", time.Saturday: "saturday", time.Sunday: "sunday",
	}[now.Weekday()]
	hours := func(start, end string) string {
		return adminXML("<loginHours><" + day + "End>" + end + "</" + day + "End><" + day + "Start>" + start + "</" + day + "Start></loginHours>")
	}
	s.wants(hours("480", "600"), 200, saved)
	expect("after hours", "invalid_grant: "+unsureRestrictedTime)
	s.wants(hours("600", "660"), 200, saved)
	expect("in hours", "ok")
	org.Advance(time.Hour)
	expect("an hour later", "invalid_grant: "+unsureRestrictedTime)
	org.Advance(23 * time.Hour)
	expect("on a day without hours", "ok")
	s.token = s.tokenOf(org, administrator)
	s.wants(adminXML("<loginHours/>"), 200, saved)

	s.wants(adminXML("<loginIpRanges><endAddress>192.0.2.9</endAddress><startAddress>192.0.2.1</startAddress></loginIpRanges>"), 200, saved)
	expect("from elsewhere", "invalid_grant: ip restricted")
	app := connectedApp()
	app.IPRelaxed = true
	org.AddApp(app)
	expect("relaxed, which assertions never are", "invalid_grant: ip restricted")
	org.SetSourceIP("192.0.2.5")
	expect("from within", "ok")

	s.wants(sessionSettingXML("createMetadata", "X", "Admin", "<requiredSessionLevel>HIGH_ASSURANCE</requiredSessionLevel>"), 200, savedXML("createMetadata", "X"))
	expect("with high assurance", "invalid_session_level: "+unsureSessionLevel)
}
