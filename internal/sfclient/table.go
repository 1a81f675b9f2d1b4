package sfclient

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

const (
	readAheadAfter = 2      // batches of an object, after which the whole object is read
	readAheadMost  = 20_000 // rows, unless the table says otherwise
	keysPerBatch   = 1_000
)

// Table reads the rows of one object by their keys and writes them.
type Table[T any] struct {
	client  *Client
	object  string
	fields  []string
	dynamic func(context.Context) ([]string, error) // the fields, where they depend on the org
	filter  string                                  // condition that every row meets, "" for none
	keys    map[string]func(*T) string              // SOQL path of a column that rows are looked up by, "Id" among them, and how to read it
	unique  []string                                // columns that together name one row, for telling whether an uncertain create was done
	instead map[string]string                       // the column that a row may have instead of one of these

	// namespaced tells that rows are looked up by a name with the namespace in front, for which Salesforce has a column of its own.
	namespaced bool
	// aheadMost is how many rows an object may have to be read ahead; one with more is read in batches only: ten pages cost as much
	// as a hundred batches of them.
	aheadMost int
	// companions are rows of other objects that come, change or go with a row of this one.
	companions []companion

	lookups family[string, string, []T]
	ahead   readAhead[T]
}

// companion is a table, and the column that refers to the row that its rows go with.
type companion struct {
	table toucher
	key   string
}

// Get returns the row with the given id, or an error that is ErrNotFound.
func (t *Table[T]) Get(ctx context.Context, id string) (T, error) { return t.Find(ctx, "Id", id) }

// Find returns the one row whose key column has the given value, or an error that is ErrNotFound.
func (t *Table[T]) Find(ctx context.Context, key, value string) (T, error) {
	rows, err := t.All(ctx, key, value)
	if err == nil && len(rows) == 0 {
		err = &Error{Op: "read " + t.object, Status: 200, Code: "NOT_FOUND", Message: "there is no " + t.object + " with " + key + " " + value + " that the signed-in user can see"}
	}
	if err != nil {
		var none T
		return none, err
	}
	return rows[0], nil
}

// All returns every row whose key column has the given value, in no order.
func (t *Table[T]) All(ctx context.Context, key, value string) ([]T, error) {
	if t.keys[key] == nil {
		return nil, fmt.Errorf("read %s: rows can't be looked up by %s", t.object, key)
	}
	if len(Quote(value)) > maxLiteral || strings.HasSuffix(key, "Id") && !IsID(value) {
		return nil, nil // no row has it; Salesforce would refuse the whole query, and with it everybody else's look-ups
	}
	value = normal(key, value)
	if rows, known := t.ahead.lookup(ctx, t, key, value); known {
		return rows, nil
	}
	return t.lookups.of(key).do(ctx, value)
}

// List returns every row. It is for small objects, such as licences and profiles, and is asked once a process.
func (t *Table[T]) List(ctx context.Context) ([]T, error) {
	return t.ahead.list(ctx, t)
}

// Matching returns the rows that also meet some conditions, as Salesforce has them now.
func (t *Table[T]) Matching(ctx context.Context, conditions ...string) ([]T, error) {
	statements, err := t.statements(ctx, conditions)
	if err != nil {
		return nil, err
	}
	return queryEach[T](ctx, t.client, "list "+t.object, statements)
}

// normal makes values of a key column comparable: ids by their 18-character form, everything else ignoring case as Salesforce does.
func normal(key, value string) string {
	if strings.HasSuffix(key, "Id") {
		return ID18(value)
	}
	return strings.ToLower(value)
}

// batch makes the gatherer for look-ups by one key.
func (t *Table[T]) batch(key string) *gatherer[string, []T] {
	read := t.keys[key]
	return &gatherer[string, []T]{most: keysPerBatch, send: func(ctx context.Context, values []string) ([][]T, error) {
		t.ahead.countBatch()
		wanted := slices.Clone(values)
		for i, value := range wanted {
			if _, name, managed := strings.Cut(value, "__"); managed && t.namespaced && key != "Id" {
				wanted[i] = name
			}
		}
		slices.Sort(wanted)
		wanted = slices.Compact(wanted)
		statements, err := t.statements(ctx, nil, In{key, wanted})
		if err != nil {
			return nil, err
		}
		found := map[string][]T{}
		rows, err := queryEach[T](ctx, t.client, "read "+t.object, statements)
		if err != nil {
			return nil, err
		}
		for i := range rows {
			value := normal(key, read(&rows[i]))
			found[value] = append(found[value], rows[i])
		}
		results := make([][]T, len(values))
		for i, value := range values {
			results[i] = slices.Clone(found[value])
		}
		return results, nil
	}}
}

// readAll reads every row, unless there are more than most.
func (t *Table[T]) readAll(ctx context.Context, most int) (rows []T, complete bool, err error) {
	statements, err := t.statements(ctx, nil)
	if err != nil {
		return nil, false, err
	}
	return queryUpTo[T](ctx, t.client, "read "+t.object, t.client.rest("/query"), statements[0], most)
}

// statements select the rows that meet some conditions beside the table's own; one unless lists are long.
func (t *Table[T]) statements(ctx context.Context, conditions []string, lists ...In) ([]string, error) {
	if t.filter != "" {
		conditions = append([]string{t.filter}, conditions...)
	}
	columns, err := t.columns(ctx)
	return Select(columns, t.object, conditions, lists...), err
}

func (t *Table[T]) columns(ctx context.Context) ([]string, error) {
	if t.dynamic != nil {
		return t.dynamic(ctx)
	}
	return t.fields, nil
}

