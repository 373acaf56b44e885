package record

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"readout/record/join"
)

// Scan gives what a query looks at one by one, for those who write all of it
// out. It holds a part of the index at a time, however large the record is, and
// the order depends on content alone: of events, statements and articles by the
// day they were first told of, then by id.
//
// This is where what is exported is chosen: the moment, the period, the process
// and the markings of the query, and nothing else, decide.
type Scan struct {
	k    *look
	only *Chosen // nil: all of it
}

// Chosen are things by their ids, as views give them; nil: all of a kind.
type Chosen struct {
	Events, Statements, Articles []string
	Topics                       []string // positions on these issues
}

// Only is a scan of what is chosen, which is read as a whole.
func (s *Scan) Only(c Chosen) *Scan { return &Scan{s.k, &c} }

// Scan calls f with the record as it is at this moment; it does not change
// while f runs.
func (l *Ledger) Scan(ctx context.Context, q Query, f func(*Scan) error) error {
	err := l.look(ctx, q, func(k *look) error {
		k.whole = true
		return f(&Scan{k: k})
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// Lately narrows the scan to the newest articles, whole days of them, where the
// period has more than about so many; it gives the day since when all are in it,
// and how many versions of articles are older. What is without a day stays.
func (s *Scan) Lately(ctx context.Context, most int) (since string, left int, err error) {
	if s.k.set != nil {
		return "", 0, nil
	}
	days := s.k.days(keyArticle, 0)[0]
	n, err := s.k.r.Count(ctx, days)
	if err != nil || n <= most {
		return "", 0, err
	}
	day, err := s.k.r.Nth(ctx, days, most)
	if err != nil {
		return "", 0, err
	}
	days.From = max(days.From, day)
	read, err := s.k.r.Count(ctx, days)
	if err != nil || read == n {
		return "", 0, err
	}
	s.k.q.Since = join.DayTime(days.From)
	return join.DayString(days.From), n - read, nil
}

// AsOf is the moment of the scan.
func (s *Scan) AsOf() time.Time { return s.k.q.AsOf }

// SideName is the name of a side: a country, a body.
func (s *Scan) SideName(side string) string { return join.SideName(s.k.l.reg, side) }

// scanned is how many nodes of the index are held at a time, beside those they
// are tied to.
const scanned = 500

// sweep calls f with the ids of a block, a part at a time: those of the earlier
// days first, those without a day last. The graph is fresh each time.
func (s *Scan) sweep(ctx context.Context, block string, f func(ids []string) error) error {
	for _, r := range s.k.days(block, 0) {
		// Nearly all articles are of our time.
		const modern = 719163 // 1970
		for r.From <= r.To {
			part := r
			if part.From < modern {
				part.To = min(r.To, modern-1)
			} else {
				part.To = min(r.To, r.From+365)
			}
			if err := s.within(ctx, part, f); err != nil {
				return err
			}
			r.From = part.To + 1
		}
	}
	return nil
}

func (s *Scan) within(ctx context.Context, r join.Range, f func(ids []string) error) error {
	ids, err := s.k.r.Lookup(ctx, []join.Range{r})
	if err != nil {
		return err
	}
	if len(ids) > scanned && r.From < r.To {
		low, high := r, r
		low.To = (r.From + r.To) / 2
		high.From = low.To + 1
		if err := s.within(ctx, low, f); err != nil {
			return err
		}
		return s.within(ctx, high, f)
	}
	slices.Sort(ids)
	for len(ids) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		part := ids[:min(scanned, len(ids))]
		ids = ids[len(part):]
		s.fresh()
		if err := f(part); err != nil {
			return err
		}
	}
	return nil
}

// holding are those of some nodes that hold, by day and then id.
func (s *Scan) holding(ctx context.Context, ids []string) ([]string, error) {
	if err := s.k.g.load(ctx, ids); err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return s.k.g.nodes[id] == nil })
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(s.k.g.nodes[a].day()-s.k.g.nodes[b].day(), strings.Compare(a, b))
	})
	return out, nil
}

func (s *Scan) fresh() {
	g := newGraph(s.k.r, s.k.g.at)
	g.hidden = s.k.g.hidden
	s.k.g = g
}

// stop is the error of a loop that was left.
type stop struct{}

func (stop) Error() string { return "stopped" }

