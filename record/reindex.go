package record

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"readout/reading"
)

// span gives the nodes of all versions of articles their ends: a version holds
// until one is published that says it is later. Two of which neither says so
// both hold.
func span(ctx context.Context, tx Tx, articles ...string) error {
	all, err := entriesOf(ctx, tx, KindArticle, articles)
	if err != nil {
		return err
	}
	for _, entries := range all {
		if len(entries) < 2 {
			continue
		}
		for _, e := range entries {
			var until time.Time
			for _, o := range entries {
				if len(o.Body) > 0 && !e.Published.IsZero() && o.Published.After(e.Published) && (until.IsZero() || o.Published.Before(until)) {
					until = o.Published
				}
			}
			ids, err := tx.NodesOf(ctx, e.ID)
			if err != nil {
				return err
			}
			if ids, err = holding(ctx, tx, ids); err != nil {
				return err
			}
			if err := tx.SetUntil(ctx, ids, until); err != nil {
				return err
			}
		}
	}
	return nil
}

// holding leaves out the nodes of what was rejected: they hold at no time,
// whatever becomes of their version.
func holding(ctx context.Context, r Reader, ids []string) ([]string, error) {
	nodes, err := r.Nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]string, 0, len(nodes))
	for i := range nodes {
		if n := &nodes[i]; n.Until.IsZero() || n.Until.After(n.From) {
			out = append(out, n.ID)
		}
	}
	return out, nil
}

// Reindex makes the index anew from the entries.
func (l *Ledger) Reindex(ctx context.Context) error {
	err := l.update(ctx, func(tx Tx) error {
		if err := tx.DropIndex(ctx); err != nil {
			return err
		}
		if err := noteDropped(ctx, tx); err != nil {
			return err
		}
		// Decisions first: what they say of an article counts when it is indexed.
		if err := indexDecisions(ctx, tx); err != nil {
			return err
		}
		articles := map[string]bool{}
		const batch = 100
		for after := int64(0); ; {
			entries, err := tx.Entries(ctx, EntryQuery{Kind: KindArticle, After: after, Limit: batch})
			if err != nil {
				return err
			}
			for i := range entries {
				if err := ctx.Err(); err != nil {
					return err
				}
				after = entries[i].Seq
				articles[entries[i].Of] = true
			}
			if err := l.reindex(ctx, tx, entries); err != nil {
				return err
			}
			if len(entries) < batch {
				break
			}
		}
		for some := range slices.Chunk(slices.Sorted(maps.Keys(articles)), batch) {
			if err := span(ctx, tx, some...); err != nil {
				return err
			}
		}
		return tx.SetMeta(ctx, metaJoin, indexVersion())
	})
	if err != nil {
		return fmt.Errorf("make the index: %w", err)
	}
	return nil
}

func indexDecisions(ctx context.Context, tx Tx) error {
	list, err := tx.Entries(ctx, EntryQuery{Kind: KindDecision})
	if err != nil {
		return err
	}
	for i := range list {
		if len(list[i].Body) == 0 {
			continue
		}
		d, err := decode[Decision](list[i].Body)
		if err != nil {
			return fmt.Errorf("%w: decision %s: %w", ErrDamaged, list[i].ID, err)
		}
		n, err := decisionNode(&d)
		if err != nil {
			return err
		}
		if err := tx.PutNodes(ctx, []Node{n}); err != nil {
			return err
		}
	}
	return nil
}

// indexTogether is how many articles are indexed at once: what they are compared
// with is held in memory.
const indexTogether = 25

// reindex puts versions into the index by their entries; those that were purged
// are passed over.
func (l *Ledger) reindex(ctx context.Context, tx Tx, entries []Entry) error {
	for part := range slices.Chunk(entries, indexTogether) {
		if err := ctx.Err(); err != nil {
			return err
		}
		var ids []string
		for i := range part {
			ids = append(ids, part[i].ID)
		}
		readings, err := entriesOf(ctx, tx, KindReading, ids)
		if err != nil {
			return err
		}
		var list []indexed
		for i := range part {
			e := &part[i]
			if len(e.Body) == 0 {
				continue
			}
			a, err := decode[Article](e.Body)
			if err != nil {
				return fmt.Errorf("article %s: %w: %w", e.ID, ErrDamaged, err)
			}
			r, err := lastOf(e.ID, readings[e.ID])
			if err != nil {
				return fmt.Errorf("article %s: %w", e.ID, err)
			}
			list = append(list, indexed{&a, r, e.Learnt})
		}
		if len(list) == 0 {
			continue
		}
		if err := l.index(ctx, tx, list...); err != nil {
			return fmt.Errorf("articles %s to %s: %w", part[0].ID, part[len(part)-1].ID, err)
		}
	}
	return nil
}

// lastReading is the reading of a version that counts.
func lastReading(ctx context.Context, rd Reader, version string) (*reading.Reading, error) {
	entries, err := rd.Entries(ctx, EntryQuery{Kind: KindReading, Of: version})
	if err != nil {
		return nil, err
	}
	return lastOf(version, entries)
}

// lastOf is the reading that counts of all that a version has: the one learnt
// last.
func lastOf(version string, entries []Entry) (*reading.Reading, error) {
	if len(entries) == 0 {
		return nil, fmt.Errorf("%w: version %s has no reading", ErrDamaged, version)
	}
	r, err := decode[reading.Reading](entries[len(entries)-1].Body)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return &r, nil
}
