package provider

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// preset is where an element of a new policy comes from, so that creating the policy changes nothing else for the profile's users.
type preset struct {
	element   string
	from      string            // the element of the org's settings, "" for none
	words     map[string]string // the policy's values by the org's; nil where both write the same
	otherwise string            // where the org has none, or none that the policy knows
}

// value is the element's text, from a part of the org's settings.
func (p preset) value(settings *sfclient.Component, part string) string {
	if p.from == "" {
		return p.otherwise
	}
	text := settings.Text(part, p.from)
	if p.words != nil {
		text = p.words[text]
	}
	return cmp.Or(text, p.otherwise)
}

// preset is a policy that says what the org's settings say.
func (r *profilePolicyResource) preset(ctx context.Context) (*sfclient.Component, error) {
	settings, err := r.client.ReadSettings(ctx, "SecuritySettings")
	if err != nil {
		return nil, err
	}
	policy := &sfclient.Component{}
	for _, p := range r.presets {
		policy.Set(p.value(&settings, r.presetPart), p.element)
	}
	return policy, nil
}

// noPolicy stands for what a profile had before it had a policy.
var noPolicy = &sfclient.Component{}

// apply writes the known values of wanted into the profile's policy, or into one that it makes, and reads all back into plan. It
// returns what was there before, which is noPolicy if there was none; nil after an error that left everything as it was.
func (r *profilePolicyResource) apply(ctx context.Context, profile namedProfile, plan, wanted attributes, owned fields, diags *diag.Diagnostics) *sfclient.Component {
	found, err := r.policyOf(ctx, profile)
	var sent *sfclient.Component
	switch {
	case errors.Is(err, sfclient.ErrNotFound):
		found = noPolicy
		sent, err = r.create(ctx, profile, wanted)
	case err == nil:
		sent, err = r.update(ctx, found, wanted)
	}
	if err != nil {
		addError(diags, "write", r.noun, profile.Name, err, r.fields.columns())
		return nil
	}
	after, err := r.policyOf(ctx, profile)
	if err != nil {
		addUnfinished(diags, "read back", r.noun, profile.Name, err)
		after = sent
	}
	before, now := attributes{}, attributes{}
	r.fields.read(found, nil, before)
	r.fields.read(after, nil, now)
	owned.checkTaken(plan, now, r.setup, diags)
	if found != noPolicy {
		r.fields.checkOthers("values of the "+r.noun, before, now, r.fields.knownIn(wanted), diags)
	}
	r.fields.settle(plan, now, owned)
	return found
}

// create makes the profile's policy. Somebody else may have made one meanwhile: Salesforce refuses a second one.
func (r *profilePolicyResource) create(ctx context.Context, profile namedProfile, wanted attributes) (*sfclient.Component, error) {
	policy, err := r.preset(ctx)
	if err != nil {
		return nil, err
	}
	name := profile.fullName + "_" + strings.ToLower(r.kind[:1]) + r.kind[1:] // Salesforce puts the time behind it
	policy.Set(name, "fullName")
	policy.Set(profile.fullName, "profile")
	r.fields.overlay(policy, wanted)
	err = sfclient.CreateMetadata(ctx, r.client, r.kind, name, *policy, func(found sfclient.Component) bool { return profile.owns(&found) })
	if err == nil {
		return policy, nil
	}
	if found, missing := r.policyOf(ctx, profile); missing == nil {
		return r.update(ctx, found, wanted)
	}
	return nil, err
}

// update writes a policy whole, as Salesforce wants it, if anything in it changes.
func (r *profilePolicyResource) update(ctx context.Context, found *sfclient.Component, wanted attributes) (*sfclient.Component, error) {
	now := attributes{}
	r.fields.read(found, nil, now)
	if r.fields.knownIn(wanted).differing(wanted, now) == nil {
		return found, nil
	}
	policy := &sfclient.Component{Parts: slices.Clone(found.Parts)}
	r.fields.overlay(policy, wanted)
	return policy, sfclient.UpdateMetadata(ctx, r.client, r.kind, found.FullName(), *policy)
}

// putBack undoes what apply did.
func (r *profilePolicyResource) putBack(ctx context.Context, profile namedProfile, before *sfclient.Component, diags *diag.Diagnostics) {
	var err error
	switch before {
	case nil:
		return
	case noPolicy:
		var made *sfclient.Component
		if made, err = r.policyOf(ctx, profile); err == nil {
			err = r.client.DeleteMetadata(ctx, r.kind, made.FullName())
		}
	default:
		err = sfclient.UpdateMetadata(ctx, r.client, r.kind, before.FullName(), *before)
	}
	if err != nil {
		addError(diags, "restore", r.noun, profile.Name, err)
	}
}

// overlay writes the known values into a component.
func (all fields) overlay(component *sfclient.Component, values attributes) {
	for _, f := range all.knownIn(values) {
		f.write(component, nil, values[f.name()])
	}
}

// knownIn are the fields that have a known value.
func (all fields) knownIn(values attributes) fields {
	return slices.DeleteFunc(slices.Clone(all), func(f field) bool { value := values[f.name()]; return value == nil || !isSet(value) })
}

// of are the values of these fields only.
func (all fields) of(values attributes) attributes {
	some := attributes{}
	for _, f := range all {
		some[f.name()] = values[f.name()]
	}
	return some
}
