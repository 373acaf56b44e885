package record

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"readout/doc"
	"readout/record/join"
)

// Events that are tied to each other: as an article tells it, or as people
// decided. A decision names two events, of one article or of two, and takes the
// place of what was read or decided before of these two. It is kept with the
// values of both, as a merge is, so that either article may come first.

// Tied is what an event is tied to.
type Tied struct {
	As    string `json:"as"`    // one of LinkKinds
	Event string `json:"event"` // the record's
	By    string `json:"by,omitempty"`
}

// Waits reports whether the event waits for the other one.
func (t Tied) Waits() bool { return t.As == doc.LinkRequires.String() }

// EventLink ties an event to another of the record.
type EventLink struct {
	As    string `json:"as"`
	By    string `json:"by,omitempty"` // who decided it; "": it was read
	Event *Event `json:"event"`
}

// untied is the kind of a link that is none.
const untied = "none"

// LinkKinds are the kinds of links, as in readings.
func LinkKinds() []string {
	var out []string
	for _, k := range doc.LinkKinds() {
		out = append(out, k.String())
	}
	return out
}

// linkKind tells what is wrong with the kind of a link.
func linkKind(s string) error {
	if s == untied || slices.Contains(LinkKinds(), s) {
		return nil
	}
	return fmt.Errorf("%q is not one of %s, or %s", s, strings.Join(LinkKinds(), ", "), untied)
}

// linking anchors a decision that ties two events: the first account of each, or
// the ones that are named.
func (k *look) linking(ctx context.Context, d *Decision, a *Ask) error {
	if len(a.IDs) != 2 {
		return errAsk("two events are tied, and %d are named", len(a.IDs))
	}
	var of []string
	for _, id := range a.IDs {
		if !isID(id, "e") {
			return errAsk("%q is no event's id: events are tied to events", id)
		}
		ids, err := k.meant(ctx, id, a)
		if err != nil {
			return err
		}
		events, err := k.eventsOf(ctx, ids[:1])
		if err != nil {
			return err
		}
		if len(events) > 0 {
			of = append(of, events[0].ID)
		}
		if err := k.anchors(ctx, d, ids[:1]); err != nil {
			return err
		}
	}
	if len(of) == 2 && of[0] == of[1] {
		return errAsk("%s and %s are one event", a.IDs[0], a.IDs[1])
	}
	return nil
}

// Which end of a decided link a value is: join.Decided's As.
const (
	linkFrom = "from"
	linkTo   = "to"
)

// end is which end of a link a located decision is about.
func (t *located) end() string {
	if t.on == &t.At[0] {
		return linkFrom
	}
	return linkTo
}

// tie tells events what they are tied to, by their ids in the record.
func (k *look) tie(ctx context.Context, list []*Event) error {
	type link struct {
		as, to string
		by     *join.Decided
	}
	links := make([][]link, len(list))
	var ids []string
	for i, e := range list {
		for _, l := range e.links {
			links[i] = append(links[i], link{l.As, l.To, nil})
			ids = append(ids, l.To)
		}
		var hand []link
		for _, m := range e.members {
			for j := range m.mention.Decided {
				d := &m.mention.Decided[j]
				if d.Do != DoLink || d.As != linkFrom {
					continue
				}
				ends, err := k.r.Lookup(ctx, []join.Range{{Block: keyDecided + d.ID}})
				if err != nil {
					return err
				}
				for _, id := range ends {
					if id != m.ID {
						hand = append(hand, link{d.Is, id, d})
						ids = append(ids, id)
					}
				}
			}
		}
		slices.SortFunc(hand, func(a, b link) int { return a.by.Compare(b.by) })
		links[i] = append(links[i], hand...)
	}
	names, err := k.leaders(ctx, ids)
	if err != nil {
		return err
	}
	for i, e := range list {
		e.Links = nil
		for _, l := range links[i] {
			to := names[l.to]
			if to == "" || to == e.ID {
				continue
			}
			t := Tied{As: l.as, Event: to}
			if l.by != nil { // it takes the place of what was known of the two
				e.Links = slices.DeleteFunc(e.Links, func(o Tied) bool { return o.Event == to })
				t.By = l.by.By
			}
			if l.as != untied && !slices.Contains(e.Links, t) {
				e.Links = append(e.Links, t)
			}
		}
		slices.SortFunc(e.Links, func(a, b Tied) int { return cmp.Or(strings.Compare(a.Event, b.Event), strings.Compare(a.As, b.As)) })
	}
	return nil
}

// leaders gives nodes the ids of the events or statements they belong to; those
// that do not hold have none.
func (k *look) leaders(ctx context.Context, ids []string) (map[string]string, error) {
	out := map[string]string{}
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == "" })
	if len(ids) == 0 {
		return out, nil
	}
	parts, err := k.g.components(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		for _, m := range p.members {
			out[m.ID] = p.members[0].ID
		}
	}
	return out, nil
}

// linked are the events that an event is tied to, by their day.
func (k *look) linked(ctx context.Context, e *Event) ([]EventLink, error) {
	out := []EventLink{}
	if err := k.tie(ctx, []*Event{e}); err != nil {
		return nil, err
	}
	for _, l := range e.Links {
		others, err := k.eventsOf(ctx, []string{l.Event})
		if err != nil {
			return nil, err
		}
		for _, o := range others {
			out = append(out, EventLink{l.As, l.By, o})
		}
	}
	slices.SortFunc(out, func(a, b EventLink) int { return cmp.Or(byDay(a.Event, b.Event), strings.Compare(a.As, b.As)) })
	return out, nil
}
