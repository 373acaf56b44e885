package event

import "readout/doc"

// What a preposition before the mention tells, and the clause it stands in.

// aimed reports whether clause cur tells what a thing before it is for: "a vision
// for stopping the war".
func (r *run) aimed(cur int32) bool {
	for c := range r.d.Children(cur) {
		if c < cur && c > 0 && r.d.Deprel(c) == doc.RelMark && r.form(c) == "for" {
			return r.d.UPOS(c-1) == doc.NOUN && r.mentionOf[c-1] < 0
		}
	}
	return false
}

// prepositional: "after talks, A said". The event is as real as its clause lets
// it be, and tied to it.
func (r *run) prepositional(m *mention, cur, h int32, p string, md mood) bool {
	row, ok := r.lex.prepositions[p]
	if p == "on" && m.row.frame == "visitn" { // "Modi, on a visit to Nairobi, said"
		row, ok = preposition{effect: effReal}, true
		if s, passive := r.subjectOf(h); r.isVerb(h) && s >= 0 && !passive && s < m.at {
			r.add(m, r.subjectActors(s), doc.AsVisitor)
		} else if r.isPerson(h) {
			r.add(m, r.actorsAt(h), doc.AsVisitor)
			h = r.clauseOf(h)
			md = r.moodOf(h)
		}
	}
	if !ok {
		return false
	}
	if v := r.clauseOf(h); v != h {
		if p == "at" || p == "for" || p == "in" && !(dialogue(m.kind) && r.actorial(h) && r.lex.classes["telling"][r.word(v)]) {
			return false // of the noun it follows: "the mood at the talks", but "told B | in a call"
		}
		h, md = v, r.moodOf(v) // the parser hangs "during the talks" on the noun before
	}
	if row.link != 0 {
		m.anchors = append(m.anchors, anchor{row.link, h, r.caseSpan(cur)})
	} else if p == "before" || p == "ahead of" || p == "prior to" {
		m.anchors = append(m.anchors, anchor{0, h, r.caseSpan(cur)})
	}
	m.clause, m.purpose = h, p == "for"
	if m.status != 0 {
		return false
	}
	switch row.effect {
	case effReal:
		switch s := md.status(); s {
		case doc.StatusOccurred, doc.StatusOngoing, doc.StatusDenied:
			m.status = doc.StatusOccurred
			if md.tense == tensePresent && !md.progress {
				m.present = true
			}
		case doc.StatusPlanned:
			m.status = doc.StatusPlanned
		case 0:
			if up := r.finiteAbove(h); up >= 0 && r.moodOf(up).status() == doc.StatusPlanned {
				m.set(doc.StatusPlanned) // "will be asked to decide in a vote"
				return false
			}
			return !r.isNominal(h)
		}
	case effPlan:
		m.status = doc.StatusPlanned
	case effContinue:
		m.status = doc.StatusOngoing
	case effRefuse:
		m.status = doc.StatusDenied
	}
	return false
}

// finiteAbove is the verb that infinitive v depends on; None where v is none.
func (r *run) finiteAbove(v int32) int32 {
	for n := 0; n < maxSteps && v >= 0 && r.d.Deprel(v) == doc.RelXcomp && r.ownMood(v).to; n++ {
		if v = r.d.Head(v); v >= 0 && r.finite(v) {
			return v
		}
	}
	return doc.None
}

// clauseOf is the verb or predicate whose clause word h stands in.
func (r *run) clauseOf(h int32) int32 {
	for v, n := h, 0; n < maxSteps; n++ {
		if !r.isNominal(v) || r.isPredicate(v) {
			return v
		}
		up := r.d.Head(v)
		if up < 0 {
			return h
		}
		v = up
	}
	return h
}

// caseSpan is the preposition with its noun, which is what a link rests on.
func (r *run) caseSpan(i int32) doc.Span {
	s := doc.Span{Begin: i, End: i + 1}
	for c := range r.d.Children(i) {
		if r.d.Deprel(c) == doc.RelCase || r.d.Deprel(c) == doc.RelMark {
			s = s.Union(doc.Span{Begin: c, End: c + 1})
		}
	}
	return s
}

// cueAbove is the statement whose cue governs the words around i: "announced a
// meeting", where the content may not hold the noun itself.
func (r *run) cueAbove(i int32) doc.StatementID {
	for n := 0; n < maxSteps; n++ {
		h := r.d.Head(i)
		if h < 0 {
			return doc.None
		}
		switch r.d.Deprel(i).Base() {
		case doc.RelNsubj, doc.RelAdvcl, doc.RelParataxis:
			return doc.None
		case doc.RelObl:
			switch r.preposition(i) {
			case "at", "in", "during", "after", "following", "before", "since", "ahead of", "on":
				return doc.None
			}
		case doc.RelAcl:
			if r.d.Deprel(i) == doc.RelAclRelcl {
				return doc.None
			}
		}
		if s, ok := r.cueOf[h]; ok {
			return s
		}
		i = h
	}
	return doc.None
}
