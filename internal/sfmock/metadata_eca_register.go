package sfmock

import (
	"cmp"
	"strconv"
	"time"
)

// registerECA makes the app that sign-ins see; without global OAuth settings there is none.
func (o *Org) registerECA(rec *record, rotate bool) {
	appName := rec.str("DeveloperName")
	oauth, global := o.satellite(ecaOauth, appName), o.satellite(ecaGlobalOauth, appName)
	if oauth == nil || global == nil {
		o.unregister(rec.id)
		return
	}
	var access, policies element
	if s := o.satellite(ecaOauthPolicies, appName); s != nil {
		access = s.content
	}
	if s := o.satellite(ecaPolicies, appName); s != nil {
		policies = s.content
	}
	secret := ""
	if rotate {
		secret = newSecret()
	}
	o.register(App{
		entity: rec.id, External: true, Name: appName, ConsumerKey: global.content.value("consumerKey"), ConsumerSecret: secret,
		CertificatePEM: certificatePEM(global.content.value("certificate")), Scopes: oauthScopes(separated(oauth.content.value("commaSeparatedOauthScopes"))),
		AdminApproved:     access.value("permittedUsersPolicyType") == ecaPolicyAccess,
		ClientCredentials: global.content.flag("isClientCredentialsFlowEnabled") && access.flag("isClientCredentialsFlowEnabled"),
		RunAs:             access.value("clientCredentialsFlowUser"),
		Blocked:           !policies.flag("isEnabled") || !policies.flag("isOauthPluginEnabled"),
		IPRelaxed:         access.value("ipRelaxationPolicyType") == "Bypass",
		SessionTimeout:    minutes(access.value("sessionTimeoutInMinutes")),
		JWTTokens:         global.content.flag("isNamedUserJwtEnabled"),
		TokenLifetime:     jwtLifetime(access),
		highAssurance:     access.value("requiredSessionLevel") == "HIGH_ASSURANCE" && access.value("policyAction") == "Block",
	})
}

// minutes is a number of minutes as metadata has it, 0 for none.
func minutes(text string) time.Duration {
	n, _ := strconv.Atoi(text)
	return time.Duration(n) * time.Minute
}

// jwtLifetime is the policy's own lifetime of JWT access tokens, 0 where they live as long as the user's session.
func jwtLifetime(policy element) time.Duration {
	if policy.value("namedUserJwtSessionTimeoutType") != "Custom" {
		return 0
	}
	return minutes(policy.value("namedUserJwtTimeout"))
}

// AppSecret is the consumer secret of an external client app or connected app, which no API tells; "" for one that can't be signed
// in through. The name is the app's API name.
func (o *Org) AppSecret(appName string) string {
	o.lock()
	defer o.mu.Unlock()
	rec := cmp.Or(ecaRecord(o, appName), o.find("ConnectedApplication", "Name", appName))
	if rec == nil {
		return ""
	}
	if app := o.appOfEntity(rec.id); app != nil {
		return app.ConsumerSecret
	}
	return ""
}
