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

// EventView is one event with its ledger: all that was said of it, by whom,
// where it is told, and what it is tied to.
type EventView struct {
	Head
	Event      *Event       `json:"event"`
	History    []Turn       `json:"history"`    // how its status came about
	Statements []*Statement `json:"statements"` // that speak of it, the first first
	Links      []EventLink  `json:"links"`
}

// Event gives one event by its id, or the beginning of it, or that of any of
// its accounts.
func (l *Ledger) Event(ctx context.Context, q Query, id string) (*EventView, error) {
	v := &EventView{Statements: []*Statement{}, Links: []EventLink{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if v.Head, err = k.head(ctx, "event", 0); err != nil {
			return err
		}
		if !isID(id, "e") {
			return fmt.Errorf("%q is no event's id: %w", id, ErrNotFound)
		}
		full, err := k.id(ctx, id)
		if err != nil {
			return err
		}
		events, err := k.eventsOf(ctx, []string{full})
		if err != nil {
			return err
		}
		if len(events) == 0 {
			return k.gone(ctx, full)
		}
		v.Event = events[0]
		if v.Statements, err = k.speakOf(ctx, v.Event); err != nil {
			return err
		}
		for i := range v.Event.Claims { // the statements are there now
			c := &v.Event.Claims[i]
			if n := k.g.nodes[c.Said]; n != nil && n.saying != nil {
				c.Standing, c.Channel = n.saying.Standing, n.saying.Channel
			}
		}
		v.History = v.Event.History()
		v.Links, err = k.linked(ctx, v.Event)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("event: %w", err)
	}
	return v, nil
}

// gone tells why an event that the index has is not in the view.
func (k *look) gone(ctx context.Context, id string) error {
	nodes, err := k.r.Nodes(ctx, []string{id})
	if err != nil {
		return err
	}
	for i := range nodes {
		v, err := decodeNode(&nodes[i])
		if err != nil {
			return err
		}
		if d := join.Rejected(v.decided()); d != nil {
			err := fmt.Errorf("%s: rejected by %s on %s", short(id), d.By, d.When.Format(time.DateOnly))
			if d.Why != "" {
				err = fmt.Errorf("%w: %s", err, d.Why)
			}
			return fmt.Errorf("%w (decision %s): %w", err, short(d.ID), ErrNotFound)
		}
	}
	return fmt.Errorf("%s: not known by %s: %w", short(id), k.q.AsOf.Format(time.RFC3339), ErrNotFound)
}

// speakOf are the statements about an event in the articles that tell of it.
func (k *look) speakOf(ctx context.Context, e *Event) ([]*Statement, error) {
	mentions := map[string]bool{}
	var ids []string
	for _, m := range e.members {
		mentions[m.ID] = true
		of, err := k.r.NodesOf(ctx, m.Of)
		if err != nil {
			return nil, err
		}
		for _, id := range of {
			if kind(id) == 's' {
				ids = append(ids, id)
			}
		}
	}
	ids = sortedSet(ids)
	if err := k.g.load(ctx, ids); err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool {
		n := k.g.nodes[id]
		return n == nil || !speaksOf(n.saying, mentions, nil)
	})
	list, err := k.statements(ctx, ids)
	slices.SortFunc(list, func(a, b *Statement) int { return cmp.Or(a.day-b.day, strings.Compare(a.ID, b.ID)) })
	return list, err
}

// ActorView is somebody, with all the record has.
type ActorView struct {
	Head
	Who        *Who         `json:"who"`
	Country    string       `json:"country,omitempty"`
	Code       string       `json:"code,omitempty"`
	Names      []Count      `json:"names"` // as articles name it
	Roles      []RoleSince  `json:"roles"`
	Offices    []Office     `json:"offices"`    // that the registry knows of, the latest first
	Events     []*Event     `json:"events"`     // the last first
	Statements []*Statement `json:"statements"` // the last first
	Stands     []Standing   `json:"stands"`
	With       []Count      `json:"with"` // who takes part in the same events, the most often first
	// Decisions are those by which articles mean this one.
	Decisions []Decided `json:"decisions"`
}

