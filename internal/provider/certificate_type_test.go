package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// A certificate is the same with and without its frame, however it is broken into lines.
func TestSameCertificate(t *testing.T) {
	t.Parallel()
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(keys[1]), "\n")
	bare := strings.Join(lines[1:len(lines)-1], "")
	for name, c := range map[string]struct {
		other string
		same  bool
	}{
		"trimmed":           {strings.TrimSpace(keys[1]), true},
		"Windows' lines":    {strings.ReplaceAll(keys[1], "\n", "\r\n"), true},
		"without its frame": {bare, true},
		"in other lines":    {bare[:100] + "\n" + bare[100:], true},
		"nothing":           {"", false},
		"cut off":           {bare[:100], false},
		"another":           {keys[0], false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := sameCertificate(keys[1], c.other); got != c.same {
				t.Errorf("same is %t", got)
			}
			form := certificateForm{}
			if got := form.same(text{types.StringValue(keys[1]), &certificate}, text{types.StringValue(c.other), &certificate}); got != c.same {
				t.Errorf("as values same is %t", got)
			}
		})
	}
}
