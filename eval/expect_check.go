package eval

import (
	"encoding/json"
	"slices"
	"strings"

	"readout/reading"
)

// checker matches patterns with one reading.
type checker struct {
	r          *reading.Reading
	text       []rune
	actors     map[string]*reading.Actor
	events     map[string]*reading.Event
	statements map[string]*reading.Statement
	issues     map[string]*reading.Issue
}

func newChecker(r *reading.Reading) *checker {
	c := &checker{
		r: r, text: []rune(r.Document.Text),
		actors: map[string]*reading.Actor{}, events: map[string]*reading.Event{},
		statements: map[string]*reading.Statement{}, issues: map[string]*reading.Issue{},
	}
	for i := range r.Actors {
		c.actors[r.Actors[i].ID] = &r.Actors[i]
	}
	for i := range r.Events {
		c.events[r.Events[i].ID] = &r.Events[i]
	}
	for i := range r.Statements {
		c.statements[r.Statements[i].ID] = &r.Statements[i]
	}
	for i := range r.Issues {
		c.issues[r.Issues[i].ID] = &r.Issues[i]
	}
	return c
}

func (c *checker) slice(s *reading.Span) string {
	if s == nil {
		return ""
	}
	return string(c.text[s[0]:s[1]])
}

func (c *checker) item(it Item) (bool, error) {
	var hits, good int
	var err error
	switch {
	case it.Actors != nil:
		hits, good, err = count(c.r.Actors, it.Actors, it.Among, c.actor)
	case it.Statements != nil:
		hits, good, err = count(c.r.Statements, it.Statements, it.Among, c.statement)
	case it.Events != nil:
		hits, good, err = count(c.r.Events, it.Events, it.Among, c.event)
	default:
		hits, good, err = count(c.r.Issues, it.Issues, it.Among, c.issue)
	}
	if err != nil {
		return false, err
	}
	switch {
	case it.Absent:
		return hits == 0, nil
	case it.AtMost != nil:
		return hits <= *it.AtMost, nil
	case it.Exactly != nil:
		return hits == *it.Exactly, nil
	case it.Among != nil:
		share := it.Share
		if share == 0 {
			share = 0.7
		}
		return hits > 0 && float64(good) >= share*float64(hits), nil
	}
	return hits > 0, nil
}

// count gives how many elements match p, and how many of those match one of the
// patterns in among.
func count[E, P any](list []E, p *P, among json.RawMessage, match func(*E, *P) bool) (hits, good int, err error) {
	var any []*P
	if among != nil {
		if err := strict(among, &any); err != nil {
			return 0, 0, err
		}
	}
	for i := range list {
		if !match(&list[i], p) {
			continue
		}
		hits++
		if slices.ContainsFunc(any, func(q *P) bool { return match(&list[i], q) }) {
			good++
		}
	}
	return hits, good, nil
}

// named reports whether an actor's name or one of its mentions, pronouns aside,
// holds all words of a name; a group also through its members.
func (c *checker) named(id string, name anyOf, depth int) bool {
	a := c.actors[id]
	if a == nil {
		return false
	}
	if holds(a.Name, name, 12) {
		return true
	}
	for _, m := range a.Mentions {
		if m.Form != "pronoun" && holds(c.slice(&m.Span), name, 12) {
			return true
		}
	}
	if depth >= 2 {
		return false
	}
	return slices.ContainsFunc(a.Members, func(m string) bool { return c.named(m, name, depth+1) })
}

func (c *checker) anyNamed(ids []string, name anyOf) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return c.named(id, name, 0) })
}

func among(v string, wanted anyOf) bool { return wanted == nil || slices.Contains(wanted, v) }

func prefixed(v string, wanted anyOf) bool {
	return wanted == nil || slices.ContainsFunc(wanted, func(w string) bool { return strings.HasPrefix(v, w) })
}

func (c *checker) actor(a *reading.Actor, p *ActorPattern) bool {
	role := p.Role == nil || slices.ContainsFunc(a.Roles, func(r reading.Role) bool { return holds(r.Title, p.Role, 8) })
	mention := p.Mention == nil || slices.ContainsFunc(a.Mentions, func(m reading.Mention) bool { return holds(c.slice(&m.Span), p.Mention, 8) })
	for _, n := range p.Members {
		if !c.anyNamed(a.Members, n) {
			return false
		}
	}
	return role && mention && (p.Name == nil || c.named(a.ID, p.Name, 0)) &&
		prefixed(a.Code, p.Code) && among(a.Country, p.Country) && among(a.Kind, p.Kind)
}

