package sfmock

import (
	"fmt"
	"strings"
)

// removeMembers deletes what a file of destructive changes names.
func (r *deployRun) removeMembers(u *unpacked, file string) {
	content, ok := u.file(file)
	if !ok {
		return
	}
	manifest, ok := r.readManifest(u.root, file, content)
	if !ok {
		return
	}
	var steps []step
	for _, m := range distinct(manifest.members) {
		if m.fullName == everyMember {
			r.add(manifestFailure(u.root, file, file, unsureDestructiveWildcard))
			continue
		}
		fault := r.org.metadataRefusal(r.caller, m.typeName, m.fullName)
		steps = append(steps, func() deployRow { return r.removeMember(m, u.root+file, file, fault) })
	}
	r.inWorkingOrder(steps)
	r.add(deployRow{fileName: u.root + file, fullName: file, success: true, manifest: true})
}

func (r *deployRun) removeMember(m packageMember, fileName, file string, fault *apiError) deployRow {
	row := deployRow{typeName: m.typeName, fullName: m.fullName, fileName: fileName}
	keeper, ok := r.org.component(m.typeName)
	if ok {
		_, ok = keeper.read(r.org, m.fullName)
	}
	if !ok {
		row.fullName, row.success = file, true
		row.problem, row.problemType = fmt.Sprintf("No %s named: %s found", m.typeName, m.fullName), problemWarning
		return row
	}
	row.id = idOf(r.org, keeper, m.fullName)
	if fault != nil {
		return row.failed(fault)
	}
	if err := r.org.atomically(func() *apiError { return keeper.remove(r.org, r.caller, m.fullName) }); err != nil {
		return row.failed(err)
	}
	row.deleted, row.changed, row.success = true, true, true
	return row
}

func idOf(o *Org, keeper component, fullName string) string {
	if known, ok := keeper.(stamped); ok {
		return known.stampOf(o, fullName).id
	}
	return ""
}

// failed is the row of a component that was refused.
func (row deployRow) failed(err *apiError) deployRow {
	row.problem, row.problemType = err.Message, problemError
	if row.line, row.column = err.line, err.column; err.line > 0 {
		row.problem = "Error parsing file: " + err.Message
	}
	return row
}

// additions are the steps that create and change what the manifest names.
func (r *deployRun) additions(u *unpacked, manifest packageManifest, version int) []step {
	var steps []step
	for _, m := range r.inArchive(u, manifest) {
		source, ok := r.open(u, m)
		switch {
		case ok:
			fault := r.org.metadataRefusal(r.caller, m.typeName, m.fullName)
			steps = append(steps, func() deployRow { return r.deployMember(m, source, version, fault) })
		case !r.options.AllowMissingFiles:
			row := manifestFailure(u.root, manifestFile, m.fullName,
				fmt.Sprintf("An object '%s' of type %s was named in package.xml, but was not found in zipped directory", m.fullName, m.named))
			row.manifest = false
			r.add(row)
		}
	}
	return steps
}

func (r *deployRun) deployMember(m packageMember, s source, version int, fault *apiError) deployRow {
	row := deployRow{typeName: m.typeName, fullName: m.fullName, fileName: s.path}
	keeper, ok := r.org.component(m.typeName)
	if !ok {
		return row.failed(errNoType())
	}
	content, err := s.read(m)
	if err == nil {
		err = fault
	}
	if err == nil {
		err = checkContent(m.typeName, content, version)
	}
	if err == nil {
		content = tidy(m.typeName, content)
		err = checkEntries(m.typeName, content)
	}
	if err != nil {
		return row.failed(err)
	}
	if careful, ok := keeper.(cautious); ok {
		if warnings := careful.warnings(r.org, m.fullName, content); len(warnings) > 0 {
			row.problem, row.problemType = strings.Join(warnings, "\n"), problemWarning
			if !r.options.IgnoreWarnings {
				return row
			}
		}
	}
	before := r.snapshot(keeper, m)
	if err := r.org.atomically(func() (err *apiError) {
		row.created, err = keeper.write(r.org, r.caller, m.fullName, content, toUpsert)
		return err
	}); err != nil {
		row.created = false
		return row.failed(err)
	}
	row.id = idOf(r.org, keeper, m.fullName)
	row.changed = row.created || r.snapshot(keeper, m) != before
	row.success = true
	return row
}

// snapshot is a component as text, to find out whether it changes.
func (r *deployRun) snapshot(keeper component, m packageMember) string {
	content, ok := keeper.read(r.org, m.fullName)
	if !ok {
		return ""
	}
	return string(fileOf(inSource(m.typeName, content, r.org.newest)))
}
