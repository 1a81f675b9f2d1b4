package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// integrationUser is what a write is to bring about.
type integrationUser struct {
	values    sfclient.Values // columns of User
	profileID string
	sets      []string // API names of permission sets to hold, exactly; nil leaves them alone
	groups    []string // API names of permission set groups likewise
	licences  []string // developer names of permission set licences likewise
	leaving   bool     // takes the grants away before the user is deactivated
	tookOver  bool     // set by create: the username's inactive user was taken over
}

// wanted is the whole user that a plan describes.
func (r *integrationUserResource) wanted(ctx context.Context, plan *integrationUserModel, diags *diag.Diagnostics) *integrationUser {
	w := &integrationUser{
		values: plan.values(nil), sets: stringsOf(ctx, plan.PermissionSets, diags),
		groups: stringsOf(ctx, plan.PermissionSetGroups, diags), licences: stringsOf(ctx, plan.PermissionSetLicenses, diags),
	}
	profile, err := r.profileByName(ctx, plan.Profile.ValueString())
	if err != nil {
		addError(diags, "find", "profile", plan.Profile.ValueString(), err)
	}
	w.profileID = profile.ID
	w.values["ProfileId"] = profile.ID
	return w
}

// takenError is a username that belongs to somebody who must not be taken over.
type takenError struct{ holder *sfclient.User }

func (e *takenError) Error() string { return "the username is taken by " + e.holder.ID }

// create makes the user with its grants. When the answer is lost it looks for the user, which is there whole or not at all. An
// inactive API-only user who holds the username, usually from an earlier destroy, is taken over.
func (r *integrationUserResource) create(ctx context.Context, w *integrationUser) (sfclient.User, error) {
	username, _ := w.values["Username"].(string)
	var lost error // the uncertain failure of an earlier try
	for range 3 {
		row, err := r.transact(ctx, "", w, holdings{})
		switch {
		case err == nil:
			return row, nil
		case isUncertain(err):
			lost = err
		case !errors.Is(err, sfclient.ErrDuplicate):
			return row, err
		}
		holder, findErr := r.client.Users.Find(ctx, "Username", username)
		switch {
		case errors.Is(findErr, sfclient.ErrNotFound) && isUncertain(err):
			continue // nothing was done: send it again
		case errors.Is(findErr, sfclient.ErrNotFound):
			return row, err // taken in another org
		case findErr != nil:
			return row, findErr
		case lost != nil && sameUser(w.values, &holder):
			return r.change(ctx, holder.ID, w)
		}
		if free, profileErr := r.canTakeOver(ctx, &holder); profileErr != nil || !free {
			return row, cmp.Or[error](profileErr, &takenError{&holder})
		}
		w.tookOver = true
		return r.takeOver(ctx, &holder, w)
	}
	return sfclient.User{}, lost
}

// canTakeOver tells whether an account is a retired integration user: inactive and API-only.
func (r *integrationUserResource) canTakeOver(ctx context.Context, holder *sfclient.User) (bool, error) {
	if holder.IsActive {
		return false, nil
	}
	profile, err := r.profileByID(ctx, holder.ProfileID)
	return profile.APIUserOnly, err
}

// takeOver makes a retired user the wanted one. What it was granted in its earlier life goes.
func (r *integrationUserResource) takeOver(ctx context.Context, holder *sfclient.User, w *integrationUser) (sfclient.User, error) {
	if w.sets == nil {
		w.sets = []string{}
	}
	if w.groups == nil {
		w.groups = []string{}
	}
	return r.change(ctx, holder.ID, w)
}

// sameUser tells whether a user is the one that was about to be created.
func sameUser(sent sfclient.Values, row *sfclient.User) bool {
	for _, c := range coreColumns {
		if text, ok := sent[c.column].(string); ok && text != *c.row(row) {
			return false
		}
	}
	email, _ := sent["Email"].(string)
	active, _ := sent["IsActive"].(bool)
	return folded.same(email, row.Email) && active == row.IsActive
}

