package sfmetadata

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJSON(t *testing.T) {
	t.Parallel()
	const text = "\ufeff" + `{"a": 1.50, "b": true, "c": "x", "d": null, "e": [], "f": {"g": [1e400, -0.5]}}`
	content, err := ParseJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	want := Object{"a": number("1.50"), "b": flag("true"), "c": word("x"), "e": List{}, "f": Object{"g": List{number("1e400"), number("-0.5")}}}
	if diff := cmp.Diff(want, content); diff != "" {
		t.Error(diff)
	}
	if again, err := ParseJSON(JSON("", content)); err != nil || !CompareWritten("", content, again).Same() {
		t.Errorf("it comes back as %v (%v)", again, err)
	}
	// Texts stay texts, and names are in the order of the type.
	content = Object{"label": word("12"), "fullName": word("true"), "description": word("x")}
	if got, want := JSON("PermissionSet", content), "{\n  \"fullName\": \"true\",\n  \"description\": \"x\",\n  \"label\": \"12\"\n}\n"; got != want {
		t.Error(got)
	}
	// What is no switch or number in JSON stays a text.
	content = Object{"isActive": flag("perhaps"), "x": number("Infinity"), "y": number("9007199254740993")}
	if got, want := JSON("RemoteSiteSetting", content), "{\n  \"isActive\": \"perhaps\",\n  \"x\": \"Infinity\",\n  \"y\": 9007199254740993\n}\n"; got != want {
		t.Error(got)
	}
}

func TestParseJSONRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                  "EOF",
		"[]":                "no object",
		"null":              "no object",
		"{} {}":             "more behind the object",
		`{"a": [null]}`:     "a[0] is null",
		`{"a": {"b c": 1}}`: `"a.b c" can't be the name`,
		`{"a": "` + strings.Repeat(" ", maxSize) + `"}`: "Salesforce takes",
		strings.Repeat("[", 200_000):                    "max depth",
	} {
		if got, err := ParseJSON(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q is read as %v (%v)", text, got, err)
		}
	}
}
