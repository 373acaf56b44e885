package eval

import (
	"unicode"
	"unicode/utf8"

	"readout/doc"
)

// Count is how many of a system's answers are right.
type Count struct{ Correct, Gold, System int }

// Add counts the answers of c as well.
func (n *Count) Add(c Count) {
	n.Correct += c.Correct
	n.Gold += c.Gold
	n.System += c.System
}

// PRF is precision, recall and F1 of n; 0 where there is nothing to divide by.
func (n Count) PRF() PRF {
	var f PRF
	if n.System > 0 {
		f.P = float64(n.Correct) / float64(n.System)
	}
	if n.Gold > 0 {
		f.R = float64(n.Correct) / float64(n.Gold)
	}
	if n.Gold+n.System > 0 {
		f.F = 2 * float64(n.Correct) / float64(n.Gold+n.System)
	}
	return f
}

// Syntax is what a document's text, tags and tree are worth, by the measures of
// the CoNLL 2018 shared task (https://universaldependencies.org/conll18/evaluation.html):
// a word that is not cut as in the gold is wrong in every column. LAS and CLAS
// disregard subtypes, LASFull does not; CLAS counts content words only. Words
// that the gold gives no lemma are right.
type Syntax struct {
	Tokens, Sentences, Words Count
	UPOS, XPOS, Feats, Lemma Count
	UAS, LAS, LASFull, CLAS  Count
}

// Add counts the figures of o as well.
func (s *Syntax) Add(o *Syntax) {
	for _, p := range [...]struct{ to, from *Count }{
		{&s.Tokens, &o.Tokens}, {&s.Sentences, &o.Sentences}, {&s.Words, &o.Words},
		{&s.UPOS, &o.UPOS}, {&s.XPOS, &o.XPOS}, {&s.Feats, &o.Feats}, {&s.Lemma, &o.Lemma},
		{&s.UAS, &o.UAS}, {&s.LAS, &o.LAS}, {&s.LASFull, &o.LASFull}, {&s.CLAS, &o.CLAS},
	} {
		p.to.Add(*p.from)
	}
}

// places gives for each token of d the range of characters it covers, white
// space not counted: what stays equal however a text is laid out.
func places(d *doc.Document) []doc.Range {
	out := make([]doc.Range, d.Len())
	at, seen := int32(0), int32(0)
	count := func(to int32) int32 {
		for seen < to {
			r, n := utf8.DecodeRuneInString(d.Text[seen:])
			seen += int32(n)
			if !unicode.IsSpace(r) {
				at++
			}
		}
		return at
	}
	for i, b := range d.Tokens.Bytes {
		begin := count(b.Begin)
		out[i] = doc.Range{Begin: begin, End: count(b.End)}
	}
	return out
}

// surface are the ranges of what is written as one: multiword tokens, and
// tokens that belong to none.
func surface(d *doc.Document, place []doc.Range) map[doc.Range]bool {
	out := make(map[doc.Range]bool, len(place))
	w := 0
	for i := int32(0); int(i) < len(place); {
		end := i + 1
		for w < len(d.Words) && d.Words[w].Begin < i {
			w++
		}
		if w < len(d.Words) && d.Words[w].Begin == i {
			end = d.Words[w].End
		}
		out[doc.Range{Begin: place[i].Begin, End: place[end-1].End}] = true
		i = end
	}
	return out
}

func sentencePlaces(d *doc.Document, place []doc.Range) map[doc.Range]bool {
	out := make(map[doc.Range]bool, len(d.Sentences))
	for _, s := range d.Sentences {
		if !s.Empty() {
			out[doc.Range{Begin: place[s.Begin].Begin, End: place[s.End-1].End}] = true
		}
	}
	return out
}

func agreed(gold, system map[doc.Range]bool) Count {
	n := Count{Gold: len(gold), System: len(system)}
	for r := range gold {
		if system[r] {
			n.Correct++
		}
	}
	return n
}

// CompareSyntax compares a system's document with the gold one. Both must have
// the same text but for white space; layers that the system lacks count as
// wrong.
func CompareSyntax(gold, system *doc.Document) *Syntax {
	gp, sp := places(gold), places(system)
	out := &Syntax{
		Tokens:    agreed(surface(gold, gp), surface(system, sp)),
		Sentences: agreed(sentencePlaces(gold, gp), sentencePlaces(system, sp)),
	}
	where := make(map[doc.Range]int32, len(sp))
	for i, r := range sp {
		where[r] = int32(i)
	}
	aligned := make([]int32, len(gp)) // system token of a gold one, or none
	words := Count{Gold: len(gp), System: len(sp)}
	for i, r := range gp {
		aligned[i] = doc.None
		if k, ok := where[r]; ok {
			aligned[i] = k
			words.Correct++
		}
	}
	out.Words = words
	words.Correct = 0
	out.UPOS, out.XPOS, out.Feats, out.Lemma = words, words, words, words
	out.UAS, out.LAS, out.LASFull = words, words, words
	tags, tree := system.Has&doc.LayerTags != 0, system.Has&doc.LayerTree != 0
	for i, k := range aligned {
		if k == doc.None {
			continue
		}
		if tags {
			out.compareTags(gold, system, int32(i), k)
		}
		if tree {
			out.compareArc(gold, system, int32(i), k, aligned)
		}
	}
	out.CLAS.Gold = contentWords(gold)
	if tree {
		out.CLAS.System = contentWords(system)
	}
	return out
}

func (s *Syntax) compareTags(gold, system *doc.Document, i, k int32) {
	add := func(n *Count, right bool) {
		if right {
			n.Correct++
		}
	}
	add(&s.UPOS, gold.UPOS(i) == system.UPOS(k))
	add(&s.XPOS, gold.XPOS(i) == system.XPOS(k))
	add(&s.Feats, gold.Strings.Get(gold.Tokens.Feats[i]) == system.Strings.Get(system.Tokens.Feats[k]))
	add(&s.Lemma, gold.Lemma(i) == system.Lemma(k) || gold.Lemma(i) == "")
}

func (s *Syntax) compareArc(gold, system *doc.Document, i, k int32, aligned []int32) {
	g, h := gold.Head(i), system.Head(k)
	if g == doc.Root != (h == doc.Root) || g != doc.Root && aligned[g] != h {
		return
	}
	s.UAS.Correct++
	if gold.Deprel(i).Base() != system.Deprel(k).Base() {
		return
	}
	s.LAS.Correct++
	if isContent(gold.Deprel(i)) {
		s.CLAS.Correct++
	}
	if gold.Deprel(i) == system.Deprel(k) {
		s.LASFull.Correct++
	}
}

func contentWords(d *doc.Document) int {
	n := 0
	for _, r := range d.Tokens.Deprel {
		if isContent(r) {
			n++
		}
	}
	return n
}

func isContent(r doc.Deprel) bool {
	switch r.Base() {
	case doc.RelAux, doc.RelCase, doc.RelCc, doc.RelClf, doc.RelCop, doc.RelDet, doc.RelMark, doc.RelPunct:
		return false
	}
	return true
}
