package sfmock

// appRules are those of the records behind the components of apps. A record goes with its component, and closes every door to it.
func appRules(typeName plainComponent, column string) rules {
	return rules{
		BeforeDelete: func(c *change) *apiError {
			if typeName.find(c.org, c.rec.str(column)) != nil {
				return neverDeleted(c)
			}
			return nil
		},
		AfterDelete: accessibleRules().AfterDelete,
	}
}
