package statement

import (
	"strings"

	"readout/doc"
)

// Values of finder.speech that are no token.
const (
	notSpeech = -2 // scare quotes, a title, quoted words of a clause
	noCue     = -1 // direct speech whose cue is not known
)

// assignQuotes tells direct speech from other quotation marks and finds its cue:
// the reporting verb beside it.
func (f *finder) assignQuotes() {
	for q := range f.d.Quotes {
		quote := f.d.Quotes[q]
		if quote.Depth > 0 || quote.Span.Len() < 2 {
			continue
		}
		if quote.Continues && q > 0 && f.speech[q-1] != notSpeech {
			f.speech[q] = f.speech[q-1]
			if v := f.speech[q]; v >= 0 {
				f.cueQuotes[v] = append(f.cueQuotes[v], int32(q))
			} else if v := f.cueAfter(quote); v >= 0 {
				f.speech[q] = v
				f.cueQuotes[v] = append(f.cueQuotes[v], f.chain(int32(q))...)
			}
			continue
		}
		free, ends := f.startsFree(quote), f.endsFree(quote)
		before, after := int32(doc.None), int32(doc.None)
		if free {
			before = f.cueBefore(quote)
			after = f.cueAfter(quote)
		}
		v := before
		if after >= 0 && (before < 0 || ends && !f.participle(after) && !f.adjacent(before, quote)) {
			v = after
		}
		switch {
		case v >= 0:
			f.speech[q] = v
			f.cueQuotes[v] = append(f.cueQuotes[v], int32(q))
		case free && ends && (f.sentenceLike(quote) || f.startsSentence(quote)):
			f.speech[q] = noCue
		}
	}
}

// startsSentence: the quotation begins a sentence in the middle of a paragraph and
// ends one.
func (f *finder) startsSentence(q doc.Quote) bool {
	d := f.d
	b, e := q.Span.Begin, q.Span.End
	if b == 0 || d.Tokens.Sent[b-1] == d.Tokens.Sent[b] || !f.sameBlock(b-1, b) {
		return false
	}
	return e == int32(d.Len()) || d.Tokens.Sent[e] != d.Tokens.Sent[e-1]
}

// chain is quotation q with those before it that it continues.
func (f *finder) chain(q int32) []int32 {
	b := q
	for b > 0 && f.d.Quotes[b].Continues && f.speech[b-1] < 0 {
		b--
	}
	var out []int32
	for ; b <= q; b++ {
		f.speech[b] = f.speech[q]
		out = append(out, b)
	}
	return out
}

// startsFree: the words before the quotation let speech begin: a sentence's
// beginning, a comma, a colon, a dash, a reporting verb.
func (f *finder) startsFree(q doc.Quote) bool {
	d := f.d
	b := q.Span.Begin
	if b == 0 || d.Tokens.Sent[b-1] != d.Tokens.Sent[b] {
		return true
	}
	p := b - 1
	switch d.Form(p) {
	case ",", ":", "—", "–", "--", "-", ".", "?", "!", ";", "...", "…", ")":
		return true
	}
	if f.closes[p] >= 0 {
		return true
	}
	if d.UPOS(p) == doc.VERB || d.UPOS(p) == doc.ADV || d.UPOS(p) == doc.PROPN || d.UPOS(p) == doc.NOUN {
		in := d.Inner(q)
		return f.reports(p) && !in.Empty() || !in.Empty() && f.capital(in.Begin) && f.sentenceLike(q) && f.reportsNear(p)
	}
	return false
}

func (f *finder) capital(i int32) bool {
	c := f.d.Form(i)[0]
	return c >= 'A' && c <= 'Z'
}

// reports: i is a verb that direct speech can follow.
func (f *finder) reports(i int32) bool {
	if f.d.UPOS(i) != doc.VERB {
		return false
	}
	w := f.t.cues[f.d.Lemma(i)]
	if w == nil {
		return false
	}
	for _, r := range w[posVerb] {
		if r.frames&frameQuote != 0 {
			if _, ok := f.tied(i, r); ok {
				return true
			}
		}
	}
	return false
}

// reportsNear: one of the few words up to p is a reporting verb ("told the
// BBC").
func (f *finder) reportsNear(p int32) bool {
	for i := p; i >= f.d.SentenceOf(p).Begin && i > p-6; i-- {
		if f.reports(i) {
			return true
		}
	}
	return false
}

