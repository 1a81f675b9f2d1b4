package sfmock

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// routes puts the families of endpoints together.
func (o *Org) routes() http.Handler {
	mux := http.NewServeMux()
	o.oauthRoutes(mux)
	o.versionRoutes(mux)
	o.resourceRoutes(mux)
	o.metadataRoutes(mux)
	o.loginRoutes(mux)
	o.adminRoutes(mux)
	mux.HandleFunc("/", o.serve(noSuchPage, restFailure))
	return compressed(trimmed(mux))
}

// resourceRoutes serves the REST API below a version. Every path there asks for a session before it tells whether it exists.
func (o *Org) resourceRoutes(mux *http.ServeMux) {
	register := func(path string, m methods) {
		mux.HandleFunc("/services/data/{version}"+path, o.serve(m.resource, restFailure))
	}
	o.restRoutes(register)
	register("", methods{http.MethodGet: (*call).resources})
	register("/{unknown...}", nil)
}

// resource lets the caller in, runs the method and adds the headers of every REST answer.
func (m methods) resource(c *call) (*reply, *apiError) {
	answer, err := m.enter(c)
	if err != nil {
		answer = restFailure(err)
	}
	header := map[string]string{"Sforce-Limit-Info": c.org.usage.header()}
	if c.version != 0 && c.version <= lastDeprecated {
		header["Warning"] = unsureDeprecated
	}
	maps.Copy(header, answer.Header)
	answer.Header = header
	return answer, nil
}

func (m methods) enter(c *call) (*reply, *apiError) {
	version, err := c.org.versionOf(c.request.PathValue("version"))
	if err != nil {
		return nil, err
	}
	c.version = version
	if c.org.foreignHost(c.request) {
		return nil, errSession()
	}
	if c.session, err = c.org.sessionOf(bearer(c.request), c.org.sourceIP(c.request)); err != nil {
		return nil, err
	}
	if m == nil {
		return nil, errResource()
	}
	if verb := c.request.URL.Query().Get("_HttpMethod"); verb != "" && c.request.Method == http.MethodPost {
		c.request.Method = strings.ToUpper(verb)
	}
	return m.dispatch(c)
}

// dispatch runs the endpoint of the request's method; HEAD is wherever GET is.
func (m methods) dispatch(c *call) (*reply, *apiError) {
	method := c.request.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if e := m[method]; e != nil {
		return e(c)
	}
	return nil, errMethod(c.request.Method, m.allowed())
}

// allowed lists the methods in the order of Salesforce's messages.
func (m methods) allowed() string {
	order := []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
	allowed := slices.DeleteFunc(order, func(method string) bool { return m[method] == nil })
	if m[http.MethodGet] != nil {
		allowed = slices.Insert(allowed, 0, http.MethodHead)
	}
	return strings.Join(allowed, ",")
}

var slashes = regexp.MustCompile(`/{2,}`)

// trimmed drops the slashes that mean nothing to Salesforce: doubled ones, which come from joining an instance URL that ends in
// one (the sf CLI does), and the last one of an API path. http.ServeMux would redirect instead.
func trimmed(next http.Handler) http.Handler {
	trim := func(path string) string {
		path = slashes.ReplaceAllString(path, "/")
		if strings.HasPrefix(path, "/services/") {
			path = strings.TrimSuffix(path, "/")
		}
		return path
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path := trim(r.URL.Path); path != r.URL.Path {
			r = r.Clone(r.Context())
			r.URL.Path, r.URL.RawPath = path, trim(r.URL.RawPath)
		}
		next.ServeHTTP(w, r)
	})
}

// noSuchPage is what a host answers that serves something, but not this.
func noSuchPage(*call) (*reply, *apiError) {
	return &reply{
		Status: http.StatusNotFound, ContentType: "text/html; charset=UTF-8",
		Body: []byte("<html><head><title>URL No Longer Exists</title></head><body><h1>URL No Longer Exists</h1></body></html>\n"),
	}, nil
}
