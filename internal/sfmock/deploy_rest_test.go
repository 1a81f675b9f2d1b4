package sfmock

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"
)

// deployForm is the request body of a deployment.
func deployForm(t *testing.T, optionsPart, options string, archive []byte) (body string, header http.Header) {
	t.Helper()
	var form bytes.Buffer
	writer := multipart.NewWriter(&form)
	for _, part := range []struct{ disposition, media, content string }{
		{`form-data; name="` + optionsPart + `"`, "application/json", options},
		{`form-data; name="file"; filename="package.zip"`, "application/zip", string(archive)},
	} {
		w, err := writer.CreatePart(textproto.MIMEHeader{"Content-Disposition": {part.disposition}, "Content-Type": {part.media}})
		if err == nil {
			_, err = w.Write([]byte(part.content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return form.String(), http.Header{"Content-Type": {writer.FormDataContentType()}}
}

const deployRequests = resources + "metadata/deployRequest"

// post deploys over REST and returns the decoded answer.
func (s *soapWire) post(part, options string) map[string]any {
	s.t.Helper()
	body, header := deployForm(s.t, part, options, zipOf(s.t, robotPackage()))
	status, _, raw := s.send(http.MethodPost, deployRequests, body, header)
	if status != http.StatusCreated {
		s.t.Fatalf("%d %s", status, raw)
	}
	return s.decoded(raw)
}

func (s *soapWire) decoded(raw []byte) (answer map[string]any) {
	s.t.Helper()
	if err := json.Unmarshal(raw, &answer); err != nil {
		s.t.Fatal(err)
	}
	return answer
}

func (s *soapWire) readDeploy(id string) map[string]any {
	s.t.Helper()
	status, _, raw := s.do(http.MethodGet, deployRequests+"/"+id+"?includeDetails=true", "")
	if status != http.StatusOK {
		s.t.Fatalf("%d %s", status, raw)
	}
	return s.decoded(raw)
}

func TestDeployOverREST(t *testing.T) {
	t.Parallel()
	for _, part := range []string{"json", "entity_content"} {
		s := deployClient(t)
		created := s.post(part, `{"deployOptions":{"singlePackage":true,"rollbackOnError":true,"testLevel":"RunLocalTests"}}`)
		id, _ := created["id"].(string)
		options, _ := created["deployOptions"].(map[string]any)
		result, _ := created["deployResult"].(map[string]any)
		if !strings.HasPrefix(id, "0Af") || options["testLevel"] != "RunLocalTests" || options["runTests"] != nil || options["checkOnly"] != false ||
			result["id"] != id || result["status"] != "Pending" || result["done"] != false || result["startDate"] != nil || result["details"] != nil {
			t.Errorf("created: %v", created)
		}
		if url := created["url"]; url != s.url+deployRequests+"/"+id {
			t.Errorf("url %v", url)
		}
		if running, _ := s.readDeploy(id)["deployResult"].(map[string]any); running["status"] != "InProgress" || running["startDate"] != "2026-11-23T12:00:00.000+0000" {
			t.Errorf("running: %v", running)
		}
		done, _ := s.readDeploy(id)["deployResult"].(map[string]any)
		details, _ := done["details"].(map[string]any)
		successes, _ := details["componentSuccesses"].([]any)
		if done["status"] != "Succeeded" || done["numberComponentsDeployed"] != 2.0 || len(successes) != 3 {
			t.Fatalf("done: %v", done)
		}
		if failures, isList := details["componentFailures"].([]any); !isList || len(failures) != 0 {
			t.Errorf("failures: %v", details["componentFailures"])
		}
		first, _ := successes[0].(map[string]any)
		manifest, _ := successes[1].(map[string]any)
		if first["fullName"] != "Skip" || first["created"] != true || first["problem"] != nil || first["forPackageManifestFile"] != false ||
			manifest["forPackageManifestFile"] != true || manifest["componentType"] != "" || manifest["id"] != nil {
			t.Errorf("successes: %v", successes)
		}
	}
}

func TestDeployChangesOverREST(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	validation, _ := s.post("json", `{"deployOptions":{"singlePackage":true,"rollbackOnError":true,"checkOnly":true}}`)["id"].(string)
	quick := `{"validatedDeployRequestId":"` + validation + `"}`
	s.wire.wants(http.MethodPost, deployRequests, quick, http.StatusNotFound, noSuchThing)
	s.readDeploy(validation)
	s.readDeploy(validation)
	status, _, raw := s.do(http.MethodPost, deployRequests, quick)
	answer := s.decoded(raw)
	if _, has := answer["deployResult"]; status != http.StatusCreated || answer["validatedDeployRequestId"] != validation || answer["id"] == validation || has {
		t.Errorf("quick deployment: %d %s", status, raw)
	}
	id, _ := answer["id"].(string)
	s.wire.wants(http.MethodPatch, deployRequests+"/"+id, `{"deployResult":{"status":"Done"}}`, http.StatusBadRequest,
		`[{"message":"`+unsureDeployChange+`","errorCode":"`+unsureDeployChangeCode+`"}]`)
	cancel := `{"deployResult":{"status":"Canceling"}}`
	status, _, raw = s.do(http.MethodPatch, deployRequests+"/"+id, cancel)
	if result, _ := s.decoded(raw)["deployResult"].(map[string]any); status != http.StatusAccepted || result["status"] != "Canceling" {
		t.Errorf("cancel: %d %s", status, raw)
	}
	if result, _ := s.readDeploy(id)["deployResult"].(map[string]any); result["status"] != "Canceled" || s.exists("PermissionSet", "Robot") {
		t.Errorf("canceled: %v", result)
	}
	s.wire.wants(http.MethodPatch, deployRequests+"/"+id, cancel, http.StatusBadRequest, `[{"message":"Deployment already completed","errorCode":"INVALID_ID_FIELD"}]`)
	s.wire.wants(http.MethodGet, deployRequests+"/0Af000000000000AAA", "", http.StatusNotFound, noSuchThing)
	s.wire.wants(http.MethodDelete, deployRequests+"/"+id, "", http.StatusMethodNotAllowed,
		`[{"message":"HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET,POST,PATCH","errorCode":"METHOD_NOT_ALLOWED"}]`)

	body, header := deployForm(t, "options", "{}", nil)
	if status, _, raw := s.send(http.MethodPost, deployRequests, body, header); status != http.StatusBadRequest || !strings.Contains(string(raw), unsureBadDeployForm) {
		t.Errorf("a form without options: %d %s", status, raw)
	}
	s.token = s.tokenOf(s.org, "sam.seller@example.com.sandbox")
	s.wire.wants(http.MethodGet, deployRequests+"/"+id, "", http.StatusForbidden, `[{"message":"`+unsureMetadataAccess+`","errorCode":"INSUFFICIENT_ACCESS"}]`)
}
