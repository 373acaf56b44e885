package statement

import (
	"strings"

	"readout/doc"
)

// source finds who says what s has found at the verb v, to whom, and keeps s
// when there is somebody. "It is believed that" is nobody's: its source is the
// words that say so.
func (f *finder) source(v int32, r *rule, x *deps, s *found) {
	d := f.d
	sub := f.speakerOf(v, s)
	if f.passive(v) && d.Child(v, doc.RelNsubj) >= 0 || x.expletive && f.passive(v) || f.passive(v) && sub < 0 {
		f.passiveSource(v, r, x, s)
		return
	}
	if sub < 0 || !f.canSpeak(sub, s) {
		return
	}
	if d.Deprel(sub).Base() == doc.RelNsubj && isExpletive(d.Form(sub)) && d.Child(v, doc.RelExpl) >= 0 {
		return
	}
	s.srcHead, s.src = sub, f.sourceSpan(sub, v)
	if s.src.Empty() || overlapsAny(s.src, s.content) && !f.insideOf(sub, s.content) {
		s.src = f.conjunct(sub)
	}
	if overlapsAny(s.src, s.content) {
		return
	}
	f.addressees(v, r, x, s)
	f.through(v, s)
	f.out = append(f.out, *s)
}

// speakerOf is the subject of v that is no part of what it says; beside direct
// speech, where parsers stumble, the nearest noun phrase will do.
func (f *finder) speakerOf(v int32, s *found) int32 {
	d := f.d
	sub := f.subject(v)
	if sub > v && v > 0 && d.Form(v-1) != "," && f.closes[v-1] < 0 {
		// "Two people close to the talks said Lee had": the verb took the subject of
		// its clause, and what stands before it has its own.
		for c := range d.Children(v) {
			if n := d.Child(c, doc.RelNsubj); c < v && n >= 0 && n < v {
				sub = n
			}
		}
	}
	if sub >= 0 && !f.nominal(sub) {
		sub = f.nounAround(sub)
	}
	if sub < 0 && s.frame&(frameClause|frameQuote) != 0 {
		sub = f.inverted(v)
	}
	if sub < 0 || !s.covers(sub) && (!s.quotes || f.quoteAt[sub] == f.quoteAt[v]) {
		if sub < 0 && s.quotes {
			return f.nearestNoun(v, s)
		}
		return sub
	}
	if i := f.inverted(v); i >= 0 && s.frame&(frameClause|frameQuote) != 0 && !s.covers(i) {
		return i
	}
	for c := range f.d.Children(v) {
		if f.d.Deprel(c).Base() == doc.RelNsubj && !s.covers(c) {
			return c
		}
	}
	if s.quotes || s.frame == frameClause {
		return f.nearestNoun(v, s)
	}
	return doc.None
}

// acrossClause is the subject of v in "The envoy, as he left, said": where a
// clause or phrase between commas parts a noun phrase that begins the sentence
// from its verb, parsers often take the verb for a part of the insertion. None
// where v stands otherwise.
func (f *finder) acrossClause(v int32) int32 {
	d := f.d
	first := v
	if cop := d.Child(v, doc.RelCop); cop >= 0 && cop < v {
		first = cop
	}
	for first > 0 && (d.UPOS(first-1) == doc.ADV || d.UPOS(first-1) == doc.AUX) {
		first--
	}
	begin := f.bounds(v).Begin
	if first-1 <= begin || d.Form(first-1) != "," || d.Feat(v, "VerbForm") != "Fin" && d.UPOS(first) != doc.AUX || d.XPOS(first) == "VBG" {
		return doc.None
	}
	for c := range d.Children(v) {
		if d.Deprel(c).Base() == doc.RelNsubj && c > first {
			return doc.None
		}
	}
	last := int32(doc.None)
	for i := begin; i < first-1; i++ {
		if d.Form(i) == "," {
			if last < 0 || i+1 >= first-1 {
				return doc.None
			}
			switch d.UPOS(i + 1) {
			case doc.SCONJ, doc.ADP, doc.VERB, doc.PRON:
				if d.UPOS(i+1) == doc.PRON && !f.relative(i+1) {
					return doc.None
				}
				if f.isTime(last) { // "On Monday, as he left, said" has no such subject
					return doc.None
				}
				return f.phraseHead(last, begin, i)
			}
			return doc.None
		}
		switch d.UPOS(i) {
		case doc.NOUN, doc.PROPN, doc.PRON:
			last = i
		case doc.DET, doc.ADJ, doc.NUM, doc.PART, doc.ADP, doc.CCONJ:
		default:
			if !f.loose(i) {
				return doc.None
			}
		}
	}
	return doc.None
}

