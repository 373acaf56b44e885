package statement

import (
	"slices"
	"strings"

	"readout/doc"
)

// sentence looks for cues at every token of a sentence.
func (f *finder) sentence(sent doc.Span) {
	for i := sent.Begin; i < sent.End; i++ {
		lemma := f.d.Lemma(i)
		if f.t.silences[lemma] != nil && f.silent(i) {
			continue
		}
		if lemma == "according" || f.lowerForm(i) == "according" {
			f.according(i)
			continue
		}
		if act, ok := f.t.adverbs[lemma]; ok {
			f.reportedly(i, act)
			continue
		}
		var w ways
		if known := f.t.cues[lemma]; known != nil {
			w = *known
		}
		switch f.d.UPOS(i) {
		case doc.VERB:
			if f.d.XPOS(i) == "VBN" && f.passive(i) { // "was concerned about"
				if known := f.t.cues[f.lowerForm(i)]; known != nil && f.adjective(i, known[posAdj]) {
					continue
				}
			}
			if !f.verb(i, w[posVerb]) {
				f.verb(i, anyCue)
			}
		case doc.AUX:
			f.verb(i, w[posVerb])
		case doc.NOUN:
			if w[posVerb] != nil && f.verbTaken(i) && f.verb(i, w[posVerb]) {
				continue
			}
			if !f.noun(i, w[posNoun]) {
				f.noun(i, anyCue)
			}
		case doc.ADJ:
			if !f.adjective(i, w[posAdj]) {
				f.adjective(i, anyCue)
			}
		}
	}
}

// verbTaken: "The poll shows that": a verb taken for a plural noun has a subject
// or a clause.
func (f *finder) verbTaken(i int32) bool {
	return f.d.XPOS(i) == "NNS" && f.d.Child(i, doc.RelCop) < 0 && f.d.Child(i, doc.RelDet) < 0 && f.d.Child(i, doc.RelCcomp) > i
}

// anyCue is the rule of a word that no table knows as a cue. Whether it is one is
// for the weights to say; beside direct speech any verb is.
var anyCue = []*rule{{frames: frameClause | frameQuote | frameInf | frameGer | frameNP | frameAs | framePred | frameObjInf | framePP, act: doc.ActOther}}

// unknown reports whether r is anyCue's.
func (r *rule) unknown() bool { return r.lemma == "" }

// takes reports whether r allows the preposition p after the cue.
func (r *rule) takes(p string) bool {
	if !r.unknown() {
		return slices.Contains(r.preps, p)
	}
	switch p {
	case "about", "against", "at", "for", "from", "into", "of", "on", "over", "to", "toward", "towards", "with":
		return true
	}
	return false
}

// deps is what hangs by a verb, sorted out once.
type deps struct {
	obj, iobj    int32
	second       int32 // a second object: "called the offer a trap"
	ccomp, xcomp int32
	para         int32
	obl          []int32
	expletive    bool
}

func (f *finder) deps(v int32) deps {
	d := f.d
	x := deps{second: doc.None, obj: doc.None, iobj: doc.None, ccomp: doc.None, xcomp: doc.None, para: doc.None}
	for c := range d.Children(v) {
		switch d.Deprel(c).Base() {
		case doc.RelObj:
			switch {
			case x.obj > v:
				x.second = c
			case x.obj < 0 || c > v:
				x.obj = c
			}
		case doc.RelIobj:
			x.iobj = c
		case doc.RelCcomp:
			if x.ccomp < 0 || x.ccomp < v && c > v && len(f.cueQuotes[v]) == 0 {
				x.ccomp = c
			}
		case doc.RelXcomp:
			if x.xcomp < 0 {
				x.xcomp = c
			}
		case doc.RelParataxis:
			if x.para < 0 && d.Child(c, doc.RelNsubj) >= 0 {
				x.para = c
			}
		case doc.RelAcl: // "plans to go", the verb taken for the noun
			if c > v && x.xcomp < 0 && f.left[c] == v+1 && f.infinitive(c) {
				x.xcomp = c
			}
		case doc.RelObl, doc.RelAdvcl, doc.RelNmod:
			if c > v && x.xcomp < 0 && f.left[c] == v+1 && f.infinitive(c) {
				x.xcomp = c
				continue
			}
			x.obl = append(x.obl, c)
		case doc.RelExpl:
			x.expletive = true
		}
	}
	if x.obj < 0 && x.iobj > v { // "told a news conference that"
		x.obj = x.iobj
	}
	return x
}

