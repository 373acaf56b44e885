package statement

import (
	"readout/doc"
)

// This file finds the clause that a reporting verb reports.

// clause is what a reporting verb reports in a clause: its complement, or the
// clause it is put into ("the talks, he said, had failed").
func (f *finder) clause(v int32, r *rule, x *deps) ([]doc.Span, float32) {
	d := f.d
	if parts := f.interposed(v, r); parts != nil {
		return parts, 0.85
	}
	if x.ccomp >= 0 && (x.ccomp > v || d.Deprel(v).Base() != doc.RelParataxis && f.hasVerb(f.whole(x.ccomp)) && !f.joinedTo(f.left[x.ccomp])) {
		if x.ccomp > v && f.gerund(x.ccomp) && r.frames&frameGer != 0 {
			return nil, 0
		}
		s := f.whole(x.ccomp)
		if x.ccomp > v {
			if s = f.wholeAfter(x.ccomp, v); !r.unknown() {
				s = f.runsOn(s, v, r)
			}
		}
		return []doc.Span{f.andThat(s)}, 0.85
	}
	if h := d.Head(v); h >= 0 && d.Deprel(v).Base() == doc.RelParataxis && f.clauseLike(h) && d.Child(v, doc.RelNsubj) >= 0 {
		own := f.whole(v)
		all := f.whole(h)
		before := doc.Span{Begin: all.Begin, End: own.Begin}
		after := doc.Span{Begin: own.End, End: all.End}
		if own.Begin > h || own.End <= h {
			return []doc.Span{before, after}, 0.8
		}
	}
	if x.para > v && r.frames&frameClause != 0 && f.commaOrColon(f.left[x.para]-1, v) {
		return []doc.Span{f.whole(x.para)}, 0.75
	}
	// A clause the parser took for an infinitive's complement.
	if x.xcomp > v && !f.infinitive(x.xcomp) && d.Child(x.xcomp, doc.RelNsubj) >= 0 && !f.commaBetween(v, x.xcomp) {
		return []doc.Span{f.whole(x.xcomp)}, 0.7
	}
	if parts := f.clauseAfter(v, r, x); parts != nil {
		return parts, 0.65
	}
	return nil, 0
}

// joinedTo: "and who" begins no clause of its own.
func (f *finder) joinedTo(i int32) bool {
	for f.loose(i) {
		i++
	}
	return f.d.UPOS(i) == doc.CCONJ || f.relative(i)
}

func (f *finder) clauseLike(h int32) bool {
	return f.d.UPOS(h) == doc.VERB || f.d.Child(h, doc.RelNsubj, doc.RelCop) >= 0
}

func (f *finder) commaOrColon(i, v int32) bool {
	if i <= v {
		return false
	}
	switch f.d.Form(i) {
	case ",", ":":
		return true
	}
	return f.loose(i) && f.commaOrColon(i-1, v)
}

// interposed: "The talks, the minister said, had failed." and "The talks had
// failed, the minister said in Geneva.": a reporting clause between commas, or
// between a comma and the sentence's end, is put into what it reports. Here the
// commas are surer than the tree.
func (f *finder) interposed(v int32, r *rule) []doc.Span {
	d := f.d
	if r.frames&frameQuote == 0 || f.participle(v) || f.infinitive(v) {
		return nil
	}
	sub := int32(doc.None)
	for c := range d.Children(v) {
		if d.Deprel(c).Base() == doc.RelNsubj {
			sub = c // the one nearest the verb's end
		}
	}
	if sub < 0 {
		if sub = f.inverted(v); sub < 0 {
			sub = f.nounBefore(v)
		}
	}
	if sub < 0 || f.relative(sub) {
		return nil
	}
	own := f.cueSpan(v, v)
	s := f.nounPhrase(sub)
	if s.Begin > v { // "said the minister": with all that follows
		if s.Begin > own.End+2 {
			return nil
		}
		own = own.Union(s)
	} else {
		s.Begin = f.phraseStart(sub)
		if s.End > own.Begin || own.Begin-s.End > 1 {
			return nil
		}
		own = own.Union(s)
	}
	bounds := f.bounds(v)
	if own.Begin <= bounds.Begin+1 || d.Form(own.Begin-1) != "," && f.closes[own.Begin-1] < 0 {
		return nil
	}
	before := doc.Span{Begin: bounds.Begin, End: own.Begin}
	// What stands between the verb and the next comma or the end must hang by it.
	end := own.End
	if s.Begin > v && f.relativeIn(s, end) { // "said an official who asked not to be named"
		for end < bounds.End && d.Form(end) != "," && !f.stop(end) {
			end++
		}
	}
	for end < bounds.End && end < own.End+14 && d.Form(end) != "," && !f.stop(end) {
		if d.UPOS(end) == doc.VERB || d.UPOS(end) == doc.AUX || d.UPOS(end) == doc.SCONJ && end == own.End {
			return nil
		}
		end++
	}
	switch {
	case end >= bounds.End || f.stop(end):
		if !f.hasVerb(before) {
			return nil
		}
		return []doc.Span{before}
	case d.Form(end) == ",":
		after := doc.Span{Begin: end + 1, End: bounds.End}
		if f.hasVerb(before) && (!f.hasVerb(after) || f.subordinate(end+1)) {
			return []doc.Span{before}
		}
		return []doc.Span{before, after}
	}
	return nil
}

