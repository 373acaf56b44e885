package event

import "readout/doc"

// fitsVerb holds the needs of a verb's row against its arguments: "called" is
// a call with a person for object, and none in "called for restraint".
func (r *run) fitsVerb(t *trigger, v int32) bool {
	n := t.needs
	if t.class != "" && !r.fitsClass(t, v) {
		return false
	}
	if t.step != stepNone && !r.fitsStepVerb(t, v) {
		return false
	}
	if n&(needActor|needPerson|needTarget) != 0 && !r.fitsObject(t, v) {
		return false
	}
	if n&(needWith|needTo|needBetween) != 0 && !r.fitsPartner(n, v) {
		return false
	}
	if n&needTwo != 0 && (!r.fitsTwo(v) || t.kind != doc.EventMeeting && r.toPress(v)) {
		return false
	}
	if n&(needPlace|needDest) != 0 && !r.fitsPlace(n, v) {
		return false
	}
	if n&(needSubject|needPeople|needPersonSubj) != 0 && !r.fitsSubject(n, v) {
		return false
	}
	if s, pass := r.clauseSubject(v); n&needPassive != 0 && (s < 0 || !pass || !r.isPerson(s) || r.d.Child(v, doc.RelXcomp, doc.RelCcomp) >= 0) {
		return false // "is expected to speak in Paris"
	}
	if s, _ := r.subjectOf(v); n&needEnvoys != 0 && s >= 0 && (r.isOf(s, "people") || r.isOf(s, "troops")) {
		return false // "where their fighters would gather"
	}
	if s, _ := r.subjectOf(v); n&needSeveral != 0 && !r.several(s) && !r.twoSubjects(v) {
		return false
	}
	if n&needPair != 0 && !r.several(r.objectOf(v)) {
		return false
	}
	if n&needThat != 0 && !r.proposesThat(v) || n&needSeen != 0 && !r.fitsSeen(v) {
		return false
	}
	if n&needAgreeOn != 0 {
		return r.fitsAgree(v)
	}
	return true
}

// proposesThat reports whether v has a clause with "that" in which nothing else
// stands that is an event: "proposed that the term be doubled".
func (r *run) proposesThat(v int32) bool {
	c := r.d.Child(v, doc.RelCcomp)
	if c < v || r.marker(c) != "that" {
		return false
	}
	if r.word(v) == "suggest" && !r.subjunctive(c) {
		return false // "suggested that the war would last"
	}
	span := r.reach(c)
	for k := span.Begin; k < span.End; k++ {
		for _, t := range r.lex.triggers[r.word(k)] {
			if t.kind != 0 && !t.noun && r.d.UPOS(k) == doc.VERB && k == c || dialogue(t.kind) && t.noun && r.d.UPOS(k) == doc.NOUN {
				return false
			}
		}
	}
	return true
}

// subjunctive reports whether the clause of verb c tells what should be: "that the
// term be doubled", "that each side free ten prisoners".
func (r *run) subjunctive(c int32) bool {
	for a := range r.d.Children(c) {
		if b := r.d.Deprel(a).Base(); b == doc.RelAux || b == doc.RelCop {
			return r.form(a) == "be" || r.form(a) == "should"
		}
	}
	return r.d.XPOS(c) == "VB" || r.d.XPOS(c) == "VBP"
}

// sharedTable reports whether those who sit do so at one table: not at any table.
func (r *run) sharedTable(v int32) bool {
	for o := range r.d.Children(v) {
		if r.word(o) != "table" {
			continue
		}
		for c := range r.d.Children(o) {
			switch r.form(c) {
			case "one", "same", "negotiating", "bargaining", "conference", "peace":
				return true
			}
		}
	}
	return false
}

// fitsSeen: "saw him in Goa", "will see her again in May", not "saw him leave".
func (r *run) fitsSeen(v int32) bool {
	if r.d.Child(v, doc.RelXcomp, doc.RelCcomp, doc.RelAdvcl) >= 0 || r.moodOf(v).negated {
		return false
	}
	if s, pass := r.subjectOf(v); s < 0 || pass || !r.actorial(s) {
		return false
	}
	for c := range r.d.Children(v) {
		if c < v {
			continue
		}
		p := r.preposition(c)
		if p == "as" {
			return false
		}
		if w := r.form(c); w == "again" || w == "there" || p == "in" && r.isPlace(c, p) || r.timeOf[c] >= 0 {
			return true
		}
	}
	return false
}

