package record

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"readout/record/join"
)

// Query says what part of the record a view looks at.
type Query struct {
	// AsOf is the moment of the view: what was published later does not count.
	// The zero time means now.
	AsOf time.Time
	// Since is the beginning of a period, where a view has one; the zero time
	// leaves it to the view.
	Since time.Time
	// Limit is how many lines of a kind are given; 0 leaves it to the view.
	Limit int
	// All gives events too that a view leaves out as too slight: see Slight.
	All bool
	// Process is the name of a dossier: nothing else is given. "" is the whole
	// record.
	Process string
	// TLP is the strictest marking of an article that is looked at: the view is
	// what it were without the others. 0 looks at all.
	TLP TLP
}

// Head is what every view tells of itself.
type Head struct {
	View     string `json:"view"`
	AsOf     string `json:"as_of"`
	Since    string `json:"since,omitempty"`
	Process  string `json:"process,omitempty"`
	Articles int    `json:"articles"` // of the period, as of the time
	// Unread is how many accounts, statements and positions of the period were
	// not read, since there are so many; ReadSince is the day since when all were.
	Unread    int    `json:"unread,omitempty"`
	ReadSince string `json:"read_since,omitempty"`
}

// lookBack is how far back a view of the present looks, in days: an event that
// nobody has mentioned for four months is not in the state of play.
const lookBack = 120

// look is one view at work.
type look struct {
	l     *Ledger
	q     Query
	r     Reader
	g     *graph
	today int

	unread, since int  // see recent
	whole         bool // nothing is left unread: an export has everything

	set  *dossier // of q.Process; nil for none
	mine *gathered
}

func (l *Ledger) look(ctx context.Context, q Query, f func(*look) error) error {
	if q.AsOf.IsZero() {
		q.AsOf = l.now()
	}
	return l.store.View(ctx, func(r Reader) error {
		k := &look{l: l, q: q, r: r, g: newGraph(r, q.AsOf), today: join.DayOf(q.AsOf)}
		if err := k.narrow(ctx); err != nil {
			return err
		}
		return f(k)
	})
}

// narrow prepares what the query leaves out: the markings and the process.
func (k *look) narrow(ctx context.Context) (err error) {
	if k.q.TLP != 0 {
		if k.g.hidden, err = withheld(ctx, k.r, k.q.TLP); err != nil {
			return err
		}
	}
	if k.q.Process != "" {
		k.set, err = k.l.setOf(ctx, k.r, k.q.Process)
	}
	return err
}

// days is the period of the view in days, both included; articles without a day
// are in every period.
func (k *look) days(block string, back int) []join.Range {
	from := 1
	switch {
	case !k.q.Since.IsZero():
		from = join.DayOf(k.q.Since)
	case back > 0:
		from = max(1, k.today-back)
	}
	return []join.Range{{Block: block, From: from, To: k.today}, {Block: block, From: 0, To: 0}}
}

func (k *look) head(ctx context.Context, view string, back int) (Head, error) {
	h := Head{View: view, AsOf: k.q.AsOf.UTC().Format(time.RFC3339)}
	if !k.q.Since.IsZero() {
		h.Since = k.q.Since.UTC().Format(time.RFC3339)
	}
	if k.set != nil {
		got, err := k.gather(ctx, back)
		if err != nil {
			return h, err
		}
		h.Process, h.Articles = k.set.Name, len(got.versions)
		return h, nil
	}
	var err error
	h.Articles, err = k.articlesIn(ctx, back)
	return h, err
}

// events gives the events that have a mention under one of the keys.
func (k *look) events(ctx context.Context, ranges []join.Range) ([]*Event, error) {
	ids, err := k.r.Lookup(ctx, ranges)
	if err != nil {
		return nil, err
	}
	return k.eventsOf(ctx, ids)
}

func (k *look) eventsOf(ctx context.Context, mentions []string) ([]*Event, error) {
	parts, err := k.g.components(ctx, mentions)
	if err != nil {
		return nil, err
	}
	list, err := k.l.assemble(ctx, k.g, parts, k.today)
	if err != nil || k.set == nil {
		return list, err
	}
	return slices.DeleteFunc(list, func(e *Event) bool { return !k.belongs(e) }), nil
}

// Slight reports whether an event is too slight for a view of the whole: nobody
// in particular takes part, or it is but a remark that the reader took for an
// event.
func (e *Event) Slight() bool {
	if e.Kind == "statement" || e.Kind == "other" && e.Origins < 2 {
		return true
	}
	return len(e.Participants) == 0 && e.Origins < 2
}

// Day is the day of an event as far as it is known, else that of its last
// article; "" for none.
func (e *Event) Day() string { return cmp.Or(e.From, e.Last) }

// State is the state of play.
type State struct {
	Head
	Happened []*Event   `json:"happened"` // the last first
	Planned  []*Event   `json:"planned"`  // the next first, those without a day last
	Open     []*Event   `json:"open"`     // disputed, postponed, lapsed, cancelled, denied: the last first
	Stands   []Standing `json:"stands"`   // who stands where
	More     int        `json:"more"`     // events of the last months that were left out
	// MoreStands is how many issues were left out of Stands.
	MoreStands int `json:"more_stands,omitempty"`
}

// State gives what happened last, what is planned and what it waits for, what
// is open, and who stands where. Without a time to look from, it is now, or the
// day of the newest article where that is longer ago than a view looks back.
func (l *Ledger) State(ctx context.Context, q Query) (*State, error) {
	s, err := l.state(ctx, q)
	if err != nil || s.Articles > 0 || !q.AsOf.IsZero() {
		return s, err
	}
	last, err := l.newest(ctx, q)
	if err != nil || last.IsZero() {
		return s, err
	}
	q.AsOf = last
	return l.state(ctx, q)
}

