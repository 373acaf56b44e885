package eval

import (
	"strings"
	"testing"
)

// The article and the counts of this test were made by hand.
const attributed = `{"id":"x","text":"Ann Lee said “We will win,” and added that polls are wrong.\n\nThe mayor, Bob Ray of Ohio, denied it on Monday. It was reported that costs rose.","attributions":[` +
	`{"source":[[0,7]],"cue":[[8,12]],"content":[[13,27]]},` +
	`{"source":[[0,7]],"cue":[[32,37]],"content":[[38,58]]},` +
	`{"source":[[61,87]],"cue":[[89,95]],"content":[[96,98]]},` +
	`{"source":[],"cue":[[113,125]],"content":[[126,141]]}]}`

func TestAttributionSums(t *testing.T) {
	gold, err := parseAttributed(strings.NewReader(attributed), "x")
	if err != nil {
		t.Fatal(err)
	}
	all := gold[0].Attributions
	with := func(change func([]Attribution) []Attribution) []Attribution {
		return change(append([]Attribution(nil), all...))
	}
	tests := []struct {
		name                          string
		predicted                     []Attribution
		content, source, same, direct int
	}{
		{"gold against gold", all, 4, 4, 4, 1},
		{"nothing", nil, 0, 0, 0, 0},
		{"part of the source is enough", with(func(a []Attribution) []Attribution { a[2].Source = [][2]int{{72, 79}}; return a }), 4, 4, 4, 1},
		{"an article alone is none", with(func(a []Attribution) []Attribution { a[2].Source = [][2]int{{61, 64}}; return a }), 4, 3, 4, 1},
		{"a source where there is none", with(func(a []Attribution) []Attribution { a[3].Source = [][2]int{{110, 112}}; return a }), 4, 3, 4, 1},
		{"a content cut short", with(func(a []Attribution) []Attribution { a[1].Content = [][2]int{{43, 58}}; return a }), 4, 4, 3, 1},
		{"less than half of a content", with(func(a []Attribution) []Attribution { a[1].Content = [][2]int{{53, 58}}; return a }), 3, 3, 3, 1},
		{"marks do not count for exactness", with(func(a []Attribution) []Attribution { a[0].Content = [][2]int{{14, 25}}; return a }), 4, 4, 4, 1},
		{"one content given twice", append(with(func(a []Attribution) []Attribution { return a }), all[1]), 4, 4, 4, 1},
	}
	for _, test := range tests {
		var s AttributionSums
		s.Add(gold[0], test.predicted)
		if s.Content != test.content || s.Source != test.source || s.Same != test.same || s.ByForm[FormDirect].Content != test.direct || s.Gold != 4 || s.Predicted != len(test.predicted) {
			t.Errorf("%s: got content %d, source %d, exact %d, direct %d of %d; want %d, %d, %d, %d", test.name,
				s.Content, s.Source, s.Same, s.ByForm[FormDirect].Content, s.Predicted, test.content, test.source, test.same, test.direct)
		}
	}
}

func TestParseAttributedRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"empty":              "",
		"no JSON":            "{",
		"span out of text":   `{"id":"x","text":"ab","attributions":[{"source":[],"cue":[],"content":[[0,3]]}]}`,
		"span the other way": `{"id":"x","text":"ab","attributions":[{"source":[],"cue":[],"content":[[1,1]]}]}`,
	} {
		if out, err := parseAttributed(strings.NewReader(text), "x"); err == nil || out != nil {
			t.Errorf("%s: parseAttributed(%q) = %v, %v; want an error", name, text, out, err)
		}
	}
}

func FuzzParseAttributed(f *testing.F) {
	f.Add(attributed)
	f.Add(`{"id":"x","text":"ab"}`)
	f.Fuzz(func(t *testing.T, text string) {
		out, err := parseAttributed(strings.NewReader(text), "x")
		if err != nil && out != nil {
			t.Error("articles beside an error")
		}
		for _, a := range out {
			var s AttributionSums
			s.Add(a, a.Attributions)
			if s.Content > s.Gold {
				t.Errorf("%d found of %d", s.Content, s.Gold)
			}
		}
	})
}
