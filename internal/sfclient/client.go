package sfclient

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

const (
	maxBody        = 256 << 20 // bytes of one answer; a describe of a big org has tens of megabytes
	maxErrorBody   = 1 << 20
	gzipFrom       = 4 << 10 // bytes of a request body from which it is compressed
	attemptTimeout = 5 * time.Minute
	maxInFlight    = 10 // requests at a time
)

// Client is one signed-in org. Its methods are safe for concurrent use.
type Client struct {
	config    Config
	http      *http.Client
	sessions  *sessions
	slots     chan struct{}
	usage     atomic.Value // string: the newest Sforce-Limit-Info
	latency   atomic.Int64 // time.Duration: of the newest exchange
	warnings  []string
	concealed concealment

	// Users and the fields below read and write the objects that the provider manages.
	Users                 *Table[User]
	UserLogins            *Table[UserLogin]
	UserRoles             *Table[UserRole]
	Profiles              *Table[Profile]
	PermissionSets        *Table[PermissionSet]
	PermissionSetGroups   *Table[PermissionSetGroup]
	CustomPermissions     *Table[CustomPermission]
	PermissionSetLicenses *Table[PermissionSetLicense]
	Assignments           *Table[Assignment]
	LicenseAssignments    *Table[LicenseAssignment]
	UserLicenses          *Table[UserLicense]
	facts                 facts
	creates, updates      *gatherer[recordWrite, writeResult]
	deletes               family[string, string, writeResult]
	graphs                *gatherer[Graph, GraphResult]
	metadataReads         family[string, string, []byte]
	deployments           family[DeployOptions, parcel, error]
	metadataLists         family[string, struct{}, []ComponentListing]
	metadataWrites        family[metadataVerb, metadataWrite, metadataOutcome]
	tables                map[string]toucher
	metadataTurn          chan struct{} // one metadata write at a time: setup locks
	profileNames          *fullNames
}

// New checks the configuration, signs in, and makes sure that the org speaks the API version.
func New(ctx context.Context, config Config) (*Client, error) {
	versionChosen := config.APIVersion != ""
	way, err := config.resolve()
	if err != nil {
		return nil, err
	}
	mint, err := newMinter(config, way)
	if err != nil {
		return nil, err
	}
	if config.Transport == nil {
		config.Transport = &http.Transport{
			Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: maxInFlight,
			IdleConnTimeout: 90 * time.Second, TLSHandshakeTimeout: 10 * time.Second,
		}
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c := &Client{
		config: config,
		http:   &http.Client{Transport: config.Transport, Timeout: attemptTimeout, CheckRedirect: stay},
		slots:  make(chan struct{}, maxInFlight),
	}
	c.sessions = &sessions{
		mint: mint, turn: make(chan struct{}, 1),
		client: &http.Client{Transport: tokenTrace{config.Transport, config.Trace}, Timeout: time.Minute, CheckRedirect: stay},
	}
	c.wire()
	if _, err := c.sessions.get(ctx, nil); err != nil {
		return nil, err
	}
	return c, c.agreeOnVersion(ctx, versionChosen)
}

// Warnings are what the sign-in found that deserves a look, in full sentences.
func (c *Client) Warnings() []string { return c.warnings }

// APIVersion is the version that the client speaks, such as "68.0".
func (c *Client) APIVersion() string { return c.config.APIVersion }

// request is one exchange to be had.
type request struct {
	op         string // what is tried, for errors: "create User"
	method     string
	path       string // from the root of the host
	query      url.Values
	body       any                       // sent as JSON
	form       *form                     // or several parts
	envelope   func(token string) []byte // or a SOAP envelope, which carries the token inside
	idempotent bool                      // sending it twice does no more than once
	anonymous  bool                      // no token
}

// rest is the path of a REST resource at the client's API version.
func (c *Client) rest(resource string) string {
	return "/services/data/v" + c.config.APIVersion + resource
}

// do has the exchange and decodes the JSON answer into result unless that is nil.
func (c *Client) do(ctx context.Context, r request, result any) error {
	return c.exchange(ctx, r, func(answer []byte) error {
		if result == nil {
			return nil
		}
		if err := json.Unmarshal(answer, result); err != nil {
			return fmt.Errorf("the answer of %d bytes can't be read as JSON (%w)", len(answer), err)
		}
		return nil
	})
}

// exchange sends the request, again where that is safe, until read understands the answer.
func (c *Client) exchange(ctx context.Context, r request, read func(answer []byte) error) error {
	again := func(err error) bool { return safeToRepeat(err, r.idempotent) }
	_, err := retryWhile(ctx, transportPace, again, func() (struct{}, error) {
		answer, err := c.attempt(ctx, r)
		if err == nil {
			if problem := read(answer); problem != nil {
				err = &Error{Op: r.op, Status: http.StatusOK, Message: problem.Error()}
			}
		}
		if !r.idempotent && brokenOnTheWay(err) && !safeToRepeat(err, false) {
			err = &UncertainError{err}
		}
		return struct{}{}, err
	})
	return err
}

// attempt sends the request once, and once more with a new token when Salesforce says that the session has expired.
func (c *Client) attempt(ctx context.Context, r request) ([]byte, error) {
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return nil, unsentError{ctx.Err()}
	}
	if r.anonymous {
		return c.send(ctx, r, &session{instance: cmp.Or(c.config.InstanceURL, c.config.LoginURL)})
	}
	live, err := c.sessions.get(ctx, nil)
	if err != nil {
		return nil, unsentError{err}
	}
	answer, err := c.send(ctx, r, live)
	switch {
	case !sessionExpired(err):
		return answer, err
	case c.config.AccessToken != "":
		return nil, fmt.Errorf("%w. The access token was given as it is, so no new one can be had", err)
	}
	if live, err = c.sessions.get(ctx, live); err != nil {
		return nil, unsentError{err}
	}
	return c.send(ctx, r, live)
}