// touched tells the table that a row is about to be written or was: whatever is known under these keys is out of date.
func (t *Table[T]) touched(id string, values map[string]any) {
	t.ahead.forget(t, id, values)
	for _, c := range t.companions {
		if id != "" {
			c.table.touched("", map[string]any{c.key: id})
		}
	}
}

// readAhead is a snapshot of a whole object, made once a run has shown that it reads many rows.
type readAhead[T any] struct {
	mu      sync.Mutex
	batches int
	unfit   bool                      // too big, or a read of the whole object failed: batches only
	loading chan struct{}             // closed when the load under way ends; nil when none is
	index   map[string]map[string][]T // by key column, then value; nil until loaded
	fresh   map[string]T              // "column\x00value" of rows that our own writes returned
	stale   map[string]bool           // "column\x00value" that our own writes made out of date
	blind   map[string]bool           // key columns in which our own writes may have made values that they did not name
}

// lookup answers from what is known. It starts the snapshot when it is due, and waits for it.
func (a *readAhead[T]) lookup(ctx context.Context, t *Table[T], key, value string) (rows []T, known bool) {
	a.mu.Lock()
	if row, ok := a.fresh[key+"\x00"+value]; ok {
		a.mu.Unlock()
		return []T{row}, true
	}
	due := a.index == nil && a.batches >= readAheadAfter && !a.unfit
	a.mu.Unlock()
	if due {
		if _, err := a.load(ctx, t, t.aheadMost); err != nil {
			return nil, false // the batch will meet the same error and report it
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.index == nil || a.stale[key+"\x00"+value] {
		return nil, false
	}
	rows = slices.Clone(a.index[key][value])
	return rows, len(rows) > 0 || !a.blind[key]
}

// list is every row, through the snapshot when our own writes have not outdated it.
func (a *readAhead[T]) list(ctx context.Context, t *Table[T]) ([]T, error) {
	index, err := a.load(ctx, t, -1)
	if err != nil {
		return nil, err
	}
	return slices.Concat(slices.Collect(maps.Values(index["Id"]))...), nil
}

// load reads the whole object, once for all who ask at the same time. Without a limit on rows the snapshot has to show what our own
// writes did before the call; with one, the caller looks out for what is stale, and an object that is unfit gives none.
func (a *readAhead[T]) load(ctx context.Context, t *Table[T], most int) (map[string]map[string][]T, error) {
	for {
		a.mu.Lock()
		if a.index != nil && (most >= 0 || len(a.stale) == 0) || a.unfit && most >= 0 {
			index := a.index
			a.mu.Unlock()
			return index, nil
		}
		underWay := a.loading
		if underWay == nil {
			a.loading = make(chan struct{})
			a.index, a.stale, a.blind = nil, nil, nil // writes from here on are noted while the rows are read
			a.mu.Unlock()
			break
		}
		a.mu.Unlock()
		select {
		case <-underWay:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	rows, complete, err := t.readAll(ctx, most)
	a.mu.Lock()
	defer a.mu.Unlock()
	close(a.loading)
	a.loading = nil
	if a.unfit = !complete && ctx.Err() == nil; !complete {
		return nil, err
	}
	for i := range rows {
		for key, read := range t.keys {
			if a.stale[key+"\x00"+normal(key, read(&rows[i]))] { // read just before or just after our write: nobody knows
				a.outdate(t, &rows[i])
			}
		}
	}
	a.index = map[string]map[string][]T{}
	for key, read := range t.keys {
		column := map[string][]T{}
		for i := range rows {
			value := normal(key, read(&rows[i]))
			column[value] = append(column[value], rows[i])
		}
		a.index[key] = column
	}
	return a.index, nil
}

func (a *readAhead[T]) countBatch() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.batches++
}

// forget marks every key under which the written row is or will be known. A row that is not known leaves its other columns open:
// Salesforce may derive them, and a reference within a transaction stands for an id that is not known yet.
func (a *readAhead[T]) forget(t *Table[T], id string, values map[string]any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var unnamed []string
	known := false
	for key := range t.keys {
		value, _ := values[key].(string)
		if key == "Id" {
			value = id
		}
		if value == "" || strings.HasPrefix(value, "@{") {
			unnamed = append(unnamed, key)
			continue
		}
		place := key + "\x00" + normal(key, value)
		old := slices.Clone(a.index[key][normal(key, value)])
		if row, ok := a.fresh[place]; ok {
			old = append(old, row)
		}
		for i := range old {
			a.outdate(t, &old[i])
		}
		a.mark(key, value)
		known = known || key == "Id" && len(old) > 0
	}
	if known {
		return
	}
	if a.blind == nil {
		a.blind = map[string]bool{}
	}
	for _, key := range unnamed {
		a.blind[key] = true
	}
}

// outdate marks every key of a row.
func (a *readAhead[T]) outdate(t *Table[T], row *T) {
	for key, read := range t.keys {
		a.mark(key, read(row))
	}
}

func (a *readAhead[T]) mark(key, value string) {
	if a.stale == nil {
		a.stale = map[string]bool{}
	}
	a.stale[key+"\x00"+normal(key, value)] = true
	delete(a.fresh, key+"\x00"+normal(key, value))
}

func (a *readAhead[T]) remember(t *Table[T], row T) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.fresh == nil {
		a.fresh = map[string]T{}
	}
	for _, key := range append([]string{"Id"}, t.unique...) {
		if read := t.keys[key]; read != nil && (key == "Id" || len(t.unique) == 1) {
			a.fresh[key+"\x00"+normal(key, read(&row))] = row
		}
	}
}
