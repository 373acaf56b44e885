package tag

import "testing"

func TestScript(t *testing.T) {
	for _, c := range []struct{ form, lemma string }{
		{"talks", "talk"}, {"Sanctions", "sanction"}, {"went", "go"}, {"met", "meet"}, {"Russian", "Russian"},
		{"better", "good"}, {"'s", "be"}, {"n't", "not"}, {"Études", "étude"}, {"ÉTUDES", "étude"}, {"UN", "UN"}, {"İ", "i"}, {".", "."},
	} {
		s := MakeScript(c.form, c.lemma)
		if got, ok := s.Apply(c.form); !ok || got != c.lemma {
			t.Errorf("%+v of %q = %q, %v, want %q", s, c.form, got, ok, c.lemma)
		}
	}
	for _, c := range []struct {
		s          Script
		form, want string
	}{
		{Script{Drop: 1}, "Envoys", "envoy"}, {Script{Keep: true, Drop: 1}, "Greens", "Green"}, {Script{Drop: 3, Add: "y"}, "parties", "party"},
		{Script{Drop: 2}, "a", ""}, {Script{Drop: 1}, "a", ""}, {Script{Drop: 1}, "né", ""}, {Script{Drop: Whole}, "x", ""},
	} {
		got, ok := c.s.Apply(c.form)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%+v of %q = %q, %v, want %q", c.s, c.form, got, ok, c.want)
		}
	}
}

func TestWindowSeesMarksAlike(t *testing.T) {
	var a, b Window
	for _, s := range []string{"“", "We", "do", "n’t", "—", "”"} {
		a.Add(s)
	}
	for _, s := range []string{`"`, "We", "do", "n't", "--", `''`} {
		b.Add(s)
	}
	for i := range a.Len() {
		x, y := a.Features(nil, i), b.Features(nil, i)
		for k := range x {
			if x[k] != y[k] {
				t.Errorf("token %d: feature %d differs", i, k)
			}
		}
	}
}
