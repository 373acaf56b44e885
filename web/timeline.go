package web

import (
	"context"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"readout/record"
	"readout/sheet"
	"readout/web/draw"
)

// filters are what a timeline can be narrowed by.
var filters = []string{"from", "to", "kind", "status", "party", "issue", "told", "all"}

// What the lanes of a timeline are.
const (
	byParty = "party"
	byIssue = "issue"
)

// Whose word the status of an event rests on: the values of "told".
const (
	toldByParty  = "party"
	toldByPress  = "press"
	toldByOthers = "others"
)

// window is the time that a timeline shows.
type window struct{ from, to time.Time }

// timelinePage is a timeline.
type timelinePage struct {
	Picture  template.HTML
	SVG      string // its address
	From, To string
	Lanes    []link
	Zoom     []link
	Facets   []facet
	Filtered string // the address without filters, "" where there are none
	Events   []eventLine
	Count    int
	Earlier  int // that stand before
	All      link
	More     int
}

// facet is what a list can be narrowed by.
type facet struct {
	Name, Label string
	Values      []facetValue
}

type facetValue struct {
	Value, Label string
	N            int
	Here         bool
}

// filtered is the timeline that a request asks for.
func (a *ask) filtered(ctx context.Context) (*record.Timeline, []*record.Event, error) {
	q := a.q
	q.Since, q.Limit = time.Time{}, 0
	t, err := a.s.c.Ledger.Timeline(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	whole := t.Events
	t.Events = slices.DeleteFunc(slices.Clone(whole), func(e *record.Event) bool {
		for _, f := range filters {
			if v := a.form.Get(f); v != "" && !matches(e, f, v) {
				return true
			}
		}
		return false
	})
	return t, whole, nil
}

func matches(e *record.Event, filter, value string) bool {
	switch filter {
	case "kind":
		return e.Kind == value
	case "status":
		return e.Status.Value == value
	case "party":
		return slices.ContainsFunc(e.Lines, func(l record.PartyLine) bool { return l.Name == value || l.Side == value })
	case "issue":
		return slices.Contains(e.Topics, value)
	case "told":
		return toldBy(e) == value
	case "from":
		t, _ := moment(value, false)
		_, to, _ := span(e)
		return !to.Before(t)
	case "to":
		t, _ := moment(value, true)
		from, _, _ := span(e)
		return !from.After(t)
	}
	return true
}

// toldBy is whose word the status of an event rests on.
func toldBy(e *record.Event) string {
	if len(e.Status.Rests) == 0 || e.Status.Rests[0].By == "" {
		return toldByPress
	}
	if e.Status.Rests[0].Party {
		return toldByParty
	}
	return toldByOthers
}

// span is when an event is: to the end of its last day. Told is whether it
// stands where it was told of.
func span(e *record.Event) (from, to time.Time, told bool) {
	day := e.From
	if day == "" {
		day, told = e.Last, true
	}
	from, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}, time.Time{}, true
	}
	if at, err := time.Parse(time.RFC3339, e.Begins); err == nil && !told {
		return at.UTC(), at.UTC().Add(time.Hour), false
	}
	to = from
	if t, err := time.Parse(time.DateOnly, e.To); err == nil && !told && t.After(from) {
		to = t
	}
	return from, to.Add(24*time.Hour - time.Second), told
}

// drawn makes the picture of a list of events; lanes are those with the most of
// them, and the rest.
func (a *ask) drawn(list []*record.Event, w window, now time.Time, lanes string, most int) *draw.Timeline {
	t := &draw.Timeline{From: w.from, To: w.to, Now: now, Label: "Timeline from " + w.from.Format("2 January 2006") + " to " + w.to.Format("2 January 2006")}
	at := map[string]int{} // lanes by name
	n := map[string]int{}
	var names []string
	of := func(e *record.Event) []string {
		var out []string
		if lanes == byIssue {
			for _, topic := range e.Topics {
				out = append(out, sheet.Capital(topic))
			}
			return out
		}
		for _, l := range e.Lines {
			if !slices.Contains(out, l.Name) {
				out = append(out, l.Name)
			}
		}
		return out
	}
	for _, e := range list {
		from, to, _ := span(e)
		if !from.Before(w.to) || !to.After(w.from) {
			continue
		}
		for _, name := range of(e) {
			if n[name] == 0 {
				names = append(names, name)
			}
			n[name]++
		}
	}
	names = frequent(names, n, most)
	for i, name := range names {
		at[name] = i
	}
	t.Lanes = names
	others := "Others"
	index := map[string]int{}
	for i, e := range list {
		for _, m := range e.Mentions {
			index[m.ID] = i
		}
	}
	for _, e := range list {
		from, to, undated := span(e)
		it := draw.Item{URL: a.event(e.ID), Label: short(e), Title: told(e), Look: statuses[e.Status.Value].look, From: from, To: to, Told: undated}
		for _, name := range of(e) {
			if k, ok := at[name]; ok {
				it.Lanes = append(it.Lanes, k)
			}
		}
		if len(it.Lanes) == 0 && !from.IsZero() && from.Before(w.to) && to.After(w.from) {
			if _, ok := at[others]; !ok {
				at[others] = len(t.Lanes)
				t.Lanes = append(t.Lanes, others)
			}
			it.Lanes = []int{at[others]}
		}
		for _, c := range e.Conditions {
			if k, ok := index[c.Event]; ok {
				it.Waits = append(it.Waits, k)
			}
		}
		t.Items = append(t.Items, it)
	}
	return t
}