// each makes a sequence of a function that calls back.
func each[T any](run func(emit func(T) error) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		err := run(func(v T) error {
			if !yield(v, nil) {
				return stop{}
			}
			return nil
		})
		if _, left := err.(stop); err != nil && !left {
			var none T
			yield(none, err)
		}
	}
}

// Events gives the events that articles of the period tell of, each once, those
// that are Slight too. Their claims and conditions name statements and events by
// the ids they have here.
func (s *Scan) Events(ctx context.Context) iter.Seq2[*Event, error] {
	return each(func(emit func(*Event) error) error {
		give := func(list []*Event) error {
			slices.SortFunc(list, func(a, b *Event) int { return byFirst(a.members, b.members) })
			if err := s.tell(ctx, list); err != nil {
				return err
			}
			for _, e := range list {
				if err := emit(e); err != nil {
					return err
				}
			}
			return nil
		}
		if s.only != nil && s.only.Events != nil {
			list, err := s.k.eventsOf(ctx, s.only.Events)
			if err != nil {
				return err
			}
			return give(list)
		}
		if s.k.set != nil { // what it has gathered is not the whole record
			got, err := s.k.gather(ctx, 0)
			if err != nil {
				return err
			}
			return give(slices.Clone(got.events))
		}
		seen := map[string]struct{}{}
		return s.sweep(ctx, keyEvent, func(ids []string) error {
			list, err := s.k.eventsOf(ctx, unseen(ids, seen))
			if err != nil {
				return err
			}
			for _, e := range list {
				mark(e.members, seen)
			}
			return give(list)
		})
	})
}

func byFirst(a, b []*node) int {
	return cmp.Or(a[0].day()-b[0].day(), strings.Compare(a[0].ID, b[0].ID))
}

func unseen(ids []string, seen map[string]struct{}) []string {
	return slices.DeleteFunc(ids, func(id string) bool { _, ok := seen[id]; return ok })
}

func mark(list []*node, seen map[string]struct{}) {
	if len(list) > 1 {
		for _, m := range list {
			seen[m.ID] = struct{}{}
		}
	}
}

// tell gives what events name by the ids of their articles the ids of the record.
func (s *Scan) tell(ctx context.Context, list []*Event) error {
	var ids []string
	for _, e := range list {
		for i := range e.Claims {
			ids = append(ids, e.Claims[i].Said)
		}
		for i := range e.Conditions {
			ids = append(ids, e.Conditions[i].Event)
		}
	}
	names, err := s.k.leaders(ctx, ids)
	if err != nil {
		return err
	}
	for _, e := range list {
		for i := range e.Claims {
			e.Claims[i].Said = names[e.Claims[i].Said]
		}
		for i := range e.Conditions {
			e.Conditions[i].Event = names[e.Conditions[i].Event]
		}
	}
	return s.k.tie(ctx, list)
}

// ScannedStatement is a statement and the events it speaks of, by their ids.
type ScannedStatement struct {
	*Statement
	About []string
}

// Statements gives the statements of articles of the period, each once.
func (s *Scan) Statements(ctx context.Context) iter.Seq2[ScannedStatement, error] {
	return each(func(emit func(ScannedStatement) error) error {
		give := func(list []*Statement) error {
			slices.SortFunc(list, func(a, b *Statement) int { return byFirst(a.members, b.members) })
			var about []string
			for _, st := range list {
				for _, m := range st.members {
					about = append(about, m.saying.About...)
				}
			}
			names, err := s.k.leaders(ctx, about)
			if err != nil {
				return err
			}
			for _, st := range list {
				if err := emit(ScannedStatement{st, speaks(st, names)}); err != nil {
					return err
				}
			}
			return nil
		}
		if s.only != nil && s.only.Statements != nil {
			list, err := s.k.statements(ctx, s.only.Statements)
			if err != nil {
				return err
			}
			return give(list)
		}
		if s.k.set != nil {
			got, err := s.k.gather(ctx, 0)
			if err != nil {
				return err
			}
			return give(slices.Clone(got.statements))
		}
		seen := map[string]struct{}{}
		return s.sweep(ctx, keySaying, func(ids []string) error {
			list, err := s.k.statements(ctx, unseen(ids, seen))
			if err != nil {
				return err
			}
			for _, st := range list {
				mark(st.members, seen)
			}
			return give(list)
		})
	})
}

// speaks are the ids of the events that a statement speaks of.
func speaks(st *Statement, names map[string]string) []string {
	out := []string{}
	for _, m := range st.members {
		for _, id := range m.saying.About {
			if id = names[id]; id != "" {
				out = append(out, id)
			}
		}
	}
	return sortedSet(out)
}

