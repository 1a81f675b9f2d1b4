package sfmock

import "net/http"

// stagedPairs answers GET .../staged: the one pair in the slot, if there is any.
func (c *call) stagedPairs() (*reply, *apiError) {
	app, err := c.gatedConsumer(stagedVersion)
	if err != nil {
		return nil, err
	}
	return c.stagedList(app, http.StatusOK), nil
}

// stagePair answers POST .../staged, which takes no body: a new pair waits in the slot, which has to be free.
func (c *call) stagePair() (*reply, *apiError) {
	app, err := c.gatedConsumer(stagedVersion)
	if err != nil {
		return nil, err
	}
	if app.staged != nil {
		return nil, refuse(unsureStagedTwiceCode, unsureStagedTwice)
	}
	now := c.org.now()
	app.staged = &stagedPair{
		id: c.org.newID(unsureStagedPrefix), key: newConsumerKey(), secret: newSecret(), state: stagedActive,
		createdBy: c.session.user.id, created: now, expires: now.Add(stagedLife),
	}
	return c.stagedList(app, http.StatusCreated), nil
}

func (c *call) stagedList(app *App, status int) *reply {
	pairs := []document{}
	if app.staged != nil {
		pairs = append(pairs, c.stagedDocument(app))
	}
	return &reply{Status: status, Body: document{{"stagedCredentials", pairs}, {"url", c.stagedPath(app)}}}
}

func (c *call) stagedPath(app *App) string {
	return c.appsPath("credentials", app.entity, c.org.consumerID(app), "staged")
}

// stagedDocument tells of the pair in the slot, its secret included.
func (c *call) stagedDocument(app *App) document {
	pair := app.staged
	return document{
		{"createdBy", pair.createdBy},
		{"createdDate", pair.created.Format(connectTimeLayout)},
		{"expirationDate", pair.expires.Format(connectTimeLayout)},
		{"id", pair.id},
		{"key", pair.key},
		{"secret", pair.secret},
		{"stagedCredentialsUrl", c.stagedPath(app)},
		{"state", pair.stateAt(c.org.now())},
		{"url", c.stagedPath(app) + "/" + pair.id},
	}
}

// namedPair is the app whose staged pair the path names.
func (c *call) namedPair() (*App, *apiError) {
	app, err := c.gatedConsumer(stagedVersion)
	if err != nil {
		return nil, err
	}
	if id, valid := normalID(c.request.PathValue("staged")); app.staged == nil || !valid || id != app.staged.id {
		return nil, errResource()
	}
	return app, nil
}

// readStaged answers GET .../staged/{id}.
func (c *call) readStaged() (*reply, *apiError) {
	app, err := c.namedPair()
	if err != nil {
		return nil, err
	}
	return ok(c.stagedDocument(app)), nil
}

// rotateStaged answers PATCH .../staged/{id}: the pairs change places, and the old one works on from the slot.
func (c *call) rotateStaged() (*reply, *apiError) {
	app, err := c.namedPair()
	if err != nil {
		return nil, err
	}
	var body struct{ Command string }
	if err := c.decode(&body); err != nil {
		return nil, err
	}
	pair := app.staged
	switch {
	case body.Command != "rotate":
		return nil, refuse(unsureStagedCommandCode, unsureStagedCommand)
	case pair.stateAt(c.org.now()) != stagedActive:
		return nil, refuse(unsureStagedStateCode, unsureStagedState)
	}
	global := c.org.satellite(ecaGlobalOauth, app.Name)
	global.content = global.content.with(leaf("consumerKey", pair.key))
	pair.key, app.ConsumerKey = app.ConsumerKey, pair.key
	pair.secret, app.ConsumerSecret = app.ConsumerSecret, pair.secret
	pair.state, pair.expires = stagedRotated, c.org.now().Add(stagedLife)
	return ok(c.stagedDocument(app)), nil
}

// deleteStaged answers DELETE .../staged/{id}: what was staged or rotated out is void at once.
func (c *call) deleteStaged() (*reply, *apiError) {
	app, err := c.namedPair()
	if err != nil {
		return nil, err
	}
	app.staged = nil
	return &reply{Status: http.StatusNoContent}, nil
}

// replacedBy is the app whose replaced consumer key this is, as long as that still works.
func (o *Org) replacedBy(consumerKey string) *App {
	for _, app := range o.apps {
		if pair := app.staged; pair != nil && pair.key == consumerKey && pair.stateAt(o.now()) == stagedRotated {
			return app
		}
	}
	return nil
}

// secretOf is the secret that goes with a consumer key: the app's own, or the one that it was rotated from.
func (a *App) secretOf(consumerKey string) string {
	if a.staged != nil && consumerKey == a.staged.key {
		return a.staged.secret
	}
	return a.ConsumerSecret
}
