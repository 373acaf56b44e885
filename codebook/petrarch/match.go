package petrarch

// Clause is what stands around a verb: before it, in the patterns' sense, who
// acts and how, after it what is done, to whom, with what.
type Clause struct {
	Upper, Lower []Phrase
}

// Phrase is a run of words that belong to one noun, or one word that is no noun,
// hyphens left out.
type Phrase struct {
	Words []Word // in lower case, a preposition first
	Prep  bool   // the first of them is a preposition, or "to" of an infinitive
	Actor bool   // it names somebody
	ID    int32  // the caller's
}

// Word is a word of a text in lower case.
type Word struct{ Form, Lemma string }

// Match is the code of a verb with what stands around it.
type Match struct {
	Code
	Pattern bool // by a pattern; otherwise it is the verb's own code
	// Phrases that the pattern says act and are acted upon, by Phrase.ID, -1 for
	// none; for % they are one.
	Source, Target int32

	size int
}

// Match gives the code of v in a clause.
func (v *Verb) Match(c *Clause) Match {
	out := Match{Code: v.code, Source: -1, Target: -1}
	for _, b := range v.blocks {
		best := int32(-1) // of the block; a pattern of an earlier block gives way to a longer one only
		size := 0
		if out.Pattern {
			size = out.size
		}
		try := func(ids []int32) {
			for _, id := range ids {
				p := &b.patterns[id]
				if p.size < size || p.size == size && (best < 0 && out.Pattern || best >= 0 && id >= best) {
					continue
				}
				m := Match{Code: p.code, Pattern: true, Source: -1, Target: -1, size: p.size}
				if m.fits(p.upper, c.Upper) && m.fits(p.lower, c.Lower) {
					out, best, size = m, id, p.size
				}
			}
		}
		try(b.open)
		for _, side := range [...][]Phrase{c.Upper, c.Lower} {
			for _, ph := range side {
				for _, w := range ph.Words {
					try(b.byWord[w.Form])
					if w.Lemma != w.Form {
						try(b.byWord[w.Lemma])
					}
				}
			}
		}
	}
	return out
}

// at is a place among the words of phrases.
type at struct{ phrase, word int }

// fits holds elements against the phrases of one side. Each takes the first
// place that will do, which leaves the most to those after it.
func (m *Match) fits(es []element, in []Phrase) bool {
	pos := at{}
	for i := range es {
		next, ok := m.find(&es[i], in, pos)
		if !ok && es[i].kind == isPhrase {
			if _, ok = m.find(&es[i], in, at{}); ok {
				continue // phrases may stand anywhere
			}
		}
		if !ok {
			return false
		}
		pos = next
	}
	return true
}

// find gives the place behind the first that e fits, from a place on.
func (m *Match) find(e *element, in []Phrase, from at) (at, bool) {
	for k := from.phrase; k < len(in); k++ {
		w := 0
		if k == from.phrase {
			w = from.word
		}
		if end, ok := m.findIn(e, &in[k], w); ok {
			return at{k, end}, true
		}
	}
	return at{}, false
}

// findIn is find within one phrase.
func (m *Match) findIn(e *element, p *Phrase, w int) (end int, ok bool) {
	switch e.kind {
	case isWord:
		for ; w < len(p.Words); w++ {
			if n := e.length(p.Words[w:]); n > 0 {
				return w + n, true
			}
		}
		return 0, false
	case isNoun:
		return m.within(e.inner, p, w)
	case isPhrase:
		if w > 0 || !p.Prep && len(p.Words) > 1 || len(p.Words) == 0 {
			return 0, false
		}
		if e.inner[0].kind == isWord && e.inner[0].length(p.Words) == 0 {
			return 0, false
		}
		return m.within(e.inner, p, 0)
	}
	if w > 0 && !(w == 1 && p.Prep) || len(p.Words) == 0 {
		return 0, false // somebody is a phrase of their own
	}
	if e.kind != isAny && !p.Actor {
		return 0, false
	}
	if e.kind == isSource || e.kind == isBoth {
		m.Source = p.ID
	}
	if e.kind == isTarget || e.kind == isBoth {
		m.Target = p.ID
	}
	return len(p.Words), true
}

// within holds elements against the words of one phrase.
func (m *Match) within(es []element, p *Phrase, w int) (end int, ok bool) {
	for i := range es {
		if w, ok = m.findIn(&es[i], p, w); !ok {
			return 0, false
		}
	}
	return w, true
}

// length is how many words at the front of list a word of a pattern takes; 0 if
// it does not stand there.
func (e *element) length(list []Word) int {
next:
	for _, a := range e.words {
		if len(a.words) > len(list) {
			continue
		}
		for i, w := range a.words {
			last := i == len(a.words)-1
			if list[i].Form != w && (a.exact || !last || list[i].Lemma != w) {
				continue next
			}
		}
		return len(a.words)
	}
	return 0
}
