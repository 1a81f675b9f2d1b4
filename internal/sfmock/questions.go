package sfmock

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// What tests ask the org and do to it, as an administrator in Setup does: no token, no limits, no columns hidden, read-only
// columns writable; the rules of the records apply.

// Records returns copies of an object's records, every column included, sorted by Id; nil for an unknown object.
func (o *Org) Records(objectName string) []map[string]any {
	o.lock()
	defer o.mu.Unlock()
	ob := o.object(objectName)
	if ob == nil {
		return nil
	}
	rows := o.rowsFor(nil, ob)
	slices.SortFunc(rows, func(a, b *record) int { return strings.Compare(a.id, b.id) })
	copies := make([]map[string]any, len(rows))
	for i, rec := range rows {
		copies[i] = o.columns(rec)
	}
	return copies
}

// Record returns a copy of the record with a 15- or 18-character id, every column included; nil if it never was or is deleted.
func (o *Org) Record(id string) map[string]any {
	o.lock()
	defer o.mu.Unlock()
	if rec := o.live(id); rec != nil {
		return o.columns(rec)
	}
	return nil
}

// Find returns a copy of the record with the lowest Id whose column equals value (strings ignoring case), nil if there is none.
func (o *Org) Find(objectName, column string, value any) map[string]any {
	o.lock()
	defer o.mu.Unlock()
	ob := o.object(objectName)
	if ob == nil || ob.field(column) == nil {
		return nil
	}
	var found *record
	for _, rec := range o.rowsFor(nil, ob) {
		if same(o.get(rec, ob.field(column)), value) && (found == nil || rec.id < found.id) {
			found = rec
		}
	}
	if found == nil {
		return nil
	}
	return o.columns(found)
}

// Insert creates a record and returns its 18-character id. The error is the refusal that the API would answer, as "CODE: message".
func (o *Org) Insert(objectName string, values map[string]any) (string, error) {
	o.lock()
	defer o.mu.Unlock()
	ob := o.object(objectName)
	if ob == nil || ob.Rows != nil {
		return "", fmt.Errorf("the mock org has no object %q to insert into", objectName)
	}
	rec, refusal := o.insert(nil, ob, maps.Clone(values))
	if refusal != nil {
		return "", refusal
	}
	return rec.id, nil
}

// Update changes columns of a record. The error is the refusal that the API would answer, as "CODE: message".
func (o *Org) Update(id string, values map[string]any) error {
	return o.withRecord(id, func(rec *record) *apiError { return o.update(nil, rec, values) })
}

// Delete deletes a record. The error is the refusal that the API would answer, as "CODE: message".
func (o *Org) Delete(id string) error {
	return o.withRecord(id, func(rec *record) *apiError { return o.remove(nil, rec) })
}

// Freeze freezes or unfreezes a user, as an administrator or Salesforce's own containment does.
func (o *Org) Freeze(username string, frozen bool) error {
	o.lock()
	user, err := o.userNamed(username)
	var login *record
	if err == nil {
		login = o.find("UserLogin", "UserId", user.id)
	}
	o.mu.Unlock()
	switch {
	case err != nil:
		return err
	case login == nil:
		return fmt.Errorf("the user %q of the mock org can't log in at all", username)
	}
	return o.Update(login.id, map[string]any{"IsFrozen": frozen})
}

// SetSeats gives a licence another number of seats, -1 for no end of them. The name is a UserLicense's Name or a
// PermissionSetLicense's DeveloperName. Those seated stay, even if they are more than that.
func (o *Org) SetSeats(licenceName string, total int) error {
	o.lock()
	defer o.mu.Unlock()
	licence := o.find("UserLicense", "Name", licenceName)
	if licence == nil {
		licence = o.find("PermissionSetLicense", "DeveloperName", licenceName)
	}
	if licence == nil {
		return fmt.Errorf("the mock org has no licence %q", licenceName)
	}
	if refusal := o.update(nil, licence, map[string]any{"TotalLicenses": total}); refusal != nil {
		return refusal
	}
	return nil
}

// withRecord runs work on a live record and makes its refusal an ordinary error.
func (o *Org) withRecord(id string, work func(*record) *apiError) error {
	o.lock()
	defer o.mu.Unlock()
	rec := o.live(id)
	if rec == nil {
		return fmt.Errorf("the mock org has no record %q", id)
	}
	if refusal := work(rec); refusal != nil {
		return refusal
	}
	return nil
}

// columns is a copy of a record with its Id and computed columns; a component's content is Component's to tell.
func (o *Org) columns(rec *record) map[string]any {
	copied := make(map[string]any, len(rec.object.Fields))
	for _, f := range rec.object.Fields {
		if !f.ToolingOnly {
			copied[f.Name] = o.get(rec, f)
		}
	}
	return copied
}
