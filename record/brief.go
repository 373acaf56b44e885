package record

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"readout/record/join"
)

// Brief is what a briefing tells: the latest, what is to come, what is open, who
// stands where, and on what accounts differ. Each event holds the words it rests
// on.
type Brief struct {
	Head
	Title string `json:"title"`
	// TLP is the strictest marking of the articles that it rests on.
	TLP TLP `json:"tlp"`
	// Outlets, Stories, First and Last are of the articles since Head.ReadSince,
	// where that is told.
	Outlets    int            `json:"outlets"`
	Stories    int            `json:"stories"`
	First      string         `json:"first,omitempty"` // days of the first and last article
	Last       string         `json:"last,omitempty"`
	Recent     []*Event       `json:"recent"`     // since Head.Since, the last first
	Planned    []*Event       `json:"planned"`    // the next first
	Open       []*Event       `json:"open"`       // disputed, postponed, cancelled, denied, lapsed: the last first
	Stands     []Standing     `json:"stands"`     // the issues with the most parties first
	Differ     []Disagreement `json:"differ"`     // the last first
	Chronology []*Event       `json:"chronology"` // what took place, the first first
	More       int            `json:"more"`       // events that were left out
}

// Disagreement is a point of an event on which accounts differ.
type Disagreement struct {
	Event *Event `json:"event"`
	// What is day, place or outcome.
	What string `json:"what"`
	// Values are the accounts: days as "2022-11-01" or an interval
	// "2022-11-01/2022-11-08", places, or "" for an outcome, whose two accounts
	// the event's status holds.
	Values []Variant `json:"values"`
}

// recentDays is how far back the latest goes when no day is given: two weeks.
const recentDays = 14

// Limits of a briefing: what a reader takes in.
const (
	briefEvents = 10 // of a part
	briefChron  = 60
)

// Brief gives what a briefing tells, as of q.AsOf, of what happened since
// q.Since, or in two weeks. Without a time to look from it is now, or the day of
// the newest article, as with State.
func (l *Ledger) Brief(ctx context.Context, q Query) (*Brief, error) {
	b, err := l.brief(ctx, q)
	if err != nil || b.Articles > 0 || !q.AsOf.IsZero() {
		return b, err
	}
	last, err := l.newest(ctx, q)
	if err != nil || last.IsZero() {
		return b, err
	}
	q.AsOf = last
	return l.brief(ctx, q)
}

func (l *Ledger) brief(ctx context.Context, q Query) (*Brief, error) {
	b := &Brief{Recent: []*Event{}, Planned: []*Event{}, Open: []*Event{}, Stands: []Standing{}, Differ: []Disagreement{}, Chronology: []*Event{}}
	since := q.Since
	q.Since = time.Time{}
	err := l.look(ctx, q, func(k *look) (err error) {
		if since.IsZero() {
			since = k.q.AsOf.AddDate(0, 0, -recentDays)
		}
		if b.Head, err = k.head(ctx, "brief", lookBack); err != nil {
			return err
		}
		b.Since = since.UTC().Format(time.RFC3339)
		if k.set != nil {
			b.Title = cmp.Or(k.set.Title, k.set.Name)
		}
		events, err := k.stateEvents(ctx, lookBack)
		if err != nil {
			return err
		}
		b.sort(k, events, join.DayString(join.DayOf(since)), q.All)
		if b.Stands, _, err = k.board(ctx, lookBack); err != nil {
			return err
		}
		k.told(&b.Head)
		return b.sources(ctx, k)
	})
	if err != nil {
		return nil, fmt.Errorf("brief: %w", err)
	}
	return b, nil
}

// sort puts the events into the parts of the briefing.
func (b *Brief) sort(k *look, events []*Event, since string, all bool) {
	slices.SortFunc(events, byDay)
	for _, e := range events {
		if !all && !e.weighty() {
			b.More++
			continue
		}
		stale := e.Last < since && e.Day() < since // nobody has spoken of it lately
		switch e.Status.Value {
		case "possible", "proposed", "planned", "conditional", "cancelled", "denied", StatusLapsed:
			if stale && !all {
				b.More++
				continue
			}
		}
		b.differ(k, e)
		switch e.Status.Value {
		case "occurred", "ongoing":
			b.Chronology = append(b.Chronology, e)
			if e.Day() >= since {
				b.Recent = append(b.Recent, e)
			}
		case "possible", "proposed", "planned", "conditional":
			b.Planned = append(b.Planned, e)
		default:
			b.Open = append(b.Open, e)
		}
	}
	latest := func(x, y *Event) int { return cmp.Or(byDay(y, x), strings.Compare(y.ID, x.ID)) }
	slices.SortFunc(b.Recent, latest)
	slices.SortFunc(b.Open, func(x, y *Event) int { return cmp.Or(strings.Compare(y.Last, x.Last), latest(x, y)) })
	slices.SortFunc(b.Planned, soonest)
	for _, list := range []*[]*Event{&b.Recent, &b.Planned, &b.Open} {
		if len(*list) > briefEvents {
			b.More += len(*list) - briefEvents
			*list = (*list)[:briefEvents]
		}
	}
	slices.Reverse(b.Differ)
	if n := len(b.Differ); n > briefEvents {
		b.More += n - briefEvents
		b.Differ = b.Differ[:briefEvents]
	}
	if n := len(b.Chronology); n > briefChron {
		b.Chronology = b.Chronology[n-briefChron:]
	}
}

