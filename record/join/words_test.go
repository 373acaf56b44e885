package join

import (
	"strings"
	"testing"
)

func TestSayings(t *testing.T) {
	at := func(by, text, form string, day int) *Saying {
		s := &Saying{ID: text + by, Article: text + by + form, Form: form, Text: text, Published: day}
		if by != "" {
			s.By = &Actor{Key: by, Name: by}
		}
		if form == "direct" {
			s.Quotes = []string{text}
		} else {
			s.Quotes = quoted(text)
		}
		return s
	}
	const quote = "We cannot leave unchecked what has gone through without our inspection"
	for _, c := range []struct {
		name string
		a, b *Saying
		want bool
	}{
		{"one quotation, cut in one paper", at("a", quote, "direct", 100), at("a", "what has gone through without our inspection of it", "direct", 103), true},
		{"the other does not name the speaker", at("a", quote, "direct", 100), at("", quote, "direct", 100), true},
		{"one quotation of two speakers", at("a", quote, "direct", 100), at("b", quote, "direct", 100), false},
		{"a short quotation that stands whole in the other", at("a", "false claims of an epic scale", "direct", 100), at("a", "Moscow was peddling “false claims of an epic scale”", "mixed", 100), true},
		{"three words are no quotation", at("a", "we are ready", "direct", 100), at("a", "yesterday we are ready or not", "direct", 120), false},
		{"a paraphrase", at("a", "that the deal should run for at least a full year", "indirect", 100), at("a", "the deal must run for a full year at least", "indirect", 101), true},
		{"much the same a week later", at("a", "that the deal should run for at least a full year", "indirect", 100), at("a", "the deal must run for a full year at least", "indirect", 107), false},
		{"few words, the same", at("a", "the return", "indirect", 100), at("a", "the return", "indirect", 100), true},
	} {
		c.b.Article += "2"
		c.b.ID += "2"
		if got := Sayings(c.a, c.b).Kind != ""; got != c.want {
			t.Errorf("%s: Sayings = %v, want %v", c.name, got, c.want)
		}
		if x, y := Sayings(c.a, c.b).Kind, Sayings(c.b, c.a).Kind; x != y {
			t.Errorf("%s: Sayings is %q one way and %q the other", c.name, x, y)
		}
	}
}

func TestFingerprints(t *testing.T) {
	w := strings.Fields("the quick brown fox jumps over the lazy dog and runs away from all the others in the wood")
	have := map[uint64]bool{}
	for _, h := range fingerprints(w) {
		have[h] = true
	}
	for i := 0; i+quoteRun <= len(w); i++ { // any quoteRun words in a row are found
		found := false
		for _, h := range fingerprints(append([]string{"so", "he", "said"}, w[i:i+quoteRun]...)) {
			found = found || have[h]
		}
		if !found {
			t.Errorf("%q shares no fingerprint with the whole", w[i:i+quoteRun])
		}
	}
}

func TestCanonicalURL(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://www.example.org/a/?utm_source=x&id=3#top", "example.org/a?id=3"},
		{"http://m.example.org/a", "example.org/a"},
		{"no address", ""},
		{"", ""},
	} {
		if got := CanonicalURL(c.in); got != c.want {
			t.Errorf("CanonicalURL(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
