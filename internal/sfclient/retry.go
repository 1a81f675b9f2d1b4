package sfclient

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/oauth2"
)

// pace is how a kind of failure is waited out: full jitter between tries, growing from base to limit.
type pace struct {
	base, limit time.Duration
	tries       int           // 0 for any number
	most        time.Duration // in all, where the context has no deadline; 0 for ever
}

var (
	transportPace = pace{base: 500 * time.Millisecond, limit: 30 * time.Second, tries: 5}
	lockPace      = pace{base: time.Second, limit: time.Minute, most: 20 * time.Minute} // setup and row locks last until the other change is through
	signInPace    = pace{base: 500 * time.Millisecond, limit: 5 * time.Second, tries: 3}
)

// retryWhile runs try until it succeeds, fails for good, or the pace or the context ends. again tells whether a failure is worth another try.
func retryWhile[T any](ctx context.Context, p pace, again func(error) bool, try func() (T, error)) (T, error) {
	most := p.most
	if _, bounded := ctx.Deadline(); bounded {
		most = 0
	}
	var last error // the newest failure that says more than that the context has ended
	result, err := backoff.Retry(ctx, func() (T, error) {
		result, err := try()
		if err != nil && (ctx.Err() == nil || !errors.Is(err, ctx.Err())) {
			last = err
		}
		if err != nil && !again(err) {
			err = backoff.Permanent(err)
		}
		return result, err
	}, backoff.WithBackOff(&fullJitter{pace: p}), backoff.WithMaxTries(uint(p.tries)), backoff.WithMaxElapsedTime(most))
	if permanent, ok := errors.AsType[*backoff.PermanentError](err); ok {
		err = permanent.Err
	}
	if err != nil && last != nil && !errors.Is(err, last) {
		err = errors.Join(last, err) // what kept failing says more than the deadline alone
	}
	return result, err
}

// unsentError is a failure before anything went to the API: nothing is uncertain, and what can be tried again was.
type unsentError struct{ error }

func (e unsentError) Unwrap() error { return e.error }

func unsent(err error) bool {
	_, ok := errors.AsType[unsentError](err)
	return ok
}

// safeToRepeat tells whether a failed exchange may be sent once more. Refusals by concurrency did nothing, so any request may;
// after a fault on the way only an idempotent one.
func safeToRepeat(err error, idempotent bool) bool {
	if unsent(err) {
		return false
	}
	if e, ok := errors.AsType[*Error](err); ok && (onlyBusy(e) || e.Status == http.StatusTooManyRequests) {
		return true
	}
	if network, ok := errors.AsType[*net.OpError](err); ok && network.Op == "dial" {
		return true
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	return idempotent && brokenOnTheWay(err)
}

// brokenOnTheWay tells a fault of the connection, of a gateway or of the server from a refusal: after it, nobody knows whether
// a write was done.
func brokenOnTheWay(err error) bool {
	if unsent(err) {
		return false
	}
	if e, ok := errors.AsType[*Error](err); ok {
		garbled := e.Code == "" && e.Status < 300
		return garbled || e.Status == 420 || e.Status >= 500 && !soapRefusal(e)
	}
	return err != nil
}

// soapRefusal tells a SOAP fault, which is an answer although its HTTP status is 500, from a failure of the server.
func soapRefusal(e *Error) bool {
	return e.Status == http.StatusInternalServerError && e.Code != "" && e.Code != "UNKNOWN_EXCEPTION" && e.Code != "SERVER_UNAVAILABLE"
}

func retrySignIn(ctx context.Context, mint minter) (*oauth2.Token, error) {
	again := func(err error) bool {
		if refused, ok := errors.AsType[*SignInError](err); ok {
			return refused.transient()
		}
		return safeToRepeat(err, true)
	}
	return retryWhile(ctx, signInPace, again, func() (*oauth2.Token, error) { return mint(ctx) })
}
