package statement

import (
	"slices"

	"readout/doc"
	"readout/news/statement/label"
)

// This file joins what the labeller has found and what the rules have: each
// attribution of the labeller's becomes a statement. Where it is a candidate of
// the rules it keeps what they know of it, which act, who was spoken to, and
// takes the labeller's spans; otherwise it is made of the labeller's spans
// alone. Candidates that are no attribution stay where they lie within another's
// content, where the labeller has learned nothing, and where it is not sure.

// Means of the labeller's probabilities over the words of a content. From the
// first on an attribution is a statement: below, two of three were none on
// PolNeAR's dev part. From the others on a candidate of the rules stays that is no
// attribution, by whether the tables know its cue: a text on diplomacy has
// statements that PolNeAR's annotators never met.
const (
	leastSure    = 0.45
	leastSupport = 0.5
	leastKnown   = 0.1
)

// adopt makes the attributions of r statements and drops the candidates that it
// is sure are none.
func (f *finder) adopt(r *label.Reading) {
	list := slices.DeleteFunc(f.attributions(r), func(a attribution) bool { return a.conf < leastSure || f.stray(&a) })
	in, cueOf := f.owners(list)
	best := f.sameAs(list, in, cueOf)
	var out, more []found
	taken := make([]bool, len(f.out))
	for a := range list {
		switch k := best[a]; {
		case f.silenceAround(&list[a]):
		case k >= 0:
			taken[k] = true
			f.correct(r, &f.out[k], &list[a])
			more = append(more, f.further(&f.out[k], &list[a])...)
		default:
			if x, ok := f.madeOf(&list[a]); ok {
				more = append(more, x)
				more = append(more, f.further(&x, &list[a])...)
			}
		}
	}
	for k := range f.out {
		x := &f.out[k]
		if taken[k] || x.silence || x.nobody || x.parent > 0 || x.head < 0 || in[x.head] >= 0 || f.supported(r, x) {
			out = append(out, *x)
		}
	}
	f.out = append(out, more...)
}

// honest is the share of attributions that are right of those of which the
// labeller is so sure: between these points, which were read off PolNeAR's dev
// part, in straight lines.
func honest(p float32) float32 {
	points := [...][2]float32{{0, .2}, {.42, .4}, {.66, .5}, {.76, .55}, {.85, .68}, {.95, .79}, {.98, .84}, {.992, .9}, {.998, .93}, {1, .985}}
	for k := 1; k < len(points); k++ {
		if a, b := points[k-1], points[k]; p <= b[0] {
			return a[1] + float32((p-a[0])/(b[0]-a[0])*(b[1]-a[1]))
		}
	}
	return points[len(points)-1][1]
}

// stray: nobody is seen to report a, which is no quoted words; or it is but a
// word that begins a clause.
func (f *finder) stray(a *attribution) bool {
	first := a.content[0]
	if len(a.content) == 1 && first.Len() == 1 && (f.d.UPOS(first.Begin) == doc.SCONJ || f.relative(first.Begin)) {
		return true
	}
	return a.cue.Empty() && f.quoteAt[first.Begin] < 0
}

// supported: the labeller leaves room for x.
func (f *finder) supported(r *label.Reading, x *found) bool {
	least := float32(leastSupport)
	if x.rule != nil && !x.rule.unknown() {
		least = leastKnown
	}
	return sure(r, x.content) >= least
}

// owners gives each token the attribution whose content, and whose cue, it is
// in, or None.
func (f *finder) owners(list []attribution) (in, cueOf []int32) {
	n := f.d.Len()
	all := make([]int32, 2*n)
	for i := range all {
		all[i] = doc.None
	}
	in, cueOf = all[:n], all[n:]
	for a := range list {
		for _, s := range list[a].content {
			for i := s.Begin; i < s.End; i++ {
				in[i] = int32(a)
			}
		}
		for i := list[a].cue.Begin; i < list[a].cue.End; i++ {
			cueOf[i] = int32(a)
		}
	}
	return in, cueOf
}

// sameAs is the candidate that each attribution is, or None: one with the same
// cue if its content is another, one with half of the same content if its cue is
// another.
func (f *finder) sameAs(list []attribution, in, cueOf []int32) []int32 {
	best, score := make([]int32, len(list)), make([]float32, len(list))
	for a := range best {
		best[a] = doc.None
	}
	size := make([]int32, len(list))
	for a := range list {
		for _, s := range list[a].content {
			size[a] += int32(s.Len())
		}
	}
	shared := map[int32]int32{}
	for k := range f.out {
		x := &f.out[k]
		if x.silence || x.nobody || x.parent > 0 {
			continue
		}
		clear(shared)
		for _, s := range x.content {
			for i := s.Begin; i < s.End; i++ {
				if in[i] >= 0 {
					shared[in[i]]++
				}
			}
		}
		for a, both := range shared {
			like := float32(both) / float32(size[a]+x.size()-both)
			same := x.head >= 0 && cueOf[x.head] == a || list[a].cue.Overlaps(x.cue)
			if !same && like < .5 {
				continue
			}
			if same {
				like++
			}
			if like > score[a] {
				score[a], best[a] = like, int32(k)
			}
		}
	}
	return best
}

