package sfmock

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// The OAuth usage resources (Connect REST API Developer Guide): which external client apps are in use, by whom, and with which refresh
// tokens, which can be revoked.

const (
	usagePath     = appsOAuthPath + "/usage"
	usagePageSize = 100

	// mostUsage is more pages, and more of them on a page, than there can be.
	mostUsage = 1_000_000
)

func usageTable() []restRoute {
	return []restRoute{
		{usagePath, methods{http.MethodGet: (*call).appUsage}, 0},
		{usagePath + "/{app}/{part}", methods{http.MethodGet: (*call).usagePart, http.MethodDelete: (*call).usagePart}, 0},
		{usagePath + "/{app}/{user}/tokens", methods{http.MethodGet: (*call).userTokens, http.MethodDelete: (*call).revokeUserTokens}, 0},
	}
}

// usagePart serves the resources of two parts, which http.ServeMux can't tell apart: {app}/users, {app}/tokens and tokens/{token}.
func (c *call) usagePart() (*reply, *apiError) {
	switch app, part := c.request.PathValue("app"), c.request.PathValue("part"); {
	case app == "tokens":
		return methods{http.MethodDelete: (*call).revokeOneToken}.dispatch(c)
	case part == "tokens":
		return methods{http.MethodDelete: (*call).revokeAppTokens}.dispatch(c)
	case part == "users":
		return methods{http.MethodGet: (*call).appUsers}.dispatch(c)
	default:
		return nil, errResource()
	}
}

// appUsage answers GET /apps/oauth/usage: the external client apps that somebody has signed in through.
func (c *call) appUsage() (*reply, *apiError) {
	if c.version < usageVersion {
		return nil, errResource()
	}
	var used []*App
	for _, app := range c.org.apps {
		if rec := c.org.live(app.entity); app.used && rec != nil && rec.object.Name == ecaApp {
			used = append(used, app)
		}
	}
	slices.SortFunc(used, func(a, b *App) int { return strings.Compare(a.entity, b.entity) })
	from, to, addresses := c.usagePage(len(used), "usage")
	apps := []document{}
	for _, app := range used[from:to] {
		rec := c.org.live(app.entity)
		apps = append(apps, document{
			{"accessTokenFormat", app.tokenFormat()},
			{"availableActions", []string{}},
			{"description", jsonValue(rec.values["Description"])},
			{"developerName", app.Name},
			{"identifier", app.entity},
			{"isFromPackage", false},
			{"usageDetailsUrl", c.appsPath("usage", app.entity, "users")},
		})
	}
	return ok(append(document{{"apps", apps}}, addresses...)), nil
}

// tokenFormat is how the usage resources call the form of an app's access tokens.
func (a *App) tokenFormat() string {
	if a.JWTTokens {
		return "JWT"
	}
	return "Opaque"
}

// usagePage is the page of n entries that the request asks for, with its own address and the next page's.
func (c *call) usagePage(n int, path ...string) (from, to int, addresses document) {
	asked := func(name string, least, otherwise int) int {
		number, err := strconv.Atoi(c.request.URL.Query().Get(name))
		if err != nil || number < least {
			return otherwise
		}
		return min(number, mostUsage)
	}
	page, size := asked("page", 0, 0), asked("pageSize", 1, usagePageSize)
	address := func(page int) string {
		return c.appsPath(path...) + "?page=" + strconv.Itoa(page) + "&pageSize=" + strconv.Itoa(size)
	}
	var next any
	if (page+1)*size < n {
		next = address(page + 1)
	}
	return min(page*size, n), min((page+1)*size, n), document{{"currentPageUrl", address(page)}, {"nextPageUrl", next}}
}

// usedApp is the external client app that the path names.
func (c *call) usedApp() (*App, *apiError) {
	rec := c.org.live(c.request.PathValue("app"))
	if c.version < usageVersion || rec == nil || rec.object.Name != ecaApp {
		return nil, errResource()
	}
	app := c.org.appOfEntity(rec.id)
	if app == nil {
		return nil, errResource()
	}
	return app, nil
}

