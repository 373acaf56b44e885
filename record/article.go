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

// ArticleView is one version of an article with all that the record takes from
// it.
type ArticleView struct {
	Head
	Version
	Text       string          `json:"text"`
	Blocks     []reading.Block `json:"blocks"`
	Judgements []reading.Span  `json:"judgements"` // the outlet's own
	Model      string          `json:"model,omitempty"`
	Versions   []Version       `json:"versions"` // of the article, the first first
	Copies     []Witness       `json:"copies"`   // other articles of its story; Words is the title
	Told       []Told          `json:"told"`     // by their place in the text
	Events     []*Event        `json:"events"`
	Statements []*Statement    `json:"statements"`
}

// Version is one version of an article.
type Version struct {
	ID        string `json:"version"`
	Article   string `json:"article"`
	Title     string `json:"title,omitempty"`
	Outlet    string `json:"outlet,omitempty"`
	Byline    string `json:"byline,omitempty"`
	Credit    string `json:"credit,omitempty"`
	URL       string `json:"url,omitempty"`
	Published string `json:"published,omitempty"` // when this version was
	Replaced  string `json:"replaced,omitempty"`  // when another took its place, as of the view
	Learnt    string `json:"learnt,omitempty"`
}

// Told is one thing that an article tells, and where.
type Told struct {
	ID   string `json:"id"`   // of this account
	Kind string `json:"kind"` // event, statement, position or actor
	Of   string `json:"of"`   // the event's or the statement's id, the position's topic, the actor's key or name
	// By and Stance are of a position.
	By     string         `json:"by,omitempty"`
	Stance string         `json:"stance,omitempty"`
	Spans  []reading.Span `json:"spans"`
	// Confidence is of the machine's reading, 0 to 1; 0 where it is sure or gives none.
	Confidence float64 `json:"confidence,omitempty"`
}

// Article gives an article with what it tells. It is named by its version's id,
// or the beginning of one, or as for Purge. A version that another has replaced
// is shown as it was while it held.
func (l *Ledger) Article(ctx context.Context, q Query, name string) (*ArticleView, error) {
	v := &ArticleView{Versions: []Version{}, Copies: []Witness{}, Told: []Told{}, Events: []*Event{}, Statements: []*Statement{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if v.Head, err = k.head(ctx, "article", 0); err != nil {
			return err
		}
		id, err := k.versionNamed(ctx, name)
		if err != nil {
			return err
		}
		if err := v.versions(ctx, k, id); err != nil {
			return err
		}
		n, err := k.r.Nodes(ctx, []string{id})
		if err != nil {
			return err
		}
		if len(n) == 0 || n[0].From.After(k.q.AsOf) || k.g.hidden[id] {
			return fmt.Errorf("article %q: not known by %s: %w", name, k.q.AsOf.Format(time.DateOnly), ErrNotFound)
		}
		if until := n[0].Until; !until.IsZero() && !until.After(k.q.AsOf) {
			q := k.q
			q.AsOf = until.Add(-time.Microsecond)
			then := *k
			then.q, then.g, then.today = q, newGraph(k.r, q.AsOf), join.DayOf(q.AsOf)
			then.g.hidden = k.g.hidden
			k = &then
		}
		return v.told(ctx, k, id)
	})
	if err != nil {
		return nil, fmt.Errorf("article: %w", err)
	}
	return v, nil
}

// versionNamed finds a version by its id, or finds the one of an article that
// holds.
func (k *look) versionNamed(ctx context.Context, name string) (string, error) {
	if isID(name, "v") {
		id, err := k.id(ctx, name)
		if err == nil || !errors.Is(err, ErrNotFound) {
			return id, err
		}
	}
	return k.version(ctx, name)
}

