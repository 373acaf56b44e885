package event

import (
	"strings"

	"readout/doc"
)

// What becomes of a deal once it is made: it is extended, a party leaves it and
// comes back. These are events of their own, and not the making of the deal:
//
//	extend   prolonged the truce's terms, renewed the accord, its extension
//	leave    suspended its part in the pact, pulled out of it, the walkout
//	rejoin   resumed its part, returned to the pact, the return
//	sail     a ship, a convoy, a first cargo leaves for somewhere
//	turn     the move, the decision: takes up the last of those, and makes none
type step = doc.Step

const (
	stepNone   step = 0
	stepExtend      = doc.StepExtension
	stepLeave       = doc.StepLeaving
	stepRejoin      = doc.StepReturn
	stepSail        = doc.StepSailing
	stepTurn   step = 255
)

// steps are the frames of triggers.tsv whose rows tell one.
var steps = map[string]step{"extend": stepExtend, "leave": stepLeave, "rejoin": stepRejoin, "sail": stepSail, "turn": stepTurn}

// ofDeal reports whether a step is one of a deal.
func ofDeal(s step) bool { return s == stepExtend || s == stepLeave || s == stepRejoin }

// isAccord reports whether noun i is a deal, somebody's part in one, or a pronoun
// in a text that has told of one.
func (r *run) isAccord(i int32) bool {
	if r.isOf(i, "accord") || r.isOf(i, "engagement") {
		return true
	}
	switch r.form(i) {
	case "it", "them", "which", "that":
		return r.accordTold(i)
	}
	return false
}

// accordTold reports whether a deal is told of before token i, or in its sentence.
func (r *run) accordTold(i int32) bool {
	return r.tellsDeal() && r.accordAt-1 < r.d.SentenceOf(i).End
}

// tellsDeal reports whether a deal is told of anywhere.
func (r *run) tellsDeal() bool {
	if r.accordAt == 0 {
		r.accordAt = int32(r.d.Len()) + 1
		for k := int32(0); int(k) < r.d.Len(); k++ {
			if u := r.d.UPOS(k); (u == doc.NOUN || u == doc.PROPN) && r.lex.classes["accord"][r.word(k)] {
				r.accordAt = k + 1
				break
			}
		}
	}
	return int(r.accordAt) <= r.d.Len()
}

// laden reports whether the sentence of v tells what sails, goods or a convoy: a
// train that leaves for Nairobi is no event.
func (r *run) laden(v int32) bool {
	s := r.d.SentenceOf(v)
	for k := s.Begin; k < s.End; k++ {
		if w := r.word(k); r.d.UPOS(k) == doc.NOUN && (r.lex.classes["cargo"][w] || r.lex.classes["convoys"][w]) {
			return true
		}
	}
	return false
}

// leftLying tells what is left somewhere from what is left for good: "left the
// treaty on the table".
func (r *run) leftLying(v int32) bool {
	for c := range r.d.Children(v) {
		if c > v && r.d.Deprel(c).Base() == doc.RelObl && r.timeOf[c] < 0 && r.mentionOf[c] < 0 {
			switch r.preposition(c) {
			case "on", "in", "at", "with", "for":
				return true
			}
		}
	}
	return false
}

// stepTold reports whether a step of a deal has been found before.
func (r *run) stepTold(of ...step) bool {
	for i := range r.mentions {
		for _, s := range of {
			if r.mentions[i].row.step == s {
				return true
			}
		}
	}
	return false
}

// fitsStepVerb holds the needs of a verb that tells a step: what is left or taken
// up again is a deal, what sails a ship; where nothing is told of what, the text
// has spoken of a deal and a country or body is the one who does it.
func (r *run) fitsStepVerb(t *trigger, v int32) bool {
	n := t.needs
	if ofDeal(t.step) && n&needGoods == 0 && r.doneBy(v, "vessel") {
		return false // "ships left the corridor"
	}
	if n&needVessel != 0 {
		return r.doneBy(v, "vessel") && (r.tellsDeal() || r.laden(v))
	}
	if t.words[0] == "leave" && r.leftLying(v) {
		return false
	}
	if n&needGoods != 0 {
		return r.doneBy(v, "goods") && r.accordTold(v)
	}
	if n&needOut != 0 {
		return r.hasAccord(v, "out of", "of", "from", "away from")
	}
	if n&needInto != 0 {
		return r.hasAccord(v, "to", "into", "in", "back to", "back into")
	}
	if n&needTold != 0 {
		return r.accordTold(v) && !r.talksBefore(v) && r.sideDoes(v)
	}
	return true
}

