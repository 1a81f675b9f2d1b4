package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// atRest is everything that Terraform or the provider keeps or shows: states, plans, private data, diagnostics, progress, and the
// log at level TRACE.
type atRest struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (a *atRest) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.text.Write(p)
}

// note keeps the parts of an answer.
func (a *atRest) note(parts ...any) {
	for _, part := range parts {
		switch part := part.(type) {
		case *tfprotov6.DynamicValue:
			if part != nil {
				fmt.Fprintf(a, "%s\n%s\n", part.MsgPack, part.JSON)
			}
		case []byte:
			fmt.Fprintf(a, "%s\n", part)
		case []*tfprotov6.Diagnostic:
			for _, d := range part {
				fmt.Fprintf(a, "%s\n%s\n", d.Summary, d.Detail)
			}
		case string:
			fmt.Fprintln(a, part)
		}
	}
}

// holdsNone fails the test for each secret that is kept anywhere, and when nothing was kept at all, which would prove nothing.
func (a *atRest) holdsNone(t *testing.T, secrets ...string) {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	searched(t, "what is kept", a.text.String(), secrets...)
	if !strings.Contains(a.text.String(), "Salesforce API") {
		t.Error("the log has no request, so that nothing was searched")
	}
}

// searched fails the test for each secret that a text holds.
func searched(t *testing.T, what, text string, secrets ...string) {
	t.Helper()
	for _, secret := range secrets {
		escaped, err := json.Marshal(secret)
		if err != nil || len(secret) < 8 {
			t.Fatalf("%q is no secret to search for", secret)
		}
		for _, form := range []string{secret, strings.Trim(string(escaped), `"`)} {
			if at := strings.Index(text, form); at >= 0 {
				t.Errorf("%s holds a secret: ...%s***", what, text[max(at-200, 0):at])
				break
			}
		}
	}
}

// watched lets the provider log all that it does, and keeps what it answers.
func (p *protocol) watched() *atRest {
	kept := &atRest{}
	p.server = &watchedServer{p.server.(tfprotov6.ProviderServerWithActions), kept} //nolint:staticcheck // the only interface with actions so far
	return kept
}

// watchedServer is a provider whose log and answers are kept, but for what an ephemeral resource hands out.
type watchedServer struct {
	tfprotov6.ProviderServerWithActions
	kept *atRest
}

func (s *watchedServer) logged(ctx context.Context) context.Context {
	return tflogtest.RootLogger(ctx, s.kept)
}

func (s *watchedServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	resp, err := s.ProviderServerWithActions.ReadResource(s.logged(ctx), req)
	s.kept.note(resp.NewState, resp.Private, resp.Diagnostics)
	return resp, err
}

func (s *watchedServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := s.ProviderServerWithActions.PlanResourceChange(s.logged(ctx), req)
	s.kept.note(resp.PlannedState, resp.PlannedPrivate, resp.Diagnostics)
	return resp, err
}

func (s *watchedServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	resp, err := s.ProviderServerWithActions.ApplyResourceChange(s.logged(ctx), req)
	s.kept.note(resp.NewState, resp.Private, resp.Diagnostics)
	return resp, err
}

func (s *watchedServer) OpenEphemeralResource(ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	resp, err := s.ProviderServerWithActions.OpenEphemeralResource(s.logged(ctx), req)
	s.kept.note(resp.Diagnostics)
	return resp, err
}

func (s *watchedServer) CloseEphemeralResource(ctx context.Context, req *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	resp, err := s.ProviderServerWithActions.CloseEphemeralResource(s.logged(ctx), req)
	s.kept.note(resp.Diagnostics)
	return resp, err
}

func (s *watchedServer) PlanAction(ctx context.Context, req *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	resp, err := s.ProviderServerWithActions.PlanAction(s.logged(ctx), req)
	s.kept.note(resp.Diagnostics)
	return resp, err
}

func (s *watchedServer) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	stream, err := s.ProviderServerWithActions.InvokeAction(s.logged(ctx), req)
	if err != nil {
		return nil, err
	}
	events := stream.Events
	stream.Events = func(yield func(tfprotov6.InvokeActionEvent) bool) {
		for event := range events {
			switch e := event.Type.(type) {
			case tfprotov6.ProgressInvokeActionEventType:
				s.kept.note(e.Message)
			case tfprotov6.CompletedInvokeActionEventType:
				s.kept.note(e.Diagnostics)
			}
			if !yield(event) {
				return
			}
		}
	}
	return stream, nil
}

