package provider

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

type profileModel struct {
	profileContent
	namedRecord
	FullName    types.String   `tfsdk:"full_name"`
	UserLicense types.String   `tfsdk:"user_license"`
	Description types.String   `tfsdk:"description"`
	Custom      types.Bool     `tfsdk:"custom"`
	Timeouts    timeouts.Value `tfsdk:"timeouts"`
}

// contents decodes the sections that are not null. complete is false when something in them is known only after apply.
func (c *profileContent) contents() (all contents, complete bool) {
	all, complete = make(contents, len(profileSections)), true
	for _, s := range profileSections {
		if s.value(c).IsNull() {
			continue
		}
		e, known := s.entries(c)
		all[s.attribute], complete = e, complete && known
	}
	return all, complete
}

// within tells whether all sections are among other's and grant the same.
func (c contents) within(other contents) bool {
	for attribute, e := range c {
		if before, there := other[attribute]; !there || !maps.Equal(e, before) {
			return false
		}
	}
	return true
}

// owned is the content without the sections that a configuration leaves out.
func (c *profileContent) owned(config *profileContent) *profileContent {
	some := *c
	some.leaveOut(config, config)
	return &some
}

// leaveOut takes the sections that a configuration leaves out from another content.
func (c *profileContent) leaveOut(config, other *profileContent) {
	for _, s := range profileSections {
		if s.value(config).IsNull() {
			s.copy(c, other)
		}
	}
}

// adopt takes sections that mean the same as before as they were.
func (c *profileContent) adopt(prior *profileContent) {
	for _, s := range profileSections {
		if !isSet(s.value(c)) || !isSet(s.value(prior)) {
			continue
		}
		written, complete := s.entries(c)
		held, _ := s.entries(prior)
		if complete && maps.Equal(held.respelled(written, s.canonical), written) {
			s.copy(c, prior)
		}
	}
}

// profileContentsOf is what a component shows, as far as written means the same in written's words.
func profileContentsOf(component *sfclient.Component, written contents) contents {
	found := make(contents, len(profileSections))
	for _, s := range profileSections {
		found[s.attribute] = s.read(component).respelled(written[s.attribute], s.canonical)
	}
	return found
}

// read takes over what a component grants: all of it, or only the sections that are not null. A section that grants the same as before
// is left as it is written.
func (c *profileContent) read(component *sfclient.Component, all bool) {
	before, _ := c.contents()
	found := profileContentsOf(component, before).withHidden(before)
	for _, s := range profileSections {
		if e, tracked := before[s.attribute]; tracked && !maps.Equal(e, found[s.attribute]) || all && !tracked {
			s.assign(c, found[s.attribute])
		}
	}
}

// values are the columns of Profile to write; at creation prior is nil.
func (m *profileModel) values(prior *profileModel) sfclient.Values {
	v := sfclient.Values{}
	if prior == nil || !m.Name.Equal(prior.Name) {
		v["Name"] = m.Name.ValueString()
	}
	if description := m.Description.ValueString(); prior == nil && description != "" || prior != nil && description != prior.Description.ValueString() {
		v["Description"] = orNull(description)
	}
	return v
}
