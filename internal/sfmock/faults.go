package sfmock

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"time"
)

// Fault is what goes wrong with a request. A refusal is answered in the form of the endpoint: an array over REST, an OAuth
// object, a SOAP fault. Without a status, a code or a body, and without a cut, the request is served, late or with dead tokens.
type Fault struct {
	After int // let this many matching requests pass first
	Delay time.Duration

	KillSessions bool // all tokens die before the request is served

	Status        int // of the refusal; 0 means 400 with a Code
	Code, Message string
	Fields        []string
	Body          string // sent as it is instead of a refusal, such as a gateway's HTML page
	ContentType   string // of Body, HTML by default
	Header        map[string]string

	Reset            bool // the connection is reset before anything is done
	ResetAfterCommit bool // everything is done, then the connection is reset
	TruncateBody     bool // everything is done, then the answer ends in its middle
}

// fault is a Fault that lies in wait.
type fault struct {
	Fault
	match Match
	skip  int
	left  int // negative for ever
}

// Fail lets the next times matching requests go wrong; negative times mean for ever. The first fault that matches takes a request.
func (o *Org) Fail(m Match, times int, f Fault) {
	o.hooks.Lock()
	defer o.hooks.Unlock()
	o.hooks.faults = append(o.hooks.faults, &fault{Fault: f, match: m, skip: f.After, left: times})
}

// FailAs is Fail with a fault in JSON: the members of a Match and of a Fault in one object, with times (1 if missing) and the delay
// as text like "2s".
func (o *Org) FailAs(spec io.Reader) error {
	var body struct {
		Match
		Fault
		Times *int
		Delay string
	}
	if err := decodeStrictly(spec, &body); err != nil {
		return err
	}
	if body.Status != 0 && (body.Status < http.StatusOK || body.Status > 599) {
		return fmt.Errorf("%d is no status of an answer: those are 200 to 599", body.Status)
	}
	if body.Delay != "" {
		delay, err := time.ParseDuration(body.Delay)
		if err != nil {
			return fmt.Errorf("read delay: %w", err)
		}
		body.Fault.Delay = delay
	}
	times := 1
	if body.Times != nil {
		times = *body.Times
	}
	o.Fail(body.Match, times, body.Fault)
	return nil
}

// Heal takes all faults back.
func (o *Org) Heal() {
	o.hooks.Lock()
	o.hooks.faults = nil
	o.hooks.Unlock()
	o.mu.Lock()
	defer o.mu.Unlock()
	o.componentFaults = nil
}

// strikes takes the fault that hits a request, nil if there is none. The hooks are locked.
func (o *Org) strikes(r *Request) *Fault {
	for _, f := range o.hooks.faults {
		switch {
		case f.left == 0 || !f.match.matches(r):
		case f.skip > 0:
			f.skip--
		default:
			f.left = max(f.left-1, -1)
			return &f.Fault
		}
	}
	return nil
}

// strike is one request on its way through the org, and what happens to it.
type strike struct {
	org           *Org
	entry         *Request
	fault         *Fault // nil for none
	tooLong       *apiError
	crowded       bool
	api           bool
	metadataWrite bool
	left          bool
}

func (s *strike) delay() time.Duration {
	if s.fault == nil {
		return 0
	}
	return s.fault.Delay
}

// before answers a request that does not get as far as its endpoint, and tells whether it did.
func (s *strike) before(w http.ResponseWriter, failure func(*apiError) *reply) bool {
	if s.fault != nil && s.fault.KillSessions {
		s.org.ExpireSessions()
	}
	switch f := s.fault; {
	case s.tooLong != nil:
		s.answer(w, failure(s.tooLong))
	case f != nil && f.Reset:
		s.leave(0)
		reset(w)
	case f != nil && (f.Status != 0 || f.Code != "" || f.Body != ""):
		s.answer(w, f.reply(failure))
	case s.crowded:
		s.answer(w, failure(errConcurrency()))
	default:
		return false
	}
	return true
}

// after sends the endpoint's answer, or less than that.
func (s *strike) after(w http.ResponseWriter, answer *reply) {
	switch {
	case s.fault != nil && s.fault.ResetAfterCommit:
		s.leave(0)
		reset(w)
	case s.fault != nil && s.fault.TruncateBody:
		s.leave(answer.Status)
		truncate(w, answer)
	default:
		s.answer(w, answer)
	}
}

func (s *strike) answer(w http.ResponseWriter, answer *reply) {
	s.leave(answer.Status)
	write(w, answer)
}

func (f *Fault) reply(failure func(*apiError) *reply) *reply {
	status := f.Status
	if status == 0 {
		status = http.StatusBadRequest
	}
	answer := &reply{Status: status}
	switch {
	case f.Body != "":
		answer.Body, answer.ContentType = []byte(f.Body), f.ContentType
		if f.ContentType == "" {
			answer.ContentType = "text/html; charset=UTF-8"
		}
	case f.Code != "":
		answer = failure(&apiError{Status: status, Code: f.Code, Message: f.Message, Fields: slices.Clone(f.Fields)})
	}
	if f.Header != nil {
		answer.Header = f.Header
	}
	return answer
}

// reset cuts the connection so that the client sees it reset.
func reset(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if tcp, isTCP := connection.(*net.TCPConn); isTCP {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}

// truncate promises the whole answer, sends half of it and closes the connection.
func truncate(w http.ResponseWriter, answer *reply) {
	body, contentType, err := render(answer)
	connection, _, hijack := http.NewResponseController(w).Hijack()
	if err != nil || hijack != nil {
		http.Error(w, fmt.Sprint(err, hijack), http.StatusInternalServerError)
		return
	}
	_, _ = fmt.Fprintf(connection, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n",
		answer.Status, http.StatusText(answer.Status), contentType, len(body))
	_, _ = connection.Write(body[:len(body)/2])
	_ = connection.Close()
}
