package event

import "readout/doc"

// subjectOf is the noun that does what verb v tells of, following the tree
// where v has no subject of its own: None where nothing says.
//
//	A agreed to meet B        v = meet: A (who wants, does)
//	A urged B to meet C       v = meet: B (who is urged, does)
//	while meeting B, A said   v = meeting: A
//	A announced plans to meet v = meet: A, holder of the plans
//	officials meeting in Rome v = meeting: officials
//	A came and met B          v = met: A
//
// patient is true where the noun is what v is done to: "talks held in Rome".
func (r *run) subjectOf(v int32) (subject int32, patient bool) {
	if _, s := r.asAdjective(v); s >= 0 {
		return s, false
	}
	own := true // v is the verb itself, or one joined to it
	passive := false
	for c := range r.d.Children(v) {
		passive = passive || r.d.Deprel(c) == doc.RelAuxPass
	}
	for n := 0; n < maxSteps && v >= 0; n++ {
		if s, pass := r.clauseSubject(v); s >= 0 {
			return r.antecedent(s, v), pass && own || passive && !own
		}
		if r.d.Deprel(v) == doc.RelConj && r.d.Child(v, doc.RelAux) >= 0 {
			if s := r.subjectBefore(v); s >= 0 && r.opensClause(s) {
				return s, passive
			}
		}
		if r.d.Deprel(v) != doc.RelConj && r.d.Deprel(v) != doc.RelAclRelcl {
			if s := r.subjectBefore(v); s >= 0 {
				return s, false
			}
		}
		if root := r.mainAfterRelative(v); root >= 0 {
			return root, passive
		}
		own = own && r.d.Deprel(v) == doc.RelConj
		h := r.d.Head(v)
		if h < 0 {
			return doc.None, false
		}
		switch r.d.Deprel(v) {
		case doc.RelConj, doc.RelParataxis, doc.RelAux, doc.RelCop:
			if own && r.isNominal(h) && !r.isPredicate(h) && h < v && r.finite(v) && r.actorial(h) {
				return h, passive // "A, the head of X, and B, the head of Y, signed", read as a list
			}
			v = h
		case doc.RelXcomp:
			if o := r.objectControl(h); o >= 0 {
				return o, false
			}
			v = h
		case doc.RelAdvcl, doc.RelCcomp, doc.RelCsubj, doc.RelDep:
			if o := r.objectControl(h); o >= 0 && (r.d.Deprel(v) != doc.RelAdvcl || r.ownMood(v).to || r.thanked(v)) {
				return o, false
			}
			v = h
		case doc.RelAcl, doc.RelAclRelcl:
			if r.d.Deprel(v) == doc.RelAcl && r.ownMood(v).to {
				return r.holder(h), false
			}
			return h, r.d.XPOS(v) == "VBN" && r.d.Deprel(v) == doc.RelAcl
		case doc.RelObl, doc.RelNmod, doc.RelObj, doc.RelNsubj:
			if !r.isNominal(h) {
				v = h
				continue
			}
			return r.holder(h), false
		default:
			return doc.None, false
		}
		if r.isNominal(v) && !r.isPredicate(v) {
			return r.holder(v), false
		}
	}
	return doc.None, false
}

// mainAfterRelative is the name that verb v is the verb of, where a parser joined v
// to the clause about the name: "Roe, whose party left the talks, led a protest".
// The name is left without a verb then; None where it is not so.
func (r *run) mainAfterRelative(v int32) int32 {
	h := r.d.Head(v)
	if h < 0 || r.d.Deprel(v) != doc.RelConj || r.d.Deprel(h) != doc.RelAclRelcl || !r.finite(v) || r.d.Child(v, doc.RelCc) >= 0 || r.form(v-1) != "," {
		return doc.None
	}
	root := r.d.Head(h)
	if root < 0 || r.d.Deprel(root).Base() != doc.RelRoot || !r.isNominal(root) || !r.actorial(root) {
		return doc.None
	}
	return root
}

// opensClause reports whether "and" or "but" stands before the name at i.
func (r *run) opensClause(i int32) bool {
	m := r.mentionOf[i]
	if m < 0 {
		return false
	}
	b := r.d.Mentions[m].Span.Begin
	return b > 0 && r.d.UPOS(b-1) == doc.CCONJ && r.d.SentenceOf(i).Has(b-1)
}

// finite reports whether verb v has a tense of its own.
func (r *run) finite(v int32) bool {
	switch r.d.XPOS(v) {
	case "VBD", "VBZ", "VBP":
		return true
	}
	return r.d.Child(v, doc.RelAux) >= 0
}