// RoleSince is a role and the days of the first and last articles that tell it.
type RoleSince struct {
	Role string `json:"role"`
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// Actor gives somebody by name, or a country with all who act for it.
func (l *Ledger) Actor(ctx context.Context, q Query, name string) (*ActorView, error) {
	limit := cmp.Or(q.Limit, 15)
	v := &ActorView{Names: []Count{}, Roles: []RoleSince{}, Events: []*Event{}, Statements: []*Statement{}, Stands: []Standing{}, With: []Count{}, Decisions: []Decided{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if v.Head, err = k.head(ctx, "actor", 0); err != nil {
			return err
		}
		if v.Who, err = k.find(ctx, name); err != nil {
			return err
		}
		if err := v.named(ctx, k); err != nil {
			return err
		}
		ids, err := k.recent(ctx, v.Who.blocks(keyEventOf, keyEventSide), 0, mostMentions/2)
		if err != nil {
			return err
		}
		list, err := k.eventsOf(ctx, ids)
		if err != nil {
			return err
		}
		v.Offices = officesBy(l.reg, v.Who.Key, k.q.AsOf)
		with, called := map[string]int{}, map[string]map[string]int{} // by key; what each is called
		for _, e := range list {
			if e.Slight() && !q.All {
				continue
			}
			v.Events = append(v.Events, e)
			for _, p := range e.Participants {
				if !v.Who.is(p.Key, p.Side) && p.Key != "" {
					if called[p.Key] == nil {
						called[p.Key] = map[string]int{}
					}
					called[p.Key][p.Name]++
				}
			}
		}
		for _, names := range called { // one is written in several ways
			n := 0
			for _, x := range names {
				n += x
			}
			with[counts(names, 1)[0].Name] += n
		}
		v.With = counts(with, limit)
		slices.SortFunc(v.Events, func(a, b *Event) int { return byDay(b, a) })
		v.Events = v.Events[:min(len(v.Events), limit)]
		if ids, err = k.recent(ctx, v.Who.blocks(keySayingOf, keySayingBy), 0, mostSayings/3); err != nil {
			return err
		}
		k.told(&v.Head)
		if v.Statements, err = k.statements(ctx, ids); err != nil {
			return err
		}
		slices.SortFunc(v.Statements, func(a, b *Statement) int { return cmp.Or(b.day-a.day, strings.Compare(a.ID, b.ID)) })
		v.Statements = v.Statements[:min(len(v.Statements), limit)]
		return v.positions(ctx, k)
	})
	if err != nil {
		return nil, fmt.Errorf("actor: %w", err)
	}
	return v, nil
}

func counts(m map[string]int, limit int) []Count {
	out := []Count{}
	for name, n := range m {
		out = append(out, Count{name, n})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(b.N-a.N, strings.Compare(a.Name, b.Name)) })
	return out[:min(len(out), limit)]
}

// named gathers how articles name somebody, and in what roles.
func (v *ActorView) named(ctx context.Context, k *look) error {
	if v.Who.Side != "" {
		v.Country = v.Who.Side
		return nil
	}
	var blocks []string
	for _, key := range append([]string{v.Who.Key}, v.Who.Also...) {
		blocks = append(blocks, keyOf+key)
	}
	ids, err := k.recent(ctx, blocks, 0, mostNamings)
	if err != nil {
		return err
	}
	if err := k.g.load(ctx, ids); err != nil {
		return err
	}
	names := map[string]int{}
	for _, id := range ids {
		n := k.g.nodes[id]
		if n == nil {
			continue
		}
		for i := range n.article.Actors {
			a := &n.article.Actors[i]
			if !v.Who.is(a.Key, "") {
				continue
			}
			names[a.Name]++
			v.decided(n.article, a)
			v.Country, v.Code = cmp.Or(a.Country, v.Country), cmp.Or(a.Code, v.Code)
			if a.Role != "" {
				v.role(a.Role, join.DayString(n.article.Day))
			}
		}
	}
	v.Names = counts(names, 10)
	if l := v.Names; len(l) > 0 && k.l.reg.Entry(v.Who.Key) == nil {
		v.Who.Name = slices.MaxFunc(l, func(a, b Count) int { return cmp.Or(len(a.Name)-len(b.Name), strings.Compare(b.Name, a.Name)) }).Name
	}
	slices.SortFunc(v.Roles, func(a, b RoleSince) int { return cmp.Or(strings.Compare(b.To, a.To), strings.Compare(a.Role, b.Role)) })
	return nil
}

// decided adds the decisions by which an article means somebody.
func (v *ActorView) decided(a *join.Article, who *join.Actor) {
	for i := range a.Decided {
		d := &a.Decided[i]
		if d.Do == DoCorrect && (d.Is == who.Key || d.Is == who.Name) {
			v.Decisions = append(v.Decisions, Decided{ID: d.ID, Do: d.Do, Field: d.Field, Was: d.Was, Is: d.Is, By: d.By, When: stamp(d.When), Why: d.Why, On: []string{a.ID}})
		}
	}
}

func (v *ActorView) role(role, day string) {
	for i := range v.Roles {
		if r := &v.Roles[i]; r.Role == role {
			if day < r.From {
				r.From = day
			}
			r.To = max(r.To, day)
			return
		}
	}
	v.Roles = append(v.Roles, RoleSince{role, day, day})
}

func (v *ActorView) positions(ctx context.Context, k *look) error {
	board, err := k.standsOf(ctx, v.Who)
	if err != nil {
		return err
	}
	for _, s := range board {
		for _, c := range s.Cells {
			if v.Who.Side != "" && c.Side == v.Who.Side || v.Who.Side == "" && c.By == v.Who.Name {
				v.Stands = append(v.Stands, Standing{Topic: s.Topic, Cells: []Cell{c}})
			}
		}
	}
	return nil
}
