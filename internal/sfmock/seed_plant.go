package sfmock

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
)

// Seed fills the org from a folder: the components in it are deployed as the administrator, then the records of its records folder
// are inserted. What the org refuses is an error that names the file; leftOut are files whose type the org doesn't know.
func (o *Org) Seed(folder fs.FS) (leftOut []string, err error) {
	s, err := readSeed(folder)
	if err != nil {
		return nil, err
	}
	o.lock()
	defer o.mu.Unlock()
	if err := o.deploySeed(s); err != nil {
		return nil, err
	}
	o.recalculateGroups()
	return s.leftOut, o.insertSeed(s.records)
}

func (o *Org) deploySeed(s *seedFolder) error {
	if len(s.archive) == 0 {
		return nil
	}
	administrator := o.administrator()
	if administrator == nil {
		return errors.New("the mock org has no administrator to deploy as")
	}
	archive, err := pack(s.archive, o.now())
	if err != nil {
		return fmt.Errorf("pack the components: %w", err)
	}
	caller := &session{user: administrator, scopes: []string{fullScope}, issued: o.now(), lastUsed: o.now()}
	d := o.enqueue(caller, archive, deployOptions{SinglePackage: true, RollbackOnError: true, IgnoreWarnings: true}, "")
	for !d.done() {
		o.finish(o.runningDeployment())
	}
	return s.failures(d)
}

// failures are the reasons of a deployment that failed, each with the file at fault.
func (s *seedFolder) failures(d *deployment) error {
	if d.refusal != nil {
		return d.refusal
	}
	var all []error
	for _, row := range d.rows {
		if row.success {
			continue
		}
		file := cmp.Or(s.origins[row.typeName+" "+row.fullName], row.fileName)
		all = append(all, fmt.Errorf("%s: %s", file, row.problem))
	}
	return errors.Join(all...)
}
