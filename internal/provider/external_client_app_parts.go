package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// appOwners remembers which external client app a component belongs to: only the component itself says so, its name doesn't. The
// zero value is ready to use.
type appOwners struct {
	mu     sync.Mutex
	owners map[[2]string]string // type and full name -> app
}

func (o *appOwners) note(kind, fullName, app string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.owners == nil {
		o.owners = map[[2]string]string{}
	}
	o.owners[[2]string{kind, fullName}] = app
}

// of are the names of a type's components that belong to an app as far as is known.
func (o *appOwners) of(kind, app string) (names []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for component, owner := range o.owners {
		if component[0] == kind && strings.EqualFold(owner, app) {
			names = append(names, component[1])
		}
	}
	return names
}

func (o *appOwners) known(kind, fullName string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, known := o.owners[[2]string{kind, fullName}]
	return known
}

// appContent are the components of an external client app by type. A part that the app lacks is nil.
type appContent map[string]*sfclient.Component

// app reads an external client app with all its parts.
func (c *connection) app(ctx context.Context, name string) (appContent, error) {
	found := make([]*sfclient.Component, len(appParts))
	failures := make([]error, len(appParts))
	var group sync.WaitGroup
	for i, part := range appParts {
		group.Go(func() { found[i], failures[i] = c.appPart(ctx, part, name) })
	}
	group.Wait()
	content := appContent{}
	for i, part := range appParts {
		content[part.kind] = found[i]
	}
	return content, errors.Join(failures...)
}

// appPart finds the part of an app by what the part says of itself, beginning with the names that it usually has; nil if there is
// none.
func (c *connection) appPart(ctx context.Context, part appPart, app string) (*sfclient.Component, error) {
	likely := c.apps.of(part.kind, app)
	for _, suffix := range part.names {
		if usual := app + suffix; !slices.Contains(likely, usual) {
			likely = append(likely, usual)
		}
	}
	found, unseen, err := c.ownedBy(ctx, part, app, likely)
	if err != nil || found != nil || part.kind == appKind {
		return found, err
	}
	listing, err := c.client.ListMetadata(ctx, part.kind)
	if err != nil {
		return nil, err
	}
	var others []string
	for _, l := range listing {
		switch {
		case slices.Contains(unseen, l.FullName):
			return nil, fmt.Errorf("%s %s is hidden from the signed-in user", part.kind, l.FullName)
		case !c.apps.known(part.kind, l.FullName):
			others = append(others, l.FullName)
		}
	}
	found, _, err = c.ownedBy(ctx, part, app, others)
	return found, err
}

// ownedBy reads components side by side, notes whose they are, and returns the one of the app. Those unseen are not there, or hidden.
func (c *connection) ownedBy(ctx context.Context, part appPart, app string, names []string) (owned *sfclient.Component, unseen []string, err error) {
	found, err := sfclient.ReadAllMetadata[sfclient.Component](ctx, c.client, part.kind, names)
	if err != nil {
		return nil, nil, err
	}
	for i, component := range found {
		if component == nil {
			unseen = append(unseen, names[i])
			continue
		}
		owner := component.Text(appReferenceElement)
		if part.kind == appKind {
			owner = component.FullName()
		}
		c.apps.note(part.kind, component.FullName(), owner)
		if strings.EqualFold(owner, app) {
			owned = component
		}
	}
	return owned, unseen, nil
}

// appListing is an external client app's id and API name.
type appListing struct{ id, name string }

// appListings are the external client apps of the org that the signed-in user can see.
func (c *connection) appListings(ctx context.Context) ([]appListing, error) {
	listing, err := c.client.ListMetadata(ctx, appKind)
	if err != nil {
		return nil, err
	}
	apps := make([]appListing, len(listing))
	for i, l := range listing {
		apps[i] = appListing{sfclient.ID18(l.ID), l.FullName}
	}
	return apps, nil
}

// findApp finds an external client app by its id or its API name; ErrNotFound if there is none.
func (c *connection) findApp(ctx context.Context, idOrName string) (appListing, error) {
	apps, err := c.appListings(ctx)
	if err != nil {
		return appListing{}, err
	}
	for _, app := range apps {
		if app.id == sfclient.ID18(idOrName) || strings.EqualFold(app.name, idOrName) {
			return app, nil
		}
	}
	return appListing{}, fmt.Errorf("%s %s: %w", appKind, idOrName, sfclient.ErrNotFound)
}
