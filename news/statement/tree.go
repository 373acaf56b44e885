package statement

import (
	"strings"

	"readout/doc"
)

// This file reads the dependency tree: who does what a verb says, with what
// words around it. It knows UD English and nothing of statements.

// subject is the token that does what v says: its own subject, else that of the
// verb it shares one with. None where the text has none.
func (f *finder) subject(v int32) int32 {
	d := f.d
	s := f.subjectWithin(v, 6)
	if s >= 0 && f.quoteAt[s] != f.quoteAt[v] && !f.relative(s) {
		// Taken from a quotation beside v: that of the clause around it is meant.
		s = doc.None
		for h, n := d.Head(v), 0; h >= 0 && n < 8; h, n = d.Head(h), n+1 {
			if f.quoteAt[h] != f.quoteAt[v] {
				continue
			}
			if c := d.Child(h, doc.RelNsubj); c >= 0 && f.quoteAt[c] == f.quoteAt[v] {
				s = c
				break
			}
		}
	}
	if s < 0 {
		s = f.nounBefore(v)
	}
	return s
}

// nounBefore is the noun phrase right before the verb group of v, where a parser
// that took something for something else gave v no subject.
func (f *finder) nounBefore(v int32) int32 {
	d := f.d
	i := v - 1
	tense := d.Feat(v, "VerbForm") == "Fin" || d.UPOS(v) == doc.NOUN
	for i > 0 && (d.UPOS(i) == doc.AUX || d.UPOS(i) == doc.ADV) {
		tense = tense || d.UPOS(i) == doc.AUX
		i--
	}
	begin := d.SentenceOf(v).Begin
	if i < begin || f.quoteAt[i] != f.quoteAt[v] {
		return doc.None
	}
	if i == begin && f.capital(i) && d.UPOS(i) == doc.VERB && d.Head(v) == i { // a name taken for a verb
		return i
	}
	if u := d.UPOS(i); !tense || u != doc.PROPN && u != doc.NOUN && u != doc.PRON {
		return doc.None
	}
	return f.phraseHead(i, begin, v)
}

// phraseHead is the head of the noun phrase that i ends, as far as it stands
// between begin and end without a comma: "worker" for "region" in "an aid worker
// in the region".
func (f *finder) phraseHead(i, begin, end int32) int32 {
	d := f.d
	for n := 0; n < 6; n++ {
		h := d.Head(i)
		if h < begin || h > end || f.commaBetween(h, end) {
			return i
		}
		switch d.UPOS(h) {
		case doc.NOUN, doc.PROPN, doc.ADJ, doc.PRON, doc.NUM, doc.DET: // "many of his supporters"
		default:
			return i
		}
		switch d.Deprel(i).Base() {
		case doc.RelCompound, doc.RelFlat, doc.RelNmod, doc.RelAmod, doc.RelDet, doc.RelAppos:
			i = h
		default:
			return i
		}
	}
	return i
}

func (f *finder) commaBetween(a, b int32) bool {
	for i := a; i < b; i++ {
		if f.d.Form(i) == "," {
			return true
		}
	}
	return false
}

func (f *finder) subjectWithin(v int32, steps int) int32 {
	d := f.d
	if i := f.acrossClause(v); i >= 0 {
		return i
	}
	best := int32(doc.None)
	for c := range d.Children(v) {
		if d.Deprel(c).Base() == doc.RelNsubj && (best < 0 || c < v) {
			best = c
		}
	}
	h := d.Head(v)
	if best >= 0 || h < 0 || steps == 0 {
		return best
	}
	if o := f.quotedAs(v, h); o >= 0 {
		return o
	}
	switch d.Deprel(v) {
	case doc.RelConj:
		for n := 0; n < 4 && !f.verbal(h) && d.Head(h) >= 0; n++ { // joined to a noun of the clause
			h = d.Head(h)
		}
		if f.verbal(h) {
			return f.subjectWithin(h, steps-1)
		}
	case doc.RelXcomp:
		if o := d.Child(h, doc.RelObj); o >= 0 && o < v && d.Lemma(h) != "promise" && !f.participle(v) {
			return o
		}
		return f.subjectWithin(h, steps-1)
	case doc.RelAdvcl, doc.RelParataxis, doc.RelCcomp:
		if d.Deprel(v) == doc.RelParataxis && d.Head(h) < 0 && h < v && f.nominal(h) && d.Child(h, doc.RelCop, doc.RelNsubj) < 0 {
			return h // "Lee, a spokesman for the rebels, denied it"
		}
		if d.Deprel(v) == doc.RelCcomp && (v == 0 || d.Form(v-1) != ",") {
			return doc.None
		}
		if f.participle(v) || f.infinitive(v) {
			for n := 0; n < 6 && d.Head(h) >= 0 && !f.verbal(h); n++ { // hung by a noun of the main clause
				h = d.Head(h)
			}
			if v > 0 && d.Form(v-1) == "," { // "said it was late, adding": not in what was said
				if u := f.sayingOf(h); u >= 0 {
					h = u
				}
			}
			return f.subjectWithin(h, steps-1)
		}
	case doc.RelAcl:
		if f.mistaken(v) {
			return h
		}
		if !f.participle(v) || f.passive(v) {
			return doc.None
		}
		if d.UPOS(h) == doc.VERB {
			return f.subjectWithin(h, steps-1)
		}
		if v > h+1 && d.Form(v-1) == "," { // "told the crowd, adding": not the crowd
			for up, n := d.Head(h), 0; up >= 0 && n < 12; up, n = d.Head(up), n+1 {
				if d.UPOS(up) == doc.VERB && !f.passive(up) {
					if s := f.subjectWithin(up, steps-1); s >= 0 && s != h {
						return s
					}
				}
			}
		}
		return f.writer(h, steps-1)
	}
	return doc.None
}

