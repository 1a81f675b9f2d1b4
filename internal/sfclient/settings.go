package sfclient

import (
	"context"
	"strings"
)

// ReadSettings reads the one component of a settings type, such as SecuritySettings.
func (c *Client) ReadSettings(ctx context.Context, kind string) (Component, error) {
	return ReadMetadata[Component](ctx, c, kind, settingsMember(kind))
}

// UpdateSettings writes what part names of a settings type's one component, and leaves the rest of it. Parts of one component that
// are written side by side go one after the other: Salesforce does not say what it makes of a component that a call names twice.
func (c *Client) UpdateSettings(ctx context.Context, kind, part string, component *Component) error {
	component.Set(settingsMember(kind), "fullName")
	return c.writeMetadata(ctx, metadataVerb{verb: "updateMetadata", kind: kind, alone: part}, settingsMember(kind), component)
}

// settingsMember is the full name of a settings type's one component. Source: Metadata API guide, Settings.
func settingsMember(kind string) string { return strings.TrimSuffix(kind, "Settings") }
