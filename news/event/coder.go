package event

import (
	"slices"

	"readout/codebook/petrarch"
	"readout/doc"
	"readout/registry"
)

// The coder codes each sentence by patterns.tsv: a verb or noun, what stands
// beside it, and the act of the codebooks that they tell of. Words above it in
// the tree turn the act: who "agreed to lift the curfew" intends to, who "urged
// Sudan to lift it" asks for it, who "accused Sudan of it" tells of Sudan only
// to accuse. These rows are the coder's alone, so that a reading stays about
// diplomacy while every act of the codebooks is coded.

// deed is an act that a sentence tells of.
type deed struct {
	at      int32 // the word that names it
	p       *pattern
	turn    turn
	by      int32 // the word that turns it, or None
	np      int32 // the head of its phrase: "wave" of "a wave of attacks"
	light   int32 // the verb that carries a noun: "launched" of "launched an attack"
	aside   bool  // in a clause that only gives the background
	dropped bool
	mood    mood  // of the outermost word
	speaker int32 // subject of the verb that reports it, or None
	own     bool  // the source has a country by its own words
	carried bool  // a verb tells of it, or it is one
	modal   bool  // turned by its own "will" or "must", not by a word above
}

// coder is the work on one document.
type coder struct {
	*run
	dict   *petrarch.Dictionary // nil: none
	reg    *registry.Registry   // nil: the embedded tables
	silent []int32              // words whose events a dictionary denies
	table  *codingTable
	deeds  []deed
	of     map[int32]int           // by token: the deed it names
	tells  map[int32][]int32       // by token: the statements whose source it names
	heads  map[doc.ActorID][]int32 // by actor: the heads of its first mentions
}

func newCoder(d *doc.Document, x Coder) *coder {
	lex, err := loadLexicon()
	if err != nil {
		panic("event: " + err.Error())
	}
	table, err := loadCodingTable()
	if err != nil {
		panic("event: " + err.Error())
	}
	c := &coder{run: newRun(&Stage{lex: lex}, d), dict: x.Dictionary, reg: x.Registry, table: table, of: map[int32]int{}, tells: map[int32][]int32{}, heads: map[doc.ActorID][]int32{}}
	for k := range d.Statements {
		for i := d.Statements[k].Source.Span.Begin; i < d.Statements[k].Source.Span.End; i++ {
			c.tells[i] = append(c.tells[i], int32(k))
		}
	}
	for k := range d.Mentions {
		if m := &d.Mentions[k]; len(c.heads[m.Actor]) < maxMentions {
			c.heads[m.Actor] = append(c.heads[m.Actor], m.Head)
		}
	}
	return c
}

// maxMentions is how many mentions of an actor are asked for its country.
const maxMentions = 8

// word is token i as the coder's tables write words.
func (c *coder) word(i int32) string {
	forms := c.table.forms.nounForms
	switch c.d.UPOS(i) {
	case doc.VERB, doc.AUX, doc.ADJ:
		forms = c.table.forms.verbForms
	}
	if w, ok := forms[c.form(i)]; ok {
		return w
	}
	return c.run.word(i)
}

// find collects the deeds of a sentence and lets the words above turn them.
func (c *coder) find(sent doc.Span) {
	from := len(c.deeds)
	for i := sent.Begin; i < sent.End; i++ {
		if p := c.match(i); p != nil {
			c.of[i] = len(c.deeds)
			c.deeds = append(c.deeds, deed{at: i, p: p, by: doc.None, light: doc.None, speaker: doc.None})
		}
	}
	c.must(sent)
	for k := from; k < len(c.deeds); k++ {
		c.climb(&c.deeds[k])
	}
	main := false
	for k := from; k < len(c.deeds); k++ {
		e := &c.deeds[k]
		main = main || !e.dropped && !e.aside
	}
	for k := from; k < len(c.deeds); k++ {
		if e := &c.deeds[k]; e.aside && main {
			e.dropped = true
		}
	}
}

