package sfclient

import (
	"encoding/xml"
	"slices"
	"strings"
)

// PermissionSetComponent is a permission set as the Metadata API reads and writes it. A write replaces the whole content, so that
// whatever is to stay has to be sent: elements without a field of their own are carried along as they were read.
// Source: Metadata API guide, PermissionSet.
type PermissionSetComponent struct {
	FullName              string             `xml:"fullName"`
	Description           string             `xml:"description,omitempty"`
	FieldPermissions      []FieldPermission  `xml:"fieldPermissions"`
	HasActivationRequired bool               `xml:"hasActivationRequired"`
	Label                 string             `xml:"label"`
	License               string             `xml:"license,omitempty"`
	ObjectPermissions     []ObjectPermission `xml:"objectPermissions"`
	TabSettings           []TabSetting       `xml:"tabSettings"`
	Others                carriedRuns        `xml:",any"`
}

// FieldPermission is access to one field, named as in Account.Industry.
type FieldPermission struct {
	Editable bool   `xml:"editable"`
	Field    string `xml:"field"`
	Readable bool   `xml:"readable"`
}

// ObjectPermission is access to one object. All of its switches have to be sent, but for ViewAllFields, which API versions before
// 63.0 don't know.
type ObjectPermission struct {
	AllowCreate      bool        `xml:"allowCreate"`
	AllowDelete      bool        `xml:"allowDelete"`
	AllowEdit        bool        `xml:"allowEdit"`
	AllowRead        bool        `xml:"allowRead"`
	ModifyAllRecords bool        `xml:"modifyAllRecords"`
	Object           string      `xml:"object"`
	ViewAllFields    bool        `xml:"viewAllFields,omitempty"`
	ViewAllRecords   bool        `xml:"viewAllRecords"`
	Others           carriedRuns `xml:",any"`
}

// TabSetting is how a tab shows: Available, Visible or None.
type TabSetting struct {
	Tab        string `xml:"tab"`
	Visibility string `xml:"visibility"`
}

// AccessList says where a permission set keeps a list of names: the element that is repeated, and the ones within it that hold
// the name and the switch.
type AccessList struct{ Element, Key, Switch string }

// Granted returns the names of a list that are switched on.
func (c *PermissionSetComponent) Granted(list AccessList) []string {
	var names []string
	for _, entry := range c.Others {
		if entry.XMLName.Local == list.Element && entry.child(list.Switch) == "true" {
			names = append(names, entry.child(list.Key))
		}
	}
	return names
}

// Grant makes the names those that a list holds. Entries that were there already keep what else they hold.
func (c *PermissionSetComponent) Grant(list AccessList, names []string) {
	missing := make(map[string]bool, len(names))
	for _, name := range names {
		missing[name] = true
	}
	c.Others = slices.DeleteFunc(c.Others, func(entry carried) bool {
		if entry.XMLName.Local != list.Element {
			return false
		}
		name := entry.child(list.Key)
		kept := missing[name] && entry.child(list.Switch) == "true"
		if kept {
			delete(missing, name)
		}
		return !kept
	})
	for _, name := range names {
		if missing[name] {
			c.Others = append(c.Others, carried{
				XMLName:  xml.Name{Local: list.Element},
				Children: carriedRuns{carriedText(list.Switch, "true"), carriedText(list.Key, name)},
			})
		}
	}
}

// carried is an element that the client passes on without knowing what it means.
type carried struct {
	XMLName  xml.Name
	Attrs    []xml.Attr  `xml:",any,attr"`
	Text     string      `xml:",chardata"`
	Children carriedRuns `xml:",any"`
}

func carriedText(name, text string) carried {
	return carried{XMLName: xml.Name{Local: name}, Text: text}
}

// child returns the text of the first child of a name, "" if there is none.
func (e carried) child(name string) string {
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			return strings.TrimSpace(c.Text)
		}
	}
	return ""
}

// carriedRuns are written with the elements of one name side by side: Salesforce refuses them otherwise, as "duplicated at this location".
type carriedRuns []carried

// MarshalXML implements xml.Marshaler.
func (all carriedRuns) MarshalXML(encoder *xml.Encoder, _ xml.StartElement) error {
	for _, one := range slices.SortedStableFunc(slices.Values(all), byElement) {
		if err := encoder.Encode(one); err != nil {
			return err
		}
	}
	return nil
}
