package sfmock

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// deployRun is a deployment while it changes the org.
type deployRun struct {
	*deployment
	org *Org
}

// execute changes the org as a deployment asks, or finds out what would become of that.
func (o *Org) execute(d *deployment) {
	d.status = deployFailed // unless it gets through: after a panic it must not have its turn again
	files, err := unpack(d.archive, mostBytes)
	if err != nil {
		d.refusal = err
		return
	}
	r := &deployRun{d, o}
	failed := false
	_ = o.atomically(func() *apiError {
		for _, root := range r.roots(files) {
			r.deployPackage(&unpacked{root: root, files: files, used: map[string]bool{}})
		}
		failed = slices.ContainsFunc(d.rows, func(row deployRow) bool { return !row.success })
		if d.options.CheckOnly || failed && d.options.RollbackOnError {
			return errRolledBack()
		}
		return nil
	})
	slices.SortStableFunc(d.rows, func(a, b deployRow) int {
		return cmp.Or(strings.Compare(a.fileName, b.fileName), strings.Compare(a.fullName, b.fullName))
	})
	deployed, failures := d.counts()
	d.total = deployed + failures
	switch {
	case !failed:
		d.status = deploySucceeded
	case d.options.RollbackOnError || deployed == 0:
		d.status = deployFailed
	default:
		d.status = deployPartial
	}
}

func (r *deployRun) add(row deployRow) {
	row.when = r.org.now()
	r.rows = append(r.rows, row)
}

func (r *deployRun) deployPackage(u *unpacked) {
	content, ok := u.file(manifestFile)
	if !ok {
		r.add(manifestFailure(u.root, manifestFile, manifestFile, "No package.xml found"))
		return
	}
	manifest, ok := r.readManifest(u.root, manifestFile, content)
	if !ok {
		return
	}
	version := cmp.Or(manifest.version, r.org.newest)
	r.removeMembers(u, destructivePre)
	r.removeMembers(u, destructive)
	r.inWorkingOrder(r.additions(u, manifest, version))
	r.removeMembers(u, destructivePost)
	for _, path := range slices.Sorted(maps.Keys(u.files)) {
		if strings.HasPrefix(path, u.root) && !u.used[path] {
			r.add(deployRow{fileName: path, fullName: strings.TrimPrefix(path, u.root), problem: unsureNotInManifest, problemType: problemError})
		}
	}
	r.add(deployRow{fileName: u.root + manifestFile, fullName: manifestFile, changed: true, success: true, manifest: true})
}

func manifestFailure(root, file, fullName, problem string) deployRow {
	return deployRow{fileName: root + file, fullName: fullName, problem: problem, problemType: problemError, manifest: true}
}

func (r *deployRun) readManifest(root, file string, content []byte) (packageManifest, bool) {
	e, err := parseXML(content)
	if err != nil || e.name != "Package" {
		r.add(manifestFailure(root, file, file, unsureBadManifest))
		return packageManifest{}, false
	}
	manifest, unknown := r.org.readManifest(e)
	for _, named := range unknown {
		r.add(manifestFailure(root, file, "", fmt.Sprintf("Unknown type name '%s' specified in %s", named, file)))
	}
	if refusal := r.org.checkPackageVersion(manifest.version); refusal != nil {
		r.add(manifestFailure(root, file, file, refusal.Message))
		return manifest, false
	}
	return manifest, true
}

// step is one change of a deployment, which may have to wait for others.
type step func() deployRow

// inWorkingOrder does all steps that can be done in some order. Salesforce knows which types need which; here the order is found by trying.
func (r *deployRun) inWorkingOrder(open []step) {
	for {
		var stuck []step
		var reasons []deployRow
		for _, do := range open {
			if row := do(); row.success {
				r.add(row)
			} else {
				stuck, reasons = append(stuck, do), append(reasons, row)
			}
		}
		if len(stuck) == len(open) {
			for _, row := range reasons {
				r.add(row)
			}
			return
		}
		open = stuck
	}
}