// endsFree: the quotation ends as speech does, with a mark of its own or right
// before one.
func (f *finder) endsFree(q doc.Quote) bool {
	d := f.d
	if q.Open {
		return true
	}
	e := q.Span.End
	if e-2 > q.Span.Begin && f.loose(e-2) {
		return true
	}
	if e >= int32(d.Len()) || d.Tokens.Sent[e] != d.Tokens.Sent[e-1] {
		return true
	}
	switch d.Form(e) {
	case ",", ".", "?", "!", "—", "–":
		return true
	}
	return false
}

// sentenceLike: the quotation holds a verb with tense, or is long enough to be
// no title and no mere phrase.
func (f *finder) sentenceLike(q doc.Quote) bool {
	d := f.d
	for i := q.Span.Begin; i < q.Span.End; i++ {
		if (d.UPOS(i) == doc.VERB || d.UPOS(i) == doc.AUX) && (d.Feat(i, "VerbForm") == "Fin" || d.Feat(i, "Mood") != "") {
			return true
		}
	}
	return q.Span.Len() > 12
}

// cueBefore is the reporting verb before the quotation in its sentence: nothing
// but what hangs by it may stand between.
func (f *finder) cueBefore(q doc.Quote) int32 {
	d := f.d
	b := q.Span.Begin
	sent := d.SentenceOf(b)
	if b == sent.Begin { // "He put it this way:" ends a sentence, or a paragraph
		if b < 2 || d.Form(b-1) != ":" {
			return doc.None
		}
		sent = d.SentenceOf(b - 1)
	}
	for i := b - 1; i >= sent.Begin && i > b-30; i-- {
		if f.quoteAt[i] >= 0 {
			if f.closes[i] < 0 {
				return doc.None
			}
			i = d.Quotes[f.quoteAt[i]].Span.Begin // a title among what hangs by the cue
			continue
		}
		if f.reports(i) && !f.passiveOnly(i) {
			return i
		}
		switch d.UPOS(i) {
		case doc.VERB:
			if d.Deprel(i) != doc.RelAclRelcl && d.Deprel(i) != doc.RelAcl && d.Deprel(i).Base() != doc.RelAdvcl {
				return doc.None
			}
		}
	}
	return doc.None
}

// passiveOnly: "was told" has no source.
func (f *finder) passiveOnly(v int32) bool { return f.passive(v) && f.agent(v) < 0 }

// cueAfter is the reporting verb after the quotation: within the same sentence
// and before another quotation.
func (f *finder) cueAfter(q doc.Quote) int32 {
	d := f.d
	e := q.Span.End
	if q.Open || e >= int32(d.Len()) || e == 0 || !f.sameBlock(e-1, e) {
		return doc.None
	}
	sent := d.SentenceOf(e)
	if d.Tokens.Sent[e] != d.Tokens.Sent[e-1] && !(e-2 >= q.Span.Begin && d.Form(e-2) != "." && !f.capital(e)) {
		return f.asked(q)
	}
	nouns := 0
	for i := e; i < sent.End && i < e+50; i++ {
		if f.quoteAt[i] >= 0 {
			return doc.None
		}
		if f.reports(i) && !f.relativeVerb(i) || nouns > 0 && i < e+8 && f.anySpeech(i, q) {
			return i
		}
		switch d.UPOS(i) {
		case doc.SCONJ:
			if nouns == 0 && d.Lemma(i) != "as" {
				return doc.None
			}
		case doc.CCONJ:
			if nouns == 0 {
				return doc.None
			}
		case doc.NOUN, doc.PROPN, doc.PRON:
			nouns++
		}
	}
	return doc.None
}

// asked is the cue of “Is it over?” Lee asked. The mark in the quotation ends the
// sentence for some: the next one must be nothing but the reporting clause.
func (f *finder) asked(q doc.Quote) int32 {
	d := f.d
	e := q.Span.End
	if e-2 < q.Span.Begin || d.Form(e-2) != "?" && d.Form(e-2) != "!" {
		return doc.None
	}
	sent := d.SentenceOf(e)
	for i := sent.Begin; i < sent.End && i < sent.Begin+20 && f.quoteAt[i] < 0; i++ {
		if d.UPOS(i) == doc.AUX || d.UPOS(i) == doc.VERB && !f.reports(i) && !f.relativeVerb(i) {
			return doc.None
		}
		if f.reports(i) && !f.relativeVerb(i) {
			if sent.End-i > 12 || i == sent.Begin || d.Child(i, doc.RelCcomp, doc.RelXcomp) >= 0 {
				return doc.None
			}
			return i
		}
	}
	return doc.None
}

