package record

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"readout/record/join"
)

// Decided is what a person decided of an event or statement, as views show it.
type Decided struct {
	ID    string `json:"id"`
	Do    string `json:"do"`
	Field string `json:"field,omitempty"`
	Was   string `json:"was,omitempty"`
	Is    string `json:"is,omitempty"`
	By    string `json:"by"`
	When  string `json:"when"`
	Why   string `json:"why,omitempty"`
	// On are the accounts that it is about.
	On []string `json:"on"`
}

// decidedOf gathers what people decided of the members of one thing, in the
// order they did. What they decided of several accounts alike stands once.
func decidedOf(members []*node) []Decided {
	out := []Decided{}
	for _, m := range members {
		for _, d := range m.decided() {
			if !curates(d.Do) {
				continue
			}
			i := slices.IndexFunc(out, func(o Decided) bool { return o.ID == d.ID && o.Was == d.Was })
			if i < 0 {
				i = len(out)
				out = append(out, Decided{ID: d.ID, Do: d.Do, Field: d.Field, Was: d.Was, Is: d.Is, By: d.By, When: stamp(d.When), Why: d.Why})
			}
			out[i].On = append(out[i].On, m.ID)
		}
	}
	slices.SortStableFunc(out, func(a, b Decided) int { return cmp.Or(strings.Compare(a.When, b.When), strings.Compare(a.ID, b.ID)) })
	return out
}

// curates reports whether a decision says what is right of an event or statement;
// those of processes say where it belongs.
func curates(do string) bool {
	switch do {
	case DoAccept, DoCorrect, DoReject, DoMerge, DoSplit, DoLink:
		return true
	}
	return false
}

// shows reports whether a view may show a decision: none of its words is of an
// article that is looked away from, and where the view is of a process it is of
// that, or one of its articles is.
func (k *look) shows(ctx context.Context, d *Decision) (bool, error) {
	in := k.set == nil || d.Of == k.set.Name
	for _, a := range d.Articles() {
		if len(k.g.hidden) > 0 {
			versions, err := versionsOf(ctx, k.r, a)
			if err != nil {
				return false, err
			}
			if slices.ContainsFunc(versions, func(v string) bool { return k.g.hidden[v] }) {
				return false, nil
			}
		}
		if !in {
			var err error
			if in, err = k.articleIn(ctx, a); err != nil {
				return false, err
			}
		}
	}
	return in, nil
}

// Taken is a decision in the log of all.
type Taken struct {
	ID string `json:"id,omitempty"`
	Decision
	// Undone is the id of the decision that undid it.
	Undone string `json:"undone,omitempty"`
	// Unfit tells why it does not hold for a version of an article that is the
	// newest now.
	Unfit []Unfit `json:"unfit,omitempty"`
	// On are the events, statements and positions that it is about now.
	On []string `json:"on"`
}

// Unfit is a decision that finds nothing in a version that it could be about.
type Unfit struct {
	Decision string  `json:"decision"`
	Why      string  `json:"why"`
	Witness  Witness `json:"witness"` // the version; the words are those that were decided upon
}

// Log is all that people decided.
type Log struct {
	Head
	Decisions []Taken `json:"decisions"` // the last first
}

// Decisions gives what people decided since q.Since, and until q.AsOf where it
// is set.
func (l *Ledger) Decisions(ctx context.Context, q Query) (*Log, error) {
	out := &Log{Decisions: []Taken{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if out.Head, err = k.head(ctx, "decisions", 0); err != nil {
			return err
		}
		out.Decisions, err = k.taken(ctx, q.AsOf)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("decisions: %w", err)
	}
	slices.Reverse(out.Decisions)
	if q.Limit > 0 && len(out.Decisions) > q.Limit {
		out.Decisions = out.Decisions[:q.Limit]
	}
	return out, nil
}

// taken gives the decisions of the view's period, as they were taken.
func (k *look) taken(ctx context.Context, until time.Time) ([]Taken, error) {
	to := 1 << 24
	if !until.IsZero() {
		to = join.DayOf(until)
	}
	ids, err := k.r.Lookup(ctx, []join.Range{{Block: keyDecision, From: join.DayOf(k.q.Since), To: to}})
	if err != nil {
		return nil, err
	}
	nodes, err := k.r.Nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := []Taken{}
	for i := range nodes {
		t := Taken{ID: nodes[i].ID}
		if t.Decision, err = decode[Decision](nodes[i].Body); err != nil {
			return nil, fmt.Errorf("%w: decision %s: %w", ErrDamaged, nodes[i].ID, err)
		}
		if t.When.Before(k.q.Since) || !until.IsZero() && t.When.After(until) {
			continue
		}
		if ok, err := k.shows(ctx, &t.Decision); err != nil || !ok {
			if err != nil {
				return nil, err
			}
			continue
		}
		if err := k.complete(ctx, &t); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b Taken) int { return cmp.Or(a.When.Compare(b.When), strings.Compare(a.ID, b.ID)) })
	return out, nil
}

