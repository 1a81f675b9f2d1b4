package sfmock

import (
	"fmt"
	"slices"
	"strings"
)

// transaction knows what a transaction wrote so far: setup objects and ordinary ones may not share one. A nil transaction is one
// of a single write, where nothing can mix.
type transaction struct {
	first *object
}

// userColumnsThatMix are the columns of a User whose change counts as a write to a setup object (Apex developer guide).
var userColumnsThatMix = []string{"UserRoleId", "IsActive", "ForecastEnabled", "IsPortalEnabled", "Username", "ProfileId"}

// admit lets a write into the transaction.
func (t *transaction) admit(ob *object, values map[string]any, creating bool) *apiError {
	if t == nil || ob.Name == "User" && harmlessUserWrite(values, creating) {
		return nil
	}
	if t.first == nil {
		t.first = ob
	}
	if t.first.Setup == ob.Setup {
		return nil
	}
	return refuse("MIXED_DML_OPERATION", fmt.Sprintf(
		"DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): %s, original object: %s", ob.Name, t.first.Name))
}

// harmlessUserWrite tells whether a write to User is one of those that may share a transaction with ordinary records.
func harmlessUserWrite(values map[string]any, creating bool) bool {
	if creating {
		role, ok := sent(values, "UserRoleId")
		return !ok || values[role] == nil
	}
	return !slices.ContainsFunc(userColumnsThatMix, func(column string) bool {
		_, ok := sent(values, column)
		return ok
	})
}

// sent finds a column among sent values, whatever the case of its name.
func sent(values map[string]any, column string) (name string, ok bool) {
	for name := range values {
		if strings.EqualFold(name, column) {
			return name, true
		}
	}
	return "", false
}

// create inserts a record for the caller.
func (c *call) create(ob *object, values map[string]any) (*record, *apiError) {
	if !ob.Creatable {
		return nil, errMethod("POST", ob.tableVerbs())
	}
	if _, ok := sent(values, "Id"); ok {
		return nil, errIDAtCreate()
	}
	if err := c.transaction.admit(ob, values, true); err != nil {
		return nil, err
	}
	return c.org.insert(c.session, ob, values)
}

// amend updates a record for the caller.
func (c *call) amend(rec *record, values map[string]any) *apiError {
	if !rec.object.Updatable {
		return errMethod("PATCH", rec.object.rowVerbs())
	}
	if err := c.transaction.admit(rec.object, values, false); err != nil {
		return err
	}
	return c.org.update(c.session, rec, values)
}

// erase deletes a record for the caller.
func (c *call) erase(rec *record) *apiError {
	if !rec.object.Deletable {
		return errMethod("DELETE", rec.object.rowVerbs())
	}
	if err := c.transaction.admit(rec.object, nil, false); err != nil {
		return err
	}
	return c.org.remove(c.session, rec)
}

// tableVerbs are the methods of the object's own resource, in the order of Salesforce's Allow header.
func (ob *object) tableVerbs() string { return verbs(ob.Creatable, "POST") }

// rowVerbs are the methods of one record's resource.
func (ob *object) rowVerbs() string {
	return verbs(ob.Updatable, "PATCH") + strings.TrimPrefix(verbs(ob.Deletable, "DELETE"), readVerbs)
}

const readVerbs = "HEAD,GET"

func verbs(too bool, verb string) string {
	if too {
		return readVerbs + "," + verb
	}
	return readVerbs
}
