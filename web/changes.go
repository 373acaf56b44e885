package web

import (
	"context"
	"slices"
	"time"

	"readout/record"
	"readout/sheet"
)

// changesPage is what changed.
type changesPage struct {
	Since, Until string
	SinceDay     string
	Visit        bool
	New          []eventLine
	Changed      []changeLine
	Merged       []mergeLine
	Gone         []goneLine
	Moved        []movedLine
	More         int
	Left         int // lines that the first page leaves out
	AllURL       string
	LastURL      string // since the last visit
	URL          string
	None         bool
}

// shortLines is how many lines of a kind stand on the first page.
const shortLines = 6

// short leaves the first lines of each kind, and counts the rest in Left.
func (c *changesPage) short() *changesPage {
	out := *c
	out.Changed = cut(c.Changed, &out.Left)
	out.New = cut(c.New, &out.Left)
	out.Moved = cut(c.Moved, &out.Left)
	return &out
}

func cut[T any](list []T, left *int) []T {
	n := min(len(list), shortLines)
	*left += len(list) - n
	return list[:n]
}

type changeLine struct {
	eventLine
	What []whatLine
}

type whatLine struct {
	Text  string
	Words *words
}

type mergeLine struct {
	eventLine
	Were []eventLine
}

type goneLine struct {
	eventLine
	Had []*words
}

type movedLine struct {
	Topic, URL     string
	Party          string
	PartyURL       string
	Day            string
	Was, Is        status
	Words          *words
	FromNoPosition bool
}

// since is the moment from which changes are told: what is asked for, the last
// visit, or a week before the moment of the view.
func (a *ask) since() (time.Time, bool, error) {
	v := a.form.Get("since")
	at := a.shown()
	switch v {
	case "":
		return at.AddDate(0, 0, -lookBack), false, nil
	case lastVisit:
		if t := a.lastVisit(); !t.IsZero() {
			return t, true, nil
		}
		return at.AddDate(0, 0, -lookBack), true, nil
	}
	t, err := moment(v, true)
	if err == nil && !t.Before(at) {
		err = bad("since is not before the moment of the view")
	}
	return t, false, err
}

func (a *ask) changesView(ctx context.Context) (*record.Changes, bool, error) {
	since, visit, err := a.since()
	if err != nil {
		return nil, false, err
	}
	q := a.q
	q.Since = since
	v, err := a.s.c.Ledger.Changes(ctx, q)
	return v, visit, err
}

func changes(ctx context.Context, a *ask) (*page, error) {
	v, visit, err := a.changesView(ctx)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "changes", Title: "What changed", Sub: sub(&v.Head), View: v, Tables: []string{"events"}, Feed: a.to("/changes.atom", "as_of", "", "since", "")}
	list := slices.Clone(v.New)
	for _, c := range v.Changed {
		list = append(list, c.Event)
	}
	for _, m := range v.Merged {
		list = append(list, m.Event)
	}
	p.Of = &record.Chosen{Events: eventIDs(list)}
	if a.json {
		return p, nil
	}
	d := a.changed(v)
	d.Visit = visit
	d.AllURL, d.LastURL = a.with("all", "1"), a.to("/changes", "since", lastVisit)
	p.Data = d
	p.Visit = visit
	return p, nil
}

func (a *ask) changed(v *record.Changes) *changesPage {
	d := &changesPage{Since: sheet.Date(v.Since), Until: sheet.Date(v.AsOf), New: a.lines(v.New), More: v.More}
	if len(v.Since) >= 10 {
		d.SinceDay = v.Since[:10]
	}
	d.URL = a.to("/changes", "since", d.SinceDay)
	for _, c := range v.Changed {
		l := changeLine{eventLine: a.line(c.Event)}
		for i := range c.What {
			l.What = append(l.What, whatLine{sheet.What(&c.What[i]), a.words(c.What[i].Witness)})
		}
		d.Changed = append(d.Changed, l)
	}
	for _, m := range v.Merged {
		d.Merged = append(d.Merged, mergeLine{a.line(m.Event), a.lines(m.Were)})
	}
	then := a.then(v.Since) // they have a page there only
	for _, e := range v.Gone {
		l := goneLine{eventLine: then.line(e)}
		for i := range e.Mentions[:min(2, len(e.Mentions))] {
			l.Had = append(l.Had, then.words(&e.Mentions[i].Witness))
		}
		d.Gone = append(d.Gone, l)
	}
	for i := range v.Moved {
		m := &v.Moved[i]
		d.Moved = append(d.Moved, movedLine{
			Topic: m.Topic, URL: a.issue(m.Topic), Party: m.Cell.Party, PartyURL: a.actor("", m.Cell.Party), Day: sheet.Date(m.Cell.Day),
			Was: stanceOf(m.Was), Is: stanceOf(m.Cell.Stance), Words: a.words(&m.Cell.Witness), FromNoPosition: m.Was == "",
		})
	}
	d.None = len(d.New)+len(d.Changed)+len(d.Merged)+len(d.Gone)+len(d.Moved) == 0
	return d
}

// duePage is what is due.
type duePage struct {
	Deadlines []dueLine
	Promises  []promiseLine
}

type dueLine struct {
	eventLine
	Day, State string
	Class      string
}

type promiseLine struct {
	saidLine
	State, Class string
	Events       []eventLine
}

var dueClasses = map[string]string{record.DueOpen: "plan", record.DueKept: "good", record.DueMissed: "bad"}

func due(ctx context.Context, a *ask) (*page, error) {
	v, err := a.s.c.Ledger.Due(ctx, a.q)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "due", Title: "What is due", Sub: sub(&v.Head), View: v, Tables: []string{"events", "statements"}, Of: &record.Chosen{
		Events:     idsOf(v.Deadlines, func(d record.Deadline) string { return d.Event.ID }),
		Statements: idsOf(v.Promises, func(p record.Promise) string { return p.Statement.ID }),
	}}
	if a.json {
		return p, nil
	}
	d := &duePage{}
	p.Data = d
	for _, x := range v.Deadlines {
		l := dueLine{a.line(x.Event), sheet.Date(x.Day), x.State, dueClasses[x.State]}
		if x.Past && x.State == record.DueOpen {
			l.State, l.Class = "open, and its day has gone by", "wait"
		}
		d.Deadlines = append(d.Deadlines, l)
	}
	for _, x := range v.Promises {
		d.Promises = append(d.Promises, promiseLine{a.said(x.Statement), x.State, dueClasses[x.State], a.lines(x.Events)})
	}
	return p, nil
}
