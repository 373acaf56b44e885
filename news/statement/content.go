package statement

import (
	"slices"

	"readout/doc"
)

// contents makes the pieces of a content from the spans that a frame gives:
// without the cue and the punctuation at their ends, with the whole of a
// quotation that begins or ends in them, in the order of the text.
func (f *finder) contents(v int32, cue doc.Span, parts []doc.Span) []doc.Span {
	inside := f.quoteAt[v]
	out := make([]doc.Span, 0, len(parts)+1)
	for _, s := range parts {
		if inside >= 0 {
			s = f.clip(s, f.d.Inner(f.d.Quotes[inside]))
		}
		for _, piece := range f.around(s, cue, v) {
			piece = f.trim(piece)
			if inside < 0 {
				piece = f.wholeQuotes(piece, v)
			}
			if piece.Begin > v {
				piece = f.trim(f.untilSaid(f.untilDone(piece), v))
			}
			if !piece.Empty() {
				out = append(out, piece)
			}
		}
	}
	return join(out)
}

// around cuts the cue, and the subject that stands by it, out of s.
func (f *finder) around(s, cue doc.Span, v int32) []doc.Span {
	if !s.Overlaps(cue) {
		return []doc.Span{s}
	}
	own := cue
	for c := range f.d.Children(v) {
		w := f.whole(c)
		switch f.d.Deprel(c).Base() {
		case doc.RelNsubj, doc.RelIobj, doc.RelAux, doc.RelAdvmod, doc.RelObl, doc.RelExpl:
			if !w.Overlaps(cue) && (w.End == own.Begin || w.Begin == own.End) {
				own = own.Union(w)
			}
		}
	}
	return []doc.Span{{Begin: s.Begin, End: own.Begin}, {Begin: own.End, End: s.End}}
}

// wholeQuotes widens s so that it cuts no quotation in two, and takes in one
// that follows it at once.
func (f *finder) wholeQuotes(s doc.Span, v int32) doc.Span {
	if s.Empty() {
		return s
	}
	if s.End < int32(f.d.Len()) && f.opens[s.End] >= 0 && f.d.Tokens.Sent[s.End] == f.d.Tokens.Sent[s.End-1] {
		if q := f.quoteAt[s.End]; q >= 0 && f.speech[q] < 0 && !f.d.Quotes[q].Span.Has(v) {
			s.End++
		}
	}
	if e := s.End; e+1 < int32(f.d.Len()) && f.d.Form(e) == "," && f.opens[e+1] >= 0 && f.d.Tokens.Sent[e+1] == f.d.Tokens.Sent[e-1] {
		// "would keep its word, “provided that”": quoted words that go on with a clause
		q := f.d.Quotes[f.opens[e+1]]
		if in := f.d.Inner(q); q.Depth == 0 && f.speech[f.opens[e+1]] < 0 && !in.Empty() && !f.capital(in.Begin) && !q.Span.Has(v) && e > v {
			s.End = e + 2
		}
	}
	for _, i := range []int32{s.Begin, s.End - 1} {
		if q := f.quoteAt[i]; q >= 0 && !f.d.Quotes[q].Span.Has(v) {
			s = s.Union(f.d.Quotes[q].Span)
			for n := int(q) + 1; n < len(f.d.Quotes) && f.d.Quotes[n].Continues; n++ {
				s = s.Union(f.d.Quotes[n].Span)
			}
		}
	}
	return s
}

// untilDone cuts s before a verb with tense that is joined to something without
// one: "urged them to sign and left" goes on with the speaker, not the content.
func (f *finder) untilDone(s doc.Span) doc.Span {
	d := f.d
	for i := s.Begin + 1; i < s.End; i++ {
		h := d.Head(i)
		if d.Deprel(i) != doc.RelConj || !s.Has(h) || d.UPOS(i) != doc.VERB || d.Feat(i, "VerbForm") != "Fin" || d.Child(i, doc.RelNsubj) >= 0 {
			continue
		}
		if f.tensed(h) || f.quoteAt[i] >= 0 && f.quoteAt[i] == f.quoteAt[s.Begin] {
			continue
		}
		if end := f.left[i]; end > s.Begin && end > h {
			return doc.Span{Begin: s.Begin, End: end}
		}
	}
	return s
}