// open validates and opens an ephemeral resource. private is what Terraform hands back to close it.
func (p *protocol) open(t *testing.T, typeName string, config map[string]tftypes.Value) (result map[string]tftypes.Value, private []byte, diags []*tfprotov6.Diagnostic) {
	t.Helper()
	kind := p.all.EphemeralResourceSchemas[typeName].ValueType()
	dynamic := value(t, kind, config)
	valid, err := p.server.ValidateEphemeralResourceConfig(t.Context(), &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: typeName, Config: dynamic})
	if err != nil {
		t.Fatal(err)
	}
	if hasErrors(valid.Diagnostics) {
		return nil, nil, valid.Diagnostics
	}
	opened, err := p.server.OpenEphemeralResource(t.Context(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: typeName, Config: dynamic})
	if err != nil {
		t.Fatal(err)
	}
	if hasErrors(opened.Diagnostics) {
		return nil, nil, opened.Diagnostics
	}
	return object(t, opened.Result, kind), opened.Private, opened.Diagnostics
}

// closeToken closes an ephemeral access token.
func (p *protocol) closeToken(t *testing.T, private []byte) []*tfprotov6.Diagnostic {
	t.Helper()
	closed, err := p.server.CloseEphemeralResource(t.Context(), &tfprotov6.CloseEphemeralResourceRequest{TypeName: tokenType, Private: private})
	if err != nil {
		t.Fatal(err)
	}
	return closed.Diagnostics
}

// textIn is a text of an object.
func textIn(t *testing.T, object map[string]tftypes.Value, name string) string {
	t.Helper()
	var text string
	if err := object[name].As(&text); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return text
}

func validateEphemeral(config *tfprotov6.DynamicValue) *tfprotov6.ValidateEphemeralResourceConfigRequest {
	return &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: tokenType, Config: config}
}

// traced lets Terraform and the provider log at level TRACE into a file, which the test reads at its end. It sets the process's
// environment, so that a test with it runs alone.
func traced(t *testing.T) tracedLog {
	t.Helper()
	file := filepath.Join(t.TempDir(), "trace.log")
	t.Setenv("TF_LOG", "TRACE")
	t.Setenv("TF_ACC_LOG_PATH", file)
	return tracedLog(file)
}

type tracedLog string

// holdsNone fails the test for each secret in the log, and when the log has no request.
func (l tracedLog) holdsNone(t *testing.T, secrets ...string) {
	t.Helper()
	log, err := os.ReadFile(string(l))
	if err != nil {
		t.Fatal(err)
	}
	searched(t, "the log", string(log), secrets...)
	if !strings.Contains(string(log), "Salesforce API") {
		t.Errorf("the log of %d bytes has no request, so that nothing was searched", len(log))
	}
}

// noSecretPlanned looks for secrets in a plan, but for the configuration that it repeats.
func noSecretPlanned(secrets ...string) plancheck.PlanCheck {
	return planCheck(func(plan *tfjson.Plan) error {
		without := *plan
		without.Config = nil
		return noneIn("plan", &without, secrets)
	})
}

// noSecretStored looks for secrets in a state.
func noSecretStored(secrets ...string) statecheck.StateCheck { return stateSearch(secrets) }

type stateSearch []string

// CheckState implements statecheck.StateCheck.
func (s stateSearch) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	resp.Error = noneIn("state", req.State, s)
}

func noneIn(what string, thing any, secrets []string) error {
	text, err := json.Marshal(thing)
	if err != nil {
		return err
	}
	for _, secret := range secrets {
		if escaped, err := json.Marshal(secret); err != nil || strings.Contains(string(text), strings.Trim(string(escaped), `"`)) {
			return fmt.Errorf("the %s holds a secret", what)
		}
	}
	return nil
}

// tokenStart is what every access token of the org begins with.
func (o *testOrg) tokenStart() string {
	return o.Records("Organization")[0]["Id"].(string)[:15] + "!"
}
