package sfmock

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options shape a new org. The zero value is a fresh Enterprise Edition org.
type Options struct {
	Now      func() time.Time // the org's clock; nil means the machine's
	Latency  time.Duration    // added to every API answer
	RandSeed uint64           // seeds the order of whatever Salesforce does not order; 0 is a fixed seed
	Sandbox  bool             // Organization.IsSandbox, and usernames end in .sandbox
	Empty    bool             // no seed at all but the Organization row

	OnRequest func(Request) // is told of every request that was served, side by side and before its client can know

	StrictAssertions bool // refuse JWT assertions that live longer than three minutes; whether Salesforce does is open
}

// Org is one Salesforce org. Its methods are safe for concurrent use.
type Org struct {
	mu      sync.Mutex
	options Options
	random  *rand.Rand
	state

	undoLog         []func() // nil outside a transaction
	seeding         bool
	componentFaults []*componentFault
	exhibitions     map[string]exhibition // by type
	snapshots       map[string][]byte     // that were taken under a name

	era   atomic.Int64 // sessions of earlier eras are over
	hooks struct {     // guarded by its own lock: requests ask it before they take the state's
		sync.Mutex
		journal []*Request
		bodies  int            // bytes in the journal
		calls   map[string]int // by kind
		faults  []*fault

		inFlight, maxInFlight             int // API requests; a maximum of 0 is none
		metadataWrites, maxMetadataWrites int // under way, and the most that ever were
	}
	handler http.Handler
}

// state is what Restore replaces; what of it a snapshot keeps stands in snapshot.go.
type state struct {
	pod    string // characters 4 to 6 of every id
	lastID int
	offset time.Duration // how far Advance moved the clock

	objects  map[string]*object
	reshaped time.Time                     // when a column was last added, changed or removed; zero for never
	tables   map[string]map[string]*record // by lower-case object name, then id
	byID     map[string]*record            // deleted ones included
	indexes  map[string]map[string]index   // by lower-case object name, then columns

	components map[string]map[string]*stored // plain metadata by type and lower-case full name
	hidden     map[string]bool               // components that reads don't show

	deployments  []*deployment         // in the order in which they came
	retrievals   map[string]*retrieval // by id
	deployPolls  int                   // how many checks find a deployment or retrieval under way
	locksNoSetup bool                  // whether other metadata may be written while a deployment runs

	recalculations     map[string]recalculation // of permission set groups that were changed, by id
	recalculationTime  time.Duration
	recalculationFails bool
	mfa                mfaPolicy
	apiAccessControl   bool
	appPropagation     time.Duration // of new apps to the token endpoint
	pkceKept           bool

	connectedAppsCreatable bool
	requests               int             // that took the lock so far
	defaultPolicies        map[*stored]int // of external client apps that Salesforce made, with the request that they came along with

	usernamesElsewhere map[string]bool // in other orgs, lower case

	sessions map[string]*session // by access token
	locators map[string]*locator // of queries that are being paged through
	apps     []*App
	tokens   []*oauthToken
	usage    usage

	assertions map[string]bool // ids of the JWTs that were used, after their issuer
	instance   string          // My Domain URL, "" for the listening address
	source     string          // address that requests seem to come from, "" for the real one
	newest     int             // API version
}

// New makes an org and fills it with the seed.
func New(options Options) *Org {
	seed := options.RandSeed
	if seed == 0 {
		seed = 1
	}
	o := &Org{
		options:   options,
		random:    rand.New(rand.NewPCG(seed, seed)), // order, not secrets
		state:     emptyState(),
		snapshots: map[string][]byte{},
	}
	o.handler = o.routes()
	o.seed()
	return o
}

// emptyState is an org without a single record.
func emptyState() state {
	return state{
		pod:        "Hs0",
		objects:    catalog(allObjects()),
		tables:     map[string]map[string]*record{},
		byID:       map[string]*record{},
		indexes:    map[string]map[string]index{},
		components: map[string]map[string]*stored{},
		hidden:     map[string]bool{},
		retrievals: map[string]*retrieval{},
		sessions:   map[string]*session{},
		locators:   map[string]*locator{},

		recalculations:     map[string]recalculation{},
		defaultPolicies:    map[*stored]int{},
		usernamesElsewhere: map[string]bool{},
		assertions:         map[string]bool{},
		newest:             newestVersion,
		deployPolls:        1,
		usage:              usage{max: dailyLimit},
	}
}

// allObjects are the tables of facts, one slice a family.
func allObjects() []*object {
	var all []*object
	for _, family := range []func() []*object{identityObjects, licenseObjects, permissionObjects, groupObjects, appObjects, sessionObjects, settingsObjects, setupObjects, businessObjects} {
		all = append(all, family()...)
	}
	return all
}

// now is the org's time, to the second as Salesforce keeps it.
func (o *Org) now() time.Time {
	clock := time.Now
	if o.options.Now != nil {
		clock = o.options.Now
	}
	return clock().Add(o.offset).UTC().Truncate(time.Second)
}

// Advance moves the org's clock forward: tokens idle out, assignments expire.
func (o *Org) Advance(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.offset += d
}

// object returns the description of an sObject by its name in any case, nil if the org has none.
func (o *Org) object(name string) *object { return o.objects[strings.ToLower(name)] }

// live returns the record with the given 15- or 18-character id, nil if it never was or is deleted.
func (o *Org) live(id string) *record {
	normal, ok := normalID(id)
	if !ok {
		return nil
	}
	if rec := o.byID[normal]; rec != nil && !rec.deleted {
		return rec
	}
	return nil
}
