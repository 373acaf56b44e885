package pieces

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"readout/doc"
)

// moved tells where what a piece holds goes in the whole document. Everything
// it gives is a copy with lists of its own, as long as they need to be.
type moved struct {
	bytes, tokens int32
	statements    doc.StatementID
	actors        []doc.ActorID
	events        []doc.EventID
	issues        []doc.IssueID
}

func (m *moved) place(r doc.Range) doc.Range {
	return doc.Range{Begin: r.Begin + m.bytes, End: r.End + m.bytes}
}

func (m *moved) span(s doc.Span) doc.Span {
	if s.Empty() {
		return doc.Span{}
	}
	return doc.Span{Begin: s.Begin + m.tokens, End: s.End + m.tokens}
}

func (m *moved) token(i int32) int32 {
	if i < 0 {
		return i
	}
	return i + m.tokens
}

// each is list with f of every entry; nil stays nil and empty empty.
func each[T any](list []T, f func(T) T) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}

func (m *moved) spans(list []doc.Span) []doc.Span { return each(list, m.span) }

func (m *moved) actor(a doc.ActorID) doc.ActorID {
	if a < 0 {
		return a
	}
	return m.actors[a]
}

func (m *moved) statementID(s doc.StatementID) doc.StatementID {
	if s < 0 {
		return s
	}
	return s + m.statements
}

func (m *moved) eventID(e doc.EventID) doc.EventID {
	if e < 0 {
		return e
	}
	return m.events[e]
}

func (m *moved) issueID(i doc.IssueID) doc.IssueID {
	if i < 0 {
		return i
	}
	return m.issues[i]
}

func (m *moved) ref(r doc.ActorRef) doc.ActorRef {
	return doc.ActorRef{Actor: m.actor(r.Actor), Span: m.span(r.Span)}
}

func (m *moved) time(t *doc.Time) *doc.Time {
	if t == nil {
		return nil
	}
	c := *t
	c.Span = m.span(c.Span)
	return &c
}

func (m *moved) statement(s doc.Statement) doc.Statement {
	s.Source.Actor, s.Source.Span = m.actor(s.Source.Actor), m.span(s.Source.Span)
	s.Within = m.statementID(s.Within)
	s.Via = each(s.Via, m.ref)
	s.Cue.Span, s.Cue.Head = m.span(s.Cue.Span), m.token(s.Cue.Head)
	s.Content = m.spans(s.Content)
	s.To = each(s.To, m.ref)
	s.Channel.Span = m.span(s.Channel.Span)
	s.Time = m.time(s.Time)
	s.About = each(s.About, m.eventID)
	s.Topics = each(s.Topics, m.issueID)
	s.RespondsTo = each(s.RespondsTo, m.statementID)
	return s
}

func (m *moved) event(e doc.Event) doc.Event {
	e.Participants = each(e.Participants, func(p doc.Participant) doc.Participant {
		p.Actor, p.Span = m.actor(p.Actor), m.span(p.Span)
		return p
	})
	e.Place.Span = m.span(e.Place.Span)
	e.Time, e.Deadline = m.time(e.Time), m.time(e.Deadline)
	if e.Duration != nil {
		c := *e.Duration
		c.Span = m.span(c.Span)
		e.Duration = &c
	}
	e.Topics = each(e.Topics, m.issueID)
	e.Claims = each(e.Claims, func(c doc.Claim) doc.Claim {
		c.By, c.Statement, c.Span = m.actor(c.By), m.statementID(c.Statement), m.span(c.Span)
		return c
	})
	e.Conditions = each(e.Conditions, func(c doc.Condition) doc.Condition {
		c.Event, c.Span = m.eventID(c.Event), m.span(c.Span)
		return c
	})
	e.Links = each(e.Links, func(l doc.Link) doc.Link {
		l.To, l.Span = m.eventID(l.To), m.span(l.Span)
		return l
	})
	e.Aux = slices.Clone(e.Aux)
	e.Triggers = each(e.Triggers, m.token)
	e.Evidence = m.spans(e.Evidence)
	return e
}

func (m *moved) issue(v doc.Issue) doc.Issue {
	v.PartOf = m.issueID(v.PartOf)
	v.Concerning = each(v.Concerning, m.ref)
	v.Evidence = m.spans(v.Evidence)
	v.Positions = each(v.Positions, func(p doc.Position) doc.Position {
		p.Actor, p.Statement, p.Span = m.actor(p.Actor), m.statementID(p.Statement), m.span(p.Span)
		return p
	})
	v.Proposals = each(v.Proposals, func(p doc.Proposal) doc.Proposal {
		p.By = each(p.By, m.actor)
		p.Terms, p.Span = m.spans(p.Terms), m.span(p.Span)
		return p
	})
	return v
}

// key is what two events of different pieces have in common when they are the
// same: kind, status, participants with their parts, time. Without participants
// or a time there is nothing to tell by, and the key is "". A time that is not
// known ("on Monday" without a date) is its words.
func (m *moved) key(p *doc.Document, e *doc.Event) string {
	if e.Time == nil || len(e.Participants) == 0 {
		return ""
	}
	parts := make([]string, 0, len(e.Participants)+1)
	for _, x := range e.Participants {
		parts = append(parts, x.As.String()+" "+strconv.Itoa(int(m.actor(x.Actor))))
	}
	slices.Sort(parts)
	when := fold(p.Slice(e.Time.Span))
	if t := e.Time; t.Known() {
		when = t.Unit.String() + t.From.Format(time.RFC3339) + t.To.Format(time.RFC3339)
	}
	return strings.Join(append(parts, e.Kind.String(), e.Status.String(), e.PLOVER, when), "|")
}

// fold is s in lower case with single spaces.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
