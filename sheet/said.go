package sheet

import (
	"fmt"
	"strings"

	"readout/record"
)

// Met is the page of what two actors had to do with each other.
func Met(v *record.Met) *Page {
	p := &Page{Title: v.A.Name + " and " + v.B.Name, Sub: sub(&v.Head)}
	held, planned := Section{Name: "Held", None: "No meeting or call found."}, Section{Name: "Spoken of", None: "Nothing."}
	for _, e := range v.Events {
		s := &planned
		if e.Status.Value == "occurred" || e.Status.Value == "ongoing" {
			s = &held
		}
		s.Lines = append(s.Lines, eventLine(e))
	}
	p.Sections = []Section{held, planned}
	return p
}

// Said is the page of what was said.
func Said(v *record.Said) *Page {
	p := &Page{Title: "Who said what", Sub: sub(&v.Head)}
	if v.By != nil {
		p.Title = "What " + v.By.Name + " said"
	}
	if v.About != "" {
		p.Title += " about " + v.About
	}
	s := Section{None: "No statement found."}
	for _, st := range v.Statements {
		s.Lines = append(s.Lines, statement(st))
	}
	p.Sections = []Section{s}
	if v.More > 0 {
		p.Foot = Plural(v.More, "earlier statement", "earlier statements") + " left out: --limit shows them"
	}
	return p
}

func statement(st *record.Statement) Line {
	l := Line{Lead: Date(st.Day), ID: Short(st.ID)}
	by := st.By
	switch {
	case by == "":
		by = "somebody not named"
	case st.Standing == "anonymous":
		by += " (not named)"
	case st.Role != "" && !strings.Contains(strings.ToLower(st.By), strings.ToLower(st.Role)):
		by += ", " + st.Role
	}
	if st.Form == "silence" {
		l.Mark = "silent"
		l.Text = by + " — nothing said"
	} else {
		text := st.Text
		if st.Form == "direct" {
			text = Quote(strings.TrimRight(strings.Trim(text, "\"“” "), ", "))
		}
		l.Text = fmt.Sprintf("%s (%s): %s", by, Verb(st), Shorten(text, 300))
	}
	var how []string
	if h := How(st); h != "" {
		how = append(how, h)
	}
	first := &st.Witnesses[0]
	where := Source(first)
	if n := len(st.Witnesses); n > 1 {
		where += fmt.Sprintf(" and %s", Plural(n-1, "other article", "other articles"))
		if st.Origins < n {
			where += ", " + Plural(st.Origins, "story", "stories")
		}
		where += ": " + st.Why
	}
	how = append(how, where)
	if c := record.Credible(st.Credibility); c != "" {
		how = append(how, "credibility "+c)
	}
	l.Details = append(l.Details, Detail{"", strings.Join(how, " · ")})
	l.Details = append(l.Details, corrected(st.Decisions)...)
	return l
}

// Verb is what a statement does.
func Verb(st *record.Statement) string {
	if st.Act == "" || st.Act == "other" {
		return "say"
	}
	return st.Act
}

// How is how a statement was made: to whom, as told by whom, by what channel.
func How(st *record.Statement) string {
	var how []string
	if len(st.To) > 0 {
		how = append(how, "to "+List(st.To))
	}
	if len(st.Via) > 0 {
		how = append(how, "as told by "+List(st.Via))
	}
	for _, w := range []string{st.Channel, background(st.Record)} {
		if w != "" && w != "other" {
			how = append(how, w)
		}
	}
	return strings.Join(how, " · ")
}

func background(record string) string {
	if record == "on" {
		return ""
	}
	return record
}
