package sfmock

import (
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock/soql"
)

// columnMetadata answers a query that asks for its columns instead of its rows (columns=true), as the sf CLI does to lay out
// a table. Shape as seen in the CLI's own parser.
func columnMetadata(query *soql.Query, catalog soql.Catalog) document {
	return document{
		{"columnMetadata", columnList(query.Columns(catalog))},
		{"entityName", query.Object()},
		{"groupBy", query.Aggregated()},
	}
}

func columnList(columns []soql.Column) []document {
	list := make([]document, len(columns))
	for i, c := range columns {
		number := c.Type == "int" || c.Type == "double" || c.Type == "currency" || c.Type == "percent"
		list[i] = document{
			{"aggregate", c.Aggregate},
			{"booleanType", c.Type == "boolean"},
			{"columnName", c.Name},
			{"custom", isCustom(c.Name)},
			{"displayName", c.Display},
			{"foreignKeyName", nil},
			{"joinColumns", columnList(c.Joined)},
			{"numberType", number},
			{"textType", c.Type != "" && c.Type != "boolean" && !number},
		}
	}
	return list
}