// verb looks for a statement whose cue is the verb v and reports whether it has
// found a content.
func (f *finder) verb(v int32, rules []*rule) bool {
	if len(rules) == 0 {
		return false
	}
	x := f.deps(v)
	for _, r := range rules {
		last, ok := f.tied(v, r)
		if !ok {
			continue
		}
		if s, ok := f.verbFrame(v, last, r, &x); ok {
			if known := f.t.cues[f.d.Lemma(v)]; r.unknown() && known != nil {
				s.act = known.act(posVerb, s.frame, s.act)
			}
			f.source(v, r, &x, &s)
			if s.quotes {
				f.quotedSaying(v, &x, &s)
			}
			return true
		}
	}
	return false
}

// quotedSaying adds the inner statement of "“…,” the agency quoted him as
// saying": his, relayed by the agency.
func (f *finder) quotedSaying(v int32, x *deps, s *found) {
	d := f.d
	if l := d.Lemma(v); l != "quote" && l != "cite" || x.obj < v || f.passive(v) {
		return
	}
	for i := x.obj + 1; i+1 < d.SentenceOf(v).End && i < x.obj+8; i++ {
		if d.Lemma(i) == "as" && d.XPOS(i+1) == "VBG" && f.saysThat(i+1) {
			f.out = append(f.out, found{rule: s.rule, frame: frameQuote, head: i + 1, cue: doc.Span{Begin: i, End: i + 2}, lemma: d.Lemma(i + 1),
				act: doc.ActSay, src: f.conjunct(x.obj), srcHead: x.obj, content: s.content, quotes: true, conf: s.conf, parent: v + 1})
			return
		}
	}
}

// tied reports whether the further words of r hang by v, and the last token of
// the cue so far.
func (f *finder) tied(v int32, r *rule) (last int32, ok bool) {
	last = v
	for _, w := range r.ties {
		at := int32(doc.None)
		for i := last + 1; i < f.d.SentenceOf(v).End && i <= last+4; i++ {
			if f.lowerForm(i) == w || f.d.Lemma(i) == w {
				at = i
				break
			}
			if i != last+1 && f.d.UPOS(i) == doc.VERB {
				break
			}
		}
		if at < 0 || !f.d.Dominates(v, at) {
			return 0, false
		}
		last = at
	}
	return last, true
}

// verbFrame tries the frames of r at v, the surest first.
func (f *finder) verbFrame(v, last int32, r *rule, x *deps) (found, bool) {
	s := found{rule: r, head: v, lemma: f.cueLemma(v, r), act: r.act, srcHead: doc.None, conf: 0.8}
	if r.lemma == "like" && !f.modal(v, "would") {
		return s, false
	}
	done := func(fr frame, cueEnd int32, conf float32, parts ...doc.Span) (found, bool) {
		if s.frame, s.conf = fr, conf; fr != framePP {
			s.prep = ""
		}
		end := max(last, cueEnd)
		if x.obj > v && x.obj < end && fr == frameNP { // "called the meeting off"
			end = v
		}
		s.cue = f.cueSpan(v, end)
		s.content = f.contents(v, s.cue, parts)
		return s, len(s.content) > 0
	}
	if qs := f.cueQuotes[v]; len(qs) > 0 {
		s.quotes = true
		return done(frameQuote, f.colonAfter(v, qs), 0.95, f.quoteSpans(qs)...)
	}
	if r.frames&(frameClause|frameObjClause) != 0 {
		if parts, conf := f.clause(v, r, x); parts != nil {
			s, ok := done(frameClause, last, conf, parts...)
			s.content = f.untilJoined(s.content, v)
			return s, ok && len(s.content) > 0
		}
	}
	if r.frames&framePP != 0 {
		if c, p := f.complementPP(v, last, r, x); c >= 0 {
			end := last
			if p <= last+2 {
				end = p
			} else if r.unknown() {
				c = doc.None
			}
			s.prep = f.d.Lemma(p)
			part := doc.Span{}
			if c >= 0 {
				part = doc.Span{Begin: p + 1, End: f.right[c] + 1}
			}
			if c >= 0 && r.to == f.d.Lemma(p) {
				if x.xcomp > c {
					part = part.Union(f.whole(x.xcomp))
				} else if s, ok := f.toDo(part); ok {
					part = s
				}
			}
			if s, ok := done(framePP, end, 0.75, part); ok {
				return s, ok
			}
		}
	}
	if parts, fr, conf := f.objects(v, last, r, x); len(parts) > 0 {
		s, ok := done(fr, last, conf, parts...)
		s.content = f.untilJoined(s.content, v)
		return s, ok && len(s.content) > 0
	}
	return s, false
}

