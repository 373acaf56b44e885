package corpus

import (
	"fmt"
	"time"

	"readout/reading"
)

// Model is the model of readings made from the truth.
const Model = "corpus"

// Reading is what a reader that misses nothing would read, made from what is
// true of the article and not from its text: it is for measuring what becomes of
// readings, not reading.
func (a *Article) Reading() *reading.Reading {
	r := &reading.Reading{Format: reading.Format, Model: Model, Actors: []reading.Actor{}, Statements: []reading.Statement{}, Events: []reading.Event{}, Issues: []reading.Issue{}}
	r.Document = reading.Document{
		Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL, Language: "en", Text: a.Text,
		Published: a.Published.Format(time.RFC3339), Sentences: a.Sentences, Judgements: []reading.Span{},
	}
	if !a.Modified.IsZero() {
		r.Document.Modified = a.Modified.Format(time.RFC3339)
	}
	b := builder{a: a, r: r, actors: map[any]int{}, events: map[*event]int{}}
	at := len([]rune(a.page.head))
	for i := range a.page.paras {
		q := &a.page.paras[i]
		r.Document.Blocks = append(r.Document.Blocks, reading.Block{Kind: "paragraph", Span: reading.Span{at, at + len(q.text)}})
		b.para(q, at)
		at += len(q.text) + 2
	}
	return r
}

type builder struct {
	a      *Article
	r      *reading.Reading
	actors map[any]int
	events map[*event]int
	cue    *reading.Cue
}

func (b *builder) person(x *person) string {
	i, ok := b.actors[x]
	if !ok {
		i = len(b.r.Actors)
		b.actors[x] = i
		b.r.Actors = append(b.r.Actors, reading.Actor{
			ID: fmt.Sprintf("a%d", i+1), Name: x.entry.Name, Kind: "person", Country: x.party.key, Code: x.party.key + "GOV", Entry: x.entry.Key,
			Wikidata: x.entry.Wikidata, Roles: []reading.Role{{Title: x.title}}, Mentions: []reading.Mention{},
		})
	}
	return b.r.Actors[i].ID
}

func (b *builder) country(p *party) string {
	i, ok := b.actors[p]
	if !ok {
		i = len(b.r.Actors)
		b.actors[p] = i
		b.r.Actors = append(b.r.Actors, reading.Actor{ID: fmt.Sprintf("a%d", i+1), Name: p.name, Kind: "country", Country: p.key, Code: p.key, Entry: p.key, Mentions: []reading.Mention{}})
	}
	return b.r.Actors[i].ID
}

var statusOf = map[string]string{"plan": "planned", "next": "planned", "moved": "postponed", "off": "cancelled", "denied": "denied", "held": "occurred", "past": "occurred"}

func (b *builder) para(q *para, at int) {
	moved := func(s reading.Span) reading.Span { return reading.Span{s[0] + at, s[1] + at} }
	var day, place *reading.Span
	for _, m := range q.marks {
		s := moved(m.span)
		switch m.kind {
		case markName:
			var id string
			if m.who != nil {
				id = b.person(m.who)
			} else {
				id = b.country(m.of)
			}
			for i := range b.r.Actors {
				if b.r.Actors[i].ID == id {
					b.r.Actors[i].Mentions = append(b.r.Actors[i].Mentions, reading.Mention{Span: s, Form: "name"})
				}
			}
		case markDay:
			day = &s
		case markPlace:
			place = &s
		case markCue:
			b.cue = &reading.Cue{Span: s, Lemma: m.cue, Act: actOf[m.cue]}
			if n := len(b.r.Statements); n > 0 && b.r.Statements[n-1].Cue == nil {
				b.r.Statements[n-1].Cue, b.cue = b.cue, nil
			}
		case markEvent:
			b.event(m.told, s)
		case markSaying, markToldOf:
			b.saying(&m, s)
		case markStance:
			b.stance(&m, s)
		case markSentence:
			// The day and place of a sentence stand after its event's words.
			if n := len(b.r.Events); n > 0 {
				e := &b.r.Events[n-1]
				if e.Time != nil && day != nil && e.Time.Span == (reading.Span{}) {
					e.Time.Span = *day
				}
				if e.Place != nil && place != nil && e.Place.Span == nil {
					e.Place.Span = place
				}
			}
			day, place, b.cue = nil, nil, nil
		}
	}
}

var actOf = map[string]string{"said": "say", "told": "say", "stressed": "say", "promised": "promise", "pledged": "promise"}

func (b *builder) event(acc *account, s reading.Span) {
	e := acc.ev
	i, ok := b.events[e]
	if !ok {
		i = len(b.r.Events)
		b.events[e] = i
		v := reading.Event{ID: fmt.Sprintf("e%d", i+1), Kind: e.kind, Level: "leaders", Claims: []reading.Claim{}, Conditions: []reading.Condition{}, Links: []reading.Link{}, Aux: []string{}}
		if !e.a.leads {
			v.Level = "ministers"
		}
		if e.kind == "call" {
			v.Format = "phone"
		}
		for _, x := range []*person{e.a, e.b} {
			id := b.country(x.party)
			if e.kind == "negotiation" || e.kind == "agreement" {
				v.Level = ""
			} else {
				id = b.person(x)
			}
			v.Participants = append(v.Participants, reading.Participant{Actor: id, As: "participant"})
		}
		b.r.Events = append(b.r.Events, v)
	}
	v := &b.r.Events[i]
	v.Status = statusOf[acc.moment]
	v.Evidence = append(v.Evidence, s)
	if v.Time == nil && !acc.day.IsZero() {
		d := acc.day.Format(time.DateOnly)
		v.Time = &reading.Time{Text: acc.day.Format("2 January"), From: d, To: d, Granularity: "day"}
	}
	if v.Place == nil && acc.place != "" {
		v.Place = &reading.Place{Name: acc.place}
	}
	if acc.moment == "plan" && e.kind == "agreement" && v.Deadline == nil {
		d := e.day.AddDate(0, 0, 20).Format(time.DateOnly)
		v.Deadline = &reading.Time{From: d, To: d, Granularity: "day", Span: s}
	}
	c := reading.Claim{Status: v.Status, Span: &s}
	v.Claims = append(v.Claims, c)
}

func (b *builder) saying(m *mark, s reading.Span) {
	id := fmt.Sprintf("s%d", len(b.r.Statements)+1)
	form := "direct"
	if m.kind == markToldOf {
		form = "indirect"
	}
	st := reading.Statement{ID: id, Form: form, Source: reading.Source{Actor: b.person(m.by), Standing: "named"}, Content: []reading.Span{s}, About: []string{}, Topics: []string{}}
	st.Cue, b.cue = b.cue, nil
	if i, ok := b.events[m.said.about]; ok {
		st.About = append(st.About, b.r.Events[i].ID)
	}
	b.r.Statements = append(b.r.Statements, st)
}

func (b *builder) stance(m *mark, s reading.Span) {
	b.r.Issues = append(b.r.Issues, reading.Issue{
		ID: fmt.Sprintf("i%d", len(b.r.Issues)+1), Topic: m.text, Canonical: m.text, Evidence: []reading.Span{s},
		Positions: []reading.Position{{Actor: b.country(m.of), Stance: m.cue, Span: &s}}, Proposals: []reading.Proposal{},
	})
}
