package sfmock

import (
	"maps"
	"slices"
	"strings"
)

// The component types of an external client app (ECA): the app itself and what belongs to it.
const (
	ecaApp           = "ExternalClientApplication"
	ecaOauth         = "ExtlClntAppOauthSettings"
	ecaGlobalOauth   = "ExtlClntAppGlobalOauthSettings"
	ecaOauthPolicies = "ExtlClntAppOauthConfigurablePolicies"
	ecaPolicies      = "ExtlClntAppConfigurablePolicies"
	ecaSecurity      = "ExtlClntAppOauthSecuritySettings"
)

// The user permissions that write an app, and its policies.
const (
	ecaDeveloper     = "ExternalClientAppDeveloper"
	ecaAdministrator = "ExternalClientAppAdmin"
)

const (
	appElement        = "externalClientApplication" // by which everything of an app names it
	ecaPolicyAccess   = "AdminApprovedPreAuthorized"
	ecaDefaultPolicy  = "_defaultPolicy"
	ecaConsumerPrefix = "888"
)

// ecaTypes are what the types differ in. The app is written first, and deleted with all the others.
var ecaTypes = map[plainComponent]struct {
	WriteWith string            // user permission
	Defaults  map[string]string // of fields that are not sent
	Face      string            // sObject, "" for none
	Check     func(o *Org, w *ecaWrite) *apiError
}{
	ecaApp:         {ecaDeveloper, map[string]string{"distributionState": "Local"}, "ExternalClientApplication", checkECAApp},
	ecaOauth:       {ecaDeveloper, nil, "ExtlClntAppOauthSettings", checkECAOauth},
	ecaGlobalOauth: {ecaDeveloper, map[string]string{"isPkceRequired": "true", "isSecretRequiredForRefreshToken": "true"}, "", checkECAGlobalOauth},
	ecaOauthPolicies: {ecaAdministrator, map[string]string{
		"ipRelaxationPolicyType": "Enforce", "permittedUsersPolicyType": "AllSelfAuthorized", "refreshTokenPolicyType": "SpecificLifetime", "requiredSessionLevel": "STANDARD",
	}, "ExtlClntAppOauthPlcyCnfg", checkECAOauthPolicies},
	ecaPolicies: {ecaAdministrator, map[string]string{"isEnabled": "true", "isOauthPluginEnabled": "true", "startPage": "None"}, "ExtlClntAppPlcyCnfg", nil},
	ecaSecurity: {ecaDeveloper, nil, "", nil},
}

// ecaColumns are the columns of the sObject faces by the element that fills them.
var ecaColumns = map[string]string{
	"label": "MasterLabel", "description": "Description", "contactEmail": "ContactEmail", "contactPhone": "ContactPhone", "distributionState": "DistributionState",
	"orgScopedExternalApp": "OrgScopedExternalApp", "oauthLink": "OauthLink", "permittedUsersPolicyType": "PermittedUsersPolicyType",
	"clientCredentialsFlowUser": "ClientCredentialsFlowUser", "isEnabled": "IsEnabled",
}

// ecaComponent is one of the types of an external client app.
type ecaComponent struct{ plainComponent }

// ecaWrite is a write under way.
type ecaWrite struct {
	typeName plainComponent
	app      *record // that the component belongs to; nil for an app that is being created
	fullName string
	before   *stored // nil at create
	sent     element // with elements that are empty
	content  element // as it will be kept
	rotate   bool    // the consumer secret
	sets     []string
	profiles []string
}

// stampOf implements stamped: a listing tells the id of the record where there is one.
func (e ecaComponent) stampOf(o *Org, fullName string) stamp {
	s := e.plainComponent.stampOf(o, fullName)
	if rec := o.find(ecaTypes[e.plainComponent].Face, "DeveloperName", fullName); rec != nil {
		s.id = rec.id
	}
	return s
}

func ecaRecord(o *Org, appName string) *record {
	return o.find("ExternalClientApplication", "DeveloperName", appName)
}

// satellite is the component of a type that belongs to an app, nil if there is none.
func (o *Org) satellite(typeName plainComponent, appName string) *stored {
	for _, s := range o.components[string(typeName)] {
		if strings.EqualFold(s.content.value(appElement), appName) {
			return s
		}
	}
	return nil
}

func (e ecaComponent) read(o *Org, fullName string) (element, bool) {
	s := e.find(o, fullName)
	if s == nil {
		return element{}, false
	}
	content := s.content
	if app := ecaRecord(o, content.value(appElement)); e.plainComponent == ecaOauthPolicies && app != nil {
		sets, profiles := o.access(app)
		for name, names := range map[string][]string{"commaSeparatedPermissionSet": valuesOf(sets, "Name"), "commaSeparatedProfile": valuesOf(profiles, "Name")} {
			if slices.Sort(names); names != nil {
				content = content.with(leaf(name, strings.Join(names, ", ")))
			}
		}
	}
	return content, true
}

