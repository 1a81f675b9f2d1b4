package sfmock

import "fmt"

// cautious is a component type that warns of what a deployment is about to do. Unless warnings are ignored, that fails.
type cautious interface {
	warnings(o *Org, fullName string, content element) []string
}

// warnings implements cautious: a rotation locks out whoever uses the old credentials, at once.
func (e ecaComponent) warnings(o *Org, fullName string, content element) []string {
	if e.plainComponent != ecaGlobalOauth || e.find(o, fullName) == nil {
		return nil
	}
	var all []string
	for _, rotation := range []string{"shouldRotateConsumerKey", "shouldRotateConsumerSecret"} {
		if content.flag(rotation) {
			all = append(all, fmt.Sprintf(unsureRotationWarning, rotation, content.value("externalClientApplication")))
		}
	}
	return all
}
