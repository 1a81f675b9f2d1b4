// Package sfclient talks to one Salesforce org: it signs in, sends REST, Tooling and Metadata requests through one door, turns
// every refusal into a typed error, and asks little.
//
// Asking little means that calls which run side by side travel together. Reads of one object by a key become one query, and
// once a run has shown that it reads many, the whole object is read ahead. Creates, updates and deletes of records share sObject
// Collections calls, transactions share composite graphs, and metadata components travel up to ten a call. None of that shows:
// callers ask for one thing as if they were alone.
//
// A create is never sent again blindly. After a failure that leaves open whether Salesforce committed, the record is looked up
// by its unique key: what is exactly as it was about to be created is adopted.
//
// The package knows nothing of Terraform.
package sfclient