// silenceAround: what the labeller takes for an attribution is that somebody
// says nothing.
func (f *finder) silenceAround(a *attribution) bool {
	for i := a.cue.Begin; i < a.cue.End; i++ {
		if f.silenced[i] {
			return true
		}
	}
	for k := range f.out {
		if x := &f.out[k]; x.silence && (x.cue.Overlaps(a.cue) || overlapsAny(x.cue, a.content)) {
			return true
		}
	}
	return false
}

// correct gives x the spans of a.
func (f *finder) correct(r *label.Reading, x *found, a *attribution) {
	x.conf, x.sure = honest(a.conf), true
	if !f.begins(x, a) {
		x.content = f.sameBlockPieces(a.content)
	}
	if !a.cue.Empty() && overlapsAny(x.cue, x.content) {
		x.cue = a.cue
	}
	if src := f.trim(a.src); !src.Empty() && !src.Has(x.srcHead) && (x.srcHead < 0 || r.Of(x.srcHead, label.SourceBegin, label.SourceInside) < .5) {
		x.src, x.srcHead = src, f.d.HeadOf(src)
	}
}

// begins: the content of x begins with a verb that the labeller has in its cue:
// "denied | backing the group".
func (f *finder) begins(x *found, a *attribution) bool {
	if len(x.content) != 1 || len(a.content) != 1 {
		return false
	}
	s := x.content[0]
	return s.Covers(a.content[0]) && s.End == a.content[0].End && s.Begin < a.cue.End && x.cue.Begin <= a.cue.Begin && a.cue.End >= a.content[0].Begin
}

// sameBlockPieces are the pieces in the block of the first.
func (f *finder) sameBlockPieces(content []doc.Span) []doc.Span {
	n := 1
	for n < len(content) && f.sameBlock(content[0].Begin, content[n].Begin) {
		n++
	}
	return content[:n]
}

// further makes the pieces of a that stand in other paragraphs than the first
// statements of their own, one a paragraph: the same speech going on.
func (f *finder) further(x *found, a *attribution) []found {
	var out []found
	for rest := a.content[len(f.sameBlockPieces(a.content)):]; len(rest) > 0; {
		pieces := f.sameBlockPieces(rest)
		rest = rest[len(pieces):]
		out = append(out, found{head: doc.None, frame: frameQuote, src: x.src, srcHead: x.srcHead, content: pieces,
			quotes: true, act: doc.ActSay, conf: honest(a.conf), sure: true})
	}
	return out
}

// madeOf is the statement of an attribution that is no candidate of the rules;
// false where nobody is found who makes it.
func (f *finder) madeOf(a *attribution) (found, bool) {
	d := f.d
	x := found{rule: anyCue[0], head: doc.None, cue: a.cue, src: f.trim(a.src), srcHead: doc.None, content: f.sameBlockPieces(a.content),
		conf: honest(a.conf), sure: true, act: doc.ActOther}
	if q := f.opens[a.content[0].Begin]; q >= 0 {
		x.quotes, x.frame, x.act = true, frameQuote, doc.ActSay
	}
	if !a.cue.Empty() {
		x.head = d.HeadOf(a.cue)
		x.lemma = d.Lemma(x.head)
		x.act = f.actOf(x.head, x.frame, x.act)
	}
	if !x.src.Empty() {
		x.srcHead = d.HeadOf(x.src)
		if s := f.sourceSpan(x.srcHead, max(x.head, 0)); x.head >= 0 && f.nominal(x.srcHead) && !s.Empty() && !overlapsAny(s, x.content) && !s.Has(x.head) {
			x.src = s
		}
	} else if x.head >= 0 && !f.passive(x.head) && d.XPOS(x.head) != "VBN" {
		if sub := f.subject(x.head); sub >= 0 && !x.covers(sub) && f.nominal(sub) {
			x.src, x.srcHead = f.sourceSpan(sub, x.head), sub
		}
	}
	return x, x.srcHead >= 0
}

// actOf is what a cue that no rule fits does, by what the tables know of it in
// other shapes.
func (f *finder) actOf(i int32, fr frame, otherwise doc.Act) doc.Act {
	w := f.t.cues[f.d.Lemma(i)]
	if w == nil {
		return otherwise
	}
	p := posVerb
	switch f.d.UPOS(i) {
	case doc.NOUN:
		p = posNoun
	case doc.ADJ:
		p = posAdj
	}
	for _, fr := range []frame{fr, frameClause, frameNP, frameInf, framePP} {
		if act := w.act(p, fr, 0); act != 0 {
			return act
		}
	}
	return otherwise
}
