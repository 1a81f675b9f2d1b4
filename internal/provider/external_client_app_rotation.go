package provider

import (
	"fmt"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// The operations of a rotation, in their order.
const (
	stageOperation   = "stage"
	rotateOperation  = "rotate"
	discardOperation = "discard"
)

// outcome is what an operation comes to: it acts, has nothing to do, or is refused.
type outcome int

const (
	acts outcome = iota
	idles
	refuses
)

// slotFree is the state of an empty staged slot.
const slotFree = ""

// rotationRules say by operation and by the state of the staged slot what the operation comes to, and why. %s is the pair in the slot.
var rotationRules = map[string]map[string]struct {
	outcome outcome
	why     string
}{
	stageOperation: {
		slotFree:               {acts, ""},
		sfclient.StagedExpired: {acts, ""},
		sfclient.StagedActive:  {idles, "%s is staged already"},
		sfclient.StagedRotated: {refuses, "%s, which the last rotation replaced, still works and takes up the one staged slot. When nobody uses it any more, run the operation \"discard\" first."},
	},
	rotateOperation: {
		slotFree:               {refuses, "Nothing is staged. Run the operation \"stage\" first."},
		sfclient.StagedExpired: {refuses, "%s has expired. Run the operation \"stage\", which replaces it, first."},
		sfclient.StagedActive:  {acts, ""},
		sfclient.StagedRotated: {idles, "%s was replaced by a rotation already, and still works"},
	},
	discardOperation: {
		slotFree:               {idles, "nothing is staged"},
		sfclient.StagedExpired: {acts, ""},
		sfclient.StagedActive:  {acts, ""},
		sfclient.StagedRotated: {acts, ""},
	},
}

// outcomeOf tells what an operation comes to with what is in the staged slot.
func outcomeOf(operation string, staged *sfclient.StagedCredentials) (outcome, string) {
	state := slotFree
	if staged != nil {
		state = staged.State
	}
	rule, known := rotationRules[operation][state]
	switch {
	case !known:
		return refuses, fmt.Sprintf("%s is in a state %q that this provider does not know.", describePair(staged), state)
	case rule.why == "" || staged == nil:
		return rule.outcome, rule.why
	}
	return rule.outcome, upperFirst(fmt.Sprintf(rule.why, describePair(staged)))
}

// describePair names a pair by the beginning of its key.
func describePair(staged *sfclient.StagedCredentials) string {
	text := "the pair with the key " + keyStart(staged.Key)
	if staged.ExpirationDate != "" {
		text += " (valid until " + staged.ExpirationDate + ")"
	}
	return text
}

// keyStart is as much of a consumer key as tells one from another.
func keyStart(key string) string { return key[:min(len(key), keyShown)] + "..." }

// keyShown is how much of a key is shown; all keys of Salesforce begin with the same five characters.
const keyShown = 14
