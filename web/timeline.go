package web

import (
	"cmp"
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
var filters = []string{"from", "to", "kind", "status", "party", "issue", "told", "standing", "all"}

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
	Overview template.HTML // how many events there are when, and what Picture shows of it
	From, To string        // what was asked for
	Hours    bool          // that is an hour
	By       string        // of the lanes, where it was asked for
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
		return !a.fits(e, filters)
	})
	return t, whole, nil
}

// fits reports whether an event is what the request asks for, by some filters.
func (a *ask) fits(e *record.Event, by []string) bool {
	for _, f := range by {
		if v := a.form.Get(f); v != "" && !matches(e, f, v) {
			return false
		}
	}
	return true
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
	case "standing":
		return standing(e) == value
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

// noStanding is the standing of who nobody is: the word of the article itself.
const noStanding = "none"

// standing is that of the source on whose word the status of an event rests.
func standing(e *record.Event) string {
	if len(e.Status.Rests) == 0 {
		return noStanding
	}
	return cmp.Or(e.Status.Rests[0].Standing, noStanding)
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
	w, ok := reach(list)
	if !ok {
		w = window{a.now.AddDate(0, -1, 0), a.now}
	}
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

// reach is the time from the first to the last event, and some more; false where
// none has a day.
func reach(list []*record.Event) (w window, ok bool) {
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
		return w, false
	}
	pad := max(w.to.Sub(w.from)/40, 12*time.Hour)
	return window{w.from.Add(-pad).Truncate(24 * time.Hour), w.to.Add(pad).Truncate(24 * time.Hour).Add(24 * time.Hour)}, true
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
	all := t.Events
	events, next, err := paged(t.Events, a.form.Get("after"), limit, func(e *record.Event) string { return e.ID })
	if err != nil {
		return nil, err
	}
	t.Events = events
	p := &page{Name: "timeline", Title: "Timeline", Sub: sub(&t.Head), View: listed{t, next}, Of: &record.Chosen{Events: eventIDs(all)}, Tables: []string{"events"}, Script: scriptTimeline}
	var asked []string
	for _, f := range append([]string{"lanes"}, filters...) {
		asked = append(asked, f, a.form.Get(f))
	}
	p.Exports = append(a.pictures("/timeline", asked...), link{URL: a.to("/brief.md"), Name: "Briefing as Markdown"})
	p.Feed = a.to("/changes.atom", append(asked[2:], "as_of", "", "from", "", "to", "")...)
	if next != "" {
		p.Next = a.with("after", next)
	}
	if a.json {
		return p, nil
	}
	d := &timelinePage{Events: a.lines(events), Count: len(all), More: t.More, By: a.form.Get("lanes")}
	d.From, d.To, d.Hours = a.asked()
	d.Overview = a.overview(whole, w)
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

// asked are the ends of the window that is asked for, as fields of a form take
// them, and whether they are hours.
func (a *ask) asked() (from, to string, hours bool) {
	from, to = a.form.Get("from"), a.form.Get("to")
	hours = len(from) > len(time.DateOnly) || len(to) > len(time.DateOnly)
	at := func(v string, end bool) string {
		t, err := moment(v, end)
		if err != nil || t.IsZero() {
			return ""
		}
		if hours {
			return t.Format("2006-01-02T15:04")
		}
		return t.Format(time.DateOnly)
	}
	return at(from, false), at(to, true), hours
}

// mostBars is how many bars an overview has at most.
const mostBars = 60

// overview draws how many events there are when, each bar with the address of a
// closer look, and what of it a window shows.
func (a *ask) overview(list []*record.Event, w window) template.HTML {
	whole, ok := reach(list)
	if !ok {
		return ""
	}
	o := draw.Overview{From: whole.from, To: whole.to, Now: a.shown(), Shown: [2]time.Time{w.from, w.to}, Label: "How many events there are when"}
	start := draw.Units(whole.from, whole.to, mostBars)
	for i := range len(start) - 1 {
		b := draw.Bar{From: start[i], To: start[i+1]}
		for _, e := range list {
			if from, _, _ := span(e); !from.Before(b.From) && from.Before(b.To) {
				b.N++
			}
		}
		if b.N > 0 {
			last := b.To.Add(-time.Second)
			b.URL = a.with("from", b.From.Format(time.DateOnly), "to", last.Format(time.DateOnly))
			b.Title = sheet.Interval(b.From.Format(time.DateOnly), last.Format(time.DateOnly), "") + ": " + sheet.Plural(b.N, "event", "events")
			o.Bars = append(o.Bars, b)
		}
	}
	return picture(o.Draw(draw.Inline))
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
	}{{"10 years", 3650 * day}, {"a year", 365 * day}, {"a quarter", 91 * day}, {"a month", 30 * day}, {"a week", 7 * day}, {"a day", day}, {"six hours", day / 4}} {
		out = append(out, link{URL: around(x.d), Name: x.name})
	}
	return out
}

// facets are what the events can be narrowed by, with how many there are.
func (a *ask) facets(list []*record.Event) []facet {
	out := []facet{{Name: "kind", Label: "Kind"}, {Name: "status", Label: "Status"}, {Name: "party", Label: "Party"}, {Name: "issue", Label: "Issue"}, {Name: "told", Label: "On whose word"}, {Name: "standing", Label: "Source’s standing"}}
	labels := map[string]string{"told " + toldByParty: "a party’s", "told " + toldByPress: "an article’s own", "told " + toldByOthers: "somebody else’s", "standing " + noStanding: "the article’s own word"}
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
			case "standing":
				values = []string{standing(e)}
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
			label := cmp.Or(labels[f.Name+" "+name], name)
			f.Values = append(f.Values, facetValue{name, label, n[name], name == here})
		}
	}
	return out
}

func timelinePicture(ctx context.Context, a *ask) (*page, error) {
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
	return a.drawing(d.Draw(draw.Standalone))
}
