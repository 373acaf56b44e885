package record

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"readout/record/join"
)

// Checked is what a check looked at.
type Checked struct {
	Entries  int      `json:"entries"`
	Articles int      `json:"articles"` // versions with their text
	Nodes    int      `json:"nodes"`
	Pairs    int      `json:"pairs"`
	Wrong    []string `json:"wrong"` // what does not hold
}

// Check verifies the record: that every entry is what its name says, that every
// version has a reading, and that the index is what the entries give.
func (l *Ledger) Check(ctx context.Context) (*Checked, error) {
	c := &Checked{Wrong: []string{}}
	err := l.store.View(ctx, func(r Reader) error {
		for after := int64(0); ; {
			list, err := r.Entries(ctx, EntryQuery{After: after, Limit: 100})
			if err != nil || len(list) == 0 {
				return err
			}
			for i := range list {
				if err := ctx.Err(); err != nil {
					return err
				}
				after = list[i].Seq
				c.Entries++
				if err := l.checkEntry(ctx, r, &list[i], c); err != nil {
					return err
				}
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("check: %w", err)
	}
	c.Pairs /= 2 // each was met at both ends
	return c, nil
}

func (l *Ledger) checkEntry(ctx context.Context, r Reader, e *Entry, c *Checked) error {
	wrong := func(format string, args ...any) {
		c.Wrong = append(c.Wrong, fmt.Sprintf("entry %d, %s %s: ", e.Seq, e.Kind, e.ID)+fmt.Sprintf(format, args...))
	}
	if len(e.Body) == 0 { // purged
		if nodes, err := r.NodesOf(ctx, e.ID); err != nil || len(nodes) > 0 {
			wrong("it was purged and is still in the index")
			return err
		}
		return nil
	}
	switch e.Kind {
	case KindReading:
		if join.ID("r", e.Of, string(e.Body)) != e.ID {
			wrong("its content is not what its name says")
		}
		return nil
	case KindDecision:
		return l.checkDecision(ctx, r, e, wrong)
	case KindArticle:
	default:
		return nil
	}
	c.Articles++
	a, err := decode[Article](e.Body)
	if err != nil || a.Version() != e.ID || a.ID() != e.Of {
		wrong("its content is not what its name says")
		return nil
	}
	rd, err := lastReading(ctx, r, e.ID)
	if errors.Is(err, ErrDamaged) {
		wrong("%v", err)
		return nil
	}
	if err != nil {
		return err
	}
	v, err := l.values(ctx, r, &a, rd)
	if err != nil {
		return err
	}
	want, err := nodes(e.ID, a.Since(), &v)
	if err != nil {
		return err
	}
	return l.checkNodes(ctx, r, want, c, wrong)
}

func (l *Ledger) checkDecision(ctx context.Context, r Reader, e *Entry, wrong func(string, ...any)) error {
	d, err := decode[Decision](e.Body)
	if err != nil || d.ID() != e.ID {
		wrong("its content is not what its name says")
		return nil
	}
	want, err := decisionNode(&d)
	if err != nil {
		return err
	}
	have, err := r.Nodes(ctx, []string{e.ID})
	if err == nil && (len(have) != 1 || !bytes.Equal(have[0].Body, want.Body)) {
		wrong("it is not in the index")
	}
	return err
}

func (l *Ledger) checkNodes(ctx context.Context, r Reader, want []Node, c *Checked, wrong func(string, ...any)) error {
	var ids []string
	for i := range want {
		ids = append(ids, want[i].ID)
	}
	have, err := r.NodesOf(ctx, want[0].Of)
	if err != nil {
		return err
	}
	if !slices.Equal(sortedSet(ids), have) {
		wrong("the index has %d of its %d values", len(have), len(ids))
		return nil
	}
	stored, err := r.Nodes(ctx, ids)
	if err != nil {
		return err
	}
	slices.SortFunc(want, func(a, b Node) int { return strings.Compare(a.ID, b.ID) })
	for i := range stored {
		c.Nodes++
		if !bytes.Equal(stored[i].Body, want[i].Body) {
			wrong("value %s in the index is not what the reading gives", stored[i].ID)
			continue
		}
		ps, err := l.pairs(ctx, r, want[i:i+1])
		if err != nil {
			return err
		}
		kept, err := r.Pairs(ctx, []string{want[i].ID})
		if err != nil {
			return err
		}
		c.Pairs += len(kept)
		slices.SortFunc(ps, func(a, b Pair) int { return cmp.Or(strings.Compare(a.A, b.A), strings.Compare(a.B, b.B)) })
		if !slices.Equal(ps, kept) {
			wrong("value %s has %d ties in the index, and %d by its content", want[i].ID, len(kept), len(ps))
		}
	}
	return nil
}

// Purged is what a purge removed.
type Purged struct {
	Article  string   `json:"article"`
	Versions []string `json:"versions"`
	Reason   string   `json:"reason"`
	// Decisions are those that held its words: their entries are empty. What they
	// say of other articles goes on in decisions without its words.
	Decisions []string `json:"decisions"`
}

// tombstone is the body of a purge's entry.
type tombstone struct {
	Reason string `json:"reason"`
	By     string `json:"by,omitempty"`
}

// Purge removes an article: its texts, what was read in them, and what rests on
// them alone. A tombstone with the reason stays, and keeps the article from
// coming back. The article is named by its id or its version's, the beginning
// of one, its address, or the key that it was handed in with.
func (l *Ledger) Purge(ctx context.Context, name, reason, by string) (*Purged, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, errors.New("purge: a reason must be given")
	}
	out := &Purged{Reason: reason, Versions: []string{}, Decisions: []string{}}
	now := l.now()
	err := l.update(ctx, func(tx Tx) error {
		var err error
		if out.Article, err = l.articleNamed(ctx, tx, name); err != nil {
			return err
		}
		entries, err := tx.Entries(ctx, EntryQuery{Kind: KindArticle, Of: out.Article})
		if err != nil {
			return err
		}
		for _, e := range entries {
			out.Versions = append(out.Versions, e.ID)
			ids, err := tx.NodesOf(ctx, e.ID)
			if err != nil {
				return err
			}
			if err := dropNodes(ctx, tx, ids); err != nil {
				return err
			}
			readings, err := tx.Entries(ctx, EntryQuery{Kind: KindReading, Of: e.ID})
			if err != nil {
				return err
			}
			for _, d := range append(readings, e) {
				if err := tx.Erase(ctx, d.ID); err != nil {
					return err
				}
			}
		}
		if out.Decisions, err = l.purgeDecisions(ctx, tx, out.Article, now); err != nil {
			return err
		}
		body, err := encode(tombstone{reason, by})
		if err != nil {
			return err
		}
		_, err = tx.Append(ctx, Entry{ID: join.ID("x", out.Article), Kind: KindPurge, Of: out.Article, Learnt: now, Body: body})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("purge: %w", err)
	}
	return out, nil
}

// purgeDecisions empties the decisions about an article. What one of them says of
// other articles stays: it is decided anew without the article's words.
func (l *Ledger) purgeDecisions(ctx context.Context, tx Tx, article string, now time.Time) ([]string, error) {
	ids, err := tx.Lookup(ctx, []join.Range{{Block: keyDecisionOn + article, From: 0, To: 1 << 24}})
	if err != nil || len(ids) == 0 {
		return []string{}, err
	}
	counting, err := counting(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	nodes, err := tx.Nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	var touched []string
	for i := range nodes {
		d, err := decode[Decision](nodes[i].Body)
		if err != nil {
			return nil, fmt.Errorf("%w: decision %s: %w", ErrDamaged, nodes[i].ID, err)
		}
		touched = append(touched, d.Articles()...)
		if err := tx.Erase(ctx, nodes[i].ID); err != nil {
			return nil, err
		}
	}
	if err := dropNodes(ctx, tx, ids); err != nil {
		return nil, err
	}
	var rest []Decision
	for _, d := range counting {
		d.At = slices.DeleteFunc(slices.Clone(d.At), func(a Anchor) bool { return a.Article == article })
		if len(d.At) > 0 && d.prepare(now) == nil {
			rest = append(rest, d)
		}
	}
	if _, err := l.decide(ctx, tx, rest, now); err != nil {
		return nil, err
	}
	for _, a := range sortedSet(touched) {
		if a == article {
			continue
		}
		if err := l.reindexArticle(ctx, tx, a); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// articleNamed finds an article by its id or its version's, the beginning of
// one, its address or its key.
func (l *Ledger) articleNamed(ctx context.Context, r Reader, name string) (string, error) {
	ranges := []join.Range{{Block: keyCalled + name}}
	if u := join.CanonicalURL(name); u != "" {
		ranges = append(ranges, join.Range{Block: keyPage + u})
	}
	found := map[string]bool{}
	if isID(name, "a") {
		blocks, err := r.Blocks(ctx, "o|of|"+name)
		if err != nil {
			return "", err
		}
		for _, b := range blocks {
			found[strings.TrimPrefix(b.Name, "o|of|")] = true
		}
	}
	versions, err := r.Lookup(ctx, ranges)
	if err != nil {
		return "", err
	}
	if isID(name, "v") {
		more, err := r.Prefix(ctx, name, 20)
		if err != nil {
			return "", err
		}
		versions = append(versions, more...)
	}
	for _, v := range versions {
		e, err := r.Entry(ctx, v)
		if err != nil {
			return "", err
		}
		found[e.Of] = true
	}
	// What was purged has no index, and its tombstone names it.
	if len(found) == 0 && isID(name, "av") {
		stones, err := r.Entries(ctx, EntryQuery{Kind: KindPurge})
		if err != nil {
			return "", err
		}
		for i := range stones {
			if strings.HasPrefix(stones[i].Of, name) {
				found[stones[i].Of] = true
			}
		}
		if e, err := r.Entry(ctx, name); err == nil && e.Kind == KindArticle {
			found[e.Of] = true
		}
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("article %q: %w", name, ErrNotFound)
	case 1:
		for a := range found {
			return a, nil
		}
	}
	return "", fmt.Errorf("%q: %w", name, ErrAmbiguous)
}
