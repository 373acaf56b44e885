package record

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"readout/record/join"
	"readout/registry"
)

// Who is an actor that a view is asked about.
type Who struct {
	Name string `json:"name"`
	Key  string `json:"key,omitempty"`
	// Also are keys of the same surname alone, where nobody else has it.
	Also []string `json:"also,omitempty"`
	Side string   `json:"side,omitempty"` // of a country: all who act for it are meant
}

// is reports whether an actor is meant.
func (w *Who) is(key, side string) bool {
	return w.Key != "" && (w.Key == key || slices.Contains(w.Also, key)) || w.Side != "" && w.Side == side
}

// blocks are the blocks of the index where what an actor does stands.
func (w *Who) blocks(byKey, bySide string) []string {
	if w.Side != "" {
		return []string{bySide + w.Side}
	}
	out := []string{byKey + w.Key}
	for _, k := range w.Also {
		out = append(out, byKey+k)
	}
	return out
}

// find tells who a name means: a country, or what stands for one ("Moscow", "the
// Kremlin"), means all who act for it; otherwise somebody whom the record
// names so, by the whole name or a part of it, in any spelling the registry
// knows. A key of the record names whose it is. ErrNotFound and ErrAmbiguous
// tell the names that come near.
func (k *look) find(ctx context.Context, name string) (*Who, error) {
	name = strings.TrimSpace(name)
	if w, err := k.keyed(ctx, name); w != nil || err != nil {
		return w, err
	}
	for _, m := range k.l.reg.Lookup(name) {
		if e := k.l.reg.StandsFor(m.Entry); e.Kind == registry.Country && m.Form != registry.FormSurname {
			return &Who{Name: e.Name, Side: e.Key}, nil
		} else if e.Country != "" && e.Name == join.SideName(k.l.reg, e.Country) { // the United Nations
			return &Who{Name: e.Name, Side: e.Country}, nil
		}
	}
	keys, err := k.named(ctx, name)
	if err != nil {
		return nil, err
	}
	if len(keys) == 0 || len(keys) > 1 {
		if e := k.l.reg.Resolve(name, k.q.AsOf, "").Entry; e != nil {
			if len(keys) == 0 || slices.Contains(keys, e.Key) {
				known, err := k.known(ctx, e.Key)
				if err != nil {
					return nil, err
				}
				if known {
					return &Who{Name: e.Name, Key: e.Key}, nil
				}
			}
		}
	}
	if len(keys) == 2 { // a surname alone, and one who bears it
		for i, key := range keys {
			full := keys[1-i]
			if surname, ok := strings.CutPrefix(key, "person:"); ok && !strings.ContainsAny(surname, "-/") && registry.Fold(name) == surname {
				return &Who{Name: k.name(full, ""), Key: full, Also: []string{key}}, nil
			}
		}
	}
	switch len(keys) {
	case 0:
		return nil, fmt.Errorf("%q: %w", name, ErrNotFound)
	case 1:
		return &Who{Name: k.name(keys[0], ""), Key: keys[0]}, nil
	}
	var names []string
	for _, key := range keys[:min(len(keys), 8)] {
		names = append(names, k.name(key, ""))
	}
	return nil, fmt.Errorf("%q: %w: %s", name, ErrAmbiguous, strings.Join(names, ", "))
}

// keyed is who has a key; nil where it is nobody's in the record.
func (k *look) keyed(ctx context.Context, key string) (*Who, error) {
	switch e := k.l.reg.Entry(key); {
	case e == nil && !strings.Contains(key, ":"):
		return nil, nil
	case e == nil:
	case e.Kind == registry.Country:
		return &Who{Name: e.Name, Side: e.Key}, nil
	case e.Country != "" && e.Name == join.SideName(k.l.reg, e.Country): // the United Nations
		return &Who{Name: e.Name, Side: e.Country}, nil
	}
	known, err := k.known(ctx, key)
	if err != nil || !known {
		return nil, err
	}
	return &Who{Name: k.name(key, ""), Key: key}, nil
}

