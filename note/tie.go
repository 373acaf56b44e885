package note

import (
	"fmt"
	"slices"
	"strings"

	"readout/doc"
	"readout/reading"
	"readout/registry"
)

// form tells whether words are a quotation.
func (a *applier) form(s reading.Span) doc.StatementForm {
	marks := func(i int) bool {
		return i >= 0 && i < len(a.text) && strings.ContainsRune("\"“”„«»", a.text[i])
	}
	text := a.text[s[0]:s[1]]
	switch {
	case marks(s[0]-1) && (marks(s[1]) || s[1]+1 < len(a.text) && marks(s[1]+1)), marks(s[0]) && marks(s[1]-1):
		return doc.SaidDirect
	case strings.ContainsAny(string(text), "\"“”„«»"):
		return doc.SaidMixed
	}
	return doc.SaidIndirect
}

func (a *applier) standing(id string) string {
	for i := range a.r.Actors {
		switch v := &a.r.Actors[i]; {
		case v.ID != id:
		case v.Anonymous:
			return doc.StandingAnonymous.String()
		case v.Kind == doc.KindPerson.String():
			return doc.StandingNamed.String()
		default:
			return doc.StandingCollective.String()
		}
	}
	return ""
}

// line is what an act makes of an event with a status.
func line(act doc.Act, status string) doc.Line {
	switch act {
	case doc.ActDeny, doc.ActReject:
		return doc.LineDenied
	case doc.ActDeclineToComment:
		return doc.LineSilent
	case doc.ActHope, doc.ActBelieve:
		return doc.LineHedged
	case doc.ActAnnounce:
		return doc.LineAnnounced
	case doc.ActConfirm:
		return doc.LineConfirmed
	}
	if status == "occurred" || status == "ongoing" {
		return doc.LineConfirmed
	}
	return doc.LineAnnounced
}

func (a *applier) stands(e *Entry) error {
	if e.Stands == nil {
		return nil
	}
	words, err := a.rest(e)
	if err != nil {
		return err
	}
	who := a.actor(e.Stands.Who, words)
	p := reading.Position{Actor: who, Stance: e.Stands.Stance.String(), Span: &words}
	a.stood = append(a.stood, p.Span)
	for i := range a.r.Statements { // said in the same words
		s := &a.r.Statements[i]
		if s.Source.Actor == who && slices.ContainsFunc(s.Content, func(c reading.Span) bool { return overlap(c, words) }) {
			p.Statement = s.ID
			break
		}
	}
	want := registry.Fold(e.Stands.Topic)
	to := -1
	for i := range a.r.Issues { // what the machine took these words for goes
		is := &a.r.Issues[i]
		named := registry.Fold(is.Topic) == want || is.Canonical != "" && registry.Fold(is.Canonical) == want
		is.Positions = slices.DeleteFunc(is.Positions, func(m reading.Position) bool {
			return (m.Actor == who || named) && m.Span != nil && overlap(*m.Span, words) && !slices.Contains(a.stood, m.Span)
		})
		if named && to < 0 {
			to = i
		}
	}
	if to >= 0 {
		a.r.Issues[to].Positions = append(a.r.Issues[to].Positions, p)
		return nil
	}
	a.r.Issues = append(a.r.Issues, reading.Issue{
		ID: a.id('i'), Topic: e.Stands.Topic, Evidence: []reading.Span{words}, Positions: []reading.Position{p}, Proposals: []reading.Proposal{},
	})
	return nil
}

