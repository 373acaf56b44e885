package record

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"readout/reading"
)

// Articles yields all versions of all articles in the order they were learnt,
// but those that were purged. An error ends it.
func (l *Ledger) Articles(ctx context.Context) iter.Seq2[*Article, error] {
	return func(yield func(*Article, error) bool) {
		const batch = 50
		for after := int64(0); ; {
			var list []Entry
			err := l.store.View(ctx, func(r Reader) (err error) {
				list, err = r.Entries(ctx, EntryQuery{Kind: KindArticle, After: after, Limit: batch})
				return err
			})
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range list {
				after = list[i].Seq
				if len(list[i].Body) == 0 {
					continue
				}
				a, err := decode[Article](list[i].Body)
				if err != nil {
					err = fmt.Errorf("%w: article %s: %w", ErrDamaged, list[i].ID, err)
				}
				if !yield(&a, err) || err != nil {
					return
				}
			}
			if len(list) < batch {
				return
			}
		}
	}
}

// Reread puts a new reading of a version in the place of the one that counts,
// which stays in the ledger, and reports whether it says anything else. One
// that the ledger has already changes nothing.
func (l *Ledger) Reread(ctx context.Context, a *Article, r *reading.Reading) (bool, error) {
	version := a.Version()
	now := l.now()
	changed := false
	err := l.store.Update(ctx, func(tx Tx) error {
		changed = false
		e, err := tx.Entry(ctx, version)
		if err != nil {
			return err
		}
		if len(e.Body) == 0 {
			return ErrPurged
		}
		again, err := readingEntry(version, a.Since(), r, now)
		if err != nil {
			return err
		}
		if changed, err = tx.Append(ctx, again); err != nil || !changed {
			return err
		}
		ids, err := tx.NodesOf(ctx, version)
		if err != nil {
			return err
		}
		if err := tx.DropNodes(ctx, ids); err != nil {
			return err
		}
		c := *r
		if err := l.index(ctx, tx, a, &c, e.Learnt); err != nil {
			return err
		}
		return span(ctx, tx, e.Of)
	})
	if errors.Is(err, ErrPurged) { // by somebody else, meanwhile
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reread %s: %w", short(version), err)
	}
	return changed, nil
}