// several reports whether noun i names more than one who can meet.
func (r *run) several(i int32) bool {
	if i < 0 {
		return false
	}
	if len(r.actorsAt(i)) > 1 {
		return true
	}
	m := r.mentionOf[i]
	return m >= 0 && r.d.Actors[r.d.Mentions[m].Actor].Kind == doc.KindGroup
}

// fitsAgree: "agreed on a road map", not "agreed to meet" or "agreed on talks",
// which say how real another event is, nor "agreed with the minister".
func (r *run) fitsAgree(v int32) bool {
	for c := range r.d.Children(v) {
		if p := r.preposition(c); (p == "on" || p == "upon") && r.isNominal(c) && r.timeOf[c] < 0 {
			for _, t := range r.lex.triggers[r.word(c)] {
				if t.noun {
					return false
				}
			}
			return r.word(c) != "condition"
		}
	}
	return false
}

func (r *run) fitsClass(t *trigger, v int32) bool {
	o := r.objectOf(v)
	if o < 0 {
		return t.class == "weapon" && r.obliqueOf(v, t.class) || t.class == "table" && r.sharedTable(v)
	}
	if t.class == "captive" && t.kind == doc.EventRelease && r.isPerson(o) && (t.words[0] == "free" || t.words[0] == "release") {
		return true // "the general was freed"
	}
	if ofDeal(t.step) {
		return r.isAccord(o)
	}
	return r.isOf(o, t.class) || t.class == "dispute" && r.isOf(o, "dispute")
}

func (r *run) obliqueOf(v int32, class string) bool {
	for c := range r.d.Children(v) {
		if r.d.Deprel(c) == doc.RelObl && r.isOf(c, class) {
			return true
		}
	}
	return false
}

func (r *run) fitsObject(t *trigger, v int32) bool {
	o := r.objectOf(v)
	if o < 0 {
		return false
	}
	switch {
	case t.needs&needTarget != 0:
		return r.mentionOf[o] >= 0 || r.nameOf[o] >= 0
	case t.needs&needActor != 0:
		return r.actorial(o)
	}
	// A person, or a country or body as one: but "called him a hero" has two
	// objects, and "called the move a mistake" no person.
	if t.kind == doc.EventCall && v+1 < r.d.SentenceOf(v).End {
		switch r.form(v + 1) {
		case "on", "upon", "for", "off", "out":
			return false
		}
	}
	if t.kind == doc.EventCall && r.d.Child(v, doc.RelXcomp) >= 0 {
		if x := r.d.Child(v, doc.RelXcomp); !r.isVerb(x) {
			return false
		}
	}
	return r.actorial(o) && !r.isOf(o, "press") && !(t.kind == doc.EventCall && r.secondObject(o))
}

// secondObject reports whether a noun phrase of its own follows the person:
// "called her a liar", "called him “weak”".
func (r *run) secondObject(o int32) bool {
	end := r.d.Mentions[r.mentionOf[o]].Span.End
	if end >= r.d.SentenceOf(o).End {
		return false
	}
	switch u := r.d.UPOS(end); u {
	case doc.DET, doc.ADJ, doc.NOUN:
		return r.timeOf[end] < 0
	case doc.PUNCT:
		f := r.d.Form(end)
		return f == `"` || f == "“" || f == "'" || f == "‘"
	}
	return false
}

// fitsPartner wants someone with, to or between whom; a reporter is no party.
func (r *run) fitsPartner(n need, v int32) bool {
	for c := range r.d.Children(v) {
		rel := r.d.Deprel(c).Base()
		if rel != doc.RelObl && rel != doc.RelNmod || !r.isNominal(c) {
			continue
		}
		p := r.preposition(c)
		ok := n&needWith != 0 && p == "with" || n&needTo != 0 && p == "to" ||
			n&needBetween != 0 && (p == "between" || p == "among")
		if ok && !r.isOf(c, "press") && len(r.actorsAt(c)) > 0 {
			return true
		}
		if !ok && !r.actorial(c) && p != "of" && r.d.UPOS(v) == doc.VERB && r.fitsPartner(n, c) {
			return true // "spoke by phone with B", hung on the phone
		}
	}
	return false
}

