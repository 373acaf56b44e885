package record

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"readout/record/join"
	"readout/registry"
)

// Kinds of what a person is asked about.
const (
	DoubtActor     = "actor"     // a name that could be several people's
	DoubtNames     = "names"     // two names that may be one person's
	DoubtEvent     = "event"     // the machine is not sure of an event
	DoubtStatement = "statement" // or of a statement by somebody with a name
	DoubtPair      = "pair"      // two events that may be one
	DoubtDay       = "day"       // accounts that differ
	DoubtPlace     = "place"
	DoubtStatus    = "status"
	DoubtStale     = "stale" // a decision that does not hold any more
)

// Queue is what people may want to look at, the most doubtful of what matters
// most first.
type Queue struct {
	Head
	Items []*Item `json:"items"`
	More  int     `json:"more"`
}

// Item is one thing to look at.
type Item struct {
	// ID is the same for the same doubt about the same words.
	ID   string `json:"id"`
	Kind string `json:"kind"`
	// Doubt is 0 to 1. Weight is how much it matters: how many stories tell it, how
	// lately, at what level.
	Doubt  float64 `json:"doubt"`
	Weight float64 `json:"weight"`
	Why    string  `json:"why"`

	Event     *Event     `json:"event,omitempty"`
	Other     *Event     `json:"other,omitempty"` // of a pair
	Statement *Statement `json:"statement,omitempty"`
	Decision  *Taken     `json:"decision,omitempty"`
	Name      string     `json:"name,omitempty"`      // of an actor, as articles have it
	Could     []Who      `json:"could,omitempty"`     // whom it could name
	Witnesses []Witness  `json:"witnesses,omitempty"` // of an actor: the articles
	// Accept is what accepting it decides, in the terms of Propose: it takes the
	// item off the queue.
	Accept Ask `json:"accept"`
}

// score orders the queue.
func (i *Item) score() float64 { return i.Doubt * i.Weight }

// Below these the machine's confidence is a doubt.
const (
	sureEvent     = 0.75
	sureStatement = 0.7
)

// Queue gives what people may want to look at, in the articles since q.Since or
// of the last four months: names that could be several people's, events and
// statements that the machine is not sure of, events that may be one, accounts
// that differ, decisions that do not hold any more. What somebody accepted,
// corrected, merged or split is not in it, until its words change. Without a time
// to look from it is as for State.
func (l *Ledger) Queue(ctx context.Context, q Query) (*Queue, error) {
	v, err := l.queue(ctx, q)
	if err != nil || v.Articles > 0 || !q.AsOf.IsZero() {
		return v, err
	}
	last := 0
	err = l.look(ctx, q, func(k *look) (err error) {
		last, err = lastDay(ctx, k.r)
		return err
	})
	if err != nil || last == 0 {
		return v, err
	}
	q.AsOf = join.DayTime(last).Add(24*time.Hour - time.Microsecond)
	return l.queue(ctx, q)
}