// objects is what a verb's objects say: the parts of a content, the frame they
// are in and how sure that is; nothing where no frame of r fits.
func (f *finder) objects(v, last int32, r *rule, x *deps) ([]doc.Span, frame, float32) {
	if r.frames&frameObjInf != 0 && x.obj > v {
		if x.xcomp > x.obj && f.infinitive(x.xcomp) {
			return []doc.Span{f.wholeAfter(x.obj, v).Union(f.wholeAfter(x.xcomp, v))}, frameObjInf, 0.8
		}
		if s, ok := f.toDo(f.wholeAfter(x.obj, v)); ok || f.hasChild(x.obj, doc.RelAcl, true) {
			return []doc.Span{s}, frameObjInf, 0.75
		}
	}
	if r.frames&frameAs != 0 {
		if parts := f.as(v, x); parts != nil {
			return parts, frameAs, 0.85
		}
	}
	if r.frames&framePred != 0 && x.xcomp >= 0 && x.obj >= 0 && !f.infinitive(x.xcomp) {
		return []doc.Span{f.wholeAfter(x.obj, v), f.wholeAfter(x.xcomp, v)}, framePred, 0.8
	}
	if r.frames&framePred != 0 && x.second > x.obj && !f.commaBetween(x.obj, x.second) {
		return []doc.Span{f.wholeAfter(x.obj, v), f.wholeAfter(x.second, v)}, framePred, 0.75
	}
	if r.frames&framePred != 0 && !r.unknown() && x.obj > v {
		if s, ok := f.named(f.wholeAfter(x.obj, v)); ok || f.hasChild(x.obj, doc.RelAppos, false) && f.quoteIn(s) || f.hasChild(x.obj, doc.RelNmodUnmarked, false) {
			return []doc.Span{s}, framePred, 0.7
		}
	}
	if r.frames&frameInf != 0 && x.xcomp > v && f.infinitive(x.xcomp) && (x.obj < 0 || x.obj > x.xcomp || r.frames&frameObjInf == 0) {
		return []doc.Span{f.wholeAfter(x.xcomp, v)}, frameInf, 0.8
	}
	if r.frames&frameGer != 0 {
		for _, c := range []int32{x.xcomp, x.ccomp} {
			if c > v && f.gerund(c) {
				return []doc.Span{f.wholeAfter(c, v)}, frameGer, 0.75
			}
		}
		for _, c := range x.obl { // "denied having made an offer"
			if f.left[c] == v+1 && f.gerund(c) && f.marker(c) < 0 && f.preposition(c) < 0 {
				return []doc.Span{f.wholeAfter(c, v)}, frameGer, 0.7
			}
		}
	}
	if r.frames&frameNP != 0 && x.obj >= 0 && f.d.Lemma(x.obj) != "nothing" {
		return []doc.Span{f.withoutChannel(x.obj, f.withReason(x, f.wholeAfter(x.obj, v)))}, frameNP, 0.6
	}
	if r.frames&frameNP != 0 && len(r.ties) > 0 { // "ruled out the offer" with "out" as a preposition
		for _, c := range x.obl {
			if f.preposition(c) == last {
				return []doc.Span{{Begin: last + 1, End: f.right[c] + 1}}, frameNP, 0.6
			}
		}
	}
	if r.frames&frameNP != 0 && f.passive(v) && f.agent(v) >= 0 {
		if sub := f.d.Child(v, doc.RelNsubj); sub >= 0 {
			return []doc.Span{f.whole(sub)}, frameNP, 0.6
		}
	}
	return nil, 0, 0
}

