package sfmock

import (
	"encoding/json"
	"net/http"
	"testing"
)

func TestVersionsAreListedForEverybody(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	w.token = ""
	status, header, raw := w.do("GET", "/services/data", "")
	var list []map[string]string
	if err := json.Unmarshal(raw, &list); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s", status, raw)
	}
	if len(header["Sforce-Limit-Info"]) != 0 || o.Usage() != 0 {
		t.Errorf("the list was counted: %v", header)
	}
	labels := map[string]string{}
	for _, v := range list {
		labels[v["version"]] = v["label"]
		if v["url"] != "/services/data/v"+v["version"] {
			t.Errorf("%v", v)
		}
	}
	for version, label := range map[string]string{
		"31.0": "Summer '14", "40.0": "Summer '17", "50.0": "Winter '21", "65.0": "Winter '26", "66.0": "Spring '26", "67.0": "Summer '26", "68.0": "Winter '27",
	} {
		if labels[version] != label {
			t.Errorf("%s is %q, want %q", version, labels[version], label)
		}
	}
	if len(list) != 38 || list[0]["version"] != "31.0" {
		t.Errorf("%d versions from %v", len(list), list[0])
	}
}

func TestVersionsOfPaths(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	for _, version := range []string{"v69.0", "v6.0", "v68", "v68.1", "68.0", "v068.0", "latest"} {
		w.wants("GET", "/services/data/"+version+"/limits", "", http.StatusNotFound, noSuchThing)
	}
	retired := `[{"message":"` + unsureRetiredVersion + `","errorCode":"UNSUPPORTED_API_VERSION"}]`
	w.wants("GET", "/services/data/v30.0/limits", "", http.StatusGone, retired)
	w.wants("GET", "/services/data/v7.0/", "", http.StatusGone, retired)
	for version, warned := range map[string]bool{"v31.0": true, "v40.0": true, "v41.0": false, "v68.0": false} {
		status, header, raw := w.do("GET", "/services/data/"+version+"/", "")
		if status != http.StatusOK || (header.Get("Warning") != "") != warned {
			t.Errorf("%s: %d, Warning %q, %s", version, status, header.Get("Warning"), raw)
		}
	}
	o.SetNewestVersion(67)
	w.wants("GET", "/services/data/v68.0/", "", http.StatusNotFound, noSuchThing)
}

func TestResources(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	for _, path := range []string{"/services/data/v60.0", "/services/data/v60.0/", "//services/data//v60.0"} {
		status, _, raw := w.do("GET", path, "")
		var urls map[string]string
		if err := json.Unmarshal(raw, &urls); err != nil || status != http.StatusOK || urls["sobjects"] != "/services/data/v60.0/sobjects" {
			t.Errorf("%s: %d %s", path, status, raw)
		}
	}
	w.wants("GET", "/services/data/v68.0/nothing/here", "", http.StatusNotFound, noSuchThing)
}

func TestMethods(t *testing.T) {
	t.Parallel()
	w := client(t, New(Options{}))
	header := w.wants("PUT", resources, "", http.StatusMethodNotAllowed,
		`[{"message":"HTTP Method 'PUT' not allowed. Allowed are HEAD,GET","errorCode":"METHOD_NOT_ALLOWED"}]`)
	if header.Get("Allow") != "HEAD,GET" {
		t.Errorf("Allow %q", header.Get("Allow"))
	}
	if header.Get("Sforce-Limit-Info") != "api-usage=1/100000" {
		t.Errorf("Sforce-Limit-Info %q", header.Get("Sforce-Limit-Info"))
	}
	if status, _, body := w.do("HEAD", resources, ""); status != http.StatusOK || len(body) != 0 {
		t.Errorf("HEAD: %d %s", status, body)
	}
	w.wants("POST", resources+"?_HttpMethod=DELETE", "", http.StatusMethodNotAllowed,
		`[{"message":"HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET","errorCode":"METHOD_NOT_ALLOWED"}]`)
}

func TestOtherPathsAreHTML(t *testing.T) {
	t.Parallel()
	w := client(t, New(Options{}))
	status, header, _ := w.do("GET", "/setup/home", "")
	if status != http.StatusNotFound || header.Get("Content-Type") != "text/html; charset=UTF-8" {
		t.Errorf("%d %v", status, header)
	}
}
