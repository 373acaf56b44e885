package event

import "strings"

// The tables list words by their dictionary form. Which form a text has is
// looked up in the forms the tables' own words can have, and the tagger's lemma
// is asked only for the rest: a lemma guessed wrongly ("conven") would lose the
// event.

// addIrregular takes the forms of a word that the rules of inflect do not make.
func (x *lexicon) addIrregular(f []string) error {
	for _, w := range strings.Fields(f[1]) {
		x.verbForms[w] = f[0]
		x.nounForms[w] = f[0]
	}
	return nil
}

// inflect notes the regular forms of a word. A form that is already another
// word's stays that.
func (x *lexicon) inflect(w string, noun bool) {
	to := x.verbForms
	if noun {
		to = x.nounForms
	}
	put := func(form string) {
		if _, ok := to[form]; !ok {
			to[form] = w
		}
	}
	to[w] = w
	stem, e := strings.CutSuffix(w, "e")
	y, isY := strings.CutSuffix(w, "y")
	isY = isY && y != "" && !strings.ContainsRune("aeiou", rune(y[len(y)-1]))
	hiss := strings.HasSuffix(w, "s") || strings.HasSuffix(w, "sh") || strings.HasSuffix(w, "ch") || strings.HasSuffix(w, "x")
	switch {
	case isY:
		put(y + "ies")
	case hiss:
		put(w + "es")
	default:
		put(w + "s")
	}
	if noun {
		return
	}
	switch {
	case e:
		put(w + "d")
		put(stem + "ing")
	case isY:
		put(y + "ied")
		put(w + "ing")
	default:
		put(w + "ed")
		put(w + "ing")
	}
}
