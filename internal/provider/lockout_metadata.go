package provider

import (
	"context"
	"encoding/xml"
	"errors"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
)

// metadataChange is what a plan of salesforce_metadata does to a component. before is nil for one that is created, after for one that is
// deleted.
type metadataChange struct {
	kind, name    string
	before, after *sfclient.Component
	at            path.Path // the attribute to blame
}

// metadataGuards look at components as the resources of their own do: by salesforce_metadata nobody gets past the lockout guard.
var metadataGuards = map[string]func(ctx context.Context, c *connection, change metadataChange, diags *diag.Diagnostics){
	"SecuritySettings":      guardSettings,
	"MyDomainSettings":      guardSettings,
	"PermissionSet":         guardSetComponent,
	"PermissionSetGroup":    guardGroupComponent,
	mutingSetKind:           guardMutingComponent,
	"Profile":               guardProfileComponent,
	"ProfileSessionSetting": guardSessionComponent,
	connectedAppKind:        guardConnectedApp,
	appKind:                 guardAppPart,
	oauthSettingsKind:       guardAppPart,
	globalOAuthKind:         guardAppPart,
	oauthPoliciesKind:       guardAppPart,
	pluginPoliciesKind:      guardAppPart,
}

// guard looks at what a write of a content makes of a component; org is nil for one that is created.
func (r *metadataResource) guard(ctx context.Context, m *metadataModel, org, content sfmetadata.Object, at path.Path, diags *diag.Diagnostics) {
	if metadataGuards[m.kind()] == nil {
		return
	}
	before, err := m.carried(org)
	after, err2 := m.carried(sfmetadata.Becomes(m.kind(), org, content))
	if err = errors.Join(err, err2); err != nil {
		addBlind(diags, at, "what becomes of the component", err)
		return
	}
	metadataGuards[m.kind()](ctx, r.connection, metadataChange{m.kind(), m.name(), before, after, at}, diags)
}

// guardDestroy is for a component that is destroyed: deleted, or put back to what it was before.
func (r *metadataResource) guardDestroy(ctx context.Context, m *metadataModel, earlier []byte, diags *diag.Diagnostics) {
	onDestroy := m.OnDestroy.ValueString()
	if metadataGuards[m.kind()] == nil || onDestroy == onDestroyKeep {
		return
	}
	org, err := r.component(ctx, m)
	if errors.Is(err, sfclient.ErrNotFound) {
		return
	}
	if onDestroy == onDestroyRestore && err == nil {
		if content, unreadable := sfmetadata.ParseJSON(string(earlier)); unreadable == nil { // else nothing was changed
			r.guard(ctx, m, org, content, path.Empty(), diags)
		}
		return
	}
	var before *sfclient.Component
	if err == nil {
		before, err = m.carried(org)
	}
	if err != nil {
		addBlind(diags, path.Empty(), "what the component is", err)
		return
	}
	metadataGuards[m.kind()](ctx, r.connection, metadataChange{kind: m.kind(), name: m.name(), before: before, at: path.Empty()}, diags)
}

// carried is a content as the resources of single types have components; nil for none.
func (m *metadataModel) carried(content sfmetadata.Object) (*sfclient.Component, error) {
	if content == nil {
		return nil, nil
	}
	component := sfclient.NewComponent(m.name())
	err := xml.Unmarshal([]byte(sfmetadata.XML(m.kind(), content)), component)
	return component, err
}

// guardSettings asks the resources of the parts of the org's settings.
func guardSettings(ctx context.Context, c *connection, change metadataChange, diags *diag.Diagnostics) {
	for s := range guardedSettings() {
		if s.kind != change.kind || change.before == nil || change.after == nil { // hidden from the signed-in user
			continue
		}
		before, after := attributes{}, attributes{}
		s.fields.read(change.before, s.part, before)
		s.fields.read(change.after, s.part, after)
		var found diag.Diagnostics
		s.check(ctx, c, after, before, &found)
		blameAll(diags, change.at, found)
	}
}

// guardedSettings are the parts of the org's settings that somebody can be locked out by.
func guardedSettings() iter.Seq[settings] {
	return func(yield func(settings) bool) {
		for _, made := range (&salesforceProvider{}).Resources(context.Background()) {
			if r, is := made().(*settingsResource); is && r.check != nil && !yield(r.settings) {
				return
			}
		}
	}
}

// blameAll takes diagnostics over to another attribute.
func blameAll(diags *diag.Diagnostics, at path.Path, found diag.Diagnostics) {
	for _, d := range found {
		diags.Append(diag.WithPath(at, d))
	}
}

// everywhere puts the blame for everything on one attribute.
func (change metadataChange) everywhere() appPaths {
	at := change.at
	return appPaths{enabled: at, clientCredentials: at, certificate: at, scopes: at, access: at, sessionLevel: at, relaxation: at}
}
