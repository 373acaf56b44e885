package pieces

import (
	"strings"
	"testing"

	"readout/doc"
	"readout/lang/text"
)

func segmented(t *testing.T, s string) *doc.Document {
	t.Helper()
	d := &doc.Document{Text: s}
	if err := text.New(text.Config{}).Run(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		name, text string
		limit      int32
		want       string // what the next piece begins with
		inside     bool
	}{
		{"at a paragraph", "Norway met Chile. They spoke.\n\nThey left. Then it rained in Geneva for days.", 13, "They left.", false},
		{"the last that is allowed", "One met two.\n\nThree met four.\n\nFive met six.\n\nSeven met eight.", 12, "Seven", false},
		{"at a sentence", "Norway met Chile in Geneva. They spoke of oil. Then it rained.", 12, "Then", true},
		{"not within a quotation", "Norway met Chile. He left. “We spoke of oil. It was dull.” Then it rained for days.", 12, "“We", true},
		{"not between the paragraphs of one", "A b c d. He left.\n\n“We spoke of oil.\n\n“It was dull,” he said.", 13, "“We", false},
		{"at a token", strings.Repeat("and so ", 300), 100, "and so", true},
		{"nowhere", "word", 3, "", true},
		{"no token", " \n\n ", 3, "", false},
	} {
		d := segmented(t, c.text)
		end, inside := Cut(d, c.limit)
		if rest := c.text[end:]; end < 1 || !strings.HasPrefix(rest, c.want) || c.want == "" && rest != "" || inside != c.inside {
			t.Errorf("%s: Cut(%.60q, %d) = %d, %v: the next begins %.20q, want %q, %v", c.name, c.text, c.limit, end, inside, rest, c.want, c.inside)
		}
	}
}

// Whatever the text, a piece has something, ends between two characters, and
// has no more tokens than it may.
func FuzzCut(f *testing.F) {
	f.Add("Norway met Chile. “They spoke.\n\n“And left,” he said.", int32(5))
	f.Add("ü\u0301 é\n\n\"\"''", int32(1))
	f.Fuzz(func(t *testing.T, s string, limit int32) {
		limit = max(1, limit)
		s = strings.ToValidUTF8(s, "")
		d := segmented(t, s)
		if s == "" {
			return
		}
		end, _ := Cut(d, limit)
		if end < 1 || int(end) > len(s) || strings.ToValidUTF8(s[:end], "!") != s[:end] {
			t.Fatalf("Cut(%q, %d) = %d", s, limit, end)
		}
		n := int32(0)
		for _, r := range d.Tokens.Bytes {
			if r.Begin < end {
				n++
			}
		}
		if n > limit && d.Len() > 1 {
			t.Errorf("Cut(%q, %d) = %d: %d tokens", s, limit, end, n)
		}
	})
}
