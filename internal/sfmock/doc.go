// Package sfmock is a Salesforce org in memory: OAuth, REST, SOQL, Tooling and Metadata API with the rules, limits and error
// texts of the real platform, as far as the identities that machines use need them.
//
// Everything an API can reach is a record in a table or an entry in a record's metadata sections; the REST face and the
// metadata face of a permission set are two views of one thing. One lock guards the whole state, and every change goes
// through insert, update and remove, so that a transaction can be rolled back.
package sfmock
