package event

import "readout/doc"

// climb goes up the tree from a deed: what carries it, turns it, or takes it
// for its own matter.
func (c *coder) climb(e *deed) {
	e.carried = c.isVerb(e.at) || c.d.UPOS(e.at) == doc.ADJ || c.d.Child(e.at, doc.RelCop) >= 0
	if e.carried {
		e.mood = c.moodOf(e.at)
		c.ownTurn(e)
	}
	cur := e.at
	e.np = cur
	for n := 0; n < maxSteps; n++ {
		h := c.d.Head(cur)
		if h < 0 || !c.step(e, cur, h) {
			break
		}
		if e.dropped {
			return
		}
		cur = h
	}
	if !e.carried && e.by < 0 {
		e.dropped = true
	}
	if e.modal && e.turn == turnDemand && e.speaker < 0 {
		c.toldBy(e)
	}
	if e.p == demanded && e.turn != turnDemand {
		e.dropped = true
	}
}

// step goes from token cur, at or above a deed, to its head h; it reports
// whether to go on from there.
func (c *coder) step(e *deed, cur, h int32) bool {
	noun := cur == e.np && !c.isVerb(e.at) && c.d.UPOS(e.at) != doc.ADJ
	if noun && c.table.sets["EFFORT"][c.word(h)] {
		if b := c.d.Deprel(cur).Base(); b == doc.RelCompound || b == doc.RelNmod && c.preposition(cur) == "of" {
			e.np = h // "a mediation effort", "a wave of attacks"
			return true
		}
	}
	above, known := c.of[h]
	rel := c.d.Deprel(cur)
	switch rel.Base() {
	case doc.RelConj:
		if noun {
			e.carried = e.carried || c.carriedWith(e, h)
		}
		if s, _ := c.clauseSubject(cur); s >= 0 && c.isVerb(cur) && c.d.Deprel(h).Base() == doc.RelRoot {
			s, _ = c.clauseSubject(h)
			return s < 0
		}
		return true
	case doc.RelXcomp, doc.RelCcomp, doc.RelCsubj:
		return c.complement(e, cur, h)
	case doc.RelObj, doc.RelIobj:
		if known {
			e.carried = true
			return c.turnBy(e, above)
		}
		if noun && c.isVerb(h) {
			e.carried = c.carry(e, h)
		}
		return true
	case doc.RelNsubj:
		return c.subjectStep(e, cur, h, noun)
	case doc.RelObl:
		return c.obliqueStep(e, cur, h, noun)
	case doc.RelNmod:
		switch c.preposition(cur) {
		case "of", "for", "to", "on", "about":
			return rel != doc.RelNmodPoss && (!known || c.turnBy(e, above))
		}
		return false
	case doc.RelAcl, doc.RelAdvcl:
		return c.clauseStep(e, cur, h)
	case doc.RelParataxis, doc.RelAppos, doc.RelDep:
		if c.isVerb(h) && c.table.sets["SAYING"][c.word(h)] {
			c.said(e, h)
		}
	case doc.RelAdvmod: // "staged a sit-in"
		if noun && c.isVerb(h) {
			e.carried = c.carry(e, h)
		}
		return true
	}
	return false
}

// complement: "agreed to lift the curfew", "said that it would", and "repeated
// its demand | that", whose clause hangs on the verb.
func (c *coder) complement(e *deed, cur, h int32) bool {
	above, known := c.of[h]
	if o := c.slotObject(h); o >= 0 && o < cur && !known {
		if k, ok := c.of[o]; ok && c.deeds[k].p.turn != turnNone {
			above, known = k, true
		}
	}
	if known {
		return c.turnBy(e, above)
	}
	if c.table.sets["SAYING"][c.word(h)] {
		c.said(e, h)
	}
	return true
}

// subjectStep: "the talks were held", "clashes broke out"; a subject of another
// deed only tells by what it was done: "a bombing killed two".
func (c *coder) subjectStep(e *deed, cur, h int32, noun bool) bool {
	above, known := c.of[h]
	if !noun {
		return false
	}
	if c.d.Deprel(cur) == doc.RelNsubjPass {
		if known {
			e.carried = true
			return c.turnBy(e, above)
		}
		e.carried = c.carry(e, h)
		return true
	}
	if known && c.deeds[above].p.turn == turnNone {
		e.dropped = true
		return false
	}
	if c.table.sets["OCCUR"][c.word(h)] {
		e.carried, e.light = true, h
		e.mood = c.moodOf(h)
	}
	return true
}

