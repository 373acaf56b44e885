package record

import (
	"context"
	"errors"
	"fmt"

	"readout/reading"
)

// Added says what came of adding an article.
type Added struct {
	Article string // its id
	Version string
	New     bool // it was not in the record
	Changed bool // another version of it was
}

// Known reports whether the record has this version of the article, so that it
// need not be read again. ErrPurged is an article that is not to come back.
func (l *Ledger) Known(ctx context.Context, a *Article) (bool, error) {
	known := false
	err := l.store.View(ctx, func(r Reader) error {
		if err := notPurged(ctx, r, a.ID()); err != nil {
			return err
		}
		_, err := r.Entry(ctx, a.Version())
		known = err == nil
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		return err
	})
	return known, err
}

func notPurged(ctx context.Context, r Reader, article string) error {
	stones, err := r.Entries(ctx, EntryQuery{Kind: KindPurge, Of: article, Limit: 1})
	if err != nil {
		return err
	}
	if len(stones) > 0 {
		return ErrPurged
	}
	return nil
}

// Add puts an article and its reading into the record. When it returns without
// an error they are kept, whatever happens next. Adding what is there does
// nothing; several processes may add at once.
func (l *Ledger) Add(ctx context.Context, a *Article, r *reading.Reading) (Added, error) {
	out := Added{Article: a.ID(), Version: a.Version()}
	now := l.now()
	err := l.update(ctx, func(tx Tx) error {
		out.New, out.Changed = false, false
		if err := l.rightModel(ctx, tx); err != nil {
			return err
		}
		if err := notPurged(ctx, tx, out.Article); err != nil {
			return err
		}
		before, err := tx.Entries(ctx, EntryQuery{Kind: KindArticle, Of: out.Article, Limit: 1})
		if err != nil {
			return err
		}
		e, err := a.entry(now)
		if err != nil {
			return err
		}
		if out.New, err = tx.Append(ctx, e); err != nil || !out.New {
			return err
		}
		out.Changed = len(before) > 0
		if e, err = readingEntry(out.Version, a.Since(), r, now); err != nil {
			return err
		}
		if _, err = tx.Append(ctx, e); err != nil {
			return err
		}
		c := *r
		if err := l.index(ctx, tx, a, &c, now); err != nil {
			return err
		}
		return span(ctx, tx, out.Article)
	})
	if err != nil {
		return out, fmt.Errorf("add %s: %w", short(out.Version), err)
	}
	return out, nil
}