// ScannedArticle is one version of an article, without its text.
type ScannedArticle struct {
	Version
	Key    string
	Origin string // the version that comes first of its story
	TLP    TLP
}

// Articles gives the versions of the articles of the period that were out by
// the moment of the scan, those that others replaced too. When the record
// learnt of them is not told.
func (s *Scan) Articles(ctx context.Context) iter.Seq2[ScannedArticle, error] {
	return each(func(emit func(ScannedArticle) error) error {
		marks, err := markings(ctx, s.k.r)
		if err != nil {
			return err
		}
		if s.only != nil && s.only.Articles != nil {
			return s.articles(ctx, s.only.Articles, marks, emit)
		}
		return s.sweep(ctx, keyArticle, func(ids []string) error { return s.articles(ctx, ids, marks, emit) })
	})
}

func (s *Scan) articles(ctx context.Context, ids []string, marks map[string]TLP, emit func(ScannedArticle) error) error {
	origin, err := s.k.g.origins(ctx, ids)
	if err != nil {
		return err
	}
	nodes, err := s.k.r.Nodes(ctx, ids)
	if err != nil {
		return err
	}
	var list []ScannedArticle
	for i := range nodes {
		n := &nodes[i]
		if s.k.g.hidden[n.ID] || n.From.After(s.k.q.AsOf) {
			continue
		}
		v, err := decodeNode(n)
		if err != nil {
			return err
		}
		a := v.article
		in, err := s.k.articleIn(ctx, a.Of)
		if err != nil {
			return err
		}
		if !in {
			continue
		}
		out := ScannedArticle{
			Version: Version{ID: a.ID, Article: a.Of, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL,
				Published: stamp(maxTime(instant(a.Published), instant(a.Modified)))},
			Key: a.Key, Origin: origin[a.ID], TLP: unmarked(a.Outlet),
		}
		if t, ok := marks[a.Of]; ok {
			out.TLP = t
		}
		if !n.Until.IsZero() && !n.Until.After(s.k.q.AsOf) {
			out.Replaced = stamp(n.Until)
		}
		list = append(list, out)
	}
	slices.SortFunc(list, func(a, b ScannedArticle) int {
		return cmp.Or(instant(a.Published).Compare(instant(b.Published)), strings.Compare(a.ID, b.ID))
	})
	for _, a := range list {
		if err := emit(a); err != nil {
			return err
		}
	}
	return nil
}

// ScannedPosition is where somebody stood on an issue, by one article.
type ScannedPosition struct {
	ID, Topic, Stance string
	Side, Name, Key   string
	Day               string
	Statement         string // its id
	Witness           Witness
}

// Positions gives the positions of articles of the period, by topic, day and id.
func (s *Scan) Positions(ctx context.Context) iter.Seq2[ScannedPosition, error] {
	return each(func(emit func(ScannedPosition) error) error {
		blocks, err := s.k.r.Blocks(ctx, keyTopic)
		if err != nil {
			return err
		}
		for _, b := range blocks {
			if s.only != nil && s.only.Topics != nil && !slices.Contains(s.only.Topics, strings.TrimPrefix(b.Name, keyTopic)) {
				continue
			}
			err := s.sweep(ctx, b.Name, func(ids []string) error { return s.positions(ctx, ids, emit) })
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Scan) positions(ctx context.Context, ids []string, emit func(ScannedPosition) error) error {
	ids, err := s.holding(ctx, ids)
	if err != nil {
		return err
	}
	var list []*node
	var versions, said []string
	for _, id := range ids {
		n := s.k.g.nodes[id]
		list = append(list, n)
		versions = append(versions, n.Of)
		said = append(said, n.position.Statement)
	}
	if err := s.k.g.load(ctx, versions); err != nil {
		return err
	}
	list, err = s.k.keepPositions(ctx, list, 0)
	if err != nil {
		return err
	}
	names, err := s.k.leaders(ctx, said)
	if err != nil {
		return err
	}
	for _, n := range list {
		p := n.position
		err := emit(ScannedPosition{
			ID: p.ID, Topic: p.Topic, Stance: p.Stance, Side: p.Actor.Side, Name: p.Actor.Name, Key: p.Actor.Key,
			Day: join.DayString(p.Day), Statement: names[p.Statement], Witness: witness(s.k.g.article(n.Of), p.Words, p.Span),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
