package sfmock

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
)

// SnapshotAs takes a snapshot under a name, in memory. A snapshot of the same name is replaced.
func (o *Org) SnapshotAs(name string) error {
	o.lock()
	defer o.mu.Unlock()
	raw, err := o.snapshot()
	if err == nil {
		o.snapshots[name] = raw
	}
	return err
}

// RestoreNamed restores the snapshot of a name, as often as wanted.
func (o *Org) RestoreNamed(name string) error {
	o.mu.Lock()
	raw := o.snapshots[name]
	o.mu.Unlock()
	if raw == nil {
		return fmt.Errorf("there is no snapshot %q", name)
	}
	return o.Restore(raw)
}

// Snapshots are the names of the snapshots in memory, sorted.
func (o *Org) Snapshots() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Sorted(maps.Keys(o.snapshots))
}

func (o *Org) adminSnapshot(*http.Request) (any, error) {
	raw, err := o.Snapshot()
	return json.RawMessage(raw), err
}

func (o *Org) adminRestore(r *http.Request) (any, error) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, fmt.Errorf("read the body: %w", err)
	}
	return nil, o.Restore(raw)
}
