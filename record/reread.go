package record

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"readout/reading"
	"readout/record/join"
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

// ArticlesCalled yields all versions of the articles that were handed in with a
// key that begins so, by key, but those that were purged. An error ends it.
func (l *Ledger) ArticlesCalled(ctx context.Context, prefix string) iter.Seq2[*Article, error] {
	return each(func(emit func(*Article) error) error {
		return l.store.View(ctx, func(r Reader) error {
			keys, err := r.Blocks(ctx, keyCalled+prefix)
			if err != nil {
				return err
			}
			for _, k := range keys {
				versions, err := r.Lookup(ctx, []join.Range{{Block: k.Name}})
				if err != nil {
					return err
				}
				for _, v := range versions {
					e, err := r.Entry(ctx, v)
					if err != nil {
						return err
					}
					a, err := decode[Article](e.Body)
					if err != nil {
						return fmt.Errorf("%w: article %s: %w", ErrDamaged, v, err)
					}
					if err := emit(&a); err != nil {
						return err
					}
				}
			}
			return nil
		})
	})
}

// Reread puts a new reading of a version in the place of the one that counts,
// which stays in the ledger, and reports whether it says anything else. One
// that the ledger has already changes nothing, and a model's reading does not
// take the place of one that somebody entered by hand.
func (l *Ledger) Reread(ctx context.Context, a *Article, r *reading.Reading) (bool, error) {
	version := a.Version()
	now := l.now()
	changed := false
	err := l.update(ctx, func(tx Tx) error {
		changed = false
		e, err := tx.Entry(ctx, version)
		if err != nil {
			return err
		}
		if len(e.Body) == 0 {
			return ErrPurged
		}
		again, ok, err := instead(ctx, tx, version, a, r, now)
		if err != nil || !ok {
			return err
		}
		if changed, err = tx.Append(ctx, again); err != nil || !changed {
			return err
		}
		ids, err := tx.NodesOf(ctx, version)
		if err != nil {
			return err
		}
		if err := dropNodes(ctx, tx, ids); err != nil {
			return err
		}
		c := *r
		if err := l.index(ctx, tx, indexed{a, &c, e.Learnt}); err != nil {
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

// instead is the entry of a reading that is to take the place of the one that
// counts; false when that one stays.
func instead(ctx context.Context, r Reader, version string, a *Article, read *reading.Reading, now time.Time) (Entry, bool, error) {
	list, err := r.Entries(ctx, EntryQuery{Kind: KindReading, Of: version})
	if err != nil {
		return Entry{}, false, err
	}
	if len(list) == 0 {
		return Entry{}, false, fmt.Errorf("%w: version %s has no reading", ErrDamaged, version)
	}
	last, err := decode[reading.Reading](list[len(list)-1].Body)
	if err != nil {
		return Entry{}, false, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if last.Hand() != "" && read.Hand() == "" {
		return Entry{}, false, nil
	}
	e, err := readingEntry(version, a.Since(), read, now)
	if err != nil || read.Hand() == "" {
		return e, err == nil, err
	}
	// Somebody may go back to what was entered before: that is one more entry.
	c := *read
	for ; e.ID != list[len(list)-1].ID && slices.ContainsFunc(list, func(o Entry) bool { return o.ID == e.ID }); c.Model += " (again)" {
		if e, err = readingEntry(version, a.Since(), &c, now); err != nil {
			return e, false, err
		}
	}
	return e, true, nil
}
