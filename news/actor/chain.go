package actor

import (
	"slices"
	"strings"

	"readout/doc"
)

// Clusters as the corpora of coreference mark them. They have more than a
// reading needs: what somebody is said to be, and times that are named again.

// chains are all clusters with two phrases and more, and the single ones too.
func (r *run) chains() []Chain {
	out := make([]Chain, 0, len(r.clusters))
	predicates := r.predicates()
	for id := range r.clusters {
		c := &r.clusters[id]
		if len(c.phrases) == 0 || len(c.phrases) == 1 && r.saidOf(c.phrases[0]) >= 0 {
			continue
		}
		ks := slices.Clone(c.phrases)
		slices.SortFunc(ks, func(a, b int32) int { return int(r.phrases[a].head - r.phrases[b].head) })
		ch := Chain{Kind: c.actorKind()}
		for _, k := range ks {
			ch.Heads = append(ch.Heads, r.phrases[k].head)
			narrow, wide := r.wholePhrase(k)
			ch.Spans, ch.Wide = append(ch.Spans, narrow), append(ch.Wide, wide)
		}
		for _, k := range predicates[int32(id)] {
			narrow, _ := r.wholePhrase(k)
			ch.Heads, ch.Spans, ch.Wide = append(ch.Heads, r.phrases[k].head), append(ch.Spans, narrow), append(ch.Wide, doc.Span{})
		}
		out = append(out, ch)
	}
	return append(out, r.times()...)
}

// predicates are the phrases that say what somebody or something is, by the
// cluster of whom they say it, as far as nothing else speaks of them: "she is a
// lawyer", "the site, a shrine of old".
func (r *run) predicates() map[int32][]int32 {
	out := map[int32][]int32{}
	for k := range int32(len(r.phrases)) {
		p := &r.phrases[k]
		if p.cluster >= 0 && len(r.clusters[p.cluster].phrases) > 1 {
			continue
		}
		if id := r.saidOf(k); id >= 0 {
			out[id] = append(out[id], k)
		}
	}
	return out
}

// saidOf is the cluster that a predicate or apposition speaks of, or None.
func (r *run) saidOf(k int32) int32 {
	d, p := r.d, &r.phrases[k]
	of := d.Head(p.head)
	switch {
	case p.form == doc.FormPronoun, p.class == classTime, d.Child(p.head, doc.RelCase) >= 0:
		return doc.None
	case d.Child(p.head, doc.RelCop) >= 0 && p.cluster < 0 && !r.negated(p.head):
		of = d.Child(p.head, doc.RelNsubj)
	case d.Deprel(p.head) != doc.RelAppos, of < 0 || r.phraseOf[of] < 0, p.name >= 0 && r.phrases[r.phraseOf[of]].name >= 0:
		return doc.None // "Madrid, Spain"
	case p.class != r.phrases[r.phraseOf[of]].class:
		return doc.None
	}
	if of < 0 || r.phraseOf[of] < 0 || r.phraseOf[of] == k {
		return doc.None
	}
	return r.phrases[r.phraseOf[of]].cluster
}

// negated reports whether a predicate says what somebody is not.
func (r *run) negated(i int32) bool {
	for c := range r.d.Children(i) {
		switch strings.ToLower(r.d.Form(c)) {
		case "not", "n't", "n’t", "never", "no":
			return true
		}
	}
	return false
}

// times are the years and days that are named in the same words more than once.
func (r *run) times() []Chain {
	d := r.d
	at := map[string]int{}
	var out []Chain
	for i := int32(0); i < int32(d.Len()); i++ {
		w := strings.ToLower(d.Form(i))
		if !isYear(w) && !isDay(w) || d.Dateline.Whole.Has(i) {
			continue
		}
		n, ok := at[w]
		if !ok {
			n, at[w] = len(out), len(out)
			out = append(out, Chain{})
		}
		s := doc.Span{Begin: i, End: i + 1}
		out[n].Heads, out[n].Spans, out[n].Wide = append(out[n].Heads, i), append(out[n].Spans, s), append(out[n].Wide, s)
	}
	return out
}

func isYear(w string) bool {
	return len(w) == 4 && (w[:2] == "20" || w[0] == '1' && w[1] >= '5') && strings.Trim(w, "0123456789") == ""
}

func isDay(w string) bool {
	switch w {
	case "today", "tonight", "yesterday", "tomorrow":
		return true
	}
	return false
}

// wholePhrase is all that the tree hangs under the head of a phrase but what
// only links it to the sentence: the extents that corpora mark, without its
// appositions and with them.
func (r *run) wholePhrase(k int32) (narrow, wide doc.Span) {
	d, p := r.d, &r.phrases[k]
	if p.form == doc.FormPronoun {
		return p.span, p.span
	}
	narrow, wide = p.span, p.span
	for c := range d.Children(p.head) {
		sub := d.Subtree(c)
		if p.name >= 0 && c >= p.span.End && d.Deprel(c).Base() != doc.RelAcl && opensAside(d.Form(sub.Begin)) {
			continue
		}
		switch d.Deprel(c).Base() {
		case doc.RelConj, doc.RelCc, doc.RelMark, doc.RelCop, doc.RelNsubj, doc.RelPunct, doc.RelAux, doc.RelAdvcl,
			doc.RelParataxis, doc.RelDiscourse, doc.RelExpl, doc.RelOrphan, doc.RelDep:
			continue
		case doc.RelCase:
			if c < p.head {
				continue // a preposition, not the 's
			}
		case doc.RelAdvmod:
			if c < p.head {
				continue
			}
		case doc.RelAppos:
			wide = wide.Union(sub)
			continue
		}
		narrow, wide = narrow.Union(sub), wide.Union(sub)
	}
	if d.Deprel(p.head) == doc.RelAppos && p.cluster >= 0 {
		if q := r.phraseOf[max(d.Head(p.head), 0)]; q >= 0 && r.phrases[q].cluster == p.cluster {
			wide = doc.Span{}
		}
	}
	return narrow, wide
}

// opensAside reports whether a token begins what is said in passing of a name.
func opensAside(w string) bool { return w == "," || w == "(" || w == "[" }
