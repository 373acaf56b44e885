package corpus

import (
	"iter"
	"strings"
	"testing"

	"readout/reading"
)

func first(tb testing.TB, n int, seed uint64) []*Article {
	tb.Helper()
	seq, err := Articles(Config{Seed: seed})
	if err != nil {
		tb.Fatal(err)
	}
	var out []*Article
	next, stop := iter.Pull(seq)
	defer stop()
	for range n {
		a, ok := next()
		if !ok {
			tb.Fatal("the corpus has an end")
		}
		out = append(out, a)
	}
	return out
}

// TestArticles: the same articles each time, in the order of their publication,
// with spans within their text, and about a fifth of them copies.
func TestArticles(t *testing.T) {
	const n = 2000
	list := first(t, n, 1)
	again := first(t, 500, 1)
	copies, corrected, mentions := 0, 0, 0
	keys := map[string]bool{}
	for i, a := range list {
		if i < len(again) && again[i].Text != a.Text {
			t.Fatalf("article %d is another one the second time:\n%s\n%s", i, a.Text, again[i].Text)
		}
		if i > 0 && a.appeared().Before(list[i-1].appeared()) {
			t.Errorf("%s appeared before %s and comes after it", a.Key, list[i-1].Key)
		}
		if keys[a.Key] {
			t.Errorf("two articles are %s", a.Key)
		}
		keys[a.Key] = true
		if strings.Contains(a.Key, "-copy") {
			copies++
		}
		if !a.Modified.IsZero() {
			corrected++
		}
		if strings.ContainsAny(a.Text, "{}<>") || strings.Contains(a.Text, "  ") {
			t.Errorf("%s has marks left in it:\n%s", a.Key, a.Text)
		}
		text := []rune(a.Text)
		within := func(s reading.Span) string {
			if s[0] < 0 || s[0] >= s[1] || s[1] > len(text) {
				t.Fatalf("%s: the span %v is not within its %d code points", a.Key, s, len(text))
			}
			return string(text[s[0]:s[1]])
		}
		for _, s := range a.Sentences {
			if w := within(s); strings.TrimSpace(w) != w || !strings.ContainsAny(w[len(w)-1:], ".\"") {
				t.Errorf("%s: %q is no sentence", a.Key, w)
			}
		}
		for _, m := range a.Mentions {
			within(m.Span)
			mentions++
		}
		for _, s := range a.Sayings {
			within(s.Span)
		}
	}
	if share := 100 * copies / n; share < 15 || share > 25 {
		t.Errorf("%d %% are copies, want some 20", share)
	}
	if corrected < n/200 {
		t.Errorf("%d of %d are corrected", corrected, n)
	}
	t.Logf("%d articles: %d copies, %d corrected, %d mentions, to %s", n, copies, corrected, mentions, list[n-1].Published)
}

// TestReading: a reading from the truth has the mentions that the truth has,
// and spans within the text.
func TestReading(t *testing.T) {
	for _, a := range first(t, 300, 2) {
		r := a.Reading()
		text := []rune(a.Text)
		var spans []reading.Span
		n := 0
		for _, e := range r.Events {
			spans = append(spans, e.Evidence...)
			n += len(e.Evidence)
			if len(e.Participants) != 2 || e.Status == "" {
				t.Errorf("%s: event %+v", a.Key, e)
			}
		}
		if n != len(a.Mentions) || len(r.Statements) != len(a.Sayings) {
			t.Errorf("%s: %d mentions and %d statements, want %d and %d", a.Key, n, len(r.Statements), len(a.Mentions), len(a.Sayings))
		}
		for _, x := range r.Actors {
			for _, m := range x.Mentions {
				spans = append(spans, m.Span)
			}
		}
		for _, b := range r.Document.Blocks {
			spans = append(spans, b.Span)
		}
		for _, s := range spans {
			if s[0] < 0 || s[0] >= s[1] || s[1] > len(text) {
				t.Errorf("%s: the span %v is not within the text", a.Key, s)
			}
		}
	}
}
