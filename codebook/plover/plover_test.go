package plover

import (
	"fmt"
	"testing"
)

func TestTypes(t *testing.T) {
	if n := len(Types()); n != 16 {
		t.Errorf("%d types, want 16", n)
	}
	for _, ty := range Types() {
		e := Lookup(ty)
		if e.Type != ty || e.Quad < 1 || e.Quad > 4 || e.Future == 0 {
			t.Errorf("Lookup(%s) = %+v", ty, e)
		}
		if p, ok := Parse(ty.String()); !ok || p != ty {
			t.Errorf("Parse(%q) = %v, %v", ty, p, ok)
		}
	}
	if _, ok := Parse(""); ok {
		t.Error(`Parse("") holds`)
	}
}

// TestConversion holds every mode of the conversion against the list of modes.
func TestConversion(t *testing.T) {
	for code, c := range book().cameo {
		ok := c.mode == ""
		for _, m := range Lookup(c.t).Modes {
			ok = ok || m.Name == c.mode
		}
		if !ok {
			t.Errorf("%s: %s has no mode %q", code, c.t, c.mode)
		}
	}
	for _, c := range []struct{ code, t, mode string }{
		{"041", "CONSULT", "phone"}, {"040", "CONSULT", ""}, {"036", "AGREE", ""}, {"0871", "RETREAT", "ceasefire"},
		{"0841", "RETREAT", "release"}, {"106", "REQUEST", "meet"}, {"1951", "ASSAULT", "aerial"}, {"010", "", ""}, {"", "", ""},
	} {
		if ty, mode := FromCAMEO(c.code); ty.String() != c.t || mode != c.mode {
			t.Errorf("FromCAMEO(%q) = %s, %q, want %s, %q", c.code, ty, mode, c.t, c.mode)
		}
	}
}

func ExampleFromCAMEO() {
	t, mode := FromCAMEO("041")
	fmt.Println(t, mode, Lookup(t).Future)
	// Output: CONSULT phone AGREE
}
