package record

import (
	"slices"
	"strings"

	"readout/reading"
	"readout/record/join"
)

// Kinds of what an anchor is about; "" is a whole article.
const (
	OnEvent     = "event"
	OnStatement = "statement"
	OnPosition  = "position"
	OnActor     = "actor"
)

// What keeps a decision from holding for a version of an article.
const (
	unfitWords   = "its words are not in this version, or stand there more than once"
	unfitReading = "its words are there, and nothing that was read stands on them"
	unfitField   = "this program does not know the field or its value"
)

// find gives where the first words of an anchor stand in a version: in the one
// that they are of, at their place; in another, where the sentence they stood in
// is found once. All the anchor's words must be there. A sentence that is but
// like the one that was meant is another sentence.
func (a *Anchor) find(version string, text []rune) (reading.Span, bool) {
	if len(a.Spans) == 0 {
		return reading.Span{}, false
	}
	at := a.Spans[0]
	if a.Version == version {
		for i, s := range a.Spans {
			if slice(text, s) != a.Words[i] {
				return reading.Span{}, false
			}
		}
		return at, true
	}
	whole := string(text)
	for _, w := range a.Words {
		if !strings.Contains(whole, w) {
			return reading.Span{}, false
		}
	}
	around, inner := a.Sentence, a.Words[0]
	if !strings.Contains(around, inner) {
		around = inner
	}
	if around == "" || strings.Count(whole, around) != 1 {
		return reading.Span{}, false
	}
	begin := strings.Index(whole, around) + strings.Index(around, inner)
	from := len([]rune(whole[:begin]))
	return reading.Span{from, from + len([]rune(inner))}, true
}

func slice(text []rune, s reading.Span) string {
	if s[0] < 0 || s[1] > len(text) || s[0] > s[1] {
		return ""
	}
	return string(text[s[0]:s[1]])
}

// footing is what one value of a reading stands on.
type footing struct {
	as    string
	spans []reading.Span
}

// match gives which of some values an anchor is about, whose first words stand
// at a place: the one on the same words, else the only one of its kind that
// stands on some of them. -1 is none.
func (a *Anchor) match(at reading.Span, text []rune, list []footing) int {
	exact, near := []int{}, []int{}
	for i, f := range list {
		switch {
		case a.same(at, text, f.spans):
			exact = append(exact, i)
		case f.as == a.As && slices.ContainsFunc(f.spans, func(s reading.Span) bool { return s[0] < at[1] && at[0] < s[1] }):
			near = append(near, i)
		}
	}
	for _, i := range exact {
		if list[i].as == a.As {
			return i
		}
	}
	switch {
	case len(exact) > 0:
		return exact[0]
	case len(near) == 1:
		return near[0]
	}
	return -1
}

func (a *Anchor) same(at reading.Span, text []rune, spans []reading.Span) bool {
	if len(spans) != len(a.Spans) || spans[0] != at {
		return false
	}
	for i, s := range spans {
		if slice(text, s) != a.Words[i] {
			return false
		}
	}
	return true
}

// taken is what the machine took a value for, whatever people said since.
func taken(field, is string, list []join.Decided) string {
	for _, d := range list {
		if d.Do == join.Correct && d.Field == field {
			return d.Was
		}
	}
	return is
}

// footings are what the values of a kind stand on, in the order of the values.
func footings(v *join.Values, on string) []footing {
	var out []footing
	switch on {
	case OnEvent:
		for i := range v.Mentions {
			m := &v.Mentions[i]
			out = append(out, footing{taken("kind", m.Kind, m.Decided), m.Evidence})
		}
	case OnStatement:
		for i := range v.Sayings {
			s := &v.Sayings[i]
			out = append(out, footing{taken("act", s.Act, s.Decided), []reading.Span{s.Span}})
		}
	case OnPosition:
		for i := range v.Positions {
			p := &v.Positions[i]
			out = append(out, footing{taken("topic", p.Topic, p.Decided) + "/" + taken("party", p.Actor.Name, p.Decided), []reading.Span{p.Span}})
		}
	}
	return out
}

// anchor makes the anchor of a node: the article's id, the words as the text of
// its version has them.
func (v value) anchor(article string, text []rune, sentences []reading.Span) Anchor {
	a := Anchor{Article: article}
	var f footing
	switch {
	case v.mention != nil:
		a.Version, a.Kind = v.mention.Article, OnEvent
		f = footings(&join.Values{Mentions: []join.Mention{*v.mention}}, OnEvent)[0]
	case v.saying != nil:
		a.Version, a.Kind = v.saying.Article, OnStatement
		f = footings(&join.Values{Sayings: []join.Saying{*v.saying}}, OnStatement)[0]
	case v.position != nil:
		a.Version, a.Kind = v.position.Article, OnPosition
		f = footings(&join.Values{Positions: []join.Position{*v.position}}, OnPosition)[0]
	}
	a.As, a.Spans = f.as, f.spans
	a.quote(text, sentences)
	return a
}

// quote gives an anchor the words of its spans, and the sentence of the first.
func (a *Anchor) quote(text []rune, sentences []reading.Span) {
	for _, s := range a.Spans {
		a.Words = append(a.Words, slice(text, s))
	}
	if len(a.Spans) == 0 {
		return
	}
	at := a.Spans[0]
	for _, s := range sentences {
		if s[0] < a.Spans[0][1] && a.Spans[0][0] < s[1] {
			at[0], at[1] = min(at[0], s[0]), max(at[1], s[1])
		}
	}
	a.Sentence = slice(text, at)
}
