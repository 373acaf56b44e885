package event

import (
	"slices"

	"readout/codebook/cameo"
	"readout/codebook/petrarch"
	"readout/codebook/plover"
	"readout/doc"
)

// A user's dictionary of verbs goes before the coder's patterns: what it knows
// of a verb makes a pattern of the coder, for that place in the text alone, and
// all that follows is as for the coder's own: who does it to whom, what turns
// it, how real it is.

// given is a pattern that a dictionary gives.
type given struct {
	source, target int32 // tokens that its pattern says act and are acted upon, or None
	reverse        bool  // its subject is acted upon: "faced charges"
}

// dictionary is the pattern that the dictionary gives for verb i, best being the
// coder's own, which may be nil. It is false where the dictionary has nothing to
// say, nil where it says that this is no event; what the reading has there is
// silent then.
//
// A verb whose own code is that of no event only has patterns: without one the
// coder's own hold.
func (c *coder) dictionary(i int32, best *pattern) (*pattern, bool) {
	if c.dict == nil || c.d.UPOS(i) != doc.VERB {
		return nil, false
	}
	v := c.dict.Verb(c.form(i), lower(c.d.Lemma(i)), func(w string) bool { return c.particle(i, w) })
	if v == nil {
		return nil, false
	}
	m := v.Match(c.around(i))
	if !m.Pattern && c.passive(i) {
		// as the words stand: "+ BEEN * BY $"
		m = v.Match(c.aside(i))
	}
	g := given{source: m.Source, target: m.Target}
	digits := m.Active
	if digits == "" {
		digits, g.reverse = m.Reverse, true
	}
	code := known(digits)
	t, _ := plover.FromCAMEO(string(code))
	switch {
	case digits == petrarch.Nothing && !m.Pattern:
		return nil, false
	case t == 0: // no event, or a statement
		c.silent = append(c.silent, i)
		return nil, true
	}
	p := &pattern{row: -1, code: code, targets: usualTargets, given: &g, turn: turnOf(code), mutual: m.Active != "" && m.Active == m.Reverse}
	if best != nil && !m.Pattern {
		p.turn, p.targets = best.turn, best.targets // "agreed to": what follows tells to what
	}
	return p, true
}

// known is a code, or the longest beginning of it that the codebook has.
func known(digits string) cameo.Code {
	for n := len(digits); n >= 2; n-- {
		if _, ok := cameo.Lookup(cameo.Code(digits[:n])); ok {
			return cameo.Code(digits[:n])
		}
	}
	return ""
}

// turnOf is what a verb with the code does to the act below it.
func turnOf(code cameo.Code) turn {
	switch code.Root() {
	case "02":
		return turnAppeal
	case "03":
		return turnIntent
	case "10":
		return turnDemand
	case "12":
		return turnRefusal
	case "13":
		return turnThreat
	case "11":
		return turnTake
	}
	switch code {
	case "051", "052", "053":
		return turnTake
	}
	return turnNone
}

// turned gives the tokens of who acts and of who is acted upon as a dictionary
// has them: by its pattern; turned round where the subject is acted upon, by
// somebody the clause may not name.
func (c *coder) turned(e *deed, actor, patient []int32) (a, p []int32) {
	g := e.p.given
	if g.reverse {
		doer := []int32{}
		for _, i := range append(list(c.slot(e.at, "by")), patient...) {
			if x := c.codesAt(i); c.abroad(x) && len(actor) > 0 && !slices.Equal(x, c.codesAt(actor[0])) {
				doer = list(i)
				break
			}
		}
		actor, patient = doer, actor
	}
	if g.source >= 0 {
		actor = list(g.source)
	}
	if g.target >= 0 {
		patient = append(list(g.target), slices.DeleteFunc(patient, func(i int32) bool { return i == g.source })...)
	}
	return actor, patient
}

// passive reports whether verb i is done to its subject.
func (c *coder) passive(i int32) bool { _, p := c.clauseSubject(i); return p }

// around is the clause of verb i as patterns see it: who acts and the words
// before the verb above, what is done below, whatever their order in the text.
func (c *coder) around(i int32) *petrarch.Clause {
	b := clauseBuilder{c: c}
	agent := c.agent(i)
	if s := c.subject(i); s >= 0 {
		b.noun(&b.Upper, s, 0)
	}
	if o := c.objectOf(i); o >= 0 && c.d.Head(o) != i || c.passive(i) {
		b.noun(&b.Lower, o, 0)
	}
	for k := range c.d.Children(i) {
		switch {
		case k == agent || c.d.Deprel(k).Base() == doc.RelNsubj:
		case k < i && !c.isNominal(k):
			b.word(&b.Upper, k)
		default:
			b.below(k, 0)
		}
	}
	return &b.Clause
}

