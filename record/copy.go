package record

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// ErrNotEmpty is a record that is to be copied to and holds something else.
var ErrNotEmpty = errors.New("there is another record in it")

// Bulk is a Tx that appends many entries faster than one by one.
type Bulk interface {
	// AppendAll adds the entries that are not there and reports how many were.
	AppendAll(ctx context.Context, list []Entry) (int, error)
}

// CopyConfig says how a record is copied.
type CopyConfig struct {
	// Merge adds to what is there; without it the record must be empty, or hold
	// the beginning of this copy.
	Merge bool
	// Progress is told how many entries a step is through with; it may be nil.
	Progress func(step CopyStep, entries int)
}

// CopyStep is a part of copying.
type CopyStep string

// The steps of copying, in order.
const (
	CopyEntries CopyStep = "entries"
	CopyIndex   CopyStep = "index"
	CopyVerify  CopyStep = "verify"
)

// Copied is what came of copying.
type Copied struct {
	Entries int `json:"entries"` // of the record that was copied
	Added   int `json:"added"`   // in this run
}

// copied is how far a copy got; it is kept in the record that is copied to.
type copied struct {
	From    string `json:"from"`    // the first entry of the record that is copied
	Entries int64  `json:"entries"` // up to which Seq its entries are there
	Indexed int64  `json:"indexed"` // up to which of the own Seq articles are in the index
	Done    bool   `json:"done"`
	// Settings are those that were brought over, by name: a hash of each.
	Settings map[string]string `json:"settings,omitempty"`
}

const (
	metaCopy   = "copy"
	copyEntry  = 500
	copyIndex  = 100
	copyVerify = 500
)

// CopyFrom copies another record into this one: articles, readings, decisions,
// tombstones, when each was learnt, and settings, accounts among them. It may be stopped at any moment and
// begun again: it goes on where it was. At the end everything is compared.
func (l *Ledger) CopyFrom(ctx context.Context, src *Ledger, c CopyConfig) (*Copied, error) {
	if c.Progress == nil {
		c.Progress = func(CopyStep, int) {}
	}
	out := &Copied{}
	mark, err := l.beginCopy(ctx, src, c.Merge)
	if err == nil {
		err = l.copySettings(ctx, src, mark)
	}
	if err == nil {
		err = l.copyEntries(ctx, src, mark, c, out)
	}
	if err == nil {
		err = l.copyIndex(ctx, mark, c)
	}
	if err == nil {
		err = l.verifyCopy(ctx, src, c, out)
	}
	if err == nil {
		mark.Done = true
		err = l.store.Update(ctx, func(tx Tx) error { return setMark(ctx, tx, mark) })
	}
	if err != nil {
		return nil, fmt.Errorf("copy: %w", err)
	}
	return out, nil
}

func setMark(ctx context.Context, tx Tx, m *copied) error {
	b, err := encode(m)
	if err != nil {
		return err
	}
	return tx.SetMeta(ctx, metaCopy, string(b))
}

func (l *Ledger) beginCopy(ctx context.Context, src *Ledger, merge bool) (*copied, error) {
	mark := &copied{}
	model := ""
	err := src.store.View(ctx, func(r Reader) error {
		first, err := r.Entries(ctx, EntryQuery{Limit: 1})
		if err != nil {
			return err
		}
		if len(first) > 0 {
			mark.From = first[0].ID
		}
		model, err = r.Meta(ctx, metaModel)
		return err
	})
	if err != nil {
		return nil, err
	}
	return mark, l.store.Update(ctx, func(tx Tx) error {
		before, err := tx.Meta(ctx, metaCopy)
		if err != nil {
			return err
		}
		var was copied
		if before != "" {
			if err := json.Unmarshal([]byte(before), &was); err != nil {
				return fmt.Errorf("%w: how far a copy got: %w", ErrDamaged, err)
			}
		}
		have, err := tx.Entries(ctx, EntryQuery{Limit: 1})
		if err != nil {
			return err
		}
		if len(have) > 0 && was.From != mark.From && !merge {
			return ErrNotEmpty
		}
		if was.From == mark.From {
			mark.Entries, mark.Indexed, mark.Settings = was.Entries, was.Indexed, was.Settings
		}
		if now, err := tx.Meta(ctx, metaModel); err != nil || now == "" && model != "" {
			return errors.Join(err, tx.SetMeta(ctx, metaModel, model))
		}
		return nil
	})
}

