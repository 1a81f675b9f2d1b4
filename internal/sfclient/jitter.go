package sfclient

import (
	"math/rand/v2"
	"time"
)

// fullJitter waits anything between nothing and a ceiling that doubles from try to try, so that callers who failed together
// do not come back together.
type fullJitter struct {
	pace    pace
	ceiling time.Duration
}

// NextBackOff implements backoff.BackOff.
func (j *fullJitter) NextBackOff() time.Duration {
	j.ceiling = min(max(j.ceiling*2, j.pace.base), j.pace.limit)
	return rand.N(j.ceiling) + time.Millisecond
}

// Reset implements backoff.BackOff.
func (j *fullJitter) Reset() { j.ceiling = 0 }
