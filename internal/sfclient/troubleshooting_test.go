package sfclient

import (
	"os"
	"strings"
	"testing"
)

// The guide has every refusal of a sign-in that there is advice for.
func TestGuideHasSignInErrors(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/guides/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	guide := strings.ToLower(string(text))
	for _, known := range signInAdvice {
		if !strings.Contains(guide, "`"+known.code+"`") || known.description != "" && !strings.Contains(guide, "`"+strings.ToLower(known.description)+"`") {
			t.Errorf("the guide lacks %s: %s", known.code, known.description)
		}
	}
}
