// Package record keeps what many articles say, and answers what was known when.
//
// It is a ledger: articles, what was read in them and what people decided are
// entries that are only ever appended. Everything else, that two papers report
// one meeting, that it is off, who has confirmed it, is derived from the
// entries up to a time and never stored as a fact. So that this stays quick as
// the record grows, values of each article stand in an index beside the ledger,
// with the ties that package join found between them; the index can be thrown
// away and made anew from the entries at any time.
//
// Every entry has two times: when it was published, and when the record learnt
// of it. The same articles and decisions give the same record in whatever order
// they came.
//
// Storing is behind the Store interface; stages, SQL and pages are not known
// here. Views are methods of Ledger that return data; printing is for others.
package record

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"readout/record/join"
	"readout/registry"
)

// Errors a caller acts on.
var (
	ErrNotFound  = errors.New("not in the record")
	ErrAmbiguous = errors.New("the name is the beginning of several")
	ErrPurged    = errors.New("the article was purged from the record")
	// ErrVersion is a store written by a newer program.
	ErrVersion = errors.New("the record was written by a newer version of this program")
	// ErrDamaged is a store that does not hold what was written to it.
	ErrDamaged = errors.New("the record is damaged")
	// ErrUnavailable is a store that cannot be reached or has no room, whatever is
	// asked of it: another try later may do.
	ErrUnavailable = errors.New("the record is not available")
)

// Unavailable makes an error of a store one that is ErrUnavailable too. Its text
// stays as it is.
func Unavailable(err error) error { return unavailable{err} }

type unavailable struct{ error }

func (u unavailable) Unwrap() error        { return u.error }
func (u unavailable) Is(target error) bool { return target == ErrUnavailable }

// Config is what a Ledger works with.
type Config struct {
	Store    Store
	Registry *registry.Registry // nil means the embedded tables
	// Now tells the time at which entries are learnt; it must be set to add.
	Now func() time.Time
	// Model is set by workers: an article is added only while the record is read
	// with these models. See UseModel.
	Model string
	Log   *slog.Logger // nil is silent
}

// Ledger is the record. It is safe for many goroutines, and so is its store for
// many processes.
type Ledger struct {
	store Store
	reg   *registry.Registry
	now   func() time.Time
	model string
	log   *slog.Logger

	decoded decoded
}

// metaJoin is the setting of a store that tells by which version of package
// join its index was made.
const metaJoin = "join"

// Open makes a Ledger over a store. An index that another version of package
// join made is made anew, which takes as long as adding the articles without
// reading them.
func Open(ctx context.Context, c Config) (*Ledger, error) {
	l := &Ledger{store: c.Store, reg: c.Registry, now: c.Now, model: c.Model, log: c.Log}
	if l.reg == nil {
		reg, err := registry.Default()
		if err != nil {
			return nil, err
		}
		l.reg = reg
	}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	var made string
	err := l.store.View(ctx, func(r Reader) (err error) {
		made, err = r.Meta(ctx, metaJoin)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open record: %w", err)
	}
	if made != indexVersion() {
		if err := l.Reindex(ctx); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func indexVersion() string { return fmt.Sprint(join.Version) }
