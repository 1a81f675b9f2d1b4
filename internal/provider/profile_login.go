package provider

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

const (
	hoursElement = "loginHours"
	// anyTime means the same as no hours for the day.
	anyTime = "00:00-24:00"
	// noTime keeps everybody out on the day.
	noTime = "00:00-00:00"
)

var (
	weekdays  = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
	hourShape = regexp.MustCompile(`^([01][0-9]|2[0-3]):00-([01][0-9]|2[0-4]):00$`)
)

// loginHours are written as a whole: without any day they are cleared. Source: Metadata API guide, Profile.
var loginHours = profileSection{
	shape: shape{attribute: "login_hours", canonical: func(day string) string { return day }, check: hoursProblem},
	place: wordPlace(func(c *profileContent) *types.Map { return &c.LoginHours }),
	schema: leftAloneMap("Hours in which users can log in: by day, `monday` to `sunday`, whole hours such as `08:00-18:00` or `20:00-24:00`, in the org's time zone. "+
		"`"+noTime+"` keeps users out all day. A day that is not listed has no limits; an empty map lifts them all.", types.StringType),
	off:  anyTime,
	read: readHours,
	write: func(change, present *sfclient.Component, _, wanted entries) bool {
		if maps.Equal(readHours(present), wanted) {
			return false
		}
		change.Set("", hoursElement)
		for day, hours := range wanted {
			start, end, _ := strings.Cut(hours, "-")
			change.Set(minutes(start), hoursElement, day+"Start")
			change.Set(minutes(end), hoursElement, day+"End")
		}
		return true
	},
}

func readHours(component *sfclient.Component) entries {
	found := entries{}
	for _, day := range weekdays {
		if !component.Has(hoursElement, day+"Start") {
			continue
		}
		hours := clock(component.Text(hoursElement, day+"Start")) + "-" + clock(component.Text(hoursElement, day+"End"))
		if hours != anyTime {
			found[day] = hours
		}
	}
	return found
}

// hoursProblem says what is wrong with the hours of a day, "" if nothing is.
func hoursProblem(day, hours string) string {
	start, end, _ := strings.Cut(hours, "-")
	switch {
	case !slices.Contains(weekdays, day):
		return fmt.Sprintf("%q is no day. The days are %s.", day, quoted(weekdays))
	case !hourShape.MatchString(hours):
		return fmt.Sprintf("%q is not the first and the last hour, such as \"08:00-18:00\". Salesforce takes whole hours from 00:00 to 24:00.", hours)
	case start >= end && hours != noTime:
		return fmt.Sprintf("%s ends before it begins. Hours across midnight belong to two days; %s keeps users out all day.", hours, noTime)
	}
	return ""
}

// clock is a number of minutes after midnight as a time of day.
func clock(minutes string) string {
	n, err := strconv.Atoi(minutes)
	if err != nil {
		return minutes
	}
	return fmt.Sprintf("%02d:%02d", n/60, n%60)
}

// minutes is the reverse of clock, for whole hours.
func minutes(clock string) string {
	hour, _, _ := strings.Cut(clock, ":")
	n, _ := strconv.Atoi(hour) // the hours are validated
	return strconv.Itoa(n * 60)
}

const rangesElement = "loginIpRanges"

var loginRange = rangeElements{"startAddress", "endAddress"}

// loginIPRanges are written as a whole: what a write leaves out goes. Source: Metadata API guide, Profile.
var loginIPRanges = profileSection{
	shape: shape{attribute: "login_ip_ranges", canonical: canonicalRange},
	place: rangePlace(func(c *profileContent) *types.Map { return &c.LoginIPRanges }),
	schema: schema.MapAttribute{
		MarkdownDescription: "Addresses that users can log in from: by range, a description, which may be empty. A range is a CIDR block (`192.0.2.0/24`), one address, or the first and the last address (`192.0.2.10-192.0.2.20`), of IPv4 or IPv6. An empty map lets users log in from anywhere.",
		ElementType:         types.StringType, Optional: true, Computed: true,
		Validators: []validator.Map{areAddressRanges{}},
	},
	checks: true,
	read:   readLoginRanges,
	write: func(change, present *sfclient.Component, _, wanted entries) bool {
		if maps.Equal(readLoginRanges(present).respelled(wanted, canonicalRange), wanted) {
			return false
		}
		change.SetList(rangeEntries(wanted.wordMap(), loginRange), rangesElement)
		return true
	},
}

// rangePlace is where ranges stand: an empty description is one too.
func rangePlace(dictionary func(*profileContent) *types.Map) place {
	p := wordPlace(dictionary)
	p.decode = rangesIn
	return p
}

func rangesIn(value attr.Value) (e entries, complete bool) {
	e, complete = entries{}, !value.IsUnknown()
	ranges, _ := value.(types.Map)
	for spelling, description := range ranges.Elements() {
		e[spelling] = textOf(description)
		complete = complete && !description.IsUnknown()
	}
	return e, complete
}

func readLoginRanges(component *sfclient.Component) entries {
	found, _ := rangesIn(readRanges(component.List(rangesElement), loginRange, types.MapNull(types.StringType)))
	return found
}

// canonicalRange is a range in one spelling only.
func canonicalRange(spelling string) string {
	if r, err := parseAddressRange(spelling); err == nil {
		return r.String()
	}
	return spelling
}
