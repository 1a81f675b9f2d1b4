package sfmock

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// verb is what a write means to do.
type verb int

const (
	toCreate verb = iota
	toUpdate
	toUpsert
)

// component is a metadata type as the org keeps it. Content has passed checkContent; what a method changes is put back when it refuses.
type component interface {
	names(o *Org) []string
	read(o *Org, fullName string) (element, bool)
	write(o *Org, caller *session, fullName string, content element, how verb) (created bool, err *apiError)
	remove(o *Org, caller *session, fullName string) *apiError
}

// components are the types that the org keeps in its own way; every other type of the schema is a settingsComponent or a plainComponent.
func components() map[string]component {
	return map[string]component{
		"ConnectedApp":                         connectedAppComponent{"ConnectedApp"},
		"CustomField":                          customFieldComponent{plainComponent("CustomField")},
		"CustomObject":                         customObjectComponent{plainComponent("CustomObject")},
		"CustomPermission":                     customPermissionComponent{"CustomPermission"},
		"ExternalClientApplication":            ecaComponent{ecaApp},
		"ExtlClntAppConfigurablePolicies":      ecaComponent{ecaPolicies},
		"ExtlClntAppGlobalOauthSettings":       ecaComponent{ecaGlobalOauth},
		"ExtlClntAppOauthConfigurablePolicies": ecaComponent{ecaOauthPolicies},
		"ExtlClntAppOauthSecuritySettings":     ecaComponent{ecaSecurity},
		"ExtlClntAppOauthSettings":             ecaComponent{ecaOauth},
		"MutingPermissionSet":                  mutingComponent{"MutingPermissionSet"},
		"PermissionSet":                        permissionSetComponent{},
		"PermissionSetGroup":                   permissionSetGroupComponent{},
		"Profile":                              profileComponent{},
		"ProfilePasswordPolicy":                profilePolicyComponent{"ProfilePasswordPolicy"},
		"ProfileSessionSetting":                profilePolicyComponent{"ProfileSessionSetting"},
		"Role":                                 roleComponent{},
	}
}

// component returns the keeper of a metadata type, false for one that the org doesn't have.
func (o *Org) component(typeName string) (component, bool) {
	if shown, ok := o.exhibitions[typeName]; ok {
		return shown, true
	}
	if known, ok := components()[typeName]; ok {
		return known, true
	}
	switch t, ok := sfschema.LookupType(typeName); {
	case !ok || !t.Component:
		return nil, false
	case isSettings(typeName) && !slices.Contains(featureTypes, typeName):
		return settingsComponent{plainComponent(typeName)}, true
	default:
		return plainComponent(typeName), true
	}
}

// metadataCall is a call whose envelope is opened.
type metadataCall struct {
	*call
	request   element
	allOrNone bool
}

var metadataOperations = map[string]func(*metadataCall) ([]element, *apiError){
	"createMetadata":    func(m *metadataCall) ([]element, *apiError) { return m.writeAll(toCreate) },
	"updateMetadata":    func(m *metadataCall) ([]element, *apiError) { return m.writeAll(toUpdate) },
	"upsertMetadata":    func(m *metadataCall) ([]element, *apiError) { return m.writeAll(toUpsert) },
	"deleteMetadata":    (*metadataCall).deleteAll,
	"readMetadata":      (*metadataCall).readAll,
	"renameMetadata":    (*metadataCall).rename,
	"listMetadata":      (*metadataCall).list,
	"describeMetadata":  (*metadataCall).describe,
	"describeValueType": (*metadataCall).describeType,

	"deploy":                 (*metadataCall).deploy,
	"checkDeployStatus":      (*metadataCall).deployStatus,
	"cancelDeploy":           (*metadataCall).cancelDeploy,
	"deployRecentValidation": (*metadataCall).deployRecentValidation,
	"retrieve":               (*metadataCall).retrieve,
	"checkRetrieveStatus":    (*metadataCall).retrieveStatus,
}

func (m *metadataCall) keeper(typeName string) (component, *apiError) {
	known, ok := m.org.component(typeName)
	if !ok {
		return nil, errNoType()
	}
	return known, nil
}

func errNoType() *apiError {
	return soapFault("INVALID_TYPE", "This type of metadata is not available for this organization")
}

// checkCount enforces how many components may travel in one call.
func checkCount(typeName string, n int) *apiError {
	limit := 10
	if typeName == "CustomMetadata" || typeName == "CustomApplication" {
		limit = 200
	}
	if n > limit {
		return soapFault("EXCEEDED_ID_LIMIT", fmt.Sprintf("record limit reached. cannot submit more than %d records in this operation", limit))
	}
	return nil
}

