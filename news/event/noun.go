package event

import "readout/doc"

// readNoun reads the words before a noun: article, number, adjectives.
func (r *run) readNoun(m *mention) {
	begin := m.at
	for c := range r.d.Children(m.at) {
		if c > m.at {
			break
		}
		if c >= m.at-12 {
			begin = min(begin, r.reach(c).Begin)
		}
		switch r.d.Deprel(c) {
		case doc.RelDet:
			if m.article != pointing { // "such a meeting"
				m.article = articleOf(r.form(c))
			}
			if w := r.form(c); w == "no" || w == "neither" {
				m.negated = true
			} else if w == "any" {
				m.any = true
			} else if w == "another" {
				m.fresh = true
			}
		case doc.RelNmodPoss:
			m.article = possessed
		case doc.RelAmod:
			r.misread(m, c)
		case doc.RelCompound:
			if r.d.UPOS(c) == doc.PROPN {
				m.label = r.form(c)
			}
		}
	}
	begin = max(begin, m.at-12)
	r.adjectives(m, begin)
	r.present(m)
	if m.row.frame == "sign" && r.compoundOf(m.at, "truce") {
		m.kind = doc.EventCeasefire
	}
}

// present reads who is, or is not, "at the talks" and "in talks".
func (r *run) present(m *mention) {
	p := r.caseOf(m.at)
	s, _ := r.clauseSubject(m.at)
	if s < 0 || r.d.Child(m.at, doc.RelCop) < 0 {
		return
	}
	if p == "" {
		r.predicate(m, s)
		return
	}
	if p != "at" && p != "in" {
		return
	}
	md := r.moodOf(m.at)
	as := r.lex.frames[m.row.frame]["subj"]
	if md.negated {
		as = doc.AsAbsent
		md.negated = false
	}
	r.add(m, r.subjectActors(s), as)
	switch st := md.status(); {
	case st == doc.StatusOccurred && md.tense == tensePresent:
		m.set(doc.StatusOngoing)
	case st != 0:
		m.set(st)
	}
}

// predicate reads "It was their second meeting in a month": the event just told,
// as real as the copula.
func (r *run) predicate(m *mention, s int32) {
	switch r.form(s) {
	case "it", "this", "that":
		m.article, m.fresh, m.first = pointing, false, false
	}
	md := r.moodOf(m.at)
	switch st := md.status(); {
	case m.status != 0 || md.tense == tensePresent:
	case st == doc.StatusPlanned && md.tense == tenseWould:
		m.status = doc.StatusPossible
	default:
		m.status = st
	}
}

// misread mends a finite verb that the parser took for an adjective of its
// object: "Oman facilitated talks".
func (r *run) misread(m *mention, c int32) {
	md := mood{tense: tensePast}
	switch r.d.XPOS(c) {
	case "VBD":
	case "VBG": // "is mulling talks"
		cop := r.d.Child(m.at, doc.RelCop, doc.RelAux)
		if cop < 0 || cop > c {
			return
		}
		md = mood{tense: r.auxTense(cop, c), progress: true}
	default:
		return
	}
	g := r.governor(c, "obj")
	s, _ := r.clauseSubject(m.at)
	if s < 0 {
		s = r.subjectBefore(c)
	}
	if g == nil || s < 0 || s > c {
		return
	}
	r.govern(m, g, c, md, "subj")
	switch as := r.lex.frames[m.row.frame]["subj"]; {
	case g.subj == subjOther:
		r.add(m, r.actorsAt(s), g.part)
	case g.subj == subjSelf || g.subj == subjWith:
		r.add(m, r.actorsAt(s), as)
	}
}

func articleOf(w string) article {
	switch w {
	case "the":
		return definite
	case "this", "these", "that", "those", "both", "such":
		return pointing
	}
	return indefinite
}

