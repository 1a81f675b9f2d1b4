package sfmock

import (
	"maps"
	"slices"
	"testing"
)

// setup is a fresh org with somebody who writes through its API.
type setup struct {
	*testing.T
	org    *Org
	caller *session
}

// newSetup lets the administrator of a fresh org call.
func newSetup(t *testing.T) *setup {
	t.Helper()
	o := New(Options{})
	s := &setup{T: t, org: o}
	s.as("admin@example.com")
	return s
}

// as changes the caller.
func (s *setup) as(username string) {
	s.Helper()
	s.org.mu.Lock()
	defer s.org.mu.Unlock()
	user, err := s.org.userNamed(username)
	if err != nil {
		s.Fatal(err)
	}
	s.caller = s.org.mint(user, nil, []string{fullScope})
}

func (s *setup) try(objectName string, values map[string]any) (string, *apiError) {
	s.org.mu.Lock()
	defer s.org.mu.Unlock()
	rec, err := s.org.insert(s.caller, s.org.object(objectName), values)
	if err != nil {
		return "", err
	}
	return rec.id, nil
}

func (s *setup) create(objectName string, values map[string]any) string {
	s.Helper()
	id, err := s.try(objectName, values)
	if err != nil {
		s.Fatalf("create %s %v: %v", objectName, values, err)
	}
	return id
}

func (s *setup) patch(id string, values map[string]any) *apiError {
	s.org.mu.Lock()
	defer s.org.mu.Unlock()
	return s.org.update(s.caller, s.org.live(id), values)
}

func (s *setup) erase(id string) *apiError {
	s.org.mu.Lock()
	defer s.org.mu.Unlock()
	return s.org.remove(s.caller, s.org.live(id))
}

// id is that of the record whose column has the value.
func (s *setup) id(objectName, column string, value any) string {
	s.Helper()
	found := s.org.Find(objectName, column, value)
	if found == nil {
		s.Fatalf("no %s with %s = %v", objectName, column, value)
	}
	return found["Id"].(string)
}

func (s *setup) profile(name string) string { s.Helper(); return s.id("Profile", "Name", name) }

// user is a body that creates an integration user, with changes; a nil value leaves a column out.
func (s *setup) user(username string, changes map[string]any) map[string]any {
	s.Helper()
	values := map[string]any{
		"Username": username, "LastName": "Robot", "Email": "robots@example.com", "Alias": "robot", "TimeZoneSidKey": "GMT", "LocaleSidKey": "en_US",
		"EmailEncodingKey": "UTF-8", "LanguageLocaleKey": "en_US", "ProfileId": s.profile("Minimum Access - API Only Integrations"),
	}
	maps.Copy(values, changes)
	maps.DeleteFunc(values, func(_ string, v any) bool { return v == nil })
	return values
}

// refused checks a refusal's code and fields; wanting no code is wanting success.
func refused(t *testing.T, err *apiError, code string, fields ...string) {
	t.Helper()
	switch {
	case err == nil && code != "":
		t.Fatalf("accepted, want %s", code)
	case err != nil && (err.Code != code || !slices.Equal(err.Fields, fields)):
		t.Fatalf("refused with %s %v (%s), want %q %v", err.Code, err.Fields, err.Message, code, fields)
	}
}