// relativeIn: a relative pronoun stands in s or right after it.
func (f *finder) relativeIn(s doc.Span, end int32) bool {
	for i := s.Begin + 1; i <= end && i < int32(f.d.Len()); i++ {
		if f.relative(i) {
			return true
		}
	}
	return false
}

// inverted is the noun after v in "…, said an official who": the last of the noun
// phrase that begins right after the verb. None where there is none.
func (f *finder) inverted(v int32) int32 {
	d := f.d
	if v == 0 || d.Form(v-1) != "," && f.closes[v-1] < 0 || d.XPOS(v) == "VBG" {
		return doc.None
	}
	last := int32(doc.None)
	end := f.bounds(v).End
	for i := v + 1; i < end && i < v+8; i++ {
		switch d.UPOS(i) {
		case doc.NOUN, doc.PROPN:
			last = i
		case doc.DET, doc.ADJ, doc.NUM:
			if last >= 0 {
				return last
			}
		default:
			return last
		}
	}
	return last
}

// phraseStart is where the noun phrase of sub begins, apposition left aside.
func (f *finder) phraseStart(sub int32) int32 { return f.conjunct(sub).Begin }

// bounds is the sentence of v, or what of it stands in the quotation of v.
func (f *finder) bounds(v int32) doc.Span {
	s := f.d.SentenceOf(v)
	if q := f.quoteAt[v]; q >= 0 {
		s = f.clip(s, f.d.Inner(f.d.Quotes[q]))
	}
	return s
}

func (f *finder) stop(i int32) bool {
	switch f.d.Form(i) {
	case ".", "?", "!", ";", ":", "—", "–", "...", "…":
		return true
	}
	return false
}

// subordinate: a clause of the reporter's own begins here: "as he left", "adding".
func (f *finder) subordinate(i int32) bool {
	if i >= int32(f.d.Len()) {
		return false
	}
	switch f.lowerForm(i) {
	case "as", "while", "when", "after", "before", "and", "but", "who", "which", "though", "although":
		return true
	}
	return f.d.XPOS(i) == "VBG"
}

func (f *finder) hasVerb(s doc.Span) bool {
	for i := s.Begin; i < s.End; i++ {
		if f.d.UPOS(i) == doc.VERB || f.d.UPOS(i) == doc.AUX {
			return true
		}
	}
	return false
}

