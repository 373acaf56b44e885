package statement

import (
	"fmt"
	"slices"

	"readout/doc"
)

// judging is what a word of judging.tsv does in a judgement.
type judging uint8

const (
	judgesAlone judging = 1 << iota // a noun that judges by itself: "a breakthrough"
	judgesWith                      // a noun that judges with an adjective: "a pivotal moment"
	judgesAdj                       // such an adjective
	judgesVerb                      // a verb that gives a judgement: "marks"
	judgesPred                      // an adjective that judges as a predicate: "was disastrous"
)

var judgingNames = map[string]judging{"noun": judgesAlone, "with-adjective": judgesWith, "adjective": judgesAdj, "verb": judgesVerb, "predicate": judgesPred}

func (t *tables) addJudging(row []string) error {
	k, ok := judgingNames[row[1]]
	if !ok {
		return fmt.Errorf("unknown part %q in a judgement", row[1])
	}
	t.judging[row[0]] |= k
	return nil
}

// judgements are the outlet's own evaluations, outside of anybody's statement
// and of quotation marks.
func (f *finder) judgements() []doc.Span {
	d := f.d
	said := make([]bool, d.Len())
	for i := range f.out {
		for _, c := range f.out[i].content {
			for t := c.Begin; t < c.End; t++ {
				said[t] = true
			}
		}
	}
	out := []doc.Span{}
	for i := int32(0); i < int32(d.Len()); i++ {
		k, ok := f.t.judging[d.Lemma(i)]
		if !ok || said[i] || f.quoteAt[i] >= 0 {
			continue
		}
		s := doc.Span{}
		switch d.UPOS(i) {
		case doc.NOUN:
			s = f.judgingNoun(i, k)
		case doc.ADJ:
			if k&judgesPred != 0 && d.Child(i, doc.RelCop) >= 0 {
				s = f.cueSpan(i, i)
				s.Begin = max(s.Begin, i-2)
			}
		}
		if s.Empty() || slices.ContainsFunc(out, s.Overlaps) && out[len(out)-1].Overlaps(s) {
			continue
		}
		out = append(out, s)
	}
	return out
}

// judgingNoun is the noun phrase of i when it judges: by itself or with its
// adjective, as a predicate, in apposition, or as the object of a verb that
// judges.
func (f *finder) judgingNoun(i int32, k judging) doc.Span {
	d := f.d
	adj := int32(doc.None)
	begin := i
	for c := range d.Children(i) {
		if c > i {
			break
		}
		switch d.Deprel(c).Base() {
		case doc.RelDet, doc.RelAmod, doc.RelCompound, doc.RelAdvmod:
			begin = min(begin, f.left[c])
		}
		if d.Deprel(c) == doc.RelAmod && f.t.judging[d.Lemma(c)]&judgesAdj != 0 {
			adj = c
		}
	}
	if k&judgesAlone == 0 && (k&judgesWith == 0 || adj < 0) {
		return doc.Span{}
	}
	h := d.Head(i)
	switch {
	case d.Child(i, doc.RelCop) >= 0 && d.Deprel(i) != doc.RelAclRelcl:
	case d.Deprel(i) == doc.RelAppos:
	case h >= 0 && (d.Deprel(i).Base() == doc.RelObj || d.Deprel(i).Base() == doc.RelObl || d.Deprel(i).Base() == doc.RelXcomp) &&
		f.t.judging[d.Lemma(h)]&judgesVerb != 0:
	default:
		return doc.Span{}
	}
	return doc.Span{Begin: begin, End: i + 1}
}
