package sfmock

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
)

// metadataRoutes registers the Metadata API's SOAP endpoint.
func (o *Org) metadataRoutes(mux *http.ServeMux) {
	handler := o.serve(metadataEndpoint, soapFailure)
	mux.HandleFunc("/services/Soap/m/{version}", handler)
	mux.HandleFunc("/services/Soap/m/{version}/{organization}", handler)
}

// clientFault is the namespace of faults that the SOAP layer finds before Salesforce's own code runs.
const clientFault = "soapenv:Client"

// soapFault is what soapFailure answers with HTTP status 500, as every fault.
func soapFault(code, message string) *apiError {
	return &apiError{Status: http.StatusInternalServerError, Code: code, Message: message}
}

func soapFailure(e *apiError) *reply {
	code, message := "sf:"+e.Code, e.Code+": "+e.Message
	if e.Code == clientFault {
		code, message = e.Code, e.Message
	}
	answer := soapReply(branch("soapenv:Fault", leaf("faultcode", code), leaf("faultstring", message)))
	answer.Status = http.StatusInternalServerError
	return answer
}

func soapReply(body element) *reply {
	var out bytes.Buffer
	out.WriteString(`<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="` + envelopeSpace + `" xmlns="` + metadataSpace +
		`" xmlns:sf="` + metadataSpace + `" xmlns:xsi="` + instanceSpace + `">`)
	branch("soapenv:Body", body).write(&out)
	out.WriteString("</soapenv:Envelope>")
	return &reply{Status: http.StatusOK, ContentType: "text/xml; charset=utf-8", Body: out.Bytes()}
}

// metadataEndpoint serves one SOAP call.
func metadataEndpoint(c *call) (*reply, *apiError) {
	if c.request.Method != http.MethodPost {
		return nil, soapFault(clientFault, unsureSoapMethod)
	}
	if media, _, err := mime.ParseMediaType(c.request.Header.Get("Content-Type")); err != nil || media != "text/xml" {
		return nil, soapFault(clientFault, unsureSoapContentType)
	}
	if _, sent := c.request.Header["Soapaction"]; !sent {
		return nil, soapFault(clientFault, unsureSoapAction)
	}
	var refusal *apiError
	if c.version, refusal = c.org.versionOf("v" + c.request.PathValue("version")); refusal != nil {
		return nil, soapFault("UNSUPPORTED_API_VERSION", unsureSoapVersion)
	}
	header, operation, refusal := openEnvelope(c.body)
	if refusal != nil {
		return nil, refusal
	}
	if c.session, refusal = c.soapSession(header); refusal != nil {
		return nil, refusal
	}
	run, known := metadataOperations[operation.name]
	if !known || operation.space != metadataSpace {
		return nil, soapFault(clientFault, "No operation available for request {"+operation.space+"}"+operation.name+", please check the WSDL for the service.")
	}
	if !c.org.can(c.session, "ModifyMetadata") && !c.org.can(c.session, "ModifyAllData") {
		return nil, soapFault("INSUFFICIENT_ACCESS", unsureMetadataAccess)
	}
	results, refusal := run(&metadataCall{call: c, request: operation, allOrNone: header.child("AllOrNoneHeader").flag("allOrNone")})
	if refusal != nil {
		return nil, refusal
	}
	return soapReply(branch(operation.name+"Response", results...)), nil
}

// openEnvelope takes the header and the operation out of a SOAP message.
func openEnvelope(message []byte) (header, operation element, refusal *apiError) {
	envelope, err := parseXML(message)
	if err != nil {
		return element{}, element{}, soapFault(clientFault, err.Error())
	}
	body := envelope.child("Body")
	if envelope.name != "Envelope" || envelope.space != envelopeSpace || len(body.children) != 1 {
		return element{}, element{}, soapFault(clientFault, unsureSoapEnvelope)
	}
	return envelope.child("Header"), body.children[0], nil
}

// soapSession admits the caller. Only the SessionHeader counts; an Authorization header does not.
func (c *call) soapSession(header element) (*session, *apiError) {
	token := header.child("SessionHeader").value("sessionId")
	illegal := soapFault("INVALID_SESSION_ID", "Invalid Session ID found in SessionHeader: Illegal Session")
	isJWT := strings.Count(token, ".") == 2 && strings.HasPrefix(token, "eyJ")
	if isJWT && c.version < firstWithJWT || c.org.foreignHost(c.request) {
		return nil, illegal
	}
	s, refusal := c.org.sessionOf(token, c.org.sourceIP(c.request))
	if refusal != nil && refusal.Code == illegal.Code {
		return nil, illegal
	}
	return s, refusal
}

// firstWithJWT is the first API version whose SOAP takes access tokens in the form of a JWT.
const firstWithJWT = 68