func (f *finder) nominal(i int32) bool {
	switch f.d.UPOS(i) {
	case doc.NOUN, doc.PROPN, doc.PRON, doc.NUM, doc.ADJ, doc.DET, doc.X, doc.SYM:
		return true
	}
	return f.capital(i) && f.d.UPOS(i) == doc.VERB
}

// nounAround is the head of the mention or name that the token i belongs to,
// where the parser made a part of it the head ("in" of "Jae-in"); None without.
func (f *finder) nounAround(i int32) int32 {
	for _, n := range f.namesIn(f.d.SentenceOf(i)) {
		if n.Span.Has(i) {
			for k := n.Span.Begin; k < n.Span.End; k++ {
				if f.d.UPOS(k) == doc.PROPN {
					return f.top(k)
				}
			}
		}
	}
	for k := i - 1; k > i-4 && k >= f.d.SentenceOf(i).Begin; k-- {
		if f.d.UPOS(k) == doc.PROPN {
			return f.top(k)
		}
		if f.d.UPOS(k) != doc.PUNCT && f.d.UPOS(k) != doc.ADP {
			break
		}
	}
	return doc.None
}

func isExpletive(form string) bool {
	return strings.EqualFold(form, "it") || strings.EqualFold(form, "there")
}

func (f *finder) insideOf(i int32, spans []doc.Span) bool {
	for _, s := range spans {
		if s.Has(i) {
			return true
		}
	}
	return false
}

func overlapsAny(s doc.Span, spans []doc.Span) bool {
	for _, t := range spans {
		if s.Overlaps(t) {
			return true
		}
	}
	return false
}

// passiveSource: "was criticised by X" is X's; "was quoted as saying" is handled
// at "saying"; "is believed to" and "it was reported that" are nobody's.
func (f *finder) passiveSource(v int32, r *rule, x *deps, s *found) {
	d := f.d
	if a := f.agent(v); a >= 0 {
		if !f.canSpeak(a, s) {
			return
		}
		span := f.sourceSpan(a, v)
		if p := f.preposition(a); p >= 0 {
			span.Begin = max(span.Begin, p+1)
		}
		if s.src = f.trim(span); s.src.Empty() || overlapsAny(s.src, s.content) {
			return
		}
		s.srcHead = a
		f.out = append(f.out, *s)
		return
	}
	if r.lemma == "quote" {
		return // "was quoted as saying" is found at "saying"
	}
	if d.Deprel(v) == doc.RelAcl || d.Child(v, doc.RelAuxPass) < 0 {
		return // "the plan proposed last year" names nobody and reports nothing
	}
	sub := d.Child(v, doc.RelNsubj)
	if sub >= 0 && !isExpletive(d.Form(sub)) {
		if s.frame != frameInf && s.frame != frameAs {
			return
		}
		s.content = f.contents(v, s.cue, []doc.Span{f.whole(sub), joinAll(s.content)})
	}
	if !hearsay(r.act) || s.frame == frameNP || s.frame == framePP {
		return
	}
	s.nobody, s.src, s.srcHead = true, s.cue, doc.None
	s.conf = min(s.conf, 0.6)
	f.out = append(f.out, *s)
}

func joinAll(spans []doc.Span) doc.Span {
	var s doc.Span
	for _, t := range spans {
		s = s.Union(t)
	}
	return s
}

// hearsay reports whether an act without an agent is a report that nobody is
// named for: said, believed, reported; not: ordered, forced.
func hearsay(a doc.Act) bool {
	switch a {
	case doc.ActSay, doc.ActBelieve, doc.ActReport, doc.ActAnnounce, doc.ActConfirm, doc.ActCriticise, doc.ActHope:
		return true
	}
	return false
}

