package sfclient

import (
	"context"
	"encoding/json"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// heldRights are what a permission set grants.
type heldRights struct {
	own     Rights
	implied Rights // to objects, by Modify All Data
}

// all are what the permission set grants, by whatever.
func (h *heldRights) all() Rights {
	all := Rights{}
	all.add(h.own)
	all.add(h.implied)
	return all
}

// rightRow is a row of PermissionSet, or of an object whose rows belong to one.
type rightRow struct {
	ID              string `json:"Id"`
	ParentID        string `json:"ParentId"`
	SobjectType     string
	Field           string
	SetupEntityID   string `json:"SetupEntityId"`
	SetupEntityType string
	permissions     permissionColumns
}

// UnmarshalJSON implements json.Unmarshaler.
func (r *rightRow) UnmarshalJSON(text []byte) error {
	type plain rightRow
	if err := json.Unmarshal(text, (*plain)(r)); err != nil {
		return err
	}
	return json.Unmarshal(text, &r.permissions)
}

// impliedPrefix begins the ids of rows of ObjectPermissions that stand for no record: what Modify All Data opens.
// Source: Object Reference, ObjectPermissions.
const impliedPrefix = "000"

// rightSources are the objects that tell what permission sets grant. The columns of permissions differ from org to org, and those of
// a permission set are too many to be named in a URI.
var rightSources = []struct {
	object, key string
	columns     []string
	narrow      bool // to some objects
	right       func(row *rightRow, how string) Right
}{
	{"PermissionSet", "Id", []string{"FIELDS(STANDARD)"}, false, func(_ *rightRow, how string) Right { return Right{Kind: UserRight, Name: how} }},
	{ObjectRight, "ParentId", []string{"FIELDS(STANDARD)"}, true, func(row *rightRow, how string) Right { return Right{ObjectRight, row.SobjectType, how} }},
	{FieldRight, "ParentId", strings.Fields("ParentId SobjectType Field PermissionsRead PermissionsEdit"), true, func(row *rightRow, how string) Right { return Right{FieldRight, row.Field, how} }},
}

// rightsOf tells what permission sets grant, by their ids.
func (c *Client) rightsOf(ctx context.Context, setIDs, objects []string) (map[string]*heldRights, error) {
	held := make(map[string]*heldRights, len(setIDs))
	for _, id := range setIDs {
		held[id] = &heldRights{Rights{}, Rights{}}
	}
	var mu sync.Mutex
	grant := func(setID string, right Right, implied bool) {
		mu.Lock()
		defer mu.Unlock()
		switch set := held[setID]; {
		case set == nil:
		case implied:
			set.implied[right] = true
		default:
			set.own[right] = true
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, source := range rightSources {
		lists := []In{{source.key, setIDs}}
		if source.narrow && len(objects) > 0 {
			lists = append(lists, In{"SobjectType", objects})
		}
		for _, statement := range Select(source.columns, source.object, nil, lists...) {
			group.Go(func() error {
				rows, err := Query[rightRow](ctx, c, "read "+source.object, statement)
				for _, row := range rows {
					setID := row.ParentID
					if source.key == "Id" {
						setID = row.ID
					}
					implied := source.object == ObjectRight && strings.HasPrefix(row.ID, impliedPrefix)
					for how := range row.permissions {
						grant(setID, source.right(&row, how), implied)
					}
				}
				return err
			})
		}
	}
	group.Go(func() error {
		entities, err := c.setupEntities(ctx, setIDs)
		for _, e := range entities {
			grant(e.ParentID, Right{Kind: e.SetupEntityType, Name: e.SetupEntityID}, false)
		}
		return err
	})
	return held, group.Wait()
}