// named are the keys of the actors whose names have all pieces of a name; only
// those with no others, where a name of several is asked for and there are any.
func (k *look) named(ctx context.Context, name string) ([]string, error) {
	var keys []string
	pieces := strings.Fields(registry.Fold(name))
	for i, piece := range pieces {
		blocks, err := k.r.Blocks(ctx, keyName+piece+"|")
		if err != nil {
			return nil, err
		}
		var have []string
		for _, b := range blocks {
			have = append(have, strings.TrimPrefix(b.Name, keyName+piece+"|"))
		}
		if i == 0 {
			keys = have
			continue
		}
		keys = slices.DeleteFunc(keys, func(x string) bool { return !slices.Contains(have, x) })
	}
	if len(pieces) < 2 { // one piece tells too little to prefer anybody
		return keys, nil
	}
	var exact []string
	for _, key := range keys {
		if registry.Fold(k.name(key, "")) == strings.Join(pieces, " ") {
			exact = append(exact, key)
		}
	}
	if len(exact) > 0 {
		return exact, nil
	}
	return keys, nil
}

// name is the name of a key: the registry's, else the one that is given, else
// made of the key.
func (k *look) name(key, otherwise string) string {
	if e := k.l.reg.Entry(key); e != nil {
		return e.Name
	}
	if otherwise != "" {
		return otherwise
	}
	_, s, _ := strings.Cut(key, ":")
	s, _, _ = strings.Cut(s, "/")
	return strings.ReplaceAll(s, "-", " ")
}

// known reports whether somebody is named in an article, or acts or speaks there
// by an office alone.
func (k *look) known(ctx context.Context, key string) (bool, error) {
	var ranges []join.Range
	for _, block := range []string{keyOf, keyEventOf, keySayingOf, keyPosition} {
		ranges = append(ranges, join.Range{Block: block + key, From: 0, To: 1 << 24})
	}
	ids, err := k.r.Lookup(ctx, ranges)
	return len(ids) > 0, err
}

// Met is what two actors had to do with each other.
type Met struct {
	Head
	A      *Who     `json:"a"`
	B      *Who     `json:"b"`
	Events []*Event `json:"events"` // the last first
}

// Met gives the meetings, calls, talks and visits of two actors, held and
// planned.
func (l *Ledger) Met(ctx context.Context, q Query, a, b string) (*Met, error) {
	m := &Met{Events: []*Event{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if m.Head, err = k.head(ctx, "met", 0); err != nil {
			return err
		}
		if m.A, err = k.find(ctx, a); err != nil {
			return err
		}
		if m.B, err = k.find(ctx, b); err != nil {
			return err
		}
		ids, err := k.recent(ctx, m.A.blocks(keyEventOf, keyEventSide), 0, mostMentions/2)
		if err != nil {
			return err
		}
		if k.unread > 0 { // accounts that name both are read further back
			k.unread, k.since = 0, 0
			both, err := k.recent(ctx, between(m.A, m.B), 0, mostMentions/2)
			if err != nil {
				return err
			}
			ids = append(ids, both...)
		}
		events, err := k.eventsOf(ctx, ids)
		if err != nil {
			return err
		}
		k.told(&m.Head)
		for _, e := range events {
			if e.Encounter() && e.attends(m.A) && e.attends(m.B) {
				m.Events = append(m.Events, e)
			}
		}
		slices.SortFunc(m.Events, func(a, b *Event) int { return byDay(b, a) })
		if q.Limit > 0 && len(m.Events) > q.Limit {
			m.Events = m.Events[:q.Limit]
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("met: %w", err)
	}
	return m, nil
}

// between are the blocks of the accounts in which two take part.
func between(a, b *Who) []string {
	var out []string
	for _, x := range a.blocks("", "side ") {
		for _, y := range b.blocks("", "side ") {
			out = append(out, keyMet+min(x, y)+"|"+max(x, y))
		}
	}
	return out
}

// Encounter reports whether an event is one in which people have to do with each
// other: a meeting, call, visit.
func (e *Event) Encounter() bool {
	switch e.Kind {
	case "meeting", "call", "visit", "negotiation", "mediation", "signing", "exchange":
		return true
	}
	return false
}

// attends reports whether somebody takes part in an event; a visitor meets the
// country that is visited.
func (e *Event) attends(w *Who) bool {
	for _, p := range e.Participants {
		if w.is(p.Key, p.Side) && p.As != "absent" && p.As != "organiser" && p.As != "drafter" {
			return true
		}
	}
	return e.Kind == "visit" && w.Side != "" && w.Side == e.Country
}