// thanked reports whether v is the deed of an object: "thanked B for hosting".
func (r *run) thanked(v int32) bool {
	w := r.marker(v)
	return r.d.XPOS(v) == "VBG" && (w == "for" || w == "of" || w == "from")
}

// isPredicate reports whether nominal i has a copula or a subject.
func (r *run) isPredicate(i int32) bool { return r.d.Child(i, doc.RelCop, doc.RelNsubj) >= 0 }

// antecedent is what a relative pronoun stands for.
func (r *run) antecedent(s, v int32) int32 {
	switch r.form(s) {
	case "who", "which", "that", "whom", "whose":
		for n := 0; v >= 0 && n < maxSteps; n++ {
			if rel := r.d.Deprel(v); rel == doc.RelAclRelcl || rel == doc.RelAcl {
				return r.namedBy(r.d.Head(v))
			} else if rel != doc.RelConj && rel != doc.RelXcomp && rel != doc.RelCcomp {
				return s
			}
			v = r.d.Head(v)
		}
	}
	return s
}

// namedBy goes from a description to the name it stands beside: "Kim, a former
// envoy, who met".
func (r *run) namedBy(i int32) int32 {
	for k, n := i, 0; k >= 0 && n < 4; n++ {
		if r.mentionOf[k] >= 0 {
			return k
		}
		switch r.d.Deprel(k).Base() {
		case doc.RelAppos, doc.RelNmod, doc.RelConj:
			k = r.d.Head(k)
		default:
			return i
		}
	}
	return i
}

// objectControl is the object of h that does what h's infinitive tells of:
// "urged both sides to meet"; None where h's subject does it.
func (r *run) objectControl(h int32) int32 {
	if !r.isVerb(h) || !r.lex.classes["objectcontrol"][r.word(h)] {
		return doc.None
	}
	if s, pass := r.clauseSubject(h); pass {
		return s // "was urged to meet"
	}
	if o := r.d.Child(h, doc.RelObj, doc.RelIobj); o >= 0 {
		return o
	}
	for c := range r.d.Children(h) { // "called on both sides to meet"
		if r.d.Deprel(c) == doc.RelObl && c > h {
			if p := r.preposition(c); p == "on" || p == "upon" || p == "for" {
				return c
			}
		}
	}
	for k := h + 1; k < h+6 && k < r.d.SentenceOf(h).End; k++ { // "allow B, a diplomat, to visit"
		if r.actorial(k) && r.caseOf(k) == "" {
			return k
		}
		if u := r.d.UPOS(k); u == doc.VERB || u == doc.ADP || u == doc.PART {
			break
		}
	}
	return doc.None
}

// holder is whose plan, offer or refusal noun i is: by a possessive, "by" or
// "of", or the subject of the verb whose object it is.
func (r *run) holder(i int32) int32 {
	for n := 0; n < 4 && i >= 0; n++ {
		for c := range r.d.Children(i) {
			if r.d.Deprel(c) == doc.RelNmodPoss {
				return c
			}
			if r.d.Deprel(c).Base() == doc.RelNmod && r.actorial(c) {
				if p := r.preposition(c); p == "by" || p == "of" || p == "from" {
					return c
				}
			}
		}
		for c := range r.d.Children(i) { // "a Kenyan proposal"
			if b := r.d.Deprel(c).Base(); c < i && (b == doc.RelAmod || b == doc.RelCompound) && r.mentionOf[c] >= 0 && r.actorial(c) {
				return c
			}
		}
		for c := range r.d.Children(i) { // "A announced plans", read as "announced plans"
			if c < i && r.d.Deprel(c) == doc.RelAmod && r.d.XPOS(c) == "VBD" {
				if s := r.subjectBefore(c); s >= 0 {
					return s
				}
			}
		}
		h := r.d.Head(i)
		if h < 0 {
			return doc.None
		}
		switch r.d.Deprel(i).Base() {
		case doc.RelObj, doc.RelObl:
			if s, pass := r.subjectOf(h); s >= 0 && !pass {
				return s
			}
			return doc.None
		case doc.RelNmod, doc.RelConj, doc.RelAppos:
			i = h
		default:
			return doc.None
		}
	}
	return doc.None
}

// actorial reports whether token i names an actor that is no place.
func (r *run) actorial(i int32) bool {
	m := r.mentionOf[i]
	if m < 0 {
		return r.unmarked(i) >= 0
	}
	return r.d.Actors[r.d.Mentions[m].Actor].Kind != doc.KindPlace
}
