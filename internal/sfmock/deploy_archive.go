package sfmock

import (
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
