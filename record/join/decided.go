package join

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"readout/reading"
	"readout/registry"
)

// What a person may decide of a value; package record has the words for people.
const (
	Accept  = "accept"
	Correct = "correct"
	Reject  = "reject"
	Merge   = "merge"
	Split   = "split"
)

// Decided is what a person decided of a value. Package record puts it there; it
// is part of the value, so that what follows from it follows from the two values
// that are compared, as everything else does.
type Decided struct {
	ID    string    `json:"id"` // of the decision
	Do    string    `json:"do"`
	Field string    `json:"field,omitempty"`
	Was   string    `json:"was,omitempty"` // what it was before
	Is    string    `json:"is,omitempty"`
	As    string    `json:"as,omitempty"` // of an actor: the name that the machine gave it; of a link: which end
	By    string    `json:"by"`
	When  time.Time `json:"when"`
	Why   string    `json:"why,omitempty"`
}

// Compare orders decisions as they were taken, of equals by id.
func (d *Decided) Compare(o *Decided) int {
	return cmp.Or(d.When.Compare(o.When), strings.Compare(d.ID, o.ID))
}

// Rejected gives the decision by which a value does not count: the last that
// says whether it does. nil: it counts.
func Rejected(list []Decided) *Decided {
	var last *Decided
	for i := range list {
		d := &list[i]
		if (d.Do == Accept || d.Do == Correct || d.Do == Reject) && (last == nil || d.Compare(last) > 0) {
			last = d
		}
	}
	if last == nil || last.Do != Reject {
		return nil
	}
	return last
}

// Ruled tells what people decided of two values: the tie between them, or the
// zero Tie where they are not one; ok is false where nobody has decided. A merge
// holds for two that it names both, a split for two of which it names one: they
// are not one; what it names both are. The last decision counts.
func Ruled(a, b []Decided) (t Tie, ok bool) {
	var last *Decided
	apart := false
	later := func(d *Decided, bars bool) {
		if last == nil || d.Compare(last) > 0 {
			last, apart = d, bars
		}
	}
	names := func(list []Decided, id string) bool {
		return slices.ContainsFunc(list, func(d Decided) bool { return d.ID == id })
	}
	for i := range a {
		switch d := &a[i]; d.Do {
		case Merge:
			if names(b, d.ID) {
				later(d, false)
			}
		case Split:
			later(d, !names(b, d.ID))
		}
	}
	for i := range b {
		if d := &b[i]; d.Do == Split && !names(a, d.ID) {
			later(d, true)
		}
	}
	if last == nil || apart {
		return Tie{}, last != nil
	}
	why := "by " + last.By
	if last.Why != "" {
		why += ": " + last.Why
	}
	return Tie{Same, 1, why}, true
}

// Named gives somebody by the key of the registry, or a name: the registry's
// entry where it knows one on that day, else a person of that name.
func Named(reg *registry.Registry, name string, published int) Actor {
	return Identify(reg, Person(reg, name, published), published)
}

// Person is somebody as a reading has him, by key or name.
func Person(reg *registry.Registry, name string, published int) *reading.Actor {
	e := reg.Entry(name)
	if e == nil {
		e = reg.Resolve(name, DayTime(published), "").Entry
	}
	if e == nil {
		return &reading.Actor{Name: name, Kind: "person"}
	}
	e = reg.StandsFor(e)
	a := &reading.Actor{Name: e.Name, Kind: "organization", Country: e.Country, Code: e.Code, Wikidata: e.Wikidata, Entry: e.Key}
	switch e.Kind {
	case registry.Person:
		a.Kind = "person"
	case registry.Country:
		a.Kind = "country"
	case registry.Place:
		a.Kind = "place"
	}
	return a
}

// PlaceNamed is a place by its name, with what the registry knows of where it
// lies. A comma sets off the larger place.
func PlaceNamed(reg *registry.Registry, name string) *Place {
	p := &reading.Place{}
	p.Name, p.Within, _ = strings.Cut(name, ",")
	p.Name, p.Within = strings.TrimSpace(p.Name), strings.TrimSpace(p.Within)
	b := builder{reg: reg}
	return b.place(p)
}

// Settle makes what follows from several mentions of an article anew, after
// some of them changed.
func (v *Values) Settle() { settle(v.Mentions) }

// SetText gives a statement other words of its article.
func (s *Saying) SetText(text string) {
	s.Text = text
	s.Quotes = quoted(text)
	if s.Form == "direct" && len(s.Quotes) == 0 {
		s.Quotes = []string{text}
	}
}
