package sfclient

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

const manifestFile = "package.xml"

// settingsFamily is what package.xml calls the types of all settings: SecuritySettings is the member Security of it.
const settingsFamily = "Settings"

// manifest is the list of what an archive holds.
type manifest struct {
	XMLName xml.Name       `xml:"http://soap.sforce.com/2006/04/metadata Package"`
	Types   []manifestType `xml:"types"`
	Version string         `xml:"version"`
}

type manifestType struct {
	Members []string `xml:"members"`
	Name    string   `xml:"name"`
}

// deployForm is the request of a deployment: its options and its archive.
func deployForm(items []DeployItem, apiVersion string, options DeployOptions) (*form, error) {
	files, err := deployFiles(items, apiVersion)
	if err != nil {
		return nil, err
	}
	archive, err := archived(files)
	if err != nil {
		return nil, err
	}
	wire, err := json.Marshal(map[string]any{"deployOptions": map[string]bool{
		"checkOnly": options.CheckOnly, "ignoreWarnings": options.IgnoreWarnings, "rollbackOnError": true, "singlePackage": true,
	}})
	if err != nil {
		return nil, err
	}
	names := slices.Sorted(maps.Keys(files))
	return newForm(fmt.Sprintf("%s and an archive of %d bytes with %s", wire, len(archive), strings.Join(names, ", ")),
		formPart{name: "json", contentType: "application/json", content: wire},
		formPart{name: "file", file: "package.zip", contentType: "application/zip", content: archive})
}

// deployFiles are the files of an archive by their path, the manifest among them.
func deployFiles(items []DeployItem, apiVersion string) (map[string][]byte, error) {
	files, members := map[string][]byte{}, map[string][]string{}
	for _, item := range items {
		path, named, err := item.location()
		if err != nil {
			return nil, err
		}
		if files[path] != nil {
			return nil, fmt.Errorf("%s %s is deployed twice at a time", item.Type, item.FullName)
		}
		if files[path], err = item.file(); err != nil {
			return nil, fmt.Errorf("%s %s can't be written as XML: %w", item.Type, item.FullName, err)
		}
		members[named] = append(members[named], item.FullName)
	}
	list := manifest{Version: apiVersion}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		list.Types = append(list.Types, manifestType{slices.Sorted(slices.Values(members[name])), name})
	}
	var err error
	files[manifestFile], err = document(list)
	return files, err
}

// location is the path of a component in the archive, and what package.xml calls its type.
func (i DeployItem) location() (path, named string, err error) {
	folder, suffix, ok := sfschema.Location(i.Type)
	described, _ := sfschema.LookupType(i.Type)
	content, _ := described.Field("content")
	switch {
	case !ok:
		return "", "", fmt.Errorf("%s %s can't be deployed: where components of this type lie in an archive is not known", i.Type, i.FullName)
	case content.Type == "base64Binary":
		return "", "", fmt.Errorf("%s %s can't be deployed: components of this type need a second file with their content", i.Type, i.FullName)
	}
	named = i.Type
	if family, _, _ := sfschema.Location(settingsFamily); folder == family {
		named = settingsFamily
	}
	return folder + "/" + i.FullName + "." + suffix, named, nil
}

// file is the component as a file, whose name stands for the full name.
func (i DeployItem) file() ([]byte, error) {
	root := Component{XMLName: xml.Name{Space: metadataNamespace, Local: i.Type}}
	if i.Component != nil {
		root.Parts = slices.Clone(i.Component.Parts)
		root.Remove("fullName")
	}
	return document(root)
}

func document(root any) ([]byte, error) {
	content, err := xml.Marshal(root)
	return append([]byte(xml.Header), content...), err
}

// archived packs files the same way every time: sorted, and without times.
func archived(files map[string][]byte) ([]byte, error) {
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	for _, path := range slices.Sorted(maps.Keys(files)) {
		w, err := writer.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(files[path]); err != nil {
			return nil, err
		}
	}
	err := writer.Close()
	return archive.Bytes(), err
}