// talksBefore reports whether talks or a meeting have been told of since the last
// deal, so that "the army walked out" of them.
func (r *run) talksBefore(v int32) bool {
	for k := v - 1; k >= 0 && k > v-60; k-- {
		if e := r.eventOf[k]; e >= 0 && r.mentions[e].at == k && dialogue(r.mentions[e].kind) && r.mentions[e].noun {
			return true
		}
		if r.d.UPOS(k) == doc.NOUN && r.lex.classes["accord"][r.word(k)] {
			return false
		}
	}
	return false
}

// doneBy reports whether a noun of the class is the subject of v, or stands before
// it in the same clause, where the parser hung v on a phrase of it: "a ship with
// wheat for Kenya left Tunis".
func (r *run) doneBy(v int32, class string) bool {
	if s, _ := r.subjectOf(v); s >= 0 && r.isOf(s, class) {
		return true
	}
	if s, _ := r.clauseSubject(v); s >= 0 && !r.isVerb(s) {
		return false
	}
	begin := r.d.SentenceOf(v).Begin
	for k := v - 1; k >= begin && k > v-16; k-- {
		switch u := r.d.UPOS(k); {
		case u == doc.VERB && !strings.HasSuffix(r.form(k), "ed"), u == doc.PUNCT && r.form(k) != ",":
			return false
		case u == doc.NOUN && r.lex.classes[class][r.word(k)] && r.caseOf(k) == "":
			return true
		}
	}
	return false
}

// sideDoes reports whether a country or body is the subject of v, which tells
// neither of what nor where to.
func (r *run) sideDoes(v int32) bool {
	s, _ := r.subjectOf(v)
	if s < 0 || r.d.Child(v, doc.RelObj, doc.RelCcomp, doc.RelXcomp) >= 0 {
		return false
	}
	for c := range r.d.Children(v) {
		if r.d.Deprel(c).Base() != doc.RelObl || r.timeOf[c] >= 0 || r.durationOf[c] >= 0 {
			continue
		}
		switch r.preposition(c) {
		case "to", "from", "into", "at", "on", "for", "of":
			return false
		}
	}
	for _, w := range r.subjectActors(s) {
		if k := r.d.Actors[w.actor].Kind; k == doc.KindCountry || k == doc.KindOrganization {
			return true
		}
	}
	return false
}

// hasAccord reports whether a phrase of v with one of the prepositions names a
// deal.
func (r *run) hasAccord(v int32, preps ...string) bool {
	for c := range r.d.Children(v) {
		switch r.d.Deprel(c).Base() {
		case doc.RelObl, doc.RelNmod, doc.RelObj, doc.RelAdvmod:
		default:
			continue
		}
		p := r.preposition(c)
		for _, q := range preps {
			if p == q && r.isAccord(c) {
				return true
			}
		}
	}
	return false
}

