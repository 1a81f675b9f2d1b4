package sfmock

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock/soql"
)

const (
	smallestBatch   = 200
	largestBatch    = 2000
	locatorPrefix   = "0r8"
	locatorLifetime = 48 * time.Hour
)

// locator is a query whose result is being paged through. It keeps the records, so that later pages fit the first.
type locator struct {
	id      string
	owner   *record
	made    time.Time
	entity  string
	records []soql.Record
	batch   int
}

// query answers /query and /queryAll.
func (c *call) query() (*reply, *apiError) {
	text := c.request.URL.Query().Get("q")
	if strings.TrimSpace(text) == "" {
		return nil, refuse("MALFORMED_QUERY", unsureNoQuery)
	}
	parsed, err := soql.Parse(text)
	if err != nil {
		return nil, queryError(err)
	}
	result, err := parsed.Run(soqlCatalog{c}, soql.Options{
		Now: c.org.now(), Path: strings.TrimSuffix(c.base(), toolingFace), Tooling: c.tooling(), All: strings.HasSuffix(c.request.URL.Path, "/queryAll"),
	})
	if err != nil {
		return nil, queryError(err)
	}
	if c.request.URL.Query().Get("columns") == "true" {
		return ok(columnMetadata(parsed, soqlCatalog{c})), nil
	}
	found := &locator{owner: c.session.user, made: c.org.now(), entity: parsed.Object(), records: result.Records, batch: c.batchSize(largestBatch)}
	total := result.TotalSize
	if ob := c.org.object(found.entity); ob.Page > 0 {
		found.batch, found.records = min(found.batch, ob.Page), found.records[:min(len(found.records), ob.Most)]
		total = min(total, ob.Most)
	}
	if len(found.records) > found.batch {
		if parsed.Aggregated() {
			return nil, refuse("EXCEEDED_ID_LIMIT", unsureAggregatePages)
		}
		c.org.keep(found)
	}
	return ok(c.page(found, 0, total)), nil
}

func queryError(err error) *apiError {
	if refused, ok := errors.AsType[*soql.Error](err); ok {
		return refuse(refused.Code, refused.Message)
	}
	return refuse("MALFORMED_QUERY", err.Error())
}

// keep gives the locator its id, and forgets those that nobody can use any more.
func (o *Org) keep(l *locator) {
	for id, old := range o.locators {
		if !old.alive(o.now()) {
			delete(o.locators, id)
		}
	}
	l.id = o.newID(locatorPrefix)
	o.locators[l.id] = l
}

func (l *locator) alive(now time.Time) bool { return now.Before(l.made.Add(locatorLifetime)) }

// queryMore answers /query/{locator}, whose last part is a locator and the number of records before the page.
func (c *call) queryMore() (*reply, *apiError) {
	id, offset, _ := strings.Cut(c.request.PathValue("locator"), "-")
	from, err := strconv.Atoi(offset)
	l := c.org.locators[id]
	if err != nil || l == nil || !l.alive(c.org.now()) || l.owner != c.session.user || from < 0 || from > len(l.records) {
		return nil, refuse("INVALID_QUERY_LOCATOR", unsureQueryLocator)
	}
	next := *l
	next.batch = c.batchSize(l.batch)
	return ok(c.page(&next, from, len(l.records))), nil
}

var batchSizeOption = regexp.MustCompile(`(?i)\bbatchSize\s*=\s*(\d+)`)

// batchSize is the page size that the request asks for, within Salesforce's limits.
func (c *call) batchSize(otherwise int) int {
	option := batchSizeOption.FindStringSubmatch(c.request.Header.Get("Sforce-Query-Options"))
	if option == nil {
		return otherwise
	}
	size, err := strconv.Atoi(option[1])
	if err != nil {
		return otherwise
	}
	return min(max(size, smallestBatch), largestBatch)
}

// page is the part of a result that starts at record number from.
func (c *call) page(l *locator, from, total int) document {
	to := min(from+l.batch, len(l.records))
	done := to == len(l.records)
	var body document
	if c.tooling() {
		body = append(body, member{"size", to - from})
	}
	body = append(body, member{"totalSize", total}, member{"done", done})
	if c.tooling() {
		body = append(body, member{"queryLocator", nil}, member{"entityTypeName", l.entity})
	}
	if !done {
		body = append(body, member{"nextRecordsUrl", fmt.Sprintf("%s/query/%s-%d", c.base(), l.id, to)})
	}
	records := l.records[from:to]
	if records == nil {
		records = []soql.Record{}
	}
	return append(body, member{"records", records})
}
