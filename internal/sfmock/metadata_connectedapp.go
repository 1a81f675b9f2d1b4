package sfmock

import (
	"slices"
	"strings"
)

// connectedAppComponent is the metadata face of ConnectedApplication. Nobody may make new ones since Spring '26.
type connectedAppComponent struct{ plainComponent }

// AllowConnectedAppCreation lets connected apps be created, as Salesforce's Support can.
func (o *Org) AllowConnectedAppCreation(allowed bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.connectedAppsCreatable = allowed
}

// collapsedScopes are read under the name of the scope that includes them.
var collapsedScopes = map[string]string{"Address": "Basic", "Email": "Basic", "Phone": "Basic", "Profile": "Basic", "OfflineAccess": "RefreshToken"}

func (a connectedAppComponent) record(o *Org, fullName string) *record {
	return o.find("ConnectedApplication", "Name", fullName)
}

// stampOf implements stamped: a listing has the id of the record.
func (a connectedAppComponent) stampOf(o *Org, fullName string) stamp {
	return recordStamp(a.record(o, fullName))
}

func (a connectedAppComponent) read(o *Org, fullName string) (element, bool) {
	s := a.find(o, fullName)
	if s == nil {
		return element{}, false
	}
	content := s.content
	sets, profiles := o.access(a.record(o, fullName))
	content.children = slices.Clone(content.children)
	for _, label := range valuesOf(sets, "Label") {
		content.children = append(content.children, leaf("permissionSetName", label))
	}
	for _, label := range valuesOf(profiles, "Name") {
		content.children = append(content.children, leaf("profileName", label))
	}
	return content, true
}

func (a connectedAppComponent) write(o *Org, caller *session, fullName string, content element, how verb) (created bool, err *apiError) {
	before := a.find(o, fullName)
	switch {
	case before != nil:
	case how == toUpdate:
		return false, errNoComponent("ConnectedApp", fullName)
	case !o.connectedAppsCreatable && !o.seeding:
		return false, refuse(unsureConnectedAppCode, "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.")
	case o.find("ExternalClientApplication", "DeveloperName", fullName) != nil:
		return false, errDuplicateComponent()
	}
	if err := o.checkConnectedApp(content); err != nil {
		return false, err
	}
	var kept element
	if before != nil {
		kept = before.content
	}
	access := content
	content, secret, err := a.tidied(o, content, kept)
	if err != nil {
		return false, err
	}
	if created, err = a.plainComponent.write(o, caller, fullName, content, how); err != nil {
		return false, err
	}
	rec, err := a.saveRecord(o, fullName, content)
	if err != nil {
		return false, err
	}
	if err := a.saveAccess(o, rec, access, content); err != nil {
		return false, err
	}
	a.register(o, rec, content, secret)
	return created, nil
}

// tidied is the content as it is kept: without the secret and the lists of users, with a key, scopes collapsed.
func (a connectedAppComponent) tidied(o *Org, content, before element) (_ element, secret string, err *apiError) {
	content.children = slices.DeleteFunc(slices.Clone(content.children), func(e element) bool {
		return e.name == "permissionSetName" || e.name == "profileName" || e.text == "" && len(e.children) == 0 && !strings.HasSuffix(e.name, "Config")
	})
	if !content.has("oauthConfig") {
		return content, "", nil
	}
	oauth := content.child("oauthConfig")
	key := before.child("oauthConfig").value("consumerKey")
	if err := o.checkConsumerKey(oauth.value("consumerKey"), key); err != nil {
		return content, "", err
	}
	if key == "" {
		key = oauth.value("consumerKey")
		secret = oauth.value("consumerSecret")
	}
	if secret != "" && !isCredential(secret) {
		return content, "", refuse(unsureConsumerKeyCode, unsureConsumerSecret)
	}
	if key == "" {
		key = newConsumerKey()
	}
	var scopes []element
	for _, e := range oauth.all("scopes") {
		name := e.text
		if wider, collapses := collapsedScopes[name]; collapses {
			name = wider
		}
		if !slices.ContainsFunc(scopes, func(other element) bool { return other.text == name }) {
			scopes = append(scopes, leaf("scopes", name))
		}
	}
	oauth.children = slices.DeleteFunc(slices.Clone(oauth.children), func(e element) bool { return e.name == "scopes" || e.name == "consumerSecret" })
	oauth.children = append(oauth.children, scopes...)
	return content.with(oauth.with(leaf("consumerKey", key))), secret, nil
}

