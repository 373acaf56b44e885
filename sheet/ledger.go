package sheet

import (
	"fmt"
	"strings"

	"readout/record"
)

// Event is the page of one event.
func Event(v *record.EventView) *Page {
	e := v.Event
	p := &Page{Title: Name(e), Sub: strings.Trim(When(e)+" · "+e.Status.Value+" · "+sub(&v.Head), " ·")}
	about := Section{Name: "Status", Lines: []Line{{Mark: e.Status.Value, Lead: Date(e.Status.Since), Text: e.Status.Value + ": " + e.Status.Rule, ID: Short(e.ID)}}}
	for i := range e.Status.Rests[:min(3, len(e.Status.Rests))] {
		c := &e.Status.Rests[i]
		about.Lines[0].Details = append(about.Lines[0].Details, Detail{"", claim(c)})
	}
	if c := record.Credible(e.Credibility); c != "" {
		about.Lines[0].Details = append(about.Lines[0].Details, Detail{"credibility", c})
	}
	p.Sections = append(p.Sections, about)
	if len(e.Decisions) > 0 {
		p.Sections = append(p.Sections, decided(e.Decisions))
	}
	parties := Section{Name: "The parties", None: "No party is told."}
	for _, l := range e.Lines {
		line := Line{Mark: lineMarks[l.Line], Text: l.Name + ": " + l.Line}
		if l.Line == record.NotHeard {
			line.Text = fmt.Sprintf("%s: no statement found in %s up to %s", l.Name, Count(e.Articles, "article"), Date(v.AsOf))
		}
		if l.Witness != nil {
			line.Lead = Date(l.Day)
			line.Details = append(line.Details, Detail{"", l.By + ": " + Quote(Shorten(l.Witness.Words, 200)) + " — " + Source(l.Witness)})
		}
		for i := range l.Earlier[:min(4, len(l.Earlier))] {
			c := &l.Earlier[i]
			line.Details = append(line.Details, Detail{"before", Date(c.Day) + ", " + c.Line + " (" + c.By + ")"})
		}
		parties.Lines = append(parties.Lines, line)
	}
	p.Sections = append(p.Sections, parties)
	if len(e.Dates) > 1 || len(e.Places) > 1 {
		s := Section{Name: "Accounts that differ"}
		for i := range e.Dates {
			d := &e.Dates[i]
			s.Lines = append(s.Lines, Line{Lead: Interval(d.From, d.To, ""), Text: "the day, " + Plural(d.Origins, "story", "stories"), Details: []Detail{{"", Quote(Shorten(d.Witness.Words, 160)) + " — " + Source(&d.Witness)}}})
		}
		for i := range e.Places {
			d := &e.Places[i]
			s.Lines = append(s.Lines, Line{Text: d.Value + ": the place, " + Plural(d.Origins, "story", "stories"), Details: []Detail{{"", Quote(Shorten(d.Witness.Words, 160)) + " — " + Source(&d.Witness)}}})
		}
		p.Sections = append(p.Sections, s)
	}
	if len(e.Conditions) > 0 {
		s := Section{Name: "It waits for"}
		for i := range e.Conditions {
			c := &e.Conditions[i]
			s.Lines = append(s.Lines, Line{Text: Quote(record.Introduced(c.As, c.Witness.Words)) + " — " + Source(&c.Witness)})
		}
		p.Sections = append(p.Sections, s)
	}
	if len(v.Links) > 0 {
		s := Section{Name: "Tied to"}
		for _, l := range v.Links {
			line := eventLine(l.Event)
			line.Text = l.As + ": " + line.Text
			if l.By != "" {
				line.Text += ", tied by " + l.By
			}
			line.Details = line.Details[:1]
			s.Lines = append(s.Lines, line)
		}
		p.Sections = append(p.Sections, s)
	}
	said := Section{Name: "What was said of it", None: "No statement found."}
	for _, st := range v.Statements {
		said.Lines = append(said.Lines, statement(st))
	}
	told := Section{Name: "Where it is told"}
	for i := range e.Mentions {
		m := &e.Mentions[i]
		l := Line{Lead: Date(m.Witness.Published), Text: Quote(Shorten(m.Witness.Words, 240)), ID: Short(m.ID)}
		text := Source(&m.Witness)
		if m.Witness.Title != "" && m.Witness.Title != text {
			text = m.Witness.Title + " — " + text
		}
		if m.Origin != m.Witness.Article {
			text += " · a copy"
		}
		l.Details = append(l.Details, Detail{"", text})
		if m.Why != "" && len(e.Mentions) > 1 {
			l.Details = append(l.Details, Detail{"joined", m.Why})
		}
		told.Lines = append(told.Lines, l)
	}
	p.Sections = append(p.Sections, said, told)
	return p
}

