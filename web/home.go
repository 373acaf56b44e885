package web

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"time"

	"readout/record"
	"readout/sheet"
	"readout/web/draw"
)

// homePage is the state of play.
type homePage struct {
	Empty     bool // there is no article yet
	Lead      *briefPage
	Changes   *changesPage
	SinceDay  string
	Happened  []eventLine
	Planned   []eventLine
	Open      []eventLine
	More      int
	MoreURL   string
	Waits     template.HTML
	WaitLines []string
	Board     *board
	Picture   template.HTML
	Processes []link
	// Brief, Timeline and Whole are the addresses of more at this moment: of the
	// same process, and of the whole record.
	Brief, Timeline, Whole string
}

// lookBack is how many days before its moment the first page tells changes of.
const lookBack = 7

func home(ctx context.Context, a *ask) (*page, error) {
	var err error
	if a.q.Limit, err = a.whole("limit", 0, 1, 500); err != nil {
		return nil, err
	}
	since := a.q.Since
	q := a.q
	q.Since = time.Time{}
	state, err := a.s.c.Ledger.State(ctx, q)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "home", Title: "State of play", Sub: sub(&state.Head), View: state, Of: &record.Chosen{Events: eventIDs(state.Happened, state.Planned, state.Open)}, Tables: []string{"events"}}
	p.Exports = []link{{URL: a.to("/brief.md"), Name: "Briefing as Markdown"}}
	if a.json {
		return p, nil
	}
	h := &homePage{Empty: state.Articles == 0 && q.AsOf.IsZero() && q.Process == "", Board: a.board(state.Stands), More: state.More}
	h.MoreURL = a.to("/timeline", "all", "1")
	h.Brief, h.Timeline, h.Whole = a.to("/brief"), a.to("/timeline"), a.to("/", "process", "")
	p.Data = h
	h.Processes, err = a.processLinks(ctx)
	for _, x := range h.Processes {
		if x.Here {
			p.Title = x.Name + ": state of play"
		}
	}
	if err != nil || h.Empty {
		return p, err
	}
	if h.Lead, err = a.lead(ctx, q); err != nil {
		return nil, err
	}
	h.Happened, h.Planned, h.Open = a.lines(state.Happened), a.lines(state.Planned), a.lines(state.Open)
	at, err := time.Parse(time.RFC3339, state.AsOf)
	if err != nil {
		return nil, err
	}
	q.AsOf, q.Since = at.Add(time.Second), since // the seconds of a view are whole
	if q.Since.IsZero() {
		q.Since = at.AddDate(0, 0, -lookBack)
	}
	h.SinceDay = q.Since.Format(time.DateOnly)
	changed, err := a.s.c.Ledger.Changes(ctx, q)
	if err != nil {
		return nil, err
	}
	h.Changes = a.changed(changed).short()
	h.Waits, h.WaitLines = a.waits(append(slices.Clone(state.Planned), state.Open...))
	q.Since = at.AddDate(0, -2, 0)
	line, err := a.s.c.Ledger.Timeline(ctx, q)
	if err != nil {
		return nil, err
	}
	t := a.drawn(line.Events, window{q.Since, at.AddDate(0, 0, 21)}, at, byParty, 5)
	t.Rows = 4
	h.Picture = picture(t.Draw(draw.Inline))
	p.Exports = append(p.Exports, a.pictures("/timeline", "from", t.From.Format(time.DateOnly), "to", t.To.Format(time.DateOnly))...)
	if h.Waits != "" {
		p.Exports = append(p.Exports, link{URL: a.to("/waits.svg"), Name: "What waits for what as SVG"}, link{URL: a.to("/waits.png"), Name: "What waits for what as PNG"})
	}
	p.Exports = append(p.Exports, link{URL: a.to("/export/jsonl"), Name: "The whole record as lines of JSON"})
	p.Visit = true
	return p, nil
}

// waits is the graph of what is to come and what it waits for, and the same in
// lines.
func (a *ask) waits(list []*record.Event) (template.HTML, []string) {
	g, lines := a.waitsGraph(list)
	if len(g.Nodes) == 0 {
		return "", nil
	}
	return picture(g.Draw(draw.Inline)), lines
}