// sayingOf is the verb of saying that the clause of i is the complement of, None
// without one.
func (f *finder) sayingOf(i int32) int32 {
	d := f.d
	for n := 0; n < 6 && i >= 0; n++ {
		h := d.Head(i)
		if d.Deprel(i).Base() == doc.RelCcomp && h >= 0 && h < i && f.saysThat(h) {
			return h
		}
		if r := d.Deprel(i).Base(); r != doc.RelConj && r != doc.RelXcomp && r != doc.RelAdvcl {
			return doc.None
		}
		i = h
	}
	return doc.None
}

// quotedAs is X in "quoted X as saying" for v = saying, h = quoted; None where v
// is no such thing.
func (f *finder) quotedAs(v, h int32) int32 {
	if h > v || !f.participle(v) {
		return doc.None
	}
	for c := range f.d.Children(v) {
		if c < v && f.d.Lemma(c) == "as" {
			return f.d.Child(h, doc.RelObj)
		}
	}
	return doc.None
}

// writer is who speaks in "issued a statement saying": not the paper, where the
// text names who issued it.
func (f *finder) writer(noun int32, steps int) int32 {
	d := f.d
	if k := f.t.people[d.Lemma(noun)]; k == person || k == body || d.UPOS(noun) != doc.NOUN || f.isActor(noun) {
		return noun
	}
	h := d.Head(noun)
	for h >= 0 && d.UPOS(h) == doc.NOUN && d.Deprel(noun).Base() == doc.RelNmod { // "a series of posts criticising"
		noun, h = h, d.Head(h)
	}
	if h >= 0 && d.UPOS(h) == doc.VERB && !f.passive(h) {
		if s := f.subjectWithin(h, steps); s >= 0 {
			return s
		}
	}
	return noun
}

func (f *finder) verbal(i int32) bool {
	switch f.d.UPOS(i) {
	case doc.VERB, doc.AUX:
		return true
	}
	return f.d.Child(i, doc.RelCop) >= 0 || f.d.Child(i, doc.RelNsubj) >= 0
}

// participle: "saying" without an auxiliary.
func (f *finder) participle(v int32) bool {
	return f.d.XPOS(v) == "VBG" && f.d.Child(v, doc.RelAux) < 0
}

// infinitive: "to sign", "sign" after "helped".
func (f *finder) infinitive(v int32) bool { return f.to(v) >= 0 }

// to is the "to" of an infinitive, None without one.
func (f *finder) to(v int32) int32 {
	for c := range f.d.Children(v) {
		if c >= v {
			break
		}
		if f.d.Deprel(c) == doc.RelMark && f.d.UPOS(c) == doc.PART && strings.EqualFold(f.d.Form(c), "to") {
			return c
		}
	}
	return doc.None
}

func (f *finder) passive(v int32) bool {
	for c := range f.d.Children(v) {
		switch f.d.Deprel(c) {
		case doc.RelAuxPass, doc.RelNsubjPass:
			return true
		}
	}
	return f.d.XPOS(v) == "VBN" && f.d.Deprel(v) == doc.RelAcl && f.d.Child(v, doc.RelAux) < 0 && !f.mistaken(v)
}

