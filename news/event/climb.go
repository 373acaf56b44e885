package event

import (
	"strings"

	"readout/doc"
)

// read fills in everything of a mention but the event it belongs to.
func (r *run) read(m *mention) {
	if m.noun {
		r.readNoun(m)
		r.ownClauses(m)
	} else {
		r.readVerb(m)
	}
	r.climb(m)
	r.arguments(m)
	r.findPlace(m)
	r.findTimes(m)
	r.adjacent(m)
	r.scan(m)
	r.findLimits(m)
	r.settle(m)
	m.span = r.spanOf(m)
	m.confidence = 0.7
	if m.firm {
		m.confidence = 0.85
	}
	if m.statement < 0 {
		m.statement = r.cueAbove(m.at)
	}
}

// readVerb starts from the verb's own tense.
func (r *run) readVerb(m *mention) {
	md := r.moodOf(m.at)
	s := md.status()
	if md.yet && (s == 0 || s == doc.StatusOccurred) && md.to {
		s = doc.StatusPossible
	}
	if s == 0 && r.d.XPOS(m.at) == "VBN" && md.tense == tenseNone {
		switch r.d.Deprel(m.at).Base() {
		case doc.RelConj, doc.RelParataxis, doc.RelCcomp: // a past tense read as a participle
			s = doc.StatusOccurred
		}
	}
	if s == 0 && m.heading && md.to && r.d.Head(m.at) < 0 {
		s = doc.StatusPlanned // "Leaders to meet in Geneva"
	}
	if m.row.frame == "invite" && s != doc.StatusDenied && s != 0 {
		s = doc.StatusProposed
	}
	m.status, m.firm = s, s != 0
	m.present = md.tense == tensePresent && !md.progress && !md.negated
	m.would = md.tense == tenseWould
	m.chain = append(m.chain, m.at)
}

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
			m.article = articleOf(r.form(c))
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

// governor is the row of the table for word h with an event in the slot, or
// nil.
func (r *run) governor(h int32, slots ...string) *governor {
	rows := r.lex.governors[r.word(h)]
	if f := r.form(h); len(rows) == 0 || f != r.word(h) {
		rows = append(rows[:len(rows):len(rows)], r.lex.governors[f]...)
	}
	var best *governor
	for _, g := range rows {
		if best != nil && len(g.words) <= len(best.words) && !(g.pos == 'a' && r.d.XPOS(h) == "VBN") || !r.posFits(g, h) {
			continue
		}
		words := r.governorWords(g, h)
		for _, s := range g.slots {
			for _, want := range slots {
				if s == want && words || s == "obj" && len(g.words) > 1 && want == "prep:"+g.words[1] {
					best = g // the second: "called off talks", read as "off talks"
				}
			}
		}
	}
	return best
}

func (r *run) posFits(g *governor, h int32) bool {
	switch u := r.d.UPOS(h); g.pos {
	case 'v':
		return u == doc.VERB || u == doc.AUX
	case 'n':
		return u == doc.NOUN || u == doc.PROPN
	default:
		return u == doc.ADJ || u == doc.ADV || u == doc.VERB || u == doc.NOUN
	}
}

func (r *run) governorWords(g *governor, h int32) bool {
	if len(g.words) == 1 {
		return true
	}
	if g.pos == 'a' {
		return h > 0 && r.form(h-1) == g.words[0]
	}
	return r.particle(h, g.words[1])
}

// supports reports whether a word with the effect only carries the noun, so
// that its place, time and partners are the event's.
func (e effect) supports() bool {
	switch e {
	case effTense, effBegin, effContinue, effEnd, effPlan, effAccept, effPropose, effPostpone, effCancel:
		return true
	}
	return false
}

// govern applies row g of word h, with its subject's part in the event.
func (r *run) govern(m *mention, g *governor, h int32, md mood, slot string) {
	m.chain = append(m.chain, h)
	if md.negated && g.absent {
		r.subjectPart(m, h, doc.AsAbsent)
		return
	}
	if g.pos == 'n' {
		switch g.effect {
		case effReal:
			md.tense = tensePast
		case effTense:
			md = r.moodOf(r.clauseOf(h))
		}
	}
	m.apply(g.effect, md, g.neg)
	if g.effect == effCondition {
		r.dependence(m, h)
	}
	if slot == "clause" {
		return
	}
	if m.noun && g.effect.supports() {
		m.preds = append(m.preds, h)
		if g.effect != effCancel && r.eventOf[h] < 0 {
			r.eventOf[h] = r.eventOf[m.at]
		}
	} else if m.noun && r.isVerb(h) {
		m.lenders = append(m.lenders, h)
	}
	if slot == "subj" {
		if m.noun && g.effect == effReal {
			m.preds = append(m.preds, h) // "talks failed in May": the month is theirs
		}
		return
	}
	if slot == "prep:for" && g.effect == effTense { // "joined B for talks"
		if o := r.d.Child(h, doc.RelObj); o >= 0 && r.actorial(o) {
			r.add(m, r.actorsAt(o), r.lex.frames[m.row.frame]["subj"])
		}
	}
	if g.words[0] == "invite" {
		if o := r.objectOf(h); o >= 0 && r.actorial(o) {
			r.add(m, r.actorsAt(o), doc.AsInvited)
		}
	}
	switch g.subj {
	case subjSelf:
		r.subjectPart(m, h, r.lex.frames[m.row.frame]["subj"])
	case subjWith:
		m.withSubject = append(m.withSubject, h)
	case subjAbsent:
		r.subjectPart(m, h, doc.AsAbsent)
	case subjOther:
		r.subjectPart(m, h, g.part)
	}
}