func refs(list []reading.Ref) []string {
	var out []string
	for _, r := range list {
		out = append(out, r.Actor)
	}
	return out
}

func (c *checker) statement(s *reading.Statement, p *StatementPattern) bool {
	for _, n := range p.To {
		if !c.anyNamed(refs(s.To), anyOf{n}) {
			return false
		}
	}
	for _, n := range p.Via {
		if !c.anyNamed(refs(s.Via), anyOf{n}) {
			return false
		}
	}
	cue, ch := s.Cue, s.Channel
	if cue == nil {
		cue = &reading.Cue{}
	}
	if ch == nil {
		ch = &reading.Channel{}
	}
	return (p.Source == nil || s.Source.Actor != "" && c.named(s.Source.Actor, p.Source, 0)) &&
		(p.SourceText == nil || holds(c.slice(s.Source.Span), p.SourceText, 25)) &&
		among(s.Source.Standing, p.Standing) && among(cue.Act, p.Act) && among(cue.Lemma, p.Cue) &&
		(p.Channel == nil || holds(ch.Text, p.Channel, 8)) && among(ch.Kind, p.ChannelKind) &&
		among(s.Form, p.Form) && among(s.Record, p.Record) && (p.Content == nil || c.content(s, p.Content)) &&
		(p.Topics == nil || c.topics(s.Topics, p.Topics)) && (p.Time == nil || when(s.Time, p.Time)) && c.tied(s, p)
}

// tied checks what a statement pattern says of other statements and of events.
func (c *checker) tied(s *reading.Statement, p *StatementPattern) bool {
	if p.About != nil && !slices.ContainsFunc(s.About, func(id string) bool { return c.events[id] != nil && c.event(c.events[id], p.About) }) {
		return false
	}
	is := func(id string, q *StatementPattern) bool {
		return c.statements[id] != nil && c.statement(c.statements[id], q)
	}
	if p.Within != nil && !is(s.Within, p.Within) {
		return false
	}
	return p.RespondsTo == nil || slices.ContainsFunc(s.RespondsTo, func(id string) bool { return is(id, p.RespondsTo) })
}

// content: a long content must not hold a few words by accident, so it may have
// three times the wanted words and 25.
func (c *checker) content(s *reading.Statement, wanted anyOf) bool {
	var parts []string
	for i := range s.Content {
		parts = append(parts, c.slice(&s.Content[i]))
	}
	text := strings.Join(parts, " ")
	return slices.ContainsFunc(wanted, func(x string) bool { return holds(text, anyOf{x}, 3*len(words(x))+25) })
}

func (c *checker) topics(ids []string, wanted anyOf) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return c.issues[id] != nil && holds(c.issues[id].Topic, wanted, 8) })
}

func when(t *reading.Time, p *TimePattern) bool {
	if t == nil {
		t = &reading.Time{}
	}
	if len(p.Within) == 2 {
		if t.From == "" || t.To == "" || p.Within[0] > t.From[:10] || t.To[:10] > p.Within[1] {
			return false
		}
	}
	return among(t.Granularity, p.Granularity) && (p.Words == nil || holds(t.Text, p.Words, 12))
}

// attends are the parts whose holders are at an event.
var attends = []string{"participant", "host", "visitor", "mediator", "initiator", "target"}

func (c *checker) event(e *reading.Event, p *EventPattern) bool {
	var who []string
	for _, x := range e.Participants {
		made := x.As == "drafter" && (e.Kind == "drafting" || e.Kind == "proposal" || e.Kind == "statement")
		if made || slices.Contains(attends, x.As) {
			who = append(who, x.Actor)
		}
	}
	for _, n := range p.Participants {
		if !c.anyNamed(who, n) {
			return false
		}
	}
	for _, n := range p.Without {
		if c.anyNamed(who, anyOf{n}) {
			return false
		}
	}
	if p.Only && !c.only(who, p.Participants) {
		return false
	}
	place := e.Place
	if place == nil {
		place = &reading.Place{}
	}
	return among(e.Kind, p.Kind) && among(e.Status, p.Status) && among(e.Format, p.Format) && among(e.Level, p.Level) &&
		among(e.PLOVER, p.PLOVER) && prefixed(e.CAMEO, p.CAMEO) &&
		(p.Place == nil || holds(place.Name+" "+place.Within, p.Place, 12)) &&
		(p.Minutes == nil || e.Duration != nil && e.Duration.Minutes == *p.Minutes) &&
		(p.Time == nil || when(e.Time, p.Time)) && (p.Topics == nil || c.topics(e.Topics, p.Topics)) &&
		c.parts(e, p.As) && c.links(e, p.Links) && (p.Conditions == nil || c.conditions(e, p.Conditions)) && c.claimed(e, p)
}

