package sfmock

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	projectFile   = "sfdx-project.json"
	recordsFolder = "records"
	objectsFolder = "objects"
)

// seedFolder is what a folder has for an org: components, in the form of an archive whatever the folder's form, and records.
type seedFolder struct {
	archive  map[string][]byte
	objects  map[string]element // of decomposed objects, by path in the archive
	members  []packageMember
	manifest bool // the folder has its own package.xml
	version  int
	origins  map[string]string // file of the folder by type and full name of what it is
	records  []seedRecord
	leftOut  []string // files that mean nothing to the org
}

// readSeed reads a folder in metadata format or in source format. Where files lie in folders doesn't matter but for the parts of objects:
// their names tell what they are.
func readSeed(folder fs.FS) (*seedFolder, error) {
	s := &seedFolder{archive: map[string][]byte{}, objects: map[string]element{}, origins: map[string]string{}, version: newestVersion}
	roots, err := s.readProject(folder)
	if err != nil {
		return nil, err
	}
	for _, root := range roots {
		if err := fs.WalkDir(folder, root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			switch hidden := strings.HasPrefix(entry.Name(), ".") && name != "."; {
			case entry.IsDir() && (hidden || name == recordsFolder || entry.Name() == "node_modules"):
				return fs.SkipDir
			case entry.IsDir(), hidden, name == projectFile:
				return nil
			case leadsToFolder(folder, name, entry):
				s.leftOut = append(s.leftOut, name)
				return nil
			}
			return s.readFile(folder, name, name == path.Join(root, manifestFile))
		}); err != nil {
			return nil, err
		}
	}
	if err := s.matchContent(); err != nil {
		return nil, err
	}
	for at, object := range s.objects {
		slices.SortStableFunc(object.children, func(a, b element) int { return strings.Compare(a.name, b.name) }) // a section is in one piece
		s.archive[at] = fileOf(object)
	}
	s.members = distinct(s.members)
	if !s.manifest && len(s.members) > 0 {
		s.archive[manifestFile] = fileOf(packageElement(s.members, s.version))
	}
	return s, s.readRecords(folder)
}

// leadsToFolder tells whether an entry is a link to a folder, which is not followed: it may lead back.
func leadsToFolder(folder fs.FS, name string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return false
	}
	info, err := fs.Stat(folder, name)
	return err == nil && info.IsDir()
}

// readProject finds the folders of a project's packages; without a project it is the folder itself.
func (s *seedFolder) readProject(folder fs.FS) (roots []string, err error) {
	raw, err := fs.ReadFile(folder, projectFile)
	if errors.Is(err, fs.ErrNotExist) {
		return []string{"."}, nil
	}
	var project struct {
		PackageDirectories []struct{ Path string }
		SourceAPIVersion   string
	}
	if err == nil {
		err = json.Unmarshal(raw, &project)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", projectFile, err)
	}
	version, _ := strconv.ParseFloat(project.SourceAPIVersion, 64)
	s.version = cmp.Or(int(version), s.version)
	for _, one := range project.PackageDirectories {
		roots = append(roots, path.Clean(one.Path))
	}
	return roots, nil
}

func (s *seedFolder) readFile(folder fs.FS, name string, isManifest bool) error {
	content, err := fs.ReadFile(folder, name)
	if err != nil {
		return err
	}
	if isManifest {
		s.manifest, s.archive[manifestFile] = true, content
		return nil
	}
	if object, section, ok := partOfObject(name); ok {
		return s.addPart(name, object, section, content)
	}
	m, ok := memberOf(name)
	if !ok {
		s.leftOut = append(s.leftOut, name)
		return nil
	}
	at := componentPath(m.typeName, m.fullName)
	if hasContent(m.typeName) && strings.HasSuffix(name, metaSuffix) {
		at += metaSuffix
	}
	if s.archive[at] != nil {
		return fmt.Errorf("%s: %s is in %s already", name, m, s.origins[m.key()])
	}
	if m.typeName == "CustomObject" {
		object, err := parseXML(content)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		s.addObject(name, m, object)
		return nil
	}
	s.archive[at] = content
	s.add(name, m)
	return nil
}

// matchContent finds out which files come without the other of their pair. Source format has static resources in files of other
// names, which are left out.
func (s *seedFolder) matchContent() error {
	var members []packageMember
	for _, m := range s.members {
		at := componentPath(m.typeName, m.fullName)
		switch hasFile, hasMeta := s.archive[at] != nil, s.archive[at+metaSuffix] != nil; {
		case !hasContent(m.typeName) || hasFile && hasMeta:
			members = append(members, m)
		case hasMeta:
			delete(s.archive, at+metaSuffix)
			s.leftOut = append(s.leftOut, s.origins[m.key()])
		case hasFile:
			return fmt.Errorf("%s: there is no file of that name with %s behind it", s.origins[m.key()], metaSuffix)
		}
	}
	s.members = members
	return nil
}

func (s *seedFolder) add(name string, m packageMember) {
	s.members, s.origins[m.key()] = append(s.members, m), name
}

func (m packageMember) key() string    { return m.typeName + " " + m.fullName }
func (m packageMember) String() string { return m.key() }

// memberOf tells what a file is by its name: Full_Name.suffix, in source format with -meta.xml behind it.
func memberOf(name string) (packageMember, bool) {
	base := strings.TrimSuffix(path.Base(name), metaSuffix)
	dot := strings.LastIndexByte(base, '.')
	if dot < 1 {
		return packageMember{}, false
	}
	named, ok := typeOfSuffix(base[dot+1:])
	if !ok {
		return packageMember{}, false
	}
	fullName, err := url.PathUnescape(base[:dot]) // as Salesforce names files
	if err != nil {
		fullName = base[:dot]
	}
	m := packageMember{named: named, typeName: named, fullName: fullName}
	if named == settingsFamily {
		m.typeName = fullName + settingsFamily
		ok = isSettings(m.typeName)
	}
	return m, ok
}

// typeOfSuffix is the type of the files with a suffix, as package.xml names it.
func typeOfSuffix(suffix string) (named string, ok bool) {
	types := manifestTypes()
	i := slices.IndexFunc(types, func(typeName string) bool {
		_, own, _ := location(typeName)
		return own == suffix
	})
	if i < 0 {
		return "", false
	}
	return types[i], true
}
