package actor

import (
	"strings"

	"readout/doc"
)

// findSpeakers notes for every token of a quotation the phrase that names its
// speaker, as far as the words next to the quotation tell: the subject of a
// verb of saying in its sentence, "according to …", or whoever spoke the
// quotation before it where there is none. It is a light guess made before
// statements are read; they may know better.
func (r *run) findSpeakers() {
	d := r.d
	r.speaker = filled(d.Len())
	last, lastBlock := int32(doc.None), -2
	block := 0
	for _, q := range d.Quotes {
		if q.Depth > 0 || q.Span.Empty() {
			continue
		}
		for block+1 < len(d.Blocks) && d.Blocks[block].Span.End <= q.Span.Begin {
			block++
		}
		who := r.cueSubject(q)
		if who < 0 && (q.Continues || block == lastBlock) {
			who = last
		}
		if who < 0 {
			who = r.cueAfter(q)
		}
		if who < 0 && block-lastBlock == 1 {
			who = last
		}
		if who < 0 {
			who = r.leadIn(q)
		}
		if who >= 0 {
			last, lastBlock = who, block
		}
		for i := q.Span.Begin; i < q.Span.End; i++ {
			r.speaker[i] = who
		}
	}
}

// cueSubject is the subject of the verb of saying next to a quotation: in the
// sentence where the quotation ends, or where it begins.
func (r *run) cueSubject(q doc.Quote) int32 {
	d := r.d
	tail, head := d.SentenceOf(q.Span.End-1), d.SentenceOf(q.Span.Begin)
	if who := r.sayerIn(tail, q.Span); who >= 0 {
		return who
	}
	if who := r.sayerIn(head, q.Span); who >= 0 {
		return who
	}
	return doc.None
}

// cueAfter is the subject of the verb of saying in a short sentence of the same
// paragraph right after a quotation: "“Why not?” she asked."
func (r *run) cueAfter(q doc.Quote) int32 {
	d, e := r.d, q.Span.End
	if e >= int32(d.Len()) || d.SentenceOf(e-1).End != e || !r.sameBlock(e, e-1) {
		return doc.None
	}
	if next := d.SentenceOf(e); next.Len() <= 14 {
		return r.sayerIn(next, q.Span)
	}
	return doc.None
}

// sayerIn is the subject of the verb of saying in s that stands nearest to the
// quotation and outside it, or None.
func (r *run) sayerIn(s, quote doc.Span) int32 {
	d := r.d
	best, bestGap := int32(doc.None), int32(1<<30)
	for i := s.Begin; i < s.End; i++ {
		if quote.Has(i) {
			continue
		}
		who := int32(doc.None)
		switch {
		case d.UPOS(i) == doc.VERB && r.lex.say[d.Lemma(i)]:
			if who = r.subjectOf(i); who < 0 && i < quote.Begin {
				who = r.firstSpeaker(s.Begin, i)
			}
		case strings.EqualFold(d.Form(i), "according"):
			for j := i + 1; j < min(i+8, s.End) && who < 0; j++ {
				who = r.phraseOf[j]
			}
		}
		if who < 0 || quote.Has(r.phrases[who].head) {
			continue
		}
		gap := min(abs(i-quote.Begin), abs(i-quote.End+1))
		if gap < bestGap {
			best, bestGap = who, gap
		}
	}
	return best
}

// firstSpeaker is the first phrase between two tokens that can speak: whom a
// verb of saying has for its subject where the tree gives it none.
func (r *run) firstSpeaker(from, to int32) int32 {
	for i := from; i < to; i++ {
		if q := r.phraseOf[i]; q >= 0 && r.phrases[q].class == classPerson {
			return q
		}
	}
	return doc.None
}

func abs(x int32) int32 { return max(x, -x) }

