package record

import (
	"slices"
	"strings"

	"readout/reading"
	"readout/record/join"
	"readout/registry"
)

// told is what a sentence of an article tells.
type told struct {
	text    string
	span    reading.Span
	day     int // of the article
	article *reading.Reading
	who     map[string]join.Actor
	values  *join.Values

	words    []string
	stems    []string
	actors   []join.Actor // named or meant in it
	mentions []*join.Mention
	sayings  []*join.Saying
	whole    string // the article's words, folded
}

func (t *told) gather() {
	in := func(s reading.Span) bool { return s[0] < t.span[1] && t.span[0] < s[1] }
	t.words = plainWords(t.text)
	for _, w := range t.words {
		t.stems = append(t.stems, stem(w))
	}
	for i := range t.article.Actors {
		a := &t.article.Actors[i]
		if slices.ContainsFunc(a.Mentions, func(m reading.Mention) bool { return in(m.Span) }) {
			t.actors = append(t.actors, t.who[a.ID])
			for _, m := range a.Members {
				t.actors = append(t.actors, t.who[m])
			}
		}
	}
	for i := range t.values.Mentions {
		m := &t.values.Mentions[i]
		if m.Kind != "statement" && slices.ContainsFunc(m.Evidence, in) {
			t.mentions = append(t.mentions, m)
			for _, p := range m.Parts {
				t.actors = append(t.actors, p.Actor)
			}
		}
	}
	for i := range t.values.Sayings {
		if s := &t.values.Sayings[i]; in(s.Span) {
			t.sayings = append(t.sayings, s)
			if s.By != nil {
				t.actors = append(t.actors, *s.By)
			}
		}
	}
}

// present is how far a list of actors has one: 1 as named, or for a country
// anybody who acts for it; less where only the side is the same.
func present(list []join.Actor, a *meant) float64 {
	best := 0.0
	for i := range list {
		switch b := &list[i]; {
		case a.Key != "" && (a.Key == b.Key || slices.Contains(a.also, b.Key)), a.Kind == "country" && a.Side != "" && a.Side == b.Side:
			return 1
		case a.Kind == "organization" && a.Side != "" && a.Side == b.Side && b.Kind == "person":
			best = max(best, 0.8)
		case a.Side != "" && a.Side == b.Side && b.Kind != "person":
			best = max(best, 0.4)
		}
	}
	return best
}

// names is whether a sentence has the words that name somebody whom the registry
// does not know.
func (t *told) names(a *meant) float64 {
	name := strings.Join(plainWords(a.text), " ")
	if len(name) > 3 && strings.HasPrefix(a.Key, a.Kind+":") && strings.Contains(" "+strings.Join(t.words, " ")+" ", " "+name+" ") {
		return 1
	}
	return 0
}

// compare tells what a sentence has on the words; false where it is about
// something else altogether.
func (a *asserted) compare(t *told) (Passage, bool) {
	p := Passage{Verdict: NotAddressed}
	who := 1.0
	if len(a.actors) > 0 {
		who = 0
		for i := range a.actors {
			who += max(present(t.actors, &a.actors[i]), t.names(&a.actors[i]))
		}
		who /= float64(len(a.actors))
	}
	matter := share(a.stems, t.stems)
	event := a.match(t)
	if len(a.actors) == 0 && len(a.places) > 0 { // they tell which one it is
		matter = (matter*float64(len(a.stems)) + share(a.places, []string{placeOf(event)})) / float64(len(a.stems)+1)
		if strings.Contains(t.whole, " "+a.places[0]+" ") && matter < 1 {
			matter += 0.5 / float64(len(a.stems)+1)
		}
	}
	meets := a.event != nil && encounter(a.event.Kind)
	switch {
	case meets && event == nil:
		who *= 0.7
	case meets && len(event.Parts) > 1 && len(a.actors) > 0:
		// The people must be those who meet, and not others in the sentence.
		in := 0.0
		for i := range a.actors {
			in += present(parts(event), &a.actors[i])
		}
		who = min(who, in/float64(len(a.actors))+0.2)
	}
	p.score = who + matter
	for _, s := range t.sayings {
		if s.Within == "" && s.By != nil {
			p.By, p.Standing = s.By.Name, s.Standing
			break
		}
	}
	enough := who >= 0.75 && matter >= 0.6
	if meets && len(a.actors) == 0 {
		enough = matter >= 0.75 && event != nil && len(a.places)+len(a.stems) > 0
	} else if meets {
		enough = who >= 0.85 && matter >= 0.5 && event != nil
	} else if len(a.actors) == 0 {
		enough = matter >= 0.75 && len(a.stems) > 1
	} else if len(a.stems) == 0 && event == nil {
		enough = false
	}
	if !enough {
		if who >= 0.5 && matter >= 0.34 && p.score >= 1 {
			p.Why = []string{"does not say so"}
			return p, true
		}
		return p, false
	}
	a.judge(&p, t, event, meets)
	return p, true
}

// judge sets the verdict on a sentence that addresses the words. Event is the
// sentence's, and meets whether the words tell of people who meet.
func (a *asserted) judge(p *Passage, t *told, event *join.Mention, meets bool) {
	f := finding{}
	f.quoted(a, t)
	f.said(a, t)
	f.when(a, t, event)
	f.where(a, t, event)
	f.channel(a, t, event)
	f.amounts(a, t)
	f.outcome(a, t, event)
	f.correction(t)
	p.Why = append(f.against, append(f.open, f.same...)...)
	if len(p.Why) == 0 {
		p.Why = []string{"the same people and matter"}
	}
	switch {
	case len(f.against) > 0 && meets && !f.elsewhere && f.vague: // it may be of another meeting
		p.Why = f.open
	case len(f.against) > 0:
		p.Verdict = Contradicted
		p.Why = f.against
		if f.elsewhere {
			p.Verdict = otherEvent
		}
	case len(f.open) > 0:
		p.Why = f.open
	default:
		p.Verdict = Supported
	}
}

// match is the event of a sentence that is of the kind of the words' and has
// most of the same people.
func (a *asserted) match(t *told) *join.Mention {
	var best *join.Mention
	most := -1.0
	for _, m := range t.mentions {
		if a.event != nil && !alike(a.event.Kind, m.Kind) {
			continue
		}
		score := 0.0
		for i := range a.actors {
			score += present(parts(m), &a.actors[i])
		}
		if a.event != nil && a.event.Kind == m.Kind {
			score += 0.5
		}
		if score > most {
			best, most = m, score
		}
	}
	return best
}

func placeOf(m *join.Mention) string {
	if m == nil || m.Place == nil {
		return ""
	}
	return registry.Fold(m.Place.Name)
}

func parts(m *join.Mention) []join.Actor {
	var out []join.Actor
	for i := range m.Parts {
		out = append(out, m.Parts[i].Actor)
	}
	return out
}

func alike(a, b string) bool {
	if encounter(a) || encounter(b) {
		return encounter(a) && encounter(b)
	}
	return true
}
