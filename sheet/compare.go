package sheet

import (
	"strings"

	"readout/record"
)

// Due is the page of deadlines and promises.
func Due(v *record.Due) *Page {
	deadlines := Section{Name: "Deadlines", None: "None found."}
	for _, d := range v.Deadlines {
		l := eventLine(d.Event)
		l.Lead = "by " + Date(d.Day)
		state := d.State
		if d.Past && d.State == record.DueOpen {
			state = "open, and its day has gone by"
		}
		l.Details = append([]Detail{{"", state}}, l.Details...)
		deadlines.Lines = append(deadlines.Lines, l)
	}
	promises := Section{Name: "Promises", None: "None found."}
	for _, p := range v.Promises {
		l := statement(p.Statement)
		text := p.State
		for _, e := range p.Events {
			text += "; " + strings.TrimSpace(When(e)+" "+Name(e)) + ", " + e.Status.Value + " [" + Short(e.ID) + "]"
		}
		l.Details = append(l.Details, Detail{"", text})
		promises.Lines = append(promises.Lines, l)
	}
	return &Page{Title: "What is due", Sub: sub(&v.Head), Sections: []Section{deadlines, promises}}
}

// Compare is the page of two articles side by side.
func Compare(v *record.Compare) *Page {
	a, b := Source(&v.A), Source(&v.B)
	p := &Page{Title: "A: " + titled(&v.A) + "  ·  B: " + titled(&v.B), Sub: sub(&v.Head)}
	both := Section{Name: "Both tell of", None: "No event that both tell of."}
	for _, s := range v.Both {
		l := Line{Mark: s.Event.Status.Value, Lead: When(s.Event), Text: Name(s.Event), ID: Short(s.Event.ID)}
		for _, f := range s.Fields {
			switch {
			case f.Same:
				l.Details = append(l.Details, Detail{f.Name, f.A})
			case f.A == "":
				l.Details = append(l.Details, Detail{f.Name, "only B: " + f.B})
			case f.B == "":
				l.Details = append(l.Details, Detail{f.Name, "only A: " + f.A})
			default:
				l.Details = append(l.Details, Detail{f.Name, "A: " + f.A + " | B: " + f.B})
			}
		}
		l.Details = append(l.Details, Detail{"A", Quote(Shorten(s.A.Words, 160))}, Detail{"B", Quote(Shorten(s.B.Words, 160))})
		both.Lines = append(both.Lines, l)
	}
	said := Section{Name: "Both report", None: "No statement that both report."}
	for _, s := range v.Said {
		l := statement(s.Statement)
		l.Details = []Detail{{"A", Quote(Shorten(s.A.Words, 200))}, {"B", Quote(Shorten(s.B.Words, 200))}}
		said.Lines = append(said.Lines, l)
	}
	p.Sections = []Section{both, said, alone("Only A, "+a, v.OnlyA), alone("Only B, "+b, v.OnlyB)}
	return p
}

func titled(w *record.Witness) string {
	if w.Title == "" {
		return Source(w)
	}
	return w.Title + " (" + Source(w) + ")"
}

func alone(name string, list []record.Alone) Section {
	s := Section{Name: name, None: "Nothing."}
	for i := range list {
		x := &list[i]
		var l Line
		if x.Event != nil {
			l = Line{Mark: x.Event.Status.Value, Lead: When(x.Event), Text: Name(x.Event), ID: Short(x.Event.ID)}
			l.Details = []Detail{{"", Quote(Shorten(x.Witness.Words, 160))}}
		} else {
			l = statement(x.Statement)
			l.Details = nil
		}
		s.Lines = append(s.Lines, l)
	}
	return s
}
