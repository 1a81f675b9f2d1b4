package sfclient

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// entityNames are the kinds of setup entities whose API names can be asked for. Others have their names in places that differ from
// kind to kind, or none. Source: Object Reference, SetupEntityAccess.
var entityNames = map[string]struct {
	column     string
	namespaced bool
	tooling    bool       // the Tooling API alone knows the object
	list       AccessList // where metadata has them, none for apps
}{
	"ApexClass":                 {column: "Name", namespaced: true, list: AccessList{"classAccesses", "apexClass", "enabled"}},
	"ApexPage":                  {column: "Name", namespaced: true, list: AccessList{"pageAccesses", "apexPage", "enabled"}},
	"ConnectedApplication":      {column: "Name"},
	"CustomPermission":          {column: "DeveloperName", namespaced: true, list: AccessList{"customPermissions", "name", "enabled"}},
	"ExternalClientApplication": {column: "DeveloperName", namespaced: true},
	"FlowDefinition":            {column: "DeveloperName", namespaced: true, tooling: true, list: AccessList{"flowAccesses", "flow", "enabled"}},
}

// setupEntities are the rows of SetupEntityAccess of permission sets, with the API name for the id where it can be had.
func (c *Client) setupEntities(ctx context.Context, setIDs []string) ([]rightRow, error) {
	rows, err := queryEach[rightRow](ctx, c, "read SetupEntityAccess", Select([]string{"ParentId", "SetupEntityId", "SetupEntityType"}, "SetupEntityAccess", nil, In{"ParentId", setIDs}))
	if err != nil {
		return nil, err
	}
	ids := map[string]map[string]bool{}
	for _, row := range rows {
		if ids[row.SetupEntityType] == nil {
			ids[row.SetupEntityType] = map[string]bool{}
		}
		ids[row.SetupEntityType][row.SetupEntityID] = true
	}
	names, err := c.namesOf(ctx, ids)
	for i, row := range rows {
		if name := names[row.SetupEntityID]; name != "" {
			rows[i].SetupEntityID = name
		}
	}
	return rows, err
}

// namesOf are the API names of setup entities by id, as far as the signed-in user sees them.
func (c *Client) namesOf(ctx context.Context, ids map[string]map[string]bool) (map[string]string, error) {
	names := map[string]string{}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	for kind, some := range ids {
		how, known := entityNames[kind]
		if !known {
			continue
		}
		columns := []string{"Id", how.column}
		if how.namespaced {
			columns = append(columns, "NamespacePrefix")
		}
		ask := Query[entity]
		if how.tooling {
			ask = QueryTooling[entity]
		}
		for _, statement := range Select(columns, kind, nil, In{"Id", slices.Sorted(maps.Keys(some))}) {
			group.Go(func() error {
				rows, err := ask(ctx, c, "read "+kind, statement)
				if unseen(err) {
					return nil
				}
				mu.Lock()
				defer mu.Unlock()
				for _, row := range rows {
					names[row.ID] = row.fullName()
				}
				return err
			})
		}
	}
	return names, group.Wait()
}

// unseen tells whether an object, or a column of it, is not there for the signed-in user.
func unseen(err error) bool {
	refused, ok := errors.AsType[*Error](err)
	return ok && (refused.Code == "INVALID_TYPE" || refused.Code == "INVALID_FIELD" || errors.Is(err, ErrAccess))
}

// entity is a setup entity as its own object names it.
type entity struct {
	ID                                   string `json:"Id"`
	Name, DeveloperName, NamespacePrefix string
}

func (e *entity) fullName() string {
	return fullName(e.NamespacePrefix, e.Name+e.DeveloperName)
}
