package provider

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// foundApp is a connected app as the org has it.
type foundApp struct {
	id        string
	component sfclient.Component // naming permission sets and profiles by their API names
}

// find reads an app by its name, or by its id where the name is not known or not there any more.
func (r *connectedAppResource) find(ctx context.Context, id, name string) (foundApp, error) {
	app := foundApp{id: id}
	err := sfclient.ErrNotFound
	if name != "" {
		app.component, err = sfclient.ReadMetadata[sfclient.Component](ctx, r.client, connectedAppKind, name)
	}
	if err != nil && !errors.Is(err, sfclient.ErrNotFound) {
		return app, err
	}
	if err != nil || id == "" {
		listed, gone := r.listed(ctx, id, name)
		switch {
		case gone != nil:
			return app, gone
		case err != nil && listed.FullName == name:
			return app, fmt.Errorf("the metadata of %s is hidden from the signed-in user, although it is listed", name)
		case err != nil:
			app.component, err = sfclient.ReadMetadata[sfclient.Component](ctx, r.client, connectedAppKind, listed.FullName)
		}
		app.id = sfclient.ID18(listed.ID)
	}
	if err == nil {
		err = r.nameUsers(ctx, &app)
	}
	return app, err
}

// listed looks an app up by its id, or by its name as long as the id is not known.
func (r *connectedAppResource) listed(ctx context.Context, id, name string) (sfclient.ComponentListing, error) {
	listing, err := r.client.ListMetadata(ctx, connectedAppKind)
	if err != nil {
		return sfclient.ComponentListing{}, err
	}
	for _, l := range listing {
		if id != "" && sfclient.ID18(l.ID) == sfclient.ID18(id) || id == "" && strings.EqualFold(l.FullName, name) {
			return l, nil
		}
	}
	return sfclient.ComponentListing{}, &sfclient.Error{Op: "list ConnectedApp", Status: http.StatusOK, Code: "NOT_FOUND", Message: "there is no connected app " + id + name + " that the signed-in user can see"}
}

// nameUsers writes the API names of the pre-authorised permission sets and profiles into the component, which shows some of them by
// their labels.
func (r *connectedAppResource) nameUsers(ctx context.Context, app *foundApp) error {
	rows, err := sfclient.Query[struct {
		Parent struct {
			sfclient.PermissionSet
			Profile struct{ Name string }
		}
	}](ctx, r.client, "read SetupEntityAccess",
		"SELECT Parent.Name,Parent.NamespacePrefix,Parent.Type,Parent.Profile.Name FROM SetupEntityAccess WHERE SetupEntityId = "+sfclient.Quote(app.id))
	if err != nil {
		return err
	}
	var sets, profiles []string
	for _, row := range rows {
		switch {
		case row.Parent.Profile.Name != "":
			profiles = append(profiles, row.Parent.Profile.Name)
		case row.Parent.Type != "Group": // a group's rows are those of its permission sets
			sets = append(sets, row.Parent.FullName())
		}
	}
	app.component.SetTexts(sets, appSetsElement)
	app.component.SetTexts(profiles, appProfilesElement)
	return nil
}

// update writes what differs, together with whatever else the app holds; written tells whether anything did.
func (r *connectedAppResource) update(ctx context.Context, app *foundApp, config, plan attributes) (written bool, err error) {
	changes := connectedApp.changes(config, plan, app.values())
	if len(changes) == 0 {
		return false, nil
	}
	for _, element := range []string{appSetsElement, appProfilesElement} { // without the element they stay
		app.component.Remove(element)
	}
	app.component.Remove(connectedAppOAuth.element, consumerKeyElement) // which Salesforce takes for new apps only
	for _, c := range changes {
		c.write(&app.component, c.part, c.to)
	}
	return true, sfclient.UpdateMetadata(ctx, r.client, connectedAppKind, app.component.FullName(), app.component)
}

const consumerKeyElement = "consumerKey"

func (a *foundApp) consumerKey() attr.Value {
	return field{element: consumerKeyElement, kind: word}.read(&a.component, []string{connectedAppOAuth.element}, nil)
}

// values are the attributes of the app.
func (a *foundApp) values() attributes {
	values := attributes{}
	connectedApp.readInto(values, &a.component, nil)
	return values
}

// settle fills a plan in with what became of it, and reports what Salesforce said that it wrote but did not.
func (a *foundApp) settle(ctx context.Context, plan, config attributes, report func(at path.Path, summary, detail string)) {
	found := a.values()
	for _, c := range connectedApp.changes(config, plan, found) {
		report(c.at, "Salesforce does not take the value",
			fmt.Sprintf("Salesforce accepted %s without an error, and has another value all the same: it may belong to a feature that the org lacks, or exclude another value. Everything else is written. Remove the attribute, or set it to what the org has.", c.row().element))
	}
	connectedApp.settle(ctx, plan, found)
	if plan["consumer_key"].IsUnknown() {
		plan["consumer_key"] = a.consumerKey()
	}
}

// agreesWith tells whether a component holds what a plan writes, but for the permission sets, which it may show by their labels.
func agreesWith(config, plan attributes, component *sfclient.Component) bool {
	app := foundApp{component: *component}
	return !slices.ContainsFunc(connectedApp.changes(config, plan, app.values()), func(c memberChange) bool {
		return c.row().element != appSetsElement && c.row().element != appProfilesElement
	})
}