// climb goes up the tree from the mention and lets what governs it act on it.
func (r *run) climb(m *mention) {
	cur := m.at
	for n := 0; n < maxSteps; n++ {
		h := r.d.Head(cur)
		if h < 0 {
			return
		}
		switch rel := r.d.Deprel(cur); rel.Base() {
		case doc.RelConj, doc.RelAppos, doc.RelFlat, doc.RelCompound, doc.RelList, doc.RelFixed:
			cur = h
			continue
		case doc.RelObj, doc.RelIobj, doc.RelNsubj, doc.RelCsubj, doc.RelObl, doc.RelNmod, doc.RelXcomp,
			doc.RelCcomp, doc.RelAcl, doc.RelAdvcl:
			if rel == doc.RelNmodPoss || rel == doc.RelAclRelcl {
				return
			}
			if !r.step(m, cur, h) {
				return
			}
			cur = h
		default:
			return
		}
	}
}

// step lets h act on the mention through its dependent cur, and reports
// whether what stands above h bears on the mention too.
func (r *run) step(m *mention, cur, h int32) bool {
	base := r.d.Deprel(cur).Base()
	var g *governor
	slot := ""
	switch r.d.Deprel(cur) {
	case doc.RelObj, doc.RelIobj, doc.RelNsubjPass:
		slot = "obj"
		if cur > h+1 && r.form(h+1) == "following" && r.d.Head(h+1) == cur { // "resumed following talks"
			slot = "prep:following"
			break
		}
		g = r.governor(h, slot)
	case doc.RelNsubj, doc.RelNsubjOuter, doc.RelCsubj, doc.RelCsubjPass, doc.RelCsubjOuter:
		slot = "subj"
		g = r.governor(h, slot)
		if o := r.governor(h, "obj"); o != nil && (m.heading || r.d.XPOS(h) == "VBN") && r.d.Child(h, doc.RelObj, doc.RelAux) < 0 && (g == nil || m.heading && len(o.words) > len(g.words)) {
			slot, g = "obj", o // "Summit called off"
		}
	default:
		p := r.preposition(cur)
		if base == doc.RelXcomp || base == doc.RelCcomp || base == doc.RelAcl || base == doc.RelAdvcl {
			slot = "clause"
			if base == doc.RelAdvcl || r.subordinated(cur) {
				main := r.clauseOf(h)
				if base == doc.RelCcomp {
					main = r.mainBeside(cur, h)
				}
				if r.subordinate(m, cur, main) {
					return false
				}
			}
			if o := r.plansOf(cur, h); o >= 0 { // "announced plans to meet", hung on the verb
				r.govern(m, r.governor(o, "clause"), o, mood{negated: r.negatedNoun(o)}, slot)
				return true
			}
			g = r.governor(h, slot, "prep:"+r.marker(cur))
			if g != nil && base == doc.RelAdvcl && !r.ownMood(cur).to {
				g = nil
			}
			if base == doc.RelXcomp && r.isNominal(cur) && r.d.UPOS(cur) != doc.PRON {
				slot = "obj" // "called it talks"
			}
		} else {
			slot = "prep:" + p
			if n := r.nounBefore(cur); n >= 0 && n != h && r.isVerb(h) {
				if g = r.governor(n, slot); g != nil { // "backed a push | for talks"
					r.govern(m, g, n, mood{negated: r.negatedNoun(n)}, slot)
					return true
				}
			}
			g = r.governor(h, slot)
			if _, last, ok := strings.Cut(p, " "); ok && g == nil {
				g = r.governor(h, "prep:"+last) // "out of"
			}
			if g == nil && p == "by" && r.d.Deprel(cur) == doc.RelOblAgent {
				g = r.governor(h, "subj")
			}
		}
	}
	if (slot == "subj" || slot == "obj") && base == doc.RelNsubj && r.infinitive(m, h) {
		return true
	}
	if g == nil {
		return r.ungoverned(m, cur, h, slot)
	}
	md := r.moodOf(h)
	if r.d.UPOS(h) == doc.NOUN || r.d.UPOS(h) == doc.PROPN {
		md = mood{negated: r.negatedNoun(h)}
	}
	r.govern(m, g, h, md, slot)
	return true
}

