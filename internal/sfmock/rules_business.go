package sfmock

import (
	"fmt"
	"strings"
)

func ownedRules() rules { return rules{BeforeSave: ownerIsActive} }

// ownerIsActive gives a record without an owner to its creator, which is an administrator where Setup writes, and refuses owners who have left.
func ownerIsActive(c *change) *apiError {
	if c.rec.object.field("OwnerId") == nil {
		return nil
	}
	creator := c.org.administrator()
	if c.caller != nil {
		creator = c.caller.user
	}
	if c.rec.values["OwnerId"] == nil && creator != nil {
		c.rec.values["OwnerId"] = creator.id
	}
	owner := c.org.referred(c.rec.values, "OwnerId")
	if owner == nil || !c.changed("OwnerId") || owner.flag("IsActive") {
		return nil
	}
	return refuse("INACTIVE_OWNER_OR_USER", fmt.Sprintf("operation performed with inactive user [%s] as owner of %s", owner.id[:15], strings.ToLower(c.rec.object.Name)), "OwnerId")
}

// numberedRules fill an auto-number column.
func numberedRules(column string) rules {
	return rules{BeforeSave: inOrder(ownerIsActive, func(c *change) *apiError {
		if c.old == nil {
			c.rec.values[column] = fmt.Sprintf("%08d", c.org.lastID)
		}
		return nil
	})}
}

func openAmount(_ *Org, invoice *record) any {
	if invoice.flag("Paid__c") {
		return float64(0)
	}
	return invoice.values["Amount__c"]
}
