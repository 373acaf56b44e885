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
	DoAccept  = join.Accept  // what the machine read is right; where Field is set, that of it
	DoCorrect = join.Correct // Field has Value
	DoReject  = join.Reject  // it is not what the words say
	DoMerge   = join.Merge   // what the anchors name is one
	DoSplit   = join.Split   // what the anchors name is one, and no one else's
	DoLink    = "link"       // the first anchor's event is tied to the second's as Value says
	DoUndo    = "undo"       // the decision Of does not count
	DoMark    = "mark"       // the articles have the marking Value
	DoOpen    = "open"       // the process Of is made, or takes another title: Value
	DoInclude = "include"    // the process Of gathers Field Value, or the anchors
	DoExclude = "exclude"    // the process Of does not gather it
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
	// Sentence is what the first span stands in: by it the words are found in
	// another version.
	Sentence string `json:"sentence,omitempty"`
	// Kind is event, statement, position or actor; "" for an article.
	Kind string `json:"kind,omitempty"`
	// As is what the machine took it for: an event's kind, a statement's act, a
	// position's topic and party ("prisoners/Russia"), an actor's name.
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
	return d.fits()
}

// maxAnchors bounds what one decision is about: a merge ties each to each.
const maxAnchors = 200

// fits tells what is wrong with what a decision is about.
func (d *Decision) fits() error {
	if len(d.At) > maxAnchors {
		return fmt.Errorf("it is about %d places, more than %d", len(d.At), maxAnchors)
	}
	least := 1
	switch d.Do {
	case DoAccept, DoReject, DoSplit, DoCorrect:
	case DoMerge:
		least = 2
	case DoLink:
		least = 2
		if len(d.At) > 2 || len(d.At) == 2 && d.At[0].Kind != OnEvent {
			return errors.New("link ties two events")
		}
		if err := linkKind(d.Value); err != nil {
			return fmt.Errorf("link: %w", err)
		}
	case DoUndo:
		if d.Of == "" {
			return errors.New("it must be told which decision is undone")
		}
		return nil
	default:
		return nil
	}
	if len(d.At) < least {
		return fmt.Errorf("%s needs %d or more places that it is about", d.Do, least)
	}
	for i := range d.At {
		a := &d.At[i]
		switch {
		case len(a.Spans) == 0:
			return fmt.Errorf("%s needs the words that it is about", d.Do)
		case a.Kind != d.At[0].Kind:
			return fmt.Errorf("%s is about things of one kind, not %s and %s", d.Do, d.At[0].Kind, a.Kind)
		}
		switch a.Kind {
		case OnEvent, OnStatement:
		case OnPosition, OnActor:
			if d.Do == DoMerge || d.Do == DoSplit {
				return fmt.Errorf("%s is about events or statements; who an actor is, is corrected", d.Do)
			}
		default:
			return fmt.Errorf("nothing of a kind %q can be decided; it is event, statement, position or actor", a.Kind)
		}
	}
	if d.Do == DoCorrect {
		return CheckField(d.At[0].Kind, d.Field, d.Value)
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
	// By a decision, the events, statements and positions that it is about, as
	// far as their versions of the articles have its words.
	keyDecided = "d|at|"
	// Versions of articles that some decision on the article does not fit.
	keyUnfit = "d|unfit"
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
		if err := list[i].prepare(now); err != nil {
			return nil, err
		}
	}
	err := l.update(ctx, func(tx Tx) (err error) {
		ids, err = l.decide(ctx, tx, list, now)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("decide: %w", err)
	}
	return ids, nil
}

// prepare makes a decision ready to be kept, or tells what is wrong with it.
func (d *Decision) prepare(now time.Time) error {
	if d.When.IsZero() {
		d.When = now
	}
	d.When = d.When.UTC().Truncate(time.Microsecond)
	if err := d.valid(); err != nil {
		return fmt.Errorf("%s: %w", cmp.Or(d.Do, "decide"), err)
	}
	return nil
}

// decide is Decide within a transaction. It fills in what an undoing is about.
func (l *Ledger) decide(ctx context.Context, tx Tx, list []Decision, now time.Time) ([]string, error) {
	var ids, touched []string
	for i := range list {
		d := &list[i]
		if d.Do == DoUndo && len(d.At) == 0 {
			was, err := decisionEntry(ctx, tx, d.Of) // it touches what that did
			if err != nil {
				return nil, err
			}
			d.At = was.At
		}
		for _, a := range d.Articles() {
			if err := notPurged(ctx, tx, a); err != nil {
				return nil, fmt.Errorf("article %s: %w", short(a), err)
			}
		}
		e, err := d.entry(now)
		if err != nil {
			return nil, err
		}
		ids = append(ids, e.ID)
		added, err := tx.Append(ctx, e)
		if err != nil {
			return nil, err
		}
		if !added {
			continue
		}
		n, err := decisionNode(d)
		if err != nil {
			return nil, err
		}
		if err := tx.PutNodes(ctx, []Node{n}); err != nil {
			return nil, err
		}
		if d.onWords() {
			touched = append(touched, d.Articles()...)
		}
	}
	for _, a := range sortedSet(touched) {
		if err := l.reindexArticle(ctx, tx, a); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// onWords reports whether a decision is about words: one about whole articles,
// a marking say, changes no value of theirs.
func (d *Decision) onWords() bool {
	return slices.ContainsFunc(d.At, func(a Anchor) bool { return len(a.Spans) > 0 })
}

// decisionEntry gives a decision by its id.
func decisionEntry(ctx context.Context, r Reader, id string) (*Decision, error) {
	e, err := r.Entry(ctx, id)
	if errors.Is(err, ErrNotFound) || err == nil && (e.Kind != KindDecision || len(e.Body) == 0) {
		return nil, fmt.Errorf("decision %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	d, err := decode[Decision](e.Body)
	if err != nil {
		return nil, fmt.Errorf("%w: decision %s: %w", ErrDamaged, id, err)
	}
	return &d, nil
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
		if err := dropNodes(ctx, tx, ids); err != nil {
			return err
		}
		if err := l.reindex(ctx, tx, versions[i:i+1]); err != nil {
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
	by, err := undoneBy(ctx, r, id)
	return by != "", err
}

// undoneBy gives the decision by which another does not count, "" for none.
func undoneBy(ctx context.Context, r Reader, id string) (string, error) {
	ids, err := r.Lookup(ctx, []join.Range{{Block: keyDecisionOf + id, From: 0, To: 1 << 24}})
	if err != nil {
		return "", err
	}
	nodes, err := r.Nodes(ctx, ids)
	if err != nil {
		return "", err
	}
	for i := range nodes {
		u, err := decode[Decision](nodes[i].Body)
		if err != nil {
			return "", fmt.Errorf("%w: decision %s: %w", ErrDamaged, nodes[i].ID, err)
		}
		if u.Do != DoUndo { // something of a process that has such a name
			continue
		}
		again, err := isUndone(ctx, r, nodes[i].ID)
		if err != nil {
			return "", err
		}
		if !again {
			return nodes[i].ID, nil
		}
	}
	return "", nil
}