func (l *Ledger) copyEntries(ctx context.Context, src *Ledger, mark *copied, c CopyConfig, out *Copied) error {
	for {
		var list []Entry
		err := src.store.View(ctx, func(r Reader) (err error) {
			list, err = r.Entries(ctx, EntryQuery{After: mark.Entries, Limit: copyEntry})
			return err
		})
		if err != nil || len(list) == 0 {
			return err
		}
		added := 0
		err = l.store.Update(ctx, func(tx Tx) error {
			var err error
			if added, err = appendAll(ctx, tx, list); err != nil {
				return err
			}
			next := *mark
			next.Entries = list[len(list)-1].Seq
			return setMark(ctx, tx, &next)
		})
		if err != nil {
			return err
		}
		mark.Entries = list[len(list)-1].Seq
		out.Added += added
		c.Progress(CopyEntries, len(list))
	}
}

func appendAll(ctx context.Context, tx Tx, list []Entry) (int, error) {
	if b, ok := tx.(Bulk); ok {
		return b.AppendAll(ctx, list)
	}
	n := 0
	for _, e := range list {
		added, err := tx.Append(ctx, e)
		if err != nil {
			return n, err
		}
		if added {
			n++
		}
	}
	return n, nil
}

// copyIndex makes the index of what was copied.
func (l *Ledger) copyIndex(ctx context.Context, mark *copied, c CopyConfig) error {
	if mark.Indexed == 0 {
		if err := l.store.Update(ctx, func(tx Tx) error { return indexDecisions(ctx, tx) }); err != nil {
			return err
		}
	}
	for {
		n := 0
		next := *mark
		err := l.update(ctx, func(tx Tx) error {
			next = *mark
			list, err := tx.Entries(ctx, EntryQuery{Kind: KindArticle, After: mark.Indexed, Limit: copyIndex})
			if err != nil {
				return err
			}
			if n = len(list); n == 0 {
				return nil
			}
			if err := l.reindex(ctx, tx, list); err != nil {
				return err
			}
			next.Indexed = list[n-1].Seq
			var articles []string
			for i := range list {
				articles = append(articles, list[i].Of)
			}
			if err := span(ctx, tx, articles...); err != nil {
				return err
			}
			return setMark(ctx, tx, &next)
		})
		if err != nil || n == 0 {
			return err
		}
		*mark = next
		c.Progress(CopyIndex, n)
	}
}

// verifyCopy compares every entry of src with the one here, and brings over what
// was purged there since it was copied.
func (l *Ledger) verifyCopy(ctx context.Context, src *Ledger, c CopyConfig, out *Copied) error {
	purged := map[string]bool{}
	for after := int64(0); ; {
		var list []Entry
		err := src.store.View(ctx, func(r Reader) (err error) {
			list, err = r.Entries(ctx, EntryQuery{After: after, Limit: copyVerify})
			return err
		})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			break
		}
		after = list[len(list)-1].Seq
		err = l.store.View(ctx, func(r Reader) error {
			for i := range list {
				e := &list[i]
				have, err := r.Entry(ctx, e.ID)
				switch {
				case err != nil:
					return fmt.Errorf("entry %s: %w", e.ID, err)
				case have.Kind != e.Kind || have.Of != e.Of || !have.Published.Equal(e.Published):
					return fmt.Errorf("%w: entry %s is another one here", ErrDamaged, e.ID)
				case !bytes.Equal(have.Body, e.Body):
					if len(e.Body) > 0 && len(have.Body) > 0 {
						return fmt.Errorf("%w: entry %s has another body here", ErrDamaged, e.ID)
					}
					if len(e.Body) == 0 {
						purged[e.ID] = true
					}
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		out.Entries += len(list)
		c.Progress(CopyVerify, len(list))
	}
	if len(purged) == 0 {
		return nil
	}
	return l.update(ctx, func(tx Tx) error {
		for id := range purged {
			if err := tx.Erase(ctx, id); err != nil {
				return err
			}
			nodes, err := tx.NodesOf(ctx, id)
			if err != nil {
				return err
			}
			if err := dropNodes(ctx, tx, nodes); err != nil {
				return err
			}
		}
		return nil
	})
}