// quoteIn: a quotation begins in s after its first token.
func (f *finder) quoteIn(s doc.Span) bool {
	for i := s.Begin + 1; i < s.End; i++ {
		if f.opens[i] >= 0 {
			return true
		}
	}
	return false
}

// hasChild: something with the relation hangs by i after it; an infinitive, where
// that is asked for.
func (f *finder) hasChild(i int32, rel doc.Deprel, infinitive bool) bool {
	for c := range f.d.Children(i) {
		if c > i && f.d.Deprel(c) == rel && (!infinitive || f.infinitive(c)) {
			return true
		}
	}
	return false
}

// toDo widens s, a noun phrase, with the infinitive right after it: "on both
// sides to sign", where the parser hung it elsewhere.
func (f *finder) toDo(s doc.Span) (doc.Span, bool) {
	d := f.d
	i := s.End
	if i+1 >= int32(d.Len()) || f.lowerForm(i) != "to" || d.UPOS(i) != doc.PART || d.UPOS(i+1) != doc.VERB && d.UPOS(i+1) != doc.AUX {
		return s, false
	}
	w := f.whole(i + 1)
	for h, n := d.Head(i), 0; h >= 0 && f.left[h] >= i && n < 8; h, n = d.Head(h), n+1 { // "to be held": the verb is further on
		w = w.Union(f.whole(h))
	}
	w.Begin = i
	return s.Union(w), true
}

// named widens s, a noun phrase, with what it is called right after it: the
// words in quotation marks, or a noun phrase with an article.
func (f *finder) named(s doc.Span) (doc.Span, bool) {
	d := f.d
	i := s.End
	if i >= int32(d.Len()) || d.Tokens.Sent[i] != d.Tokens.Sent[i-1] {
		return s, false
	}
	if f.opens[i] >= 0 {
		return s.Union(d.Quotes[f.opens[i]].Span), true
	}
	if d.UPOS(i) != doc.DET {
		return s, false
	}
	if h := d.Head(i); h > i && d.UPOS(h) == doc.NOUN && f.left[h] == i {
		return s.Union(f.whole(h)), true
	}
	return s, false
}

// withReason widens s, the object of a verb, with "for", "of" or "as" right
// after it: what somebody is praised for and accused of.
func (f *finder) withReason(x *deps, s doc.Span) doc.Span {
	if i := s.End; i+2 < int32(f.d.Len()) && f.d.Form(i) == "," && f.lowerForm(i+1) == "including" && f.d.Head(i+1) > i+1 {
		return s.Union(f.whole(f.d.Head(i + 1))) // "rights, including the release of prisoners"
	}
	for _, c := range x.obl {
		if f.left[c] != s.End {
			continue
		}
		p := f.preposition(c)
		if p < 0 {
			p = f.marker(c)
		}
		if p != s.End {
			continue
		}
		switch f.d.Lemma(p) {
		case "for", "of", "as":
			return s.Union(f.whole(c))
		case "in", "at", "with", "to", "between", "over", "against", "from", "into", "by":
			if f.partOf(x.obj, c) {
				return s.Union(f.whole(c))
			}
		}
	}
	return s
}

// withoutChannel cuts s, the object of a verb, before the means by which it was
// said: "rejected the report in a statement".
func (f *finder) withoutChannel(obj int32, s doc.Span) doc.Span {
	d := f.d
	for c := range d.Children(obj) {
		p := f.preposition(c)
		if c < obj || d.Deprel(c).Base() != doc.RelNmod || p < 0 {
			continue
		}
		switch d.Lemma(p) {
		case "in", "on", "at", "during", "via":
			if ch, ok := f.channelIn(c, doc.RelObl); ok && ch.Kind != doc.ChannelMeeting && ch.Kind != doc.ChannelCall {
				return f.clip(s, doc.Span{Begin: s.Begin, End: p})
			}
		}
	}
	return s
}