func (m *metadataCall) writeAll(how verb) ([]element, *apiError) {
	sent := m.request.all("metadata")
	if len(sent) == 0 {
		return nil, nil
	}
	typeName := sent[0].typ
	keeper, err := m.keeper(typeName)
	if err != nil {
		return nil, err
	}
	if err := checkCount(typeName, len(sent)); err != nil {
		return nil, err
	}
	named := map[string]bool{}
	for i := range sent {
		fullName := sent[i].value("fullName")
		key := strings.ToLower(fullName)
		switch {
		case sent[i].typ != typeName:
			return nil, soapFault("UNKNOWN_EXCEPTION", unsureMixedTypes)
		case fullName == "":
			return nil, errRequiredElement("fullName")
		case named[key] && how != toCreate: // a second creation is an ordinary duplicate
			return nil, soapFault("UNKNOWN_EXCEPTION", fmt.Sprintf(unsureNamedTwice, fullName))
		}
		named[key] = true
		if err := checkContent(typeName, sent[i], m.version); err != nil {
			return nil, err
		}
		sent[i] = tidy(typeName, sent[i])
	}
	return m.each(len(sent), func(i int) (element, *apiError) {
		fullName := sent[i].value("fullName")
		err := m.mayWrite(typeName, fullName)
		if err == nil {
			err = checkEntries(typeName, sent[i])
		}
		var created bool
		if err == nil {
			created, err = keeper.write(m.org, m.session, fullName, sent[i], how)
		}
		if how == toUpsert {
			return result(fullName, err, flagLeaf("created", created)), err
		}
		return result(fullName, err), err
	})
}

func (m *metadataCall) deleteAll() ([]element, *apiError) {
	typeName := m.request.value("type")
	keeper, err := m.keeper(typeName)
	if err != nil {
		return nil, err
	}
	names := m.request.all("fullNames")
	if err := checkCount(typeName, len(names)); err != nil {
		return nil, err
	}
	return m.each(len(names), func(i int) (element, *apiError) {
		fullName := strings.TrimSpace(names[i].text)
		err := m.mayWrite(typeName, fullName)
		if err == nil {
			err = keeper.remove(m.org, m.session, fullName)
		}
		return result(fullName, err), err
	})
}

// mayWrite refuses what a running deployment, the permissions of the caller, or a fault that lies in wait is in the way of.
func (m *metadataCall) mayWrite(typeName, fullName string) *apiError {
	if err := m.org.setupLock(); err != nil {
		return err
	}
	return m.org.metadataRefusal(m.session, typeName, fullName)
}

func (m *metadataCall) readAll() ([]element, *apiError) {
	typeName := m.request.value("type")
	keeper, err := m.keeper(typeName)
	if err != nil {
		return nil, err
	}
	names := m.request.all("fullNames")
	if err := checkCount(typeName, len(names)); err != nil {
		return nil, err
	}
	found := branch("result")
	for _, name := range names {
		fullName := strings.TrimSpace(name.text)
		record, ok := keeper.read(m.org, fullName)
		if !ok || m.org.hidden[typeName+" "+strings.ToLower(fullName)] {
			found.children = append(found.children, element{name: "records", null: true})
			continue
		}
		record = m.org.present(typeName, record, m.version)
		record.name, record.typ = "records", typeName
		found.children = append(found.children, record)
	}
	return []element{found}, nil
}

// renamer is a component type whose members can change their full name.
type renamer interface {
	rename(o *Org, caller *session, from, to string) *apiError
}

func (m *metadataCall) rename() ([]element, *apiError) {
	typeName := m.request.value("type")
	keeper, err := m.keeper(typeName)
	if err != nil {
		return nil, err
	}
	from, to := m.request.value("oldFullName"), m.request.value("newFullName")
	return m.each(1, func(int) (element, *apiError) {
		if err := m.mayWrite(typeName, from); err != nil {
			return result(from, err), err
		}
		able, ok := keeper.(renamer)
		if !ok {
			err := refuse("INVALID_OPERATION", unsureNoRename)
			return result(from, err), err
		}
		if _, exists := keeper.read(m.org, to); exists && !strings.EqualFold(from, to) {
			err := errDuplicateComponent()
			return result(to, err), err
		}
		err := able.rename(m.org, m.session, from, to)
		return result(to, err), err
	})
}

// settle answers the question that every write begins with: is there a component to create, to update?
func settle(typeName, fullName string, exists bool, how verb) *apiError {
	switch {
	case exists && how == toCreate:
		return errDuplicateComponent()
	case !exists && how == toUpdate:
		return errNoComponent(typeName, fullName)
	}
	return nil
}
