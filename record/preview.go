package record

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"readout/record/join"
)

// Preview is what decisions would change: the events and statements that they
// are about, as they are and as they would be.
type Preview struct {
	Decisions []Taken      `json:"decisions"`
	Before    []*Event     `json:"before"`
	After     []*Event     `json:"after"`
	Were      []*Statement `json:"were"`
	Are       []*Statement `json:"are"`
	Differs   []Difference `json:"differs"`
	// Unfit are decisions that find nothing that they could be about.
	Unfit []Unfit `json:"unfit"`
}

// Difference is one thing that decisions change.
type Difference struct {
	// ID is of the event or statement as it would be; as it is, where it would be
	// gone. Of who somebody is, it is the version of the article.
	ID    string `json:"id"`
	Field string `json:"field"`
	Was   string `json:"was,omitempty"`
	Is    string `json:"is,omitempty"`
}

// errPreview takes a transaction back that was only looked into.
var errPreview = errors.New("only looked at")

// Preview tells what decisions would change, and keeps nothing of them.
func (l *Ledger) Preview(ctx context.Context, q Query, list ...Decision) (*Preview, error) {
	p := &Preview{Before: []*Event{}, After: []*Event{}, Were: []*Statement{}, Are: []*Statement{}, Differs: []Difference{}, Unfit: []Unfit{}}
	now := l.now()
	if q.AsOf.IsZero() {
		q.AsOf = now
	}
	list = slices.Clone(list)
	for i := range list {
		list[i].By = cmp.Or(list[i].By, "-")
		if err := list[i].prepare(now); err != nil {
			return nil, err
		}
	}
	for i := range list {
		p.Decisions = append(p.Decisions, Taken{ID: list[i].ID(), Decision: list[i], On: []string{}})
	}
	var about []string
	// What they are about is known only when they are taken; then what that is
	// without them, and with them.
	try := func(f func(Tx) error) error {
		err := l.update(ctx, func(tx Tx) error {
			if _, err := l.decide(ctx, tx, list, now); err != nil {
				return err
			}
			if err := f(tx); err != nil {
				return err
			}
			return errPreview
		})
		if errors.Is(err, errPreview) {
			return nil
		}
		return err
	}
	err := try(func(tx Tx) (err error) {
		if about, err = aboutOf(ctx, tx, list); err != nil {
			return err
		}
		p.Unfit, err = unfit(ctx, tx, list)
		return err
	})
	if err == nil {
		err = l.look(ctx, q, func(k *look) (err error) {
			before, err := aboutOf(ctx, k.r, list) // of what is undone
			if err != nil {
				return err
			}
			about = sortedSet(append(about, before...))
			p.Before, p.Were, err = k.things(ctx, about)
			return err
		})
	}
	if err == nil {
		for _, e := range p.Before {
			for _, m := range e.members {
				about = append(about, m.ID)
			}
		}
		for _, s := range p.Were {
			for _, m := range s.members {
				about = append(about, m.ID)
			}
		}
		err = try(func(tx Tx) (err error) {
			k := &look{l: l, q: q, r: tx, g: newGraph(tx, q.AsOf), today: join.DayOf(q.AsOf)}
			p.After, p.Are, err = k.things(ctx, about)
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	p.compare()
	return p, nil
}

// List are the decisions themselves, to be kept by Decide.
func (p *Preview) List() []Decision {
	var out []Decision
	for i := range p.Decisions {
		out = append(out, p.Decisions[i].Decision)
	}
	return out
}

// aboutOf are the events and statements, and positions, that decisions are
// about; of undoings, what those they undo are.
func aboutOf(ctx context.Context, r Reader, list []Decision) ([]string, error) {
	var ranges []join.Range
	for i := range list {
		id := list[i].ID()
		if list[i].Do == DoUndo {
			id = list[i].Of
		}
		ranges = append(ranges, join.Range{Block: keyDecided + id})
	}
	return r.Lookup(ctx, ranges)
}

// things are the events and statements that some accounts belong to.
func (k *look) things(ctx context.Context, ids []string) ([]*Event, []*Statement, error) {
	var events, sayings []string
	for _, id := range ids {
		switch kind(id) {
		case 'e':
			events = append(events, id)
		case 's':
			sayings = append(sayings, id)
		}
	}
	list, err := k.eventsOf(ctx, events)
	if err != nil {
		return nil, nil, err
	}
	if err := k.tie(ctx, list); err != nil {
		return nil, nil, err
	}
	said, err := k.statements(ctx, sayings)
	slices.SortFunc(list, byDay)
	return list, said, err
}

// compare lists what is not as it was.
func (p *Preview) compare() {
	before := map[string]*Event{}
	for _, e := range p.Before {
		for _, m := range e.members {
			before[m.ID] = e
		}
	}
	follows := map[*Event]bool{}
	for _, e := range p.After {
		var were []*Event
		for _, m := range e.members {
			if w := before[m.ID]; w != nil && !slices.Contains(were, w) {
				were = append(were, w)
			}
		}
		if len(were) == 0 {
			p.Differs = append(p.Differs, Difference{e.ID, "event", "", outline(e)})
			continue
		}
		if len(were) > 1 {
			var ids []string
			for _, w := range were {
				ids = append(ids, short(w.ID)+" "+outline(w))
			}
			p.Differs = append(p.Differs, Difference{e.ID, "one of", strings.Join(ids, "; "), ""})
		}
		w := were[0]
		if follows[w] {
			p.Differs = append(p.Differs, Difference{e.ID, "apart from", short(w.ID) + " " + outline(w), outline(e)})
			continue
		}
		follows[w] = true
		for _, o := range were[1:] {
			follows[o] = true
		}
		was, is := features(w), features(e)
		for i := range is {
			if was[i].is != is[i].is {
				p.Differs = append(p.Differs, Difference{e.ID, is[i].field, was[i].is, is[i].is})
			}
		}
	}
	for _, w := range p.Before {
		if !follows[w] {
			p.Differs = append(p.Differs, Difference{w.ID, "event", outline(w), ""})
		}
	}
	p.compareStatements()
	for i := range p.Decisions {
		d := &p.Decisions[i]
		for j := range d.At {
			if a := &d.At[j]; d.Do == DoCorrect && d.Field == "who" {
				p.Differs = append(p.Differs, Difference{a.Version, "who", a.As, d.Value})
			}
		}
	}
}

func (p *Preview) compareStatements() {
	before := map[string]*Statement{}
	for _, s := range p.Were {
		for _, m := range s.members {
			before[m.ID] = s
		}
	}
	follows := map[*Statement]bool{}
	for _, s := range p.Are {
		var w *Statement
		for _, m := range s.members {
			if o := before[m.ID]; o != nil {
				if w == nil && !follows[o] {
					w = o
				}
			}
		}
		if w == nil {
			p.Differs = append(p.Differs, Difference{s.ID, "statement", "", said(s)})
			continue
		}
		for _, m := range s.members {
			if o := before[m.ID]; o != nil {
				follows[o] = true
			}
		}
		for _, f := range [...]struct{ field, was, is string }{
			{"source", w.By, s.By}, {"act", w.Act, s.Act}, {"standing", w.Standing, s.Standing}, {"record", w.Record, s.Record},
			{"channel", w.Channel, s.Channel}, {"day", w.Day, s.Day}, {"text", w.Text, s.Text}, {"credibility", Credible(w.Credibility), Credible(s.Credibility)}, {"articles", fmt.Sprint(len(w.Witnesses)), fmt.Sprint(len(s.Witnesses))},
		} {
			if f.was != f.is {
				p.Differs = append(p.Differs, Difference{s.ID, f.field, f.was, f.is})
			}
		}
	}
	for _, w := range p.Were {
		if !follows[w] {
			p.Differs = append(p.Differs, Difference{w.ID, "statement", said(w), ""})
		}
	}
}

// said is a statement in few words.
func said(s *Statement) string { return strings.TrimPrefix(s.By+": "+s.Text, ": ") }

type feature struct{ field, is string }

// features are what is compared of two states of an event.
func features(e *Event) []feature {
	var parts []string
	for _, p := range e.Participants {
		s := p.Name
		if p.As != "participant" {
			s += " as " + p.As
		}
		parts = append(parts, s)
	}
	slices.Sort(parts)
	return []feature{
		{"kind", e.Kind}, {"format", e.Format}, {"level", e.Level}, {"status", e.Status.Value}, {"day", e.when.String()}, {"place", e.Place},
		{"deadline", e.Deadline}, {"participants", strings.Join(parts, "; ")}, {"conditions", e.waits()}, {"tied to", e.tiedTo()}, {"credibility", Credible(e.Credibility)}, {"articles", fmt.Sprint(e.Articles)},
	}
}

// waits are the conditions of an event in words.
func (e *Event) waits() string {
	var out []string
	for i := range e.Conditions {
		if w := Introduced(e.Conditions[i].As, e.Conditions[i].Witness.Words); !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return strings.Join(out, "; ")
}

// tiedTo is what an event is tied to, in words.
func (e *Event) tiedTo() string {
	var out []string
	for _, l := range e.Links {
		out = append(out, l.As+" "+short(l.Event))
	}
	return strings.Join(out, "; ")
}

// outline is an event in few words.
func outline(e *Event) string {
	var names []string
	for _, p := range e.Participants {
		names = append(names, p.Name)
	}
	s := strings.TrimSpace(e.when.String() + " " + e.Kind)
	if len(names) > 0 {
		s += " of " + strings.Join(names[:min(len(names), 4)], ", ")
	}
	return s + ", " + e.Status.Value
}
