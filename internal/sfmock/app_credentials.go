package sfmock

import (
	"net/http"
	"strings"
	"time"
)

// stagedLife is how long a staged pair may wait to be rotated in, and how long the pair that it replaces goes on working.
const stagedLife = 30 * 24 * time.Hour

// The states of a staged pair.
const (
	stagedActive  = "Active"  // it waits to be rotated in
	stagedRotated = "Rotated" // it was replaced, and still works
	stagedExpired = "Expired"
)

// stagedPair is the consumer key and secret in the one staged slot of a consumer.
type stagedPair struct {
	id, key, secret, state, createdBy string
	created, expires                  time.Time
}

// stateAt is the state with time taken into account.
func (p *stagedPair) stateAt(now time.Time) string {
	if !now.Before(p.expires) {
		return stagedExpired
	}
	return p.state
}

// The first API versions with these resources (Connect REST API Developer Guide).
const (
	usageVersion       = 59
	credentialsVersion = 60
	stagedVersion      = 65
)

const (
	appsOAuthPath      = "/apps/oauth"
	connectTimeLayout  = "2006-01-02T15:04:05.000Z"
	credentialsSetting = "enableClientSecretInRestApiAccess"
)

// credentialsTable lists the Connect REST routes of external client apps' credentials.
func credentialsTable() []restRoute {
	const consumer = appsOAuthPath + "/credentials/{app}/{consumer}"
	return []restRoute{
		{appsOAuthPath + "/credentials/{app}", methods{http.MethodGet: (*call).appConsumers}, 0},
		{consumer, methods{http.MethodGet: (*call).appConsumer}, 0},
		{consumer + "/staged", methods{http.MethodGet: (*call).stagedPairs, http.MethodPost: (*call).stagePair}, 0},
		{consumer + "/staged/{staged}", methods{
			http.MethodGet: (*call).readStaged, http.MethodPatch: (*call).rotateStaged, http.MethodDelete: (*call).deleteStaged,
		}, 0},
	}
}

// appConsumers answers GET /apps/oauth/credentials/{app}.
func (c *call) appConsumers() (*reply, *apiError) {
	app, err := c.gatedApp(credentialsVersion)
	if err != nil {
		return nil, err
	}
	return ok(document{
		{"consumers", []document{c.consumer(app, "key")}},
		{"currentPageUrl", c.appsPath("credentials", app.entity)},
	}), nil
}

// appConsumer answers GET /apps/oauth/credentials/{app}/{consumer}, with the key unless part asks for more.
func (c *call) appConsumer() (*reply, *apiError) {
	app, err := c.gatedConsumer(credentialsVersion)
	if err != nil {
		return nil, err
	}
	part := strings.ToLower(c.request.URL.Query().Get("part"))
	switch part {
	case "":
		part = "key"
	case "key", "secret", "keyandsecret":
	default:
		return nil, refuse(unsurePartCode, unsurePart)
	}
	return ok(c.consumer(app, part)), nil
}

// consumer is what is told of an app's consumer.
func (c *call) consumer(app *App, part string) document {
	id := c.org.consumerID(app)
	told := document{{"id", id}}
	if part != "secret" {
		told = append(told, member{"key", app.ConsumerKey})
	}
	told = append(told, member{"name", app.Name})
	if part != "key" {
		told = append(told, member{"secret", app.ConsumerSecret})
	}
	if c.version >= stagedVersion {
		told = append(told, member{"stagedCredentialsUrl", c.appsPath("credentials", app.entity, id, "staged")})
	}
	return append(told, member{"url", c.appsPath("credentials", app.entity, id)})
}

// gatedApp is the external client app that the path names, once the org and the caller's permissions open its credentials.
func (c *call) gatedApp(since int) (*App, *apiError) {
	if c.version < since {
		return nil, errResource()
	}
	forbidden := func(message string) *apiError {
		return &apiError{Status: http.StatusForbidden, Code: unsureCredentialsGateCode, Message: message}
	}
	switch {
	case c.org.setting("ExternalClientAppSettings", credentialsSetting) != "true":
		return nil, forbidden(unsureCredentialsOff)
	case !c.org.can(c.session, ecaDeveloper) || !c.org.can(c.session, "ViewClientSecret"):
		return nil, forbidden(unsureCredentialsUser)
	}
	rec := c.org.live(c.request.PathValue("app"))
	if rec == nil || rec.object.Name != ecaApp {
		return nil, errResource()
	}
	app := c.org.appOfEntity(rec.id)
	if app == nil {
		return nil, errResource()
	}
	return app, nil
}

func (c *call) gatedConsumer(since int) (*App, *apiError) {
	app, err := c.gatedApp(since)
	if err != nil {
		return nil, err
	}
	if id, valid := normalID(c.request.PathValue("consumer")); !valid || id != c.org.consumerID(app) {
		return nil, errResource()
	}
	return app, nil
}

// consumerID is the id that an app's OAuth link ends in.
func (o *Org) consumerID(app *App) string {
	_, id, _ := strings.Cut(o.satellite(ecaOauth, app.Name).content.value("oauthLink"), ":")
	normal, _ := normalID(id)
	return normal
}

// appsPath is a path below /apps/oauth, as answers quote it.
func (c *call) appsPath(parts ...string) string {
	return restPrefix + versionNumber(c.version) + appsOAuthPath + "/" + strings.Join(parts, "/")
}
