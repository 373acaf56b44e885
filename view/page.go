// Package view shows a reading to people: as a page in the terminal, as
// Markdown, as one self-contained web page; and writes the form that scorers of
// attribution read.
//
// It knows the published reading and nothing of how it was made. The three
// pages are drawn from one Page, so that they say the same.
package view

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"readout/reading"
)

// Page is a reading put in the order in which a person wants it.
type Page struct {
	Title    string
	Byline   string // outlet, day, dateline: "Courier · 19 August 2025 · Geneva"
	Sections []Section

	r    *reading.Reading
	text []rune
}

// Section is one part of the page, such as "What is planned".
type Section struct {
	ID    string
	Name  string
	Lines []Line
	None  string // what to say where there are no lines
}

// Line is one thing the article says.
type Line struct {
	ID      string // the element's id in the reading
	Mark    string // a word for its state: "planned", "said"; "" without
	Runs    []Run
	Details []Detail
	Words   []reading.Span // the words it rests on
}

// Run is a piece of a line in one style.
type Run struct {
	Text   string
	Style  Style
	Actor  string // the actor it names, "" for none
	Quoted bool
}

// Style is how much a run stands out.
type Style uint8

// The styles of a run.
const (
	Plain Style = iota
	Strong
	Faint
)

// Detail is a labelled remark under a line: "waits for", "announced".
type Detail struct {
	Label string
	Text  string
	Words []reading.Span
}

// The ids of the sections, in their order.
const (
	Happened  = "happened"
	Planned   = "planned"
	Said      = "said"
	Table     = "table"
	WhoIsWho  = "who"
	Judged    = "judged"
	maxQuoted = 240 // code points of a quotation shown on a page; the whole stands in the JSON
)

// NewPage puts a reading in order.
func NewPage(r *reading.Reading) *Page {
	p := &Page{r: r, text: []rune(r.Document.Text)}
	p.Title = p.title()
	p.Byline = p.byline()
	happened := Section{ID: Happened, Name: "What happened", None: "The article tells of nothing that has happened."}
	planned := Section{ID: Planned, Name: "What is planned", None: "The article tells of nothing planned."}
	for i := range r.Events {
		e := &r.Events[i]
		switch e.Status {
		case "occurred", "ongoing":
			happened.Lines = append(happened.Lines, p.event(e))
		default:
			planned.Lines = append(planned.Lines, p.event(e))
		}
	}
	p.Sections = []Section{happened, planned, p.statements(), p.issues(), p.actors()}
	if len(r.Document.Judgements) > 0 {
		p.Sections = append(p.Sections, p.judgements())
	}
	return p
}

// Slice is the words of s on one line.
func (p *Page) Slice(s reading.Span) string {
	if s[0] < 0 || s[1] > len(p.text) || s[0] >= s[1] {
		return ""
	}
	return strings.Join(strings.Fields(string(p.text[s[0]:s[1]])), " ")
}

func (p *Page) slices(list []reading.Span) string {
	var out []string
	for _, s := range list {
		out = append(out, p.Slice(s))
	}
	return strings.Join(out, " … ")
}

func shorten(s string, limit int) string {
	if r := []rune(s); len(r) > limit {
		cut := limit
		for cut > limit-20 && r[cut] != ' ' {
			cut--
		}
		return strings.TrimRight(string(r[:cut]), " ,;") + " …"
	}
	return s
}

func (p *Page) title() string {
	d := &p.r.Document
	if d.Title != "" {
		return d.Title
	}
	if len(d.Blocks) > 0 {
		if t := p.Slice(d.Blocks[0].Span); d.Blocks[0].Kind == "heading" || len([]rune(t)) <= 80 {
			return t
		}
	}
	if len(d.Sentences) > 0 {
		return shorten(p.Slice(d.Sentences[0]), 80)
	}
	return "An article"
}

func (p *Page) byline() string {
	d := &p.r.Document
	var out []string
	if d.Outlet != "" {
		out = append(out, d.Outlet)
	}
	if d.Published != "" {
		out = append(out, day(d.Published))
	}
	if d.Dateline != nil {
		out = append(out, "from "+placeName(d.Dateline.Place))
	}
	return strings.Join(out, " · ")
}

// placeName undoes the capitals of a dateline: "GENEVA" is Geneva on a page.
func placeName(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if w == strings.ToUpper(w) && !strings.Contains(w, ".") {
			r := []rune(strings.ToLower(w))
			r[0] = unicode.ToUpper(r[0])
			words[i] = string(r)
		}
	}
	return strings.Join(words, " ")
}

// day writes an ISO day or instant the long way; what is neither stays.
func day(s string) string {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t.Format("2 January 2006")
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC().Format("2 January 2006, 15:04 UTC")
	}
	return s
}

