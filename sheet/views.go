package sheet

import (
	"fmt"

	"readout/record"
)

func sub(h *record.Head) string {
	s := "as of " + Date(h.AsOf) + ", " + Count(h.Articles, "article")
	if h.Since != "" {
		s = "from " + Date(h.Since) + ", " + s
	}
	if h.Process != "" {
		s = h.Process + ", " + s
	}
	if h.Unread > 0 {
		s += ". The newest were read, all since " + Date(h.ReadSince) + "; " + Plural(h.Unread, "older account was", "older accounts were") + " not: --limit and --as-of reach them"
	}
	return s
}

func more(n int, how string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s left out: %s", Plural(n, "slighter event", "slighter events"), how)
}

// State is the page of the state of play.
func State(v *record.State) *Page {
	p := &Page{Title: "State of play", Sub: sub(&v.Head), Foot: more(v.More, "--all and --limit show them")}
	p.Sections = []Section{
		{Name: "What happened", None: "Nothing in the last months."},
		{Name: "What is planned", None: "Nothing."},
		{Name: "What is open, off or overdue", None: "Nothing."},
		{Name: "Who stands where", None: "No positions found."},
	}
	for i, list := range [][]*record.Event{v.Happened, v.Planned, v.Open} {
		for _, e := range list {
			p.Sections[i].Lines = append(p.Sections[i].Lines, eventLine(e))
		}
	}
	p.Sections[3].Lines = standings(v.Stands)
	return p
}

// Timeline is the page of a timeline.
func Timeline(v *record.Timeline) *Page {
	p := &Page{Title: "Timeline", Sub: sub(&v.Head), Foot: more(v.More, "--all and --limit show them")}
	s := Section{None: "No events."}
	for _, e := range v.Events {
		l := eventLine(e)
		l.Details = l.Details[:1]
		s.Lines = append(s.Lines, l)
	}
	p.Sections = []Section{s}
	return p
}

// Issues is the page of the board of issues.
func Issues(v *record.Board) *Page {
	p := &Page{Title: "Who stands where", Sub: sub(&v.Head), Sections: []Section{{Lines: standings(v.Stands), None: "No positions found."}}}
	if v.More > 0 {
		p.Foot = Plural(v.More, "issue of which less is said", "issues of which less is said") + " left out: --limit shows them"
	}
	return p
}

func standings(list []record.Standing) []Line {
	var out []Line
	for _, s := range list {
		l := Line{Text: Capital(s.Topic)}
		for _, c := range s.Cells {
			text := c.Party + " " + c.Stance
			if c.By != c.Party {
				text += " (" + c.By + ")"
			}
			text += ": " + Quote(Shorten(c.Witness.Words, 160)) + " — " + Source(&c.Witness)
			for _, e := range c.Earlier {
				text += fmt.Sprintf("; before, %s: %s", Date(e.Day), e.Stance)
			}
			l.Details = append(l.Details, Detail{"", text})
			l.Details = append(l.Details, corrected(c.Decisions)...)
		}
		out = append(out, l)
	}
	return out
}
