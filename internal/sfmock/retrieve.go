package sfmock

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

const retrievePrefix = "09S"

// retrieval is the work of one retrieve call.
type retrieval struct {
	id         string
	caller     *session
	created    time.Time
	version    int
	packages   []string // by name, of which this org has none
	manifest   packageManifest
	unknown    []string // types
	root       string   // folder in the archive
	checks     int
	done       bool
	collected  bool // the archive was handed out, and is gone
	refusal    *apiError
	archive    []byte
	properties []element
	messages   []element
}

func (m *metadataCall) retrieve() ([]element, *apiError) {
	request := m.request.child("retrieveRequest")
	if !m.request.has("retrieveRequest") {
		request = m.request.child("request") // jsforce's name for it
	}
	r := &retrieval{id: m.org.newID(retrievePrefix), caller: m.session, created: m.org.now(), root: "unpackaged/"}
	if request.flag("singlePackage") {
		r.root = ""
	}
	r.manifest, r.unknown = m.org.readManifest(request.child("unpackaged"))
	asked, _ := strconv.ParseFloat(request.value("apiVersion"), 64)
	r.version = cmp.Or(r.manifest.version, int(asked), m.version)
	if refusal := m.org.checkPackageVersion(r.version); refusal != nil {
		return nil, soapFault(refusal.Code, refusal.Message)
	}
	for _, name := range request.all("packageNames") {
		r.packages = append(r.packages, name.text)
	}
	maps.DeleteFunc(m.org.retrievals, func(_ string, old *retrieval) bool { return r.created.Sub(old.created) >= statusKept })
	m.org.retrievals[r.id] = r
	return []element{queued(r.id)}, nil
}

func (m *metadataCall) retrieveStatus() ([]element, *apiError) {
	id, _ := normalID(m.request.value("asyncProcessId"))
	r := m.org.retrievals[id]
	switch {
	case r == nil:
		return nil, refuse("INVALID_ID_FIELD", unsureNoRetrieval)
	case r.collected:
		return nil, refuse("INVALID_LOCATOR", unsureRetrievalGone)
	}
	if r.checks++; !r.done && r.checks > m.org.deployPolls {
		r.done = true
		r.collect(m.org)
	}
	withArchive := r.done && r.refusal == nil && (!m.request.has("includeZip") || m.request.flag("includeZip"))
	answer := r.result(withArchive, m.org.deployPolls)
	if withArchive {
		r.collected, r.archive = true, nil
	}
	return []element{answer}, nil
}

// result is a RetrieveResult.
func (r *retrieval) result(withArchive bool, polls int) element {
	status := deployInProgress
	switch {
	case r.refusal != nil:
		status = deployFailed
	case r.done:
		status = deploySucceeded
	case r.checks == 1 && polls > 1:
		status = deployPending
	}
	shown := branch("result", flagLeaf("done", r.done))
	if r.refusal != nil {
		shown.children = append(shown.children, leaf("errorMessage", r.refusal.Error()), leaf("errorStatusCode", "UNKNOWN_EXCEPTION"))
	}
	shown.children = append(shown.children, r.properties...)
	shown.children = append(shown.children, leaf("id", r.id))
	shown.children = append(shown.children, r.messages...)
	shown.children = append(shown.children, leaf("status", status), flagLeaf("success", status == deploySucceeded))
	archive := element{name: "zipFile", null: true}
	if withArchive {
		archive = leaf("zipFile", base64.StdEncoding.EncodeToString(r.archive))
	}
	shown.children = append(shown.children, archive)
	return shown
}

func (r *retrieval) message(format string, args ...any) {
	r.messages = append(r.messages, branch("messages", leaf("fileName", r.root+manifestFile), leaf("problem", fmt.Sprintf(format, args...))))
}

// collect packs what the manifest names as the org has it now.
func (r *retrieval) collect(o *Org) {
	if len(r.packages) > 0 {
		r.refusal = refuse("INVALID_CROSS_REFERENCE_KEY", fmt.Sprintf("No package named '%s' found", r.packages[0]))
		return
	}
	for _, named := range r.unknown {
		r.message(unsureUnknownEntity, named)
	}
	files, parents := map[string][]byte{}, map[string]element{}
	var found []packageMember
	for _, m := range r.members(o) {
		keeper, content, ok := r.read(o, m)
		if !ok {
			r.message("Entity of type '%s' named '%s' cannot be found", m.named, m.fullName)
			continue
		}
		found = append(found, m)
		path := r.root + componentPath(m.typeName, m.fullName)
		r.describe(o.fileProperties(r.caller, m.typeName, m.fullName, keeper), path)
		if child, isChild := childTypes[m.typeName]; isChild {
			parents[path] = withChild(parents[path], child.parent, child.section, m.fullName, content)
			continue
		}
		if m.typeName == "Profile" {
			content = scopedProfile(content, r.manifest)
		}
		if isParent(m.typeName) {
			content.name = m.typeName
			content.children = slices.Concat(content.children, parents[path].children)
			parents[path] = content
			continue
		}
		maps.Copy(files, componentFiles(m.typeName, path, inSource(m.typeName, content, r.version)))
	}
	for path, parent := range parents {
		files[path] = fileOf(inSource(parent.name, parent, r.version))
	}
	files[r.root+manifestFile] = fileOf(packageElement(found, r.version))
	r.properties = append(r.properties, r.manifestProperties(o))
	archive, err := pack(files, o.now())
	if err != nil {
		r.refusal = refuse("UNKNOWN_EXCEPTION", err.Error())
		return
	}
	r.archive = archive
}

// members are the manifest's, wildcards replaced by what the org has.
func (r *retrieval) members(o *Org) []packageMember {
	var members []packageMember
	for _, m := range r.manifest.members {
		if m.fullName == everyMember {
			members = append(members, o.everyComponent(m.named)...)
		} else {
			members = append(members, m)
		}
	}
	return distinct(members)
}

func (r *retrieval) read(o *Org, m packageMember) (component, element, bool) {
	keeper, ok := o.component(m.typeName)
	if !ok {
		return nil, element{}, false
	}
	content, ok := keeper.read(o, m.fullName)
	return keeper, content, ok
}

func (r *retrieval) describe(properties element, path string) {
	properties.name = "fileProperties"
	for i, c := range properties.children {
		if c.name == "fileName" {
			properties.children[i].text = path
		}
	}
	r.properties = append(r.properties, properties)
}

// manifestProperties are the FileProperties of package.xml, which is nobody's component.
func (r *retrieval) manifestProperties(o *Org) element {
	path, user, now := r.root+manifestFile, r.caller.user, soapTime(o.now())
	return branch("fileProperties",
		leaf("createdById", user.id), leaf("createdByName", personName(user)), leaf("createdDate", now), leaf("fileName", path), leaf("fullName", path), leaf("id", ""),
		leaf("lastModifiedById", user.id), leaf("lastModifiedByName", personName(user)), leaf("lastModifiedDate", now),
		leaf("manageableState", "unmanaged"), leaf("type", "Package"))
}
