package sfmock

import (
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server is an org on a loopback port.
type Server struct {
	URL      string // the org's My Domain
	LoginURL string // the log-in server

	http   *http.Server
	served sync.WaitGroup
}

// Listen serves the org on an address such as 127.0.0.1:8765; port 0 is a free one. It refuses everything but the loopback
// address, since the org hands its state to whoever asks.
func (o *Org) Listen(address string) (*Server, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", address, err)
	}
	if host != "127.0.0.1" && host != "localhost" {
		return nil, fmt.Errorf("listen on %q: the mock org listens on 127.0.0.1 only", address)
	}
	loopback, err := net.ResolveTCPAddr("tcp4", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", address, err)
	}
	listener, err := net.ListenTCP("tcp4", loopback)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", address, err)
	}
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	s := &Server{
		URL:      "http://127.0.0.1:" + port,
		LoginURL: "http://localhost:" + port,
		http:     o.server(),
	}
	s.served.Go(func() { _ = s.http.Serve(listener) })
	return s, nil
}

// server's limit on headers stays at Go's megabyte, well above the platform's, which the org checks itself.
func (o *Org) server() *http.Server {
	return &http.Server{Handler: o.handler, ReadHeaderTimeout: time.Minute}
}

// Close stops the server and cuts its connections.
func (s *Server) Close() {
	_ = s.http.Close()
	s.served.Wait()
}
