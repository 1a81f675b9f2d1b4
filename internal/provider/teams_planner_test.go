package provider

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The permissions that the guide to teams names for a pipeline that only plans are enough to plan, but change neither users nor permission sets, and
// assign nothing. Permission sets are read through the Metadata API, so without its permission there is no plan.
func TestUserWhoOnlyPlans(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	planner := o.insert(t, "PermissionSet", map[string]any{
		"Name": "Planner", "Label": "Planner", "PermissionsViewSetup": true, "PermissionsViewRoles": true, "PermissionsViewAllUsers": true, "PermissionsModifyMetadata": true,
	})
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": robot(t, o), "PermissionSetId": planner})

	set, user := o.speak(t).resource("salesforce_permission_set"), o.speak(t).resource("salesforce_integration_user")
	setConfig := config{"name": tfText("Billing_Sync"), "label": tfText("Billing Sync")}
	userConfig := config{
		"username": tfText(integrationName), "last_name": tfText("Billing Sync"), "email": tfText("integrations@example.com"), "permission_sets": tfNames("Billing_Sync"),
	}
	failed(t, nil, set.apply(t, setConfig))
	failed(t, nil, user.apply(t, userConfig))

	for i, written := range map[*instance]config{set: setConfig, user: userConfig} {
		i.protocol = o.speakBy(t, asRobot(t, o))
		failed(t, nil, i.read(t))
		if changed := i.changes(t, written); changed != nil {
			t.Errorf("%s: a plan changes %v", i.typeName, changed)
		}
	}
	for attribute, other := range map[string]tftypes.Value{"last_name": tfText("Orders"), "permission_sets": tfNames("Planner")} {
		changed := maps.Clone(userConfig)
		changed[attribute] = other
		refused(t, user.apply(t, changed), "INSUFFICIENT_ACCESS")
	}

	setConfig["label"] = tfText("Orders Sync")
	refused(t, set.apply(t, setConfig), "INSUFFICIENT_ACCESS", "PermissionSet")

	o.update(t, planner, map[string]any{"PermissionsModifyMetadata": false})
	set.protocol = o.speakBy(t, asRobot(t, o))
	refused(t, set.read(t), "Modify Metadata Through Metadata API Functions")
}
