package web

import (
	"context"
	"slices"
	"strings"

	"readout/record"
	"readout/sheet"
)

// reviewPage is what people may want to look at.
type reviewPage struct {
	Items  []reviewItem
	More   int
	Done   string // the decision that was taken just now
	Undone string
	Since  string
	By     string
}

// reviewItem is one thing that the machine is not sure of.
type reviewItem struct {
	ID      string
	Here    bool   // it is the one to go on with
	Next    string // the item that comes after it
	Lead    string
	Text    string
	URL     string
	Why     string
	Details []sheet.Detail
	Words   []*words
	Choices choices
}

// choices are what can be decided of a thing.
type choices struct {
	From, At   string
	Accept     []link // hidden fields; nil: there is nothing to accept
	AcceptWord string
	IDs        []string // of what is corrected, rejected, merged
	Naming     bool     // what is corrected is who somebody is
	Name       string   // as it stands there
	AskName    bool     // the name is to be told, too
	Fields     []option
	Value      string
	Why        string
	Could      []option // whom a name could mean
	Reject     bool
	Pair       []string // what is merged as it is
	Merge      bool     // what it is merged with is to be told
	With       string
	Split      []telling
	SplitID    string
}

type option struct {
	Value, Label string
	Here         bool
}

// telling is one article's account of an event.
type telling struct {
	ID    string
	Words *words
}

// The fields that can be corrected, with what they take: docs/decide.md.
var (
	eventFields = []option{
		{"status", "status: planned, occurred, denied, cancelled …", false}, {"day", "day: 2025-08-22, 2025-08-22/2025-08-24, 2025-08, unknown", false},
		{"place", "place: a name, or unknown", false}, {"kind", "kind: meeting, call, talks, visit …", false},
		{"participants", "participants: NAME; NAME as mediator", false}, {"participant+", "participant+: one more", false}, {"participant-", "participant-: one less", false},
		{"deadline", "deadline: a day, or unknown", false}, {"format", "format, or unknown", false}, {"level", "level, or unknown", false},
		{"credibility", "credibility: 1 confirmed … 6 cannot be judged, or unknown", false},
		{"condition+", "condition+: if, once, unless, until, by, and words of the article", false}, {"condition-", "condition-: words of the one to take away", false}, {"conditions", "conditions: none", false},
		{"link", "link: requires, follows, during, part-of, about or none, and an event's id", false}, {"links", "links: none", false},
	}
	statementFields = []option{
		{"source", "source: a key, a name, or nobody known", false}, {"act", "act, or unknown", false}, {"standing", "standing, or unknown", false},
		{"record", "record, or unknown", false}, {"channel", "channel, or unknown", false}, {"day", "day: 2025-08-22, or unknown", false},
		{"credibility", "credibility: 1 confirmed … 6 cannot be judged, or unknown", false},
		{"text", "text: words of the sentences it stands in", false},
	}
)

func chosen(list []option, field string) []option {
	out := slices.Clone(list)
	for i := range out {
		out[i].Here = out[i].Value == field
	}
	return out
}

// fill puts what was typed into a form that is shown again.
func (c *choices) fill(o *record.Ask) {
	if o.Field != "" && o.Field != "who" {
		c.Fields = chosen(c.Fields, o.Field)
	}
	c.Value, c.Why = o.Value, o.Why
	if o.Name != "" {
		c.Name = o.Name
	}
	if o.Do == record.DoMerge && len(o.IDs) > 1 {
		c.With = strings.Join(o.IDs[1:], " ")
	}
}

func (a *ask) eventChoices(e *record.Event, field string) *choices {
	c := &choices{
		Accept: fields(&record.Ask{Do: record.DoAccept, IDs: []string{sheet.Short(e.ID)}}, ""), AcceptWord: "Accept: it is right as it is", IDs: []string{sheet.Short(e.ID)},
		Fields: chosen(eventFields, field), Reject: true, Merge: true, SplitID: sheet.Short(e.ID),
	}
	if len(e.Mentions) > 1 {
		for i := range e.Mentions[:min(len(e.Mentions), maxShown)] {
			m := &e.Mentions[i]
			c.Split = append(c.Split, telling{sheet.Short(m.ID), a.words(&m.Witness)})
		}
	}
	return c
}

