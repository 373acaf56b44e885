package event

import "readout/doc"

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
	case "clause": // who is to do it: "demanded that Iran stop"
		for k := range c.d.Children(i) {
			if b := c.d.Deprel(k).Base(); b == doc.RelCcomp || b == doc.RelXcomp || b == doc.RelAcl {
				if s, _ := c.clauseSubject(k); s >= 0 {
					return s
				}
			}
		}
		return doc.None
	case "subj":
		if !verb {
			return doc.None
		}
		if s := c.subject(i); s >= 0 || c.d.Deprel(i) != doc.RelAcl || c.agent(i) >= 0 {
			return s
		}
		return c.d.Head(i) // "peacekeepers deployed in Congo"
	}
	if t := c.phraseOf(i, slot); t >= 0 {
		return t
	}
	if o := c.slotObject(i); o >= 0 && verb {
		if t := c.phraseOf(o, slot); t >= 0 {
			return t
		}
	}
	for k := range c.d.Children(i) { // "complained to the council | about flights"
		if c.d.Deprel(k).Base() == doc.RelObl && slot != "of" && slot != "in" && slot != "from" && slot != "by" {
			if t := c.phraseOf(k, slot); t >= 0 {
				return t
			}
		}
	}
	return doc.None
}

// subject is who does what verb i tells of: its subject, or the agent of a
// passive one.
func (c *coder) subject(i int32) int32 {
	s, passive := c.subjectOf(i)
	if passive && (c.finite(i) || c.active(i)) {
		passive = false // a past tense that the tagger took for a participle
	}
	if passive {
		return c.agent(i)
	}
	if s < 0 {
		s = c.leftNoun(i)
	}
	if k := c.d.Child(i, doc.RelNsubj); k >= 0 && s > k && c.d.Head(s) == i && c.timeOf[k] < 0 && c.land(s, 0) == nil && c.land(k, 0) != nil {
		return k // "British aircraft using missiles killed": the missiles are no subject
	}
	if s >= 0 && c.timeOf[s] >= 0 { // "Israel Friday reimposed blockades"
		for k := range c.d.Children(i) {
			if k < s && c.d.Deprel(k).Base() == doc.RelNsubj {
				return k
			}
		}
		if k := c.d.Child(s, doc.RelCompound, doc.RelNmod); k >= 0 {
			return k
		}
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

// active reports whether participle i after a noun has an object, so that the
// noun does it: "Chinese guards tortured monks".
func (c *coder) active(i int32) bool {
	return c.d.Deprel(i) == doc.RelAcl && c.d.XPOS(i) == "VBN" && c.d.Child(i, doc.RelObj) > i && c.agent(i) < 0
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
		out = c.headless(i, h)
	}
	return out
}

// headless is the subject of verb i that the parser took for an adjective of its
// object h: "Kenya sheltered refugees", "forces have tortured refugees", and in a
// sentence of nouns alone "helicopters and tanks shelled positions".
func (c *coder) headless(i, h int32) int32 {
	out := int32(doc.None)
	for k := range c.d.Children(h) {
		if b := c.d.Deprel(k).Base(); k < i && c.isNominal(k) && (b == doc.RelCompound || b == doc.RelNmod && c.preposition(k) == "") {
			out = k
		}
	}
	up := c.d.Head(h)
	if out >= 0 || up < 0 || up >= i {
		return out
	}
	if c.word(up) == "have" && up == i-1 {
		s, _ := c.clauseSubject(up)
		return s
	}
	if c.isNominal(i-1) && c.isNominal(up) && c.d.Head(up) < 0 && c.d.Child(up, doc.RelCop) < 0 {
		return up
	}
	return out
}

// object is what verb i is done to.
func (c *coder) object(i int32) int32 {
	if s, patient := c.subjectOf(i); patient && (c.finite(i) || c.active(i)) && s >= 0 {
		return c.d.Child(i, doc.RelObj)
	}
	if o := c.objectOf(i); o >= 0 {
		for k := o + 1; c.d.UPOS(o) == doc.PRON && k < c.d.SentenceOf(i).End && k < o+12; k++ {
			if c.d.Head(k) == i && c.d.Deprel(k) == doc.RelObj && c.d.UPOS(k) != doc.PRON {
				return k // "that Israel ease restrictions"
			}
		}
		return o
	}
	if k := c.d.Child(i, doc.RelConj); k >= 0 && c.isVerb(k) && c.d.Child(k, doc.RelNsubj) < 0 && c.d.Child(i, doc.RelObl, doc.RelCcomp, doc.RelXcomp) < 0 {
		if o := c.d.Child(k, doc.RelObj); o >= 0 && o < k+8 {
			return o // "donated and delivered goods"
		}
	}
	if c.d.Deprel(i) == doc.RelAmod && (c.leftNoun(i) >= 0 || c.d.Child(i, doc.RelNsubj) >= 0) {
		return c.d.Head(i)
	}
	for k := range c.d.Children(i) {
		if k < i || c.timeOf[k] >= 0 {
			continue
		}
		switch c.d.Deprel(k).Base() {
		case doc.RelObl: // "called off | their strike", "handed | in their rifles"
			if p := c.preposition(k); c.isNominal(k) && (p == "" || c.form(i+1) == p && c.table.particles[c.word(i)+"_"+p]) {
				return k
			}
		case doc.RelCcomp, doc.RelXcomp: // "let inspectors visit"
			if s := c.d.Child(k, doc.RelNsubj); s > i && c.ownMood(k).tense == tenseNone {
				return s
			}
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
		switch c.d.Deprel(k).Base() {
		case doc.RelObl:
			if c.preposition(k) == "by" && c.timeOf[k] < 0 {
				return k
			}
		case doc.RelXcomp: // "found guilty | by a court"
			if a := c.agent(k); a >= 0 {
				return a
			}
		}
	}
	return doc.None
}

// among reports whether noun i, one joined to it, what it is a number of or a
// word before it is one of words: "arms embargo" is an embargo, "state of
// emergency" an emergency, "aid deliveries" are of aid.
func (c *coder) among(i int32, words map[string]bool) bool { return c.amongAt(i, words, 0) }

func (c *coder) amongAt(i int32, words map[string]bool, depth int) bool {
	for _, k := range c.conjuncts(i) {
		w := c.word(k)
		if words[w] || words[c.form(k)] || words["place"] && c.nation(k) != nil {
			return true
		}
		for m := range c.d.Children(k) {
			switch rel := c.d.Deprel(m); rel.Base() {
			case doc.RelCompound, doc.RelAmod:
				if m < k && (words[c.word(m)] && rel.Base() == doc.RelCompound && !c.table.sets["PEOPLE"][w] || (words[c.word(m)+"_"+w] || words[c.form(m)+"_"+w])) {
					return true
				}
			case doc.RelNmod:
				if rel != doc.RelNmodPoss && c.preposition(m) == "of" && (words[c.word(m)] || depth < 2 && c.amongAt(m, words, depth+1)) {
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
