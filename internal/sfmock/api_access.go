package sfmock

// SetAPIAccessControl turns on the feature that Salesforce's Support can turn on: ConnectedAppSettings get their two fields, and
// profiles and permission sets the permission Use Any API Client. With enableAdminApprovedAppsOnly an app then needs to be
// approved by an administrator, which here means pre-authorised users, or a user with that permission.
func (o *Org) SetAPIAccessControl(on bool) {
	o.lock()
	defer o.mu.Unlock()
	o.apiAccessControl = on
	for _, objectName := range []string{"Profile", "PermissionSet", "MutingPermissionSet", "UserPermissionAccess"} {
		var column *field
		if on {
			column = userPermissionField(anyAPIClient)
		}
		o.setColumn(o.object(objectName), permissionColumn+anyAPIClient, column)
		for _, rec := range o.rows(objectName) {
			rec.values[permissionColumn+anyAPIClient] = false
		}
	}
}

// anyAPIClient is the user permission that exempts a user from API Access Control.
const anyAPIClient = "UseAnyApiClient"

// clientAllowed tells whether API Access Control lets a user in through an app.
func (o *Org) clientAllowed(app *App, user *record) bool {
	restricted := o.apiAccessControl && isTrue(o.setting("ConnectedAppSettings", "enableAdminApprovedAppsOnly"))
	return !restricted || app.AdminApproved || o.holds(user, anyAPIClient)
}
