// Package sfmetadata holds metadata components as trees and knows what one tree means for another: what of an org's component a
// configuration owns, whether both mean the same, and what a write has to send. The texts of a tree are XML, as in a -meta.xml file,
// or JSON. What a type looks like it asks sfschema, which may be older than the org: what that doesn't know passes with a warning.
package sfmetadata
