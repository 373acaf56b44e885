package record

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"readout/reading"
	"readout/record/join"
)

// What a decision does. Each is one entry of the ledger; none changes or removes
// another, undoing is one more.
const (
	DoAccept  = "accept"  // what the machine read is right
	DoCorrect = "correct" // Field has Value
	DoReject  = "reject"  // it is not what the words say
	DoMerge   = "merge"   // what the anchors name is one
	DoSplit   = "split"   // what the anchors name is one, and no one else's
	DoUndo    = "undo"    // the decision Of does not count
	DoMark    = "mark"    // the articles have the marking Value
	DoOpen    = "open"    // the process Of is made, or takes another title: Value
	DoInclude = "include" // the process Of gathers Field Value, or the anchors
	DoExclude = "exclude" // the process Of does not gather it
)

// Decision is what a person decided. It points at articles and their words,
// never at what a reading calls them: another model's reading keeps it.
type Decision struct {
	Do string `json:"do"`
	// At is what it is about.
	At    []Anchor `json:"at,omitempty"`
	Field string   `json:"field,omitempty"`
	Value string   `json:"value,omitempty"`
	// Of is the decision that is undone, or the name of a process.
	Of   string    `json:"of,omitempty"`
	By   string    `json:"by"`
	When time.Time `json:"when"`
	Why  string    `json:"why,omitempty"`
}

// Anchor is words of an article, and what was read in them.
type Anchor struct {
	Article string         `json:"article"`           // its id
	Version string         `json:"version,omitempty"` // the one that the spans are of
	Spans   []reading.Span `json:"spans,omitempty"`   // empty: the whole article is meant
	Words   []string       `json:"words,omitempty"`   // of each span
	// Kind is event, statement, position or actor; "" for an article.
	Kind string `json:"kind,omitempty"`
	// As is what the machine took it for: an event's kind, a statement's act.
	As string `json:"as,omitempty"`
}

// ID names the decision: by all that it says.
func (d *Decision) ID() string {
	b, _ := encode(d) // plain data always encodes
	return join.ID("d", string(b))
}

// Articles are the ids of the articles that the decision is about, sorted.
func (d *Decision) Articles() []string {
	var out []string
	for i := range d.At {
		out = append(out, d.At[i].Article)
	}
	return sortedSet(out)
}

// valid tells what is missing.
func (d *Decision) valid() error {
	switch {
	case strings.TrimSpace(d.By) == "":
		return errors.New("it must be told who decides")
	case d.When.IsZero():
		return errors.New("it must be told when it was decided")
	case d.Do == "":
		return errors.New("it must be told what is decided")
	}
	for i := range d.At {
		if a := &d.At[i]; a.Article == "" || len(a.Spans) != len(a.Words) {
			return errors.New("an anchor needs its article, and the words of each of its spans")
		}
	}
	return nil
}

func (d *Decision) entry(now time.Time) (Entry, error) {
	body, err := encode(d)
	if err != nil {
		return Entry{}, err
	}
	of := d.Of
	if len(d.At) > 0 {
		of = d.At[0].Article
	}
	return Entry{ID: d.ID(), Kind: KindDecision, Of: of, Published: d.When, Learnt: now, Body: body}, nil
}

// Keys of decisions in the index. They stand by the day they were taken on.
const (
	keyDecision   = "d"          // all
	keyDecisionOn = "d|article|" // by each article they are about
	keyDecisionOf = "d|of|"      // by the decision that is undone, or the process
	keyDecisionDo = "d|do|"      // by what they do
)

func decisionNode(d *Decision) (Node, error) {
	body, err := encode(d)
	if err != nil {
		return Node{}, err
	}
	id, day := d.ID(), join.DayOf(d.When)
	keys := []join.Key{{Block: keyDecision, Day: day}, {Block: keyDecisionDo + d.Do, Day: day}}
	if d.Of != "" {
		keys = append(keys, join.Key{Block: keyDecisionOf + d.Of, Day: day})
	}
	for _, a := range d.Articles() {
		keys = append(keys, join.Key{Block: keyDecisionOn + a, Day: day})
	}
	return Node{ID: id, Of: id, Body: body, Keys: keys}, nil
}

