package sfclient

import "maps"

// Right is one thing that somebody may do.
type Right struct {
	Kind string // UserRight, ObjectRight, FieldRight or, for a setup entity, its type, such as ApexClass
	Name string // as in ModifyAllData, Account, Account.Industry or BillingApi
	How  string // with an object or a field: the column of permissions without that word, as in Read
}

// Kinds of rights that are not to a setup entity.
const (
	UserRight   = "UserPermissions"
	ObjectRight = "ObjectPermissions"
	FieldRight  = "FieldPermissions"
)

// Rights is a set of rights.
type Rights map[Right]bool

// add puts the rights of another set into this one.
func (r Rights) add(others Rights) { maps.Copy(r, others) }

// where are the rights for which something holds.
func (r Rights) where(holds func(Right) bool) Rights {
	some := Rights{}
	for right := range r {
		if holds(right) {
			some[right] = true
		}
	}
	return some
}

// within are the rights that another set has, too.
func (r Rights) within(others Rights) Rights {
	return r.where(func(right Right) bool { return others[right] })
}

// without are the rights that another set does not have.
func (r Rights) without(others Rights) Rights {
	return r.where(func(right Right) bool { return !others[right] })
}

// kinds are the kinds of the rights.
func (r Rights) kinds() map[string]bool {
	kinds := map[string]bool{}
	for right := range r {
		kinds[right.Kind] = true
	}
	return kinds
}
