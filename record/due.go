package record

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"readout/record/join"
)

// Due is what was promised or has a last day, and what became of it.
type Due struct {
	Head
	Deadlines []Deadline `json:"deadlines"` // the next first
	Promises  []Promise  `json:"promises"`  // the last first
}

// What became of something due. A day that goes by without a word leaves it
// open.
const (
	DueOpen   = "open"
	DueKept   = "kept"   // it is reported to have taken place
	DueMissed = "missed" // it is reported off
)

// Deadline is an event with a last day.
type Deadline struct {
	Event *Event `json:"event"`
	Day   string `json:"day"`
	State string `json:"state"`
	Past  bool   `json:"past"` // the day has gone by
}

// Promise is a statement that promises something, with the events it speaks of.
type Promise struct {
	Statement *Statement `json:"statement"`
	Events    []*Event   `json:"events"`
	State     string     `json:"state"`
}

func dueState(status string) string {
	switch status {
	case "occurred":
		return DueKept
	case "cancelled", "denied":
		return DueMissed
	}
	return DueOpen
}

// Due gives the deadlines and promises of the record.
func (l *Ledger) Due(ctx context.Context, q Query) (*Due, error) {
	d := &Due{Deadlines: []Deadline{}, Promises: []Promise{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if d.Head, err = k.head(ctx, "due", 0); err != nil {
			return err
		}
		// A page of each: what is due is read line by line, however small the record.
		ids, err := k.newestFrom(ctx, []join.Range{{Block: keyEventDue, From: 1, To: maxDay}}, mostMentions/4, 0)
		if err != nil {
			return err
		}
		said, err := k.newestFrom(ctx, k.days(keyPromise, 0), mostSayings/3, 0)
		if err != nil {
			return err
		}
		k.told(&d.Head)
		if err := k.g.load(ctx, said); err != nil {
			return err
		}
		said = slices.DeleteFunc(said, func(id string) bool { return k.g.nodes[id] == nil })
		list, err := k.statements(ctx, said)
		if err != nil {
			return err
		}
		for _, s := range list {
			for _, m := range s.members {
				ids = append(ids, m.saying.About...)
			}
		}
		events, err := k.eventsOf(ctx, ids)
		if err != nil {
			return err
		}
		byMention := map[string]*Event{}
		for _, e := range events {
			if !k.toldIn(e, 0) {
				continue
			}
			for _, m := range e.members {
				byMention[m.ID] = e
			}
			if e.Deadline == "" {
				continue
			}
			day := e.Deadline[strings.IndexByte(e.Deadline, '/')+1:] // the last of an interval
			d.Deadlines = append(d.Deadlines, Deadline{Event: e, Day: day, State: dueState(e.Status.Value), Past: join.Day(day) < k.today})
		}
		for _, s := range list {
			d.Promises = append(d.Promises, promise(s, byMention))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("due: %w", err)
	}
	slices.SortFunc(d.Deadlines, func(a, b Deadline) int {
		if c := strings.Compare(a.Day, b.Day); c != 0 {
			return c
		}
		return strings.Compare(a.Event.ID, b.Event.ID)
	})
	slices.SortFunc(d.Promises, func(a, b Promise) int {
		if c := b.Statement.day - a.Statement.day; c != 0 {
			return c
		}
		return strings.Compare(a.Statement.ID, b.Statement.ID)
	})
	return d, nil
}

func promise(s *Statement, events map[string]*Event) Promise {
	p := Promise{Statement: s, Events: []*Event{}, State: DueOpen}
	for _, m := range s.members {
		for _, id := range m.saying.About {
			if e := events[id]; e != nil && !slices.Contains(p.Events, e) {
				p.Events = append(p.Events, e)
			}
		}
	}
	if len(p.Events) == 1 { // of several it is not told which was promised
		p.State = dueState(p.Events[0].Status.Value)
	}
	return p
}
