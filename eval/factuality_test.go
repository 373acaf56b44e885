package eval

import (
	"math"
	"strings"
	"testing"
)

func TestFactualityFigures(t *testing.T) {
	for _, c := range []struct {
		name     string
		list     []Scored
		r, error float64
	}{
		{"nothing", nil, 0, 0},
		{"as the gold has it", []Scored{{-3, -3}, {3, 3}}, 1, 0},
		{"the other way round", []Scored{{-3, 3}, {3, -3}}, -1, 6},
		{"always the same", []Scored{{-3, 3}, {3, 3}}, 0, 3},
		{"by hand", []Scored{{1, 0}, {2, 2}, {3, 1}}, 0.5, 1}, // means 2 and 1, covariance 1, variances 2 and 2
	} {
		if got := Pearson(c.list); math.Abs(got-c.r) > 1e-9 {
			t.Errorf("%s: r = %g, want %g", c.name, got, c.r)
		}
		if got := MeanError(c.list); math.Abs(got-c.error) > 1e-9 {
			t.Errorf("%s: mean error %g, want %g", c.name, got, c.error)
		}
	}
}

func TestParseJudgedNamesTheLine(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`{"tokens": ["They", "met"], "events": [{"i": 2, "score": 3}]}`, "f:1: event 2"},
		{"\n" + `{"tokens": ["They", "met"], "events": [{"i": 1, "score": 4}]}`, "f:2: event 1 with score 4"},
		{`{"tokens": ["They", ""], "events": []}`, "f:1: an empty token"},
		{"{", "f:1: "},
	} {
		if _, err := parseJudged(strings.NewReader(c.in), "f"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("parseJudged(%q) = %v, want %q", c.in, err, c.want)
		}
	}
}

func FuzzParseJudged(f *testing.F) {
	f.Add(`{"tokens": ["They", "met", "."], "events": [{"i": 1, "token": "met", "score": 2.5}]}`)
	f.Add("\n{}\n")
	f.Fuzz(func(t *testing.T, in string) {
		list, err := parseJudged(strings.NewReader(in), "fuzz")
		if err != nil {
			if list != nil {
				t.Fatalf("an error and %d sentences", len(list))
			}
			return
		}
		for _, j := range list {
			d := j.document()
			if d == nil {
				continue
			}
			if d.Len() != len(j.Tokens) {
				t.Fatalf("%d tokens of %d", d.Len(), len(j.Tokens))
			}
			for i, form := range j.Tokens {
				if d.Form(int32(i)) != form {
					t.Fatalf("token %d is %q, want %q", i, d.Form(int32(i)), form)
				}
			}
		}
	})
}
