package sfmock

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// describeGlobal answers GET /sobjects.
func (c *call) describeGlobal() (*reply, *apiError) {
	return c.unlessUnmodified(func() any {
		var all []any
		for _, name := range slices.Sorted(maps.Keys(c.org.objects)) {
			if ob := c.org.objects[name]; c.serves(ob) {
				all = append(all, c.objectDescribe(ob))
			}
		}
		return document{{"encoding", "UTF-8"}, {"maxBatchSize", largestCollection}, {"sobjects", all}}
	})
}

// describe answers GET /sobjects/{object}/describe.
func (c *call) describe() (*reply, *apiError) {
	ob, err := c.sobject()
	if err != nil {
		return nil, err
	}
	return c.unlessUnmodified(func() any { return c.fullDescribe(ob) })
}

// unlessUnmodified answers 304 when the client's copy is as young as the schema.
func (c *call) unlessUnmodified(body func() any) (*reply, *apiError) {
	modified := c.org.schemaDate()
	header := map[string]string{"Last-Modified": modified.Format(http.TimeFormat)}
	if since, err := http.ParseTime(c.request.Header.Get("If-Modified-Since")); err == nil && !modified.After(since) {
		return &reply{Status: http.StatusNotModified, Header: header}, nil
	}
	return &reply{Status: http.StatusOK, Body: body(), Header: header}, nil
}

// schemaDate is when a column last changed, or the org was made.
func (o *Org) schemaDate() time.Time {
	if !o.reshaped.IsZero() {
		return o.reshaped
	}
	if org := o.live(o.orgID()); org != nil {
		made, _ := org.values["CreatedDate"].(time.Time)
		return made
	}
	return o.now()
}

// reshape notes that a column changed: HTTP dates tell seconds apart, so that every change counts as at least one later.
func (o *Org) reshape() {
	o.reshaped = o.schemaDate().Add(time.Second)
	if now := o.now(); now.After(o.reshaped) {
		o.reshaped = now
	}
}

// objectDescribe is what describe global and basic information say of an object.
func (c *call) objectDescribe(ob *object) document {
	return c.sorted(ob, objectFlags(ob))
}

// sorted brings what is said of an object into Salesforce's order: by name, and the addresses last.
func (c *call) sorted(ob *object, about document) document {
	slices.SortFunc(about, func(a, b member) int { return strings.Compare(a.name, b.name) })
	url := c.objectURL(ob)
	return append(about, member{"urls", document{
		{"rowTemplate", url + "/{ID}"}, {"describe", url + "/describe"}, {"sobject", url},
	}})
}

func (c *call) objectURL(ob *object) string { return c.base() + "/sobjects/" + ob.Name }

// objectFlags are the properties of an object that every describe carries.
func objectFlags(ob *object) document {
	return document{
		{"activateable", false},
		{"associateEntityType", nil},
		{"associateParentEntity", nil},
		{"createable", ob.Creatable},
		{"custom", isCustom(ob.Name)},
		{"customSetting", false},
		{"deepCloneable", false},
		{"deletable", ob.Deletable},
		{"deprecatedAndHidden", false},
		{"feedEnabled", false},
		{"hasSubtypes", false},
		{"isInterface", false},
		{"isSubtype", false},
		{"keyPrefix", orNull(ob.Prefix)},
		{"label", ob.label()},
		{"labelPlural", ob.plural()},
		{"layoutable", !ob.Setup},
		{"mergeable", false},
		{"mruEnabled", false},
		{"name", ob.Name},
		{"queryable", true},
		{"replicateable", ob.Rows == nil},
		{"retrieveable", true},
		{"searchable", !ob.Setup},
		{"triggerable", !ob.Setup},
		{"undeletable", ob.Deletable && !ob.Setup},
		{"updateable", ob.Updatable},
	}
}

// fullDescribe is what describe says of one object.
func (c *call) fullDescribe(ob *object) document {
	fields := []any{}
	for _, f := range c.columns(ob) {
		fields = append(fields, c.org.fieldDescribe(f))
	}
	return c.sorted(ob, append(objectFlags(ob),
		member{"actionOverrides", []any{}},
		member{"childRelationships", c.org.childRelationships(ob)},
		member{"compactLayoutable", !ob.Setup},
		member{"defaultImplementation", nil},
		member{"extendedBy", nil},
		member{"extendsInterfaces", nil},
		member{"fields", fields},
		member{"implementedBy", nil},
		member{"implementsInterfaces", nil},
		member{"listviewable", nil},
		member{"lookupLayoutable", nil},
		member{"namedLayoutInfos", []any{}},
		member{"networkScopeFieldName", nil},
		member{"recordTypeInfos", []any{document{
			{"active", true},
			{"available", true},
			{"defaultRecordTypeMapping", true},
			{"developerName", "Master"},
			{"master", true},
			{"name", "Master"},
			{"recordTypeId", masterRecordType},
			{"urls", document{{"layout", c.objectURL(ob) + "/describe/layouts/" + masterRecordType}}},
		}}},
		member{"searchLayoutable", !ob.Setup},
		member{"sobjectDescribeOption", "FULL"},
		member{"supportedScopes", []any{document{{"label", "All " + ob.plural()}, {"name", "everything"}}}},
	))
}

const masterRecordType = "012000000000000AAA"

// childRelationships are the look-ups of other objects that point to this one.
func (o *Org) childRelationships(parent *object) []any {
	children := []any{}
	for _, name := range slices.Sorted(maps.Keys(o.objects)) {
		for _, f := range o.objects[name].Fields {
			if !slices.Contains(f.Reference, parent.Name) {
				continue
			}
			children = append(children, document{
				{"cascadeDelete", false},
				{"childSObject", o.objects[name].Name},
				{"deprecatedAndHidden", false},
				{"field", f.Name},
				{"junctionIdListNames", []any{}},
				{"junctionReferenceTo", []any{}},
				{"relationshipName", orNull(f.ChildName)},
				{"restrictedDelete", false},
			})
		}
	}
	return children
}

func isCustom(name string) bool { return strings.HasSuffix(name, "__c") }

// orNull is JSON null for an empty text.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
