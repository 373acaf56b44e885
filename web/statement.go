package web

import (
	"context"
	"net/url"
	"strings"

	"readout/record"
	"readout/sheet"
)

// statementPage is one statement.
type statementPage struct {
	saidLine
	Whole     string
	Quotes    []string
	Events    []eventLine
	Positions []position
	Witnesses []*words
	Why       string
	Stories   string
	Within    *saidLine
	Relays    []saidLine
	Answers   []saidLine
	Topics    []link
	Facts     []fact
	Credible  credible
}

// position is a stance that somebody takes.
type position struct {
	By         string
	Topic, URL string
	Stance     status
	Words      *words
}

func statement(ctx context.Context, a *ask) (*page, error) {
	v, err := a.s.c.Ledger.Statement(ctx, a.q, a.value("id"))
	if err != nil {
		return nil, err
	}
	s := v.Statement
	l := a.said(s)
	p := &page{Name: "statement", Title: "What " + l.By + " said", Sub: sub(&v.Head), View: v, Of: &record.Chosen{Statements: []string{s.ID}, Events: eventIDs(v.Events)}, Tables: []string{"statements", "witnesses", "events"}}
	if s.Form == "silence" {
		p.Title = l.By + " said nothing"
	}
	if a.json {
		return p, nil
	}
	d := &statementPage{saidLine: l, Whole: s.Text, Quotes: s.Quotes, Events: a.lines(v.Events), Why: s.Why, Relays: a.saids(v.Relays), Answers: a.saids(v.Answers)}
	d.Credible = a.credible(s.ID, s.Credibility, s.Decisions)
	p.Data = d
	for _, x := range v.Positions {
		d.Positions = append(d.Positions, position{"", x.Topic, a.issue(x.Topic), stanceOf(x.Stance), a.words(&x.Witness)})
	}
	for i := range s.Witnesses {
		d.Witnesses = append(d.Witnesses, a.words(&s.Witnesses[i]))
	}
	if len(s.Witnesses) > 1 {
		d.Stories = sheet.Count(len(s.Witnesses), "article") + ", " + sheet.Plural(s.Origins, "story", "stories")
	}
	if v.Within != nil {
		w := a.said(v.Within)
		d.Within = &w
	}
	for _, t := range s.Topics {
		d.Topics = append(d.Topics, link{URL: a.issue(t), Name: t})
	}
	form := map[string]string{"direct": "in the speaker’s own words", "indirect": "in the reporter’s words", "mixed": "partly in the speaker’s own words", "silence": "a silence that was reported"}[s.Form]
	for _, f := range []fact{
		{"Speaker", l.By}, {"Role", s.Role}, {"Standing", s.Standing}, {"Act", sheet.Verb(s)}, {"Form", form}, {"To", sheet.List(s.To)}, {"As told by", sheet.List(s.Via)},
		{"Channel", s.Channel}, {"Record", s.Record}, {"Day", sheet.Date(s.Day)},
	} {
		if f.Value != "" {
			d.Facts = append(d.Facts, f)
		}
	}
	return p, nil
}

// statementsPage is a list of statements.
type statementsPage struct {
	By, About, Since string
	Statements       []saidLine
	Count            int
	Next             string
}

// maxSaid is how many statements a page looks through at most.
const maxSaid = 5000

func statements(ctx context.Context, a *ask) (*page, error) {
	limit, err := a.whole("limit", 50, 1, 500)
	if err != nil {
		return nil, err
	}
	q := a.q
	if q.Limit = maxSaid; a.as == formCSV {
		q.Limit = 0
	}
	v, err := a.s.c.Ledger.Said(ctx, q, a.form.Get("by"), a.form.Get("about"))
	if err != nil {
		return nil, err
	}
	d := &statementsPage{By: a.form.Get("by"), About: a.form.Get("about"), Since: a.form.Get("since"), Count: len(v.Statements) + v.More}
	of := &record.Chosen{Statements: statementIDs(v.Statements)}
	var next string
	if v.Statements, next, err = paged(v.Statements, a.form.Get("after"), limit, func(s *record.Statement) string { return s.ID }); err != nil {
		return nil, err
	}
	p := &page{Name: "statements", Title: "Who said what", Sub: sub(&v.Head), Data: d, Of: of, Tables: []string{"statements"}, View: struct {
		*record.Said
		Next string `json:"next,omitempty"`
	}{v, next}}
	if v.By != nil {
		p.Title = "What " + v.By.Name + " said"
	}
	if next != "" {
		p.Next = a.with("after", next)
	}
	if !a.json {
		d.Statements = a.saids(v.Statements)
	}
	return p, nil
}

// actorPage is somebody.
type actorPage struct {
	Name    string
	Country string
	Code    string
	Side    bool // it is a country with all who act for it
	Names   []string
	Roles   []fact
	Offices []fact
	With    []withLine
	Events  []eventLine
	Said    []saidLine
	Stands  []actorStand
	SaidURL string
}

type withLine struct {
	Name, URL, MetURL string
	N                 int
}

type actorStand struct {
	Topic, URL string
	Cell       *boardCell
}

