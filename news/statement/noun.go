package statement

import (
	"strings"

	"readout/doc"
)

// noun looks for a statement whose cue is the noun i: "his claim that", "the
// envoy's call for". Somebody must have it: an owner, or "by" and "of" after it.
func (f *finder) noun(i int32, rules []*rule) bool {
	d := f.d
	own := int32(doc.None)
	for c := range d.Children(i) {
		if d.Deprel(c) == doc.RelNmodPoss {
			own = c
		}
	}
	if own < 0 {
		own = f.ownerBefore(i)
	}
	if own < 0 {
		for c := range d.Children(i) {
			if p := f.preposition(c); c > i && p >= 0 && d.Lemma(p) == "by" && d.Deprel(c).Base() == doc.RelNmod {
				own = c
			}
		}
	}
	if own < 0 {
		return false
	}
	for _, r := range rules {
		s := found{rule: r, head: i, lemma: d.Lemma(i), act: r.act, srcHead: own, conf: 0.65}
		end := i
		for c := range d.Children(i) {
			if c <= i || c == own {
				continue
			}
			part := doc.Span{}
			rel := d.Deprel(c)
			switch {
			case (rel == doc.RelAcl || rel == doc.RelCcomp || rel == doc.RelAdvcl) && r.frames&frameInf != 0 && f.infinitive(c):
				part, s.frame = f.whole(c), frameInf
			case (rel == doc.RelAcl || rel == doc.RelCcomp || rel == doc.RelAclRelcl) && r.frames&frameClause != 0 && f.that(c):
				part, s.frame = f.whole(c), frameClause
			case (rel.Base() == doc.RelNmod || rel == doc.RelAcl) && r.frames&framePP != 0:
				p := f.preposition(c)
				if p < 0 {
					p = f.marker(c)
				}
				if p == i+1 && r.takes(d.Lemma(p)) {
					part, s.frame = doc.Span{Begin: p + 1, End: f.right[c] + 1}, framePP
					end, s.prep = p, d.Lemma(p)
				}
			}
			if !part.Empty() {
				s.cue = doc.Span{Begin: i, End: end + 1}
				s.content = f.contents(i, s.cue, []doc.Span{part})
				break
			}
		}
		if len(s.content) == 0 {
			continue
		}
		s.src = f.ownerSpan(own)
		if !s.src.Empty() && !overlapsAny(s.src, s.content) && f.canSpeak(own, &s) {
			f.out = append(f.out, s)
		}
		return true
	}
	return false
}

// ownerBefore is the noun whose 's stands before i and its adjectives, where the
// parser hung it elsewhere; None without one.
func (f *finder) ownerBefore(i int32) int32 {
	d := f.d
	k := i - 1
	for k > 0 && k > i-4 && (d.UPOS(k) == doc.ADJ || d.UPOS(k) == doc.ADV || d.UPOS(k) == doc.NUM) {
		k--
	}
	if k <= 0 || d.UPOS(k) != doc.PART || d.Tokens.Sent[k] != d.Tokens.Sent[i] {
		return doc.None
	}
	switch d.Form(k) {
	case "'s", "’s", "'", "’":
		if h := d.Head(k); h >= 0 && h < k && d.Head(h) != h {
			return h
		}
	}
	return doc.None
}

// ownerSpan is the noun phrase of a possessor with its 's.
func (f *finder) ownerSpan(own int32) doc.Span {
	s := f.whole(own)
	if p := f.preposition(own); p >= 0 && p == s.Begin {
		s.Begin++
	}
	return f.trim(s)
}

// that: the clause c begins with "that", or is one with a subject.
func (f *finder) that(c int32) bool {
	if m := f.marker(c); m >= 0 {
		return strings.EqualFold(f.d.Form(m), "that")
	}
	return false
}

func (f *finder) marker(c int32) int32 {
	for m := range f.d.Children(c) {
		if m < c && f.d.Deprel(m) == doc.RelMark {
			return m
		}
	}
	return doc.None
}

// adjective looks for a statement whose cue is a predicate: "is optimistic
// that", "has been critical of".
func (f *finder) adjective(i int32, rules []*rule) bool {
	d := f.d
	cop := d.Child(i, doc.RelCop)
	if cop < 0 { // "was concerned about", which parsers take for a passive
		cop = d.Child(i, doc.RelAux)
	}
	if cop < 0 && !(d.Deprel(i).Base() == doc.RelXcomp && d.Head(i) >= 0 && d.Head(i) < i) {
		return false
	}
	sub := f.subject(i)
	if sub < 0 {
		return false
	}
	for _, r := range rules {
		s := found{rule: r, head: i, lemma: d.Lemma(i), act: r.act, srcHead: sub, conf: 0.7}
		end := i
		for c := range d.Children(i) {
			if c <= i {
				continue
			}
			part := doc.Span{}
			rel := d.Deprel(c).Base()
			switch {
			case r.frames&frameInf != 0 && (rel == doc.RelXcomp || rel == doc.RelCcomp || rel == doc.RelAdvcl) && f.infinitive(c):
				part, s.frame = f.whole(c), frameInf
			case r.frames&frameClause != 0 && (rel == doc.RelCcomp || rel == doc.RelAdvcl && f.that(c)):
				part, s.frame = f.whole(c), frameClause
			case r.frames&framePP != 0 && (rel == doc.RelObl || rel == doc.RelAdvcl || rel == doc.RelNmod):
				p := f.preposition(c)
				if p < 0 {
					p = f.marker(c)
				}
				if p == i+1 && r.takes(d.Lemma(p)) {
					part, s.frame, end, s.prep = doc.Span{Begin: p + 1, End: f.right[c] + 1}, framePP, p, d.Lemma(p)
				}
			}
			if !part.Empty() {
				s.cue = f.cueSpan(i, end)
				s.content = f.contents(i, s.cue, []doc.Span{part})
				break
			}
		}
		if len(s.content) == 0 {
			continue
		}
		s.src = f.sourceSpan(sub, i)
		if !s.src.Empty() && !overlapsAny(s.src, s.content) && f.canSpeak(sub, &s) {
			f.out = append(f.out, s)
		}
		return true
	}
	return false
}