// versions sets which version it is, its text and the article's other versions.
func (v *ArticleView) versions(ctx context.Context, k *look, id string) error {
	e, err := k.r.Entry(ctx, id)
	if err != nil {
		return err
	}
	list, err := k.r.Entries(ctx, EntryQuery{Kind: KindArticle, Of: e.Of})
	if err != nil {
		return err
	}
	for i := range list {
		if len(list[i].Body) == 0 || list[i].Published.After(k.q.AsOf) || k.g.hidden[list[i].ID] {
			continue
		}
		a, err := decode[Article](list[i].Body)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		n, err := k.r.Nodes(ctx, []string{list[i].ID})
		if err != nil {
			return err
		}
		w := Version{
			ID: list[i].ID, Article: e.Of, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL,
			Published: stamp(a.Since()), Learnt: stamp(list[i].Learnt),
		}
		if len(n) > 0 && !n[0].Until.IsZero() && !n[0].Until.After(k.q.AsOf) {
			w.Replaced = stamp(n[0].Until)
		}
		v.Versions = append(v.Versions, w)
		if w.ID == id {
			v.Version = w
		}
	}
	slices.SortStableFunc(v.Versions, func(a, b Version) int {
		return cmp.Or(strings.Compare(a.Published, b.Published), strings.Compare(a.ID, b.ID))
	})
	return nil
}

// told gathers what a version tells, as the record has it.
func (v *ArticleView) told(ctx context.Context, k *look, id string) error {
	text, r, err := readingOf(ctx, k.r, id)
	if err != nil {
		return err
	}
	v.Text, v.Blocks, v.Judgements, v.Model = string(text), r.Document.Blocks, r.Document.Judgements, r.Model
	ids, err := k.r.NodesOf(ctx, id)
	if err != nil {
		return err
	}
	if err := k.g.load(ctx, append(ids, id)); err != nil {
		return err
	}
	if err := v.copies(ctx, k, id); err != nil {
		return err
	}
	var events, sayings []string
	for _, x := range ids {
		n := k.g.nodes[x]
		switch {
		case n == nil:
		case n.mention != nil:
			events = append(events, x)
		case n.saying != nil:
			sayings = append(sayings, x)
		case n.position != nil:
			v.Told = append(v.Told, Told{ID: x, Kind: "position", Of: n.position.Topic, By: n.position.Actor.Name, Stance: n.position.Stance, Spans: []reading.Span{n.position.Span}})
		}
	}
	if v.Events, err = k.eventsOf(ctx, events); err != nil {
		return err
	}
	for _, e := range v.Events {
		for _, m := range e.members {
			if m.Of == id {
				v.Told = append(v.Told, Told{ID: m.ID, Kind: "event", Of: e.ID, Spans: m.mention.Evidence, Confidence: m.mention.Confidence})
			}
		}
	}
	if v.Statements, err = k.statements(ctx, sayings); err != nil {
		return err
	}
	for _, s := range v.Statements {
		for _, m := range s.members {
			if m.Of == id {
				v.Told = append(v.Told, Told{ID: m.ID, Kind: "statement", Of: s.ID, Spans: []reading.Span{m.saying.Span}, Confidence: m.saying.Confidence})
			}
		}
	}
	v.named(k, id, r)
	v.sort()
	return nil
}

// named adds the mentions of actors.
func (v *ArticleView) named(k *look, id string, r *reading.Reading) {
	keys := map[string]string{} // of the actors with a name
	if a := k.g.article(id); a != nil {
		for i := range a.Actors {
			keys[a.Actors[i].Name] = a.Actors[i].Key
		}
	}
	for i := range r.Actors {
		a := &r.Actors[i]
		key := keys[a.Name]
		if key == "" || a.Anonymous {
			continue
		}
		t := Told{ID: a.ID, Kind: "actor", Of: key, Confidence: a.Confidence}
		for _, m := range a.Mentions {
			t.Spans = append(t.Spans, m.Span)
		}
		v.Told = append(v.Told, t)
	}
}

func (v *ArticleView) sort() {
	first := map[string]int{} // where an event or a statement stands
	at := func(t *Told) int {
		if len(t.Spans) == 0 {
			return 0
		}
		return t.Spans[0][0]
	}
	slices.SortStableFunc(v.Told, func(a, b Told) int { return cmp.Or(at(&a)-at(&b), strings.Compare(a.ID, b.ID)) })
	for i := range v.Told {
		if t := &v.Told[i]; first[t.Of] == 0 {
			first[t.Of] = i + 1
		}
	}
	slices.SortStableFunc(v.Events, func(a, b *Event) int { return first[a.ID] - first[b.ID] })
	slices.SortStableFunc(v.Statements, func(a, b *Statement) int { return first[a.ID] - first[b.ID] })
}

