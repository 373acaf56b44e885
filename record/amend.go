package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"readout/reading"
	"readout/record/join"
	"readout/registry"
)

// values makes the values of a version as people decided them: what the reading
// gives, and upon it every decision on the article that finds its words there.
// The names of values stay those of the reading, so that a link to an event
// holds when its kind is corrected. What was rejected stays a value that holds
// at no time.
func (l *Ledger) values(ctx context.Context, r Reader, a *Article, rd *reading.Reading) (join.Values, error) {
	list, err := decisions(ctx, r, keyDecisionOn+a.ID())
	if err != nil {
		return join.Values{}, err
	}
	return l.amended(list, a, rd), nil
}

// amended is values by the decisions on the article.
func (l *Ledger) amended(list []Decision, a *Article, rd *reading.Reading) join.Values {
	c := *rd
	c.Document.Text = a.Text
	m := amender{reg: l.reg, version: a.Version(), text: []rune(a.Text), unfit: map[string]string{}}
	for i := range list {
		m.locate(&list[i], a.ID())
	}
	who := m.identify(&c)
	m.v = join.Of(l.reg, m.version, &c)
	m.v.Article.Of = a.ID()
	m.decideAll(who)
	return m.v
}

// amender puts decisions upon the values of one version.
type amender struct {
	reg     *registry.Registry
	version string
	text    []rune
	v       join.Values
	todo    []located
	unfit   map[string]string // why, by decision
}

// located is a decision and where the words of one of its anchors stand.
type located struct {
	*Decision
	id string
	on *Anchor
	at reading.Span
}

func (m *amender) locate(d *Decision, article string) {
	id := d.ID()
	for i := range d.At {
		a := &d.At[i]
		if a.Article != article || len(a.Spans) == 0 {
			continue
		}
		at, ok := a.find(m.version, m.text)
		if !ok {
			m.unfit[id] = unfitWords
			continue
		}
		m.todo = append(m.todo, located{d, id, a, at})
	}
}

// identified is an actor of a version whose identity was decided.
type identified struct {
	join.Decided
	actor join.Actor
}

// identify gives actors of a reading the identity that people decided. The
// reading is the caller's own but for its lists.
func (m *amender) identify(r *reading.Reading) []identified {
	var out []identified
	cloned := false
	for _, t := range m.todo {
		if t.on.Kind != OnActor {
			continue
		}
		i := actorAt(r, t.at)
		if i < 0 {
			m.unfit[t.id] = unfitReading
			continue
		}
		d := t.decided()
		d.As = r.Actors[i].Name
		if t.Do == DoCorrect && t.Field == "who" {
			if !cloned {
				r.Actors, cloned = slices.Clone(r.Actors), true
			}
			a := &r.Actors[i]
			d.Was = a.Name
			if t.Value == nobodyKnown {
				a.Entry, a.Anonymous = "", true
			} else {
				n := join.Person(m.reg, t.Value, join.Day(r.Document.Published))
				a.Name, a.Kind, a.Entry, a.Wikidata, a.Anonymous = n.Name, n.Kind, n.Entry, n.Wikidata, false
				if n.Entry != "" {
					a.Country, a.Code = n.Country, n.Code
				}
			}
		}
		out = append(out, identified{d, join.Identify(m.reg, &r.Actors[i], join.Day(r.Document.Published))})
	}
	return out
}

// actorAt gives the actor that a reading finds at a place: by a mention there,
// else by the only one that has a part of it. -1 is none.
func actorAt(r *reading.Reading, at reading.Span) int {
	near := -1
	for i := range r.Actors {
		for _, s := range r.Actors[i].Mentions {
			if s.Span == at {
				return i
			}
			if s.Span[0] < at[1] && at[0] < s.Span[1] {
				if near >= 0 && near != i {
					return -1
				}
				near = i
			}
		}
	}
	return near
}

func (t *located) decided() join.Decided {
	return join.Decided{ID: t.id, Do: t.Do, Field: t.Field, Is: t.Value, By: t.By, When: t.When, Why: t.Why}
}