// adjectives reads the words from begin to the noun against the table, those
// with hyphens as one: "one-on-one".
func (r *run) adjectives(m *mention, begin int32) {
	for i := begin; i < m.at; i++ {
		w, end := r.form(i), i+1
		for end+1 < m.at && r.form(end) == "-" {
			w += "-" + r.form(end+1)
			end += 2
		}
		row, ok := r.lex.modifiers[w]
		if !ok {
			continue
		}
		if end < m.at && !r.modifies(end-1, i, m.at) {
			continue
		}
		i = end - 1
		r.sense(m, row.sense)
		switch row.effect {
		case effKeep, effNone:
		case effReal:
			if m.status == 0 {
				m.status = doc.StatusOccurred
			}
		default:
			m.apply(row.effect, mood{tense: tensePresent}, 0)
		}
	}
}

// modifies reports whether one of the tokens from i to last hangs on noun n.
func (r *run) modifies(last, i, n int32) bool {
	for k := i; k <= last; k++ {
		h := r.d.Head(k)
		if h == n || h >= 0 && r.d.Head(h) == n && r.d.Deprel(k) != doc.RelNmodPoss && !r.isNominal(h) {
			return true
		}
	}
	return false
}

func (r *run) sense(m *mention, s string) {
	switch s {
	case "new":
		m.fresh = true
	case "first":
		m.first = true
	case "past":
		m.past = true
	case "two":
		m.size = 2
	case "three":
		m.size = 3
	case "many":
		m.size = 4
	case "alone":
		m.alone, m.size = true, 2
	case "in-person":
		m.format = doc.FormatInPerson
	case "phone":
		m.format = doc.FormatPhone
		m.kind = doc.EventCall
	case "video":
		m.format = doc.FormatVideo
	case "indirect":
		m.format = doc.FormatIndirect
	case "ministers":
		m.level = doc.LevelMinisters
	case "officials":
		m.level = doc.LevelOfficials
	}
}

// ownClauses reads the clauses that hang on the noun: "talks held in Geneva",
// "a summit scheduled for May", "the meeting, which was called off".
func (r *run) ownClauses(m *mention) {
	for c := range r.d.Children(m.at) {
		rel := r.d.Deprel(c)
		if c < m.at || rel.Base() != doc.RelAcl && !(r.d.UPOS(c) == doc.ADJ && (rel == doc.RelAmod || rel == doc.RelAppos)) {
			continue
		}
		slot := "obj"
		md := r.moodOf(c)
		s, pass := r.clauseSubject(c)
		switch {
		case rel == doc.RelAclRelcl && s >= 0 && !pass && r.antecedent(s, c) == m.at:
			slot = "subj"
		case rel == doc.RelAcl && r.d.XPOS(c) == "VBG" && r.form(c-1) == "on":
			continue // "the talks on opening the pipeline": what they are about
		case rel == doc.RelAcl && r.d.XPOS(c) == "VBG":
			slot = "subj"
		case rel == doc.RelAcl && md.to && r.d.Child(c, doc.RelAux) < 0 && s < 0:
			slot = "subj"
		}
		g := r.governor(c, slot)
		if x := r.d.Child(c, doc.RelXcomp); x >= 0 && r.governor(c, "clause") != nil {
			r.dueTo(m, c, x)
			continue
		}
		if g == nil {
			continue
		}
		if md.tense == tenseNone && md.to && g.effect == effTense { // "talks to be held in Geneva"
			md.tense = tenseFuture
		} else if md.tense == tenseNone && md.reduced {
			md.tense = tensePast
		} else if md.tense == tenseNone && slot == "subj" {
			md.tense = tensePresent
		}
		r.govern(m, g, c, md, slot)
		if rel == doc.RelAclRelcl && g.effect == effPropose && r.perfect(c) {
			m.firm = false // what "had been requested" may have been held since
		}
	}
}

// dueTo reads "a meeting due to be held in May": c is "due", x the verb that
// carries the noun.
func (r *run) dueTo(m *mention, c, x int32) {
	if g := r.governor(x, "obj", "subj"); g != nil && g.effect.supports() {
		r.govern(m, g, x, mood{to: true}, "subj")
	}
	r.govern(m, r.governor(c, "clause"), c, mood{tense: tensePast}, "clause")
}
