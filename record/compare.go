package record

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"readout/record/join"
)

// Compare is two articles side by side: two sides' accounts of one call, as a
// rule.
type Compare struct {
	Head
	A     Witness  `json:"a"` // Words is the title
	B     Witness  `json:"b"`
	Both  []Shared `json:"both"`   // events that both tell of
	Said  []*Pairs `json:"said"`   // statements that both report
	OnlyA []Alone  `json:"only_a"` // what B lacks
	OnlyB []Alone  `json:"only_b"` // what A lacks
}

// Shared is an event that both articles tell of, with what each gives.
type Shared struct {
	Event  *Event  `json:"event"`
	Fields []Field `json:"fields"`
	A      Witness `json:"a"`
	B      Witness `json:"b"`
}

// Field is one value as the two have it; "" where one does not tell.
type Field struct {
	Name string `json:"name"`
	A    string `json:"a,omitempty"`
	B    string `json:"b,omitempty"`
	Same bool   `json:"same"`
}

// Pairs is a statement in the words of both.
type Pairs struct {
	Statement *Statement `json:"statement"`
	A         Witness    `json:"a"`
	B         Witness    `json:"b"`
}

// Alone is an event or a statement that only one of the two has.
type Alone struct {
	Event     *Event     `json:"event,omitempty"`
	Statement *Statement `json:"statement,omitempty"`
	Witness   Witness    `json:"witness"`
}

// Compare sets two articles side by side, each named as for Purge.
func (l *Ledger) Compare(ctx context.Context, q Query, a, b string) (*Compare, error) {
	c := &Compare{Both: []Shared{}, Said: []*Pairs{}, OnlyA: []Alone{}, OnlyB: []Alone{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if c.Head, err = k.head(ctx, "compare", 0); err != nil {
			return err
		}
		va, err := k.version(ctx, a)
		if err != nil {
			return err
		}
		vb, err := k.version(ctx, b)
		if err != nil {
			return err
		}
		if va == vb {
			return fmt.Errorf("%q and %q are one article", a, b)
		}
		c.A, c.B = witness(k.g.article(va), k.g.article(va).Title, [2]int{}), witness(k.g.article(vb), k.g.article(vb).Title, [2]int{})
		if err := c.events(ctx, k, va, vb); err != nil {
			return err
		}
		return c.statements(ctx, k, va, vb)
	})
	if err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	return c, nil
}

// version is the version of an article that holds at the moment of the view.
func (k *look) version(ctx context.Context, name string) (string, error) {
	article, err := k.l.articleNamed(ctx, k.r, name)
	if err != nil {
		return "", err
	}
	ids, err := k.r.Lookup(ctx, []join.Range{{Block: "o|of|" + article, From: 0, To: 1 << 24}})
	if err != nil {
		return "", err
	}
	if err := k.g.load(ctx, ids); err != nil {
		return "", err
	}
	for _, id := range ids {
		if k.g.nodes[id] != nil && (!isID(name, "v") || len(ids) == 1 || strings.HasPrefix(id, name)) {
			return id, nil
		}
	}
	return "", fmt.Errorf("article %q: not known by %s: %w", name, k.q.AsOf.Format("2006-01-02"), ErrNotFound)
}

// of gives the nodes of a kind that two versions have and that hold.
func (k *look) of(ctx context.Context, letter byte, versions ...string) ([]string, error) {
	var out []string
	for _, v := range versions {
		ids, err := k.r.NodesOf(ctx, v)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if kind(id) == letter {
				out = append(out, id)
			}
		}
	}
	return out, nil
}

func (c *Compare) events(ctx context.Context, k *look, va, vb string) error {
	ids, err := k.of(ctx, 'e', va, vb)
	if err != nil {
		return err
	}
	events, err := k.eventsOf(ctx, ids)
	if err != nil {
		return err
	}
	slices.SortFunc(events, byDay)
	for _, e := range events {
		ma, mb := member(e.members, va), member(e.members, vb)
		switch {
		case ma != nil && mb != nil:
			c.Both = append(c.Both, Shared{
				Event: e, Fields: k.fields(ma.mention, mb.mention),
				A: witness(k.g.article(va), ma.mention.Words, firstSpan(ma.mention)), B: witness(k.g.article(vb), mb.mention.Words, firstSpan(mb.mention)),
			})
		case e.Slight():
		case ma != nil:
			c.OnlyA = append(c.OnlyA, Alone{Event: e, Witness: witness(k.g.article(va), ma.mention.Words, firstSpan(ma.mention))})
		case mb != nil:
			c.OnlyB = append(c.OnlyB, Alone{Event: e, Witness: witness(k.g.article(vb), mb.mention.Words, firstSpan(mb.mention))})
		}
	}
	return nil
}

func member(list []*node, version string) *node {
	for _, m := range list {
		if m.Of == version {
			return m
		}
	}
	return nil
}

// fields are the values of an event that at least one of two accounts gives.
func (k *look) fields(a, b *join.Mention) []Field {
	var out []Field
	for _, f := range []struct {
		name  string
		value func(*join.Mention) string
	}{
		{"kind", func(m *join.Mention) string { return m.Kind }},
		{"day", func(m *join.Mention) string { return m.When.String() }},
		{"place", func(m *join.Mention) string { return m.Place.String() }},
		{"status", func(m *join.Mention) string { return m.Status }},
		{"who takes part", func(m *join.Mention) string {
			var names []string
			for _, x := range m.Attending() {
				names = append(names, k.name(x.Key, x.Name)) // in one spelling
			}
			slices.Sort(names)
			return strings.Join(slices.Compact(names), ", ")
		}},
		{"duration", func(m *join.Mention) string { return m.Duration }},
		{"on", func(m *join.Mention) string { return strings.Join(m.Topics, ", ") }},
	} {
		x, y := f.value(a), f.value(b)
		if x != "" || y != "" {
			out = append(out, Field{f.name, x, y, x == y})
		}
	}
	return out
}

func (c *Compare) statements(ctx context.Context, k *look, va, vb string) error {
	ids, err := k.of(ctx, 's', va, vb)
	if err != nil {
		return err
	}
	if err := k.g.load(ctx, ids); err != nil {
		return err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { n := k.g.nodes[id]; return n == nil || n.saying.Within != "" })
	list, err := k.statements(ctx, ids)
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(x, y *Statement) int { return cmp.Or(x.day-y.day, strings.Compare(x.ID, y.ID)) })
	for _, s := range list {
		sa, sb := member(s.members, va), member(s.members, vb)
		of := func(n *node) Witness { return witness(k.g.article(n.Of), n.saying.Words, n.saying.Span) }
		switch {
		case sa != nil && sb != nil:
			c.Said = append(c.Said, &Pairs{s, of(sa), of(sb)})
		case sa != nil:
			c.OnlyA = append(c.OnlyA, Alone{Statement: s, Witness: of(sa)})
		case sb != nil:
			c.OnlyB = append(c.OnlyB, Alone{Statement: s, Witness: of(sb)})
		}
	}
	return nil
}
