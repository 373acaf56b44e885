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
		}
		if err := l.addAll(ctx, tx, list, now, out); err != nil {
			what := fmt.Sprintf("%d articles", len(list))
			if len(list) == 1 {
				what = short(out[0].Version)
			}
			return fmt.Errorf("add %s: %w", what, err)
		}
		return nil
	})
	return out, err
}

// addAll asks the store for all articles at once, whatever can be asked so.
func (l *Ledger) addAll(ctx context.Context, tx Tx, list []Addition, now time.Time, out []Added) error {
	var ids []string
	for i := range out {
		ids = append(ids, out[i].Article)
	}
	purged, err := entriesOf(ctx, tx, KindPurge, ids)
	if err != nil {
		return err
	}
	before, err := entriesOf(ctx, tx, KindArticle, ids)
	if err != nil {
		return err
	}
	there := map[string]bool{} // versions, and articles that have one
	for article, versions := range before {
		there[article] = true
		for i := range versions {
			there[versions[i].ID] = true
		}
	}
	var entries []Entry
	var fresh []indexed
	var changed []string
	for i := range list {
		o, a := &out[i], list[i].Article
		switch {
		case len(purged[o.Article]) > 0:
			o.Err = fmt.Errorf("add %s: %w", short(o.Version), ErrPurged)
			continue
		case there[o.Version]:
			continue
		}
		o.New, o.Changed = true, there[o.Article]
		there[o.Version], there[o.Article] = true, true
		if o.Changed {
			changed = append(changed, o.Article)
		}
		e, err := a.entry(now)
		if err != nil {
			return err
		}
		r, err := readingEntry(o.Version, a.Since(), list[i].Reading, now)
		if err != nil {
			return err
		}
		entries, fresh = append(entries, e, r), append(fresh, indexed{a, list[i].Reading, now})
	}
	if len(entries) == 0 {
		return nil
	}
	if _, err := appendAll(ctx, tx, entries); err != nil {
		return err
	}
	if err := l.index(ctx, tx, fresh...); err != nil {
		return err
	}
	return span(ctx, tx, changed...)
}

// entriesOf are the entries of a kind of some articles or versions, by these.
func entriesOf(ctx context.Context, r Reader, kind string, of []string) (map[string][]Entry, error) {
	out := map[string][]Entry{}
	if len(of) == 0 {
		return out, nil
	}
	list, err := r.Entries(ctx, EntryQuery{Kind: kind, OfAny: of})
	for i := range list {
		out[list[i].Of] = append(out[list[i].Of], list[i])
	}
	return out, err
}
