package sfclient

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// doubling is a gatherer that answers numbers with their double, and notes the exchanges.
type doubling struct {
	gatherer[int, int]
	mu        sync.Mutex
	exchanges [][]int
}

func newDoubling(most int) *doubling {
	d := &doubling{}
	d.most = most
	d.send = func(_ context.Context, items []int) ([]int, error) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.exchanges = append(d.exchanges, slices.Clone(items))
		results := make([]int, len(items))
		for i, item := range items {
			results[i] = 2 * item
		}
		return results, nil
	}
	return d
}

func (d *doubling) check(ctx context.Context, item int) error {
	if got, err := d.do(ctx, item); err != nil || got != 2*item {
		return fmt.Errorf("%d gave %d, %w", item, got, err)
	}
	return nil
}

func TestCallersTravelTogether(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ callers, most, exchanges int }{{1, 10, 1}, {10, 10, 1}, {11, 10, 2}, {95, 10, 10}, {200, 200, 1}} {
		inFakeTime(t, func(t *testing.T) {
			t.Helper()
			d := newDoubling(test.most)
			within(t, gatherMost, func() {
				allSucceed(t, together(test.callers, func(i int) error { return d.check(t.Context(), i) }))
			})
			if len(d.exchanges) != test.exchanges {
				t.Errorf("%+v: %d exchanges", test, len(d.exchanges))
			}
			seen := map[int]bool{}
			for _, exchange := range d.exchanges {
				if len(exchange) > test.most {
					t.Errorf("%d items travelled together", len(exchange))
				}
				for _, item := range exchange {
					if seen[item] {
						t.Errorf("%d travelled twice", item)
					}
					seen[item] = true
				}
			}
			allSucceed(t, together(1, func(int) error { return d.check(t.Context(), 1) })) // it starts again
			synctest.Wait()
			if d.running {
				t.Error("the runner has not ended")
			}
		})
	}
}

// TestNobodyWaitsForStragglers lets a caller come every millisecond: the first ones do not wait for the last.
func TestNobodyWaitsForStragglers(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		d := newDoubling(1000)
		allSucceed(t, together(100, func(i int) error {
			wait(t, time.Duration(i)*time.Millisecond)
			started := time.Now()
			err := d.check(t.Context(), i)
			if took := time.Since(started); took > gatherMost {
				t.Errorf("caller %d waited %s", i, took)
			}
			return err
		}))
		if len(d.exchanges) < 4 || len(d.exchanges) > 6 {
			t.Errorf("%d exchanges in 100 ms", len(d.exchanges))
		}
	})
}

// TestSlowExchangesAreWorthAWait has one worker, and ten as Terraform has: each comes back a while after its answer.
func TestSlowExchangesAreWorthAWait(t *testing.T) {
	t.Parallel()
	const (
		rounds   = 20
		exchange = 100 * time.Millisecond
		pause    = 30 * time.Millisecond // at most
		alone    = rounds * (exchange + pause + gatherQuiet)
	)
	for workers, limit := range map[int]struct {
		exchanges int
		took      time.Duration
	}{1: {rounds, alone}, 10: {2 * rounds, 3 * alone / 2}} {
		inFakeTime(t, func(t *testing.T) {
			t.Helper()
			d := newDoubling(200)
			double := d.send
			d.send = func(ctx context.Context, items []int) ([]int, error) {
				<-time.After(exchange)
				return double(ctx, items)
			}
			within(t, limit.took, func() {
				allSucceed(t, together(workers, func(worker int) error {
					for round := range rounds {
						wait(t, time.Duration(worker*7+round*11)*time.Millisecond%pause)
						if err := d.check(t.Context(), worker); err != nil {
							return err
						}
					}
					return nil
				}))
			})
			if len(d.exchanges) > limit.exchanges {
				t.Errorf("%d workers: %d exchanges", workers, len(d.exchanges))
			}
		})
	}
}

func TestWhoGivesUpBeforeSendingIsLeftOut(t *testing.T) {
	t.Parallel()
	for _, write := range []bool{false, true} {
		inFakeTime(t, func(t *testing.T) {
			t.Helper()
			d := newDoubling(10)
			d.write = write
			d.turn = make(chan struct{}, 1)
			d.turn <- struct{}{} // somebody else's exchange is under way
			ctx, cancel := context.WithCancel(t.Context())
			results := make(chan error, 2)
			go func() { results <- d.check(ctx, 1) }()
			go func() { results <- d.check(t.Context(), 2) }()
			wait(t, time.Second)
			cancel()
			if err := <-results; !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			<-d.turn
			if err := <-results; err != nil || len(d.exchanges) != 1 || !slices.Equal(d.exchanges[0], []int{2}) {
				t.Errorf("%v: %v", d.exchanges, err)
			}
		})
	}
}

func TestWhenAllHaveGivenUp(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		d := newDoubling(10)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 3 {
			if _, err := d.do(ctx, 1); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		}
		wait(t, time.Second)
		synctest.Wait()
		if len(d.exchanges) != 0 || d.running {
			t.Errorf("%v, running: %t", d.exchanges, d.running)
		}
		allSucceed(t, together(1, func(int) error { return d.check(t.Context(), 1) }))
	})
}

