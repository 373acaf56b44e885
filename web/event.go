package web

import (
	"context"
	"html/template"
	"slices"

	"readout/record"
	"readout/sheet"
	"readout/web/draw"
)

// eventPage is one event with its ledger.
type eventPage struct {
	eventLine
	Since    string
	Rule     string
	History  []turn
	Parties  []partyRow
	Sides    []version // two or more sides' words, side by side
	Differ   []differing
	Claims   []claimRow
	Waiting  []*words
	Graph    template.HTML
	Links    []eventLine
	Said     []saidLine
	Told     []mention
	Parts    []part
	Topics   []link
	Facts    []fact
	Compare  string // the address of its first two stories side by side
	Credible credible
	AsOf     string
}

// turn is a status that an event came to have.
type turn struct {
	Status status
	Known  string
	Rule   string
	Rests  *words
	By     string
}

// partyRow is a line of the matrix of parties.
type partyRow struct {
	Name, URL string
	Line      status
	By, Day   string
	Words     *words
	None      string // what to say where nothing was found
	Earlier   []claimRow
}

// version is what one side says.
type version struct {
	Name   string
	Claims []claimRow
}

// differing is a value on which accounts differ.
type differing struct {
	What, Value, Known string
	Stories            string
	Taken              bool // it is the one the event has
	Words              *words
}

// claimRow is one claim.
type claimRow struct {
	Day, By, Standing, Channel string
	Credible                   string // in words
	Said                       string // the statement's address
	Party                      bool
	Line, Status               status
	Words                      *words
	Copy                       bool // its article is a copy of another's story
}

// mention is one article's account.
type mention struct {
	ID     string
	Words  *words
	Status status
	Why    string
	Copy   bool
}

type part struct{ Name, URL, As, Code, Stories string }

type fact struct{ Name, Value string }

func event(ctx context.Context, a *ask) (*page, error) {
	v, err := a.s.c.Ledger.Event(ctx, a.q, a.value("id"))
	if err != nil {
		return nil, err
	}
	e := v.Event
	p := &page{Name: "event", Title: sheet.Name(e), Sub: sub(&v.Head), View: v, Tables: []string{"claims", "mentions", "participants", "statements", "events"}}
	p.Of = &record.Chosen{Events: []string{e.ID}, Statements: statementIDs(v.Statements)}
	if a.json {
		return p, nil
	}
	d := &eventPage{eventLine: a.line(e), Since: sheet.Date(e.Status.Since), Rule: e.Status.Rule, AsOf: sheet.Date(v.AsOf)}
	p.Data = d
	origin := map[string]bool{} // articles that are copies
	for i := range e.Mentions {
		m := &e.Mentions[i]
		origin[m.Witness.Article] = m.Origin != m.Witness.Article
		d.Told = append(d.Told, mention{sheet.Short(m.ID), a.words(&m.Witness), statusOf(m.Status), m.Why, m.Origin != m.Witness.Article})
	}
	for i := range v.History {
		t := &v.History[i]
		x := turn{Status: statusOf(t.Value), Known: sheet.Date(t.Known), Rule: t.Rule}
		if len(t.Rests) > 0 && t.Known != "" {
			x.Rests, x.By = a.words(&t.Rests[0].Witness), t.Rests[0].By
		}
		d.History = append(d.History, x)
	}
	for i := range e.Claims {
		d.Claims = append(d.Claims, a.claim(&e.Claims[i], origin))
	}
	d.parties(a, e, origin)
	d.differ(a, e)
	for i := range e.Conditions {
		d.Waiting = append(d.Waiting, a.words(&e.Conditions[i].Witness))
	}
	for _, l := range v.Links {
		x := a.line(l.Event)
		x.As = l.As
		d.Links = append(d.Links, x)
	}
	if d.Graph = a.tied(v); d.Graph != "" {
		p.Exports = []link{{URL: a.to("/waits.svg", "event", sheet.Short(e.ID)), Name: "What it waits for as SVG"}, {URL: a.to("/waits.png", "event", sheet.Short(e.ID)), Name: "What it waits for as PNG"}}
	}
	d.Said = a.saids(v.Statements)
	for _, x := range e.Participants {
		d.Parts = append(d.Parts, part{x.Name, a.actor(x.Key, ""), x.As, x.Code, sheet.Plural(x.Origins, "story", "stories")})
	}
	for _, t := range e.Topics {
		d.Topics = append(d.Topics, link{URL: a.issue(t), Name: t})
	}
	for _, f := range []fact{{"Kind", sheet.Noun(e)}, {"Format", e.Format}, {"Level", e.Level}, {"When", sheet.When(e)}, {"Where", e.Place}, {"Duration", e.Duration}, {"Due", sheet.Deadline(e)}} {
		if f.Value != "" {
			d.Facts = append(d.Facts, f)
		}
	}
	d.Compare = a.comparison(e)
	d.Credible = a.credible(e.ID, e.Credibility, e.Decisions)
	return p, nil
}

