package sfmock

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

// maxRequestHead is the platform's limit on the URI, and on URI and headers together, in bytes.
const maxRequestHead = 16_384

// tooLong refuses a request whose URI or headers are over the platform's limit, nil if they fit.
func tooLong(r *http.Request) *apiError {
	size := len(r.RequestURI)
	if size > maxRequestHead {
		return &apiError{Status: http.StatusRequestURITooLong, Code: unsureURITooLong, Message: "The length of the URI exceeds the 16,384-byte limit."}
	}
	for name, values := range r.Header {
		for _, value := range values {
			size += len(name) + len(": ") + len(value) + len("\r\n")
		}
	}
	if size > maxRequestHead {
		return &apiError{
			Status: http.StatusRequestHeaderFieldsTooLarge, Code: unsureHeadersTooLong,
			Message: "The combined length of the URI and headers exceeds the 16,384-byte limit.",
		}
	}
	return nil
}

// compressed speaks gzip with clients that do: in requests that say so, in answers to those that accept it.
func compressed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Content-Encoding") == "gzip" {
			r.Body = &gunzip{compressed: r.Body}
		}
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			next.ServeHTTP(w, r)
			return
		}
		zipped := &gzipWriter{ResponseWriter: w}
		next.ServeHTTP(zipped, r)
		zipped.close()
	})
}

// gunzip reads a compressed request body.
type gunzip struct {
	compressed io.ReadCloser
	plain      *gzip.Reader
}

func (g *gunzip) Read(p []byte) (int, error) {
	if g.plain == nil {
		plain, err := gzip.NewReader(g.compressed)
		if err != nil {
			return 0, err
		}
		g.plain = plain
	}
	return g.plain.Read(p)
}

func (g *gunzip) Close() error { return g.compressed.Close() }

// gzipWriter compresses an answer once it turns out to have a body.
type gzipWriter struct {
	http.ResponseWriter
	status int
	zip    *gzip.Writer
}

// Unwrap lets http.ResponseController find the connection.
func (g *gzipWriter) Unwrap() http.ResponseWriter { return g.ResponseWriter }

func (g *gzipWriter) WriteHeader(status int) { g.status = status }

func (g *gzipWriter) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if g.zip == nil {
		g.Header().Set("Content-Encoding", "gzip")
		g.Header().Del("Content-Length")
		g.sendHeader()
		g.zip = gzip.NewWriter(g.ResponseWriter)
	}
	return g.zip.Write(p)
}

func (g *gzipWriter) sendHeader() {
	if g.status != 0 {
		g.ResponseWriter.WriteHeader(g.status)
		g.status = 0
	}
}

func (g *gzipWriter) close() {
	g.sendHeader()
	if g.zip != nil {
		_ = g.zip.Close()
	}
}
