package provider

import (
	"strings"
	"testing"
)

func TestID18(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	for id, want := range map[string]string{
		"0050000000000Ab": "0050000000000AbAAI", "0050000000000AbAAI": "0050000000000AbAAI", "00DA0000000ABCD": "00DA0000000ABCDMA4",
	} {
		if got, failure := p.call(t, "id18", textValue(id)); failure != "" || !got.Equal(textValue(want)) {
			t.Errorf("%s becomes %s (%s), not %s", id, got, failure, want)
		}
	}
	for _, id := range []string{"", "005", "0050000000000AbXXX", "0050000000000A-", "0050000000000Ab EAI", "ÄÖÜ000000000000"} {
		if got, failure := p.call(t, "id18", textValue(id)); !strings.Contains(failure, "is no record id") {
			t.Errorf("%q becomes %s and says %q", id, got, failure)
		}
	}
}
