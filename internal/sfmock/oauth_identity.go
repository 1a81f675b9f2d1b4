package sfmock

import (
	"net/http"
	"strings"
)

// Words of the identity endpoints, which answer them as bare text.
func errIdentity(word string) *apiError { return &apiError{Status: http.StatusForbidden, Code: word} }

// whoami is the session of an identity request, which needs no API permission and counts no call.
func (c *call) whoami() (*session, *apiError) {
	token := bearer(c.request)
	if token == "" {
		token = c.form().Get("access_token")
	}
	if token == "" {
		return nil, errIdentity("Missing_OAuth_Token")
	}
	s := c.org.alive(token)
	if s == nil {
		return nil, errIdentity("Bad_OAuth_Token")
	}
	return s, nil
}

// userinfo is OpenID Connect's answer to who the token's user is.
func (c *call) userinfo() (*reply, *apiError) {
	s, err := c.whoami()
	if err != nil {
		return nil, err
	}
	user := s.user
	answer := c.person(user)
	answer["sub"] = c.identityURL(user)
	answer["profile"] = c.org.instanceURL(c.request) + "/" + user.id
	answer["preferred_username"] = user.str("Username")
	answer["nickname"] = user.str("CommunityNickname")
	answer["name"] = fullName(c.org, user)
	answer["given_name"] = user.values["FirstName"]
	answer["family_name"] = user.str("LastName")
	answer["zoneinfo"] = user.str("TimeZoneSidKey")
	answer["address"] = map[string]any{}
	answer["updated_at"] = jsonValue(user.values["LastModifiedDate"])
	return unstored(answer), nil
}

// identity is the identity URL's answer, older than OpenID Connect.
func (c *call) identity() (*reply, *apiError) {
	s, err := c.whoami()
	if err != nil {
		return nil, err
	}
	org, knownOrg := normalID(c.request.PathValue("org"))
	id, knownUser := normalID(c.request.PathValue("user"))
	switch {
	case !knownOrg || org != c.org.orgID():
		return nil, errIdentity("Wrong_Org")
	case !knownUser || id != s.user.id:
		return nil, errIdentity("Bad_Id")
	}
	user := s.user
	answer := c.person(user)
	answer["id"] = c.identityURL(user)
	answer["asserted_user"] = true
	answer["username"] = user.str("Username")
	answer["nick_name"] = user.str("CommunityNickname")
	answer["display_name"] = fullName(c.org, user)
	answer["first_name"] = user.values["FirstName"]
	answer["last_name"] = user.str("LastName")
	answer["timezone"] = user.str("TimeZoneSidKey")
	answer["last_modified_date"] = jsonValue(user.values["LastModifiedDate"])
	return unstored(answer), nil
}

// person is what both answers say of a user.
func (c *call) person(user *record) map[string]any {
	licence := c.org.licenceOf(user.values)
	return map[string]any{
		"user_id": user.id, "organization_id": c.org.orgID(), "email": user.str("Email"), "email_verified": true,
		"active": user.flag("IsActive"), "user_type": strings.ToUpper(user.str("UserType")),
		"language": user.str("LanguageLocaleKey"), "locale": user.str("LocaleSidKey"), "utcOffset": 0,
		"is_app_installed":               true,
		"is_salesforce_integration_user": licence != nil && licence.str("Name") == "Salesforce Integration",
		"urls":                           c.serviceURLs(user),
	}
}

// serviceURLs leave the version to the client, unless it asks for the newest.
func (c *call) serviceURLs(user *record) map[string]string {
	version := "{version}"
	if c.request.URL.Query().Get("version") == "latest" {
		version = versionNumber(c.org.newest)
	}
	base := c.org.instanceURL(c.request)
	urls := map[string]string{
		"rest": "/services/data/v" + version + "/", "sobjects": "/services/data/v" + version + "/sobjects/",
		"query": "/services/data/v" + version + "/query/", "tooling_rest": "/services/data/v" + version + "/tooling/",
		"metadata": "/services/Soap/m/" + version + "/" + c.org.orgID()[:15], "profile": "/" + user.id, "custom_domain": "",
	}
	for name, path := range urls {
		urls[name] = base + path
	}
	return urls
}

// discovery is the OpenID Connect document of the host that was asked.
func (c *call) discovery() (*reply, *apiError) {
	base := baseURL(c.request)
	return ok(map[string]any{
		"issuer":                                base,
		"authorization_endpoint":                base + "/services/oauth2/authorize",
		"token_endpoint":                        base + "/services/oauth2/token",
		"revocation_endpoint":                   base + "/services/oauth2/revoke",
		"introspection_endpoint":                base + "/services/oauth2/introspect",
		"userinfo_endpoint":                     base + "/services/oauth2/userinfo",
		"jwks_uri":                              base + "/id/keys",
		"response_types_supported":              []string{"code", "token", "token id_token"},
		"subject_types_supported":               []string{"public"},
		"id_token_signing_alg_values_supported": []string{signingAlgorithm},
	}), nil
}

// keys is empty: the org signs nothing, its tokens are opaque.
func (c *call) keys() (*reply, *apiError) { return ok(map[string]any{"keys": []any{}}), nil }
