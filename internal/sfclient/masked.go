package sfclient

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"
)

const maxLogged = 8 << 10 // bytes of a body that go to a log

// secretPatterns are values that no log may show. The session id of a SOAP envelope never gets here: only the body is logged.
var secretPatterns = []struct {
	pattern *regexp.Regexp
	mask    string
}{
	{regexp.MustCompile(`(?i)("(?:access_token|refresh_token|id_token|client_secret|assertion|newpassword|password|secret|consumersecret|sharedkey|tempcode|accesstoken|deletetoken)"\s*:\s*)"(?:[^"\\]|\\.)*(?:"|\\?$)`), `$1"***"`},
	{regexp.MustCompile(`(?is)(<(\w*(?:secret|password|sessionid|privatekey)\w*)>)[^<]*`), `$1***`},
	{regexp.MustCompile(`00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]+`), `***`},
	{regexp.MustCompile(`eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+`), `***`},
}

// leastConcealed is the length from which a text is taken for a secret: shorter ones stand everywhere.
const leastConcealed = 4

// Conceal keeps texts out of the log that nothing around them marks as secret.
func (c *Client) Conceal(secrets ...string) {
	c.concealed.mu.Lock()
	defer c.concealed.mu.Unlock()
	for _, secret := range secrets {
		if secret = strings.TrimSpace(secret); len(secret) >= leastConcealed {
			quoted, _ := json.Marshal(secret) // a text can always be written
			c.concealed.forms = append(c.concealed.forms, secret, escaped(secret), entities.Replace(secret), string(quoted[1:len(quoted)-1]))
		}
	}
}

// entities are how metadata files escape text.
var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;")

// concealment are texts that no log may show, in the forms in which they can stand there.
type concealment struct {
	mu    sync.Mutex
	forms []string
}

// masked prepares a body for a log, without what is concealed.
func (c *concealment) masked(body []byte) string {
	c.mu.Lock()
	for _, secret := range c.forms { // before anything is cut off, so that no half of one is left
		body = bytes.ReplaceAll(body, []byte(secret), []byte("***"))
	}
	c.mu.Unlock()
	return masked(body)
}

// masked prepares a body for a log: cut short, secrets replaced, one that the cut goes through as well.
func masked(body []byte) string {
	if len(body) > 2*maxLogged {
		body = body[:2*maxLogged]
	}
	text := string(body)
	for _, secret := range secretPatterns {
		text = secret.pattern.ReplaceAllString(text, secret.mask)
	}
	if len(text) > maxLogged {
		text = text[:maxLogged] + "..."
	}
	return text
}

// loggable is a request's body without its token.
func (c *concealment) loggable(r request) string {
	switch {
	case r.envelope != nil:
		return c.masked(r.envelope("***"))
	case r.body != nil:
		text, err := json.Marshal(r.body)
		if err != nil {
			return err.Error()
		}
		return c.masked(text)
	case r.form != nil:
		return c.masked([]byte(r.form.summary))
	}
	return ""
}

// tokenTrace tells of token requests without their bodies, of which nearly everything is secret.
type tokenTrace struct {
	next  http.RoundTripper
	trace func(ctx context.Context, e Exchange)
}

// RoundTrip implements http.RoundTripper.
func (t tokenTrace) RoundTrip(r *http.Request) (*http.Response, error) {
	started := time.Now()
	response, err := t.next.RoundTrip(r)
	if t.trace != nil {
		e := Exchange{Method: r.Method, URL: r.URL.String(), Err: err, Duration: time.Since(started)}
		if response != nil {
			e.Status = response.StatusCode
		}
		t.trace(r.Context(), e)
	}
	return response, err
}
