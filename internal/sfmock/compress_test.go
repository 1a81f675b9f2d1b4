package sfmock

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestCompressedRequests(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	var zipped bytes.Buffer
	zip := gzip.NewWriter(&zipped)
	if _, err := io.WriteString(zip, newAccount); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	header := http.Header{"Content-Type": {"application/json"}, "Content-Encoding": {"gzip"}}
	if status, _, body := w.send("POST", resources+"sobjects/Account", zipped.String(), header); status != http.StatusCreated {
		t.Errorf("%d %s", status, body)
	}
	if got := o.Requests(Match{Method: "POST"}); string(got[0].Body) != newAccount {
		t.Errorf("the journal has %q", got[0].Body)
	}
	if status, _, body := w.send("POST", resources+"sobjects/Account", "no gzip", header); status != http.StatusBadRequest {
		t.Errorf("%d %s", status, body)
	}
}

func TestCompressedAnswers(t *testing.T) {
	t.Parallel()
	w := client(t, New(Options{}))
	_, plainHeader, plain := w.send("GET", "/services/data", "", http.Header{"Accept-Encoding": {"identity"}})
	if plainHeader.Get("Content-Encoding") != "" {
		t.Errorf("%v", plainHeader)
	}
	_, header, zipped := w.send("GET", "/services/data", "", http.Header{"Accept-Encoding": {"gzip, deflate"}})
	if header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("%v", header)
	}
	reader, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(reader); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("%v, %q instead of %q", err, got, plain)
	}
	_, header, body := w.send("HEAD", resources, "", http.Header{"Accept-Encoding": {"gzip"}})
	if len(body) != 0 {
		t.Errorf("HEAD: %v %q", header, body)
	}
}

func TestLengthLimits(t *testing.T) {
	t.Parallel()
	w := client(t, New(Options{}))
	long := strings.Repeat("x", maxRequestHead-len("/services/data?q="))
	if status, _, _ := w.send("GET", "/services/data?q="+long[500:], "", nil); status != http.StatusOK {
		t.Errorf("a URI that just fits: %d", status)
	}
	w.wants("GET", "/services/data?q="+long+"x", "", http.StatusRequestURITooLong,
		`[{"message":"The length of the URI exceeds the 16,384-byte limit.","errorCode":"`+unsureURITooLong+`"}]`)
	status, _, _ := w.send("GET", "/services/data?q="+long[:8000], "", http.Header{"X-Long": {long[:9000]}})
	if status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("%d", status)
	}
}
