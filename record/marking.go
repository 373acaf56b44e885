package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"readout/record/join"
)

// TLP is a marking of the Traffic Light Protocol 2.0 (https://www.first.org/tlp/):
// with whom an article or a note may be shared.
type TLP uint8

// The markings, each stricter than the one before.
const (
	_              TLP = iota
	TLPClear           // with everybody
	TLPGreen           // within the community
	TLPAmber           // within the organisation and its clients, who need to know
	TLPAmberStrict     // within the organisation
	TLPRed             // with nobody but those who have it
)

var tlpNames = [...]string{"", "clear", "green", "amber", "amber+strict", "red"}

// TLPNames are the markings in words, the least strict first.
func TLPNames() []string { return slices.Clone(tlpNames[1:]) }

func (t TLP) String() string { return tlpNames[t] }

// MarshalText writes the marking as its word.
func (t TLP) MarshalText() ([]byte, error) { return []byte(tlpNames[t]), nil }

// UnmarshalText reads what MarshalText writes.
func (t *TLP) UnmarshalText(b []byte) (err error) {
	*t, err = ParseTLP(string(b))
	return err
}

// ParseTLP reads a marking: "amber", "TLP:AMBER+STRICT".
func ParseTLP(s string) (TLP, error) {
	word := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "tlp:")
	if i := slices.Index(tlpNames[:], word); i > 0 {
		return TLP(i), nil
	}
	return 0, fmt.Errorf("%q is no marking: it is one of %s", s, strings.Join(TLPNames(), ", "))
}

// noteOutlet is how the outlets of notes begin.
const noteOutlet = "note:"

// unmarked is the marking of what no one has marked: clear for what an outlet
// has published, amber for a note.
func unmarked(outlet string) TLP {
	if strings.HasPrefix(outlet, noteOutlet) {
		return TLPAmber
	}
	return TLPClear
}

// markings gives what people have marked the articles of the record, by the
// article's id. A marking says who may see an article today: the last one
// counts, whatever moment is looked at.
func markings(ctx context.Context, r Reader) (map[string]TLP, error) {
	list, err := decisions(ctx, r, keyDecisionDo+DoMark)
	if err != nil {
		return nil, err
	}
	out := map[string]TLP{}
	for i := range list {
		t, err := ParseTLP(list[i].Value)
		if err != nil {
			return nil, fmt.Errorf("%w: decision %s: %w", ErrDamaged, list[i].ID(), err)
		}
		for _, a := range list[i].Articles() {
			out[a] = t
		}
	}
	return out, nil
}

// markingOf is what people have marked one article; 0 where nobody has.
func markingOf(ctx context.Context, r Reader, article string) (TLP, error) {
	list, err := decisions(ctx, r, keyDecisionOn+article)
	if err != nil {
		return 0, err
	}
	for _, d := range slices.Backward(list) {
		if d.Do == DoMark {
			return ParseTLP(d.Value)
		}
	}
	return 0, nil
}

// withheld gives the versions of the articles that are marked above a level. It
// costs what is marked, and the notes.
func withheld(ctx context.Context, r Reader, upto TLP) (map[string]bool, error) {
	marks, err := markings(ctx, r)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for article, t := range marks {
		if t <= upto {
			continue
		}
		versions, err := versionsOf(ctx, r, article)
		if err != nil {
			return nil, err
		}
		for _, v := range versions {
			out[v] = true
		}
	}
	if unmarked(noteOutlet) <= upto {
		return out, nil
	}
	notes, err := r.Lookup(ctx, []join.Range{{Block: keyNote, From: 0, To: 1 << 24}})
	if err != nil {
		return nil, err
	}
	nodes, err := r.Nodes(ctx, notes)
	if err != nil {
		return nil, err
	}
	for i := range nodes {
		v, err := decodeNode(&nodes[i])
		if err != nil {
			return nil, err
		}
		if _, marked := marks[v.article.Of]; !marked {
			out[nodes[i].ID] = true
		}
	}
	return out, nil
}

func versionsOf(ctx context.Context, r Reader, article string) ([]string, error) {
	return r.Lookup(ctx, []join.Range{{Block: "o|of|" + article, From: 0, To: 1 << 24}})
}

// marking is the strictest marking among some versions; clear for none.
func (k *look) marking(ctx context.Context, versions []string) (TLP, error) {
	marks, err := markings(ctx, k.r)
	if err != nil {
		return 0, err
	}
	if err := k.g.load(ctx, versions); err != nil {
		return 0, err
	}
	out := TLPClear
	for _, v := range versions {
		if a := k.g.article(v); a != nil {
			t, ok := marks[a.Of]
			if !ok {
				t = unmarked(a.Outlet)
			}
			out = max(out, t)
		}
	}
	return out, nil
}

// Withheld counts the articles that q.TLP leaves out of a view: those of the
// record as of q.AsOf, or of the process.
func (l *Ledger) Withheld(ctx context.Context, q Query) (int, error) {
	upto := q.TLP
	if upto == 0 {
		return 0, nil
	}
	n := 0
	q.TLP, q.Since = 0, time.Time{}
	err := l.look(ctx, q, func(k *look) error {
		hidden, err := withheld(ctx, k.r, upto)
		if err != nil || len(hidden) == 0 {
			return err
		}
		var versions []string
		for v := range hidden {
			versions = append(versions, v)
		}
		if err := k.g.load(ctx, versions); err != nil {
			return err
		}
		for _, v := range versions {
			a := k.g.article(v)
			if a == nil {
				continue
			}
			in, err := k.articleIn(ctx, a.Of)
			if err != nil {
				return err
			}
			if in {
				n++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("markings: %w", err)
	}
	return n, nil
}

// Mark gives articles a marking; each is named as Purge names it. What has it
// already is left as it is. It gives the articles that were marked.
func (l *Ledger) Mark(ctx context.Context, names []string, level TLP, by, why string) ([]string, error) {
	var ids []string
	err := l.store.View(ctx, func(r Reader) error {
		for _, name := range names {
			id, err := l.articleNamed(ctx, r, name)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("mark: %w", err)
	}
	return l.MarkIDs(ctx, ids, level, by, why)
}

// MarkIDs is Mark for articles by their whole ids. They need not be in the
// record yet: what is marked before it is added is at no moment without its
// marking.
func (l *Ledger) MarkIDs(ctx context.Context, ids []string, level TLP, by, why string) ([]string, error) {
	if level == 0 || int(level) >= len(tlpNames) {
		return nil, errors.New("mark: no level")
	}
	var fresh []string
	err := l.store.View(ctx, func(r Reader) error {
		for _, id := range ids {
			have, err := markingOf(ctx, r, id)
			if err != nil {
				return err
			}
			if have != level {
				fresh = append(fresh, id)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("mark: %w", err)
	}
	fresh = sortedSet(fresh)
	var list []Decision
	for some := range slices.Chunk(fresh, 100) {
		d := Decision{Do: DoMark, Value: level.String(), By: by, Why: why}
		for _, id := range some {
			d.At = append(d.At, Anchor{Article: id})
		}
		list = append(list, d)
	}
	if _, err := l.Decide(ctx, list...); err != nil {
		return nil, err
	}
	return fresh, nil
}