func (l *Ledger) queue(ctx context.Context, q Query) (*Queue, error) {
	v := &Queue{Items: []*Item{}}
	limit := cmp.Or(q.Limit, 50)
	stale, err := l.Stale(ctx)
	if err != nil {
		return nil, err
	}
	err = l.look(ctx, q, func(k *look) (err error) {
		if v.Head, err = k.head(ctx, "queue", lookBack); err != nil {
			return err
		}
		b := &asker{k: k, event: map[string]*Event{}, pairs: map[[2]string]bool{}}
		if b.events, err = k.lately(ctx, lookBack); err != nil {
			return err
		}
		for _, e := range b.events {
			for _, m := range e.members {
				b.event[m.ID] = e
			}
		}
		b.unsureEvents()
		b.contradictions()
		b.choices()
		b.nearMisses()
		if err := b.statements(ctx); err != nil {
			return err
		}
		if err := b.actors(ctx); err != nil {
			return err
		}
		for i := range stale {
			ok, err := k.shows(ctx, &stale[i].Decision)
			if err != nil {
				return err
			}
			if ok {
				b.stale(&stale[i])
			}
		}
		v.Items = b.items
		k.told(&v.Head)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	slices.SortFunc(v.Items, func(a, b *Item) int { return cmp.Or(cmp.Compare(b.score(), a.score()), strings.Compare(a.ID, b.ID)) })
	if len(v.Items) > limit {
		v.Items, v.More = v.Items[:limit], len(v.Items)-limit
	}
	return v, nil
}

// asker gathers what to ask.
type asker struct {
	k      *look
	items  []*Item
	events []*Event
	event  map[string]*Event // by mention
	pairs  map[[2]string]bool
}

func (b *asker) add(i *Item, parts ...string) {
	i.ID = join.ID("i", append([]string{i.Kind}, parts...)...)
	i.Doubt = math.Round(max(0, min(i.Doubt, 1))*100) / 100
	i.Weight = math.Round(i.Weight*100) / 100
	b.items = append(b.items, i)
}

// matters is how much an event matters.
func (b *asker) matters(e *Event) float64 {
	w := 1 + math.Log2(float64(1+e.Origins))
	if e.Level == "leaders" {
		w *= 1.3
	}
	if last := join.Day(e.Last); last > 0 && b.k.today-last <= 14 {
		w *= 1.5
	}
	if e.Slight() {
		w *= 0.3
	}
	return w
}

// reviewed reports whether a person has decided on a field of a value; "" is the
// value as such.
func reviewed(list []join.Decided, field string) bool {
	return slices.ContainsFunc(list, func(d join.Decided) bool {
		switch d.Do {
		case DoAccept:
			return d.Field == "" || d.Field == field
		case DoCorrect:
			return d.Field == field || field == ""
		case DoMerge, DoSplit:
			return field == ""
		}
		return false
	})
}

func (b *asker) unsureEvents() {
	for _, e := range b.events {
		best, seen := 0.0, false
		for _, m := range e.members {
			c := m.mention.Confidence
			if c == 0 {
				c = 1
			}
			best = max(best, c)
			seen = seen || reviewed(m.mention.Decided, "")
		}
		if seen || best >= sureEvent || e.Kind == "statement" {
			continue
		}
		b.add(&Item{Kind: DoubtEvent, Doubt: 1 - best, Weight: b.matters(e), Why: fmt.Sprintf("the machine is %.0f %% sure that the words tell this", best*100), Event: e, Accept: Ask{Do: DoAccept, IDs: []string{e.ID}}}, memberIDs(e)...)
	}
}

func memberIDs(e *Event) []string {
	var out []string
	for _, m := range e.members {
		out = append(out, m.ID)
	}
	return out
}

// contradictions asks which of accounts that differ are right: on the day of
// what took place, or of a plan told at one time; on the place; on whether it
// takes place.
func (b *asker) contradictions() {
	for _, e := range b.events {
		days, places := map[string]bool{}, map[string]bool{}
		for i, x := range e.members {
			for _, y := range e.members[i+1:] {
				p, q := x.mention, y.mention
				if daysDiffer(p, q) {
					days[p.When.String()], days[q.When.String()] = true, true
				}
				if b.apart(p.Place, q.Place) {
					places[p.Place.String()], places[q.Place.String()] = true, true
				}
			}
		}
		b.differ(e, DoubtDay, days, func(m *join.Mention) string { return m.When.String() })
		b.differ(e, DoubtPlace, places, func(m *join.Mention) string { return m.Place.String() })
		if e.Status.Value == StatusDisputed {
			statuses := map[string]bool{}
			for _, c := range e.Status.Rests {
				statuses[c.Status] = true
			}
			settled := true
			for _, c := range e.Status.Rests {
				settled = settled && slices.ContainsFunc(e.members, func(m *node) bool { return m.Of == c.Witness.Article && reviewed(m.mention.Decided, "status") })
			}
			if !settled {
				b.add(&Item{Kind: DoubtStatus, Doubt: 0.6, Weight: b.matters(e), Why: "disputed: " + e.Status.Rule, Event: e, Accept: Ask{Do: DoAccept, IDs: []string{e.ID}, Field: "status"}}, memberIDs(e)...)
			}
		}
	}
}

// apart reports whether two places differ; a country is where its towns are.
func (b *asker) apart(p, q *join.Place) bool {
	if !join.Apart(p, q) {
		return false
	}
	if e := b.k.l.reg.Country(p.Country); e != nil && p.Country == q.Country {
		return registry.Fold(p.Name) != registry.Fold(e.Name) && registry.Fold(q.Name) != registry.Fold(e.Name)
	}
	return true
}

func daysDiffer(p, q *join.Mention) bool {
	if !p.When.Dated() || !q.When.Dated() || p.When.From <= q.When.To && q.When.From <= p.When.To {
		return false
	}
	took := func(m *join.Mention) bool { return m.Status == "occurred" || m.Status == "ongoing" }
	switch {
	case took(p) && took(q):
		return true
	case took(p) || took(q) || p.Published == 0 || q.Published == 0:
		return false
	}
	return max(p.Published-q.Published, q.Published-p.Published) <= 1 // later the plan was moved
}

// differ asks about values that contradict each other, unless a person has
// looked at an account of each.
func (b *asker) differ(e *Event, kind string, values map[string]bool, of func(*join.Mention) string) {
	if len(values) == 0 {
		return
	}
	settled := true
	list := sortedKeys(values)
	for _, v := range list {
		settled = settled && slices.ContainsFunc(e.members, func(m *node) bool { return of(m.mention) == v && reviewed(m.mention.Decided, kind) })
	}
	if settled {
		return
	}
	what := map[string]string{DoubtDay: "the day", DoubtPlace: "the place"}[kind]
	b.add(&Item{Kind: kind, Doubt: 0.5 + 0.1*float64(min(len(list), 4)-2), Weight: b.matters(e), Why: "accounts differ on " + what + ": " + strings.Join(list, "; "), Event: e, Accept: Ask{Do: DoAccept, IDs: []string{e.ID}, Field: kind}}, append(memberIDs(e), list...)...)
}

// closeScore is by how much two Nearest ties may differ, in millionths, to be
// about equal: nine days, or the same people against one side.
const closeScore = 300_000

// choices asks about accounts that could belong to two events about equally.
func (b *asker) choices() {
	for _, e := range b.events {
		for _, m := range e.members {
			var list []Pair
			for _, p := range b.k.g.out[m.ID] {
				if p.A == m.ID && p.Kind == join.Nearest && b.event[p.B] != nil {
					list = append(list, p)
				}
			}
			slices.SortFunc(list, func(x, y Pair) int { return cmp.Or(cmp.Compare(y.Score, x.Score), strings.Compare(x.B, y.B)) })
			for _, p := range list {
				o := b.event[p.B]
				if o == e || list[0].Score-p.Score > closeScore {
					continue
				}
				b.pair(e, o, m, b.memberOf(o, p.B), 0.9-0.5*float64(list[0].Score-p.Score)/closeScore, "it could belong to either: "+p.Why)
				break
			}
		}
	}
}

func (b *asker) memberOf(e *Event, id string) *node {
	for _, m := range e.members {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// maxAccounts bounds how many accounts of an event are compared with others'.
const maxAccounts = 12

// nearMisses asks about events of the same people at nearly the same time.
func (b *asker) nearMisses() {
	type at struct {
		day  int
		side string
	}
	day := func(m *join.Mention) int {
		if m.When.Dated() {
			return m.When.From
		}
		return m.Published
	}
	block := map[at][]*node{}
	each := func(f func(e *Event, m *node, side string)) {
		for _, e := range b.events {
			for _, m := range e.members[:min(len(e.members), maxAccounts)] {
				for _, s := range m.mention.Sides() {
					f(e, m, s)
				}
			}
		}
	}
	each(func(_ *Event, m *node, side string) {
		k := at{day(m.mention), side}
		block[k] = append(block[k], m)
	})
	done := map[[2]*Event]bool{}
	each(func(e *Event, m *node, side string) {
		for d := day(m.mention); d <= day(m.mention)+4; d++ {
			for _, o := range block[at{d, side}] {
				other := b.event[o.ID]
				if other == e || done[[2]*Event{e, other}] || done[[2]*Event{other, e}] {
					continue
				}
				if doubt, why := join.Near(m.mention, o.mention); why != "" {
					done[[2]*Event{e, other}] = b.pair(e, other, m, o, doubt, why)
				}
			}
		}
	})
}

// pair asks whether two events are one, by two of their accounts, and reports
// whether it did: not where a person has told them apart. What was told after a
// split may belong to what was split off all the same.
func (b *asker) pair(e, o *Event, x, y *node, doubt float64, why string) bool {
	if x == nil || y == nil {
		return false
	}
	if _, ruled := join.Ruled(x.mention.Decided, y.mention.Decided); ruled {
		split := lastSplit(x, y)
		if split == nil || max(x.day(), y.day()) <= join.DayOf(split.When) {
			return false
		}
		why += "; split off by " + split.By + " before"
	}
	for _, p := range e.members {
		for _, q := range o.members {
			if toldApart(p.mention.Decided, q.mention.Decided) {
				return false
			}
		}
	}
	if e.ID > o.ID {
		e, o, x, y = o, e, y, x
	}
	ids := []string{x.ID, y.ID}
	slices.Sort(ids)
	if b.pairs[[2]string{e.ID, o.ID}] {
		return true
	}
	b.pairs[[2]string{e.ID, o.ID}] = true
	b.add(&Item{Kind: DoubtPair, Doubt: doubt, Weight: max(b.matters(e), b.matters(o)), Why: why, Event: e, Other: o, Accept: Ask{Do: DoAccept, IDs: ids, Field: "apart", Account: true}}, ids...)
	return true
}

// lastSplit is the last split that either of two accounts was in.
func lastSplit(x, y *node) *join.Decided {
	var last *join.Decided
	for _, n := range []*node{x, y} {
		for i := range n.mention.Decided {
			if d := &n.mention.Decided[i]; d.Do == DoSplit && (last == nil || d.Compare(last) > 0) {
				last = d
			}
		}
	}
	return last
}

// toldApart reports whether one decision accepts that two are apart.
func toldApart(a, b []join.Decided) bool {
	return slices.ContainsFunc(a, func(d join.Decided) bool {
		return d.Do == DoAccept && d.Field == "apart" && slices.ContainsFunc(b, func(o join.Decided) bool { return o.ID == d.ID })
	})
}

// statements asks about statements of somebody with a name that the machine is
// not sure of.
func (b *asker) statements(ctx context.Context) error {
	ids, err := b.k.recent(ctx, []string{keySaying}, lookBack, mostSayings)
	if err != nil {
		return err
	}
	if err := b.k.g.load(ctx, ids); err != nil {
		return err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool {
		n := b.k.g.nodes[id]
		return n == nil || n.saying.Confidence == 0 || n.saying.Confidence >= sureStatement || n.saying.By == nil || n.saying.By.Key == ""
	})
	list, err := b.k.statements(ctx, ids)
	if err != nil {
		return err
	}
	for _, s := range list {
		best, seen := 0.0, false
		var of []string
		for _, m := range s.members {
			c := m.saying.Confidence
			if c == 0 {
				c = 1
			}
			best = max(best, c)
			seen = seen || reviewed(m.saying.Decided, "")
			of = append(of, m.ID)
		}
		if seen || best >= sureStatement {
			continue
		}
		b.add(&Item{Kind: DoubtStatement, Doubt: 1 - best, Weight: math.Log2(float64(1 + s.Origins)), Why: fmt.Sprintf("the machine is %.0f %% sure that %s says this", best*100, s.By), Statement: s, Accept: Ask{Do: DoAccept, IDs: []string{s.ID}}}, of...)
	}
	return nil
}

func (b *asker) stale(t *Taken) {
	why := ""
	if len(t.Unfit) > 0 {
		why = t.Unfit[0].Why
	}
	b.add(&Item{Kind: DoubtStale, Doubt: 1, Weight: 2, Why: why, Decision: t, Accept: Ask{Do: DoUndo, IDs: []string{t.ID}}}, t.ID)
}
