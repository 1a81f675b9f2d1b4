package sfmock

import "slices"

// atomically runs a transaction: when work fails, everything it changed is put back.
func (o *Org) atomically(work func() *apiError) *apiError {
	outer, done := o.undoLog, false
	o.undoLog = []func(){}
	defer func() { // after a panic too, which ends one request and not the org
		if !done {
			for _, undo := range slices.Backward(o.undoLog) {
				undo()
			}
		} else if outer != nil {
			outer = append(outer, o.undoLog...)
		}
		o.undoLog = outer
	}()
	err := work()
	done = err == nil
	return err
}

// undo notes how to take a change back while a transaction runs.
func (o *Org) undo(f func()) {
	if o.undoLog != nil {
		o.undoLog = append(o.undoLog, f)
	}
}
