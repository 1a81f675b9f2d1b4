package sfmock

import (
	"fmt"
	"regexp"
	"slices"
)

// appLists are what an app may have several of; ranges of addresses have a start and an end, and only external client apps a
// limit.
var appLists = []struct {
	Name, Start, End string
	Most             int // 0 for no limit
}{
	{Name: "customAttributes", Most: 128},
	{Name: "ipRanges", Start: "start", End: "end"},
	{Name: "tokenIpRanges", Start: "startIpAddress", End: "endIpAddress", Most: 128},
	{Name: "trustedIpRanges", Start: "startIpAddress", End: "endIpAddress", Most: 128},
}

// checkAppLists refuses ranges that are none, and lists that are too long.
func checkAppLists(content element) *apiError {
	for _, list := range appLists {
		entries := content.all(list.Name)
		if list.Most > 0 && len(entries) > list.Most {
			return refuse(unsureAppListCode, fmt.Sprintf(unsureAppList, list.Name, list.Most))
		}
		for _, entry := range entries {
			if start, end := entry.value(list.Start), entry.value(list.End); list.Start != "" && !isAddressRange(start, end) {
				return refuse(unsureAppListCode, fmt.Sprintf(unsureAddressRange, start, end))
			}
		}
	}
	return nil
}

// connectedAppWords are the values of a connected app's fields that the schema leaves open.
var connectedAppWords = []struct {
	Part, Name string
	Shape      *regexp.Regexp
}{
	{"oauthPolicy", "ipRelaxation", regexp.MustCompile(`^(ENFORCE|BYPASS_2FACTOR|BYPASS|ENFORCE_RELAXREFRESH)$`)},
	{"oauthPolicy", "refreshTokenPolicy", regexp.MustCompile(`^(zero|infinite|specific_(lifetime|inactivity):\d+:(HOURS|DAYS|MONTHS))$`)},
	{"sessionPolicy", "policyAction", regexp.MustCompile(`^(Block|RaiseSessionLevel)$`)},
	{"sessionPolicy", "sessionLevel", regexp.MustCompile(`^(LOW|STANDARD|HIGH_ASSURANCE)$`)},
}

// checkConnectedApp refuses what the schema lets pass.
func (o *Org) checkConnectedApp(content element) *apiError {
	for _, field := range connectedAppWords {
		if text := content.child(field.Part).value(field.Name); text != "" && !field.Shape.MatchString(text) {
			return refuse(unsureECAValueCode, fmt.Sprintf(unsureECAValue, field.Name, text))
		}
	}
	oauth := content.child("oauthConfig")
	validity := oauth.child("idTokenConfig").value("idTokenValidity")
	runAs := oauth.value("oauthClientCredentialUser")
	switch {
	case validity != "" && !between(validity, 1, 720):
		return refuse(unsureECAValueCode, fmt.Sprintf(unsureECAValue, "idTokenValidity", validity))
	case oauth.flag("isClientCredentialEnabled") && runAs == "":
		return refuse(unsureRunAsCode, unsureNoRunAs)
	}
	if err := o.checkRunAs("oauthClientCredentialUser", runAs); err != nil {
		return err
	}
	return checkAppLists(content)
}

// checkRunAs refuses a user whom the client credentials flow can't run as.
func (o *Org) checkRunAs(elementName, username string) *apiError {
	user := o.find("User", "Username", username)
	switch {
	case username == "":
		return nil
	case user == nil:
		return errNoReference(elementName, "User", username)
	case !o.holds(user, "ApiUserOnly"):
		return refuse(unsureRunAsCode, fmt.Sprintf(unsureRunAs, username))
	}
	return nil
}

// isCredential tells whether a text can be a consumer key or secret that somebody chose.
func isCredential(text string) bool {
	return len(text) >= 8 && len(text) <= 256 && !slices.ContainsFunc([]byte(text), func(b byte) bool {
		return (b < '0' || b > '9') && (b < 'A' || b > 'Z') && (b < 'a' || b > 'z') && b != '.' && b != '_'
	})
}
