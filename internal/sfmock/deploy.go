package sfmock

import (
	"fmt"
	"slices"
	"time"
)

// deployOptions are what a client asks of a deployment.
type deployOptions struct {
	AllowMissingFiles bool     `json:"allowMissingFiles"`
	AutoUpdatePackage bool     `json:"autoUpdatePackage"`
	CheckOnly         bool     `json:"checkOnly"`
	IgnoreWarnings    bool     `json:"ignoreWarnings"`
	PerformRetrieve   bool     `json:"performRetrieve"`
	PurgeOnDelete     bool     `json:"purgeOnDelete"`
	RollbackOnError   bool     `json:"rollbackOnError"`
	RunTests          []string `json:"runTests"` // this org has no tests
	SinglePackage     bool     `json:"singlePackage"`
	TestLevel         *string  `json:"testLevel"`
}

// The statuses of a deployment. Those of finalizing come too fast here to be seen.
const (
	deployPending    = "Pending"
	deployInProgress = "InProgress"
	deploySucceeded  = "Succeeded"
	deployPartial    = "SucceededPartial"
	deployFailed     = "Failed"
	deployCanceling  = "Canceling"
	deployCanceled   = "Canceled"
)

const (
	deployPrefix = "0Af"

	statusKept     = 30 * 24 * time.Hour // how long the outcome of a deployment can be asked for
	validationKept = 10 * 24 * time.Hour // how long a validation stands in for a test run

	// unwatchedTime is how long a deployment takes that nobody checks, and that would otherwise hold up the org for good.
	unwatchedTime = time.Minute
)

// deployment is one on its way, or what became of it.
type deployment struct {
	id        string
	options   deployOptions
	validated string // id of the validation that a quick deployment repeats
	archive   []byte // gone once nothing is deployed from it any more
	size      int    // of the archive
	caller    *session

	created, started, modified, completed time.Time // started and completed are zero until then

	status     string
	checks     int // that found it running
	watched    time.Time
	canceledBy *record
	refusal    *apiError // why it failed as a whole

	rows  []deployRow
	files int
	total int // components
}

// deployRow is what happened to one component, or to a file that names components.
type deployRow struct {
	typeName, fullName, fileName string // of a manifest no type
	id                           string
	created, changed, deleted    bool
	success                      bool
	problem, problemType         string
	line, column                 int
	manifest                     bool
	when                         time.Time
}

const (
	problemError   = "Error"
	problemWarning = "Warning"
)

func (d *deployment) done() bool {
	return slices.Contains([]string{deploySucceeded, deployPartial, deployFailed, deployCanceled}, d.status)
}

// SetDeployPolls sets how many status checks find a deployment or retrieval under way before one finds it done, 1 by default.
// The first of several finds it Pending, the others InProgress. A deployment that nobody checks is done after a minute.
func (o *Org) SetDeployPolls(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.deployPolls = n
}

// SetDeployLock sets whether the Metadata API refuses other writes as ALREADY_IN_PROCESS while a deployment runs, as it does by default.
func (o *Org) SetDeployLock(locks bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.locksNoSetup = !locks
}

// setupLock refuses a write that a running deployment is in the way of.
func (o *Org) setupLock() *apiError {
	if o.locksNoSetup || o.runningDeployment() == nil {
		return nil
	}
	return errSetupLocked()
}

func errSetupLocked() *apiError {
	return refuse("ALREADY_IN_PROCESS", "The changes you requested require salesforce.com to temporarily lock your organization's administration setup. "+
		"However, the administration setup has already been locked by another change. Please wait for the previous action to finish, then try again later.")
}

// testLevels are the values of the options' testLevel.
var testLevels = []string{"NoTestRun", "RunSpecifiedTests", "RunLocalTests", "RunAllTestsInOrg", "RunRelevantTests"}

