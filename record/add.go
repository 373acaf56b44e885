package record

import (
	"context"
	"errors"
	"fmt"
	"time"

	"readout/reading"
)

// Added says what came of adding an article.
type Added struct {
	Article string // its id
	Version string
	New     bool  // it was not in the record
	Changed bool  // another version of it was
	Err     error // ErrPurged: it is not to come back, and nothing was added
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

// Addition is an article to add, and what was read in it.
type Addition struct {
	Article *Article
	Reading *reading.Reading
}

// Add puts an article and its reading into the record. When it returns without
// an error they are kept, whatever happens next. Adding what is there does
// nothing; several processes may add at once.
func (l *Ledger) Add(ctx context.Context, a *Article, r *reading.Reading) (Added, error) {
	list, err := l.AddAll(ctx, []Addition{{a, r}})
	if err != nil {
		return Added{Article: a.ID(), Version: a.Version()}, err
	}
	return list[0], list[0].Err
}

// AddAll is Add for several articles at once, all of which are kept when it
// returns without an error, and none when it does not: what it costs to keep
// something for good is paid once. Each may still be one that is not to come
// back: see Added.Err.
func (l *Ledger) AddAll(ctx context.Context, list []Addition) ([]Added, error) {
	out := make([]Added, len(list))
	now := l.now()
	err := l.update(ctx, func(tx Tx) error {
		if err := l.rightModel(ctx, tx); err != nil {
			return err
		}
		for i := range list {
			out[i] = Added{Article: list[i].Article.ID(), Version: list[i].Article.Version()}
			err := l.add(ctx, tx, &list[i], now, &out[i])
			if errors.Is(err, ErrPurged) {
				out[i].Err, err = fmt.Errorf("add %s: %w", short(out[i].Version), ErrPurged), nil
			}
			if err != nil {
				return fmt.Errorf("add %s: %w", short(out[i].Version), err)
			}
		}
		return nil
	})
	return out, err
}

func (l *Ledger) add(ctx context.Context, tx Tx, one *Addition, now time.Time, out *Added) error {
	a := one.Article
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
	if e, err = readingEntry(out.Version, a.Since(), one.Reading, now); err != nil {
		return err
	}
	if _, err = tx.Append(ctx, e); err != nil {
		return err
	}
	c := *one.Reading
	if err := l.index(ctx, tx, a, &c, now); err != nil {
		return err
	}
	if !out.Changed {
		return nil
	}
	return span(ctx, tx, out.Article)
}