func (a *ask) statementChoices(s *record.Statement, field string) *choices {
	id := []string{sheet.Short(s.ID)}
	return &choices{
		Accept: fields(&record.Ask{Do: record.DoAccept, IDs: id}, ""), AcceptWord: "Accept: it is right as it is", IDs: id, Fields: chosen(statementFields, field), Reject: true, Merge: true,
	}
}

// reviewed is how many items a page has where it is not told.
const reviewed = 20

func review(ctx context.Context, a *ask) (*page, error) {
	q := a.q
	var err error
	if q.Limit, err = a.whole("limit", reviewed, 1, 200); err != nil {
		return nil, err
	}
	v, err := a.s.c.Ledger.Queue(ctx, q)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "review", Title: "To look at", Sub: sub(&v.Head), View: v, Script: scriptReview, Rows: func() (head []string, rows [][]string) {
		for _, i := range v.Items {
			l := sheet.Question(i)
			rows = append(rows, []string{i.ID, i.Kind, l.ID, l.Text, i.Why})
		}
		return []string{"item", "kind", "of", "text", "why"}, rows
	}}
	if a.json {
		return p, nil
	}
	d := &reviewPage{More: v.More, Done: a.form.Get("done"), Undone: a.form.Get("undone"), Since: a.form.Get("since")}
	d.By, _ = a.s.who(ctx) // nobody: the server tells when somebody decides
	p.Data = d
	at := slices.IndexFunc(v.Items, func(i *record.Item) bool { return i.ID == a.form.Get("at") })
	for n, i := range v.Items {
		x := a.item(i)
		x.Here = n == max(at, 0)
		switch {
		case n+1 < len(v.Items):
			x.Next = v.Items[n+1].ID
		case n > 0:
			x.Next = v.Items[n-1].ID
		}
		x.Choices.From, x.Choices.At = fromReview, x.Next
		d.Items = append(d.Items, x)
	}
	return p, nil
}

// item is one thing to look at, with its words and what can be decided of it.
func (a *ask) item(i *record.Item) reviewItem {
	l := sheet.Question(i)
	x := reviewItem{ID: i.ID, Lead: sheet.Capital(l.Lead), Text: l.Text, URL: a.thing(l.ID), Why: i.Why}
	for _, d := range l.Details[1:] {
		if d.Label != "" {
			x.Details = append(x.Details, d)
		}
	}
	field := ""
	switch i.Kind {
	case record.DoubtDay, record.DoubtPlace, record.DoubtStatus:
		field = i.Kind
	}
	switch {
	case i.Other != nil:
		x.Choices = choices{AcceptWord: "Leave them apart", Pair: []string{sheet.Short(i.Event.ID), sheet.Short(i.Other.ID)}}
		x.Words = append(a.told(i.Event), a.told(i.Other)...)
	case i.Event != nil:
		x.Choices = *a.eventChoices(i.Event, field)
		x.Words = a.told(i.Event)
	case i.Statement != nil:
		x.Choices = *a.statementChoices(i.Statement, field)
		for k := range i.Statement.Witnesses[:min(len(i.Statement.Witnesses), maxShown)] {
			x.Words = append(x.Words, a.words(&i.Statement.Witnesses[k]))
		}
	case i.Name != "":
		x.Choices = choices{AcceptWord: "Leave the name as it is", Naming: true, Name: i.Accept.Name, IDs: i.Accept.IDs}
		for _, w := range i.Could {
			o := option{Value: w.Key, Label: w.Name}
			if strings.Contains(w.Key, ":") { // no key of the registry
				o.Value = w.Name
			}
			x.Choices.Could = append(x.Choices.Could, o)
		}
		if len(x.Choices.Could) == 1 {
			x.Choices.Value = x.Choices.Could[0].Value
		}
		for k := range i.Witnesses[:min(len(i.Witnesses), maxShown)] {
			x.Words = append(x.Words, a.words(&i.Witnesses[k]))
		}
	default:
		x.Choices = choices{AcceptWord: "Let the decision go"}
	}
	accept := i.Accept
	x.Choices.Accept = fields(&accept, "")
	return x
}
