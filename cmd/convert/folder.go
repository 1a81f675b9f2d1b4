package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// component is what a file holds.
type component struct {
	sfmock.Exhibited
	content sfmetadata.Object
}

// components are those of a folder, sorted by type and name.
type components []component

// readFolder shows the components of a folder in an org. What is not as the Metadata API has it is an error, unless the files may be
// newer than the schema.
func readFolder(org *sfmock.Org, folder fs.FS) (all components, notes []string, err error) {
	shown, leftOut, err := org.Exhibit(folder)
	if err != nil {
		return nil, nil, err
	}
	slices.Sort(leftOut)
	for _, file := range leftOut {
		notes = append(notes, file+": files of this kind are not converted")
	}
	var failures []error
	for _, one := range shown {
		text, err := fs.ReadFile(folder, one.File)
		if err != nil {
			return nil, nil, err
		}
		_, content, err := sfmetadata.ParseXML(string(text))
		if err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", one.File, err))
			continue
		}
		for _, problem := range sfmetadata.Check(one.Type, content) {
			if problem.Minor { // the org that shows the files has no more than the schema
				notes = append(notes, fmt.Sprintf("%s: %s is left out: %s has no such element in API version %d.0", one.File, problem.Path, one.Type, sfschema.Version()))
			} else {
				failures = append(failures, fmt.Errorf("%s: %s: %s", one.File, problem.Path, problem.Text))
			}
		}
		if reason := unmanageable(one, content); reason != "" {
			notes = append(notes, one.File+": "+reason)
			continue
		}
		for _, element := range secretsIn(one.Type, content) {
			notes = append(notes, fmt.Sprintf("%s: %s is a secret and left out: write it with sensitive_content_wo", one.File, element))
		}
		all = append(all, component{one, content})
	}
	return all, notes, errors.Join(failures...)
}

// unmanageable says why Terraform can't manage a component, "" if it can.
func unmanageable(one sfmock.Exhibited, content sfmetadata.Object) string {
	switch {
	case sfschema.Namespace(one.Type, one.FullName) != "":
		return "it came with a package, whose maker owns it"
	case one.Type == "Profile" && text(content, "userLicense") == "":
		return "it names no user licence"
	case policies[one.Type] && text(content, "profile") == "":
		return "it names no profile: the one that it was for is gone"
	}
	return ""
}

// secretElements hold secrets, which have no place in a configuration (Metadata API guide, on these types).
var secretElements = map[string][]string{
	"AuthProvider":                   {"consumerSecret"},
	"ExtlClntAppGlobalOauthSettings": {"consumerSecret"},
	"NamedCredential":                {"awsAccessKey", "awsAccessSecret", "oauthRefreshToken", "oauthToken", "password"},
}

func secretsIn(typeName string, content sfmetadata.Object) []string {
	return slices.DeleteFunc(slices.Clone(secretElements[typeName]), func(element string) bool { return text(content, element) == "" })
}

// text is the text of an element, "" if there is none.
func text(content sfmetadata.Object, element string) string {
	scalar, _ := content[element].(sfmetadata.Scalar)
	return scalar.Text
}

// texts are those of an element that repeats.
func texts(content sfmetadata.Object, element string) (all []string) {
	entries, _ := content[element].(sfmetadata.List)
	for _, entry := range entries {
		if scalar, is := entry.(sfmetadata.Scalar); is {
			all = append(all, scalar.Text)
		}
	}
	return all
}

// has tells whether a component is in the folder.
func (all components) has(typeName, fullName string) bool {
	return slices.ContainsFunc(all, func(c component) bool { return c.Type == typeName && strings.EqualFold(c.FullName, fullName) })
}