// sourceSpan is the whole noun phrase of i with titles and apposition, without
// the verb it depends on.
func (f *finder) sourceSpan(i, v int32) doc.Span {
	s := f.nounPhrase(i)
	if s.Len() > 40 || f.holdsSpeech(s) {
		s = f.conjunct(i)
	}
	for _, n := range f.namesIn(f.d.SentenceOf(i)) {
		if n.Span.Has(i) && !n.Span.Has(v) {
			s = s.Union(n.Span)
		}
	}
	if p := f.preposition(i); p >= 0 && p == s.Begin {
		s.Begin = p + 1
	}
	if s.Has(v) {
		s = f.conjunct(i)
		if s.Has(v) {
			if v > i {
				s.End = v
			} else {
				s.Begin = v + 1
			}
		}
	}
	if f.relative(i) {
		return doc.Span{Begin: i, End: i + 1}
	}
	if h := f.d.Head(i); h > i && h < v && f.d.Head(h) == v {
		s.End = f.cueSpan(v, v).Begin
	}
	for s.Begin < i && f.d.UPOS(s.Begin) == doc.CCONJ {
		s.Begin++
	}
	if s.End == v-2 && f.d.Form(v-2) == "-" { // "Jae-in" cut in three
		s.End = v
	}
	return f.trim(s)
}

// holdsSpeech: a quotation with a cue lies in s; the parser went astray.
func (f *finder) holdsSpeech(s doc.Span) bool {
	for i := s.Begin; i < s.End; i++ {
		if q := f.opens[i]; q >= 0 && f.speech[q] >= 0 {
			return true
		}
	}
	return false
}

// nounPhrase is the span of the noun i and what can be part of a noun phrase:
// not a clause that the parser hung by it for want of a better place.
func (f *finder) nounPhrase(i int32) doc.Span {
	d := f.d
	s := doc.Span{Begin: i, End: i + 1}
	for c := range d.Children(i) {
		switch d.Deprel(c).Base() {
		case doc.RelParataxis, doc.RelCcomp, doc.RelAdvcl, doc.RelNsubj, doc.RelCsubj, doc.RelCop, doc.RelXcomp, doc.RelMark, doc.RelAux:
			continue
		case doc.RelPunct:
			if f.left[c] == c && f.right[c] == c {
				continue
			}
		case doc.RelConj:
			if f.verbal(c) {
				continue
			}
		}
		s = s.Union(f.whole(c))
	}
	return s
}

// relative reports whether i is who, which or that of a relative clause.
func (f *finder) relative(i int32) bool {
	if f.d.UPOS(i) != doc.PRON {
		return false
	}
	switch f.lowerForm(i) {
	case "who", "which", "that", "whom", "whose":
		return true
	}
	return false
}

// canSpeak reports whether the noun i can be the source of s. Whatever is said
// in a clause or in quotation marks says it of itself; where only a noun phrase
// is reported ("the beam supports the roof") the source must be somebody.
func (f *finder) canSpeak(i int32, s *found) bool {
	d := f.d
	if f.learns() {
		return true // the weights know better
	}
	switch d.UPOS(i) {
	case doc.PROPN:
		return true
	case doc.PRON:
		switch f.lowerForm(i) {
		case "it", "that", "which", "this", "these", "those":
			return s.frame != frameNP || f.isActor(i)
		case "what", "there", "one":
			return false
		}
		return true
	case doc.NOUN, doc.ADJ, doc.NUM, doc.DET, doc.X, doc.SYM:
	default:
		return false
	}
	k, known := f.t.people[d.Lemma(i)]
	switch {
	case f.isActor(i):
		return true
	case known && k != paper:
		return true
	case s.frame&(frameNP|framePP|frameInf|frameGer|framePred) != 0:
		return false
	}
	return d.UPOS(i) == doc.NOUN || d.UPOS(i) == doc.ADJ || d.UPOS(i) == doc.NUM || d.UPOS(i) == doc.DET
}

func (f *finder) isActor(i int32) bool {
	m := f.d.MentionOf(i)
	if m < 0 {
		return false
	}
	a := f.d.Mentions[m].Actor
	return a >= 0 && f.d.Actors[a].Kind != doc.KindPlace
}

