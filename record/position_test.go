package record_test

import (
	"testing"

	"readout/record"
)

// TestPosition: whatever is written moves the position, and what is more than
// articles its other part.
func TestPosition(t *testing.T) {
	l := openMemory(t)
	day := start.AddDate(0, 1, 0)
	story := func(line string) told {
		return told{outlet: "Courier", published: day, a: leaders[0], b: leaders[1], kind: "meeting", status: "planned", day: day.AddDate(0, 0, 9), place: "Oslo", line: "announced", quote: "It is " + line, text: line}
	}
	was, err := l.Position(t.Context(), "x")
	if err != nil || was.Seq != 0 {
		t.Fatalf("Position() of nothing = %+v, %v", was, err)
	}
	moved := func(what string, seq, other bool) {
		t.Helper()
		is, err := l.Position(t.Context(), "x")
		if err != nil || (is.Seq > was.Seq) != seq || (is.Other != was.Other) != other {
			t.Errorf("after %s: Position() = %+v, %v, and was %+v", what, is, err, was)
		}
		was = is
	}
	moved("nothing", false, false)
	add(t, l, story("one"))
	moved("an article", true, false)
	add(t, l, story("one"))
	moved("the same article", false, false)
	if err := l.SetSetting(t.Context(), "y", "1"); err != nil {
		t.Fatal(err)
	}
	moved("another setting", false, false)
	if err := l.SetSetting(t.Context(), "x", "1"); err != nil {
		t.Fatal(err)
	}
	moved("the setting", false, true)
	line, err := l.Timeline(t.Context(), record.Query{AsOf: day})
	if err != nil || len(line.Events) != 1 {
		t.Fatal(err)
	}
	version := line.Events[0].Mentions[0].Witness.Article
	if _, err := l.Purge(t.Context(), version, "it was asked for", "anna"); err != nil {
		t.Fatal(err)
	}
	moved("a purge", true, true)
}
