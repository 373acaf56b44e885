package record

import (
	"slices"

	"readout/record/join"
)

// Turn is a status that an event came to have.
type Turn struct {
	Status
	// Known is the day on which articles made it so; "" where none tells its day.
	Known string `json:"known,omitempty"`
}

// History is how the status of an event came about: what it was after each day
// on which articles told of it, where that changed it, the first first. It
// follows from the accounts that are one event now.
func (e *Event) History() []Turn {
	out := []Turn{}
	var days []int
	for i := range e.Claims {
		days = append(days, e.Claims[i].published())
	}
	slices.Sort(days)
	for _, day := range slices.Compact(days) {
		said := slices.DeleteFunc(slices.Clone(e.Claims), func(c Claim) bool { return c.published() > day })
		s := decideStatus(said, e.when, 0)
		if n := len(out); n == 0 || out[n-1].Value != s.Value {
			out = append(out, Turn{s, join.DayString(day)})
		}
	}
	if n := len(out); n == 0 || out[n-1].Value != e.Status.Value { // its day went by
		out = append(out, Turn{e.Status, ""})
	}
	return out
}

// published is the day of the article that has the claim; 0 where it tells none.
func (c *Claim) published() int {
	return join.Day(c.Witness.Published)
}