// fitsStepNoun holds the needs of a noun that tells a step: "the renewal of the
// accord", "Kenya's return to the pact", or "the extension" in a text about a
// deal; not "an extension of the deadline", "the return of the children".
func (r *run) fitsStepNoun(t *trigger, i int32) bool {
	told, owned := false, false
	for c := range r.d.Children(i) {
		switch rel := r.d.Deprel(c); rel.Base() {
		case doc.RelDet:
			a := articleOf(r.form(c))
			told = told || a == definite || a == pointing
		case doc.RelNmod, doc.RelObl:
			if rel == doc.RelNmodPoss {
				owned = owned || r.actorial(c)
				continue
			}
			switch p := r.preposition(c); p {
			case "of", "to", "from", "in", "into", "for":
				if r.isAccord(c) || t.step == stepExtend && r.isOf(c, "truce") {
					return true
				}
				if r.timeOf[c] < 0 && r.durationOf[c] < 0 && !(p == "of" && r.actorial(c)) && !r.accordAfter(i) {
					return false
				}
			}
		case doc.RelCompound:
			if r.isOf(c, "accord") {
				return true
			}
			if c < i && r.mentionOf[c] < 0 {
				return false
			}
		case doc.RelAmod:
			if r.mentionOf[c] >= 0 && r.actorial(c) {
				owned = true // "the Russian move"
			}
		}
	}
	if ofDeal(t.step) && r.accordAfter(i) {
		return true
	}
	switch {
	case t.step == stepTurn:
		return (told || owned) && r.stepTold(stepExtend, stepLeave, stepRejoin, stepSail)
	case t.step == stepSail:
		return (told || owned || r.preposition(i) == "") && r.stepTold(stepSail)
	case t.step == stepExtend:
		return r.accordTold(i)
	}
	return (told || owned) && r.stepTold(stepLeave, stepRejoin)
}

// accordAfter reports whether a phrase behind noun i names the deal, wherever the
// parser hung it: "the withdrawal of Kenya | from the treaty".
func (r *run) accordAfter(i int32) bool {
	for k := i + 1; k < i+12 && k < r.d.SentenceOf(i).End; k++ {
		switch u := r.d.UPOS(k); {
		case u == doc.VERB, u == doc.AUX, u == doc.PUNCT:
			return false
		case u == doc.NOUN && r.isOf(k, "accord"):
			switch r.preposition(k) {
			case "of", "to", "from", "into":
				return true
			}
			return false
		case u == doc.NOUN && r.mentionOf[k] < 0:
			return false
		}
	}
	return false
}

// settleStep mends what the words of a step leave open. An extension that is only
// named is nobody's deed; who decided to leave has left by that; who comes back
// was away; and no spokesman is a party.
func (r *run) settleStep(m *mention) {
	if m.row.step == stepExtend && m.noun && m.status == doc.StatusOccurred && !m.firm && !m.granted {
		m.status = 0
	}
	if m.row.step == stepExtend && m.noun && !m.firm {
		m.time = nil
	}
	if m.row.step == stepLeave && m.supposed && m.clause >= 0 && r.measured(m.supposing) >= 0 {
		if e := r.eventOf[m.clause]; e >= 0 && r.mentions[e].at == m.clause && r.mentions[e].row.step == stepRejoin {
			m.set(doc.StatusOccurred)
			m.supposed = false
		}
	}
	kept := m.parts[:0]
	for _, p := range m.parts {
		if a := &r.d.Actors[p.actor]; !(a.Anonymous && a.Kind == doc.KindPerson) && (!m.noun || m.row.step == stepExtend || r.below(p.at, m.at)) {
			kept = append(kept, p)
		}
	}
	m.parts = kept
}

// underStep reports whether noun mention m of a deal stands below a word that
// tells a step of it: then it names only of what.
func (r *run) underStep(m *mention, h int32) bool {
	if !m.noun || m.row.step != stepNone || m.kind != doc.EventAgreement && m.kind != doc.EventSigning && m.kind != doc.EventCeasefire {
		return false
	}
	e := r.eventOf[h]
	if e < 0 || r.mentions[e].at != h || !ofDeal(r.mentions[e].row.step) {
		return false
	}
	m.under = e
	return true
}

// foldStep gives up the deal that a step is of, unless it is told itself when or
// where it was made.
func (r *run) foldStep(i int32) {
	m := &r.mentions[i]
	if m.under < 0 || m.dropped || m.time != nil && m.firm || !m.place.Span.Empty() && m.firm {
		return
	}
	to := &r.mentions[m.under]
	if to.dropped {
		return
	}
	for _, p := range m.parts {
		if to.row.step == stepExtend && !p.implied {
			r.add(to, []who{p.who}, p.as)
		}
	}
	m.dropped, m.folded = true, m.under
}

