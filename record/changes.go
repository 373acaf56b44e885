package record

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"readout/record/join"
)

// Changes is what changed between two moments.
type Changes struct {
	Head
	New     []*Event  `json:"new"`     // events nobody had told of
	Changed []*Change `json:"changed"` // by the event's day, the last first
	Merged  []*Merge  `json:"merged"`
	Gone    []*Event  `json:"gone"`  // events whose every account was taken back, as they were
	Moved   []Moved   `json:"moved"` // positions
	// Decided is what people decided in the period, the last first: what it
	// corrects is corrected on all days, so it is no change of an event.
	Decided []Ruling `json:"decided"`
	More    int      `json:"more"`
}

// Change is an event that is not as it was.
type Change struct {
	Event *Event   `json:"event"` // as it is now
	Was   string   `json:"was"`   // its status then
	What  []Detail `json:"what"`
}

// Detail is one thing that changed.
type Detail struct {
	// Kind is status, date, place, confirmed, denied, line, retracted or reports.
	Kind string `json:"kind"`
	Was  string `json:"was,omitempty"`
	Is   string `json:"is,omitempty"`
	// Party is whose line changed.
	Party   string   `json:"party,omitempty"`
	Witness *Witness `json:"witness,omitempty"`
}

// Ruling is what a person decided, and the event or statement it is about as it
// is now; nil where it is gone, or is of the other kind.
type Ruling struct {
	Taken
	Event     *Event     `json:"event,omitempty"`
	Statement *Statement `json:"statement,omitempty"`
}

// Merge is events that turned out to be one.
type Merge struct {
	Event *Event   `json:"event"`
	Were  []*Event `json:"were"`
}

// Moved is a party that changed its stance on an issue, or took one.
type Moved struct {
	Topic string `json:"topic"`
	Was   string `json:"was,omitempty"`
	Cell  Cell   `json:"cell"`
}

// Changes tells what changed from q.Since to q.AsOf: new events, others of
// status, dates moved, parties that confirmed or denied, accounts that were
// taken back, events that turned out to be one, stances that changed.
func (l *Ledger) Changes(ctx context.Context, q Query) (*Changes, error) {
	c := &Changes{New: []*Event{}, Changed: []*Change{}, Merged: []*Merge{}, Gone: []*Event{}, Moved: []Moved{}, Decided: []Ruling{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if c.Head, err = k.head(ctx, "changes", 0); err != nil {
			return err
		}
		before := k.q
		before.AsOf, before.Since = q.Since, time.Time{}
		then := &look{l: l, q: before, r: k.r, g: k.g.when(q.Since), today: join.DayOf(q.Since), set: k.set}
		then.g.hidden = k.g.hidden
		events, was, err := k.both(ctx, then)
		if err != nil {
			return err
		}
		if err := c.compare(ctx, k, then, events, was); err != nil {
			return err
		}
		k.told(&c.Head)
		if err := c.positions(ctx, k, then); err != nil {
			return err
		}
		return c.decided(ctx, k)
	})
	if err != nil {
		return nil, fmt.Errorf("changes: %w", err)
	}
	byLast := func(a, b *Event) int { return byDay(b, a) }
	slices.SortFunc(c.New, byLast)
	slices.SortFunc(c.Gone, byLast)
	slices.SortFunc(c.Changed, func(a, b *Change) int { return byLast(a.Event, b.Event) })
	slices.SortFunc(c.Merged, func(a, b *Merge) int { return byLast(a.Event, b.Event) })
	if !q.All {
		c.New, c.More = substantial(c.New)
		gone, n := substantial(c.Gone)
		c.Gone, c.More = gone, c.More+n
	}
	return c, nil
}

func substantial(list []*Event) ([]*Event, int) {
	n := len(list)
	list = slices.DeleteFunc(list, (*Event).Slight)
	return list, n - len(list)
}