var lineMarks = map[string]string{"announced": "planned", "confirmed": "occurred", "hedged": "possible", "denied": "denied", "silent": "silent"}

func claim(c *record.Claim) string {
	by := c.By
	if by == "" {
		by = "the article itself"
	}
	s := fmt.Sprintf("%s: %s — %s", by, Quote(Shorten(c.Witness.Words, 200)), Source(&c.Witness))
	if g := record.Credible(c.Credibility); g != "" {
		s += " · credibility " + g
	}
	return s
}

// Actor is the page of somebody.
func Actor(v *record.ActorView) *Page {
	p := &Page{Title: v.Who.Name, Sub: sub(&v.Head)}
	who := Section{Name: "Who it is"}
	if v.Who.Side != "" {
		who.Lines = append(who.Lines, Line{Text: "with all who act for it"})
	} else {
		var names []string
		for _, n := range v.Names {
			names = append(names, n.Name)
		}
		who.Lines = append(who.Lines, Line{Text: strings.Trim("named "+List(names)+" · "+strings.TrimSpace(v.Country+" "+v.Code), " ·")})
		for _, r := range v.Roles {
			who.Lines = append(who.Lines, Line{Lead: Interval(r.From, r.To, ""), Text: r.Role})
		}
	}
	var with []string
	for _, c := range v.With {
		with = append(with, fmt.Sprintf("%s (%d)", c.Name, c.N))
	}
	if len(with) > 0 {
		who.Lines = append(who.Lines, Line{Text: "seen with " + List(with)})
	}
	for i := range v.Decisions {
		d := &v.Decisions[i]
		who.Lines = append(who.Lines, Line{Mark: "decided", Text: Decision(d) + " — in " + Short(d.On[0]), ID: Short(d.ID)})
	}
	events := Section{Name: "Takes part in", None: "No event found."}
	for _, e := range v.Events {
		l := eventLine(e)
		l.Details = l.Details[:1]
		events.Lines = append(events.Lines, l)
	}
	said := Section{Name: "Said", None: "No statement found."}
	for _, st := range v.Statements {
		said.Lines = append(said.Lines, statement(st))
	}
	p.Sections = []Section{who, events, said, {Name: "Stands", Lines: standings(v.Stands), None: "No position found."}}
	return p
}

// Search is the page of what a search found.
func Search(v *record.Found) *Page {
	p := &Page{Title: "Articles with " + strings.Join(v.Words, " "), Sub: sub(&v.Head)}
	s := Section{None: "None."}
	for _, h := range v.Articles {
		title := h.Title
		if title == "" {
			title = "an article without a title"
		}
		l := Line{Lead: Date(h.Published), Text: title, ID: Short(h.Article)}
		if h.Outlet != "" {
			l.Text += " — " + h.Outlet
		}
		for i := range h.Passages {
			l.Details = append(l.Details, Detail{"", Quote(Shorten(h.Passages[i].Words, 300))})
		}
		s.Lines = append(s.Lines, l)
	}
	p.Sections = []Section{s}
	return p
}