func (a *applier) waits(e *Entry) error {
	if e.Waits == nil {
		return nil
	}
	words, err := a.rest(e)
	if err != nil {
		return err
	}
	if e.Waits.Event > len(a.hand) {
		return a.fail(e, fmt.Sprintf("there is no event %d that could wait: the note has %d", e.Waits.Event, len(a.hand)))
	}
	waiting := ""
	if e.Waits.Event > 0 {
		waiting = a.hand[e.Waits.Event-1]
	} else if waiting = a.before(words); waiting == "" {
		return a.fail(e, "no event stands before the words that could wait: enter it with a line of its own")
	}
	for i := range a.r.Events {
		v := &a.r.Events[i]
		if v.ID != waiting {
			continue
		}
		v.Conditions = slices.DeleteFunc(slices.Clone(v.Conditions), func(c reading.Condition) bool { return c.Span != nil && overlap(*c.Span, words) })
		c := reading.Condition{As: e.Waits.As.String(), Span: &words}
		for j := range a.r.Events { // what it waits for is an event itself
			if o := &a.r.Events[j]; o.ID != v.ID && slices.ContainsFunc(o.Evidence, func(s reading.Span) bool { return overlap(s, words) }) {
				c.Event = o.ID
				break
			}
		}
		v.Conditions = append(v.Conditions, c)
	}
	return nil
}

func (a *applier) tied(e *Entry) error {
	if e.Tied == nil {
		return nil
	}
	words, err := a.rest(e)
	if err != nil {
		return err
	}
	if n := max(e.Tied.Event, e.Tied.To); n > len(a.hand) {
		return a.fail(e, fmt.Sprintf("there is no event %d: the note has %d", n, len(a.hand)))
	}
	from, to := a.hand[e.Tied.Event-1], a.hand[e.Tied.To-1]
	for i := range a.r.Events {
		if v := &a.r.Events[i]; v.ID == from {
			v.Links = slices.DeleteFunc(slices.Clone(v.Links), func(l reading.Link) bool { return l.To == to })
			v.Links = append(v.Links, reading.Link{As: e.Tied.As.String(), To: to, Span: &words})
		}
	}
	return nil
}

// before is the event told of in the sentence of some words, nearest to them, or
// else the last before them.
func (a *applier) before(words reading.Span) string {
	sentence := words
	for _, s := range a.r.Document.Sentences {
		if overlap(s, words) {
			sentence[0], sentence[1] = min(sentence[0], s[0]), max(sentence[1], s[1])
		}
	}
	best, nearest := "", -1
	for i := range a.r.Events {
		for _, s := range a.r.Events[i].Evidence {
			away := words[0] - s[1]
			switch {
			case overlap(s, words): // what is waited for
				continue
			case s[0] >= words[1] && overlap(s, sentence):
				away = s[0] - words[1]
			case away < 0:
				continue
			case !overlap(s, sentence):
				away += len(a.text)
			}
			if nearest < 0 || away < nearest {
				best, nearest = a.r.Events[i].ID, away
			}
		}
	}
	return best
}

// repoint makes what pointed at something left out point at what took its place.
func (a *applier) repoint() {
	to := func(id string) string {
		for range a.now {
			next, ok := a.now[id]
			if !ok {
				break
			}
			id = next
		}
		return id
	}
	list := func(ids []string) []string {
		if ids == nil {
			return nil
		}
		out := []string{}
		for _, id := range ids {
			if id = to(id); !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
		return out
	}
	for i := range a.r.Statements {
		s := &a.r.Statements[i]
		s.Within, s.About, s.RespondsTo = to(s.Within), list(s.About), list(s.RespondsTo)
		if s.Within == s.ID {
			s.Within = ""
		}
	}
	for i := range a.r.Events {
		v := &a.r.Events[i]
		v.Claims, v.Conditions, v.Links = slices.Clone(v.Claims), slices.Clone(v.Conditions), slices.Clone(v.Links)
		for j := range v.Claims {
			v.Claims[j].Statement = to(v.Claims[j].Statement)
		}
		for j := range v.Conditions {
			if v.Conditions[j].Event = to(v.Conditions[j].Event); v.Conditions[j].Event == v.ID {
				v.Conditions[j].Event = ""
			}
		}
		for j := range v.Links {
			v.Links[j].To = to(v.Links[j].To)
		}
		v.Links = slices.DeleteFunc(v.Links, func(l reading.Link) bool { return l.To == v.ID })
		if v.Topics != nil {
			slices.Sort(v.Topics)
			v.Topics = slices.Compact(v.Topics)
		}
	}
	for i := range a.r.Issues {
		for j := range a.r.Issues[i].Positions {
			p := &a.r.Issues[i].Positions[j]
			p.Statement = to(p.Statement)
		}
	}
}
