package sfclient

import (
	"context"
	"net/http"
	"sync"
)

// profileKind is the metadata type and the object.
const profileKind = "Profile"

// ProfileFullName returns the name by which metadata knows the profile with an id: Admin for System Administrator, and the name with
// its punctuation encoded for others. All names are asked for at once and kept; those of profiles that this client writes are asked
// for anew. A profile that the signed-in user can't see gives ErrNotFound.
func (c *Client) ProfileFullName(ctx context.Context, id string) (string, error) {
	id = ID18(id)
	if name, known := c.profileNames.kept(id); known {
		return name, nil
	}
	name, err := c.profileNames.lookups.do(ctx, id)
	if err == nil && name == "" {
		err = &Error{Op: "list " + profileKind, Status: http.StatusOK, Code: "NOT_FOUND", Message: "there is no " + profileKind + " with id " + id + " that the signed-in user can see"}
	}
	return name, err
}

// fullNames keeps the full names of profiles by id.
type fullNames struct {
	lookups *gatherer[string, string]

	mu       sync.Mutex
	names    map[string]string
	outdated map[string]bool // ids whose names changed since the listing under way began
}

func newFullNames(c *Client) *fullNames {
	f := &fullNames{names: map[string]string{}, outdated: map[string]bool{}}
	f.lookups = &gatherer[string, string]{most: keysPerBatch, turn: make(chan struct{}, 1), send: func(ctx context.Context, ids []string) ([]string, error) {
		f.mu.Lock()
		clear(f.outdated)
		f.mu.Unlock()
		listing, err := c.ListMetadata(ctx, profileKind)
		if err != nil {
			return nil, err
		}
		found := make(map[string]string, len(listing))
		for _, component := range listing {
			found[ID18(component.ID)] = component.FullName
		}
		f.keep(found)
		names := make([]string, len(ids))
		for i, id := range ids {
			names[i] = found[id]
		}
		return names, nil
	}}
	return f
}

func (f *fullNames) kept(id string) (name string, known bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	name, known = f.names[id]
	return name, known
}

func (f *fullNames) keep(found map[string]string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for id, name := range found {
		if !f.outdated[id] {
			f.names[id] = name
		}
	}
}

// touched implements toucher.
func (f *fullNames) touched(_ string, values map[string]any) {
	id, _ := values["Id"].(string)
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.names, ID18(id))
	f.outdated[ID18(id)] = true
}
