package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// sentWhole are the elements that a write takes away when it leaves them out. Source: Metadata API guide, Profile.
var sentWhole = []string{"loginFlows", rangesElement}

// component reads the metadata of a profile that is known to be there.
func (r *profileResource) component(ctx context.Context, id string) (fullName string, component sfclient.Component, err error) {
	fullName, err = r.client.ProfileFullName(ctx, id)
	if err == nil {
		component, err = sfclient.ReadMetadata[sfclient.Component](ctx, r.client, profileKind, fullName)
	}
	if errors.Is(err, sfclient.ErrNotFound) { // gone, this would have shown in the record
		err = fmt.Errorf("the metadata of the profile is hidden from the signed-in user, although its record (%s) is not; with profile filtering this needs View All Profiles", id)
	}
	return fullName, component, err
}

// write brings the sections in wanted to what they say, and leaves the others alone. It sends only what differs from what the profile
// has now, and reads the profile back: Salesforce passes over some of what it does not grant. prior is what Terraform wrote before.
func (r *profileResource) write(ctx context.Context, id string, wanted, prior contents) (fullName string, err error) {
	fullName, present, err := r.component(ctx, id)
	if err != nil {
		return fullName, err
	}
	change, differs := changeOf(fullName, &present, wanted, prior)
	if !differs {
		return fullName, nil
	}
	if err := sfclient.UpdateMetadata(ctx, r.client, profileKind, fullName, change); err != nil {
		return fullName, err
	}
	_, present, err = r.component(ctx, id)
	if err != nil {
		return fullName, err
	}
	return fullName, untaken(profileContentsOf(&present, wanted).withHidden(wanted), wanted)
}

// changeOf is a component that makes of a present one what is wanted; it is not worth sending when nothing differs.
func changeOf(fullName string, present *sfclient.Component, wanted, prior contents) (change *sfclient.Component, differs bool) {
	change = sfclient.NewComponent(fullName)
	for _, element := range sentWhole {
		change.SetList(present.List(element), element)
	}
	hidden := profileContentsOf(present, prior).hidden(prior)
	for _, s := range profileSections {
		if entries, owned := wanted[s.attribute]; owned && s.write(change, present, hidden[s.attribute], entries) {
			differs = true
		}
	}
	return change, differs
}

// untaken is an error that names what a profile holds otherwise than wanted, nil if there is nothing.
func untaken(found, wanted contents) error {
	var lines []string
	for _, attribute := range slices.Sorted(maps.Keys(wanted)) {
		want, has := wanted[attribute], found[attribute]
		all := maps.Clone(want)
		maps.Copy(all, has)
		for _, name := range slices.Sorted(maps.Keys(all)) {
			wantedWords, wants := want[name]
			words, granted := has[name]
			switch {
			case !granted:
				lines = append(lines, fmt.Sprintf("%s: %s was not taken", attribute, name))
			case !wants:
				lines = append(lines, fmt.Sprintf("%s: %s stays", attribute, strings.TrimSpace(name+" "+words)))
			case words != wantedWords:
				lines = append(lines, fmt.Sprintf("%s: %s is %q, not %q", attribute, name, words, wantedWords))
			}
		}
	}
	if lines == nil {
		return nil
	}
	return fmt.Errorf("salesforce saved the profile, but did not do all that was asked for:\n%s\nWhat stays is forced by the user licence or comes with something else that the profile grants: write it too. "+
		"What was not taken is nothing that the licence or this kind of profile allows: leave it out, or grant it by a permission set", listed(lines))
}
