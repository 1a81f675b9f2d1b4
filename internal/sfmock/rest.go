package sfmock

import (
	"net/http"
	"slices"
)

// nesting says in which resources' bodies a route may be a subrequest.
type nesting int

const (
	inComposite nesting = 1 << iota
	inBatch
	inGraph
)

// restRoute is one path below /services/data/{version}, in http.ServeMux's notation.
type restRoute struct {
	path    string
	methods methods
	nesting nesting
}

// restTable lists the data API's routes. Where two match a path, the one with more literal segments comes first.
func restTable() []restRoute {
	return slices.Concat(toolingTable(), deployTable(), credentialsTable(), usageTable(), []restRoute{
		{"/limits", methods{http.MethodGet: (*call).limits}, inBatch},
		{"/query", methods{http.MethodGet: (*call).query}, inComposite | inBatch},
		{"/queryAll", methods{http.MethodGet: (*call).query}, inComposite | inBatch},
		{"/query/{locator}", methods{http.MethodGet: (*call).queryMore}, inComposite | inBatch},
		{"/queryAll/{locator}", methods{http.MethodGet: (*call).queryMore}, inComposite | inBatch},
		{"/sobjects", methods{http.MethodGet: (*call).describeGlobal}, inComposite | inBatch},
		{"/sobjects/{object}", methods{http.MethodGet: (*call).basicInformation, http.MethodPost: (*call).createRecord}, inComposite | inBatch | inGraph},
		{"/sobjects/{object}/describe", methods{http.MethodGet: (*call).describe}, inComposite | inBatch},
		{"/sobjects/{object}/Id", methods{http.MethodPost: (*call).createRecord}, inComposite | inBatch},
		{"/sobjects/{object}/{id}", methods{
			http.MethodGet: (*call).readRecord, http.MethodPatch: (*call).updateRecord, http.MethodDelete: (*call).deleteRecord,
		}, inComposite | inBatch | inGraph},
		{"/sobjects/User/{id}/password", methods{
			http.MethodGet: (*call).passwordState, http.MethodPost: (*call).setPassword, http.MethodDelete: (*call).resetPassword,
		}, inComposite | inBatch},
		{"/sobjects/{object}/{field}/{value}", methods{
			http.MethodGet: (*call).readByField, http.MethodPatch: (*call).upsertRecord, http.MethodDelete: (*call).deleteByField,
		}, inComposite | inBatch | inGraph},
		{"/composite", methods{http.MethodPost: (*call).composite}, 0},
		{"/composite/batch", methods{http.MethodPost: (*call).batch}, 0},
		{"/composite/graph", methods{http.MethodPost: (*call).graph}, 0},
		{"/composite/sobjects", methods{
			http.MethodPost: (*call).createMany, http.MethodPatch: (*call).updateMany, http.MethodDelete: (*call).deleteMany,
		}, inComposite},
		{"/composite/sobjects/{object}", methods{http.MethodGet: (*call).readMany, http.MethodPost: (*call).readMany}, inComposite},
		{"/composite/sobjects/{object}/{field}", methods{http.MethodPatch: (*call).upsertMany}, inComposite},
	})
}

// restRoutes registers the data API.
func (o *Org) restRoutes(register func(path string, m methods)) {
	for _, route := range restTable() {
		register(route.path, route.methods)
	}
}
