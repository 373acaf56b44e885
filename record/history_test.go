package record_test

import (
	"testing"
	"time"

	"readout/record"
)

// TestHistory: a status comes about word by word, and the last is the event's.
func TestHistory(t *testing.T) {
	day := start.AddDate(0, 1, 0)
	at := func(before int, status string) told {
		return told{
			outlet: "Courier", published: day.AddDate(0, 0, -before), a: leaders[0], b: leaders[1], kind: "meeting", status: status, day: day, place: "Oslo",
			line: "announced", quote: "It is " + status, text: time.Duration(before).String(),
		}
	}
	for _, c := range []struct {
		name  string
		told  []told
		asOf  time.Time
		turns []string
	}{
		{"planned, then held", []told{at(9, "planned"), at(7, "planned"), at(-1, "occurred")}, day.AddDate(0, 0, 3), []string{"planned", "occurred"}},
		{"planned, put off, planned again", []told{at(9, "planned"), at(7, "postponed"), at(5, "planned")}, day, []string{"planned", "postponed", "planned"}},
		{"its day went by", []told{at(9, "planned")}, day.AddDate(0, 0, 9), []string{"planned", "lapsed"}},
	} {
		l := openMemory(t)
		add(t, l, c.told...)
		q := record.Query{AsOf: c.asOf}
		line, err := l.Timeline(t.Context(), q)
		if err != nil || len(line.Events) != 1 {
			t.Fatalf("%s: %d events, %v", c.name, len(line.Events), err)
		}
		v, err := l.Event(t.Context(), q, line.Events[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, turn := range v.History {
			got = append(got, turn.Value)
		}
		if len(got) != len(c.turns) {
			t.Fatalf("%s: History() = %v, want %v", c.name, got, c.turns)
		}
		for i := range got {
			if got[i] != c.turns[i] {
				t.Errorf("%s: History() = %v, want %v", c.name, got, c.turns)
			}
		}
		for _, claim := range v.Event.Claims {
			if claim.Said != "" && claim.Standing == "" {
				t.Errorf("%s: a claim of a statement without its standing: %+v", c.name, claim)
			}
		}
	}
}