// byAgent reports whether passive verb v has somebody who does it.
func (r *run) byAgent(v int32) bool {
	for c := range r.d.Children(v) {
		if r.d.Deprel(c) == doc.RelOblAgent || r.preposition(c) == "by" && r.timeOf[c] < 0 {
			return true
		}
	}
	return false
}

// fitsTwo wants two who take part: a subject that is several, or a subject and
// someone else; "met the deadline" has neither.
func (r *run) fitsTwo(v int32) bool {
	s, patient := r.subjectOf(v)
	if r.word(v) == "meet" && r.subjectSlot(v) == "obj" && !r.byAgent(v) {
		return false // "unless they are met", of demands
	}
	several := func(i int32) bool {
		if i < 0 {
			return false
		}
		if len(r.conjuncts(i)) > 1 && len(r.actorsAt(i)) > 0 {
			return true
		}
		m := r.mentionOf[i]
		if m < 0 {
			return false
		}
		a := r.d.Actors[r.d.Mentions[m].Actor]
		return a.Kind == doc.KindGroup || a.Kind == doc.KindOrganization || r.form(i) == "they" || r.form(i) == "we"
	}
	if o := r.objectOf(v); o >= 0 && !patient {
		return r.actorial(o) || r.capitalised(o) || several(o) || r.fitsPartner(needWith, v) || r.fitsPartner(needWith, o) || several(s)
	}
	if r.fitsPartner(needWith, v) {
		return true
	}
	return several(s) || r.twoSubjects(v)
}

// twoSubjects reports whether the tree hangs two actors as subjects on v, as it
// does with some joined by "and".
func (r *run) twoSubjects(v int32) bool {
	n := 0
	for c := range r.d.Children(v) {
		if r.d.Deprel(c).Base() == doc.RelNsubj && r.actorial(c) {
			n++
		}
	}
	return n > 1
}

// capitalised reports whether noun i looks like a name no stage knows.
func (r *run) capitalised(i int32) bool {
	f := r.d.Form(i)
	return f[0] >= 'A' && f[0] <= 'Z' && i > r.d.SentenceOf(i).Begin && r.timeOf[i] < 0 && r.mentionOf[i] < 0 && r.d.UPOS(i) != doc.PRON
}

// toPress reports whether verb v is of speaking to reporters.
func (r *run) toPress(v int32) bool {
	if r.d.XPOS(v) == "VBG" && r.d.Child(v, doc.RelAux) < 0 {
		return true // "speaking on condition of anonymity"
	}
	for c := range r.d.Children(v) {
		if p := r.preposition(c); (p == "to" || p == "with") && r.isOf(c, "press") || p == "on" && r.word(c) == "condition" {
			return true
		}
	}
	return false
}

func (r *run) fitsPlace(n need, v int32) bool {
	if n&needPlace != 0 {
		if o := r.objectOf(v); o >= 0 && r.isPlace(o, "in") {
			return true
		}
	}
	if r.d.UPOS(v) == doc.VERB {
		if o := r.objectOf(v); o >= 0 && r.actorial(o) && r.fitsPlace(n, o) {
			return true // "invited B to Oslo", the town hung on B
		}
	}
	for c := range r.d.Children(v) {
		rel := r.d.Deprel(c).Base()
		if rel != doc.RelObl && rel != doc.RelAdvmod && rel != doc.RelNmod && rel != doc.RelObj {
			continue
		}
		switch p := r.preposition(c); p {
		case "in", "at", "to", "into", "for", "by", "on":
			if r.isPlace(c, p) {
				return true
			}
		}
	}
	return false
}

func (r *run) fitsSubject(n need, v int32) bool {
	s, _ := r.subjectOf(v)
	if s < 0 {
		return false
	}
	switch {
	case n&needPeople != 0:
		return r.isOf(s, "people")
	case n&needPersonSubj != 0:
		return r.isPerson(s) && !r.lex.classes["people"][r.word(s)]
	}
	return r.actorial(s)
}
