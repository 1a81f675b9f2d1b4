package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// retrieved is a folder with what an org gives of some members by type, as a client retrieves it.
func retrieved(t *testing.T, url, token string, members map[string][]string) (folder string) {
	t.Helper()
	var types strings.Builder
	for typeName, names := range members {
		types.WriteString("<types><members>" + strings.Join(names, "</members><members>") + "</members><name>" + typeName + "</name></types>")
	}
	ask := func(request string) string { return soap(t, url, token, request) }
	id := inner(t, "id", ask(`<retrieve xmlns="http://soap.sforce.com/2006/04/metadata"><retrieveRequest><apiVersion>68.0</apiVersion><unpackaged>`+types.String()+`<version>68.0</version></unpackaged></retrieveRequest></retrieve>`))
	for range 100 {
		answer := ask(`<checkRetrieveStatus xmlns="http://soap.sforce.com/2006/04/metadata"><asyncProcessId>` + id + `</asyncProcessId><includeZip>true</includeZip></checkRetrieveStatus>`)
		if inner(t, "done", answer) == "true" {
			return unpacked(t, inner(t, "zipFile", answer))
		}
	}
	t.Fatal("the retrieval does not end")
	return ""
}

func soap(t *testing.T, url, token, request string) string {
	t.Helper()
	envelope := `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header><SessionHeader xmlns="http://soap.sforce.com/2006/04/metadata"><sessionId>` + token +
		`</sessionId></SessionHeader></Header><Body>` + request + `</Body></Envelope>`
	post, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/services/Soap/m/68.0", strings.NewReader(envelope))
	if err != nil {
		t.Fatal(err)
	}
	post.Header.Set("Content-Type", "text/xml; charset=UTF-8")
	post.Header.Set("SOAPAction", `""`)
	response, err := (&http.Client{Timeout: time.Minute}).Do(post)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%v, %s\n%s", err, response.Status, answer)
	}
	return string(answer)
}

// inner is the text of the first element of a name.
func inner(t *testing.T, name, answer string) string {
	t.Helper()
	found := regexp.MustCompile("<" + name + ">([^<]*)<").FindStringSubmatch(answer)
	if found == nil {
		t.Fatalf("no %s in %s", name, answer)
	}
	return found[1]
}

func unpacked(t *testing.T, encoded string) (folder string) {
	t.Helper()
	archive, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	files, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	folder = t.TempDir()
	if err := os.CopyFS(folder, files); err != nil {
		t.Fatal(err)
	}
	return folder
}