// subjectOf is the phrase that is the subject of verb i, also where the verb is
// coordinated to the one that has it; None where there is none.
func (r *run) subjectOf(i int32) int32 {
	d := r.d
	for range 4 {
		if s := r.citedIn(i); s >= 0 {
			return s
		}
		if s := d.Child(i, doc.RelNsubj); s >= 0 {
			return r.phraseOf[s]
		}
		if s := d.Child(i, doc.RelObj); s > i && r.lex.say[d.Lemma(i)] && r.phraseOf[s] >= 0 && r.canSpeak(r.phraseOf[s]) {
			return r.phraseOf[s] // "said a diplomat": the tree takes whoever speaks for what is said
		}
		rel := d.Deprel(i)
		if rel != doc.RelConj && rel.Base() != doc.RelXcomp && rel.Base() != doc.RelAdvcl && rel.Base() != doc.RelParataxis || d.Head(i) < 0 {
			return doc.None
		}
		i = d.Head(i)
	}
	return doc.None
}

// citedIn is the phrase of whom verb i quotes: the envoy of "the agency quoted
// the envoy as saying"; None where i is no such verb.
func (r *run) citedIn(i int32) int32 {
	d := r.d
	if l := d.Lemma(i); l != "quote" && l != "cite" {
		return doc.None
	}
	o := d.Child(i, doc.RelObj)
	if o < i || r.phraseOf[o] < 0 || !r.canSpeak(r.phraseOf[o]) {
		return doc.None
	}
	for k := o + 1; k < d.SentenceOf(i).End && k < o+12; k++ {
		if strings.EqualFold(d.Form(k), "as") && d.Head(k) > k && d.Lemma(d.Head(k)) == "say" {
			return r.phraseOf[o]
		}
	}
	return doc.None
}

// canSpeak reports whether a phrase is somebody by its words.
func (r *run) canSpeak(k int32) bool {
	switch r.phrases[k].class {
	case classPerson, classPeople, classBody, classState, classCountry:
		return true
	}
	return false
}

// leadIn is the subject of the sentence before a quotation that has no cue of
// its own, where that reports or ends in a colon.
func (r *run) leadIn(q doc.Quote) int32 {
	d := r.d
	s := d.SentenceOf(q.Span.Begin)
	if s.Begin == 0 {
		return doc.None
	}
	before := d.SentenceOf(s.Begin - 1)
	for i := before.Begin; i < before.End; i++ {
		if d.UPOS(i) == doc.VERB && r.lex.say[d.Lemma(i)] && d.Child(i, doc.RelNsubj) >= 0 {
			return r.subjectOf(i)
		}
	}
	return doc.None
}

// joinSpeaker ties "I", "we" and their kin to who speaks them; outside
// quotations to the author, of whom there is one.
func (r *run) joinSpeaker(k int32) {
	p := &r.phrases[k]
	if p.person == 2 {
		r.joinHearer(k)
		return
	}
	if who := r.speaker[p.head]; who >= 0 && r.phrases[who].cluster >= 0 {
		r.join(k, r.phrases[who].cluster)
		return
	}
	if r.quoted(p.head) {
		return
	}
	key := "author one"
	if p.number == numberMany {
		key = "author many"
	}
	r.joinKey(k, key)
}

// quoted reports whether token i stands in a quotation.
func (r *run) quoted(i int32) bool {
	qs := r.d.Quotes
	lo, hi := 0, len(qs)
	for lo < hi {
		if m := (lo + hi) / 2; qs[m].Span.Begin <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	for k := lo - 1; k >= 0 && lo-k < 4; k-- {
		if qs[k].Span.Has(i) {
			return true
		}
	}
	return false
}

// joinHearer ties each "you" outside quotations to the others.
func (r *run) joinHearer(k int32) {
	if !r.quoted(r.phrases[k].head) {
		r.joinKey(k, "hearer")
	}
}

// joinKey joins phrases that share a key to one cluster, which is nobody the
// article names.
func (r *run) joinKey(k int32, key string) {
	if ids := r.index[key]; len(ids) > 0 {
		r.join(k, ids[0])
		return
	}
	id := r.newCluster(k)
	r.clusters[id].hidden = true
	r.index[key] = append(r.index[key], id)
}
