package provider

import (
	"context"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// thing is the id and the name of what a resource could manage.
type thing struct{ id, name string }

// pickThing returns the thing that has the value under the key, or nil and the names of those that there are.
func pickThing(things []thing, key, value string) (found *thing, names []string) {
	for i, t := range things {
		switch {
		case key == "id" && recordID.same(t.id, value), key != "id" && folded.same(t.name, value):
			return &things[i], nil
		case key != "id":
			names = append(names, t.name)
		}
	}
	return nil, names
}

// rowsOf looks for a thing among the rows of a table by its id or by the column that names it. Where there is none of that name it
// returns all rows, to tell which may have been meant.
func rowsOf[T any](table func(*sfclient.Client) *sfclient.Table[T], column string, of func(*T) thing) func(ctx context.Context, c *connection, key, value string) ([]thing, error) {
	return func(ctx context.Context, c *connection, key, value string) ([]thing, error) {
		if key == "id" {
			return []thing{{id: sfclient.ID18(value)}}, nil // the resource finds out whether it is there
		}
		rows, err := table(c.client).All(ctx, column, value)
		if err == nil && len(rows) == 0 {
			rows, err = table(c.client).List(ctx)
		}
		things := make([]thing, len(rows))
		for i := range rows {
			things[i] = of(&rows[i])
		}
		return things, err
	}
}

// componentsOf lists the components of a metadata type.
func componentsOf(kind string) func(ctx context.Context, c *connection, key, value string) ([]thing, error) {
	return func(ctx context.Context, c *connection, _, _ string) ([]thing, error) {
		listing, err := c.client.ListMetadata(ctx, kind)
		things := make([]thing, len(listing))
		for i, l := range listing {
			things[i] = thing{sfclient.ID18(l.ID), l.FullName}
		}
		return things, err
	}
}