// fitStep holds a mention against a cluster where one of the two tells a step:
// one article tells of one extension, and of one withdrawal of the same side.
func (r *run) fitStep(m *mention, c *cluster) (float32, bool) {
	near := r.d.Tokens.Sent[m.at]-r.d.Tokens.Sent[c.last] <= 6
	shared, any := 0, 0
	for _, p := range m.parts {
		if !attends(p.as) || p.implied {
			continue
		}
		any++
		if r.hasPart(c, p) {
			shared++
		}
	}
	if m.row.step == stepTurn {
		return 1.2, c.step != stepNone && near && (any == 0 || shared > 0 || attendingOf(c.parts) == 0)
	}
	if m.row.step != c.step || m.fresh && !c.fresh {
		return 0, false
	}
	t, ok := r.fitTime(m, c)
	if !ok {
		return 0, false
	}
	switch c.step {
	case stepLeave, stepRejoin:
		if any > 0 && shared == 0 && attendingOf(c.parts) > 0 {
			return 0, false
		}
	case stepSail:
		if d, ok := r.fitSite(m, c); !ok || d == 0 && m.noun && !near || !m.noun && d == 0 && t <= 0 && !near {
			return 0, false
		}
	}
	return 1.5 + max(t, 0), true
}

// stepOf gives the words for the deal that the cluster is a step of, or for the
// ship or cargo: those in the sentence of a mention, the nearest first; of a deal
// that is only "it" or "the accord" there, the last fuller ones before, else the
// first after. The empty span where there are none.
func (r *run) stepOf(c *cluster) doc.Span {
	class := "accord"
	if c.step == stepSail {
		class = "vessel"
	}
	var bare doc.Span
	for _, i := range c.mentions {
		m := &r.mentions[i]
		sent := r.d.SentenceOf(m.at)
		best, far := doc.Span{}, int32(1<<30)
		for k := sent.Begin; k < sent.End; k++ {
			if d := max(k-m.at, m.at-k); d < far && r.names(k, class) {
				if s := r.described(k, m.at); s.Len() > 1 {
					best, far = s, d
				} else if bare.Empty() {
					bare = s
				}
			}
		}
		if !best.Empty() {
			return best
		}
	}
	if c.step == stepSail {
		return bare
	}
	at := r.mentions[c.mentions[0]].at
	for k := at - 1; k >= 0 && k > at-400; k-- {
		if r.names(k, class) {
			if s := r.described(k, at); s.Len() > 1 {
				return s
			}
		}
	}
	for k := at; int(k) < r.d.Len() && k < at+400; k++ {
		if r.names(k, class) {
			if s := r.described(k, at); s.Len() > 1 {
				return s
			}
		}
	}
	return bare
}

// names reports whether token k is a noun of the class and the head of its phrase.
func (r *run) names(k int32, class string) bool {
	u := r.d.UPOS(k)
	return (u == doc.NOUN || u == doc.PROPN) && r.lex.classes[class][r.word(k)] && r.d.Deprel(k).Base() != doc.RelCompound
}

// described is noun k with the words that tell which one: those before it, and of
// a ship what it carries, up to its verb at v.
func (r *run) described(k, v int32) doc.Span {
	s := r.core(k)
	if !r.lex.classes["vessel"][r.word(k)] {
		for b := s.Begin - 1; b >= r.d.SentenceOf(k).Begin && s.Len() < 6; b-- { // "grain corridor | agreement"
			if rel := r.d.Deprel(b).Base(); rel != doc.RelCompound && rel != doc.RelAmod || r.d.Head(b) >= s.End {
				break
			}
			s.Begin = b
		}
		return s
	}
	for i := k + 1; i < r.d.SentenceOf(k).End && i < k+12 && i != v; i++ {
		if u := r.d.UPOS(i); u == doc.VERB || u == doc.AUX || u == doc.PUNCT || u == doc.SCONJ || u == doc.PRON {
			break
		}
		s.End = i + 1
	}
	return s
}