// Decide puts decisions into the record, all or none, and makes the index anew
// where they tell. It gives their ids; those that are there already change
// nothing. When is set to now where it is zero.
func (l *Ledger) Decide(ctx context.Context, list ...Decision) ([]string, error) {
	list = slices.Clone(list)
	now := l.now()
	var ids []string
	for i := range list {
		d := &list[i]
		if d.When.IsZero() {
			d.When = now
		}
		d.When = d.When.UTC().Truncate(time.Microsecond)
		if err := d.valid(); err != nil {
			return nil, fmt.Errorf("decide: %w", err)
		}
	}
	err := l.store.Update(ctx, func(tx Tx) error {
		ids = ids[:0]
		var touched []string
		for i := range list {
			d := &list[i]
			if d.Do == DoUndo && len(d.At) == 0 {
				// Undoing touches what the decision touched.
				e, err := tx.Entry(ctx, d.Of)
				if err != nil || e.Kind != KindDecision {
					return fmt.Errorf("decision %s: %w", d.Of, ErrNotFound)
				}
				was, err := decode[Decision](e.Body)
				if err != nil {
					return fmt.Errorf("%w: %w", ErrDamaged, err)
				}
				d.At = was.At
			}
			for _, a := range d.Articles() {
				if err := notPurged(ctx, tx, a); err != nil {
					return err
				}
			}
			e, err := d.entry(now)
			if err != nil {
				return err
			}
			ids = append(ids, e.ID)
			added, err := tx.Append(ctx, e)
			if err != nil {
				return err
			}
			if !added {
				continue
			}
			n, err := decisionNode(d)
			if err != nil {
				return err
			}
			if err := tx.PutNodes(ctx, []Node{n}); err != nil {
				return err
			}
			touched = append(touched, d.Articles()...)
		}
		for _, a := range sortedSet(touched) {
			if err := l.reindexArticle(ctx, tx, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("decide: %w", err)
	}
	return ids, nil
}

// reindexArticle makes the index of one article anew, all its versions.
func (l *Ledger) reindexArticle(ctx context.Context, tx Tx, article string) error {
	versions, err := tx.Entries(ctx, EntryQuery{Kind: KindArticle, Of: article})
	if err != nil {
		return err
	}
	for i := range versions {
		ids, err := tx.NodesOf(ctx, versions[i].ID)
		if err != nil {
			return err
		}
		if err := tx.DropNodes(ctx, ids); err != nil {
			return err
		}
		if err := l.reindexOne(ctx, tx, &versions[i]); err != nil {
			return err
		}
	}
	return span(ctx, tx, article)
}

// decisions gives the decisions under a block of the index that count: undone
// ones are left out, and so is what undoes. They come in the order they were
// taken, then by id.
func decisions(ctx context.Context, r Reader, block string) ([]Decision, error) {
	ids, err := r.Lookup(ctx, []join.Range{{Block: block, From: 0, To: 1 << 24}})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return counting(ctx, r, ids)
}

func counting(ctx context.Context, r Reader, ids []string) ([]Decision, error) {
	nodes, err := r.Nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []Decision
	for i := range nodes {
		d, err := decode[Decision](nodes[i].Body)
		if err != nil {
			return nil, fmt.Errorf("%w: decision %s: %w", ErrDamaged, nodes[i].ID, err)
		}
		if d.Do == DoUndo {
			continue
		}
		undone, err := isUndone(ctx, r, nodes[i].ID)
		if err != nil {
			return nil, err
		}
		if !undone {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b Decision) int { return cmp.Or(a.When.Compare(b.When), strings.Compare(a.ID(), b.ID())) })
	return out, nil
}

// isUndone reports whether a decision was undone, and that was not undone again.
func isUndone(ctx context.Context, r Reader, id string) (bool, error) {
	ids, err := r.Lookup(ctx, []join.Range{{Block: keyDecisionOf + id, From: 0, To: 1 << 24}})
	if err != nil {
		return false, err
	}
	for _, u := range ids {
		again, err := isUndone(ctx, r, u)
		if err != nil {
			return false, err
		}
		if !again {
			return true, nil
		}
	}
	return false, nil
}