// aside is the clause of verb i in the order of the text.
func (c *coder) aside(i int32) *petrarch.Clause {
	b := clauseBuilder{c: c}
	for k := range c.d.Children(i) {
		switch {
		case k > i:
			b.below(k, 0)
		case c.isNominal(k):
			b.noun(&b.Upper, k, 0)
		default:
			b.word(&b.Upper, k)
		}
	}
	return &b.Clause
}

// clauseBuilder gathers the phrases of a clause.
type clauseBuilder struct {
	petrarch.Clause
	c *coder
	n int // phrases so far
}

// Limits of a clause: no pattern is longer.
const (
	maxPhrases = 32
	maxClause  = 5 // phrases within phrases
)

// word adds a word that is no noun: an auxiliary, an adverb, a particle.
func (b *clauseBuilder) word(to *[]petrarch.Phrase, i int32) {
	if b.c.d.UPOS(i) == doc.PUNCT || b.n >= maxPhrases {
		return
	}
	b.n++
	*to = append(*to, petrarch.Phrase{Words: []petrarch.Word{b.token(i)}, ID: i})
}

func (b *clauseBuilder) token(i int32) petrarch.Word {
	return petrarch.Word{Form: b.c.form(i), Lemma: lower(b.c.d.Lemma(i))}
}

// below adds what hangs on the verb, or on a verb below it that it governs.
func (b *clauseBuilder) below(k int32, depth int) {
	c := b.c
	switch c.d.Deprel(k).Base() {
	case doc.RelObj, doc.RelIobj, doc.RelObl, doc.RelNmod:
		b.noun(&b.Lower, k, depth)
	case doc.RelXcomp, doc.RelAdvcl, doc.RelAcl:
		if c.d.Deprel(k) == doc.RelAclRelcl || depth > maxClause {
			return
		}
		if c.isNominal(k) || c.d.UPOS(k) == doc.ADJ {
			b.noun(&b.Lower, k, depth)
			return
		}
		p := petrarch.Phrase{ID: k}
		if m := c.marker(k); m != "" {
			if m != "to" && c.d.Deprel(k).Base() == doc.RelAdvcl && c.d.XPOS(k) != "VBG" {
				return // "after", "because": another clause
			}
			p.Prep, p.Words = true, append(p.Words, petrarch.Word{Form: m, Lemma: m})
		} else if c.ownMood(k).to {
			p.Prep, p.Words = true, append(p.Words, petrarch.Word{Form: "to", Lemma: "to"})
		}
		p.Words = append(p.Words, b.token(k))
		b.n++
		b.Lower = append(b.Lower, p)
		for g := range c.d.Children(k) {
			if g > k {
				b.below(g, depth+1)
			}
		}
	case doc.RelAdvmod, doc.RelCompound, doc.RelExpl:
		b.word(&b.Lower, k)
	}
}

// noun adds a noun's phrase: its own words with the preposition first, then the
// phrases that hang on it.
func (b *clauseBuilder) noun(to *[]petrarch.Phrase, i int32, depth int) {
	c := b.c
	if b.n >= maxPhrases || depth > maxClause || i < 0 {
		return
	}
	b.n++
	p := petrarch.Phrase{ID: i, Actor: c.mentionOf[i] >= 0}
	if prep := c.preposition(i); prep != "" {
		p.Prep, p.Words = true, append(p.Words, petrarch.Word{Form: prep, Lemma: prep})
	}
	own := c.ownWords(nil, i, 0)
	slices.Sort(own)
	for _, k := range own {
		p.Words = append(p.Words, b.token(k))
	}
	*to = append(*to, p)
	for k := range c.d.Children(i) {
		switch c.d.Deprel(k).Base() {
		case doc.RelNmod, doc.RelObl, doc.RelConj, doc.RelAppos:
			if !slices.Contains(own, k) && c.isNominal(k) {
				b.noun(to, k, depth+1)
			}
		case doc.RelAcl:
			if to == &b.Lower && k > i {
				b.below(k, depth+1)
			}
		}
	}
}

// ownWords are noun i and the words before it that say which.
func (c *coder) ownWords(out []int32, i int32, depth int) []int32 {
	out = append(out, i)
	if depth > 3 {
		return out
	}
	for k := range c.d.Children(i) {
		switch c.d.Deprel(k).Base() {
		case doc.RelAmod, doc.RelCompound, doc.RelNummod, doc.RelFlat, doc.RelDet:
			out = c.ownWords(out, k, depth+1)
		case doc.RelNmod:
			if k < i {
				out = c.ownWords(out, k, depth+1)
			}
		}
	}
	return out
}
