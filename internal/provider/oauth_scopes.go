package provider

import (
	"cmp"
)

// widerScopes are what Salesforce shows a scope of a connected app as: the scope that includes it. Source: Metadata API guide,
// ConnectedApp.
var widerScopes = map[string]string{"Address": "Basic", "Email": "Basic", "Phone": "Basic", "Profile": "Basic", "OfflineAccess": "RefreshToken"}

// canonicalScope is the scope under which Salesforce shows one.
func canonicalScope(scope string) string { return cmp.Or(widerScopes[scope], scope) }
