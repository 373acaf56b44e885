package cameo

import (
	"fmt"
	"testing"
)

func TestBook(t *testing.T) {
	roots := map[Code]bool{}
	for _, e := range Entries() {
		if n := len(e.Code); n < 2 || n > 4 {
			t.Errorf("%q is no code", e.Code)
		}
		if e.Goldstein < -10 || e.Goldstein > 10 {
			t.Errorf("%s: Goldstein %g", e.Code, e.Goldstein)
		}
		if _, ok := Lookup(e.Code[:2]); !ok {
			t.Errorf("%s: root is not in the book", e.Code)
		}
		roots[e.Code[:2]] = true
		for turn, c := range e.turn {
			if _, ok := Lookup(c); c != "" && !ok {
				t.Errorf("%s: turn %d is %q, not in the book", e.Code, turn, c)
			}
		}
	}
	if len(roots) != 20 {
		t.Errorf("%d roots, want 20", len(roots))
	}
}

func TestAs(t *testing.T) {
	for _, c := range []struct {
		code Code
		turn Turn
		want Code
	}{
		{"041", Done, "041"}, {"041", Intent, "036"}, {"040", Demand, "106"}, {"042", Refusal, "125"},
		{"045", Intent, "039"}, {"0841", Intent, "0353"}, {"0871", Appeal, "0256"}, {"163", Threat, "1312"},
		{"190", Appeal, ""}, {"195", Threat, "1384"}, {"nope", Intent, ""}, {"", Done, ""},
	} {
		if got := c.code.As(c.turn); got != c.want {
			t.Errorf("%q.As(%d) = %q, want %q", c.code, c.turn, got, c.want)
		}
	}
}

func TestQuad(t *testing.T) {
	for _, c := range []struct {
		code Code
		want uint8
	}{{"036", 1}, {"041", 1}, {"0841", 2}, {"07", 2}, {"125", 3}, {"1312", 3}, {"141", 4}, {"195", 4}, {"xx", 0}, {"", 0}} {
		if got := c.code.Quad(); got != c.want {
			t.Errorf("%q.Quad() = %d, want %d", c.code, got, c.want)
		}
	}
}

func ExampleCode_As() {
	e, _ := Lookup(Code("041").As(Intent))
	fmt.Println(e.Code, e.Label, e.Goldstein)
	// Output: 036 Express intent to meet or negotiate 4
}