// both gives the events that articles of the period touch, as they are and as
// they were: an event changes by an article that tells of it, by a version that
// takes the place of one that did, or by its day going by.
func (k *look) both(ctx context.Context, then *look) (now, was []*Event, err error) {
	ids, err := k.newestOf(ctx, append(k.days(keyEvent, 0), k.days(keyEventDay, 0)...), mostMentions)
	if err != nil {
		return nil, nil, err
	}
	// Versions that changed in the period take their whole article with them.
	again, err := k.r.Lookup(ctx, k.days(keyAgain, 0))
	if err != nil {
		return nil, nil, err
	}
	nodes, err := k.r.Nodes(ctx, again)
	if err != nil {
		return nil, nil, err
	}
	var siblings []join.Range
	for i := range nodes {
		v, err := decodeNode(&nodes[i])
		if err != nil {
			return nil, nil, err
		}
		siblings = append(siblings, join.Range{Block: "o|of|" + v.article.Of, From: 0, To: maxDay})
	}
	versions, err := k.r.Lookup(ctx, siblings)
	if err != nil {
		return nil, nil, err
	}
	for _, version := range versions {
		of, err := k.r.NodesOf(ctx, version)
		if err != nil {
			return nil, nil, err
		}
		ids = append(ids, ofKind(of, 'e')...)
	}
	if now, err = k.eventsOf(ctx, ids); err != nil {
		return nil, nil, err
	}
	for _, e := range now {
		for _, m := range e.members {
			ids = append(ids, m.ID)
		}
	}
	was, err = then.eventsOf(ctx, ids)
	return now, was, err
}

func (c *Changes) compare(ctx context.Context, k, then *look, now, was []*Event) error {
	before := map[string]*Event{} // by mention
	for _, e := range was {
		for _, m := range e.members {
			before[m.ID] = e
		}
	}
	// An account in a version that was replaced goes on in the new version: the
	// event it belonged to is followed through the article.
	followed := map[*Event]bool{}
	for _, e := range now {
		var were []*Event
		for _, m := range e.members {
			if w := before[m.ID]; w != nil && !slices.Contains(were, w) {
				were = append(were, w)
			}
		}
		if len(were) == 0 {
			if w := predecessor(k, then, e, was); w != nil {
				were = append(were, w)
			}
		}
		for _, w := range were {
			followed[w] = true
		}
		switch {
		case len(were) == 0:
			c.New = append(c.New, e)
			continue
		case len(were) > 1:
			slices.SortFunc(were, byDay)
			c.Merged = append(c.Merged, &Merge{e, were})
		}
		w := slices.MaxFunc(were, func(a, b *Event) int { return cmp.Or(a.Origins-b.Origins, strings.Compare(b.ID, a.ID)) })
		if what := differences(w, e); len(what) > 0 {
			c.Changed = append(c.Changed, &Change{Event: e, Was: w.Status.Value, What: what})
		}
	}
	for _, w := range was {
		if followed[w] {
			continue
		}
		left := false
		for _, m := range w.members {
			if err := k.g.load(ctx, []string{m.ID}); err != nil {
				return err
			}
			left = left || k.g.nodes[m.ID] != nil
		}
		if !left {
			c.Gone = append(c.Gone, w)
		}
	}
	return nil
}

// predecessor is the event that an earlier version of the article told where a
// later one tells e: of one kind, with a side in common.
func predecessor(k, then *look, e *Event, was []*Event) *Event {
	for _, m := range e.members {
		a := k.g.article(m.Of)
		if a == nil {
			continue
		}
		for _, w := range was {
			for _, o := range w.members {
				b := then.g.article(o.Of)
				if b != nil && b.Of == a.Of && w.Kind == e.Kind && slices.ContainsFunc(e.sides(), func(s string) bool { return slices.Contains(w.sides(), s) }) {
					return w
				}
			}
		}
	}
	return nil
}