// obliqueStep: "agreed to a truce", "engaged in a strike".
func (c *coder) obliqueStep(e *deed, cur, h int32, noun bool) bool {
	prep := c.preposition(cur)
	if above, known := c.of[h]; known {
		switch prep {
		case "to", "for", "of", "on", "with", "over", "about", "in", "against", "":
			if c.deeds[above].p.turn != turnNone {
				e.carried = true
				return c.turnBy(e, above)
			}
		}
		e.dropped = noun
		return false
	}
	switch prep {
	case "in", "on", "under", "into", "to", "for", "":
		if noun && c.table.sets["LIGHT"][c.word(h)] {
			e.carried, e.light = true, h
			e.mood = c.moodOf(h)
			return true
		}
	}
	return false
}

// clauseStep: infinitives and gerunds that tell what is agreed, urged or
// blamed; other clauses beside the main one only give the background.
func (c *coder) clauseStep(e *deed, cur, h int32) bool {
	above, known := c.of[h]
	mark, to := c.marker(cur), c.ownMood(cur).to
	switch rel := c.d.Deprel(cur); {
	case rel == doc.RelAclRelcl:
		e.aside = true
		return false
	case rel.Base() == doc.RelAcl:
		if known {
			return c.turnBy(e, above)
		}
		if cur == e.at && c.active(cur) {
			return false
		}
		e.aside = e.aside || !to && mark == ""
		e.dropped = e.aside && c.d.XPOS(cur) == "VBN" && cur == e.at && c.d.Head(h) >= 0
		return to || mark != ""
	}
	switch mark {
	case "of", "for", "from", "with", "by", "to":
		to = true
	}
	if known && to {
		if c.deeds[above].p.turn == turnNone {
			e.dropped = c.ownMood(cur).to || mark == "by"
			e.aside = true
			return false
		}
		return c.turnBy(e, above)
	}
	x := c.d.XPOS(cur)
	e.aside = e.aside || mark != "" || to || x != "VBG" && x != "VBN"
	return false
}

// ownTurn is the turn that the verb's own auxiliaries give its act.
func (c *coder) ownTurn(e *deed) {
	m := e.mood
	if e.p.turn != turnNone && e.p != demanded {
		if e.p.turn == turnIntent && c.obliged(e.at) {
			e.turn, e.modal = turnDemand, true // "must agree to"
		}
		return
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

// carriedWith carries a noun joined to another as that is.
func (c *coder) carriedWith(e *deed, h int32) bool {
	v := c.d.Head(h)
	return v >= 0 && c.d.Deprel(h).Base() == doc.RelObj && c.isVerb(v) && c.carry(e, v)
}

// turnBy lets deed k, above e in the tree, turn e, or take it for its own
// matter; it reports whether words above may still turn e.
func (c *coder) turnBy(e *deed, k int) bool {
	up := &c.deeds[k]
	switch up.p.turn {
	case turnNone:
		e.dropped = !c.isVerb(e.at) // the object that the pattern above has
		return !e.dropped
	case turnTake:
		e.dropped = true
		return false
	}
	if e.p.turn != turnNone && e.p != demanded && e.p.turn != turnRefusal && up.p.turn != turnRefusal && !c.isVerb(e.at) {
		e.dropped = true // "made an appeal", "issued a demand": the matter of the verb
		return false
	}
	if e.by < 0 && (e.turn == turnNone || e.turn == turnIntent || e.modal) || up.p.turn == turnRefusal {
		e.turn, e.by, e.modal = up.p.turn, up.at, false
		e.mood = c.moodOf(up.at)
		if up.modal && up.turn == turnDemand { // "must agree to release"
			e.turn, e.by, e.modal = turnDemand, doc.None, true
		}
	} else if e.turn == turnIntent && up.p.turn != turnIntent {
		e.turn, e.by, e.modal = up.p.turn, up.at, false
	}
	up.dropped = true
	return true
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
