package provider

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

const (
	usualRows = 2_000
	mostRows  = 50_000 // which Terraform still carries about, slowly
)

// maxRowsAttribute is how many rows the configuration is prepared for.
func maxRowsAttribute(more string) schema.Int64Attribute {
	return schema.Int64Attribute{
		MarkdownDescription: fmt.Sprintf("How many rows there may be; more are an error and never cut off. Defaults to `%d`, and is at most `%d`.%s", usualRows, mostRows, more),
		Optional:            true,
		Validators:          []validator.Int64{int64validator.Between(1, mostRows)},
	}
}

func maxRows(given types.Int64) int {
	if isSet(given) {
		return int(given.ValueInt64())
	}
	return usualRows
}

// addRowsError reports why rows could not be read. narrow is what to do about too many.
func addRowsError(diags *diag.Diagnostics, noun, name string, err error, narrow string) {
	if tooMany, ok := errors.AsType[*sfclient.TooManyRowsError](err); ok {
		addTooManyRows(diags, tooMany, narrow)
		return
	}
	addError(diags, "read", noun, name, err)
}

// addTooManyRows says how many rows there are, and what to do about it.
func addTooManyRows(diags *diag.Diagnostics, e *sfclient.TooManyRowsError, narrow string) {
	size := fmt.Sprintf("%d rows", e.Total)
	if e.AtLeast {
		size = "at least " + size
	}
	detail := fmt.Sprintf("There are %s; this data source takes %d.", size, e.Most)
	if e.Total > mostRows {
		detail += fmt.Sprintf(" No more than %d can be read: %s.", mostRows, narrow)
	} else {
		detail += fmt.Sprintf(" Set max_rows = %d or higher, or %s.", e.Total, narrow)
	}
	diags.AddAttributeError(path.Root("max_rows"), "Too many rows", detail)
}
