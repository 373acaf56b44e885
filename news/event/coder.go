package event

import (
	"slices"

	"readout/codebook/cameo"
	"readout/codebook/plover"
	"readout/doc"
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
	light   int32 // the verb that carries a noun: "launched" of "launched an attack"
	score   int
	aside   bool // in a clause that only gives the background
	dropped bool
	mood    mood  // of the outermost word
	speaker int32 // subject of the verb that reports it, or None
	modal   bool  // turned by its own "will" or "must", not by a word above
}

// coder is the work on one document.
type coder struct {
	*run
	table *codingTable
	deeds []deed
	of    map[int32]int // by token: the deed it names
	sole  []string      // by sentence: the only country it speaks of, "" without or with more
}

func newCoder(d *doc.Document) *coder {
	lex, err := loadLexicon()
	if err != nil {
		panic("event: " + err.Error())
	}
	table, err := loadCodingTable()
	if err != nil {
		panic("event: " + err.Error())
	}
	return &coder{run: newRun(&Stage{lex: lex}, d), table: table, of: map[int32]int{}}
}

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
		if p, score := c.match(i); p != nil {
			c.of[i] = len(c.deeds)
			c.deeds = append(c.deeds, deed{at: i, p: p, score: score, by: doc.None, light: doc.None, speaker: doc.None})
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
func (c *coder) match(i int32) (*pattern, int) {
	var rows []*pattern
	w := c.word(i)
	switch c.d.UPOS(i) {
	case doc.VERB:
		if rows = c.table.verbs[w]; rows == nil {
			rows = c.table.adjectives[c.form(i)]
		}
	case doc.ADJ:
		rows = c.table.adjectives[w]
	case doc.NOUN, doc.PROPN:
		if rel := c.d.Deprel(i); rel == doc.RelCompound || rel == doc.RelFlat || c.d.UPOS(i) == doc.PROPN && c.nameOf[i] >= 0 {
			return nil, 0
		}
		rows = c.table.nouns[w]
	}
	var best *pattern
	top := -1
	for _, p := range rows {
		if score, ok := c.fits(p, i); ok && score > top {
			best, top = p, score
		}
	}
	return best, top
}

// fits reports whether the words of p stand with token i, and how closely.
func (c *coder) fits(p *pattern, i int32) (int, bool) {
	score := 2 * len(p.particles)
	for _, w := range p.particles {
		if !c.particle(i, w) {
			return 0, false
		}
	}
	if len(p.particles) == 0 && c.d.UPOS(i) == doc.VERB && c.hasParticle(i) && len(p.needs) == 0 {
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

// holds reports whether a slot of token i is filled as n wants.
func (c *coder) holds(n slotNeed, i int32) bool {
	for _, s := range n.slots {
		switch s {
		case "self":
			o := c.d.Child(i, doc.RelObj)
			if o >= 0 && len(c.form(o)) > 4 && (c.form(o)[len(c.form(o))-4:] == "self" || c.form(o)[len(c.form(o))-4:] == "lves") {
				return true
			}
			continue
		case "mod":
			for k := range c.d.Children(i) {
				switch c.d.Deprel(k).Base() {
				case doc.RelAmod, doc.RelCompound, doc.RelAdvmod, doc.RelNmod:
					if k < i && (n.words[c.word(k)] || n.words[c.form(k)]) || k > i && n.words[c.form(k)] && c.d.Deprel(k) == doc.RelAdvmod {
						return true
					}
				}
			}
			continue
		case "clause", "xcomp":
			for k := range c.d.Children(i) {
				switch c.d.Deprel(k).Base() {
				case doc.RelXcomp, doc.RelCcomp, doc.RelAcl, doc.RelAdvcl:
					if n.words == nil || n.words[c.word(k)] {
						return true
					}
				}
			}
			continue
		}
		if t := c.slot(i, s); t >= 0 && (n.words == nil || c.among(t, n.words)) {
			return true
		}
	}
	return false
}

// slot is the token that fills a slot of word i: its object, its subject, or
// the noun after a preposition, which may hang on the object; None without.
func (c *coder) slot(i int32, slot string) int32 {
	verb := c.isVerb(i)
	switch slot {
	case "obj":
		if verb {
			return c.object(i)
		}
		return doc.None
	case "iobj":
		return c.d.Child(i, doc.RelIobj)
	case "subj":
		if !verb {
			return doc.None
		}
		return c.subject(i)
	}
	if t := c.phraseOf(i, slot); t >= 0 {
		return t
	}
	if o := c.slotObject(i); o >= 0 && verb {
		return c.phraseOf(o, slot)
	}
	return doc.None
}

// subject is who does what verb i tells of: its subject, or the agent of a
// passive one.
func (c *coder) subject(i int32) int32 {
	s, passive := c.subjectOf(i)
	if passive && c.finite(i) {
		passive = false // a past tense that the tagger took for a participle
	}
	if passive {
		return c.agent(i)
	}
	if s < 0 {
		s = c.leftNoun(i)
	}
	return s
}

// finite reports whether verb i has its own object and no auxiliary, so that it
// is no passive.
func (c *coder) finite(i int32) bool {
	if c.d.Child(i, doc.RelAuxPass, doc.RelAux) >= 0 || c.d.Child(i, doc.RelNsubjPass) >= 0 {
		return false
	}
	b := c.d.Deprel(i).Base()
	return (b == doc.RelRoot || b == doc.RelConj || b == doc.RelCcomp) && (c.d.Child(i, doc.RelObj) >= 0 || c.agent(i) < 0) && c.d.Child(i, doc.RelNsubj) >= 0
}

// leftNoun is the noun before verb i that the parser took for a part of it:
// "Egyptian police shot two men", or for the whole phrase's: "Kenya sheltered
// refugees".
func (c *coder) leftNoun(i int32) int32 {
	out := int32(doc.None)
	for k := range c.d.Children(i) {
		if b := c.d.Deprel(k).Base(); k < i && c.isNominal(k) && (b == doc.RelCompound || b == doc.RelObl && c.preposition(k) == "" && c.timeOf[k] < 0) {
			out = k
		}
	}
	if h := c.d.Head(i); out < 0 && h > i && c.d.Deprel(i) == doc.RelAmod {
		for k := range c.d.Children(h) {
			if b := c.d.Deprel(k).Base(); k < i && c.isNominal(k) && (b == doc.RelCompound || b == doc.RelNmod && c.preposition(k) == "") {
				out = k
			}
		}
	}
	return out
}

// object is what verb i is done to.
func (c *coder) object(i int32) int32 {
	if s, patient := c.subjectOf(i); patient && c.finite(i) && s >= 0 {
		return c.d.Child(i, doc.RelObj)
	}
	if o := c.objectOf(i); o >= 0 {
		return o
	}
	if c.d.Deprel(i) == doc.RelAmod && c.leftNoun(i) >= 0 {
		return c.d.Head(i)
	}
	for k := range c.d.Children(i) { // "called off | their strike"
		if k > i && c.d.Deprel(k).Base() == doc.RelObl && c.preposition(k) == "" && c.timeOf[k] < 0 && c.isNominal(k) {
			return k
		}
	}
	return doc.None
}

func (c *coder) slotObject(i int32) int32 {
	if !c.isVerb(i) {
		return doc.None
	}
	return c.object(i)
}

// phraseOf is the noun that hangs on i with the preposition.
func (c *coder) phraseOf(i int32, prep string) int32 {
	for k := range c.d.Children(i) {
		switch c.d.Deprel(k).Base() {
		case doc.RelObl, doc.RelNmod, doc.RelAdvcl, doc.RelXcomp:
			if c.timeOf[k] < 0 && (c.preposition(k) == prep || slotOf(c.preposition(k)) == prep) {
				return k
			}
		}
	}
	return doc.None
}

// agent is who a passive verb says did it.
func (c *coder) agent(v int32) int32 {
	for k := range c.d.Children(v) {
		if c.d.Deprel(k).Base() == doc.RelObl && c.preposition(k) == "by" && c.timeOf[k] < 0 {
			return k
		}
	}
	return doc.None
}

// among reports whether noun i, one joined to it, what it is a number of or a
// word before it is one of words: "arms embargo" is an embargo, "state of
// emergency" an emergency, "aid deliveries" are of aid.
func (c *coder) among(i int32, words map[string]bool) bool {
	for _, k := range c.conjuncts(i) {
		w := c.word(k)
		if words[w] || words[c.form(k)] || words["place"] && c.nation(k) != nil {
			return true
		}
		for m := range c.d.Children(k) {
			switch rel := c.d.Deprel(m); rel.Base() {
			case doc.RelCompound, doc.RelAmod:
				if m < k && (words[c.word(m)] && rel.Base() == doc.RelCompound || words[c.word(m)+"_"+w]) {
					return true
				}
			case doc.RelNmod:
				if rel != doc.RelNmodPoss && c.preposition(m) == "of" && words[c.word(m)] {
					return true
				}
			case doc.RelConj:
				if words[c.word(m)] {
					return true
				}
			}
		}
	}
	return false
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

// climb goes up the tree from a deed: what carries it, turns it, or takes it
// for its own matter.
func (c *coder) climb(e *deed) {
	noun := !c.isVerb(e.at) && c.d.UPOS(e.at) != doc.ADJ
	carried := !noun || c.d.Child(e.at, doc.RelCop) >= 0
	if !noun {
		e.mood = c.moodOf(e.at)
		c.ownTurn(e)
	}
	cur := e.at
	for n := 0; n < maxSteps; n++ {
		h := c.d.Head(cur)
		if h < 0 {
			break
		}
		rel := c.d.Deprel(cur)
		prep := ""
		if b := rel.Base(); b == doc.RelObl || b == doc.RelNmod {
			prep = c.preposition(cur)
		}
		above, isDeed := c.of[h]
		switch rel.Base() {
		case doc.RelConj:
			if s, _ := c.clauseSubject(cur); s >= 0 && c.isVerb(cur) {
				if s, _ := c.clauseSubject(h); s >= 0 && c.d.Deprel(h).Base() == doc.RelRoot {
					h = doc.None
				}
			}
			if h >= 0 && noun && cur == e.at {
				carried = carried || c.carried(e, h)
			}
		case doc.RelXcomp, doc.RelCcomp, doc.RelCsubj:
			if o := c.slotObject(h); o >= 0 && o != cur && o < cur && !isDeed { // "repeated its demand | that …"
				if k, ok := c.of[o]; ok && c.deeds[k].p.turn != turnNone {
					above, isDeed = k, true
				}
			}
			if isDeed {
				if done := c.turnBy(e, above, cur); done {
					return
				}
			} else if c.table.sets["SAYING"][c.word(h)] {
				c.said(e, h)
			}
		case doc.RelObj, doc.RelIobj:
			if isDeed {
				if done := c.turnBy(e, above, cur); done {
					return
				}
				carried = true
			} else if noun && cur == e.at && c.isVerb(h) {
				carried = c.carry(e, h)
			}
		case doc.RelNsubj:
			if isDeed && c.deeds[above].p.turn == turnNone && noun {
				e.dropped = true // "a bombing killed two": the verb tells it
				return
			}
			if noun && cur == e.at {
				if rel == doc.RelNsubjPass {
					if isDeed {
						if done := c.turnBy(e, above, cur); done {
							return
						}
						carried = true
					} else {
						carried = c.carry(e, h)
					}
				} else if c.table.sets["OCCUR"][c.word(h)] {
					carried, e.light = true, h
					e.mood = c.moodOf(h)
				}
				break
			}
			h = doc.None
		case doc.RelObl:
			if isDeed {
				if t := c.deeds[above].p.turn; t != turnNone && (prep == "to" || prep == "for" || prep == "of" || prep == "on" || prep == "with" || prep == "over" || prep == "about" || prep == "in" || prep == "against") {
					if done := c.turnBy(e, above, cur); done {
						return
					}
					carried = true
					break
				}
				if noun {
					e.dropped = true
					return
				}
			}
			if noun && cur == e.at && (prep == "in" || prep == "on" || prep == "under" || prep == "into" || prep == "to" || prep == "for") && c.table.sets["LIGHT"][c.word(h)] {
				carried, e.light = true, h
				e.mood = c.moodOf(h)
				break
			}
			h = doc.None
		case doc.RelNmod:
			if prep != "of" && prep != "for" && prep != "to" && prep != "on" && prep != "about" || rel == doc.RelNmodPoss {
				h = doc.None
				break
			}
			if isDeed {
				if done := c.turnBy(e, above, cur); done {
					return
				}
			}
		case doc.RelAcl:
			if rel == doc.RelAclRelcl {
				e.aside = true
				h = doc.None
				break
			}
			if isDeed {
				if done := c.turnBy(e, above, cur); done {
					return
				}
			} else if !c.ownMood(cur).to && c.marker(cur) == "" {
				e.aside = true
				h = doc.None
			}
		case doc.RelAdvcl:
			mark := c.marker(cur)
			to := c.ownMood(cur).to
			if isDeed && (to || mark == "of" || mark == "for" || mark == "from" || mark == "with" || mark == "by" || mark == "to") {
				if c.deeds[above].p.turn == turnNone {
					e.dropped = to || mark == "by"
					e.aside = true
					h = doc.None
					break
				}
				if done := c.turnBy(e, above, cur); done {
					return
				}
				break
			}
			if mark != "" || to {
				e.aside = true
			} else if x := c.d.XPOS(cur); x != "VBG" && x != "VBN" {
				e.aside = true
			}
			h = doc.None
		case doc.RelParataxis, doc.RelAppos, doc.RelDep:
			if c.table.sets["SAYING"][c.word(h)] && c.isVerb(h) {
				c.said(e, h)
			}
			h = doc.None
		default:
			h = doc.None
		}
		if h < 0 {
			break
		}
		cur = h
	}
	if !carried && e.by < 0 {
		e.dropped = true
	}
	if e.modal && e.turn == turnDemand && e.speaker < 0 {
		c.toldBy(e)
	}
	if e.p == demanded && e.turn != turnDemand {
		e.dropped = true
	}
}

// ownTurn is the turn that the verb's own auxiliaries give its act.
func (c *coder) ownTurn(e *deed) {
	m := e.mood
	if e.p.turn != turnNone {
		if e.p != demanded {
			return
		}
	}
	switch {
	case c.obliged(e.at):
		e.turn, e.modal = turnDemand, true
	case m.negated && (m.tense == tenseFuture || m.tense == tenseWould || m.tense == tenseMay):
		e.turn, e.modal = turnRefusal, true
	case m.tense == tenseFuture || m.tense == tenseWould:
		e.turn, e.modal = turnIntent, true
	case m.tense == tenseMay:
		e.turn, e.modal = turnIntent, true
	}
}

// carry reports whether verb h, outside the patterns, carries the noun.
func (c *coder) carry(e *deed, h int32) bool {
	w := c.word(h)
	ok := c.table.sets["LIGHT"][w]
	if !ok {
		for k := range c.d.Children(h) {
			if c.d.Deprel(k) == doc.RelCompoundPrt && c.table.sets["LIGHT"][w+"_"+c.form(k)] {
				ok = true
			}
		}
	}
	if ok {
		e.light = h
		e.mood = c.moodOf(h)
		c.ownTurn(e)
		if w == "announce" && (e.p.code.Root() == "06" || e.p.code.Root() == "07") {
			e.turn = turnIntent
		}
	}
	return ok
}

// carried carries a noun joined to another as that is.
func (c *coder) carried(e *deed, h int32) bool {
	v := c.d.Head(h)
	return v >= 0 && c.d.Deprel(h).Base() == doc.RelObj && c.isVerb(v) && c.carry(e, v)
}

// turnBy lets deed k, above e in the tree, turn e; it reports whether e is done
// with: taken, or only the object that k's pattern has.
func (c *coder) turnBy(e *deed, k int, cur int32) bool {
	up := &c.deeds[k]
	switch up.p.turn {
	case turnNone:
		if !c.isVerb(e.at) {
			e.dropped = true
			return true
		}
		return false
	case turnTake:
		e.dropped = true
		return true
	}
	if e.p.turn != turnNone && e.p != demanded && e.p.turn != turnRefusal && up.p.turn != turnRefusal && !c.isVerb(e.at) {
		// "made an appeal", "issued a demand" below another such word: the noun is
		// the matter of the verb.
		e.dropped = true
		return true
	}
	if e.by < 0 && (e.turn == turnNone || e.turn == turnIntent || e.modal) || up.p.turn == turnRefusal {
		e.turn, e.by, e.modal = up.p.turn, up.at, false
		e.mood = c.moodOf(up.at)
	} else if e.turn == turnIntent && up.p.turn != turnIntent {
		e.turn, e.by, e.modal = up.p.turn, up.at, false
	}
	up.dropped = true
	return false
}

// said notes who says that the deed was done.
func (c *coder) said(e *deed, v int32) {
	if e.speaker >= 0 {
		return
	}
	if s, passive := c.subjectOf(v); s >= 0 && !passive {
		e.speaker = s
	}
}

// toldBy takes the speaker from the statement that the deed stands in.
func (c *coder) toldBy(e *deed) {
	if s := c.statementOf[e.at]; s >= 0 && c.d.Statements[s].Source.Actor >= 0 {
		e.speaker = c.d.HeadOf(c.d.Statements[s].Source.Span)
	}
}

// code is the code of a deed in its turn; "" where it has none.
func (c *coder) code(e *deed) (cameo.Code, string) {
	if e.turn == turnNone {
		return e.p.code, e.p.mode
	}
	conflict := e.p.code.Quad() >= 3
	verbal := e.p.code.Root() < "04" || e.p.code.Quad() == 3
	if e.p == demanded {
		return "100", ""
	}
	if verbal {
		if e.turn == turnIntent {
			return e.p.code, e.p.mode
		}
		return c.fallback(e), ""
	}
	switch e.turn {
	case turnIntent:
		if e.modal && e.p.code == "0831" {
			return e.p.code, e.p.mode
		}
	case turnAppeal, turnDemand:
		if conflict {
			if e.turn == turnAppeal || e.by >= 0 {
				return "113", ""
			}
			return "", ""
		}
	case turnRefusal:
		if conflict {
			return "", ""
		}
	}
	if code := e.p.code.As(e.turn.cameo()); code != "" {
		return code, ""
	}
	return c.fallback(e), ""
}

// fallback is the code of the word that turns an act for which the codebook has
// no such turn.
func (c *coder) fallback(e *deed) cameo.Code {
	if e.by < 0 {
		return map[turn]cameo.Code{turnIntent: "030", turnDemand: "100", turnRefusal: "120", turnThreat: "130", turnAppeal: "020"}[e.turn]
	}
	if k, ok := c.of[e.by]; ok {
		return c.deeds[k].p.code
	}
	return ""
}

// coded makes the coded events of the document's deeds.
func (c *coder) coded() []Coded {
	var out []Coded
	for k := range c.deeds {
		e := &c.deeds[k]
		if e.dropped {
			continue
		}
		code, mode := c.code(e)
		entry, ok := cameo.Lookup(code)
		if !ok {
			continue
		}
		t, m := plover.FromCAMEO(string(code))
		if t == 0 {
			continue
		}
		if mode == "" {
			mode = m
		}
		x := Coded{PLOVER: t.String(), Mode: mode, CAMEO: string(code), Goldstein: entry.Goldstein, Quad: code.Quad(), Text: c.d.Slice(c.words(e))}
		x.Source, x.Target = c.sides(e)
		if len(x.Source) == 0 && e.modal && e.turn == turnDemand {
			continue // nobody says so
		}
		x.Status, x.Aux = c.status(e)
		x.at = e.at
		if !slices.ContainsFunc(out, func(o Coded) bool {
			return o.PLOVER == x.PLOVER && c.d.Tokens.Sent[o.at] == c.d.Tokens.Sent[x.at] && (sameSides(o, x))
		}) {
			out = append(out, x)
		}
	}
	return out
}

func sameSides(a, b Coded) bool {
	return slices.Equal(a.Source, b.Source) && slices.Equal(a.Target, b.Target)
}

// words are the words that a deed rests on.
func (c *coder) words(e *deed) doc.Span {
	s := doc.Span{Begin: e.at, End: e.at + 1}
	for _, t := range []int32{e.by, e.light} {
		if t >= 0 {
			s = s.Union(doc.Span{Begin: t, End: t + 1})
		}
	}
	if o := c.slotObject(e.at); o >= 0 {
		s = s.Union(doc.Span{Begin: o, End: o + 1})
	}
	return s
}

// status is the state of the act and PLOVER's auxiliary modes.
func (c *coder) status(e *deed) (string, []string) {
	aux := []string{}
	st := e.mood.status()
	switch e.turn {
	case turnIntent, turnThreat:
		st = doc.StatusPlanned
	case turnAppeal, turnDemand:
		st = doc.StatusProposed
	case turnRefusal:
		st = doc.StatusDenied
	}
	if st == 0 {
		st = doc.StatusOccurred
	}
	if e.mood.tense == tenseMay && e.turn != turnRefusal {
		st = doc.StatusPossible
	}
	switch st {
	case doc.StatusPlanned, doc.StatusProposed, doc.StatusConditional, doc.StatusPossible, doc.StatusPostponed:
		aux = append(aux, plover.Future)
	}
	if c.longAgo(e) {
		aux = append(aux, plover.Historical)
	}
	if st == doc.StatusPossible || st == doc.StatusConditional || c.hypothetical(e) {
		aux = append(aux, plover.Hypothetical)
	}
	if st == doc.StatusDenied && e.turn == turnNone || st == doc.StatusCancelled {
		aux = append(aux, plover.Negation)
	}
	return st.String(), aux
}

// longAgo reports whether the time told with a deed makes it history.
func (c *coder) longAgo(e *deed) bool {
	for _, v := range []int32{e.at, e.by, e.light} {
		if v < 0 {
			continue
		}
		for k := range c.d.Children(v) {
			if t := c.timeOf[k]; t >= 0 && c.historical(&c.d.Times[t]) {
				return true
			}
		}
	}
	return false
}

// hypothetical reports whether the deed stands in, or has, an if-clause.
func (c *coder) hypothetical(e *deed) bool {
	for _, v := range []int32{e.at, e.by, e.light} {
		if v < 0 {
			continue
		}
		if c.marker(v) == "if" || c.marker(v) == "unless" {
			return true
		}
		for k := range c.d.Children(v) {
			if m := c.marker(k); c.d.Deprel(k).Base() == doc.RelAdvcl && (m == "if" || m == "unless") {
				return true
			}
		}
	}
	return false
}