// send is the one door to the wire.
func (c *Client) send(ctx context.Context, r request, live *session) (_ []byte, err error) {
	payload, contentType, err := r.payload(live.token)
	if err != nil {
		return nil, unsentError{fmt.Errorf("%s: %w", r.op, err)}
	}
	address := live.instance + r.path
	if len(r.query) > 0 {
		address += "?" + r.query.Encode()
	}
	var answer []byte
	status, started := 0, time.Now()
	if c.config.Trace != nil {
		defer func() {
			c.config.Trace(ctx, Exchange{r.method, address, status, err, time.Since(started), c.concealed.loggable(r), c.concealed.masked(answer)})
		}()
	}
	zipped := r.body != nil && len(payload) >= gzipFrom
	if zipped {
		payload = compress(payload)
	}
	httpRequest, err := http.NewRequestWithContext(ctx, r.method, address, bytes.NewReader(payload))
	if err != nil {
		return nil, unsentError{fmt.Errorf("%s: %w", r.op, err)}
	}
	header := httpRequest.Header
	header.Set("User-Agent", c.config.UserAgent)
	if contentType != "" {
		header.Set("Content-Type", contentType)
	}
	if zipped {
		header.Set("Content-Encoding", "gzip")
	}
	switch {
	case r.envelope != nil:
		header.Set("SOAPAction", `""`)
	case !r.anonymous:
		header.Set("Authorization", "Bearer "+live.token)
		header.Set("Sforce-Mru", "updateMru=false")
	}
	response, err := c.http.Do(httpRequest)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.op, err)
	}
	defer response.Body.Close()
	status = response.StatusCode
	c.latency.Store(int64(time.Since(started)))
	if usage := response.Header.Get("Sforce-Limit-Info"); usage != "" {
		c.usage.Store(usage)
	}
	limit := int64(maxBody)
	if response.StatusCode >= 300 {
		limit = maxErrorBody
	}
	answer, err = io.ReadAll(io.LimitReader(response.Body, limit+1))
	switch {
	case err != nil:
		return nil, &Error{Op: r.op, Status: response.StatusCode, Message: "the answer broke off: " + err.Error()}
	case response.StatusCode >= 300:
		return nil, c.refusal(r, response, answer)
	case int64(len(answer)) > limit:
		return nil, fmt.Errorf("%s: the answer is over %d bytes", r.op, limit)
	}
	return answer, nil
}

func (r request) payload(token string) (payload []byte, contentType string, err error) {
	switch {
	case r.envelope != nil:
		return r.envelope(token), "text/xml; charset=UTF-8", nil
	case r.body != nil:
		payload, err = json.Marshal(r.body)
		return payload, "application/json", err
	case r.form != nil:
		return r.form.content, r.form.contentType, nil
	}
	return nil, "", nil
}

func compress(payload []byte) []byte {
	var buffer bytes.Buffer
	zipper := gzip.NewWriter(&buffer)
	_, _ = zipper.Write(payload) // a bytes.Buffer takes everything
	_ = zipper.Close()
	return buffer.Bytes()
}

// refusal turns an unsuccessful answer into an *Error.
func (c *Client) refusal(r request, response *http.Response, body []byte) error {
	contentType := response.Header.Get("Content-Type")
	if to := response.Header.Get("Location"); response.StatusCode/100 == 3 && to != "" {
		return &Error{Op: r.op, Status: response.StatusCode, Message: "the host answers with a redirect to " + to + ", which is not followed because it would carry the token along. Use the address of the org's My Domain"}
	}
	refused := &Error{Op: r.op, Status: response.StatusCode, Usage: c.Usage()}
	if r.envelope != nil {
		if fault, ok := parseFault(body); ok {
			refused.Code, refused.Message = fault.code, fault.message
			return refused
		}
		return gatewayError(r.op, response.StatusCode, contentType, body)
	}
	item, err := parseRefusal(body)
	if err != nil {
		if text := strings.TrimSpace(string(body)); text == "Bad_OAuth_Token" || text == "Missing_OAuth_Token" {
			refused.Code, refused.Message = "INVALID_SESSION_ID", text
			return refused
		}
		return gatewayError(r.op, response.StatusCode, contentType, body)
	}
	refused.Code, refused.Message, refused.Fields = item.code(), cmp.Or(item.Message, item.OAuthDescription), item.Fields
	return refused
}

// refusalItem is Salesforce's JSON form of a refusal: errorCode for a whole request, statusCode for an item of a collection, error
// for an OAuth endpoint.
type refusalItem struct {
	ErrorCode        string   `json:"errorCode"`
	StatusCode       string   `json:"statusCode"`
	OAuthError       string   `json:"error"`
	Message          string   `json:"message"`
	OAuthDescription string   `json:"error_description"`
	Fields           []string `json:"fields"`
}

func (r refusalItem) code() string { return cmp.Or(r.ErrorCode, r.StatusCode, r.OAuthError) }

// parseRefusal reads the array of REST, or the bare object that a few resources answer with.
func parseRefusal(body []byte) (refusalItem, error) {
	var items []refusalItem
	if err := json.Unmarshal(body, &items); err == nil && len(items) > 0 {
		return items[0], nil
	}
	var item refusalItem
	if err := json.Unmarshal(body, &item); err != nil {
		return item, err
	}
	if item.code() == "" {
		return item, errors.New("no error code")
	}
	return item, nil
}

// Usage is the org's API usage as Salesforce last told it: "api-usage=123/100000", empty when it has not yet.
func (c *Client) Usage() string {
	usage, _ := c.usage.Load().(string)
	return usage
}
