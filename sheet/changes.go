package sheet

import (
	"fmt"
	"strings"

	"readout/record"
)

// Changes is the page of what changed.
func Changes(v *record.Changes) *Page {
	p := &Page{Title: "What changed", Sub: sub(&v.Head), Foot: more(v.More, "--all shows them")}
	changed := Section{Name: "No longer as it was", None: "Nothing."}
	for _, c := range v.Changed {
		changed.Lines = append(changed.Lines, change(c))
	}
	fresh := Section{Name: "New", None: "Nothing."}
	for _, e := range v.New {
		fresh.Lines = append(fresh.Lines, eventLine(e))
	}
	p.Sections = []Section{changed, fresh}
	if len(v.Merged) > 0 {
		s := Section{Name: "Turned out to be one"}
		for _, m := range v.Merged {
			l := Line{Mark: "merged", Lead: When(m.Event), Text: Name(m.Event), ID: Short(m.Event.ID)}
			for _, w := range m.Were {
				l.Details = append(l.Details, Detail{"was", strings.TrimSpace(When(w)+" "+Name(w)) + ", " + w.Status.Value})
			}
			s.Lines = append(s.Lines, l)
		}
		p.Sections = append(p.Sections, s)
	}
	if len(v.Gone) > 0 {
		s := Section{Name: "Taken back"}
		for _, e := range v.Gone {
			l := Line{Mark: "gone", Lead: When(e), Text: Name(e) + ", " + e.Status.Value, ID: Short(e.ID)}
			for _, m := range e.Mentions[:min(2, len(e.Mentions))] {
				l.Details = append(l.Details, Detail{"had said", Quote(Shorten(m.Witness.Words, 160)) + " — " + Source(&m.Witness)})
			}
			s.Lines = append(s.Lines, l)
		}
		p.Sections = append(p.Sections, s)
	}
	moved := Section{Name: "Positions", None: "None moved."}
	for _, m := range v.Moved {
		was := "no position known"
		if m.Was != "" {
			was = m.Was
		}
		l := Line{Mark: "changed", Lead: Date(m.Cell.Day), Text: fmt.Sprintf("%s on %s: %s, before: %s", m.Cell.Party, m.Topic, m.Cell.Stance, was)}
		l.Details = append(l.Details, Detail{"", Quote(Shorten(m.Cell.Witness.Words, 160)) + " — " + Source(&m.Cell.Witness)})
		moved.Lines = append(moved.Lines, l)
	}
	p.Sections = append(p.Sections, moved)
	if len(v.Decided) > 0 {
		s := Section{Name: "Decided by people"}
		for i := range v.Decided {
			s.Lines = append(s.Lines, ruling(&v.Decided[i]))
		}
		p.Sections = append(p.Sections, s)
	}
	return p
}

// ruled are decisions in words: what became of an event by hand.
var ruled = map[string]string{
	record.DoCorrect: "corrected", record.DoReject: "rejected", record.DoMerge: "merged by hand", record.DoSplit: "split off", record.DoLink: "tied", record.DoUndo: "undone",
}

func ruling(r *record.Ruling) Line {
	l := Line{Mark: "decided", Lead: Date(r.When.Format("2006-01-02")), ID: Short(r.ID)}
	switch {
	case r.Event != nil:
		l.Text = Name(r.Event)
		l.Details = append(l.Details, Detail{"event", Short(r.Event.ID)})
	case r.Statement != nil:
		l.Text = r.Statement.By + ": " + Quote(Shorten(r.Statement.Text, 120))
	case len(r.At) > 0 && len(r.At[0].Words) > 0:
		l.Text = Quote(Shorten(r.At[0].Words[0], 120))
	}
	text := ruled[r.Do] + " by " + r.By
	switch {
	case r.Do == record.DoUndo:
		text += ": " + Short(r.Of)
	case r.Do == record.DoLink:
		text += ": " + r.Value
	case r.Field != "":
		text += ": " + r.Field + " = " + r.Value
	}
	if r.Why != "" {
		text += "; " + r.Why
	}
	if r.Undone != "" {
		text += "; undone by " + Short(r.Undone)
	}
	l.Details = append([]Detail{{"", text}}, l.Details...)
	return l
}

func change(c *record.Change) Line {
	e := c.Event
	l := Line{Mark: e.Status.Value, Lead: When(e), Text: Name(e), ID: Short(e.ID)}
	for i := range c.What {
		d := &c.What[i]
		text := What(d)
		if d.Witness != nil {
			text += "; " + Quote(Shorten(d.Witness.Words, 160)) + " — " + Source(d.Witness)
		}
		l.Details = append(l.Details, Detail{"", text})
	}
	return l
}

// What tells one thing that changed: "place: Geneva, before: not known".
func What(d *record.Detail) string {
	switch d.Kind {
	case "confirmed", "denied", "line":
		return fmt.Sprintf("%s: %s, before: %s", d.Party, d.Is, d.Was)
	case "retracted":
		return "no longer told of this event"
	case "reports":
		return fmt.Sprintf("%s stories, before: %s", d.Is, d.Was)
	}
	is, was := d.Is, d.Was
	if d.Kind == "date" {
		is, was = DaysOf(is), DaysOf(was)
	}
	if was == "" {
		was = "not known"
	}
	return fmt.Sprintf("%s: %s, before: %s", d.Kind, is, was)
}

// DaysOf is the days of "from/to" as people write them.
func DaysOf(s string) string {
	from, to, both := strings.Cut(s, "/")
	if !both {
		return Date(s)
	}
	return Interval(from, to, "day")
}
