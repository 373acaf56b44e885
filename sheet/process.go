package sheet

import (
	"strings"

	"readout/record"
)

// Gathers is how much a process gathers, in words.
func Gathers(v *record.ProcessView) string {
	s := Count(v.Articles, "article") + ", " + Count(v.Events, "event") + ", " + Count(v.Statements, "statement")
	if when := Interval(v.First, v.Last, "day"); when != "" {
		s += ", " + when
	}
	return s
}

// Processes is the page of all processes.
func Processes(v *record.Processes) *Page {
	s := Section{None: "No process yet: 'readout process new NAME' makes one."}
	for _, p := range v.Processes {
		l := Line{Text: p.Process.Name, Details: []Detail{{"", Gathers(p)}}}
		if p.Process.Title != "" {
			l.Text += " — " + p.Process.Title
		}
		s.Lines = append(s.Lines, l)
	}
	return &Page{Title: "Processes", Sub: sub(&v.Head), Sections: []Section{s}}
}

// Process is the page of one process.
func Process(v *record.ProcessView) *Page {
	p := v.Process
	page := &Page{Title: p.Name, Sub: "as of " + Date(v.AsOf)}
	if p.Title != "" {
		page.Title += ": " + p.Title
	}
	set := Section{Name: "Its set", None: "Nothing yet: 'readout process add' puts something into it."}
	var actors []string
	for _, m := range p.Actors {
		name := m.Name
		if m.Side != "" {
			name += " (all who act for it)"
		}
		actors = append(actors, name)
	}
	for _, x := range []struct {
		label string
		items []string
	}{{"actors", actors}, {"issues", p.Issues}, {"places", p.Places}} {
		if len(x.items) > 0 {
			set.Lines = append(set.Lines, Line{Text: x.label + ": " + strings.Join(x.items, ", ")})
		}
	}
	gathers := Section{Name: "Gathers", Lines: []Line{{Text: Gathers(v)}}}
	last := Section{Name: "The last events", None: "None."}
	for _, e := range v.Recent {
		l := eventLine(e)
		l.Details = l.Details[:1]
		last.Lines = append(last.Lines, l)
	}
	page.Sections = []Section{set}
	for _, x := range []struct {
		name string
		list []record.Hand
	}{{"Put in by hand", p.In}, {"Taken out by hand", p.Out}} {
		if len(x.list) == 0 {
			continue
		}
		s := Section{Name: x.name}
		for i := range x.list {
			s.Lines = append(s.Lines, hand(&x.list[i]))
		}
		page.Sections = append(page.Sections, s)
	}
	page.Sections = append(page.Sections, gathers, last)
	page.Foot = "made by " + p.By + ", " + Date(p.When)
	return page
}

func hand(h *record.Hand) Line {
	l := Line{Lead: Date(h.When), Text: h.Kind, ID: Short(h.At.Article)}
	if h.Kind == "event" && len(h.At.Words) > 0 {
		l.Text += " " + Quote(Shorten(h.At.Words[0], 80))
	}
	if h.Title != "" {
		l.Text += " in " + h.Title
	}
	by := "by " + h.By
	if h.Why != "" {
		by += ": " + h.Why
	}
	l.Details = []Detail{{"", by}}
	return l
}
