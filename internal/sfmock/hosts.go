package sfmock

import (
	"cmp"
	"net"
	"net/http"
	"slices"
)

// Hosts of the log-in server. On loopback the name localhost stands for it and the address 127.0.0.1 for the org's My Domain;
// every other host is the org's My Domain.
var loginHosts = []string{"localhost", "login.salesforce.com", "test.salesforce.com"}

// myDomain is the org's own host where a client reached it through the real log-in host's name, over an in-memory transport.
const myDomain = "https://mock.my.salesforce.com"

func atLogin(r *http.Request) bool { return slices.Contains(loginHosts, hostname(r)) }

func hostname(r *http.Request) string {
	if name, _, err := net.SplitHostPort(r.Host); err == nil {
		return name
	}
	return r.Host
}

// baseURL is scheme and host as the client sees them.
func baseURL(r *http.Request) string {
	if name := hostname(r); name == "localhost" || net.ParseIP(name) != nil {
		return "http://" + r.Host
	}
	return "https://" + r.Host
}

// instanceURL is where the org's API is, in token answers and links.
func (o *Org) instanceURL(r *http.Request) string {
	if o.instance != "" || !atLogin(r) {
		return cmp.Or(o.instance, baseURL(r))
	}
	if hostname(r) != "localhost" {
		return myDomain
	}
	return "http://" + withPort("127.0.0.1", r)
}

// loginURLs are the log-in server's URLs for this kind of org.
func (o *Org) loginURLs(r *http.Request) []string {
	public := "https://login.salesforce.com"
	if o.options.Sandbox {
		public = "https://test.salesforce.com"
	}
	return []string{public, "http://" + withPort("localhost", r)}
}

func withPort(name string, r *http.Request) string {
	if _, port, err := net.SplitHostPort(r.Host); err == nil {
		return net.JoinHostPort(name, port)
	}
	return name
}

// foreignHost tells whether the request came to a host that does not serve this org's API.
func (o *Org) foreignHost(r *http.Request) bool { return atLogin(r) || baseURL(r) != o.instanceURL(r) }

// sourceIP is the address that a request seems to come from.
func (o *Org) sourceIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return cmp.Or(o.source, host)
}