// complete adds what became of a decision.
func (k *look) complete(ctx context.Context, t *Taken) (err error) {
	if t.Undone, err = undoneBy(ctx, k.r, t.ID); err != nil {
		return err
	}
	about := t.ID
	if t.Do == DoUndo {
		about = t.Of
	}
	if t.On, err = k.r.Lookup(ctx, []join.Range{{Block: keyDecided + about}}); err != nil {
		return err
	}
	t.On = nonNil(t.On)
	t.Unfit, err = unfit(ctx, k.r, []Decision{t.Decision})
	return err
}

// unfit tells which of some decisions find nothing in the versions that hold
// now of the articles that they are about.
func unfit(ctx context.Context, r Reader, list []Decision) ([]Unfit, error) {
	out := []Unfit{}
	for i := range list {
		d := &list[i]
		id := d.ID()
		for _, a := range d.Articles() {
			versions, err := r.Lookup(ctx, []join.Range{{Block: "o|of|" + a, From: 0, To: 1 << 24}})
			if err != nil {
				return nil, err
			}
			nodes, err := r.Nodes(ctx, versions)
			if err != nil {
				return nil, err
			}
			for j := range nodes {
				if !nodes[j].In(time.Time{}) {
					continue
				}
				v, err := decodeNode(&nodes[j])
				if err != nil {
					return nil, err
				}
				for _, u := range v.article.Unfit {
					if u.ID == id {
						out = append(out, Unfit{id, u.Why, witness(v.article, d.words(a), d.span(a))})
					}
				}
			}
		}
	}
	return out, nil
}

// words and span are those that a decision is about in an article.
func (d *Decision) words(article string) string {
	for i := range d.At {
		if a := &d.At[i]; a.Article == article && len(a.Words) > 0 {
			return cmp.Or(a.Sentence, a.Words[0])
		}
	}
	return ""
}

func (d *Decision) span(article string) [2]int {
	for i := range d.At {
		if a := &d.At[i]; a.Article == article && len(a.Spans) > 0 {
			return a.Spans[0]
		}
	}
	return [2]int{}
}

// Stale gives the decisions that count and do not hold for the newest version of
// an article that they are about, the last first.
func (l *Ledger) Stale(ctx context.Context) ([]Taken, error) {
	out := []Taken{}
	err := l.look(ctx, Query{}, func(k *look) error {
		versions, err := k.r.Lookup(ctx, []join.Range{{Block: keyUnfit, From: 0, To: 1 << 24}})
		if err != nil {
			return err
		}
		nodes, err := k.r.Nodes(ctx, versions)
		if err != nil {
			return err
		}
		var ids []string
		for i := range nodes {
			v, err := decodeNode(&nodes[i])
			if err != nil {
				return err
			}
			for _, u := range v.article.Unfit {
				if nodes[i].In(time.Time{}) {
					ids = append(ids, u.ID)
				}
			}
		}
		for _, id := range sortedSet(ids) {
			d, err := decisionEntry(ctx, k.r, id)
			if err != nil {
				return err
			}
			t := Taken{ID: id, Decision: *d}
			if err := k.complete(ctx, &t); err != nil {
				return err
			}
			out = append(out, t)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b Taken) int { return cmp.Or(b.When.Compare(a.When), strings.Compare(a.ID, b.ID)) })
	return out, err
}

// Decision gives a decision by its id, or the beginning of it.
func (l *Ledger) Decision(ctx context.Context, id string) (*Taken, error) {
	t := &Taken{}
	err := l.look(ctx, Query{}, func(k *look) (err error) {
		if !isID(id, "d") {
			return fmt.Errorf("%q is no decision's id: %w", id, ErrNotFound)
		}
		if t.ID, err = k.id(ctx, id); err != nil {
			return err
		}
		d, err := decisionEntry(ctx, k.r, t.ID)
		if err != nil {
			return err
		}
		t.Decision = *d
		return k.complete(ctx, t)
	})
	return t, err
}
