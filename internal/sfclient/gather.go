package sfclient

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Callers that arrive within gatherQuiet of each other travel together; nobody waits longer than gatherMost. Where exchanges take
// long and callers have company, a quarter of an exchange is quiet, up to gatherSlow, and nobody waits longer than twice that. With
// Terraform's ten workers and answers of 100 ms that makes a third to a half of the calls, in a seventh to a fifth more time.
const (
	gatherQuiet = 5 * time.Millisecond
	gatherMost  = 25 * time.Millisecond
	gatherSlow  = 100 * time.Millisecond
)

// gatherer collects what callers ask for side by side into one exchange.
type gatherer[In, Out any] struct {
	most    int           // items in one exchange
	turn    chan struct{} // of capacity 1, for exchanges that must not overlap; nil when they may
	patient bool          // whoever comes during an exchange waits for its end, unless enough others do to fill the next one
	write   bool          // once sent, wait for the answer even if the caller gives up: an abandoned write is an unknown one
	// abortable is for writes that send can take back: their context ends when the last caller has given up.
	abortable bool
	send      func(ctx context.Context, items []In) ([]Out, error)

	mu       sync.Mutex
	pending  []*ticket[In, Out]
	running  bool
	last     time.Time     // when the newest pending caller came
	underWay int           // exchanges
	ended    time.Time     // when the last exchange did
	took     time.Duration // the last exchange, 0 if it was of a single caller and nobody else was under way or waiting
}

// ticket is one caller's item and, in time, its result.
type ticket[In, Out any] struct {
	ctx    context.Context
	item   In
	sent   bool
	result Out
	err    error
	done   chan struct{}
}

// do hands in one item and waits for its result.
func (g *gatherer[In, Out]) do(ctx context.Context, item In) (Out, error) {
	t := &ticket[In, Out]{ctx: ctx, item: item, done: make(chan struct{})}
	g.mu.Lock()
	g.pending = append(g.pending, t)
	g.last = time.Now()
	if !g.running {
		g.running = true
		go g.run()
	}
	g.mu.Unlock()
	select {
	case <-t.done:
		return t.result, t.err
	case <-ctx.Done():
	}
	g.mu.Lock()
	sent := t.sent
	g.mu.Unlock()
	if g.write && sent {
		<-t.done
		return t.result, t.err
	}
	var none Out
	return none, ctx.Err()
}

// run sends what is pending until nothing is.
func (g *gatherer[In, Out]) run() {
	for {
		g.settle()
		if g.turn != nil {
			g.turn <- struct{}{}
		}
		batch := g.take()
		if batch == nil {
			if g.turn != nil {
				<-g.turn
			}
			return
		}
		if g.turn != nil {
			g.deliver(batch)
			<-g.turn
			continue
		}
		go g.deliver(batch)
	}
}

// settle waits until no caller has come for a moment, the batch is full, or the first has waited long enough. Where exchanges follow
// each other, those whom the last one answered come back in a moment, so that the wait begins with its end.
func (g *gatherer[In, Out]) settle() {
	for started := time.Now(); ; {
		g.mu.Lock()
		full, held := len(g.pending) >= g.most, g.patient && g.underWay > 0
		quiet, waited := time.Since(g.last), time.Since(started)
		if g.patient || g.turn != nil {
			quiet, waited = min(quiet, time.Since(g.ended)), min(waited, time.Since(g.ended))
		}
		enough := min(max(g.took/4, gatherQuiet), gatherSlow)
		most := max(2*enough, gatherMost)
		g.mu.Unlock()
		switch {
		case full || !held && (quiet >= enough || waited >= most):
			return
		case held:
			<-time.After(gatherQuiet)
		default:
			<-time.After(min(enough-quiet, most-waited))
		}
	}
}

// take removes the next batch from what is pending, without the callers who have given up; nil when nothing is left, and then the
// runner has ended.
func (g *gatherer[In, Out]) take() []*ticket[In, Out] {
	g.mu.Lock()
	defer g.mu.Unlock()
	var batch []*ticket[In, Out]
	for len(g.pending) > 0 && len(batch) < g.most {
		t := g.pending[0]
		g.pending = g.pending[1:]
		if t.ctx.Err() == nil {
			t.sent = true
			batch = append(batch, t)
		}
	}
	g.running = batch != nil
	return batch
}

func (g *gatherer[In, Out]) deliver(batch []*ticket[In, Out]) {
	ctx, cancel := shared(batch, g.write && !g.abortable)
	defer cancel()
	items := make([]In, len(batch))
	for i, t := range batch {
		items[i] = t.item
	}
	results, err := g.timed(ctx, items)
	for i, t := range batch {
		if t.err = err; err == nil {
			t.result = results[i]
		}
		close(t.done)
	}
}

// timed has the exchange and notes how long it took.
func (g *gatherer[In, Out]) timed(ctx context.Context, items []In) ([]Out, error) {
	g.mu.Lock()
	company := len(items) > 1 || g.underWay > 0
	g.underWay++
	g.mu.Unlock()
	started := time.Now()
	results, err := g.send(ctx, items)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.underWay--
	g.ended = time.Now()
	if g.took = 0; company || len(g.pending) > 0 {
		g.took = time.Since(started)
	}
	return results, err
}

// shared is the context of a batch: the first caller's values, and an end when the last caller has given up. A write's ends only
// with its own time limit, so that Ctrl-C leaves no change half known.
func shared[In, Out any](batch []*ticket[In, Out], write bool) (context.Context, context.CancelFunc) {
	ctx := context.WithoutCancel(batch[0].ctx)
	if write {
		return context.WithTimeout(ctx, attemptTimeout)
	}
	if len(batch) == 1 {
		return context.WithCancel(batch[0].ctx) // which tells why it ended, too
	}
	ctx, cancel := context.WithCancel(ctx)
	var waiting atomic.Int64
	waiting.Store(int64(len(batch)))
	stops := make([]func() bool, len(batch))
	for i, t := range batch {
		stops[i] = context.AfterFunc(t.ctx, func() {
			if waiting.Add(-1) == 0 {
				cancel()
			}
		})
	}
	return ctx, func() {
		for _, stop := range stops {
			stop()
		}
		cancel()
	}
}

// family is a set of gatherers that differ in a key.
type family[K comparable, In, Out any] struct {
	make    func(K) *gatherer[In, Out]
	mu      sync.Mutex
	members map[K]*gatherer[In, Out]
}

func (f *family[K, In, Out]) of(key K) *gatherer[In, Out] {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.members == nil {
		f.members = map[K]*gatherer[In, Out]{}
	}
	if f.members[key] == nil {
		f.members[key] = f.make(key)
	}
	return f.members[key]
}
