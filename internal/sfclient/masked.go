package sfclient

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
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

// loggable is the request's body without its token.
func (r request) loggable() string {
	switch {
	case r.envelope != nil:
		return masked(r.envelope("***"))
	case r.body != nil:
		text, err := json.Marshal(r.body)
		if err != nil {
			return err.Error()
		}
		return masked(text)
	case r.form != nil:
		return masked([]byte(r.form.summary))
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
