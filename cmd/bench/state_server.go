package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
)

// stateServer keeps Terraform's states in memory, by path. A state in a local file would be written anew after every resource,
// which at thousands of resources takes longer than all the rest.
type stateServer struct {
	*httptest.Server
	mu     sync.Mutex
	states map[string][]byte
}

func serveStates() *stateServer {
	s := &stateServer{states: map[string][]byte{}}
	s.Server = httptest.NewServer(s)
	return s
}

// ServeHTTP speaks the protocol of Terraform's http backend, without locks.
func (s *stateServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Method == http.MethodPost {
		state, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.states[r.URL.Path] = state
		return
	}
	if state := s.states[r.URL.Path]; state != nil {
		_, _ = w.Write(state)
		return
	}
	w.WriteHeader(http.StatusNotFound)
}