// partOf: a phrase right after a common noun is more often the noun's than the
// verb's, a time and the means of saying so apart.
func (f *finder) partOf(noun, c int32) bool {
	d := f.d
	if d.UPOS(noun) != doc.NOUN || d.UPOS(c) != doc.NOUN && d.UPOS(c) != doc.PROPN || f.isTime(c) {
		return false
	}
	ch, ok := f.channelIn(c, doc.RelObl)
	p := f.preposition(c)
	return !ok || ch.Kind == doc.ChannelMeeting && (p < 0 || d.Lemma(p) != "during")
}

// isTime: token i belongs to an expression of time.
func (f *finder) isTime(i int32) bool {
	times := f.d.Times
	k, _ := slices.BinarySearchFunc(times, i+1, func(t doc.Time, b int32) int { return int(t.Span.Begin - b) })
	return k > 0 && times[k-1].Span.Has(i)
}

func (f *finder) cueLemma(v int32, r *rule) string {
	if r.lemma == "" {
		return f.d.Lemma(v)
	}
	if len(r.ties) == 0 {
		return r.lemma
	}
	return r.lemma + " " + strings.Join(r.ties, " ")
}

// gerund: "signing", "being held"; not "are signing".
func (f *finder) gerund(i int32) bool {
	for c := range f.d.Children(i) {
		switch f.d.Deprel(c).Base() {
		case doc.RelAux, doc.RelCop:
			return f.d.XPOS(c) == "VBG"
		case doc.RelNsubj:
			return false
		}
	}
	return f.d.XPOS(i) == "VBG"
}

func (f *finder) modal(v int32, form string) bool {
	for c := range f.d.Children(v) {
		if f.d.Deprel(c).Base() == doc.RelAux && (f.lowerForm(c) == form || f.lowerForm(c) == "'d" || f.lowerForm(c) == "’d") {
			return true
		}
	}
	return false
}

// complementPP is the dependent of v with one of the rule's prepositions right
// after the cue, and the preposition.
func (f *finder) complementPP(v, last int32, r *rule, x *deps) (c, p int32) {
	for _, c := range x.obl {
		if c < last {
			continue
		}
		if p := f.preposition(c); p > last && r.takes(f.d.Lemma(p)) {
			return c, p
		}
		for m := range f.d.Children(c) { // for signing, on how to sign
			if m < c && f.d.Deprel(m) == doc.RelMark && r.takes(f.d.Lemma(m)) {
				return c, m
			}
		}
	}
	if x.obj > last { // "call for" where the parser made an object of it; nominal ties: "express support for X"
		for m := range f.d.Children(x.obj) {
			if m < last || f.d.Deprel(m).Base() != doc.RelNmod && f.d.Deprel(m) != doc.RelAcl {
				continue
			}
			if p := f.preposition(m); p > last && r.takes(f.d.Lemma(p)) {
				return m, p
			}
		}
	}
	if len(r.ties) > 0 {
		for m := range f.d.Children(last) {
			if p := f.preposition(m); m > last && p > last && r.takes(f.d.Lemma(p)) {
				return m, p
			}
		}
	}
	return doc.None, doc.None
}

// as is "the talks as a failure": the object and what it is called.
func (f *finder) as(v int32, x *deps) []doc.Span {
	d := f.d
	is := func(c int32) bool {
		for m := range d.Children(c) {
			if m < c && d.Lemma(m) == "as" {
				return true
			}
		}
		return false
	}
	obj := x.obj
	if obj < 0 && f.passive(v) {
		obj = d.Child(v, doc.RelNsubj)
	}
	if obj < 0 {
		return nil
	}
	for _, c := range append(slices.Clone(x.obl), x.xcomp, x.ccomp) {
		if c > v && is(c) {
			return []doc.Span{f.whole(obj), f.whole(c)}
		}
	}
	for c := range d.Children(obj) { // where the parser hung it by the object
		if c > obj && obj > v && is(c) {
			return []doc.Span{f.whole(obj)}
		}
	}
	return nil
}