func (e ecaComponent) write(o *Org, caller *session, fullName string, content element, how verb) (created bool, err *apiError) {
	facts := ecaTypes[e.plainComponent]
	if !o.can(caller, facts.WriteWith) {
		return false, errAccess()
	}
	w := &ecaWrite{typeName: e.plainComponent, fullName: fullName, before: e.find(o, fullName), content: content}
	if err := w.settleApp(o, how); err != nil {
		return false, err
	}
	if err := settle(string(e.plainComponent), fullName, w.before != nil, how); err != nil {
		return false, err
	}
	w.sent = w.content
	w.content.children = slices.DeleteFunc(slices.Clone(w.content.children), func(e element) bool { return e.text == "" && e.children == nil })
	for name, value := range facts.Defaults {
		if !w.content.has(name) {
			w.content = w.content.with(leaf(name, value))
		}
	}
	if err := checkAppLists(w.content); err != nil {
		return false, err
	}
	if facts.Check != nil {
		if err := facts.Check(o, w); err != nil {
			return false, err
		}
	}
	if created, err = e.plainComponent.write(o, caller, fullName, w.content, how); err != nil {
		return false, err
	}
	if err := e.saveFace(o, w); err != nil {
		return false, err
	}
	return created, e.finish(o, w)
}

// settleApp finds the app that a component belongs to: it has to be there, stays the same, and has one component of each type.
func (w *ecaWrite) settleApp(o *Org, how verb) *apiError {
	if w.typeName == ecaApp {
		w.app = ecaRecord(o, w.fullName)
		return nil
	}
	appName := w.content.value(appElement)
	w.app = ecaRecord(o, appName)
	if w.app == nil || w.before != nil && !strings.EqualFold(w.before.content.value(appElement), appName) {
		return errNoReference(appElement, ecaApp, appName)
	}
	w.content = w.content.with(leaf(appElement, w.app.str("DeveloperName")))
	other := o.satellite(w.typeName, appName)
	switch {
	case other == nil || other == w.before || how == toUpdate:
		return nil
	case o.defaultPolicies[other] == o.requests: // made in this very transaction because none was sent yet
		return ecaComponent{w.typeName}.drop(o, other)
	default:
		return errDuplicateComponent()
	}
}

func (e ecaComponent) saveFace(o *Org, w *ecaWrite) *apiError {
	ob := o.object(ecaTypes[e.plainComponent].Face)
	if ob == nil {
		return nil
	}
	values := map[string]any{"DeveloperName": w.fullName, "MasterLabel": w.fullName}
	for name, column := range ecaColumns {
		if ob.field(column) != nil && (w.content.has(name) || column != "MasterLabel") {
			values[column] = w.content.value(name)
		}
	}
	if e.plainComponent != ecaApp {
		values["ExternalClientApplicationId"] = w.app.id
	}
	rec := o.find(ob.Name, "DeveloperName", w.fullName)
	if rec != nil {
		return o.update(nil, rec, values)
	}
	rec, err := o.insert(nil, ob, values)
	if e.plainComponent == ecaApp {
		w.app = rec
	}
	return err
}

// finish does what a write brings along: default policies, pre-authorised users, and the app as sign-ins see it.
func (e ecaComponent) finish(o *Org, w *ecaWrite) *apiError {
	appName := w.app.str("DeveloperName")
	switch e.plainComponent {
	case ecaOauth:
		for _, policy := range []struct {
			typeName plainComponent
			fullName string
		}{{ecaOauthPolicies, w.fullName + ecaDefaultPolicy}, {ecaPolicies, appName + ecaDefaultPolicy}} {
			if o.satellite(policy.typeName, appName) != nil {
				continue
			}
			content := branch(string(policy.typeName), leaf("fullName", policy.fullName), leaf(appElement, appName), leaf("label", policy.fullName))
			if _, err := (ecaComponent{policy.typeName}).write(o, nil, policy.fullName, content, toCreate); err != nil {
				return err
			}
			maps.DeleteFunc(o.defaultPolicies, func(_ *stored, request int) bool { return request != o.requests })
			o.defaultPolicies[policy.typeName.find(o, policy.fullName)] = o.requests
		}
	case ecaOauthPolicies:
		if err := o.setAccess(w.app, "commaSeparatedPermissionSet", w.sets, "commaSeparatedProfile", w.profiles); err != nil {
			return err
		}
	}
	o.registerECA(w.app, w.rotate)
	return nil
}

func (e ecaComponent) remove(o *Org, caller *session, fullName string) *apiError {
	s := e.find(o, fullName)
	switch {
	case s == nil:
		return errNoComponent(string(e.plainComponent), fullName)
	case !o.can(caller, ecaTypes[e.plainComponent].WriteWith):
		return errAccess()
	case e.plainComponent == ecaPolicies || e.plainComponent == ecaOauthPolicies:
		return refuse(unsureECAPolicyDeleteCode, unsureECAPolicyDelete)
	case e.plainComponent != ecaApp:
		app := ecaRecord(o, s.content.value(appElement))
		if err := e.drop(o, s); err != nil {
			return err
		}
		o.registerECA(app, false)
		return nil
	}
	for _, satellite := range []plainComponent{ecaSecurity, ecaPolicies, ecaOauthPolicies, ecaGlobalOauth, ecaOauth} {
		if one := o.satellite(satellite, fullName); one != nil {
			if err := (ecaComponent{satellite}).drop(o, one); err != nil {
				return err
			}
		}
	}
	o.unregister(ecaRecord(o, fullName).id)
	return e.drop(o, s)
}

// drop takes a component and its sObject face away.
func (e ecaComponent) drop(o *Org, s *stored) *apiError {
	e.put(o, s.fullName, nil)
	if rec := o.find(ecaTypes[e.plainComponent].Face, "DeveloperName", s.fullName); rec != nil {
		return o.remove(nil, rec)
	}
	return nil
}

func (e ecaComponent) rename(*Org, *session, string, string) *apiError {
	return refuse("INVALID_OPERATION", unsureNoRename)
}
