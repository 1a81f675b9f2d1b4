package sfmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
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
	return append(toolingTable(), []restRoute{
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
	}...)
}

// restRoutes registers the data API.
func (o *Org) restRoutes(register func(path string, m methods)) {
	for _, route := range restTable() {
		register(route.path, route.methods)
	}
}

// base is the path that URLs in answers start with.
func (c *call) base() string {
	base := "/services/data/v" + versionNumber(c.version)
	if c.tooling() {
		base += toolingFace
	}
	return base
}

// decode reads the JSON body; numbers stay json.Number where into does not say otherwise.
func (c *call) decode(into any) *apiError {
	if media, _, err := mime.ParseMediaType(c.request.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return errMediaType(c.request.Header.Get("Content-Type"))
	}
	decoder := json.NewDecoder(bytes.NewReader(c.body))
	decoder.UseNumber()
	err := decoder.Decode(into)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("unexpected content after the end of the value")
		}
	}
	if err == nil {
		return nil
	}
	offset := decoder.InputOffset()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		offset = int64(len(c.body))
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = syntax.Offset - 1
	}
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset = mismatch.Offset - 1
	}
	before := c.body[:min(max(int(offset), 0), len(c.body))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - (bytes.LastIndexByte(before, '\n') + 1) + 1
	return refuse("JSON_PARSER_ERROR", fmt.Sprintf("%s at [line:%d, column:%d]", err, line, column))
}

// sobject finds the object that the path names.
func (c *call) sobject() (*object, *apiError) {
	ob := c.org.object(c.request.PathValue("object"))
	if ob == nil || c.tooling() && !ob.Tooling {
		return nil, errResource()
	}
	return ob, nil
}

// rowsFor returns an object's rows as the caller sees them, in an order that changes from call to call.
func (o *Org) rowsFor(caller *session, ob *object) []*record {
	if ob.Rows != nil {
		return ob.Rows(o, caller)
	}
	return o.rows(ob.Name)
}

// sees tells whether a column exists for the caller, on this face of the API.
func (c *call) sees(f *field) bool {
	return c.org.visible(c.session, f) && (c.tooling() || !f.ToolingOnly)
}

// columns are the object's fields that exist for the caller.
func (c *call) columns(ob *object) []*field {
	return slices.DeleteFunc(slices.Clone(ob.Fields), func(f *field) bool { return !c.sees(f) })
}

// column is a field by name if it exists for the caller.
func (c *call) column(ob *object, name string) (*field, *apiError) {
	f := ob.field(strings.TrimSpace(name))
	if f == nil || !c.sees(f) {
		return nil, errNoColumn(ob.Name, name)
	}
	return f, nil
}

// columnsNamed are the fields of a list of names; Id comes along always, as in Salesforce's answers.
func (c *call) columnsNamed(ob *object, names []string) ([]*field, *apiError) {
	var fields []*field
	for _, name := range names {
		f, err := c.column(ob, name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	if id := ob.field("Id"); !slices.Contains(fields, id) {
		fields = append(fields, id)
	}
	return fields, nil
}

// render is a record as the data API shows it.
func (c *call) render(rec *record, fields []*field) document {
	shown := document{{"attributes", c.attributes(rec)}}
	for _, f := range fields {
		shown = append(shown, member{f.Name, jsonValue(c.org.get(rec, f))})
	}
	return shown
}

func (c *call) attributes(rec *record) document {
	return document{{"type", rec.object.Name}, {"url", c.recordURL(rec)}}
}

func (c *call) recordURL(rec *record) string {
	return c.base() + "/sobjects/" + rec.object.Name + "/" + rec.id
}

// jsonValue is a column's value as the data API writes it; whole doubles keep their point.
func jsonValue(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.UTC().Format(datetimeLayout)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e15 {
			return json.Number(strconv.FormatFloat(v, 'f', 1, 64))
		}
	}
	return v
}

// document is a JSON object that keeps the order of its members.
type document []member

type member struct {
	name  string
	value any
}

// MarshalJSON implements json.Marshaler.
func (d document) MarshalJSON() ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	buffer.WriteByte('{')
	for i, m := range d {
		if i > 0 {
			buffer.WriteByte(',')
		}
		if err := encoder.Encode(m.name); err != nil {
			return nil, err
		}
		buffer.WriteByte(':')
		if err := encoder.Encode(m.value); err != nil {
			return nil, err
		}
	}
	buffer.WriteByte('}')
	return buffer.Bytes(), nil
}