// relativeVerb: "who said".
func (f *finder) relativeVerb(v int32) bool {
	s := f.d.Child(v, doc.RelNsubj)
	return s >= 0 && s < v && f.relative(s)
}

// anySpeech: right after a quotation that ends with a comma and a noun phrase,
// any verb is one of saying: "…,” she sang".
func (f *finder) anySpeech(v int32, q doc.Quote) bool {
	d := f.d
	if d.UPOS(v) != doc.VERB || f.participle(v) || d.Feat(v, "VerbForm") != "Fin" {
		return false
	}
	e := q.Span.End
	return e-2 > q.Span.Begin && d.Form(e-2) == "," && d.Form(e) != "," && !f.relativeVerb(v)
}

// adjacent: the cue before the quotation leads straight to it, with a comma or
// colon at most.
func (f *finder) adjacent(v int32, q doc.Quote) bool {
	if v < 0 {
		return false
	}
	for i := v + 1; i < q.Span.Begin; i++ {
		if !f.loose(i) {
			return f.d.Form(q.Span.Begin-1) == ":"
		}
	}
	return true
}

func (f *finder) sameBlock(a, b int32) bool {
	for _, bl := range f.blocksFrom(a) {
		if bl.Span.Has(a) {
			return bl.Span.Has(b)
		}
	}
	return false
}