func (a connectedAppComponent) saveRecord(o *Org, fullName string, content element) (*record, *apiError) {
	values := map[string]any{
		"Name": fullName, "OptionsAllowAdminApprovedUsersOnly": content.child("oauthConfig").flag("isAdminApproved"),
		"OptionsHasSessionLevelPolicy": content.child("sessionPolicy").has("sessionLevel"), "StartUrl": content.value("startUrl"),
	}
	if rec := a.record(o, fullName); rec != nil {
		return rec, o.update(nil, rec, values)
	}
	return o.insert(nil, o.object("ConnectedApplication"), values)
}

// saveAccess changes the lists of users that were sent; an empty element is a list of none.
func (a connectedAppComponent) saveAccess(o *Org, rec *record, sent, content element) *apiError {
	sets, profiles := o.access(rec)
	setNames, profileNames := valuesOf(sets, "Name"), valuesOf(profiles, "Name")
	names := func(elementName string, current []string) []string {
		if !sent.has(elementName) {
			return current
		}
		var named []string
		for _, e := range sent.all(elementName) {
			if e.text != "" {
				named = append(named, e.text)
			}
		}
		return named
	}
	setNames, profileNames = names("permissionSetName", setNames), names("profileName", profileNames)
	if len(setNames)+len(profileNames) > 0 && !content.child("oauthConfig").flag("isAdminApproved") {
		return refuse(unsureAccessCode, unsureAccessNeedsApproval)
	}
	return o.setAccess(rec, "permissionSetName", setNames, "profileName", profileNames)
}

func (a connectedAppComponent) register(o *Org, rec *record, content element, secret string) {
	oauth, session := content.child("oauthConfig"), content.child("sessionPolicy")
	if oauth.name == "" {
		o.unregister(rec.id)
		return
	}
	var scopes []string
	for _, e := range oauth.all("scopes") {
		scopes = append(scopes, e.text)
	}
	o.register(App{
		entity: rec.id, Name: rec.str("Name"), ConsumerKey: oauth.value("consumerKey"), ConsumerSecret: secret, CertificatePEM: certificatePEM(oauth.value("certificate")),
		Scopes: oauthScopes(scopes), AdminApproved: oauth.flag("isAdminApproved"),
		ClientCredentials: oauth.flag("isClientCredentialEnabled"), RunAs: oauth.value("oauthClientCredentialUser"),
		IPRelaxed:      content.child("oauthPolicy").value("ipRelaxation") == "BYPASS",
		SessionTimeout: minutes(session.value("sessionTimeout")), JWTTokens: oauth.flag("isNamedUserJwtEnabled"),
		highAssurance: session.value("sessionLevel") == "HIGH_ASSURANCE" && session.value("policyAction") == "Block",
	})
}

func (a connectedAppComponent) remove(o *Org, caller *session, fullName string) *apiError {
	rec := a.record(o, fullName)
	if err := a.plainComponent.remove(o, caller, fullName); err != nil {
		return err
	}
	o.unregister(rec.id)
	return o.remove(nil, rec)
}

func (a connectedAppComponent) rename(*Org, *session, string, string) *apiError {
	return refuse("INVALID_OPERATION", unsureNoRename)
}

// seedConnectedApps plants apps from before the end of their creation.
func (o *Org) seedConnectedApps() {
	o.seeding = true
	defer func() { o.seeding = false }()
	for _, app := range []struct{ Name, Label, Key string }{
		{"Nightly_Export", "Nightly Export", "3MVG9000000000000000000000000000000001"},
		{"Warehouse_Sync", "Warehouse Sync", "3MVG9000000000000000000000000000000002"},
	} {
		content := branch("ConnectedApp", leaf("fullName", app.Name), leaf("contactEmail", "apps@example.com"), leaf("label", app.Label),
			branch("oauthConfig", leaf("callbackUrl", "https://apps.example.com/callback"), leaf("consumerKey", app.Key), leaf("scopes", "Api"), leaf("scopes", "RefreshToken"), flagLeaf("isAdminApproved", true)),
			branch("oauthPolicy", leaf("ipRelaxation", "ENFORCE"), leaf("refreshTokenPolicy", "infinite")))
		if _, err := (connectedAppComponent{"ConnectedApp"}).write(o, nil, app.Name, content, toCreate); err != nil {
			panic("sfmock: the seed's connected app " + app.Name + ": " + err.Error())
		}
	}
}