// appUsers answers GET .../{app}/users: those for whom the app holds refresh tokens.
func (c *call) appUsers() (*reply, *apiError) {
	app, err := c.usedApp()
	if err != nil {
		return nil, err
	}
	byUser := map[string][]*oauthToken{}
	for _, t := range c.tokensOf(app) {
		byUser[t.user.id] = append(byUser[t.user.id], t)
	}
	ids := slices.Sorted(maps.Keys(byUser))
	from, to, addresses := c.usagePage(len(ids), "usage", app.entity, "users")
	users := []document{}
	for _, id := range ids[from:to] {
		users = append(users, c.usageOf(app, c.appsPath("usage", app.entity, id, "tokens"), byUser[id]...))
	}
	return ok(append(addresses, member{"users", users})), nil
}

// userTokens answers GET .../{app}/{user}/tokens.
func (c *call) userTokens() (*reply, *apiError) {
	app, tokens, err := c.tokensOfPath()
	if err != nil {
		return nil, err
	}
	shown := []document{}
	for _, t := range tokens {
		shown = append(shown, c.usageOf(app, c.appsPath("usage", "tokens", t.delete), t))
	}
	return ok(document{{"currentPageUrl", c.appsPath("usage", app.entity, c.request.PathValue("user"), "tokens")}, {"tokens", shown}}), nil
}

// usageOf sums up tokens of one user.
func (c *call) usageOf(app *App, revocation string, tokens ...*oauthToken) document {
	first, last, uses := tokens[0].made, tokens[0].used, int64(0)
	for _, t := range tokens {
		if uses += t.uses; t.made.Before(first) {
			first = t.made
		}
		if t.used.After(last) {
			last = t.used
		}
	}
	user := tokens[0].user
	return document{
		{"accessTokenFormat", app.tokenFormat()},
		{"appDeveloperName", app.Name},
		{"appIdentifier", app.entity},
		{"initialConnectionAt", first.Format(connectTimeLayout)},
		{"lastUsedAt", last.Format(connectTimeLayout)},
		{"revocationUrl", revocation},
		{"useCount", uses},
		{"userIdentifier", user.id},
		{"username", user.str("Username")},
	}
}

// tokensOf are the refresh tokens of an app that the caller may see.
func (c *call) tokensOf(app *App) []*oauthToken {
	return slices.DeleteFunc(c.org.tokensFor(c.session), func(t *oauthToken) bool { return t.app != app })
}

// tokensOfPath are those of the app and the user that the path names.
func (c *call) tokensOfPath() (*App, []*oauthToken, *apiError) {
	app, err := c.usedApp()
	if err != nil {
		return nil, nil, err
	}
	user := c.org.live(c.request.PathValue("user"))
	if user == nil || user.object.Name != "User" {
		return nil, nil, errResource()
	}
	return app, slices.DeleteFunc(c.tokensOf(app), func(t *oauthToken) bool { return t.user != user }), nil
}

// revokeUserTokens answers DELETE .../{app}/{user}/tokens.
func (c *call) revokeUserTokens() (*reply, *apiError) {
	_, tokens, err := c.tokensOfPath()
	if err != nil {
		return nil, err
	}
	return c.revokeTokens(tokens), nil
}

// revokeAppTokens answers DELETE .../{app}/tokens.
func (c *call) revokeAppTokens() (*reply, *apiError) {
	app, err := c.usedApp()
	if err != nil {
		return nil, err
	}
	return c.revokeTokens(c.tokensOf(app)), nil
}

// revokeOneToken answers DELETE .../tokens/{token}.
func (c *call) revokeOneToken() (*reply, *apiError) {
	tokens := slices.DeleteFunc(c.org.tokensFor(c.session), func(t *oauthToken) bool { return t.delete != c.request.PathValue("part") })
	if c.version < usageVersion || len(tokens) == 0 {
		return nil, errResource()
	}
	return c.revokeTokens(tokens), nil
}

func (c *call) revokeTokens(tokens []*oauthToken) *reply {
	for _, t := range tokens {
		c.org.revokeToken(t.refresh)
	}
	return &reply{Status: http.StatusNoContent}
}