// mistaken: a verb in the past that the parser took for a participle: "The envoy
// promised to sign." A participle has no object, and a sentence has a verb.
func (f *finder) mistaken(v int32) bool {
	d := f.d
	h := d.Head(v)
	if d.XPOS(v) != "VBN" || d.Deprel(v) != doc.RelAcl || h < 0 || h > v || f.agent(v) >= 0 || d.Child(v, doc.RelAux) >= 0 {
		return false
	}
	if len(f.cueQuotes[v]) > 0 {
		return true // “…,” the minister mused
	}
	if up := d.Head(h); up >= 0 && (d.Head(up) >= 0 || d.Deprel(h).Base() != doc.RelAppos || f.verbal(up)) {
		return false
	}
	return d.Child(v, doc.RelObj, doc.RelXcomp, doc.RelCcomp) >= 0 || !f.inHeading(v)
}

// agent is X in "was criticised by X", None without one.
func (f *finder) agent(v int32) int32 {
	d := f.d
	for c := range d.Children(v) {
		if c < v {
			continue
		}
		if d.Deprel(c) == doc.RelOblAgent {
			return c
		}
		if d.Deprel(c) == doc.RelObl {
			if p := f.preposition(c); p >= 0 && d.Lemma(p) == "by" {
				return c
			}
		}
	}
	return doc.None
}

// preposition is the first case marker of i, None without one.
func (f *finder) preposition(i int32) int32 {
	for c := range f.d.Children(i) {
		if c >= i {
			break
		}
		if f.d.Deprel(c).Base() == doc.RelCase {
			return c
		}
	}
	return doc.None
}

// negated: not, n't, never hang by v; or nobody does what it says.
func (f *finder) negated(v int32) bool {
	d := f.d
	for c := range d.Children(v) {
		switch strings.ToLower(d.Form(c)) {
		case "not", "n't", "n’t", "never":
			return true
		}
	}
	s := d.Child(v, doc.RelNsubj)
	if s < 0 {
		return false
	}
	switch strings.ToLower(d.Form(s)) {
	case "nobody", "none", "no-one", "neither":
		return true
	}
	return f.neither(s)
}

// cueSpan is the verb group of head, up to and with last: auxiliaries, negation
// and the adverbs that stand between or right before them.
func (f *finder) cueSpan(head, last int32) doc.Span {
	d := f.d
	if last < head {
		head, last = last, head
	}
	s := doc.Span{Begin: head, End: last + 1}
	floor := d.SentenceOf(head).Begin
	for i := head - 1; i >= floor && i >= head-8; i-- {
		if h := d.Head(i); h != head && h != last {
			break
		}
		switch d.Deprel(i).Base() {
		case doc.RelAux, doc.RelCop:
		case doc.RelAdvmod:
			if f.left[i] != i || d.Deprel(i) == doc.RelAdvmod && isWh(d.Form(i)) {
				return s
			}
		default:
			return s
		}
		s.Begin = i
	}
	return s
}

func isWh(form string) bool {
	return len(form) > 2 && (form[0] == 'w' || form[0] == 'W') && (form[1] == 'h' || form[1] == 'H') || strings.EqualFold(form, "how")
}

// trim takes punctuation off the ends of s, quotation marks that pair within it
// excepted.
func (f *finder) trim(s doc.Span) doc.Span {
	for !s.Empty() && f.loose(s.Begin) {
		if q := f.opens[s.Begin]; q >= 0 && (f.d.Quotes[q].Open || s.Has(f.d.Quotes[q].Span.End-1)) {
			break
		}
		s.Begin++
	}
	for !s.Empty() && f.loose(s.End-1) {
		if q := f.closes[s.End-1]; q >= 0 && s.Has(f.d.Quotes[q].Span.Begin) {
			break
		}
		s.End--
	}
	return s
}

// loose reports whether token i is punctuation that may be cut off.
func (f *finder) loose(i int32) bool {
	switch f.d.Form(i) {
	case ",", ".", ";", ":", "-", "–", "—", "--", "?", "!", "…", "...", `"`, "“", "”", "‘", "''", "``":
		return true
	case ")", "]", "(", "[", "$", "%", "£", "€", "#":
		return false
	}
	return f.d.UPOS(i) == doc.PUNCT
}

// lowerForm is the form of token i in lower case.
func (f *finder) lowerForm(i int32) string { return strings.ToLower(f.d.Form(i)) }
