package sfmock

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// sessionTimeouts are the words of SecuritySettings for how long a session lives without being used.
var sessionTimeouts = map[string]time.Duration{
	"FifteenMinutes": 15 * time.Minute, "ThirtyMinutes": 30 * time.Minute, "SixtyMinutes": time.Hour, "NinetyMinutes": 90 * time.Minute, "TwoHours": 2 * time.Hour,
	"FourHours": 4 * time.Hour, "EightHours": 8 * time.Hour, "TwelveHours": 12 * time.Hour, "TwentyFourHours": 24 * time.Hour,
}

// timeoutOf is how long a session lives without being used: what the policy of its app says, else the profile's, else the org's.
func (o *Org) timeoutOf(s *session) time.Duration {
	if s.app != nil && s.app.SessionTimeout > 0 {
		return s.app.SessionTimeout
	}
	if profile := o.live(s.user.str("ProfileId")); profile != nil {
		if minutes, _ := strconv.Atoi(o.sessionSetting(profile, "sessionTimeout")); minutes > 0 {
			return time.Duration(minutes) * time.Minute
		}
	}
	return sessionTimeouts[o.setting("SecuritySettings", "sessionSettings", "sessionTimeout")]
}

// endOf is when a session ends unless it is used.
func (o *Org) endOf(s *session) time.Time {
	if !s.expires.IsZero() {
		return s.expires
	}
	return s.lastUsed.Add(o.timeoutOf(s))
}

// usableFrom tells whether the org's session settings let a session be used from an address.
func (o *Org) usableFrom(s *session, source string) bool {
	if s.source == "" {
		s.source = source
	}
	switch {
	case o.sessionSwitch("lockSessionsToIp") && source != s.source:
		return false
	case o.sessionSwitch("enforceIpRangesEveryRequest") && !s.anywhere:
		return o.ipAllowed(s.user, source)
	default:
		return true
	}
}

// sessionSwitch is one of the org's sessionSettings.
func (o *Org) sessionSwitch(name string) bool {
	return isTrue(o.setting("SecuritySettings", "sessionSettings", name))
}

// asJWT is an access token in the form of a JWT. Nothing here verifies one, so its signature is made up.
func (s *session) asJWT(signature []byte) string {
	part := func(content map[string]any) string {
		raw, _ := json.Marshal(content) // texts and numbers
		return base64.RawURLEncoding.EncodeToString(raw)
	}
	return strings.Join([]string{
		part(map[string]any{"alg": signingAlgorithm, "typ": "JWT"}),
		part(map[string]any{
			"sub": "uid:" + s.user.id, "client_id": s.app.ConsumerKey, "scp": strings.Join(s.scopes, " "),
			"iat": s.issued.Unix(), "nbf": s.issued.Unix(), "exp": s.expires.Unix(), "jti": string(signature[:16]),
		}),
		base64.RawURLEncoding.EncodeToString(signature),
	}, ".")
}
