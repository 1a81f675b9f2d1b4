package sfmock

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
)

const (
	firstVersion    = 7  // ever
	oldestVersion   = 31 // in service; those before it are retired
	lastDeprecated  = 40
	newestVersion   = 68
	releasesPerYear = 3
)

// releaseSeasons follow each other through a year; version 66 is a spring release.
var releaseSeasons = [releasesPerYear]struct {
	name    string
	yearOf0 int // year of the release before version 3, of which every year counts three on
}{{"Spring", 4}, {"Summer", 4}, {"Winter", 5}}

// releaseLabel names a version's release: 68 is Winter '27.
func releaseLabel(version int) string {
	season := releaseSeasons[version%releasesPerYear]
	return fmt.Sprintf("%s '%02d", season.name, version/releasesPerYear+season.yearOf0)
}

func versionNumber(version int) string { return strconv.Itoa(version) + ".0" }

var versionPath = regexp.MustCompile(`^v([1-9]\d{0,2})\.0$`)

// versionOf reads the version of an API path and refuses retired and unknown ones.
func (o *Org) versionOf(segment string) (int, *apiError) {
	match := versionPath.FindStringSubmatch(segment)
	if match == nil {
		return 0, errResource()
	}
	version, _ := strconv.Atoi(match[1])
	switch {
	case version < firstVersion || version > o.newest:
		return 0, errResource()
	case version < oldestVersion:
		return 0, &apiError{Status: http.StatusGone, Code: "UNSUPPORTED_API_VERSION", Message: unsureRetiredVersion}
	}
	return version, nil
}

// versionRoutes serves the list of versions, which needs no session and counts no call.
func (o *Org) versionRoutes(mux *http.ServeMux) {
	m := methods{http.MethodGet: (*call).versions}
	mux.HandleFunc("/services/data", o.serve(m.dispatch, restFailure))
}

func (c *call) versions() (*reply, *apiError) {
	var list []map[string]string
	for v := oldestVersion; v <= c.org.newest; v++ {
		number := versionNumber(v)
		list = append(list, map[string]string{"label": releaseLabel(v), "url": "/services/data/v" + number, "version": number})
	}
	return ok(list), nil
}

// resourceNames are the entries of a version's map of resources.
var resourceNames = []string{"composite", "limits", "metadata", "query", "queryAll", "sobjects", "tooling"}

func (c *call) resources() (*reply, *apiError) {
	base := "/services/data/v" + versionNumber(c.version)
	urls := map[string]string{"identity": c.identityURL(c.session.user)}
	for _, name := range resourceNames {
		urls[name] = base + "/" + name
	}
	return ok(urls), nil
}
