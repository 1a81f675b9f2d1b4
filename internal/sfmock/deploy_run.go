package sfmock

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strings"
)

const (
	manifestFile = "package.xml"

	destructivePre  = "destructiveChangesPre.xml"
	destructive     = "destructiveChanges.xml" // before the additions too
	destructivePost = "destructiveChangesPost.xml"
)

// deployRun is a deployment while it changes the org.
type deployRun struct {
	*deployment
	org *Org
}

// execute changes the org as a deployment asks, or finds out what would become of that.
func (o *Org) execute(d *deployment) {
	files, err := unpack(d.archive)
	if err != nil {
		d.status, d.refusal = deployFailed, err
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

// counts are the components that went through and those that did not. Manifests only count where they are at fault.
func (d *deployment) counts() (deployed, failures int) {
	for _, row := range d.rows {
		switch {
		case !row.success:
			failures++
		case !row.manifest:
			deployed++
		}
	}
	return deployed, failures
}

// roots are the folders that hold a package: the archive itself, or its top folders.
func (r *deployRun) roots(files map[string][]byte) []string {
	if r.options.SinglePackage {
		return []string{""}
	}
	folders := map[string]bool{}
	for path := range files {
		if folder, _, nested := strings.Cut(path, "/"); nested {
			folders[folder+"/"] = true
		}
	}
	if len(folders) == 0 {
		return []string{""}
	}
	return slices.Sorted(maps.Keys(folders))
}

func isManifest(path string) bool {
	return slices.Contains([]string{manifestFile, destructivePre, destructive, destructivePost}, path[strings.LastIndexByte(path, '/')+1:])
}

// unpacked is one package of an archive.
type unpacked struct {
	root  string
	files map[string][]byte
	used  map[string]bool
}

// file returns a file of the package by its path below the root, and notes that it was of use.
func (u *unpacked) file(path string) (content []byte, ok bool) {
	content, ok = u.files[u.root+path]
	u.used[u.root+path] = true
	return content, ok
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
		fault := r.org.componentRefusal(m.typeName, m.fullName)
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
			fault := r.org.componentRefusal(m.typeName, m.fullName)
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

// inArchive replaces wildcards by what the archive holds of a type.
func (r *deployRun) inArchive(u *unpacked, manifest packageManifest) []packageMember {
	var members []packageMember
	for _, m := range manifest.members {
		if m.fullName != everyMember {
			members = append(members, m)
			continue
		}
		folder, suffix, _ := location(m.named)
		for _, path := range slices.Sorted(maps.Keys(u.files)) {
			file, inFolder := strings.CutPrefix(path, u.root+folder+"/")
			if fullName, isOne := strings.CutSuffix(file, "."+suffix); inFolder && isOne {
				if typeName, known := r.org.typeOf(m.named, fullName); known {
					members = append(members, packageMember{m.named, typeName, fullName})
				}
			}
		}
	}
	return distinct(members)
}

// source is what an archive holds of a component.
type source struct {
	path    string
	xml     []byte
	content []byte // of a type with content
}

func (r *deployRun) open(u *unpacked, m packageMember) (source, bool) {
	path := componentPath(m.typeName, m.fullName)
	s := source{path: u.root + path}
	var ok bool
	if !hasContent(m.typeName) {
		s.xml, ok = u.file(path)
	} else if s.content, ok = u.file(path); ok {
		s.xml, ok = u.file(path + metaSuffix)
	}
	if child, isChild := childTypes[m.typeName]; ok && isChild {
		_, ok = childOf(s.xml, child.section, m.fullName)
	}
	return s, ok
}

// childOf finds the entry of a child in its parent's file; its full name there lacks the parent's.
func childOf(file []byte, section, fullName string) (element, bool) {
	parent, err := parseXML(file)
	if err != nil {
		return element{}, false
	}
	_, own, _ := strings.Cut(fullName, ".")
	for _, entry := range parent.all(section) {
		if entry.value("fullName") == own {
			return entry, true
		}
	}
	return element{}, false
}

// read parses a component's XML and adds what its file's name and its content tell.
func (s source) read(m packageMember) (element, *apiError) {
	e, err := parseXML(s.xml)
	if err != nil {
		return element{}, refuse("", fmt.Sprintf(unsureBrokenFile, err))
	}
	if child, isChild := childTypes[m.typeName]; isChild {
		e, _ = childOf(s.xml, child.section, m.fullName)
	} else if e.name != m.typeName {
		return element{}, refuse("", fmt.Sprintf(unsureOtherRoot, e.name, m.typeName)).at(e)
	}
	e.children = slices.DeleteFunc(e.children, func(c element) bool { return c.name == "fullName" })
	e.children = slices.Insert(e.children, 0, leaf("fullName", m.fullName))
	if hasContent(m.typeName) {
		e.children = append(e.children, leaf("content", base64.StdEncoding.EncodeToString(s.content)))
	}
	return e, nil
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