// differences are what is not as it was with an event.
func differences(w, e *Event) []Detail {
	var out []Detail
	if w.Status.Value != e.Status.Value {
		d := Detail{Kind: "status", Was: w.Status.Value, Is: e.Status.Value}
		if len(e.Status.Rests) > 0 {
			d.Witness = &e.Status.Rests[0].Witness
		}
		out = append(out, d)
	}
	if w.when.String() != e.when.String() && e.when.String() != "" {
		d := Detail{Kind: "date", Was: w.when.String(), Is: e.when.String()}
		for i := range e.Dates {
			if e.Dates[i].when.String() == e.when.String() {
				d.Witness = &e.Dates[i].Witness
			}
		}
		out = append(out, d)
	}
	if w.Place != e.Place && e.Place != "" {
		out = append(out, Detail{Kind: "place", Was: w.Place, Is: e.Place, Witness: &e.Places[0].Witness})
	}
	lines := map[string]string{}
	for _, l := range w.Lines {
		lines[l.Side] = l.Line
	}
	for _, l := range e.Lines {
		was, ok := lines[l.Side]
		if !ok {
			was = NotHeard
		}
		if l.Line == was || l.Line == NotHeard {
			continue
		}
		kind := "line"
		if l.Line == "confirmed" || l.Line == "denied" {
			kind = l.Line
		}
		out = append(out, Detail{Kind: kind, Was: was, Is: l.Line, Party: l.Name, Witness: l.Witness})
	}
	have := map[string]bool{}
	for _, m := range e.Mentions {
		have[m.ID] = true
	}
	for i := range w.Mentions {
		if m := &w.Mentions[i]; !have[m.ID] && !saysStill(e, m) {
			out = append(out, Detail{Kind: "retracted", Was: m.Witness.Words, Witness: &m.Witness})
		}
	}
	if len(out) == 0 && e.Origins > w.Origins {
		out = append(out, Detail{Kind: "reports", Was: fmt.Sprint(w.Origins), Is: fmt.Sprint(e.Origins)})
	}
	return out
}

// saysStill reports whether the words of an account stand in another one of the
// same article.
func saysStill(e *Event, m *Mention) bool {
	return slices.ContainsFunc(e.Mentions, func(x Mention) bool {
		return x.Witness.Words == m.Witness.Words && (x.Witness.URL == m.Witness.URL || x.Witness.Title == m.Witness.Title)
	})
}

// decided gathers what people decided of events and statements in the period.
func (c *Changes) decided(ctx context.Context, k *look) error {
	list, err := k.taken(ctx, k.q.AsOf)
	if err != nil {
		return err
	}
	for _, t := range slices.Backward(list) {
		do := t.Do
		if do == DoUndo {
			was, err := decisionEntry(ctx, k.r, t.Of)
			if errors.Is(err, ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			do = was.Do
		}
		if !curates(do) || do == DoAccept {
			continue
		}
		r := Ruling{Taken: t}
		events, said, err := k.things(ctx, t.On)
		if err != nil {
			return err
		}
		if len(events) > 0 {
			r.Event = events[0]
		}
		if len(said) > 0 {
			r.Statement = said[0]
		}
		if k.set != nil && r.Event == nil && r.Statement == nil {
			continue
		}
		c.Decided = append(c.Decided, r)
	}
	return nil
}

func (c *Changes) positions(ctx context.Context, k, then *look) error {
	// Only those of whom the period has a position may have moved.
	spoken, err := k.spoken(ctx)
	if err != nil {
		return err
	}
	all := *k
	all.q.Since = time.Time{}
	now, err := all.boardOn(ctx, spoken)
	if err != nil {
		return err
	}
	was, err := then.boardOn(ctx, spoken)
	if err != nil {
		return err
	}
	before := map[[2]string]string{}
	for _, s := range was {
		for _, cell := range s.Cells {
			before[[2]string{s.Topic, cell.Party}] = cell.Stance
		}
	}
	for _, s := range now {
		for _, cell := range s.Cells {
			if w := before[[2]string{s.Topic, cell.Party}]; w != cell.Stance {
				c.Moved = append(c.Moved, Moved{Topic: s.Topic, Was: w, Cell: cell})
			}
		}
	}
	return nil
}
