package sfmetadata

import (
	"slices"
	"testing"
)

func TestTree(t *testing.T) {
	t.Parallel()
	content := Object{"a": List{Object{"b": List{word("x"), number("1")}}, word("y")}, "c": Object{"d": flag("true"), "e": word("z")}}
	if got := Size(content); got != 4 {
		t.Errorf("its lists have %d entries", got)
	}
	if got := Texts(content); !slices.Equal(got, []string{"x", "y", "z"}) {
		t.Errorf("its texts are %v", got)
	}
	if !IsWhollyKnown(content) || IsWhollyKnown(Object{"a": List{Object{"b": Unknown{}}}}) {
		t.Error("it is not told what is known")
	}
}

func TestIsJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"{}": true, "\ufeff {": true, "\n{": true, "<a/>": false, "\ufeff<a/>": false, "": false} {
		if IsJSON(text) != want {
			t.Errorf("%q is JSON: %t", text, !want)
		}
	}
}

func TestIsName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"a": true, "_a": true, "a-1.b": true, "1a": false, "": false, "a b": false, "a:b": false} {
		if IsName(name) != want {
			t.Errorf("%q is a name: %t", name, !want)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1.23456789012345e400": "1.23456789012345e+400", "15.0": "15", "+1e3": "1000", "0.10": "0.1", "-0.5": "-0.5", "9007199254740993": "9007199254740993", "1e400": "1e+400", "1e-400": "1e-400", "1e999999999": "",
		"": "", "Inf": "", "NaN": "", "0x10": "", "1_000": "", "1 2": "",
	} {
		number, ok := ParseNumber(text)
		if ok != (want != "") || ok && Numeral(number) != want {
			t.Errorf("%q is read as %v (%t)", text, number, ok)
		}
	}
}