// TestReadsEndWithTheirCallers has two callers share a read that takes for ever.
func TestReadsEndWithTheirCallers(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		var ended atomic.Bool
		g := &gatherer[int, int]{most: 10, send: func(ctx context.Context, _ []int) ([]int, error) {
			<-ctx.Done()
			ended.Store(true)
			return nil, ctx.Err()
		}}
		var cancels []context.CancelFunc
		results := make(chan error, 2)
		for range 2 {
			ctx, cancel := context.WithCancel(t.Context())
			cancels = append(cancels, cancel)
			go func() { _, err := g.do(ctx, 1); results <- err }()
		}
		wait(t, time.Second)
		for i, cancel := range cancels {
			if ended.Load() {
				t.Errorf("the read ended while caller %d waited", i)
			}
			cancel()
			if err := <-results; !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			synctest.Wait()
		}
		if !ended.Load() {
			t.Error("the read goes on for nobody")
		}
	})
}

// TestWritesAreWaitedFor has a caller give up after its write was sent.
func TestWritesAreWaitedFor(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		type key struct{}
		g := &gatherer[int, int]{most: 10, write: true, send: func(ctx context.Context, items []int) ([]int, error) {
			if ctx.Value(key{}) != "value" {
				t.Error("the first caller's values are lost")
			}
			select {
			case <-time.After(time.Minute):
			case <-ctx.Done():
				t.Error("the write was cancelled")
			}
			return items, nil
		}}
		ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), key{}, "value"), time.Second)
		defer cancel()
		started := time.Now()
		got, err := g.do(ctx, 7)
		if err != nil || got != 7 || time.Since(started) < time.Minute {
			t.Errorf("%d, %v after %s", got, err, time.Since(started))
		}
	})
}

func TestWritesEndSometime(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		g := &gatherer[int, int]{most: 10, write: true, send: func(ctx context.Context, _ []int) ([]int, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}}
		started := time.Now()
		if _, err := g.do(t.Context(), 1); !errors.Is(err, context.DeadlineExceeded) || time.Since(started) > attemptTimeout+time.Second {
			t.Errorf("%v after %s", err, time.Since(started))
		}
	})
}

func TestAFailureIsEverybodys(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		g := &gatherer[int, int]{most: 10, send: func(context.Context, []int) ([]int, error) { return nil, errTest }}
		for _, err := range together(10, func(int) error { _, err := g.do(t.Context(), 1); return err }) {
			if !errors.Is(err, errTest) {
				t.Error(err)
			}
		}
	})
}

// TestTurns checks that exchanges which share a turn never overlap, also across families.
func TestTurns(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		turn := make(chan struct{}, 1)
		var underWay, most atomic.Int64
		f := family[int, int, int]{make: func(kind int) *gatherer[int, int] {
			return &gatherer[int, int]{most: 5, turn: turn, write: true, send: func(_ context.Context, items []int) ([]int, error) {
				most.Store(max(most.Load(), underWay.Add(1)))
				wait(t, time.Second)
				underWay.Add(-1)
				for i, item := range items {
					if item%3 != kind {
						t.Errorf("an item of kind %d travels with kind %d", item%3, kind)
					}
					items[i] = 2 * item
				}
				return items, nil
			}}
		}}
		within(t, 8*time.Second, func() { // ten of each kind are two exchanges
			allSucceed(t, together(30, func(i int) error {
				if got, err := f.of(i%3).do(t.Context(), i); err != nil || got != 2*i {
					return fmt.Errorf("%d gave %d, %w", i, got, err)
				}
				return nil
			}))
		})
		if most.Load() != 1 {
			t.Errorf("%d exchanges overlapped", most.Load())
		}
	})
}

// TestManyCallers is for the race detector: callers come and give up in any order, in real time.
func TestManyCallers(t *testing.T) {
	t.Parallel()
	d := newDoubling(7)
	allSucceed(t, together(200, func(i int) error {
		for round := range 5 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			if (i+round)%4 == 0 {
				go cancel()
			}
			err := d.check(ctx, i*10+round)
			cancel()
			if err != nil && !errors.Is(err, context.Canceled) {
				return err
			}
		}
		return nil
	}))
}

// TestWorkersStayInStep has Terraform's ten workers, of whom the first starts a moment earlier: with exchanges that follow each other
// they are soon together in each, and stay so.
func TestWorkersStayInStep(t *testing.T) {
	t.Parallel()
	const (
		workers  = 10
		rounds   = 20
		exchange = 300 * time.Millisecond
		pause    = 20 * time.Millisecond
	)
	for name, follow := range map[string]func(d *doubling){
		"patient":  func(d *doubling) { d.patient = true },
		"one turn": func(d *doubling) { d.turn = make(chan struct{}, 1) },
	} {
		inFakeTime(t, func(t *testing.T) {
			t.Helper()
			d := newDoubling(maxComponents)
			follow(d)
			double := d.send
			d.send = func(ctx context.Context, items []int) ([]int, error) {
				<-time.After(exchange)
				return double(ctx, items)
			}
			allSucceed(t, together(workers, func(i int) error {
				wait(t, time.Duration(i)*gatherQuiet*2)
				for round := range rounds {
					if err := d.check(t.Context(), i*rounds+round); err != nil {
						return err
					}
					wait(t, pause)
				}
				return nil
			}))
			if len(d.exchanges) > rounds+rounds/4 {
				t.Errorf("%s: %d exchanges for %d rounds of %d workers", name, len(d.exchanges), rounds, workers)
			}
		})
	}
}
