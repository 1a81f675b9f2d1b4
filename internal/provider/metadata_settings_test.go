package provider

import (
	"fmt"
	"testing"
)

// Settings are there in every org: the first apply says what it changes, and destroying leaves or restores.
func TestMetadataSettings(t *testing.T) {
	t.Parallel()
	for _, onDestroy := range []string{"keep", "restore"} {
		t.Run(onDestroy, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			timeout := func() any {
				found, _ := o.Component("SecuritySettings", "Security")
				return found["sessionSettings"].(map[string]any)["sessionTimeout"]
			}
			before, _ := o.Component("SecuritySettings", "Security")
			content := parts{"sessionSettings": parts{"sessionTimeout": "FourHours"}, "networkAccess": parts{"ipRanges": rows{parts{"start": "192.0.2.1", "end": "192.0.2.9"}}}}
			security, config := o.speak(t).metadata(t, metadataConfig("SecuritySettings", "Security", content))
			if onDestroy != "keep" {
				config["on_destroy"] = textValue(onDestroy)
			}
			_, diags := security.plan(t, config)
			warned(t, diags, "The org has other SecuritySettings", `sessionSettings.sessionTimeout: "TwoHours" -> "FourHours"`, "terraform import salesforce_metadata.<name> SecuritySettings:Security")
			failed(t, nil, security.apply(t, config))
			security.lookAgain(t, config)
			after, _ := o.Component("SecuritySettings", "Security")
			if timeout() != "FourHours" || after["enableAdminLoginAsAnyUser"] != before["enableAdminLoginAsAnyUser"] {
				t.Errorf("the org has %v", after)
			}
			config = having(config, "content", dynamicValue(parts{"sessionSettings": parts{"sessionTimeout": "EightHours"}}))
			failed(t, nil, security.apply(t, config))
			security.lookAgain(t, config)
			diags = security.apply(t, nil)
			if onDestroy == "keep" {
				if warned(t, diags, "SecuritySettings stay as they are"); timeout() != "EightHours" {
					t.Errorf("the timeout is %v", timeout())
				}
				return
			}
			failed(t, nil, diags)
			restored, _ := o.Component("SecuritySettings", "Security")
			if ranges := restored["networkAccess"]; timeout() != "TwoHours" || fmt.Sprint(ranges) != fmt.Sprint(before["networkAccess"]) && len(ranges.(map[string]any)) > 0 {
				t.Errorf("the org has %v", restored)
			}
		})
	}
}