// plansOf is the object of verb h that tells what infinitive cur is: the plans
// of "announced plans to meet"; None where there is none.
func (r *run) plansOf(cur, h int32) int32 {
	if !r.isVerb(h) || !r.ownMood(cur).to {
		return doc.None
	}
	o := r.d.Child(h, doc.RelObj)
	if o > h && o < cur && r.d.UPOS(o) == doc.NOUN && r.governor(o, "clause") != nil {
		return o
	}
	return doc.None
}

// subordinated reports whether clause cur opens with a conjunction of time or
// condition: the parser may hang "while meeting B" on the noun before.
func (r *run) subordinated(cur int32) bool {
	for c := range r.d.Children(cur) {
		if c > cur {
			break
		}
		if rel := r.d.Deprel(c); rel != doc.RelMark && rel != doc.RelAdvmod && rel != doc.RelCase {
			continue
		}
		switch r.form(c) {
		case "while", "as", "whilst", "after", "before", "once", "when", "if", "unless", "until", "since":
			return true
		}
	}
	return false
}

// infinitive reads "Talks are due to open in Muscat on Monday": h is "due", whose
// infinitive carries the noun.
func (r *run) infinitive(m *mention, h int32) bool {
	x := r.d.Child(h, doc.RelXcomp)
	if x < h || !r.ownMood(x).to {
		return false
	}
	gx, gh := r.governor(x, "subj", "obj"), r.governor(h, "clause")
	if gx == nil || !gx.effect.supports() || gh == nil && r.d.UPOS(h) != doc.ADJ {
		return false
	}
	r.govern(m, gx, x, mood{to: true}, "subj")
	if gh == nil {
		m.chain = append(m.chain, h)
		m.set(doc.StatusPlanned)
		return true
	}
	r.govern(m, gh, h, r.moodOf(h), "clause")
	return true
}

// nounBefore is the noun right before the preposition of cur; None without.
func (r *run) nounBefore(cur int32) int32 {
	for c := range r.d.Children(cur) {
		if r.d.Deprel(c) == doc.RelCase && c > 0 && c < cur {
			if u := r.d.UPOS(c - 1); u == doc.NOUN && r.d.SentenceOf(cur).Has(c-1) {
				return c - 1
			}
			return doc.None
		}
	}
	return doc.None
}

// mainBeside is the clause after cur under the same word: "said that once they
// meet, he will join", whose two clauses a parser may hang side by side.
func (r *run) mainBeside(cur, h int32) int32 {
	for c := r.d.Tokens.Next[cur]; c >= 0; c = r.d.Tokens.Next[c] {
		if b := r.d.Deprel(c).Base(); r.d.UPOS(c) == doc.VERB && (b == doc.RelCcomp || b == doc.RelConj || b == doc.RelParataxis) {
			return c
		}
	}
	return h
}

// marker is the preposition before a gerund: "from" of "from meeting".
func (r *run) marker(cur int32) string {
	for c := range r.d.Children(cur) {
		if rel := r.d.Deprel(c); c < cur && (rel == doc.RelMark || rel == doc.RelCase) {
			return r.form(c)
		}
	}
	return ""
}

// ungoverned reads what a word outside the tables tells of a mention below it,
// and reports whether to go on.
func (r *run) ungoverned(m *mention, cur, h int32, slot string) bool {
	md := r.moodOf(h)
	switch {
	case slot == "subj":
		if s := md.status(); m.status == 0 && s == doc.StatusOccurred && md.tense != tensePresent {
			m.status = doc.StatusOccurred
		} else if m.status == 0 && (md.tense == tenseWould || md.tense == tenseMay) {
			m.status = doc.StatusPossible
		}
		m.chain = append(m.chain, h)
		return false
	case slot == "clause":
		m.chain = append(m.chain, h)
		switch r.d.Deprel(cur).Base() {
		case doc.RelXcomp:
			if s := md.status(); m.status == 0 {
				m.status = s
			}
			return true
		case doc.RelAcl:
			if m.status == 0 {
				m.status = doc.StatusPossible
			}
		case doc.RelAdvcl: // "stayed up to telephone the leaders"
			if s := md.status(); m.status == 0 && (s == doc.StatusOccurred || s == doc.StatusPlanned) {
				m.status = s
			}
		}
		return false
	case slot == "obj" || len(slot) < 6:
		return false
	}
	return r.prepositional(m, cur, h, slot[len("prep:"):], md)
}

// prepositional: "after talks, A said". The event is as real as its clause lets
// it be, and tied to it.
func (r *run) prepositional(m *mention, cur, h int32, p string, md mood) bool {
	row, ok := r.lex.prepositions[p]
	if !ok {
		return false
	}
	if v := r.clauseOf(h); v != h {
		if p == "in" || p == "at" || p == "for" {
			return false // of the noun it follows: "the mood at the talks"
		}
		h, md = v, r.moodOf(v) // the parser hangs "during the talks" on the noun before
	}
	if row.link != 0 {
		m.anchors = append(m.anchors, anchor{row.link, h, r.caseSpan(cur)})
	} else if p == "before" || p == "ahead of" || p == "prior to" {
		m.anchors = append(m.anchors, anchor{0, h, r.caseSpan(cur)})
	}
	m.clause = h
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