// match is the pattern that fits token i best.
func (c *coder) match(i int32) *pattern {
	var rows []*pattern
	w := c.word(i)
	switch c.d.UPOS(i) {
	case doc.VERB:
		if c.d.Deprel(i) == doc.RelAmod && c.leftNoun(i) < 0 && c.d.Child(i, doc.RelNsubj) < 0 {
			if o, _ := c.asAdjective(i); o < 0 {
				return nil // "the suspected bomber"
			}
		}
		rows = append(c.hyphened(c.table.verbs, i, w), c.table.adjectives[c.form(i)]...)
	case doc.ADJ:
		rows = c.table.adjectives[w]
	case doc.NOUN, doc.PROPN:
		if rel := c.d.Deprel(i); rel == doc.RelCompound && !c.table.sets["EFFORT"][c.word(max(c.d.Head(i), 0))] || rel == doc.RelFlat || c.d.UPOS(i) == doc.PROPN && c.nameOf[i] >= 0 {
			return nil
		}
		rows = c.hyphened(c.table.nouns, i, w)
	}
	var best *pattern
	top := -1
	for _, p := range rows {
		if score, ok := c.fits(p, i); ok && score > top {
			best, top = p, score
		}
	}
	if p, ok := c.dictionary(i, best); ok {
		return p
	}
	return best
}

// hyphened are the rows of word w at token i, or of the word that a hyphen joins
// it to: "test-fired", "sit-in".
func (c *coder) hyphened(rows map[string][]*pattern, i int32, w string) []*pattern {
	sent := c.d.SentenceOf(i)
	if i-2 >= sent.Begin && c.form(i-1) == "-" {
		if r := rows[c.form(i-2)+"-"+w]; r != nil {
			return r
		}
	}
	if i+2 < sent.End && c.form(i+1) == "-" {
		if r := rows[w+"-"+c.form(i+2)]; r != nil {
			return r
		}
	}
	return slices.Clip(rows[w])
}

// fits reports whether the words of p stand with token i, and how closely.
func (c *coder) fits(p *pattern, i int32) (int, bool) {
	score := 2 * len(p.particles)
	for _, w := range p.particles {
		if !c.particle(i, w) {
			return 0, false
		}
	}
	if len(p.particles) == 0 && c.d.UPOS(i) == doc.VERB && len(p.needs) == 0 && c.hasParticle(i) && c.child(i, "up") < 0 {
		return 0, false // "take" is not "take off"
	}
	for _, n := range p.needs {
		if c.holds(n, i) == n.not {
			return 0, false
		}
		if n.words != nil && !n.not {
			score += 2
		} else {
			score++
		}
	}
	return score, true
}

// must adds a demand where somebody says that somebody else must do a thing
// that no pattern has.
func (c *coder) must(sent doc.Span) {
	for i := sent.Begin; i < sent.End; i++ {
		if c.d.UPOS(i) != doc.VERB || c.of[i] > 0 || c.d.Deprel(i) == doc.RelAclRelcl {
			continue
		}
		if _, ok := c.of[i]; ok || !c.obliged(i) {
			continue
		}
		c.of[i] = len(c.deeds)
		c.deeds = append(c.deeds, deed{at: i, p: demanded, by: doc.None, light: doc.None, speaker: doc.None})
	}
}

// demanded is the pattern of what has none but must be done.
var demanded = &pattern{row: -1, code: "100", turn: turnDemand, targets: []string{"subj"}}

// obliged reports whether verb i tells of a duty: "must", "has to".
func (c *coder) obliged(i int32) bool {
	for k := range c.d.Children(i) {
		switch c.d.Deprel(k) {
		case doc.RelAux, doc.RelAuxPass:
			switch c.form(k) {
			case "must", "should", "ought":
				return true
			}
		}
	}
	h := c.d.Head(i)
	return h >= 0 && c.d.Deprel(i) == doc.RelXcomp && c.ownMood(i).to && (c.word(h) == "have" || c.word(h) == "need")
}