func actor(ctx context.Context, a *ask) (*page, error) {
	var err error
	most := 25
	if a.as == formCSV || a.as == formICS {
		most = 500
	}
	if a.q.Limit, err = a.whole("limit", most, 1, 500); err != nil {
		return nil, err
	}
	name := a.value("name")
	v, err := a.s.c.Ledger.Actor(ctx, a.q, name)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "actor", Title: v.Who.Name, Sub: sub(&v.Head), View: v, Of: &record.Chosen{Events: eventIDs(v.Events), Statements: statementIDs(v.Statements)}, Tables: []string{"events", "statements"}}
	p.Feed = a.to("/changes.atom", "as_of", "", "q", v.Who.Name)
	if a.json {
		return p, nil
	}
	d := &actorPage{Name: v.Who.Name, Country: v.Country, Code: v.Code, Side: v.Who.Side != "", Events: a.lines(v.Events), Said: a.saids(v.Statements)}
	p.Data = d
	for _, n := range v.Names {
		d.Names = append(d.Names, n.Name)
	}
	for _, r := range v.Roles {
		d.Roles = append(d.Roles, fact{sheet.Interval(r.From, r.To, ""), r.Role})
	}
	for _, o := range v.Offices {
		name := o.Title
		if o.Body != "" {
			name += ", " + o.Body
		}
		d.Offices = append(d.Offices, fact{held(o), name})
	}
	for _, c := range v.With {
		d.With = append(d.With, withLine{c.Name, a.actor("", c.Name), a.to("/met", "a", name, "b", c.Name), c.N})
	}
	for _, s := range v.Stands {
		for i := range s.Cells {
			d.Stands = append(d.Stands, actorStand{sheet.Capital(s.Topic), a.issue(s.Topic), a.cell(&s.Cells[i])})
		}
	}
	d.SaidURL = a.to("/statements", "by", v.Who.Name)
	return p, nil
}

// held is how long an office was held.
func held(o record.Office) string {
	from, to := sheet.Date(o.From), sheet.Date(o.To)
	switch {
	case from == "" && to == "":
		return ""
	case to == "":
		return "since " + from
	case from == "":
		return "until " + to
	}
	return from + " – " + to
}

// issuesPage is the board of issues.
type issuesPage struct {
	Board *board
	Rest  []link // issues on which none of the parties shown has a position
}

func issues(ctx context.Context, a *ask) (*page, error) {
	v, err := a.s.c.Ledger.Issues(ctx, a.q)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "issues", Title: "Who stands where", Sub: sub(&v.Head), View: v, Tables: []string{"positions"}, Of: &record.Chosen{Topics: idsOf(v.Stands, func(s record.Standing) string { return s.Topic })}}
	if a.json {
		return p, nil
	}
	d := &issuesPage{Board: a.board(v.Stands)}
	shown := map[string]bool{}
	for _, r := range d.Board.Rows {
		shown[r.URL] = true
	}
	for _, s := range v.Stands {
		if u := a.issue(s.Topic); !shown[u] {
			d.Rest = append(d.Rest, link{URL: u, Name: sheet.Capital(s.Topic)})
		}
	}
	p.Data = d
	return p, nil
}

// issuePage is one issue: where each party stands on it, and how it came there.
type issuePage struct {
	Topic  string
	Cells  []issueCell
	Events []eventLine
	Said   string // the address of the statements about it
}

type issueCell struct {
	Party, URL string
	*boardCell
	SaidURL string
}

func issue(ctx context.Context, a *ask) (*page, error) {
	topic := a.value("topic")
	board, err := a.s.c.Ledger.Issues(ctx, a.q)
	if err != nil {
		return nil, err
	}
	var found *record.Standing
	for i := range board.Stands {
		if board.Stands[i].Topic == topic {
			found = &board.Stands[i]
		}
	}
	if found == nil {
		return nil, problem{Status: 404, Detail: "issue " + topic + ": not in the record at this moment; all are at /issues"}
	}
	view := struct {
		record.Head
		*record.Standing
	}{board.Head, found}
	view.View = "issue"
	p := &page{Name: "issue", Title: sheet.Capital(topic), Sub: sub(&board.Head), View: view, Of: &record.Chosen{Topics: []string{topic}}, Tables: []string{"positions"}}
	p.Feed = a.to("/changes.atom", "as_of", "", "issue", topic)
	if a.json {
		return p, nil
	}
	d := &issuePage{Topic: topic, Said: a.to("/statements", "about", topic)}
	p.Data = d
	for i := range found.Cells {
		c := &found.Cells[i]
		x := issueCell{Party: c.Party, URL: a.actor("", c.Party), boardCell: a.cell(c)}
		if c.Said != "" {
			x.SaidURL = a.statement(c.Said)
		}
		d.Cells = append(d.Cells, x)
	}
	t, err := a.s.c.Ledger.Timeline(ctx, a.q)
	if err != nil {
		return nil, err
	}
	for _, e := range t.Events {
		if matches(e, "issue", topic) {
			d.Events = append(d.Events, a.line(e))
		}
	}
	return p, nil
}

func processes(ctx context.Context, a *ask) (*page, error) {
	v, err := a.s.c.Ledger.Processes(ctx, a.q)
	if err != nil {
		return nil, err
	}
	type row struct {
		*record.ProcessView
		URL string
	}
	var rows []row
	for _, p := range v.Processes {
		rows = append(rows, row{p, "/?" + url.Values{"process": {p.Process.Name}}.Encode()})
	}
	return &page{Name: "processes", Title: "Processes", Sub: sub(&v.Head), Data: rows, View: v, Rows: func() ([]string, [][]string) {
		var out [][]string
		for _, p := range v.Processes {
			actors := idsOf(p.Process.Actors, func(a record.Member) string { return a.Name })
			out = append(out, []string{p.Process.Name, p.Process.Title, strings.Join(actors, "; "), strings.Join(p.Process.Issues, "; "), strings.Join(p.Process.Places, "; "), p.Process.By})
		}
		return []string{"process", "title", "actors", "issues", "places", "by"}, out
	}}, nil
}