// newest is the end of the day of the newest article that q may look at, the
// zero time where there is none.
func (l *Ledger) newest(ctx context.Context, q Query) (time.Time, error) {
	last := 0
	err := l.look(ctx, q, func(k *look) (err error) {
		if k.set == nil {
			last, err = lastDay(ctx, k.r)
			return err
		}
		got, err := k.gather(ctx, 0)
		if err != nil {
			return err
		}
		for v := range got.versions {
			last = max(last, k.g.article(v).Day)
		}
		return nil
	})
	if err != nil || last == 0 {
		return time.Time{}, err
	}
	return join.DayTime(last).Add(24*time.Hour - time.Microsecond), nil
}

func (l *Ledger) state(ctx context.Context, q Query) (*State, error) {
	limit := cmp.Or(q.Limit, 12)
	s := &State{Happened: []*Event{}, Planned: []*Event{}, Open: []*Event{}, Stands: []Standing{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if s.Head, err = k.head(ctx, "state", lookBack); err != nil {
			return err
		}
		events, err := k.stateEvents(ctx, lookBack)
		if err != nil {
			return err
		}
		for _, e := range events {
			if !q.All && e.Slight() {
				s.More++
				continue
			}
			switch e.Status.Value {
			case "occurred", "ongoing":
				s.Happened = append(s.Happened, e)
			case "possible", "proposed", "planned", "conditional":
				s.Planned = append(s.Planned, e)
			default:
				s.Open = append(s.Open, e)
			}
		}
		latest := func(a, b *Event) int {
			return cmp.Or(strings.Compare(b.Day(), a.Day()), b.Origins-a.Origins, strings.Compare(a.ID, b.ID))
		}
		slices.SortFunc(s.Happened, latest)
		slices.SortFunc(s.Open, latest)
		slices.SortFunc(s.Planned, soonest)
		for _, list := range []*[]*Event{&s.Happened, &s.Planned, &s.Open} {
			if len(*list) > limit {
				s.More += len(*list) - limit
				*list = (*list)[:limit]
			}
		}
		k.told(&s.Head)
		s.Stands, s.MoreStands, err = k.board(ctx, lookBack)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("state: %w", err)
	}
	return s, nil
}

// soonest sorts what is to come by its day; what is firm before what is not
// where there is none.
func soonest(a, b *Event) int {
	if (a.From == "") != (b.From == "") {
		if a.From == "" {
			return 1
		}
		return -1
	}
	return cmp.Or(strings.Compare(a.From, b.From), rank(b.Status.Value)-rank(a.Status.Value), b.Origins-a.Origins, strings.Compare(b.Last, a.Last), strings.Compare(a.ID, b.ID))
}

// Timeline is events by their day.
type Timeline struct {
	Head
	Events []*Event `json:"events"`
	More   int      `json:"more"`
}

// Timeline gives the events by their day, the first first: those that articles
// published since q.Since tell of, or all. What has no day stands at the day it
// was last told of.
func (l *Ledger) Timeline(ctx context.Context, q Query) (*Timeline, error) {
	t := &Timeline{Events: []*Event{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if t.Head, err = k.head(ctx, "timeline", 0); err != nil {
			return err
		}
		events, err := k.timelineEvents(ctx)
		if err != nil {
			return err
		}
		k.told(&t.Head)
		for _, e := range events {
			if !q.All && e.Slight() {
				t.More++
				continue
			}
			t.Events = append(t.Events, e)
		}
		slices.SortFunc(t.Events, byDay)
		if q.Limit > 0 && len(t.Events) > q.Limit { // the last ones
			t.More += len(t.Events) - q.Limit
			t.Events = t.Events[len(t.Events)-q.Limit:]
		}
		return k.sourced(ctx, t.Events)
	})
	if err != nil {
		return nil, fmt.Errorf("timeline: %w", err)
	}
	return t, nil
}

// sourced tells of the claims that statuses rest on the standing of their
// statements.
func (k *look) sourced(ctx context.Context, list []*Event) error {
	var ids []string
	for _, e := range list {
		for i := range e.Status.Rests {
			if id := e.Status.Rests[i].Said; id != "" {
				ids = append(ids, id)
			}
		}
	}
	if err := k.g.load(ctx, ids); err != nil {
		return err
	}
	for _, e := range list {
		for i := range e.Status.Rests {
			c := &e.Status.Rests[i]
			if n := k.g.nodes[c.Said]; n != nil && n.saying != nil {
				c.Standing, c.Channel = n.saying.Standing, n.saying.Channel
			}
		}
	}
	return nil
}

func byDay(a, b *Event) int {
	return cmp.Or(strings.Compare(a.Day(), b.Day()), strings.Compare(a.To, b.To), b.Origins-a.Origins, strings.Compare(a.ID, b.ID))
}

// Everything gives all events that the record has now, those of superseded
// versions left out, by their day.
func (l *Ledger) Everything(ctx context.Context) ([]*Event, error) {
	var out []*Event
	err := l.store.View(ctx, func(r Reader) error {
		k := &look{l: l, r: r, g: newGraph(r, time.Time{})}
		ids, err := r.Lookup(ctx, []join.Range{{Block: keyEvent, From: 0, To: 1 << 24}})
		if err != nil {
			return err
		}
		out, err = k.eventsOf(ctx, ids)
		return err
	})
	slices.SortFunc(out, byDay)
	return out, err
}