// nearestNoun is the noun phrase beside a cue of direct speech that the parser
// gave no subject: between quotation and cue, or right after the cue.
func (f *finder) nearestNoun(v int32, s *found) int32 {
	d := f.d
	sent := d.SentenceOf(v)
	if q := f.quoteAt[v]; q < 0 && s.cue.Begin > sent.Begin && d.Form(s.cue.Begin-1) == "," {
		// "Jane Doe, at a later meeting, said": the first noun phrase.
		for i := sent.Begin; i < v; i++ {
			switch {
			case f.quoteAt[i] >= 0:
				return doc.None
			case d.UPOS(i) == doc.PRON || d.UPOS(i) == doc.PROPN || d.UPOS(i) == doc.NOUN:
				return f.top(i)
			case d.UPOS(i) == doc.DET || d.UPOS(i) == doc.ADJ || d.UPOS(i) == doc.ADV || d.UPOS(i) == doc.CCONJ || d.UPOS(i) == doc.PUNCT:
			default:
				return doc.None
			}
		}
	}
	ok := func(i int32) bool {
		return f.quoteAt[i] != f.quoteAt[v] || d.UPOS(i) != doc.PROPN && d.UPOS(i) != doc.NOUN && d.UPOS(i) != doc.PRON
	}
	for i := s.cue.Begin - 1; i >= sent.Begin && i > v-12; i-- {
		if f.quoteAt[i] != f.quoteAt[v] || d.Form(i) == "," {
			break
		}
		if !ok(i) && !f.relative(i) {
			return f.top(i)
		}
	}
	for i := s.cue.End; i < sent.End && i < v+6; i++ {
		if f.quoteAt[i] != f.quoteAt[v] || d.Form(i) == "," || d.UPOS(i) == doc.ADP || d.UPOS(i) == doc.VERB {
			break
		}
		if !ok(i) {
			return f.top(i)
		}
	}
	return doc.None
}

// top is the head of the noun phrase that i is part of.
func (f *finder) top(i int32) int32 {
	for n := 0; n < 8; n++ {
		switch f.d.Deprel(i).Base() {
		case doc.RelCompound, doc.RelFlat, doc.RelAppos, doc.RelAmod, doc.RelDet:
			h := f.d.Head(i)
			if h < 0 || f.d.UPOS(h) == doc.VERB {
				return i
			}
			i = h
		default:
			return i
		}
	}
	return i
}

// addressees are those the words were said to.
func (f *finder) addressees(v int32, r *rule, x *deps, s *found) {
	d := f.d
	add := func(i int32) {
		if i < 0 || f.insideOf(i, s.content) && s.frame != frameObjInf && s.frame != framePP {
			return
		}
		s.to = append(s.to, f.parties(i)...)
	}
	if len(s.content) > 0 && f.sentPaper(s) { // "answered with a letter to the council"
		for c := range d.Children(d.HeadOf(s.content[0])) {
			if p := f.preposition(c); p >= 0 && d.Lemma(p) == "to" && d.Deprel(c).Base() == doc.RelNmod {
				s.to = append(s.to, f.parties(c)...)
				return
			}
		}
	}
	switch r.to {
	case "":
		return
	case "obj":
		if x.iobj >= 0 {
			add(x.iobj)
		} else if x.obj >= 0 && (s.frame != frameNP || r.act == doc.ActThank) && d.UPOS(x.obj) != doc.PUNCT {
			add(x.obj)
		}
		return
	}
	for _, c := range x.obl {
		if p := f.preposition(c); p >= 0 && c > v && d.Lemma(p) == r.to {
			add(c)
			return
		}
	}
}

// through: "said through a spokesman", "said via her lawyer".
func (f *finder) through(v int32, s *found) {
	for c := range f.d.Children(v) {
		if c < v || f.d.Deprel(c).Base() != doc.RelObl {
			continue
		}
		p := f.preposition(c)
		if p < 0 {
			continue
		}
		if l := f.d.Lemma(p); l != "through" && l != "via" {
			continue
		}
		if k := f.t.people[f.d.Lemma(c)]; k == person || k == body || f.isActor(c) {
			s.via = append(s.via, c)
		}
	}
}
