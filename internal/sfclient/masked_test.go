package sfclient

import (
	"strings"
	"testing"
)

// What is concealed shows in no log, in whichever form it is sent.
func TestConceal(t *testing.T) {
	t.Parallel()
	c := &Client{}
	c.Conceal(`p&ss"w'rd`, " spaced out ", "yes")
	for body, want := range map[string]string{
		`<a>p&amp;ss&quot;w&apos;rd</a><b>spaced out</b>`:           `<a>***</a><b>***</b>`,
		`<a>p&amp;ss&#34;w&#39;rd</a>yes`:                           `<a>***</a>yes`,
		`{"a":"p\u0026ss\"w'rd"} p&ss"w'rd`:                         `{"a":"***"} ***`,
		strings.Repeat("x", 2*maxLogged-4) + "spaced out" + " <a/>": strings.Repeat("x", maxLogged) + "...",
	} {
		if got := c.concealed.masked([]byte(body)); got != want {
			t.Errorf("%.60q is logged as %.60q", body, got)
		}
	}
}