// decideAll puts the decisions upon the values, in the order they were taken.
func (m *amender) decideAll(who []identified) {
	for i := range who {
		m.v.Article.Decided = append(m.v.Article.Decided, who[i].Decided)
		if who[i].Do == DoCorrect {
			m.spread(&who[i])
		}
	}
	// What each is about is told from the values as they were read.
	on := map[string][]footing{}
	for _, k := range []string{OnEvent, OnStatement, OnPosition} {
		on[k] = footings(&m.v, k)
	}
	about := make([]int, len(m.todo))
	for i, t := range m.todo {
		about[i] = t.on.match(t.at, m.text, on[t.on.Kind])
	}
	for i := range m.todo {
		t := &m.todo[i]
		if t.on.Kind == OnActor {
			continue
		}
		if about[i] < 0 {
			m.unfit[t.id] = unfitReading
			continue
		}
		d := t.decided()
		if t.Do == DoCorrect {
			was, err := m.correct(t, about[i])
			if err != nil {
				m.unfit[t.id] = err.Error()
				continue
			}
			d.Was = was
		}
		if t.Do == DoLink {
			d.As = t.end()
		}
		list := m.list(t.on.Kind, about[i])
		if !slices.ContainsFunc(*list, func(o join.Decided) bool { return o.ID == d.ID }) {
			*list = append(*list, d)
		}
	}
	m.reject()
	m.v.Settle()
	for _, id := range sortedKeys(m.unfit) {
		m.v.Article.Unfit = append(m.v.Article.Unfit, join.Unfit{ID: id, Why: m.unfit[id]})
	}
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// list are the decisions of a value.
func (m *amender) list(kind string, i int) *[]join.Decided {
	switch kind {
	case OnEvent:
		return &m.v.Mentions[i].Decided
	case OnStatement:
		return &m.v.Sayings[i].Decided
	}
	return &m.v.Positions[i].Decided
}

// spread tells the events and statements of somebody whose identity was decided.
func (m *amender) spread(who *identified) {
	is := func(a *join.Actor) bool { return a != nil && a.Key == who.actor.Key && a.Name == who.actor.Name }
	for i := range m.v.Mentions {
		x := &m.v.Mentions[i]
		if slices.ContainsFunc(x.Parts, func(p join.Part) bool { return is(&p.Actor) }) {
			x.Decided = append(x.Decided, who.Decided)
		}
	}
	for i := range m.v.Sayings {
		if x := &m.v.Sayings[i]; is(x.By) {
			x.Decided = append(x.Decided, who.Decided)
		}
	}
}

// correct changes one field of a value and tells what it was.
func (m *amender) correct(t *located, i int) (was string, err error) {
	c := correction{amender: m, value: strings.TrimSpace(t.Value)}
	switch t.on.Kind {
	case OnEvent:
		f, ok := eventFields[t.Field]
		if !ok {
			return "", errNoField
		}
		return f.apply(&c, &m.v.Mentions[i])
	case OnStatement:
		f, ok := statementFields[t.Field]
		if !ok {
			return "", errNoField
		}
		return f.apply(&c, &m.v.Sayings[i])
	case OnPosition:
		f, ok := positionFields[t.Field]
		if !ok {
			return "", errNoField
		}
		return f.apply(&c, &m.v.Positions[i])
	}
	return "", errNoField
}

var errNoField = errors.New(unfitField)

// reject takes what rests on rejected values out of the others: links to an
// event, claims and positions that rest on a statement.
func (m *amender) reject() {
	gone := map[string]bool{}
	for i := range m.v.Mentions {
		if x := &m.v.Mentions[i]; join.Rejected(x.Decided) != nil {
			gone[x.ID] = true
		}
	}
	for i := range m.v.Sayings {
		if x := &m.v.Sayings[i]; join.Rejected(x.Decided) != nil {
			gone[x.ID] = true
		}
	}
	if len(gone) == 0 {
		return
	}
	for i := range m.v.Mentions {
		x := &m.v.Mentions[i]
		x.Links = slices.DeleteFunc(x.Links, func(l join.Link) bool { return gone[l.To] })
		x.Claims = slices.DeleteFunc(x.Claims, func(c join.Claim) bool { return gone[c.Statement] })
		for j := range x.Conditions {
			if gone[x.Conditions[j].Event] {
				x.Conditions[j].Event = ""
			}
		}
	}
	for i := range m.v.Sayings {
		x := &m.v.Sayings[i]
		x.About = slices.DeleteFunc(x.About, func(id string) bool { return gone[id] })
		x.RespondsTo = slices.DeleteFunc(x.RespondsTo, func(id string) bool { return gone[id] })
		if gone[x.Within] {
			x.Within = ""
		}
	}
	m.v.Positions = slices.DeleteFunc(m.v.Positions, func(p join.Position) bool { return gone[p.Statement] })
}

// actor is somebody by key or name: as the article has him, else as the
// registry knows him, else a person of that name.
func (m *amender) actor(name string) join.Actor {
	same := func(a *join.Actor) bool {
		return a.Key != "" && (a.Key == name || registry.Fold(a.Name) == registry.Fold(name))
	}
	for i := range m.v.Article.Actors {
		if a := &m.v.Article.Actors[i]; same(a) {
			return *a
		}
	}
	return join.Named(m.reg, name, m.v.Article.Day)
}

// CheckField tells what is wrong with a correction: of a kind of thing (event,
// statement, position, actor), one of its fields, and the value it is to have.
func CheckField(on, field, value string) error {
	check, ok := map[string]func(string) error{}[field], false
	var names []string
	switch on {
	case OnEvent:
		if f, is := eventFields[field]; is {
			check, ok = f.check, true
		}
		names = sortedKeys(eventFields)
	case OnStatement:
		if f, is := statementFields[field]; is {
			check, ok = f.check, true
		}
		names = sortedKeys(statementFields)
	case OnPosition:
		if f, is := positionFields[field]; is {
			check, ok = f.check, true
		}
		names = sortedKeys(positionFields)
	case OnActor:
		check, ok, names = someone, field == "who", []string{"who"}
	default:
		return fmt.Errorf("nothing of a kind %q can be corrected; it is event, statement, position or actor", on)
	}
	if !ok {
		return fmt.Errorf("%s has no field %q; it is one of %s", article(on), field, strings.Join(names, ", "))
	}
	if err := check(strings.TrimSpace(value)); err != nil {
		return fmt.Errorf("%s of %s: %w", field, article(on), err)
	}
	return nil
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}
