package sfmock

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// checkLoginRules refuses login hours that are no whole hours in order, and ranges of addresses that are none.
func checkLoginRules(profile element) *apiError {
	hours := profile.child("loginHours")
	for day := range time.Saturday + 1 {
		name := strings.ToLower(day.String())
		start, end := hours.value(name+"Start"), hours.value(name+"End")
		first, err1 := strconv.Atoi(start)
		last, err2 := strconv.Atoi(end)
		switch {
		case start == "" && end == "":
		case err1 != nil || err2 != nil || first < 0 || first > last || last > minutesOfDay || first%60 != 0 || last%60 != 0:
			return refuse(unsureLoginRuleCode, fmt.Sprintf(unsureLoginHours, name+"Start", name+"End"))
		}
	}
	for _, r := range profile.all("loginIpRanges") {
		if start, end := r.value("startAddress"), r.value("endAddress"); !isAddressRange(start, end) {
			return refuse(unsureLoginRuleCode, fmt.Sprintf(unsureAddressRange, start, end))
		}
	}
	return nil
}

const minutesOfDay = 24 * 60

// inLoginHours tells whether the profile of a user lets the user log in at this time of the org's day. A day without hours has
// no limits.
func (o *Org) inLoginHours(user *record) bool {
	profile := o.live(user.str("ProfileId"))
	if profile == nil || len(profile.sections["loginHours"]) == 0 {
		return true
	}
	hours := profile.sections["loginHours"][0]
	now := o.now().In(o.timeZone())
	day := strings.ToLower(now.Weekday().String())
	start, err1 := strconv.Atoi(fmt.Sprint(hours[day+"Start"]))
	end, err2 := strconv.Atoi(fmt.Sprint(hours[day+"End"]))
	if err1 != nil || err2 != nil {
		return true
	}
	minute := now.Hour()*60 + now.Minute()
	return minute >= start && minute < end
}

func (o *Org) timeZone() *time.Location {
	if organization := o.live(o.orgID()); organization != nil {
		if zone, err := time.LoadLocation(organization.str("TimeZoneSidKey")); err == nil {
			return zone
		}
	}
	return time.UTC
}

// levelAllows refuses tokens where a profile or an app asks for sessions of high assurance, which tokens never are.
func (o *Org) levelAllows(app *App, user *record) *apiError {
	profile := o.live(user.str("ProfileId"))
	if app.highAssurance || profile != nil && o.sessionSetting(profile, "requiredSessionLevel") == "HIGH_ASSURANCE" {
		return errSessionLevel
	}
	return nil
}

// needsMyDomain tells whether the org keeps API log-ins from the log-in server's own host.
func (o *Org) needsMyDomain() bool {
	return isTrue(o.setting("MyDomainSettings", "doesApiLoginRequireOrgDomain"))
}
