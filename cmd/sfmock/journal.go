package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// journal is a file with a line for every request. A nil journal notes nothing.
type journal struct {
	mu     sync.Mutex
	file   *os.File
	bodies bool
	err    error // the first one
}

// entry is a line. It has no headers: those carry access tokens.
type entry struct {
	Time     time.Time `json:"time"`
	Method   string    `json:"method"`
	Path     string    `json:"path"`
	Query    string    `json:"query,omitempty"` // decoded
	Kind     string    `json:"kind"`
	Status   int       `json:"status"` // 0 where the connection was cut
	Duration float64   `json:"duration_ms"`
	Body     *string   `json:"body,omitempty"`
}

// openJournal appends to a file, "" for none.
func openJournal(name string, bodies bool) (*journal, error) {
	if name == "" {
		return nil, nil //nolint:nilnil // no journal is a journal that notes nothing
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	return &journal{file: file, bodies: bodies}, nil
}

func (j *journal) note(r sfmock.Request) {
	if j == nil {
		return
	}
	line := entry{
		Time: r.Time.UTC(), Method: r.Method, Path: r.Path, Query: r.Query, Kind: r.Kind, Status: r.Status,
		Duration: float64(r.Duration.Microseconds()) / 1000,
	}
	if j.bodies && len(r.Body) > 0 {
		body := string(r.Body)
		line.Body = &body
	}
	raw, err := json.Marshal(line)
	j.mu.Lock()
	defer j.mu.Unlock()
	if err == nil && j.err == nil {
		_, err = j.file.Write(append(raw, '\n'))
	}
	if j.err == nil {
		j.err = err
	}
}

func (j *journal) close() error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := errors.Join(j.err, j.file.Close()); err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	return nil
}