// copies are the other articles of the story.
func (v *ArticleView) copies(ctx context.Context, k *look, id string) error {
	parts, err := k.g.components(ctx, []string{id})
	if err != nil {
		return err
	}
	for _, c := range parts {
		for _, m := range c.members {
			if m.article != nil && m.article.Of != v.Article {
				v.Copies = append(v.Copies, witness(m.article, m.article.Title, reading.Span{}))
			}
		}
	}
	return nil
}

// StatementView is one statement, with what it speaks of.
type StatementView struct {
	Head
	Statement *Statement     `json:"statement"`
	Events    []*Event       `json:"events"`    // it speaks of, by their day
	Positions []StandingSaid `json:"positions"` // it takes
	Within    *Statement     `json:"within,omitempty"`
	Relays    []*Statement   `json:"relays"` // statements of others that it tells
	Answers   []*Statement   `json:"answers"`
}

// StandingSaid is a stance that a statement takes.
type StandingSaid struct {
	Topic   string  `json:"topic"`
	Stance  string  `json:"stance"`
	Witness Witness `json:"witness"`
}

// Statement gives one statement by its id, or the beginning of it, or that of
// any of its accounts.
func (l *Ledger) Statement(ctx context.Context, q Query, id string) (*StatementView, error) {
	v := &StatementView{Events: []*Event{}, Positions: []StandingSaid{}, Relays: []*Statement{}, Answers: []*Statement{}}
	err := l.look(ctx, q, func(k *look) (err error) {
		if v.Head, err = k.head(ctx, "statement", 0); err != nil {
			return err
		}
		if !isID(id, "s") {
			return fmt.Errorf("%q is no statement's id: %w", id, ErrNotFound)
		}
		full, err := k.id(ctx, id)
		if err != nil {
			return err
		}
		list, err := k.statements(ctx, []string{full})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fmt.Errorf("%s: not known by %s: %w", id, v.AsOf, ErrNotFound)
		}
		v.Statement = list[0]
		return v.around(ctx, k)
	})
	if err != nil {
		return nil, fmt.Errorf("statement: %w", err)
	}
	return v, nil
}

// around finds what a statement speaks of, and the statements it is tied to.
func (v *StatementView) around(ctx context.Context, k *look) error {
	own := map[string]bool{}
	var about, within, answers, relays []string
	for _, m := range v.Statement.members {
		own[m.ID] = true
		about = append(about, m.saying.About...)
		answers = append(answers, m.saying.RespondsTo...)
		if m.saying.Within != "" {
			within = append(within, m.saying.Within)
		}
	}
	seen := map[string]bool{}
	for _, m := range v.Statement.members {
		ids, err := k.r.NodesOf(ctx, m.Of)
		if err != nil {
			return err
		}
		if err := k.g.load(ctx, ids); err != nil {
			return err
		}
		for _, id := range ids {
			n := k.g.nodes[id]
			switch {
			case n == nil:
			case n.saying != nil && own[n.saying.Within]:
				relays = append(relays, id)
			case n.position != nil && own[n.position.Statement] && !seen[n.position.Topic+n.position.Stance]:
				p := n.position
				seen[p.Topic+p.Stance] = true
				v.Positions = append(v.Positions, StandingSaid{p.Topic, p.Stance, witness(k.g.article(n.Of), p.Words, p.Span)})
			}
		}
	}
	var err error
	if v.Events, err = k.eventsOf(ctx, about); err != nil {
		return err
	}
	slices.SortFunc(v.Events, byDay)
	if v.Relays, err = k.statements(ctx, relays); err != nil {
		return err
	}
	if v.Answers, err = k.statements(ctx, answers); err != nil {
		return err
	}
	outer, err := k.statements(ctx, within)
	if len(outer) > 0 {
		v.Within = outer[0]
	}
	return err
}
