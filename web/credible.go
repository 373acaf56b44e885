package web

import (
	"strconv"

	"readout/record"
	"readout/sheet"
)

// credible is how credible people hold what an event or a statement tells, 1 to 6
// of the Admiralty code, with what they decided of it. It is of what is told; the
// reliability of an outlet, A to F, is of who tells it and stands with its words.
type credible struct {
	ID      string // what it is of
	Words   string // the grade in words, "" where nobody gave one
	Options []option
	Decided []link
}

func (a *ask) credible(id, grade string, decisions []record.Decided) credible {
	c := credible{ID: sheet.Short(id), Words: record.Credible(grade)}
	for i := range record.Credibilities {
		g := strconv.Itoa(i + 1)
		c.Options = append(c.Options, option{g, record.Credible(g), g == grade})
	}
	c.Options = append(c.Options, option{"unknown", "not set", grade == ""})
	for i := range decisions {
		d := &decisions[i]
		c.Decided = append(c.Decided, link{URL: a.to("/decisions") + "#" + sheet.Short(d.ID), Name: sheet.Decision(d)})
	}
	return c
}
