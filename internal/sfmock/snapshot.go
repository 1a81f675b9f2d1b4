package sfmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"
)

// snapshotVersion is the version of the form that snapshots have. What an older sfmock could not read gets a new one.
const snapshotVersion = 1

// snapshot is an org as JSON: all that Salesforce would keep, and how the org was told to behave. Not in it are faults and the
// journal, which belong to a test rather than to the org, and what is only good for a moment: outcomes of deployments and
// retrievals, and the later pages of queries.
type snapshot struct {
	Version int `json:"sfmockSnapshot"`
	Sandbox bool

	Pod           string
	LastID        int
	ClockOffset   time.Duration // nanoseconds
	Reshaped      time.Time
	Requests      int
	Usage         savedUsage
	Behaviour     savedBehaviour
	CustomObjects []*object
	Columns       map[string][]*field // by object, of those that differ
	Records       []savedRecord
	Components    []savedComponent
	Hidden        map[string]bool

	Recalculations     map[string]savedRecalculation
	UsernamesElsewhere map[string]bool
	Apps               []savedApp
	Sessions           []savedSession
	Tokens             []savedToken
	Assertions         map[string]bool
}

type savedUsage struct{ Used, Max int }

// savedBehaviour is what levers set.
type savedBehaviour struct {
	DeployPolls            int
	LocksNoSetup           bool
	RecalculationTime      time.Duration
	RecalculationFails     bool
	MFA                    mfaPolicy
	APIAccessControl       bool
	AppPropagation         time.Duration
	PKCEKept               bool
	ConnectedAppsCreatable bool
	Instance, Source       string
	Newest                 int
}

type savedRecalculation struct {
	Since  time.Time
	Failed bool
}

// Snapshot is the whole org as JSON, for Restore. Deployments that are under way are done first. It holds consumer secrets and
// access tokens of the mock org.
func (o *Org) Snapshot() ([]byte, error) {
	o.lock()
	defer o.mu.Unlock()
	return o.snapshot()
}

func (o *Org) snapshot() ([]byte, error) {
	for d := o.runningDeployment(); d != nil; d = o.runningDeployment() {
		o.finish(d)
	}
	s := snapshot{
		Version: snapshotVersion, Sandbox: o.options.Sandbox,
		Pod: o.pod, LastID: o.lastID, ClockOffset: o.offset, Reshaped: o.reshaped, Requests: o.requests, Usage: savedUsage{o.usage.used, o.usage.max},
		Behaviour: savedBehaviour{
			o.deployPolls, o.locksNoSetup, o.recalculationTime, o.recalculationFails, o.mfa, o.apiAccessControl, o.appPropagation,
			o.pkceKept, o.connectedAppsCreatable, o.instance, o.source, o.newest,
		},
		Records: o.savedRecords(), Components: o.savedComponents(), Hidden: o.hidden,
		Recalculations: map[string]savedRecalculation{}, UsernamesElsewhere: o.usernamesElsewhere,
		Apps: o.savedApps(), Sessions: o.savedSessions(), Tokens: o.savedTokens(), Assertions: o.assertions,
	}
	s.CustomObjects, s.Columns = o.savedSchema()
	for id, r := range o.recalculations {
		s.Recalculations[id] = savedRecalculation{r.since, r.failed}
	}
	return json.Marshal(s)
}

// Restore makes the org what it was at a snapshot, which may be another process's. When it reports an error, nothing changed.
func (o *Org) Restore(raw []byte) error {
	o.lock()
	defer o.mu.Unlock()
	var about struct {
		Version int `json:"sfmockSnapshot"`
	}
	if err := json.Unmarshal(raw, &about); err != nil {
		return fmt.Errorf("read the snapshot: %w", err)
	}
	if about.Version != snapshotVersion {
		return fmt.Errorf("read the snapshot: it has version %d of the form, this sfmock reads version %d (0 is no snapshot at all)", about.Version, snapshotVersion)
	}
	var saved snapshot
	if err := decodeStrictly(bytes.NewReader(raw), &saved); err != nil {
		return fmt.Errorf("read the snapshot: %w", err)
	}
	restored, err := saved.state()
	if err != nil {
		return fmt.Errorf("read the snapshot: %w", err)
	}
	for _, s := range restored.sessions {
		s.era = o.era.Load()
	}
	o.state, o.options.Sandbox = restored, saved.Sandbox
	return nil
}

// state builds the org of a snapshot beside the one that runs.
func (s snapshot) state() (state, error) {
	b := s.Behaviour
	o := &Org{state: emptyState()}
	o.pod, o.lastID, o.offset, o.reshaped, o.requests, o.usage = s.Pod, s.LastID, s.ClockOffset, s.Reshaped, s.Requests, usage{s.Usage.Used, s.Usage.Max}
	o.deployPolls, o.locksNoSetup, o.recalculationTime, o.recalculationFails = b.DeployPolls, b.LocksNoSetup, b.RecalculationTime, b.RecalculationFails
	o.mfa, o.apiAccessControl, o.appPropagation, o.pkceKept = b.MFA, b.APIAccessControl, b.AppPropagation, b.PKCEKept
	o.connectedAppsCreatable, o.instance, o.source, o.newest = b.ConnectedAppsCreatable, b.Instance, b.Source, b.Newest
	maps.Copy(o.hidden, s.Hidden)
	maps.Copy(o.usernamesElsewhere, s.UsernamesElsewhere)
	maps.Copy(o.assertions, s.Assertions)
	if len(s.Pod) != prefixLength {
		return state{}, fmt.Errorf("the pod %q is not one of %d characters", s.Pod, prefixLength)
	}
	o.restoreApps(s.Apps)
	for _, step := range []func() error{
		func() error { return o.restoreSchema(s.CustomObjects, s.Columns) },
		func() error { return o.restoreRecords(s.Records) },
		o.danglingReference,
		func() error { return o.restoreRecalculations(s.Recalculations) },
		func() error { return o.restoreComponents(s.Components) },
		func() error { return o.restoreSessions(s.Sessions) },
		func() error { return o.restoreTokens(s.Tokens) },
	} {
		if err := step(); err != nil {
			return state{}, err
		}
	}
	if len(o.tables["organization"]) != 1 {
		return state{}, errors.New("an org has one Organization record")
	}
	return o.state, nil
}

func (o *Org) restoreRecalculations(all map[string]savedRecalculation) error {
	for id, r := range all {
		if o.liveOf("PermissionSetGroup", id) == nil || o.backingSet(id) == nil {
			return fmt.Errorf("%q is recalculated, which is no permission set group with a set behind it", id)
		}
		o.recalculations[id] = recalculation{since: r.Since, failed: r.Failed}
	}
	return nil
}