// short is an event's name for a picture: surnames, no place.
func short(e *record.Event) string {
	var names []string
	for _, p := range e.Participants {
		if p.As == "absent" || p.As == "organiser" || len(names) == 3 {
			continue
		}
		name := p.Name
		if p.Kind == "person" && p.Key != "" {
			name = name[strings.LastIndexByte(name, ' ')+1:]
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	s := sheet.Capital(sheet.Noun(e))
	if len(names) > 0 {
		s += ": " + strings.Join(names, ", ")
	}
	return s
}

// told is an event in one line: what, when, how it stands, who says so.
func told(e *record.Event) string {
	s := sheet.Name(e)
	if when := sheet.When(e); when != "" {
		s += ", " + when
	}
	s += ": " + e.Status.Value
	if said := sheet.Parties(e); said != "" {
		s += "; " + said
	}
	return s
}

// window is what a timeline shows: what is asked for, else from its first to its
// last event.
func (a *ask) window(list []*record.Event) (window, error) {
	w := window{}
	for _, e := range list {
		from, to, _ := span(e)
		if from.IsZero() {
			continue
		}
		if w.from.IsZero() || from.Before(w.from) {
			w.from = from
		}
		if to.After(w.to) {
			w.to = to
		}
	}
	if w.from.IsZero() {
		w = window{a.now.AddDate(0, -1, 0), a.now}
	}
	pad := max(w.to.Sub(w.from)/40, 12*time.Hour)
	w = window{w.from.Add(-pad).Truncate(24 * time.Hour), w.to.Add(pad).Truncate(24 * time.Hour).Add(24 * time.Hour)}
	if t, _ := moment(a.form.Get("from"), false); !t.IsZero() {
		w.from = t
	}
	if t, _ := moment(a.form.Get("to"), true); !t.IsZero() {
		w.to = t
	}
	if !w.from.Before(w.to) {
		return w, bad("from must be before to")
	}
	return w, nil
}

// maxList is how many lines a list has before it goes on at another address.
const maxList = 100

func (a *ask) lanes() (string, error) {
	switch v := a.form.Get("lanes"); v {
	case "", byParty:
		return byParty, nil
	case byIssue:
		return byIssue, nil
	default:
		return "", bad("lanes: party or issue")
	}
}

func timeline(ctx context.Context, a *ask) (*page, error) {
	t, whole, err := a.filtered(ctx)
	if err != nil {
		return nil, err
	}
	lanes, err := a.lanes()
	if err != nil {
		return nil, err
	}
	w, err := a.window(t.Events)
	if err != nil {
		return nil, err
	}
	limit, err := a.whole("limit", maxList, 1, 1000)
	if err != nil {
		return nil, err
	}
	events, next, err := paged(t.Events, a.form.Get("after"), limit, func(e *record.Event) string { return e.ID })
	if err != nil {
		return nil, err
	}
	all := t.Events
	t.Events = events
	p := &page{Name: "timeline", Title: "Timeline", Sub: sub(&t.Head), View: listed{t, next}, Exports: append([]link{{URL: a.svg(), Name: "This picture as SVG"}}, a.exports()...)}
	if next != "" {
		p.Next = a.with("after", next)
	}
	if a.json {
		return p, nil
	}
	d := &timelinePage{SVG: a.svg(), Events: a.lines(events), Count: len(all), More: t.More, From: w.from.Format(time.DateOnly), To: w.to.Add(-time.Second).Format(time.DateOnly)}
	d.Picture = picture(a.drawn(all, w, a.shown(), lanes, 8).Draw(draw.Inline))
	d.Lanes = []link{{a.with("lanes", ""), "parties", lanes == byParty}, {a.with("lanes", byIssue), "issues", lanes == byIssue}}
	d.Zoom = a.zoom(w)
	d.Facets = a.facets(whole)
	for _, f := range filters {
		if a.form.Get(f) != "" {
			d.Filtered = a.to("/timeline")
		}
	}
	d.All = link{a.with("all", "1"), fmt.Sprintf("%s left out", sheet.Plural(t.More, "slighter event is", "slighter events are")), false}
	if a.q.All {
		d.All = link{a.with("all", ""), "without the slighter events", true}
	}
	p.Data = d
	return p, nil
}

// listed is a view of which only a part is given: what comes after Next is at
// the same address with after=Next.
type listed struct {
	*record.Timeline
	Next string `json:"next,omitempty"`
}

func (a *ask) svg() string {
	u := a.with()
	if i := strings.IndexByte(u, '?'); i >= 0 {
		return "/timeline.svg" + u[i:]
	}
	return "/timeline.svg"
}

// shown is the moment that a page shows.
func (a *ask) shown() time.Time {
	if a.q.AsOf.IsZero() {
		return a.now
	}
	return a.q.AsOf
}

// zoom are the addresses of other windows.
func (a *ask) zoom(w window) []link {
	mid := w.from.Add(w.to.Sub(w.from) / 2)
	size := w.to.Sub(w.from)
	at := func(from, to time.Time) string {
		layout := time.DateOnly
		if to.Sub(from) < 3*24*time.Hour {
			return a.with("from", from.Format(time.RFC3339), "to", to.Format(time.RFC3339))
		}
		return a.with("from", from.Format(layout), "to", to.Add(-time.Second).Format(layout))
	}
	around := func(d time.Duration) string {
		return at(mid.Add(-d/2).Truncate(time.Hour), mid.Add(d/2).Truncate(time.Hour))
	}
	const day = 24 * time.Hour
	out := []link{
		{URL: a.with("from", "", "to", ""), Name: "all", Here: a.form.Get("from") == "" && a.form.Get("to") == ""},
		{URL: at(w.from.Add(-size/2), w.to.Add(-size/2)), Name: "← earlier"}, {URL: at(w.from.Add(size/2), w.to.Add(size/2)), Name: "later →"},
	}
	for _, x := range []struct {
		name string
		d    time.Duration
	}{{"10 years", 3650 * day}, {"a year", 365 * day}, {"a quarter", 91 * day}, {"a month", 30 * day}, {"a week", 7 * day}, {"a day", day}} {
		out = append(out, link{URL: around(x.d), Name: x.name})
	}
	return out
}

// facets are what the events can be narrowed by, with how many there are.
func (a *ask) facets(list []*record.Event) []facet {
	out := []facet{{Name: "kind", Label: "Kind"}, {Name: "status", Label: "Status"}, {Name: "party", Label: "Party"}, {Name: "issue", Label: "Issue"}, {Name: "told", Label: "On whose word"}}
	labels := map[string]string{toldByParty: "a party’s", toldByPress: "an article’s own", toldByOthers: "somebody else’s"}
	for i := range out {
		f := &out[i]
		n := map[string]int{}
		var names []string
		for _, e := range list {
			var values []string
			switch f.Name {
			case "kind":
				values = []string{e.Kind}
			case "status":
				values = []string{e.Status.Value}
			case "party":
				for _, l := range e.Lines {
					values = append(values, l.Name)
				}
			case "issue":
				values = e.Topics
			case "told":
				values = []string{toldBy(e)}
			}
			for _, v := range values {
				if n[v] == 0 {
					names = append(names, v)
				}
				n[v]++
			}
		}
		here := a.form.Get(f.Name)
		if here != "" && n[here] == 0 {
			names = append(names, here)
		}
		for _, name := range frequent(names, n, 40) {
			label := labels[name]
			if label == "" {
				label = name
			}
			f.Values = append(f.Values, facetValue{name, label, n[name], name == here})
		}
	}
	return out
}

func timelineSVG(ctx context.Context, a *ask) (*page, error) {
	t, _, err := a.filtered(ctx)
	if err != nil {
		return nil, err
	}
	lanes, err := a.lanes()
	if err != nil {
		return nil, err
	}
	w, err := a.window(t.Events)
	if err != nil {
		return nil, err
	}
	d := a.drawn(t.Events, w, a.shown(), lanes, 8)
	return drawing(d.Draw(draw.Standalone)), nil
}
