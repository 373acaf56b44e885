package record

import (
	"slices"
	"strings"

	"readout/reading"
	"readout/record/join"
	"readout/registry"
)

// asserted is what words assert, as an article of some day has them.
type asserted struct {
	words   []string
	actors  []meant     // whom they name
	by      *join.Actor // who is to have said it, where they are about a statement
	act     string
	event   *join.Mention // of the most telling kind; nil for none
	days    []reading.Time
	places  []string // folded names
	country map[string]string
	amounts []quantity
	stems   []string // what is left: what it is about
	quotes  []string
	negated bool
	direct  bool // face to face, without go-betweens
}

// meant is somebody whom words name.
type meant struct {
	join.Actor
	also []string // keys that the record has for a name that the registry does not know
	text string   // the words that name it
}

// assert takes from a reading what the words assert.
func assert(l *Ledger, u Understood, day int) *asserted {
	r := u.Reading
	text := r.Document.Text
	v := join.Of(l.reg, "claim", r)
	a := &asserted{words: plainWords(text), days: u.Times, country: map[string]string{}}
	without := []string{}
	for _, t := range u.Times {
		without = append(without, t.Text)
	}
	runes := []rune(text)
	for i := range r.Actors {
		who := join.Identify(l.reg, &r.Actors[i], day)
		named := ""
		for _, m := range r.Actors[i].Mentions {
			if m.Span[0] >= 0 && m.Span[1] <= len(runes) {
				without = append(without, string(runes[m.Span[0]:m.Span[1]]))
				if m.Form == "name" && named == "" {
					named = without[len(without)-1]
				}
			}
		}
		if who.Kind == "place" {
			a.places = append(a.places, registry.Fold(who.Name))
			a.country[registry.Fold(who.Name)] = who.Country
			without = append(without, who.Name)
			continue
		}
		if who.Key != "" || who.Side != "" {
			a.actors = append(a.actors, meant{Actor: who, text: named})
		}
	}
	for i := range v.Mentions {
		m := &v.Mentions[i]
		if m.Kind == "statement" {
			continue
		}
		if a.event == nil || encounter(m.Kind) && !encounter(a.event.Kind) {
			a.event = m
		}
		if m.Place != nil && !slices.Contains(a.places, registry.Fold(m.Place.Name)) {
			a.places = append(a.places, registry.Fold(m.Place.Name))
			a.country[registry.Fold(m.Place.Name)] = m.Place.Country
			without = append(without, m.Place.Name)
		}
	}
	for i := range v.Sayings {
		s := &v.Sayings[i]
		if s.By != nil && s.Within == "" && s.Form != "silence" {
			a.by, a.act = s.By, s.Act
			without = append(without, s.Cue)
		}
		a.quotes = append(a.quotes, s.Quotes...)
	}
	if len(a.quotes) == 0 {
		a.quotes = quotedIn(text)
	}
	// The words of a time are no numbers.
	bare := text
	for _, t := range u.Times {
		bare = strings.Replace(bare, t.Text, " ", 1)
	}
	a.amounts = quantities(plainWords(bare))
	a.stems = content(a.words, without...)
	a.negated = negative(a.words) || a.act == "deny"
	a.direct = strings.Contains(" "+strings.Join(a.words, " ")+" ", " direct ") || strings.Contains(strings.Join(a.words, " "), "face to face")
	return a
}

// aliases are the other keys of somebody whom the words name.
func (a *asserted) aliases(key string) []string {
	for i := range a.actors {
		if a.actors[i].Key == key {
			return a.actors[i].also
		}
	}
	return nil
}

func quotedIn(text string) []string {
	f := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\"“”", r) })
	if len(f) < 2 {
		return nil
	}
	return []string{f[1]}
}

func negative(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return negations[w] })
}

// encounter reports whether people meet or speak in a kind of event.
func encounter(kind string) bool {
	switch kind {
	case "meeting", "call", "visit", "negotiation", "mediation":
		return true
	}
	return false
}

// searches are words to look for, the most telling together.
func (a *asserted) searches() [][]string {
	long := slices.Clone(a.stems)
	slices.SortFunc(long, func(x, y string) int { return len(y) - len(x) })
	long = long[:min(len(long), 4)]
	for i, w := range long {
		long[i] = w + "*"
	}
	var names []string
	for i := range a.actors {
		if f := strings.Fields(registry.Fold(a.actors[i].Name)); len(f) > 0 {
			names = append(names, f[len(f)-1])
		}
	}
	var out [][]string
	add := func(words ...string) {
		if len(words) > 0 {
			out = append(out, words)
		}
	}
	add(long...)
	for i := range long { // all but one, and pairs
		if len(long) > 2 {
			add(slices.Delete(slices.Clone(long), i, i+1)...)
		}
		for j := i + 1; j < len(long) && len(long) > 3; j++ {
			add(long[i], long[j])
		}
		for _, n := range names {
			add(long[i], n)
		}
	}
	return out
}