// tensed: the predicate i has tense, itself or by an auxiliary.
func (f *finder) tensed(i int32) bool {
	if f.d.Feat(i, "VerbForm") == "Fin" {
		return true
	}
	for c := range f.d.Children(i) {
		switch f.d.Deprel(c).Base() {
		case doc.RelAux, doc.RelCop:
			if f.d.Feat(c, "VerbForm") == "Fin" || f.d.XPOS(c) == "MD" {
				return true
			}
		}
	}
	return false
}

// untilSaid cuts s where its source says something else: "said the truce would
// hold, adding that", "said the truce would hold, but she warned that". The
// parser hangs such a clause by the one before it as often as by the cue.
func (f *finder) untilSaid(s doc.Span, v int32) doc.Span {
	d := f.d
	inside := f.quoteAt[v]
	for i := s.Begin + 1; i < s.End-2; i++ {
		if d.Form(i) != "," || f.quoteAt[i] != inside {
			continue
		}
		k := i + 1
		switch f.lowerForm(k) {
		case "but", "and", "though", "although", "while":
			k++
		}
		pronoun := false
		switch f.lowerForm(k) {
		case "he", "she", "they":
			pronoun = true
			k++
		}
		for k < s.End && (d.UPOS(k) == doc.AUX || d.UPOS(k) == doc.ADV) {
			k++
		}
		if k >= s.End || f.quoteAt[k] != inside || !f.saysThat(k) && !(k == i+1 && d.Lemma(k) == "cite") {
			continue
		}
		joined := k > i+1 && !pronoun && d.Child(k, doc.RelNsubj) < 0 && d.XPOS(k) == d.XPOS(v) // ", and said"
		if pronoun || joined || k == i+1 && d.XPOS(k) == "VBG" {
			s.End = i
			return s
		}
	}
	return s
}

// untilJoined cuts contents that are no clauses before a second verb of saying of
// the same speaker: "urged them to stay and said that".
func (f *finder) untilJoined(content []doc.Span, v int32) []doc.Span {
	d := f.d
	for n, s := range content {
		for i := s.Begin + 1; i+1 < s.End; i++ {
			if d.UPOS(i) != doc.CCONJ || f.quoteAt[i] != f.quoteAt[v] || d.XPOS(i+1) != d.XPOS(v) || !f.saysThat(i+1) || d.Child(i+1, doc.RelNsubj) >= 0 {
				continue
			}
			if s = f.trim(doc.Span{Begin: s.Begin, End: i}); s.Empty() {
				return content[:n]
			}
			content[n] = s
			return content[:n+1]
		}
	}
	return content
}

// andThat widens s, a that-clause, with a second one joined to it: "said that it
// was over and that they would leave".
func (f *finder) andThat(s doc.Span) doc.Span {
	d := f.d
	for n := 0; n < 3 && s.End+2 < int32(d.Len()); n++ {
		i := s.End
		if d.Form(i) == "," {
			i++
		}
		if d.UPOS(i) != doc.CCONJ || f.lowerForm(i+1) != "that" || d.Tokens.Sent[i] != d.Tokens.Sent[s.Begin] || d.Deprel(i+1) != doc.RelMark {
			break
		}
		h := d.Head(i + 1)
		if h < i || f.left[h] < i {
			break
		}
		s.End = f.right[h] + 1
	}
	return s
}

// saysThat: i is a verb of saying that takes a clause and has more to say.
func (f *finder) saysThat(i int32) bool {
	w := f.t.cues[f.d.Lemma(i)]
	if w == nil || f.d.UPOS(i) != doc.VERB {
		return false
	}
	for _, r := range w[posVerb] {
		if len(r.ties) == 0 && r.frames&(frameClause|frameObjClause) != 0 && r.frames&frameQuote != 0 {
			return true
		}
	}
	return false
}

func (f *finder) clip(s, to doc.Span) doc.Span {
	s.Begin, s.End = max(s.Begin, to.Begin), min(s.End, to.End)
	if s.Begin > s.End {
		return doc.Span{}
	}
	return s
}

// join sorts spans and makes one of those that touch or overlap.
func join(spans []doc.Span) []doc.Span {
	slices.SortFunc(spans, func(a, b doc.Span) int { return int(a.Begin - b.Begin) })
	out := spans[:0]
	for _, s := range spans {
		if s.Empty() {
			continue
		}
		if n := len(out); n > 0 && s.Begin <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}