// only reports whether everyone of who, places aside, is one of the names.
func (c *checker) only(who []string, names []anyOf) bool {
	for _, id := range who {
		if a := c.actors[id]; a != nil && a.Kind == "place" {
			continue
		}
		if !slices.ContainsFunc(names, func(n anyOf) bool { return c.named(id, n, 2) }) {
			return false
		}
	}
	return true
}

func (c *checker) parts(e *reading.Event, want map[string]anyOf) bool {
	for name, part := range want {
		names := anyOf(strings.Split(name, "|"))
		if !slices.ContainsFunc(e.Participants, func(x reading.Participant) bool { return slices.Contains(part, x.As) && c.named(x.Actor, names, 0) }) {
			return false
		}
	}
	return true
}

func (c *checker) links(e *reading.Event, want map[string]*EventPattern) bool {
	for link, q := range want {
		kinds := strings.Split(link, "|")
		if !slices.ContainsFunc(e.Links, func(l reading.Link) bool {
			return slices.Contains(kinds, l.As) && c.events[l.To] != nil && c.event(c.events[l.To], q)
		}) {
			return false
		}
	}
	return true
}

func (c *checker) conditions(e *reading.Event, p *ConditionPattern) bool {
	if p.Event == nil {
		return slices.ContainsFunc(e.Conditions, func(x reading.Condition) bool { return holds(c.slice(x.Span), p.Words, 30) })
	}
	var to []string
	for _, x := range e.Conditions {
		to = append(to, x.Event)
	}
	for _, l := range e.Links {
		if l.As == "requires" {
			to = append(to, l.To)
		}
	}
	return slices.ContainsFunc(to, func(id string) bool { return c.events[id] != nil && c.event(c.events[id], p.Event) })
}

func (c *checker) claimed(e *reading.Event, p *EventPattern) bool {
	for i := range p.Claims {
		if !slices.ContainsFunc(e.Claims, func(x reading.Claim) bool { return c.claim(&x, &p.Claims[i]) }) {
			return false
		}
	}
	if p.AssertedBy != nil && !slices.ContainsFunc(e.Claims, func(x reading.Claim) bool { return c.claim(&x, &ClaimPattern{By: p.AssertedBy}) }) {
		return false
	}
	return p.Asserted == nil || slices.ContainsFunc(e.Claims, func(x reading.Claim) bool {
		return c.statements[x.Statement] != nil && c.statement(c.statements[x.Statement], p.Asserted)
	})
}

func (c *checker) claim(x *reading.Claim, p *ClaimPattern) bool {
	ids := []string{x.By}
	if s := c.statements[x.Statement]; s != nil {
		ids = append(ids, s.Source.Actor)
	}
	return (p.By == nil || c.anyNamed(ids, p.By)) && among(x.Line, p.Line) && among(x.Status, p.Status)
}

func (c *checker) issue(v *reading.Issue, p *IssuePattern) bool {
	if p.Topic != nil && !holds(v.Topic, p.Topic, 8) || p.PartOf != nil && !c.topics([]string{v.PartOf}, p.PartOf) {
		return false
	}
	for _, n := range p.Concerning {
		if !c.anyNamed(refs(v.Concerning), anyOf{n}) {
			return false
		}
	}
	for _, q := range p.Positions {
		if !slices.ContainsFunc(v.Positions, func(x reading.Position) bool { return c.named(x.Actor, q.Actor, 0) && among(x.Stance, q.Stance) }) {
			return false
		}
	}
	for _, q := range p.Proposals {
		if !slices.ContainsFunc(v.Proposals, func(x reading.Proposal) bool {
			var terms []string
			for i := range x.Terms {
				terms = append(terms, c.slice(&x.Terms[i]))
			}
			return (q.By == nil || c.anyNamed(x.By, q.By)) && among(x.Status, q.Status) && (q.Terms == nil || holds(strings.Join(terms, " "), q.Terms, 60))
		}) {
			return false
		}
	}
	return true
}