func (a *ask) claim(c *record.Claim, copies map[string]bool) claimRow {
	r := claimRow{
		Day: sheet.Date(c.Day), By: c.By, Standing: c.Standing, Channel: c.Channel, Party: c.Party, Words: a.words(&c.Witness), Copy: copies[c.Witness.Article], Credible: record.Credible(c.Credibility),
	}
	if c.Line != "" {
		r.Line = lineOf(c.Line)
	}
	if c.Status != "" {
		r.Status = statusOf(c.Status)
	}
	if c.Said != "" {
		r.Said = a.statement(c.Said)
	}
	return r
}

// parties makes the matrix of parties, and the sides' accounts where two have
// given one.
func (d *eventPage) parties(a *ask, e *record.Event, copies map[string]bool) {
	for _, l := range e.Lines {
		r := partyRow{Name: l.Name, URL: a.actor("", l.Name), Line: lineOf(l.Line), By: l.By, Day: sheet.Date(l.Day), Words: a.words(l.Witness)}
		if l.By == l.Name {
			r.By = ""
		}
		if l.Line == record.NotHeard {
			r.None = "no statement found in " + sheet.Count(e.Articles, "article") + " up to " + d.AsOf
		}
		for i := range l.Earlier {
			r.Earlier = append(r.Earlier, a.claim(&l.Earlier[i], copies))
		}
		d.Parties = append(d.Parties, r)
		var own []claimRow
		for i := range e.Claims {
			if c := &e.Claims[i]; c.By != "" && c.Side == l.Side {
				own = append(own, a.claim(c, copies))
			}
		}
		if len(own) > 0 {
			d.Sides = append(d.Sides, version{l.Name, own})
		}
	}
	if len(d.Sides) < 2 {
		d.Sides = nil
	}
}

// differ lists the values on which accounts differ.
func (d *eventPage) differ(a *ask, e *record.Event) {
	if len(e.Dates) > 1 {
		for i := range e.Dates {
			x := &e.Dates[i]
			d.Differ = append(d.Differ, differing{
				"the day", sheet.Interval(x.From, x.To, ""), sheet.Date(x.Known), sheet.Plural(x.Origins, "story", "stories"), x.From == e.From && x.To == e.To, a.words(&x.Witness),
			})
		}
	}
	if len(e.Places) > 1 {
		for i := range e.Places {
			x := &e.Places[i]
			d.Differ = append(d.Differ, differing{"the place", x.Value, "", sheet.Plural(x.Origins, "story", "stories"), x.Value == e.Place, a.words(&x.Witness)})
		}
	}
}

// comparison is where the first two stories that tell of an event stand side by
// side; "" where there is one.
func (a *ask) comparison(e *record.Event) string {
	var first, origin string
	for i := range e.Mentions {
		m := &e.Mentions[i]
		switch {
		case first == "":
			first, origin = m.Witness.Article, m.Origin
		case m.Origin != origin:
			return a.to("/compare", "a", sheet.Short(first), "b", sheet.Short(m.Witness.Article))
		}
	}
	return ""
}

// tied draws an event with what it waits for and is tied to.
func (a *ask) tied(v *record.EventView) template.HTML {
	g := a.tiedGraph(v)
	if len(g.Edges) == 0 {
		return ""
	}
	return picture(g.Draw(draw.Inline))
}

func (a *ask) tiedGraph(v *record.EventView) *draw.Graph {
	g := draw.Graph{Label: "What this event waits for and is tied to"}
	node := func(e *record.Event) int {
		url := a.event(e.ID)
		if e == v.Event {
			url = ""
		}
		g.Nodes = append(g.Nodes, draw.Node{URL: url, Text: sheet.Name(e), Under: e.Status.Value, Look: statuses[e.Status.Value].look})
		return len(g.Nodes) - 1
	}
	self := node(v.Event)
	var seen []string
	for i := range v.Event.Conditions {
		c := &v.Event.Conditions[i]
		if c.Event == "" && c.Witness.Words != "" && !slices.Contains(seen, c.Witness.Words) {
			seen = append(seen, c.Witness.Words)
			g.Nodes = append(g.Nodes, draw.Node{URL: a.article(&c.Witness), Text: sheet.Quote(c.Witness.Words), Under: sheet.Source(&c.Witness), Words: true})
			g.Edges = append(g.Edges, draw.Edge{From: len(g.Nodes) - 1, To: self, Title: "waits for"})
		}
	}
	for _, l := range v.Links {
		if l.As != "requires" && l.As != "follows" {
			continue
		}
		g.Edges = append(g.Edges, draw.Edge{From: node(l.Event), To: self, Title: l.As})
	}
	return &g
}