// waitsPicture is that graph as a file, or that of one event.
func waitsPicture(ctx context.Context, a *ask) (*page, error) {
	if id := a.form.Get("event"); id != "" {
		v, err := a.s.c.Ledger.Event(ctx, a.q, id)
		if err != nil {
			return nil, err
		}
		return a.drawing(a.tiedGraph(v).Draw(draw.Standalone))
	}
	state, err := a.s.c.Ledger.State(ctx, a.q)
	if err != nil {
		return nil, err
	}
	g, _ := a.waitsGraph(append(slices.Clone(state.Planned), state.Open...))
	return a.drawing(g.Draw(draw.Standalone))
}

func (a *ask) waitsGraph(list []*record.Event) (*draw.Graph, []string) {
	g := draw.Graph{Label: "What waits for what"}
	at := map[string]int{}
	var lines []string
	for _, e := range list {
		for _, m := range e.Mentions {
			at[m.ID] = -1
		}
	}
	node := func(e *record.Event) int {
		if i, ok := at["node "+e.ID]; ok {
			return i
		}
		when := sheet.When(e)
		if when != "" {
			when += ", "
		}
		g.Nodes = append(g.Nodes, draw.Node{URL: a.event(e.ID), Text: sheet.Name(e), Under: when + e.Status.Value, Look: statuses[e.Status.Value].look})
		at["node "+e.ID] = len(g.Nodes) - 1
		return len(g.Nodes) - 1
	}
	for _, e := range list {
		seen := map[string]bool{}
		for _, c := range e.Conditions {
			if c.Event != "" {
				for _, o := range list {
					if o.ID != e.ID && slices.ContainsFunc(o.Mentions, func(m record.Mention) bool { return m.ID == c.Event }) && !seen[o.ID] {
						seen[o.ID] = true
						g.Edges = append(g.Edges, draw.Edge{From: node(o), To: node(e), Title: c.Witness.Words})
						lines = append(lines, sheet.Name(e)+" waits for: "+sheet.Name(o))
					}
				}
				continue
			}
			if w := c.Witness.Words; w != "" && !seen[w] {
				seen[w] = true
				g.Nodes = append(g.Nodes, draw.Node{URL: a.article(&c.Witness), Text: sheet.Quote(w), Under: sheet.Source(&c.Witness), Words: true})
				g.Edges = append(g.Edges, draw.Edge{From: len(g.Nodes) - 1, To: node(e), Title: w})
				lines = append(lines, sheet.Name(e)+" waits for: "+sheet.Quote(w))
			}
		}
	}
	return &g, lines
}

func (a *ask) processLinks(ctx context.Context) ([]link, error) {
	list, err := a.s.c.Ledger.ProcessList(ctx)
	if err != nil {
		return nil, err
	}
	var out []link
	for _, p := range list {
		name := p.Title
		if name == "" {
			name = p.Name
		}
		out = append(out, link{URL: a.to("/", "process", p.Name), Name: name, Here: p.Name == a.q.Process})
	}
	return out, nil
}

// lastVisit as a value of since means when the reader was here last.
const lastVisit = "last-visit"

// The cookie of visits has two instants: the end of the visit before this one,
// and the last time of this one.
const (
	visitCookie = "visited"
	visitApart  = 30 * time.Minute // a pause that makes another visit
)

// visits reads the cookie: the end of the visit before this one, and the last
// request.
func (a *ask) visits() (before, last time.Time) {
	c, err := a.r.Cookie(visitCookie)
	if err != nil || len(c.Value) > 100 {
		return before, last
	}
	v, err := url.ParseQuery(c.Value)
	if err != nil {
		return before, last
	}
	before, _ = moment(v.Get("before"), false)
	last, _ = moment(v.Get("last"), false)
	if !last.IsZero() && a.now.Sub(last) > visitApart {
		before = last
	}
	return before, last
}

func (a *ask) lastVisit() time.Time {
	before, _ := a.visits()
	return before
}

// visit is the cookie to be set; nil where it is as it should be.
func (a *ask) visit() *http.Cookie {
	before, last := a.visits()
	if a.now.Sub(last) < time.Minute {
		return nil
	}
	v := url.Values{"last": {a.now.Format(time.RFC3339)}}
	if !before.IsZero() {
		v.Set("before", before.Format(time.RFC3339))
	}
	return &http.Cookie{Name: visitCookie, Value: v.Encode(), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}