// weighty reports whether an event is worth a sentence of a briefing: two who
// are named have a part in it, or one does and two stories tell of it, or it is
// told where somebody went. What is only spoken of, or is off, counts as long as
// somebody speaks of it.
func (e *Event) weighty() bool {
	if e.Slight() || e.Kind == "other" {
		return false
	}
	keys := map[string]bool{}
	for _, p := range e.Participants {
		if p.Key != "" && p.As != "absent" && !(e.Kind == "visit" && p.As == "host") {
			keys[p.Key] = true
		}
	}
	return len(keys) > 1 || len(keys) == 1 && (e.Origins > 1 || e.Kind == "visit" && e.Place != "")
}

// differ notes the points on which the accounts of an event differ.
func (b *Brief) differ(k *look, e *Event) {
	if e.Status.Value == StatusDisputed {
		b.Differ = append(b.Differ, Disagreement{Event: e, What: "outcome", Values: []Variant{}})
	}
	var days []Variant
	for i := range e.Dates {
		d := &e.Dates[i]
		if !d.took || !d.when.Dated() {
			continue
		}
		apart := slices.ContainsFunc(e.Dates, func(o Dated) bool {
			return o.took && o.when.Dated() && (o.when.From > d.when.To || o.when.To < d.when.From)
		})
		if apart {
			days = append(days, Variant{Value: d.when.String(), Origins: d.Origins, Witness: d.Witness})
		}
	}
	if len(days) > 1 {
		b.Differ = append(b.Differ, Disagreement{Event: e, What: "day", Values: days})
	}
	var places []Variant
	for i := range e.Places {
		p := &e.Places[i]
		if r, _ := utf8.DecodeRuneInString(p.Value); !unicode.IsUpper(r) { // "country" is no place of its own
			continue
		}
		if slices.ContainsFunc(e.Places, func(o Variant) bool {
			r, _ := utf8.DecodeRuneInString(o.Value)
			return unicode.IsUpper(r) && !k.within(e, o.Value, p.Value) && !k.within(e, p.Value, o.Value)
		}) {
			places = append(places, *p)
		}
	}
	if len(places) > 1 {
		b.Differ = append(b.Differ, Disagreement{Event: e, What: "place", Values: places})
	}
}

// within reports whether a place that an event was given lies in another.
func (k *look) within(e *Event, place, larger string) bool {
	if strings.Contains(place, larger) {
		return true
	}
	for _, m := range e.members {
		p := m.mention.Place
		if p == nil || p.String() != place {
			continue
		}
		if c := k.l.reg.Country(p.Country); c != nil && c.Name == larger || slices.Contains(p.Within, larger) {
			return true
		}
	}
	return false
}

// sources tells what the briefing rests on.
func (b *Brief) sources(ctx context.Context, k *look) error {
	var versions []string
	if k.set != nil {
		got, err := k.gather(ctx, lookBack)
		if err != nil {
			return err
		}
		for v := range got.versions {
			versions = append(versions, v)
		}
	} else {
		days := k.days(keyArticle, lookBack)
		if k.unread > 0 {
			days[0].From = k.since
		}
		ids, err := k.r.Lookup(ctx, days)
		if err != nil {
			return err
		}
		versions = ids
	}
	origin, err := k.g.origins(ctx, versions)
	if err != nil {
		return err
	}
	outlets, stories := map[string]bool{}, map[string]bool{}
	for _, v := range versions {
		a := k.g.article(v)
		if a == nil {
			continue
		}
		outlets[a.Outlet], stories[origin[v]] = true, true
		if day := join.DayString(a.Day); day != "" {
			if b.First == "" || day < b.First {
				b.First = day
			}
			b.Last = max(b.Last, day)
		}
	}
	delete(outlets, "")
	b.Outlets, b.Stories = len(outlets), len(stories)
	b.TLP, err = k.marking(ctx, b.versions())
	return err
}

// versions are the articles that the briefing may quote.
func (b *Brief) versions() []string {
	var out []string
	for _, list := range [][]*Event{b.Recent, b.Planned, b.Open, b.Chronology} {
		for _, e := range list {
			for i := range e.Mentions {
				out = append(out, e.Mentions[i].Witness.Article)
			}
		}
	}
	for _, s := range b.Stands {
		for i := range s.Cells {
			c := &s.Cells[i]
			out = append(out, c.Witness.Article)
			for j := range c.Earlier {
				out = append(out, c.Earlier[j].Witness.Article)
			}
		}
	}
	return sortedSet(out)
}
