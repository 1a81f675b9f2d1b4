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
	about := objectFlags(ob)
	slices.SortFunc(about, func(a, b member) int { return strings.Compare(a.name, b.name) })
	url := c.base() + "/sobjects/" + ob.Name
	return append(about, member{"urls", document{
		{"rowTemplate", url + "/{ID}"}, {"describe", url + "/describe"}, {"sobject", url},
	}})
}

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
	url := c.base() + "/sobjects/" + ob.Name
	about := append(objectFlags(ob),
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
			{"urls", document{{"layout", url + "/describe/layouts/" + masterRecordType}}},
		}}},
		member{"searchLayoutable", !ob.Setup},
		member{"sobjectDescribeOption", "FULL"},
		member{"supportedScopes", []any{document{{"label", "All " + ob.plural()}, {"name", "everything"}}}},
	)
	slices.SortFunc(about, func(a, b member) int { return strings.Compare(a.name, b.name) })
	return append(about, member{"urls", document{
		{"rowTemplate", url + "/{ID}"}, {"describe", url + "/describe"}, {"sobject", url},
	}})
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

// fieldDescribe is what describe says of one field.
func (o *Org) fieldDescribe(f *field) document {
	wire := wireTypes[f.Type]
	picklist := []any{}
	allowed := f.values(o)
	for _, value := range allowed {
		picklist = append(picklist, document{
			{"active", true}, {"defaultValue", value == f.Default}, {"label", value}, {"validFor", nil}, {"value", value},
		})
	}
	references := f.Reference
	if references == nil {
		references = []string{}
	}
	return document{
		{"aggregatable", f.Type != "boolean"},
		{"aiPredictionField", false},
		{"autoNumber", false},
		{"byteLength", f.Length * wire.bytes},
		{"calculated", f.Compute != nil && isCustom(f.Name)},
		{"calculatedFormula", nil},
		{"cascadeDelete", false},
		{"caseSensitive", f.CaseSensitive},
		{"compoundFieldName", nil},
		{"controllerName", nil},
		{"createable", f.Create},
		{"custom", isCustom(f.Name)},
		{"defaultValue", f.Default},
		{"defaultValueFormula", nil},
		{"defaultedOnCreate", f.Default != nil || f.NotNull && !f.Required},
		{"dependentPicklist", false},
		{"deprecatedAndHidden", false},
		{"digits", wire.digits},
		{"displayLocationInDecimal", false},
		{"encrypted", false},
		{"externalId", f.Unique && isCustom(f.Name)},
		{"extraTypeInfo", nil},
		{"filterable", !f.NoFilter},
		{"filteredLookupInfo", nil},
		{"formulaTreatNullNumberAsZero", false},
		{"groupable", f.groupable()},
		{"highScaleNumber", false},
		{"htmlFormatted", false},
		{"idLookup", f.lookup()},
		{"inlineHelpText", nil},
		{"label", f.Label},
		{"length", f.Length},
		{"mask", nil},
		{"maskType", nil},
		{"name", f.Name},
		{"nameField", f.Name == "Name"},
		{"namePointing", len(f.Reference) > 1},
		{"nillable", !f.Required && !f.NotNull},
		{"permissionable", f.Permissionable},
		{"picklistValues", picklist},
		{"polymorphicForeignKey", len(f.Reference) > 1},
		{"precision", wire.precision},
		{"queryByDistance", false},
		{"referenceTargetField", nil},
		{"referenceTo", references},
		{"relationshipName", orNull(f.Relationship)},
		{"relationshipOrder", nil},
		{"restrictedDelete", false},
		{"restrictedPicklist", allowed != nil},
		{"scale", wire.scale},
		{"searchPrefilterable", f.Type == "reference"},
		{"soapType", wire.soap},
		{"sortable", f.sortable()},
		{"type", f.Type},
		{"unique", f.Unique},
		{"updateable", f.Update},
		{"writeRequiresMasterRead", false},
	}
}

// wireType is how a column's type looks in a describe.
type wireType struct {
	soap                            string
	bytes, digits, precision, scale int
}

var wireTypes = map[string]wireType{
	"id":            {soap: "tns:ID", bytes: 1},
	"reference":     {soap: "tns:ID", bytes: 1},
	"boolean":       {soap: "xsd:boolean"},
	"int":           {soap: "xsd:int", digits: 9},
	"double":        {soap: "xsd:double", precision: 18, scale: 2},
	"currency":      {soap: "xsd:double", precision: 18, scale: 2},
	"percent":       {soap: "xsd:double", precision: 18, scale: 2},
	"date":          {soap: "xsd:date"},
	"datetime":      {soap: "xsd:dateTime"},
	"time":          {soap: "xsd:time"},
	"base64":        {soap: "xsd:base64Binary"},
	"anyType":       {soap: "xsd:anyType"},
	"complexvalue":  {soap: "tns:complexvalue"},
	"string":        plainText,
	"picklist":      plainText,
	"multipicklist": plainText,
	"textarea":      plainText,
	"email":         plainText,
	"phone":         plainText,
	"url":           plainText,
	"combobox":      plainText,
}

var plainText = wireType{soap: "xsd:string", bytes: 3}

// Salesforce neither sorts nor groups long text; booleans and ids it does both.
func (f *field) sortable() bool { return !f.NoSort && !longText(f) }

func (f *field) groupable() bool {
	return !f.NoGroup && !longText(f) && !slices.Contains([]string{"datetime", "double", "currency", "percent"}, f.Type)
}

// longText tells whether the column holds a text too long for an index.
func longText(f *field) bool {
	return f.Type == "textarea" && f.Length > 255 || f.Type == "complexvalue"
}

func isCustom(name string) bool { return strings.HasSuffix(name, "__c") }

// orNull is JSON null for an empty text.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
