// Package sfschema holds the shape of the Salesforce Metadata API as data: which types there are, their fields, which of
// them repeat or are required, the values of the enumerations, and the API version a field first appeared in. It also
// lists the user permissions of the platform and where a component lies in a deployment archive. It has no behaviour
// beyond look-ups.
//
// # Source
//
// schema.json.gz is generated from the TypeScript declarations in the npm package @salesforce/types, which Salesforce
// generates from the Metadata and Tooling WSDLs: 1.9.0 (API v68) is the schema, 1.8.0, 1.7.1 and 1.6.0 (v67, v66, v65)
// date its fields. Regenerate it with
//
//	go generate ./internal/sfschema
//
// after raising the versions in tools/sfschema/main.go; go -C tools run ./sfschema -check verifies it.
//
// From v67 on the source describes an ordinary org. An org with more features has more types (UserAccessPolicy) and more
// fields than this: what is missing here may exist.
//
// TypeScript has fewer primitives than XML Schema, so the data is less exact than the WSDL there: see [Field.Type].
//
// # Licence
//
// The field "license" of the npm package says BSD-3-Clause for each of the four versions; the licence file in the
// archive is BSD-3-Clause, Copyright (c) 2024, Salesforce.com, Inc., up to 1.8.0, and Apache-2.0, Copyright (c) 2026
// Salesforce, Inc., in 1.9.0. Only facts (names, types, multiplicities) are taken from it.
package sfschema

//go:generate go -C ../../tools run ./sfschema