// change brings an existing user to what is wanted. A lost answer is settled by looking at what is there and doing the rest.
func (r *integrationUserResource) change(ctx context.Context, id string, w *integrationUser) (sfclient.User, error) {
	var row sfclient.User
	var err error
	for range 3 {
		var held holdings
		if w.sets != nil || w.groups != nil || w.licences != nil {
			if held, err = r.holdingsOf(ctx, id); err != nil {
				return row, err
			}
		}
		if row, err = r.transact(ctx, id, w, held); !isUncertain(err) {
			return row, err
		}
	}
	return row, err
}

// transact writes the user and its grants as one transaction and returns the row as it then is. Order matters: a set that needs
// a licence can only be granted after it, and the licence only taken away after the set.
func (r *integrationUserResource) transact(ctx context.Context, id string, w *integrationUser, held holdings) (sfclient.User, error) {
	target := cmp.Or(id, "@{user.id}")
	var g sfclient.Graph
	add := func(kind, method, object, id string, values sfclient.Values) {
		g = append(g, sfclient.Node{Reference: fmt.Sprintf("%s%d", kind, len(g)), Method: method, Object: object, ID: id, Values: values})
	}
	user := func() {
		if id == "" {
			g = append(g, sfclient.Node{Reference: "user", Method: http.MethodPost, Object: "User", Values: w.values})
		} else if len(w.values) > 0 {
			add("user", http.MethodPatch, "User", id, w.values)
		}
	}
	if !w.leaving {
		user()
	}
	for _, name := range unwanted(held.sets, w.sets) {
		add("revoke", http.MethodDelete, "PermissionSetAssignment", held.sets[name], nil)
	}
	for _, name := range unwanted(held.groups, w.groups) {
		add("revoke", http.MethodDelete, "PermissionSetAssignment", held.groups[name], nil)
	}
	for _, name := range unwanted(held.licences, w.licences) {
		add("revoke", http.MethodDelete, "PermissionSetLicenseAssign", held.licences[name], nil)
	}
	for _, name := range missing(held.licences, w.licences) {
		licence, err := r.permissionSetLicense(ctx, name)
		if err != nil {
			return sfclient.User{}, err
		}
		add("licence", http.MethodPost, "PermissionSetLicenseAssign", "", sfclient.Values{"AssigneeId": target, "PermissionSetLicenseId": licence.ID})
	}
	for _, name := range missing(held.sets, w.sets) {
		set, err := r.client.PermissionSets.Find(ctx, "Name", name)
		if err != nil {
			return sfclient.User{}, err
		}
		add("set", http.MethodPost, "PermissionSetAssignment", "", sfclient.Values{"AssigneeId": target, "PermissionSetId": set.ID})
	}
	for _, name := range missing(held.groups, w.groups) {
		id, err := r.updatedGroup(ctx, name)
		if err != nil {
			return sfclient.User{}, err
		}
		add("group", http.MethodPost, "PermissionSetAssignment", "", sfclient.Values{"AssigneeId": target, "PermissionSetGroupId": id})
	}
	if w.leaving {
		user()
	}
	if len(g) == 0 {
		return r.client.Users.Get(ctx, id)
	}
	read, err := r.client.Users.ReadNode(ctx, "row", target)
	if err != nil {
		return sfclient.User{}, err
	}
	result, err := r.client.Transact(ctx, append(g, read))
	if err != nil {
		return sfclient.User{}, err
	}
	return r.client.Users.Row(result, "row")
}

func isUncertain(err error) bool {
	_, uncertain := errors.AsType[*sfclient.UncertainError](err)
	return uncertain
}

// addWriteError reports a refused transaction: on the attribute of the node that failed, or of the field that Salesforce blames.
func (r *integrationUserResource) addWriteError(diags *diag.Diagnostics, verb, username string, err error) {
	attributes := columns{"ProfileId": "profile"}
	for field, attribute := range userAttributes {
		if _, own := attributes[field]; !own {
			attributes[field] = attribute
		}
	}
	addError(diags, verb, "integration user", username, err, attributes)
}
