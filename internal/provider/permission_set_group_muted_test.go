package provider

import (
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// mutedWith is the value of muted with these entries.
func mutedWith(all contents) types.Object { return mutedValue(contentWith(all)) }

func TestMutedSections(t *testing.T) {
	t.Parallel()
	for _, s := range permissionSections {
		t.Run(s.attribute, func(t *testing.T) {
			t.Parallel()
			wanted := sample(s)
			m := permissionSetGroupModel{Muted: mutedWith(contents{s.attribute: wanted})}
			var diags diag.Diagnostics
			written, complete := mutedIn(t.Context(), m.Muted, &diags)
			if diags.HasError() || !complete || !maps.Equal(written[s.attribute], wanted) {
				t.Fatalf("Terraform gives back %v, %v", written, diags)
			}
			var component sfclient.PermissionSetComponent
			writeMuted(&component, written)
			read := permissionSetGroupModel{Muted: types.ObjectNull(mutedTypes())}
			if read.readMuted(t.Context(), &component, &diags); !read.Muted.Equal(m.Muted) {
				t.Errorf("metadata gives back %s, %v", read.Muted, diags)
			}
			if read.readMuted(t.Context(), &sfclient.PermissionSetComponent{}, &diags); !read.Muted.IsNull() {
				t.Errorf("nothing muted leaves %s", read.Muted)
			}
			if _, described := mutedAttribute().Attributes[s.attribute]; !described {
				t.Error("it has no attribute")
			}
		})
	}
}

// Nothing in whatever form stays in that form.
func TestMutedNothing(t *testing.T) {
	t.Parallel()
	empty := mutedContent(t.Context(), types.ObjectNull(mutedTypes()), nil)
	empty.UserPermissions = nameSetOf(nil)
	for _, nothing := range []types.Object{types.ObjectNull(mutedTypes()), mutedWith(nil), mutedValue(empty)} {
		m := permissionSetGroupModel{Muted: nothing}
		var diags diag.Diagnostics
		if m.readMuted(t.Context(), &sfclient.PermissionSetComponent{}, &diags); !m.Muted.Equal(nothing) || diags.HasError() {
			t.Errorf("%s has become %s, %v", nothing, m.Muted, diags)
		}
	}
	if _, complete := mutedIn(t.Context(), types.ObjectUnknown(mutedTypes()), nil); complete {
		t.Error("what is unknown is complete")
	}
}

// Muting a field's editing leaves its reading; muting its reading takes its editing along, whatever the flag for that says.
func TestMutedFields(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		readable, editable bool
		word               string
	}{
		{true, true, "read"}, {true, false, "read"}, {false, true, "edit"}, {false, false, ""},
	} {
		component := sfclient.PermissionSetComponent{FieldPermissions: []sfclient.FieldPermission{{Field: "Account.Phone", Readable: c.readable, Editable: c.editable}}}
		readMutedFields(&component)
		if word := fieldSection.read(&component)["Account.Phone"]; word != c.word {
			t.Errorf("%+v reads as %q", c, word)
		}
	}
	var component sfclient.PermissionSetComponent
	writeMuted(&component, contents{"field_permissions": {"Account.Fax": "edit", "Account.Phone": "read"}})
	want := []sfclient.FieldPermission{{Field: "Account.Fax", Editable: true}, {Field: "Account.Phone", Editable: true, Readable: true}}
	if diff := cmp.Diff(want, component.FieldPermissions); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestNestedIn(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	diags.AddError("plain", "")
	diags.AddAttributeError(path.Root("field_permissions").AtMapKey("Account.Phone"), "located", "")
	diags.AddAttributeWarning(path.Root("tabs"), "warning", "")
	moved := nestedIn("muted", diags)
	got := make([]string, len(moved))
	for i, d := range moved {
		got[i] = d.Summary()
		if located, ok := d.(diag.DiagnosticWithPath); ok {
			got[i] = fmt.Sprintf("%s %s at %s", d.Severity(), d.Summary(), located.Path())
		}
	}
	if diff := cmp.Diff([]string{"plain", `Error located at muted.field_permissions["Account.Phone"]`, "Warning warning at muted.tabs"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
