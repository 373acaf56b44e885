package web

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"readout/record"
	"readout/registry"
	"readout/sheet"
)

// Searched is what a search over all found.
type Searched struct {
	*record.Found
	Actor      *record.Who         `json:"actor,omitempty"` // whom the words name
	Events     []*record.Event     `json:"events"`
	Statements []*record.Statement `json:"statements"`
}

// searchPage is what a search found.
type searchPage struct {
	Asked      bool
	Actor      link
	Events     []eventLine
	Statements []saidLine
	Articles   []hitLine
	Counts     []link // what was found, and where
	Facets     []facet
	In         string
	None       bool
}

type hitLine struct {
	Title, URL, Outlet, Day string
	Passages                []*words
}

// Parts of what is searched.
const (
	inEvents     = "events"
	inStatements = "statements"
	inArticles   = "articles"
)

const maxFound = 50

func search(ctx context.Context, a *ask) (*page, error) {
	text, in := strings.TrimSpace(a.form.Get("q")), a.form.Get("in")
	if in != "" && in != inEvents && in != inStatements && in != inArticles {
		return nil, bad("in: events, statements or articles")
	}
	p := &page{Name: "search", Title: "Search"}
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		if a.json {
			return nil, bad("q: words to look for")
		}
		p.Data = &searchPage{}
		return p, nil
	}
	v, err := a.find(ctx, text)
	if err != nil {
		return nil, err
	}
	outlets, months := a.narrow(v)
	if in != "" {
		if in != inEvents {
			v.Events = []*record.Event{}
		}
		if in != inStatements {
			v.Statements = []*record.Statement{}
		}
		if in != inArticles {
			v.Articles = []record.Hit{}
		}
	}
	p.Title, p.Sub, p.View = "Search: "+sheet.Shorten(text, 60), sub(&v.Head), v
	p.Of = &record.Chosen{Events: eventIDs(v.Events), Statements: statementIDs(v.Statements), Articles: idsOf(v.Articles, func(h record.Hit) string { return h.Article })}
	p.Tables = []string{"events", "statements", "articles"}
	p.Feed = a.to("/changes.atom", "as_of", "", "q", text, "outlet", a.form.Get("outlet"))
	if a.json {
		return p, nil
	}
	d := &searchPage{Asked: true, In: in, Events: a.lines(v.Events), Statements: a.saids(v.Statements), Facets: []facet{outlets, months}}
	p.Data = d
	if v.Actor != nil {
		d.Actor = link{URL: a.actor(v.Actor.Key, v.Actor.Name), Name: v.Actor.Name}
	}
	for i := range v.Articles {
		h := &v.Articles[i]
		x := hitLine{Title: h.Title, URL: a.to("/article/" + sheet.Short(h.Article)), Outlet: h.Outlet, Day: sheet.Date(h.Published)}
		if x.Title == "" {
			x.Title = "An article without a title"
		}
		for k := range h.Passages {
			x.Passages = append(x.Passages, a.words(&h.Passages[k]))
		}
		d.Articles = append(d.Articles, x)
	}
	d.Counts = []link{
		{a.with("in", ""), "everything", in == ""}, {a.with("in", inEvents), inEvents, in == inEvents}, {a.with("in", inStatements), inStatements, in == inStatements},
		{a.with("in", inArticles), inArticles, in == inArticles},
	}
	d.None = v.Actor == nil && len(d.Events)+len(d.Statements)+len(d.Articles) == 0
	return p, nil
}

