package when_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"readout"
	"readout/doc"
)

var relations = map[string]doc.TimeRelation{"": doc.TimeAt, "set": doc.TimeAt, "by": doc.TimeBy, "since": doc.TimeSince,
	"until": doc.TimeUntil, "before": doc.TimeBefore, "after": doc.TimeAfter}

// TestSentences reads whole sentences with the embedded models, as the reader
// meets them: the last time of each, its words, days, granularity and relation.
func TestSentences(t *testing.T) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("testdata/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows := bytes.Split(bytes.TrimRight(b, "\n"), []byte("\n"))[1:]
	if len(rows) < 150 {
		t.Errorf("%d rows, 150 wanted", len(rows))
	}
	for n, row := range rows {
		f := strings.Split(string(row), "\t")
		if len(f) != 7 {
			t.Fatalf("row %d: %q", n+2, f)
		}
		published, err := time.Parse(time.DateOnly, f[0])
		if err != nil {
			t.Fatal(err)
		}
		d, err := r.Read(t.Context(), readout.Article{Text: f[1], Published: published})
		if err != nil {
			t.Fatal(err)
		}
		got, want := "-", strings.Join(f[2:], " | ")
		if k := len(d.Times) - 1; k >= 0 {
			x := d.Times[k]
			got = strings.Join([]string{d.Slice(x.Span), x.Date(x.From), x.Date(x.To), x.Unit.String(), relationOf(x)}, " | ")
		}
		if f[2] == "-" {
			want = "-"
		}
		if got != want {
			t.Errorf("row %d: %s (%s)\n got %s\nwant %s", n+2, f[1], f[0], got, want)
		}
	}
}

func relationOf(x doc.Time) string {
	if x.Set {
		return "set"
	}
	for name, r := range relations {
		if r == x.Relation && name != "set" {
			return name
		}
	}
	return "?"
}
