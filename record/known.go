package record

import (
	"context"
	"fmt"
	"time"
)

// AsKnown gives the record as it was known at a time: what it had learnt by
// then, articles, readings and decisions, and nothing else. Views of it look at
// that moment unless they are asked for another. It is what a record would be
// that was built then; what was purged since is not in it. Markings and processes
// are those of today: they say who may look and at what, not what is known.
//
// It is made in memory from the entries, all of whose articles are joined again:
// some milliseconds an article, and as much memory as the index takes. It is for
// looking at: what is added to it is forgotten with it.
func (l *Ledger) AsKnown(ctx context.Context, at time.Time) (*Ledger, error) {
	store := NewMemory()
	today := map[string]bool{} // decisions that count whenever they were learnt
	err := l.store.View(ctx, func(r Reader) error {
		return store.Update(ctx, func(tx Tx) error {
			for after := int64(0); ; {
				list, err := r.Entries(ctx, EntryQuery{After: after, Limit: 200})
				if err != nil || len(list) == 0 {
					return err
				}
				for i := range list {
					if err := ctx.Err(); err != nil {
						return err
					}
					after = list[i].Seq
					counts, err := ofToday(&list[i], today)
					if err != nil {
						return err
					}
					if list[i].Learnt.After(at) && !counts {
						continue
					}
					if _, err := tx.Append(ctx, list[i]); err != nil {
						return err
					}
				}
			}
		})
	})
	known := &Ledger{store: store, reg: l.reg, now: func() time.Time { return at }, log: l.log}
	if err == nil {
		err = known.Reindex(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("as known by %s: %w", at.Format(time.RFC3339), err)
	}
	return known, nil
}

// ofToday reports whether an entry is a decision about who may look and at what,
// or undoes one.
func ofToday(e *Entry, today map[string]bool) (bool, error) {
	if e.Kind != KindDecision || len(e.Body) == 0 {
		return false, nil
	}
	d, err := decode[Decision](e.Body)
	if err != nil {
		return false, fmt.Errorf("%w: decision %s: %w", ErrDamaged, e.ID, err)
	}
	switch d.Do {
	case DoMark, DoOpen, DoInclude, DoExclude:
		today[e.ID] = true
	case DoUndo:
		today[e.ID] = today[d.Of]
	}
	return today[e.ID], nil
}