// find looks for words in articles, statements and the names of events, and for
// somebody who is called so.
func (a *ask) find(ctx context.Context, text string) (*Searched, error) {
	q := a.q
	q.Limit = maxFound
	found, err := a.s.c.Ledger.Search(ctx, q, text)
	if err != nil {
		return nil, err
	}
	v := &Searched{Found: found, Events: []*record.Event{}}
	words := strings.Join(v.Words, " ")
	said, err := a.s.c.Ledger.Said(ctx, q, "", strings.ReplaceAll(words, "*", ""))
	if err != nil && !errors.Is(err, record.ErrNotFound) {
		return nil, err
	}
	v.Statements = []*record.Statement{}
	if said != nil {
		v.Statements = said.Statements
	}
	q.Limit = 1
	who, err := a.s.c.Ledger.Actor(ctx, q, text)
	switch {
	case err == nil:
		v.Actor = who.Who
	case !errors.Is(err, record.ErrNotFound) && !errors.Is(err, record.ErrAmbiguous):
		return nil, err
	}
	q.Limit, q.All = 0, true
	t, err := a.s.c.Ledger.Timeline(ctx, q)
	if err != nil {
		return nil, err
	}
	folded := strings.Fields(registry.Fold(strings.ReplaceAll(words, "*", "")))
	for _, e := range slices.Backward(t.Events) {
		if len(v.Events) < maxFound && hasWords(e, folded) {
			v.Events = append(v.Events, e)
		}
	}
	return v, nil
}

// Tells reports whether an event's name, its topics, or the words it rests on,
// have all words of a search, or words that begin so.
func Tells(e *record.Event, text string) bool {
	return hasWords(e, strings.Fields(registry.Fold(strings.ReplaceAll(text, "*", ""))))
}

// hasWords reports whether an event's name, or the words it rests on, have all
// words; the beginning of one will do.
func hasWords(e *record.Event, words []string) bool {
	text := sheet.Name(e) + " " + e.Status.Value + " " + strings.Join(e.Topics, " ")
	for i := range e.Mentions {
		text += " " + e.Mentions[i].Witness.Words
	}
	text = " " + registry.Fold(text)
	for _, w := range words {
		if !strings.Contains(text, " "+w) {
			return false
		}
	}
	return len(words) > 0
}

// narrow counts outlets and months of what was found, and keeps what the request
// asks for.
func (a *ask) narrow(v *Searched) (outlets, months facet) {
	outlet, month := a.form.Get("outlet"), a.form.Get("month")
	outlets, months = facet{Name: "outlet", Label: "Outlet"}, facet{Name: "month", Label: "Month"}
	byOutlet, byMonth := map[string]int{}, map[string]int{}
	count := func(w []string, day string) {
		if len(day) >= 7 {
			byMonth[day[:7]]++
		}
		seen := map[string]bool{}
		for _, o := range w {
			if o != "" && !seen[o] {
				seen[o] = true
				byOutlet[o]++
			}
		}
	}
	keep := func(w []string, day string) bool {
		return (outlet == "" || slices.Contains(w, outlet)) && (month == "" || strings.HasPrefix(day, month))
	}
	told := func(e *record.Event) (out []string) {
		for i := range e.Mentions {
			out = append(out, e.Mentions[i].Witness.Outlet)
		}
		return out
	}
	reported := func(s *record.Statement) (out []string) {
		for i := range s.Witnesses {
			out = append(out, s.Witnesses[i].Outlet)
		}
		return out
	}
	for _, e := range v.Events {
		count(told(e), e.Day())
	}
	for _, s := range v.Statements {
		count(reported(s), s.Day)
	}
	for _, h := range v.Articles {
		count([]string{h.Outlet}, h.Published)
	}
	v.Events = slices.DeleteFunc(v.Events, func(e *record.Event) bool { return !keep(told(e), e.Day()) })
	v.Statements = slices.DeleteFunc(v.Statements, func(s *record.Statement) bool { return !keep(reported(s), s.Day) })
	v.Articles = slices.DeleteFunc(v.Articles, func(h record.Hit) bool { return !keep([]string{h.Outlet}, h.Published) })
	names := func(n map[string]int) []string {
		var out []string
		for name := range n {
			out = append(out, name)
		}
		return out
	}
	for _, o := range frequent(names(byOutlet), byOutlet, 40) {
		outlets.Values = append(outlets.Values, facetValue{o, o, byOutlet[o], o == outlet})
	}
	list := names(byMonth)
	slices.Sort(list)
	for _, m := range list {
		months.Values = append(months.Values, facetValue{m, m, byMonth[m], m == month})
	}
	return outlets, months
}
