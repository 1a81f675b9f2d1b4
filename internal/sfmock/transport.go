package sfmock

import (
	"context"
	"io"
	"net"
	"net/http"
)

// Transport reaches the org without a network, whatever the host of the URL: https://login.salesforce.com is its log-in
// server, every other host its My Domain.
func (o *Org) Transport() http.RoundTripper {
	dial := func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go func() { _ = o.server().Serve(&single{connection: server}) }()
		return client, nil
	}
	return &http.Transport{DialContext: dial, DialTLSContext: dial}
}

// single is a listener that accepts one connection; the server goes on to serve it after that.
type single struct {
	connection net.Conn
}

func (s *single) Accept() (net.Conn, error) {
	connection := s.connection
	if connection == nil {
		return nil, io.EOF
	}
	s.connection = nil
	return connection, nil
}

func (s *single) Close() error   { return nil }
func (s *single) Addr() net.Addr { return &net.IPAddr{} }