// check refuses options that the org doesn't allow.
func (d deployOptions) check(o *Org) *apiError {
	switch {
	case d.TestLevel != nil && !slices.Contains(testLevels, *d.TestLevel):
		return refuse(unsureTestLevelCode, fmt.Sprintf("'%s' is not a valid value for the enum 'TestLevel'", *d.TestLevel))
	case o.options.Sandbox || d.CheckOnly:
		return nil
	case !d.RollbackOnError:
		return refuse(unsureProductionCode, unsureProductionRollback)
	case d.TestLevel != nil && *d.TestLevel == "NoTestRun":
		return refuse(unsureProductionCode, unsureProductionTests)
	}
	return nil
}

// enqueue takes a deployment in. It starts as soon as no other is before it.
func (o *Org) enqueue(caller *session, archive []byte, options deployOptions, validated string) *deployment {
	d := &deployment{
		id: o.newID(deployPrefix), options: options, validated: validated, archive: archive, size: len(archive), caller: caller,
		created: o.now(), modified: o.now(), status: deployPending,
	}
	d.files, d.total = countFiles(archive)
	o.deployments = append(slices.DeleteFunc(o.deployments, o.forgets), d)
	o.settleDeployments()
	return d
}

// forgets tells whether the outcome of a deployment can't be asked for any more.
func (o *Org) forgets(d *deployment) bool { return d.done() && o.now().Sub(d.created) >= statusKept }

// deploymentOf finds a deployment by its 15- or 18-character id, nil if there is none or its outcome is forgotten.
func (o *Org) deploymentOf(id string) *deployment {
	normal, _ := normalID(id)
	for _, d := range o.deployments {
		if d.id == normal && !o.forgets(d) {
			return d
		}
	}
	return nil
}

// runningDeployment is the one that has its turn, nil if there is none.
func (o *Org) runningDeployment() *deployment {
	for _, d := range o.deployments {
		if !d.done() {
			return d
		}
	}
	return nil
}

// settleDeployments starts the deployment that has its turn, and ends those that nobody watches any more.
func (o *Org) settleDeployments() {
	for d := o.runningDeployment(); d != nil; d = o.runningDeployment() {
		if d.started.IsZero() {
			d.started, d.watched = o.now(), o.now()
		}
		if o.now().Sub(d.watched) < unwatchedTime {
			return
		}
		o.finish(d)
	}
}

// watch moves a deployment on, as time does between two status checks.
func (o *Org) watch(d *deployment) {
	if o.runningDeployment() != d {
		return
	}
	d.checks++
	d.watched, d.modified = o.now(), o.now()
	switch {
	case d.status == deployCanceling || d.checks > o.deployPolls:
		o.finish(d)
	case d.checks > 1 || o.deployPolls == 1:
		d.status = deployInProgress
	}
}

// finish ends a deployment.
func (o *Org) finish(d *deployment) {
	if d.status == deployCanceling {
		d.status = deployCanceled
	} else {
		o.execute(d)
	}
	if d.status != deploySucceeded || !d.options.CheckOnly {
		d.archive = nil
	}
	d.completed, d.modified = o.now(), o.now()
}

// cancel stops a deployment: one that waits at once, one that runs before the next status check.
func (o *Org) cancel(caller *session, d *deployment) *apiError {
	if d.done() {
		return refuse("INVALID_ID_FIELD", "Deployment already completed")
	}
	d.canceledBy, d.modified = caller.user, o.now()
	if o.runningDeployment() == d {
		d.status, d.watched = deployCanceling, o.now()
		return nil
	}
	d.status, d.completed, d.archive = deployCanceled, o.now(), nil
	return nil
}

// deployValidated deploys what a recent validation found to be sound.
func (o *Org) deployValidated(caller *session, id string) (*deployment, *apiError) {
	validation := o.deploymentOf(id)
	if validation == nil || !validation.options.CheckOnly || validation.status != deploySucceeded || o.now().Sub(validation.completed) > validationKept {
		return nil, refuse("INVALID_ID_FIELD", unsureNoValidation)
	}
	options := validation.options
	options.CheckOnly = false
	return o.enqueue(caller, validation.archive, options, validation.id), nil
}

func errNoDeployment() *apiError { return refuse("INVALID_ID_FIELD", "Invalid deploy ID") }