func (p *Page) actor(id string) *reading.Actor {
	// Ids are a1, a2, … in order.
	var n int
	if _, err := fmt.Sscanf(id, "a%d", &n); err != nil || n < 1 || n > len(p.r.Actors) {
		return nil
	}
	return &p.r.Actors[n-1]
}

// name is what a page calls an actor.
func (p *Page) name(id string) string {
	a := p.actor(id)
	switch {
	case a == nil:
		return "somebody"
	case len(a.Members) > 0 && len(a.Mentions) > 0 && a.Mentions[0].Form == "pronoun":
		var members []string // by their own names: a group may hold groups
		for _, id := range a.Members {
			if m := p.actor(id); m != nil && m.Name != "" {
				members = append(members, m.Name)
			}
		}
		return list(members)
	case a.Name != "":
		return a.Name
	case len(a.Mentions) > 0:
		return p.Slice(a.Mentions[0].Span)
	}
	return "somebody"
}

func (p *Page) names(ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, p.name(id))
	}
	return list(out)
}

// list joins as prose does: "a, b and c".
func list(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}

func (p *Page) actors() Section {
	s := Section{ID: WhoIsWho, Name: "Who is who", None: "The article names nobody."}
	for _, a := range p.inOrder() {
		l := Line{ID: a.ID, Runs: []Run{{Text: p.name(a.ID), Style: Strong, Actor: a.ID}}}
		for _, m := range a.Mentions {
			l.Words = append(l.Words, m.Span)
		}
		l.Runs = append(l.Runs, p.about(a)...)
		s.Lines = append(s.Lines, l)
	}
	return s
}

// inOrder are the actors as a list of persons does it: named people first, then
// countries and bodies, then groups and those who are not named, if they say or
// do anything; within each by how much is said of them, then as they come.
func (p *Page) inOrder() []*reading.Actor {
	used := p.used()
	var out []*reading.Actor
	for i := range p.r.Actors {
		a := &p.r.Actors[i]
		minor := a.Kind == "place" || (a.Anonymous || a.Kind == "group") && !used[a.ID]
		if !minor {
			out = append(out, a)
		}
	}
	rank := func(a *reading.Actor) int {
		switch {
		case a.Anonymous, a.Kind == "group":
			return 2
		case a.Kind == "person":
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b *reading.Actor) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return len(b.Mentions) - len(a.Mentions)
	})
	return out
}

// used are the actors that speak, take part or have a stance.
func (p *Page) used() map[string]bool {
	m := map[string]bool{}
	for i := range p.r.Statements {
		s := &p.r.Statements[i]
		m[s.Source.Actor] = true
		for _, x := range append(append([]reading.Ref{}, s.Via...), s.To...) {
			m[x.Actor] = true
		}
	}
	for i := range p.r.Events {
		for _, x := range p.r.Events[i].Participants {
			m[x.Actor] = true
		}
	}
	for i := range p.r.Issues {
		for _, x := range p.r.Issues[i].Positions {
			m[x.Actor] = true
		}
	}
	return m
}

// about is what is known of an actor: offices, kind, country, code, members.
func (p *Page) about(a *reading.Actor) []Run {
	var roles, known []string
	for _, r := range a.Roles {
		title := r.Title
		if r.Former && !strings.HasPrefix(strings.ToLower(title), "former") {
			title = "former " + title
		}
		if !strings.EqualFold(title, p.name(a.ID)) {
			roles = append(roles, title)
		}
	}
	var out []Run
	if len(roles) > 0 {
		out = append(out, Run{Text: ", " + strings.Join(roles, "; ")})
	} else if a.Kind == "group" && len(a.Members) > 0 {
		out = append(out, Run{Text: ": " + p.names(a.Members)})
	} else if a.Anonymous {
		out = append(out, Run{Text: ", not named"})
	}
	switch {
	case a.Code != "":
		known = append(known, a.Code)
	case a.Country != "":
		known = append(known, a.Country)
	}
	if a.Kind != "person" && a.Kind != "group" {
		known = append([]string{a.Kind}, known...)
	}
	if len(known) > 0 {
		out = append(out, Run{Text: "  " + strings.Join(known, " "), Style: Faint})
	}
	return out
}

func (p *Page) judgements() Section {
	s := Section{ID: Judged, Name: "The outlet’s own judgement"}
	for i, j := range p.r.Document.Judgements {
		s.Lines = append(s.Lines, Line{
			ID: fmt.Sprintf("j%d", i+1), Runs: []Run{{Text: shorten(p.Slice(j), maxQuoted), Quoted: true}}, Words: []reading.Span{j},
		})
	}
	return s
}
