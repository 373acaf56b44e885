package join

import (
	"slices"

	"readout/reading"
	"readout/registry"
)

// Values are what is compared of one article.
type Values struct {
	Article   Article
	Mentions  []Mention
	Sayings   []Saying
	Positions []Position
}

// Position is a party's stance on an issue, as one article has it.
type Position struct {
	ID        string       `json:"id"`
	Article   string       `json:"article"`
	Topic     string       `json:"topic"`
	Actor     Actor        `json:"actor"`
	Stance    string       `json:"stance"`
	Statement string       `json:"statement,omitempty"`
	Span      reading.Span `json:"span"`
	Words     string       `json:"words"`
	Day       int          `json:"day,omitempty"` // when it was said, else published
	Published int          `json:"published,omitempty"`
	Decided   []Decided    `json:"decided,omitempty"` // by people, in the order they did
}

// Of makes the values of a reading. Article is the name of the article's
// version: the values carry it, and their own names are made of it and of the
// words they rest on, never of the reading's local names. The text must be in
// r.Document.
func Of(reg *registry.Registry, article string, r *reading.Reading) Values {
	b := builder{
		reg: reg, r: r, version: article, text: []rune(r.Document.Text), published: Day(r.Document.Published),
		byID: map[string]*reading.Actor{}, actors: map[string]Actor{}, events: map[string]string{}, sayings: map[string]string{},
	}
	for i := range r.Actors {
		a := &r.Actors[i]
		b.byID[a.ID] = a
		b.actors[a.ID] = Identify(reg, a, b.published)
	}
	b.nameSayings()
	v := Values{Article: b.article(), Mentions: b.mentions()}
	v.Sayings = b.allSayings()
	v.Positions = b.positions()
	return v
}

type builder struct {
	reg       *registry.Registry
	r         *reading.Reading
	version   string
	text      []rune
	published int
	byID      map[string]*reading.Actor
	actors    map[string]Actor
	events    map[string]string // local name to Mention.ID
	sayings   map[string]string // local name to Saying.ID
}

func (b *builder) slice(s reading.Span) string {
	if s[0] < 0 || s[1] > len(b.text) || s[0] > s[1] {
		return ""
	}
	return string(b.text[s[0]:s[1]])
}

// sentence is the sentence, or sentences, that a span stands in.
func (b *builder) sentence(s reading.Span) string {
	out := s
	for _, x := range b.r.Document.Sentences {
		if x[0] < s[1] && s[0] < x[1] {
			out[0], out[1] = min(out[0], x[0]), max(out[1], x[1])
		}
	}
	return b.slice(out)
}

func (b *builder) statement(id string) *reading.Statement {
	for i := range b.r.Statements {
		if b.r.Statements[i].ID == id {
			return &b.r.Statements[i]
		}
	}
	return nil
}

// source is who makes a statement; nil when it is nobody the article tells.
func (b *builder) source(s *reading.Statement) *Actor {
	if a, ok := b.actors[s.Source.Actor]; ok {
		return &a
	}
	if s.Source.Span == nil {
		return nil
	}
	// The words of the source may be a mention of an actor all the same.
	for i := range b.r.Actors {
		for _, m := range b.r.Actors[i].Mentions {
			if m.Span == *s.Source.Span {
				a := b.actors[b.r.Actors[i].ID]
				return &a
			}
		}
	}
	return &Actor{Name: b.slice(*s.Source.Span)}
}

func (b *builder) positions() []Position {
	var out []Position
	seen := map[string]bool{}
	for i := range b.r.Issues {
		is := &b.r.Issues[i]
		for _, p := range is.Positions {
			a, ok := b.actors[p.Actor]
			if !ok || p.Span == nil {
				continue
			}
			v := Position{
				Article: b.version, Topic: topic(is), Actor: a, Stance: p.Stance, Statement: b.sayings[p.Statement],
				Span: *p.Span, Words: b.sentence(*p.Span), Day: b.published, Published: b.published,
			}
			if s := b.statement(p.Statement); s != nil {
				if t := when(s.Time); t.Dated() && (b.published == 0 || t.From <= b.published) {
					v.Day = t.From
				}
			}
			v.ID = ID("p", b.version, v.Topic, a.Key, a.Name, v.Stance, b.slice(v.Span), DayString(v.Day))
			if !seen[v.ID] {
				seen[v.ID] = true
				out = append(out, v)
			}
		}
	}
	slices.SortFunc(out, func(x, y Position) int { return x.Span[0] - y.Span[0] })
	return out
}
