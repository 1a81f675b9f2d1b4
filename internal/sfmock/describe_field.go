package sfmock

import "slices"

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
