package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// instant is a time as Go has it; the zero time for one that is null, unknown or malformed.
func instant(t timetypes.RFC3339) time.Time {
	at, err := time.Parse(time.RFC3339, t.ValueString())
	if err != nil {
		return time.Time{}
	}
	return at
}

// timeOrNull is the state of a time that Salesforce tells in UTC: what prior says is kept when it is the same moment elsewhere.
func timeOrNull(text string, prior timetypes.RFC3339) (timetypes.RFC3339, error) {
	if text == "" {
		return timetypes.NewRFC3339Null(), nil
	}
	at, err := sfclient.ParseTime(text)
	if err != nil {
		return prior, err
	}
	if isSet(prior) && instant(prior).Equal(at) {
		return prior, nil
	}
	return timetypes.NewRFC3339TimeValue(at.UTC()), nil
}

// wholeSeconds refuses fractions of a second, which Salesforce drops.
type wholeSeconds struct{}

// Description implements validator.String.
func (wholeSeconds) Description(context.Context) string { return "in whole seconds" }

// MarkdownDescription implements validator.String.
func (v wholeSeconds) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (wholeSeconds) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if at, err := time.Parse(time.RFC3339, req.ConfigValue.ValueString()); err == nil && at.Nanosecond() != 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Time has fractions of a second", "Salesforce keeps whole seconds, so the plan would never become empty. Leave the fraction out.")
	}
}
