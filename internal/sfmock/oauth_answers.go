package sfmock

import (
	"maps"
	"mime"
	"net/http"
	"net/url"
)

// Refusals of the sign-in endpoints: error and error_description.
var (
	errGrantType         = refuse("unsupported_grant_type", "grant type not supported")
	errInvalidAssertion  = refuse("invalid_grant", "invalid assertion")
	errUnknownClient     = refuse("invalid_client_id", "client identifier invalid")
	errAppNotFound       = refuse("app_not_found", "External client app is not installed in this org")
	errAudience          = refuse("invalid_grant", "audience is invalid")
	errExpiredAssertion  = refuse("invalid_grant", "expired authorization code") // Salesforce's own words for an expired JWT
	errInactiveUser      = refuse("invalid_grant", unsureInactiveUser)
	errFrozenUser        = refuse("invalid_grant", unsureFrozenUser)
	errNotApproved       = refuse("invalid_grant", "user hasn't approved this consumer")
	errNotAdminApproved  = refuse("invalid_app_access", "user is not admin approved to access this app")
	errNoRefreshScope    = refuse("invalid_grant", "refresh_token scope is required and the connected app should be installed and preauthorized")
	errRestrictedTime    = refuse("invalid_grant", unsureRestrictedTime)
	errSessionLevel      = refuse("invalid_session_level", unsureSessionLevel)
	errIPRestricted      = refuse("invalid_grant", "ip restricted")
	errAppBlocked        = refuse("app_blocked", unsureAppBlocked)
	errDomain            = refuse("invalid_grant", "request not supported on this domain")
	errClientSecret      = refuse("invalid_client", "invalid client credentials")
	errNoRunAs           = refuse("invalid_grant", "no client credentials user enabled")
	errNoAPIOnlyRunAs    = refuse("invalid_grant", unsureNoAPIOnlyRunAs)
	errRefreshToken      = refuse("invalid_grant", "expired access/refresh token")
	errAuthorizationCode = refuse("invalid_grant", "invalid authorization code")
	errPasswordFlow      = refuse("invalid_grant", "authentication failure")
	errReplay            = refuse("bad_jti_claim", unsureReplay)
	errScope             = refuse("invalid_request", "scope parameter not supported")
	errFlowDisabled      = refuse("oauth_flow_disabled", unsureFlowDisabled)
	errInvalidToken      = refuse("invalid_token", unsureDeadToken)
	errTokenType         = refuse("unsupported_token_type", unsureTokenType)
)

// form is the request's body if it is a form. Parameters in the URL do not count: they would end up in logs.
func (c *call) form() url.Values {
	media, _, _ := mime.ParseMediaType(c.request.Header.Get("Content-Type"))
	if media != "application/x-www-form-urlencoded" {
		return nil
	}
	form, _ := url.ParseQuery(string(c.body))
	return form
}

// unstored is an answer that no cache may keep.
func unstored(body map[string]any) *reply {
	return &reply{Status: http.StatusOK, Body: body, Header: map[string]string{"Cache-Control": "no-store", "Pragma": "no-cache"}}
}

// oauthFailure is the sign-in endpoints' error form.
func oauthFailure(e *apiError) *reply {
	answer := unstored(map[string]any{"error": e.Code, "error_description": e.Message})
	answer.Status = e.Status
	maps.Copy(answer.Header, e.header())
	return answer
}

// textFailure is the error form of the identity endpoints: a bare word.
func textFailure(e *apiError) *reply {
	return &reply{Status: e.Status, Body: []byte(e.Code), ContentType: "text/plain;charset=UTF-8", Header: e.header()}
}