// blocksFrom are the blocks from the one that holds token i on.
func (f *finder) blocksFrom(i int32) []doc.Block {
	lo, hi := 0, len(f.d.Blocks)
	for lo < hi {
		if m := (lo + hi) / 2; f.d.Blocks[m].Span.End <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return f.d.Blocks[lo:]
}

// quoteSpans are the spans of quotations.
func (f *finder) quoteSpans(qs []int32) []doc.Span {
	out := make([]doc.Span, 0, len(qs))
	for _, q := range qs {
		out = append(out, f.d.Quotes[q].Span)
	}
	return out
}

// colonAfter is the colon between a cue and its quotation, which belongs to the
// cue when it follows at once; the cue itself otherwise.
func (f *finder) colonAfter(v int32, qs []int32) int32 {
	if v+1 < int32(f.d.Len()) && f.d.Form(v+1) == ":" && f.d.Quotes[qs[0]].Span.Begin > v {
		return v + 1
	}
	return v
}

// signed: “…” — Jane Doe. The name after a dash that ends the line is the
// speaker's. It reports whether the quotation is one.
func (f *finder) signed(q doc.Quote) bool {
	d := f.d
	e := q.Span.End
	if q.Open || e+1 >= int32(d.Len()) {
		return false
	}
	switch d.Form(e) {
	case "—", "–", "―", "--", "-":
	default:
		return false
	}
	end := e + 1
	named := false
	for end < int32(d.Len()) && end < e+12 && f.sameLine(e, end) && d.Form(end) != "." && f.opens[end] < 0 {
		switch d.UPOS(end) {
		case doc.VERB, doc.AUX:
			return false
		case doc.PROPN:
			named = true
		}
		end++
	}
	if !named || end < int32(d.Len()) && f.sameLine(e, end) && d.Form(end) != "." && f.opens[end] < 0 {
		return false
	}
	who := f.trim(doc.Span{Begin: e + 1, End: end})
	if who.Empty() {
		return false
	}
	f.out = append(f.out, found{head: e, frame: frameQuote, lemma: "—", act: doc.ActSay, cue: doc.Span{Begin: e, End: e + 1},
		src: who, srcHead: d.HeadOf(who), content: []doc.Span{q.Span}, quotes: true, conf: 0.7})
	return true
}

// sameLine: no line break stands between the tokens.
func (f *finder) sameLine(a, b int32) bool {
	t := f.d.Tokens.Bytes
	return !strings.Contains(f.d.Text[t[a].Begin:t[b].Begin], "\n")
}

// looseQuotes gives direct speech that has no cue of its own to a speaker: it
// goes on with the speech before it in its paragraph, or, as a paragraph of its
// own, with that of the paragraph before.
func (f *finder) looseQuotes() {
	byCue := map[int32]int{}
	for i := range f.out {
		if f.out[i].quotes {
			byCue[f.out[i].head] = i
		}
	}
	last := -1 // the statement of the speech before, in f.out
	lastEnd := int32(-1)
	for q := range f.d.Quotes {
		quote := f.d.Quotes[q]
		if quote.Depth > 0 || f.speech[q] == notSpeech {
			continue
		}
		if v := f.speech[q]; v >= 0 {
			if i, ok := byCue[v]; ok {
				last, lastEnd = i, quote.Span.End
			}
			continue
		}
		if f.signed(quote) {
			last, lastEnd = -1, -1
			continue
		}
		if f.inHeading(quote.Span.Begin) {
			continue
		}
		if last < 0 || lastEnd < 0 || f.taken(quote.Span) {
			f.orphan(quote)
			continue
		}
		if gap := f.blocksBetween(lastEnd-1, quote.Span.Begin); gap == 0 && f.nobodyElse(lastEnd, quote.Span.Begin, &f.out[last]) {
			x := &f.out[last]
			x.content = join(append(x.content, quote.Span))
			lastEnd = quote.Span.End
			continue
		}
		f.orphan(quote)
	}
}

// orphan gives speech without a cue to the statement in whose paragraph it
// stands, as a statement of its own.
func (f *finder) orphan(q doc.Quote) {
	if f.taken(q.Span) {
		return
	}
	best := -1
	for i := range f.out {
		x := &f.out[i]
		if x.srcHead < 0 || x.silence || f.quoteAt[x.srcHead] >= 0 || x.src.Begin >= q.Span.Begin || x.head < 0 {
			continue
		}
		if f.d.UPOS(x.head) == doc.NOUN || x.rule != nil && x.rule.unknown() && !x.quotes {
			continue // "his plan" makes nobody speak
		}
		if f.blocksBetween(x.src.Begin, q.Span.Begin) <= 1 && (best < 0 || f.out[best].src.Begin < x.src.Begin) {
			best = i
		}
	}
	if best < 0 {
		return
	}
	// "Lee said the talks were “over.” “We are done.”" goes on with what she said.
	if x := &f.out[best]; x.frame&(frameClause|frameQuote|frameObjClause) != 0 && f.nextSentence(x.head, q.Span.Begin) && f.nobodyElse(x.cue.End, q.Span.Begin, x) {
		x.content = join(append(x.content, q.Span))
		return
	}
	x := f.out[best]
	f.out = append(f.out, found{head: doc.None, frame: frameQuote, src: x.src, srcHead: x.srcHead, content: []doc.Span{q.Span},
		quotes: true, act: doc.ActSay, conf: 0.5})
}

// nextSentence: token b begins the sentence after that of a, in its paragraph.
func (f *finder) nextSentence(a, b int32) bool {
	t := f.d.Tokens.Sent
	return a >= 0 && t[b] == t[a]+1 && f.sameBlock(a, b)
}

func (f *finder) inHeading(i int32) bool {
	bl := f.blocksFrom(i)
	return len(bl) > 0 && bl[0].Kind == doc.BlockHeading && bl[0].Span.Has(i)
}

// taken: the words belong already to a statement whose cue stands outside of
// them.
func (f *finder) taken(s doc.Span) bool {
	for i := len(f.out) - 1; i >= 0; i-- {
		if s.Has(f.out[i].head) {
			continue
		}
		for _, c := range f.out[i].content {
			if c.Overlaps(s) {
				return true
			}
		}
	}
	return false
}

// blocksBetween is how many blocks b stands after a.
func (f *finder) blocksBetween(a, b int32) int {
	for n, bl := range f.blocksFrom(a) {
		if bl.Span.Has(b) {
			return n
		}
		if n > 2 {
			break
		}
	}
	return 9
}

// nobodyElse: between two pieces of speech, and after the sentence of the first
// one's cue, nobody else does anything.
func (f *finder) nobodyElse(from, to int32, x *found) bool {
	if x.head >= 0 && x.head < to {
		from = max(from, f.d.SentenceOf(x.head).End)
	}
	me := doc.ActorID(doc.None)
	if x.srcHead >= 0 {
		me = f.actorOf(x.srcHead, x.src)
	}
	for i := from; i < to; i++ {
		if f.quoteAt[i] >= 0 || f.d.UPOS(i) != doc.VERB {
			continue
		}
		if s := f.d.Child(i, doc.RelNsubj); s >= 0 && s != x.srcHead && !x.src.Has(i) && !f.relative(s) {
			if a := f.actorOf(s, doc.Span{Begin: s, End: s + 1}); a >= 0 && a == me {
				continue
			}
			return false
		}
	}
	return true
}
