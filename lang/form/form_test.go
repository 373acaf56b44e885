package form

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNormal(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"talks", "talks"}, {"“", `"`}, {"”", `"`}, {"``", `"`}, {"''", `"`}, {"n’t", "n't"}, {"’s", "'s"},
		{"—", "—"}, {"–", "—"}, {"--", "—"}, {"…", "..."}, {"Asia\u2011Pacific", "Asia-Pacific"}, {"Zürich", "Zürich"},
		{"co\u00adoperate", "cooperate"}, {"\xff", "\uFFFD"}, {"", ""},
	} {
		if got := string(Normal(nil, c.in)); got != c.want {
			t.Errorf("Normal(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestLook(t *testing.T) {
	for _, c := range []struct {
		in    string
		kase  Case
		marks Mark
	}{
		{"talks", Small, 0}, {"Talks", Title, 0}, {"TALKS", Capital, 0}, {"McCain", Mixed, 0}, {"eBay", Mixed, 0},
		{"I", Title, 0}, {"U.S.", Capital, HasPoint}, {"1990s", Small, HasDigit}, {"2015", NoCase, HasDigit},
		{",", NoCase, HasOther}, {"al-Assad", Mixed, HasHyphen}, {"Élysée", Title, 0}, {"", NoCase, 0},
	} {
		f := Look(c.in)
		if f.Case != c.kase || f.Marks != c.marks {
			t.Errorf("Look(%q): case %d, marks %b, want %d, %b", c.in, f.Case, f.Marks, c.kase, c.marks)
		}
	}
	for _, same := range [][2]string{{"“", `"`}, {"n’t", "n't"}, {"–", "--"}} {
		if a, b := Look(same[0]), Look(same[1]); a != b {
			t.Errorf("%q and %q look different", same[0], same[1])
		}
	}
	a, b := Look("Talks"), Look("talks")
	if a.Lower != b.Lower || a.Exact == b.Exact || a.Suffix(3) != b.Suffix(3) || a.Prefix(2) != b.Prefix(2) {
		t.Errorf("Talks and talks: %+v, %+v", a, b)
	}
	if x, y := Look("walks"), Look("talks"); x.Suffix(4) != y.Suffix(4) || x.Prefix(1) == y.Prefix(1) {
		t.Errorf("endings of walks and talks: %+v, %+v", x, y)
	}
}

func TestLookIsShort(t *testing.T) {
	long := strings.Repeat("a", 10_000_000)
	if n := testing.AllocsPerRun(3, func() { Look(long) }); n > 0 {
		t.Errorf("%.0f allocations for a long form", n)
	}
	if n := testing.AllocsPerRun(100, func() { Look("Élysée"); Look("“") }); n > 0 {
		t.Errorf("%.0f allocations for short forms", n)
	}
}

func FuzzLook(f *testing.F) {
	for _, s := range []string{"Talks", "n’t", "…", "\xff\xfe", strings.Repeat("é", 200)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if again := Look(s); again != Look(s) {
			t.Fatal("not the same twice")
		}
		if n := Normal(nil, s); len(n) > 4*maxBytes || !utf8.Valid(n) {
			t.Fatalf("Normal(%q) = %q", s, n)
		}
	})
}
