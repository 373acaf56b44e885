package record_test

import (
	"slices"
	"testing"
	"time"

	"readout/record"
)

// TestBrief: what stands in which part, on what accounts differ, and how it is
// marked.
func TestBrief(t *testing.T) {
	one := told{a: leaders[0], b: leaders[1], kind: "meeting", place: "Geneva", quote: "We will see what comes of all this in the end"}
	tell := func(outlet, published, status, line, day string) told {
		x := one
		x.outlet, x.status, x.line, x.published, x.day = outlet, status, line, at(published).Add(9*time.Hour), at(day)
		return x
	}
	elsewhere := tell("D", "2023-05-12", "occurred", "", "2023-05-10")
	elsewhere.place, elsewhere.quote = "Vienna", "It was long and there was much to eat"
	old := tell("E", "2023-04-02", "planned", "announced", "2023-04-05")
	old.a, old.b, old.quote = leaders[4], leaders[5], "There is a plan and we follow it closely"
	list := []told{tell("A", "2023-05-01", "planned", "announced", "2023-05-10"), tell("B", "2023-05-11", "occurred", "", "2023-05-10"), elsewhere, old}
	l := openMemory(t)
	add(t, l, list...)
	for _, c := range []struct {
		day                                        string
		recent, planned, open, differ, chron, more int
	}{
		{"2023-04-02", 0, 1, 0, 0, 0, 0},
		{"2023-04-10", 0, 0, 1, 0, 0, 0}, // lapsed
		{"2023-05-01", 0, 1, 0, 0, 0, 1}, // and nobody speaks of the old one any more
		{"2023-05-11", 1, 0, 0, 0, 1, 1},
		{"2023-06-30", 0, 0, 0, -1, 1, 1},
	} {
		b, err := l.Brief(t.Context(), record.Query{AsOf: at(c.day).Add(24*time.Hour - time.Microsecond)})
		if err != nil {
			t.Fatal(err)
		}
		got := []int{len(b.Recent), len(b.Planned), len(b.Open), len(b.Differ), len(b.Chronology), b.More}
		want := []int{c.recent, c.planned, c.open, c.differ, c.chron, c.more}
		if c.differ < 0 {
			got[3] = -1
		}
		if !slices.Equal(got, want) {
			t.Errorf("as of %s: recent, planned, open, differ, chronology, more are %v, want %v", c.day, got, want)
		}
		if b.TLP != record.TLPClear {
			t.Errorf("as of %s: marked %v", c.day, b.TLP)
		}
	}
	a, _ := list[1].article(t)
	if _, err := l.Mark(t.Context(), []string{a.ID()}, record.TLPGreen, "ana", ""); err != nil {
		t.Fatal(err)
	}
	for upto, want := range map[record.TLP]struct {
		recent int
		tlp    record.TLP
	}{record.TLPClear: {0, record.TLPClear}, record.TLPAmber: {1, record.TLPGreen}} {
		b, err := l.Brief(t.Context(), record.Query{AsOf: at("2023-05-11").Add(23 * time.Hour), TLP: upto})
		if err != nil || len(b.Recent) != want.recent || b.TLP != want.tlp {
			t.Errorf("up to %v: %d recent, marked %v, %v; want %d, %v", upto, len(b.Recent), b.TLP, err, want.recent, want.tlp)
		}
	}
}
