package event_test

import (
	"os"
	"strings"
	"testing"

	"readout"
)

// TestWhole reads short passages and wants of each exactly the events that stand
// beside it, in the order of the text: each has what TestSentences reads, and
// "!" before what it must not have ("!during:call", "!claim:Japan=silent"); "-" is
// no event at all.
// Every rule stands twice, with other names and words. All hold with the models
// that come with the program.
func TestWhole(t *testing.T) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("testdata/whole.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for n, row := range strings.Split(strings.TrimRight(string(b), "\n"), "\n")[1:] {
		text, all, ok := strings.Cut(row, "\t")
		if !ok {
			t.Fatalf("row %d: %q", n+2, row)
		}
		d, err := r.Read(t.Context(), readout.Article{Text: text, Published: published})
		if err != nil {
			t.Fatal(err)
		}
		wants := strings.Split(all, "; ")
		if all == "-" {
			wants = nil
		}
		if len(d.Events) != len(wants) {
			got := ""
			for _, e := range d.Events {
				got += " " + e.Kind.String() + " " + e.Status.String() + ","
			}
			t.Errorf("row %d: %s\n\t%d events, want %s, got%s", n+2, text, len(d.Events), all, got)
			continue
		}
		for i, want := range wants {
			for k, w := range strings.Fields(want) {
				not := strings.HasPrefix(w, "!")
				if holds(d, &d.Events[i], k, strings.TrimPrefix(w, "!")) == not {
					t.Errorf("row %d: %s\n\tevent %d is %v %v, want %s", n+2, text, i, d.Events[i].Kind, d.Events[i].Status, w)
				}
			}
		}
	}
}
