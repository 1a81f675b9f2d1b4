package sfmock

import (
	"strings"
	"testing"
)

// A listing tells the ids of the records that external client apps are.
func TestECAListing(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	for typeName, object := range map[string]string{ecaApp: "ExternalClientApplication", ecaOauth: "ExtlClntAppOauthSettings"} {
		_, answer := s.call("", `<listMetadata><queries><type>`+typeName+`</type></queries></listMetadata>`)
		if id := s.org.Records(object)[0]["Id"].(string); !strings.Contains(answer, "<id>"+id+"</id>") {
			t.Errorf("%s is %s; listed is %s", typeName, id, answer)
		}
	}
}

func TestECAKeepsPKCE(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	for kept, want := range map[bool]string{true: "true", false: "false"} {
		s.org.KeepPKCE(kept)
		s.wants(partXML("updateMetadata", ecaGlobalOauth, "Robot_global", callback+ofRobot+"<isPkceRequired>false</isPkceRequired>"), 200, savedXML("updateMetadata", "Robot_global"))
		if content, _ := s.org.Component(ecaGlobalOauth, "Robot_global"); content["isPkceRequired"] != want {
			t.Errorf("isPkceRequired is %v", content["isPkceRequired"])
		}
	}
}
