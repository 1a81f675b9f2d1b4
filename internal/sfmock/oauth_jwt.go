package sfmock

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	clockSkew        = 3 * time.Minute
	strictLifetime   = 3 * time.Minute
	assertionParts   = 3
	signingAlgorithm = "RS256"
)

// assertion is a JWT that an app signed to sign a user in.
type assertion struct {
	issuer, subject, audience, id string
	expires                       time.Time
	signed, signature             []byte
}

// jwtGrant checks in the order: is it a JWT, whose, for whom, signed, in time, and may this user come in through this app.
func (c *call) jwtGrant(form url.Values) (*reply, *apiError) {
	jwt, ok := parseAssertion(form.Get("assertion"))
	if !ok {
		return nil, errInvalidAssertion
	}
	app := c.org.clientOf(jwt.issuer)
	if app == nil {
		return nil, errUnknownClient
	}
	if err := c.acceptAssertion(app, jwt); err != nil {
		return nil, err
	}
	user := c.org.find("User", "Username", jwt.subject)
	if err := c.mayLogIn(app, user, false); err != nil {
		return nil, err
	}
	if err := c.org.approval(app, user); err != nil {
		return nil, err
	}
	if app.entity != "" && !slices.Contains(app.Scopes, "refresh_token") && !slices.Contains(app.Scopes, "offline_access") && !slices.Contains(app.Scopes, fullScope) {
		return nil, errNoRefreshScope
	}
	if jwt.id != "" {
		c.org.assertions[jwt.issuer+" "+jwt.id] = true
	}
	answer, err := c.grant(user, app, "", false, app.grantedScopes("refresh_token", "offline_access"))
	if err != nil {
		return nil, err
	}
	return unstored(answer), nil
}

// acceptAssertion checks everything of the assertion that does not depend on the user.
func (c *call) acceptAssertion(app *App, jwt *assertion) *apiError {
	now := c.org.now()
	logins := c.org.loginURLs(c.request)
	switch {
	case app.Foreign, app.External && (atLogin(c.request) || slices.Contains(logins, jwt.audience)): // an ECA lives on its My Domain
		return errAppNotFound
	case atLogin(c.request) && c.org.needsMyDomain():
		return errDomain
	case c.org.blocked(app):
		return errAppBlocked
	case !jwt.signedFor(app.publicKey()):
		return errInvalidAssertion
	case !slices.Contains(append(logins, c.org.instanceURL(c.request)), jwt.audience):
		return errAudience
	case now.Sub(jwt.expires) > clockSkew:
		return errExpiredAssertion
	case c.org.options.StrictAssertions && jwt.expires.Sub(now) > strictLifetime:
		return refuse("invalid_grant", unsureLongLivedJWT)
	case c.org.assertions[jwt.issuer+" "+jwt.id]:
		return errReplay
	}
	return nil
}

// signedFor verifies the RS256 signature.
func (a *assertion) signedFor(key *rsa.PublicKey) bool {
	if key == nil {
		return false
	}
	sum := sha256.Sum256(a.signed)
	return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], a.signature) == nil
}

// parseAssertion takes a compact JWT apart; ok is false if it is none, or lacks a claim that Salesforce needs.
func parseAssertion(text string) (a *assertion, ok bool) {
	parts := strings.Split(text, ".")
	if len(parts) != assertionParts {
		return nil, false
	}
	var header struct{ Alg string }
	var claims struct {
		Iss, Sub, Prn, Jti string
		Aud, Exp           json.RawMessage
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !decodePart(parts[0], &header) || !decodePart(parts[1], &claims) || header.Alg != signingAlgorithm {
		return nil, false
	}
	// Salesforce takes the seconds as a number or as a string.
	seconds, err := strconv.ParseFloat(string(bytes.Trim(claims.Exp, `"`)), 64)
	if err != nil || claims.Iss == "" {
		return nil, false
	}
	a = &assertion{
		issuer: claims.Iss, subject: claims.Sub, id: claims.Jti, expires: time.Unix(int64(seconds), 0),
		signed: []byte(parts[0] + "." + parts[1]), signature: signature,
	}
	if a.subject == "" {
		a.subject = claims.Prn // the claim's name in old documents
	}
	// An array of audiences stays empty, which no org accepts. The sf CLI always sends a slash at the end.
	_ = json.Unmarshal(claims.Aud, &a.audience)
	a.audience = strings.TrimSuffix(a.audience, "/")
	return a, true
}

func decodePart(part string, into any) bool {
	raw, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(raw, into) == nil
}
