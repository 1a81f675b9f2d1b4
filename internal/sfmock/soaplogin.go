package sfmock

import "net/http"

// lastVersionWithLogin is the last API version whose SOAP has login().
const lastVersionWithLogin = 64

// loginRoutes refuses the SOAP API, whose login() new orgs have switched off and newer versions lack.
func (o *Org) loginRoutes(mux *http.ServeMux) {
	handler := o.serve((*call).soapLogin, soapFailure)
	for _, face := range []string{"u", "c"} {
		mux.HandleFunc(soapPrefix+face+"/{version}", handler)
		mux.HandleFunc(soapPrefix+face+"/{version}/{organization}", handler)
	}
}

func (c *call) soapLogin() (*reply, *apiError) {
	version, err := c.org.versionOf("v" + c.request.PathValue("version"))
	if err != nil {
		return nil, soapFault("UNSUPPORTED_API_VERSION", unsureSoapVersion)
	}
	if operation := soapOperation(c.body); operation != "login" || version > lastVersionWithLogin {
		return nil, soapFault(clientFault, "No operation available for request {urn:partner.soap.sforce.com}"+operation+", please check the WSDL for the service.")
	}
	return nil, soapFault("INVALID_OPERATION", "SOAP API login() is disabled by default in this org. Contact the org administrator to enable SOAP API login().")
}
