package actor

import (
	"strings"

	"readout/doc"
	"readout/registry"
)

// acting is the country that a capital speaks for where it is written as a
// party ("Ankara rejected the plan", "talks with Baku", "Tehran's demands"), or
// nil where it is a town ("in Ankara", "Baku's airport") or no capital.
func (r *run) acting(k int32) *registry.Entry {
	p := &r.phrases[k]
	x := &r.names[p.name]
	var e *registry.Entry
	for _, m := range x.match {
		if m.Form == registry.FormMetonym && m.Entry.Kind == registry.Country {
			e = m.Entry
		}
	}
	if e == nil || r.opensBlock(p.span) || !r.party(p.head) {
		return nil
	}
	return e
}

// opensBlock reports whether a place stands as a dateline does: first in its
// block, with a colon, comma, dash or bracket after it.
func (r *run) opensBlock(s doc.Span) bool {
	d := r.d
	if d.Dateline.Whole.Has(s.Begin) {
		return true
	}
	if len(d.Blocks) == 0 || s.End >= int32(d.Len()) || d.Blocks[r.blockOf[s.Begin]].Span.Begin != s.Begin {
		return false
	}
	switch d.Form(s.End) {
	case ":", ",", "-", "–", "—", "(":
		return true
	}
	return false
}

// party reports whether the place at token i is written as somebody who acts.
func (r *run) party(i int32) bool {
	d := r.d
	switch rel := d.Deprel(i); rel {
	case doc.RelConj:
		return d.Head(i) >= 0 && r.party(d.Head(i))
	case doc.RelNsubj, doc.RelNsubjOuter, doc.RelOblAgent:
		h := d.Head(i)
		return h >= 0 && (d.UPOS(h) == doc.VERB && !r.lex.town[d.Lemma(h)] || d.UPOS(h) == doc.ADJ && r.lex.willing[d.Lemma(h)])
	case doc.RelNsubjPass:
		h := d.Head(i)
		return h >= 0 && r.lex.towards[d.Lemma(h)]
	case doc.RelNmodPoss:
		h := r.phraseOf[max(d.Head(i), 0)]
		return h < 0 || !r.lex.nouns[r.phrases[h].lemma].all.has(classPlace) || r.lex.nouns[r.phrases[h].lemma].class == classState
	case doc.RelObj, doc.RelIobj:
		h := d.Head(i)
		return h >= 0 && r.lex.towards[d.Lemma(h)]
	case doc.RelObl, doc.RelNmod:
		return r.partyPreposition(i)
	}
	return false
}

// partyPreposition tells "talks with Baku", "pressure on Minsk" and "between
// Ankara and Athens" from "in Baku" and "a flight to Minsk".
func (r *run) partyPreposition(i int32) bool {
	d := r.d
	c := d.Child(i, doc.RelCase)
	if c < 0 {
		return false
	}
	h := d.Head(i)
	verb := h >= 0 && d.UPOS(h) == doc.VERB
	switch strings.ToLower(d.Form(c)) {
	case "with", "by", "against", "toward", "towards":
		return true
	case "between":
		return !verb || !r.lex.town[d.Lemma(h)]
	case "on":
		return h >= 0 && (d.Lemma(h) == "pressure" || d.Lemma(h) == "sanction" || d.Lemma(h) == "call" || d.Lemma(h) == "press" || d.Lemma(h) == "impose")
	case "from", "to":
		if h < 0 {
			return false
		}
		o := d.Child(h, doc.RelObj) // "sent a letter to Tehran"
		return r.lex.say[d.Lemma(h)] || r.lex.talk[d.Lemma(h)] || o >= 0 && r.lex.talk[d.Lemma(o)]
	}
	return false
}
