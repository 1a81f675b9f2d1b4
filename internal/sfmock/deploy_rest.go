package sfmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
)

const deployRequestPath = "/metadata/deployRequest"

func deployTable() []restRoute {
	return []restRoute{
		{deployRequestPath, methods{http.MethodPost: (*call).requestDeployment}, 0},
		{deployRequestPath + "/{id}", methods{
			http.MethodGet: (*call).readDeployment, http.MethodPost: (*call).requestDeployment, http.MethodPatch: (*call).changeDeployment,
		}, 0},
	}
}

// deployRequest is the JSON of a request.
type deployRequest struct {
	Options   deployOptions `json:"deployOptions"`
	Validated string        `json:"validatedDeployRequestId"`
	Result    struct {
		Status string `json:"status"`
	} `json:"deployResult"`
}

// mayDeploy refuses callers who may not change metadata.
func (c *call) mayDeploy() *apiError {
	if c.org.can(c.session, "ModifyMetadata") || c.org.can(c.session, "ModifyAllData") {
		return nil
	}
	return &apiError{Status: http.StatusForbidden, Code: "INSUFFICIENT_ACCESS", Message: unsureMetadataAccess}
}

// requestDeployment takes an archive in a form of two parts, or the id of a validation as JSON.
func (c *call) requestDeployment() (*reply, *apiError) {
	if refusal := c.mayDeploy(); refusal != nil {
		return nil, refusal
	}
	media, parameters, err := mime.ParseMediaType(c.request.Header.Get("Content-Type"))
	if err != nil || media != "multipart/form-data" {
		return c.requestValidated()
	}
	request, archive, refusal := readDeployForm(multipart.NewReader(bytes.NewReader(c.body), parameters["boundary"]))
	if refusal != nil {
		return nil, refusal
	}
	if refusal := request.Options.check(c.org); refusal != nil {
		return nil, refusal
	}
	return c.deployReply(http.StatusCreated, c.org.enqueue(c.session, archive, request.Options, ""), true), nil
}

func (c *call) requestValidated() (*reply, *apiError) {
	var request deployRequest
	if refusal := c.decode(&request); refusal != nil {
		return nil, refusal
	}
	d, refusal := c.org.deployValidated(c.session, request.Validated)
	if refusal != nil {
		return nil, errResource()
	}
	return c.deployReply(http.StatusCreated, d, false), nil
}

// readDeployForm reads the options, in a part that clients name differently, and the archive.
func readDeployForm(form *multipart.Reader) (request deployRequest, archive []byte, refusal *apiError) {
	parts := map[string][]byte{}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			parts[part.FormName()], err = io.ReadAll(part)
		}
		if err != nil {
			return request, nil, refuse(unsureBadDeployFormCode, err.Error())
		}
	}
	options, hasOptions := parts["json"]
	if !hasOptions {
		options, hasOptions = parts["entity_content"]
	}
	archive, hasArchive := parts["file"]
	if !hasOptions || !hasArchive {
		return request, nil, refuse(unsureBadDeployFormCode, unsureBadDeployForm)
	}
	if err := json.Unmarshal(options, &request); err != nil {
		return request, nil, refuse("JSON_PARSER_ERROR", err.Error())
	}
	return request, archive, nil
}

func (c *call) deploymentOfPath() (*deployment, *apiError) {
	if refusal := c.mayDeploy(); refusal != nil {
		return nil, refusal
	}
	d := c.org.deploymentOf(c.request.PathValue("id"))
	if d == nil {
		return nil, errResource()
	}
	return d, nil
}

func (c *call) readDeployment() (*reply, *apiError) {
	d, refusal := c.deploymentOfPath()
	if refusal != nil {
		return nil, refusal
	}
	c.org.watch(d)
	return c.deployReply(http.StatusOK, d, true), nil
}

// changeDeployment knows one change: to cancel.
func (c *call) changeDeployment() (*reply, *apiError) {
	d, refusal := c.deploymentOfPath()
	if refusal != nil {
		return nil, refusal
	}
	var request deployRequest
	if refusal := c.decode(&request); refusal != nil {
		return nil, refusal
	}
	if request.Result.Status != deployCanceling {
		return nil, refuse(unsureDeployChangeCode, unsureDeployChange)
	}
	if refusal := c.org.cancel(c.session, d); refusal != nil {
		return nil, refusal
	}
	return c.deployReply(http.StatusAccepted, d, true), nil
}

func (c *call) deployReply(status int, d *deployment, result bool) *reply {
	body := document{
		{"validatedDeployRequestId", orNil(d.validated)},
		{"id", d.id},
		{"url", c.org.instanceURL(c.request) + "/services/data/v" + versionNumber(c.version) + deployRequestPath + "/" + d.id},
		{"deployOptions", d.options},
	}
	if result {
		details := c.request.Method == http.MethodGet && c.request.URL.Query().Get("includeDetails") == "true"
		body = append(body, member{"deployResult", restValues(d.result(details))})
	}
	return &reply{Status: status, Body: body}
}