// clauseAfter is what follows a verb of saying to which the parser gave no
// clause: from "that", or from the verb on, to the sentence's end.
func (f *finder) clauseAfter(v int32, r *rule, x *deps) []doc.Span {
	d := f.d
	// A verb of believing has no object: what the parser took for one begins a
	// clause.
	if r.frames&frameQuote == 0 && (x.obj < v || r.objects()) || r.unknown() || f.passive(v) {
		return nil
	}
	if r.frames&frameObjInf != 0 && x.obj > v { // "urged both sides to stay": no clause
		if _, ok := f.toDo(f.whole(x.obj)); ok || f.hasChild(x.obj, doc.RelAcl, true) {
			return nil
		}
	}
	bounds := f.bounds(v)
	begin := int32(doc.None)
	for i := v + 1; i < bounds.End && i < v+16; i++ {
		if f.lowerForm(i) == "that" && d.Deprel(i).Base() != doc.RelDet && f.finiteAfter(i+1, bounds.End) {
			begin = i // whatever noun before it the parser hung the clause by
			break
		}
		if d.Deprel(i).Base() != doc.RelAmod && (d.UPOS(i) == doc.VERB || d.UPOS(i) == doc.AUX) || d.Form(i) == "," {
			break
		}
	}
	if first := f.afterAdverbials(v, bounds.End); begin > first && !r.objects() && f.quoteAt[first] == f.quoteAt[v] {
		switch d.UPOS(first) {
		case doc.DET, doc.PRON, doc.PROPN, doc.NOUN: // "said the rise in prices demands that"
			begin = first
		}
	}
	if begin < 0 && v+2 < bounds.End && (r.frames&frameObjClause == 0 || x.obj > v) {
		first := f.afterAdverbials(v, bounds.End)
		if r.frames&frameObjClause != 0 { // "told him he would"
			if first = f.conjunct(x.obj).End; first+1 >= bounds.End || x.obj > v+4 {
				return nil
			}
		}
		if f.opens[first] >= 0 {
			first++
		}
		switch d.UPOS(first) {
		case doc.PRON, doc.DET, doc.PROPN, doc.NOUN, doc.ADJ, doc.NUM:
			begin = first
			if f.opens[first-1] >= 0 {
				begin--
			}
		}
		if begin >= 0 && !f.finiteAfter(begin, bounds.End) {
			return nil
		}
	}
	if begin < 0 {
		return nil
	}
	if sub := d.Child(v, doc.RelNsubj); sub >= begin {
		return nil
	}
	return []doc.Span{{Begin: begin, End: bounds.End}}
}

// objects reports whether the verb of r can have an object beside what it says.
func (r *rule) objects() bool {
	return r.frames&(frameNP|frameObjClause|frameObjInf) != 0 || r.to == "obj"
}

// wholeAfter is the span of c and what hangs by it, as far as it stands after v.
func (f *finder) wholeAfter(c, v int32) doc.Span {
	s := f.whole(c)
	if c > v {
		s.Begin = max(s.Begin, v+1)
	}
	return s
}

// afterAdverbials is the token after v and the adverbials that hang by it: "said
// on Monday in Geneva he would".
func (f *finder) afterAdverbials(v, end int32) int32 {
	d := f.d
	i := v + 1
	for c := range d.Children(v) {
		switch d.Deprel(c).Base() {
		case doc.RelObl, doc.RelAdvmod:
			if f.left[c] == i && f.right[c]+2 < end && (d.UPOS(i) == doc.ADP || f.isTime(i) || d.UPOS(i) == doc.ADV) && !f.hasVerb(f.whole(c)) {
				i = f.right[c] + 1
			}
		}
	}
	return i
}

// runsOn widens a clause that follows a verb of saying: to the left over what
// stands between the verb and it, to the right to the next comma or conjunction
// that begins something of the verb's own. A clause seldom ends before; parsers
// lose its parts.
func (f *finder) runsOn(s doc.Span, v int32, r *rule) doc.Span {
	d := f.d
	bounds := f.bounds(v)
	if first := f.afterAdverbials(v, bounds.End); first < s.Begin && (d.Child(v, doc.RelObj, doc.RelIobj) < 0 || !r.objects()) && !f.loose(first) && f.opens[first] < 0 {
		switch d.UPOS(first) {
		case doc.PRON, doc.DET, doc.PROPN, doc.NOUN, doc.ADJ, doc.NUM:
			if sub := d.Child(v, doc.RelNsubj); sub < first {
				s.Begin = first
			}
		}
	}
	for s.End < bounds.End {
		i := s.End
		if f.loose(i) || f.opens[i] >= 0 {
			break
		}
		if d.UPOS(i) == doc.CCONJ {
			if h := d.Head(i); h < 0 || d.Head(h) < 0 || d.Head(h) == v && d.XPOS(h) == d.XPOS(v) || d.XPOS(h) == d.XPOS(v) && f.saysThat(h) {
				break
			}
		}
		s.End++
	}
	return s
}

// finiteAfter: a subject and a verb with tense follow before the clause ends.
func (f *finder) finiteAfter(i, end int32) bool {
	for n := int32(0); i < end && n < 18; i, n = i+1, n+1 {
		if f.stop(i) {
			return false
		}
		if (f.d.UPOS(i) == doc.VERB || f.d.UPOS(i) == doc.AUX) && f.d.Feat(i, "VerbForm") == "Fin" {
			return n > 0
		}
	}
	return false
}
