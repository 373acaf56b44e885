package statement

import (
	"strings"

	"readout/doc"
)

// according: "The talks had failed, according to an official." i is the word
// "according".
func (f *finder) according(i int32) {
	d := f.d
	if i+1 >= int32(d.Len()) || f.lowerForm(i+1) != "to" {
		return
	}
	// UD makes "according" a case marker of the source, with "to" fixed to it;
	// some parses make it the head of the source.
	src := d.Head(i)
	if d.Deprel(i).Base() != doc.RelCase || src < i {
		src = doc.None
		for c := range d.Children(i) {
			if r := d.Deprel(c).Base(); c > i+1 && (r == doc.RelObl || r == doc.RelNmod || r == doc.RelObj) {
				src = c
				break
			}
		}
	}
	if src < 0 {
		return
	}
	phrase := f.nounPhrase(src)
	phrase.Begin = min(phrase.Begin, i)
	span := doc.Span{Begin: i + 2, End: phrase.End}
	s := found{head: i, frame: framePP, lemma: "according to", act: doc.ActSay, srcHead: src, conf: 0.85,
		cue: doc.Span{Begin: i, End: i + 2}}
	s.src = f.trim(span)
	if s.src.Empty() {
		return
	}
	sent := d.SentenceOf(i)
	s.src.End = f.beforeVerb(s.src, src, sent.End)
	phrase = doc.Span{Begin: i, End: s.src.End}
	if q := f.quoteAt[i]; q >= 0 {
		sent = f.clip(sent, d.Inner(d.Quotes[q]))
	}
	s.content = f.accordingContent(i, phrase, sent)
	if len(s.content) > 0 {
		f.out = append(f.out, s)
	}
}

// beforeVerb is where the source s with head src ends: at its first comma, where
// the rest of the sentence would else begin with a verb and have no subject.
func (f *finder) beforeVerb(s doc.Span, src, end int32) int32 {
	d := f.d
	next := s.End
	for next < end && f.loose(next) {
		next++
	}
	if next >= end || d.UPOS(next) != doc.VERB && d.UPOS(next) != doc.AUX || d.XPOS(next) == "VBG" {
		return s.End
	}
	for i := src + 1; i < s.End; i++ {
		if d.Form(i) == "," {
			return i
		}
	}
	return s.End
}

// accordingContent is the clause that "according to" belongs to: all of the
// sentence where it stands at its beginning or end, the clause around it where a
// conjunction parts the sentence.
func (f *finder) accordingContent(i int32, phrase, sent doc.Span) []doc.Span {
	d := f.d
	all := sent
	// The verb it hangs by, and up from there through complements.
	h := d.Head(i)
	if d.Deprel(i).Base() == doc.RelCase && h >= 0 {
		h = d.Head(h)
	}
	for n := 0; h >= 0 && n < 10; n++ {
		switch d.Deprel(h).Base() {
		case doc.RelConj:
			// "X rose, but Y fell, according to Z" is only sure of the last part.
			if own := f.whole(h); f.verbal(h) && d.Child(h, doc.RelNsubj) >= 0 {
				all = f.withoutCc(h, own)
				h = doc.None
				continue
			}
		}
		h = d.Head(h)
	}
	if !all.Overlaps(phrase) {
		all = sent
	}
	if phrase.Begin <= sent.Begin+1 { // first in its sentence: up to a second main clause
		if r := f.rootOf(sent); r >= 0 {
			for c := range d.Children(r) {
				if d.Deprel(c) == doc.RelConj && c > r && f.verbal(c) && d.Child(c, doc.RelNsubj) >= 0 {
					all.End = min(all.End, f.left[c])
					break
				}
			}
		}
	}
	parts := []doc.Span{{Begin: all.Begin, End: phrase.Begin}, {Begin: phrase.End, End: all.End}}
	return f.contents(i, phrase, parts)
}

func (f *finder) withoutCc(h int32, s doc.Span) doc.Span {
	for c := range f.d.Children(h) {
		if c < h && f.d.Deprel(c) == doc.RelCc && c <= s.Begin+1 {
			s.Begin = c + 1
		}
	}
	return s
}

func (f *finder) rootOf(sent doc.Span) int32 {
	for i := sent.Begin; i < sent.End; i++ {
		if f.d.Head(i) < 0 {
			return i
		}
	}
	return doc.None
}

// reportedly: an adverb that says others have said so; nobody is named. The
// content is the clause without the adverb.
func (f *finder) reportedly(i int32, act doc.Act) {
	d := f.d
	h := d.Head(i)
	if h < 0 {
		return
	}
	if !f.verbal(h) { // "the reportedly poor health of the king"
		if hh := d.Head(h); d.Deprel(h).Base() == doc.RelAmod && hh >= 0 {
			h = hh
		}
	}
	all := f.whole(h)
	if d.Deprel(h) == doc.RelAclRelcl || d.Deprel(h) == doc.RelAcl {
		all = f.whole(h)
	}
	if sub := f.subject(h); sub >= 0 && d.Child(h, doc.RelNsubj) < 0 && sub < all.Begin {
		all = doc.Span{Begin: all.Begin, End: all.End}
	}
	all = f.withoutCc(h, all)
	s := found{head: i, frame: frameClause, lemma: strings.ToLower(d.Lemma(i)), act: act, srcHead: doc.None, nobody: true,
		cue: doc.Span{Begin: i, End: i + 1}, src: doc.Span{Begin: i, End: i + 1}, conf: 0.7}
	s.content = f.contents(i, s.cue, []doc.Span{{Begin: all.Begin, End: i}, {Begin: i + 1, End: all.End}})
	if len(s.content) > 0 {
		f.out = append(f.out, s)
	}
}
