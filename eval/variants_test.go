package eval

import (
	"path/filepath"
	"testing"
	"time"

	"readout"
	"readout/reading"
	"readout/record"
)

// Spellings of one name in two articles are one actor of the record, and two
// people of one surname are two. Two pairs are known to fail: two Bushes told
// apart by what they signed, and a spelling that the registry lacks.
func TestVariants(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it loads the models")
	}
	type side struct{ Published, Words, Text string }
	var file struct {
		Pairs []struct {
			Same bool
			A, B side
		}
	}
	if err := decodeFile(filepath.Join("..", "examples", "black-sea-grain-2022", "variants.json"), &file); err != nil {
		t.Fatal(err)
	}
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	for _, p := range file.Pairs {
		now := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
		l, err := record.Open(t.Context(), record.Config{Store: record.NewMemory(), Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []side{p.A, p.B} {
			day, err := time.Parse(time.DateOnly, x.Published)
			if err != nil {
				t.Fatal(err)
			}
			d, err := r.Read(t.Context(), readout.Article{Text: x.Text, Published: day})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := l.Add(t.Context(), &record.Article{Key: x.Text, Text: x.Text, Published: day}, reading.New(d, readout.Model)); err != nil {
				t.Fatal(err)
			}
		}
		a, b := who(t, l, p.A.Words), who(t, l, p.B.Words)
		if a != "" && b != "" && (a == b) == p.Same {
			right++
		} else {
			t.Logf("%q is %q, %q is %q; the same: %v", p.A.Words, a, p.B.Words, b, p.Same)
		}
	}
	if right < len(file.Pairs)-2 {
		t.Errorf("%d of %d pairs are right", right, len(file.Pairs))
	}
}

// who is whom the record means by words, "" for nobody.
func who(t *testing.T, l *record.Ledger, words string) string {
	v, err := l.Actor(t.Context(), record.Query{}, words)
	if err != nil || v.Who == nil {
		return ""
	}
	return v.Who.Key
}
