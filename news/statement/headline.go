package statement

import (
	"strings"

	"readout/doc"
)

// maxSpeaker is how many tokens a speaker before a colon may have: "Poll",
// "The new foreign minister of Ghana".
const maxSpeaker = 8

// headlines finds speech that a colon introduces at the beginning of a block:
// "Envoy: Talks will resume", "The minister: “We are ready.”"
func (f *finder) headlines() {
	for n, b := range f.d.Blocks {
		if b.Span.Empty() {
			continue
		}
		if f.opens[b.Span.Begin] >= 0 && f.capitals(b.Span.Begin+1) {
			b.Span.Begin++ // a transcript in quotation marks
		}
		colon := int32(doc.None)
		for i := b.Span.Begin + 1; i < b.Span.End && i <= b.Span.Begin+maxSpeaker; i++ {
			if f.d.Form(i) == ":" {
				colon = i
				break
			}
		}
		if colon < 0 || colon+2 >= b.Span.End || f.d.Dateline.Whole.Has(b.Span.Begin) {
			continue
		}
		quoted := f.opens[colon+1] >= 0 && f.quoteAt[colon+1] >= 0
		if !quoted && n > 0 && b.Kind != doc.BlockHeading && !f.capitals(b.Span.Begin) {
			continue
		}
		f.headline(doc.Span{Begin: b.Span.Begin, End: colon}, colon, b.Span, quoted)
	}
}

// headline adds the statement of the speaker before a colon.
func (f *finder) headline(who doc.Span, colon int32, block doc.Span, quoted bool) {
	d := f.d
	for i := who.Begin; i < who.End; i++ {
		if u := d.UPOS(i); u == doc.VERB || u == doc.AUX || f.quoteAt[i] >= 0 && f.quoteAt[i] != f.quoteAt[colon] {
			return
		}
	}
	head := d.HeadOf(who)
	if !f.speaker(who, head, quoted) {
		return
	}
	content := doc.Span{Begin: colon + 1, End: block.End}
	if quoted {
		q := f.quoteAt[colon+1]
		if f.speech[q] >= 0 {
			return
		}
		content = d.Quotes[q].Span
		f.speech[q] = colon
	}
	content = f.trim(content)
	if f.quoteAt[colon] < 0 {
		content = f.wholeQuotes(content, colon)
	}
	for i := range f.out { // what the tree made of the same words stays within
		if f.out[i].head == colon {
			return
		}
	}
	if content.Empty() {
		return
	}
	f.out = append(f.out, found{head: colon, frame: frameQuote, lemma: ":", act: doc.ActSay, cue: doc.Span{Begin: colon, End: colon + 1},
		src: f.trim(who), srcHead: head, content: []doc.Span{content}, quotes: quoted, conf: 0.7})
}

// capitals: i is a name all in capitals, as transcripts have it.
func (f *finder) capitals(i int32) bool {
	if int(i) >= f.d.Len() {
		return false
	}
	form := f.d.Form(i)
	return int(i)+1 < f.d.Len() && f.d.Form(i+1) == ":" && len(form) > 2 && strings.ToUpper(form) == form
}

// speaker: the words before a colon name somebody who can speak; a country or
// place there is a topic, unless what follows is quoted.
func (f *finder) speaker(who doc.Span, head int32, quoted bool) bool {
	d := f.d
	if _, ok := f.t.people[d.Lemma(head)]; ok && d.UPOS(head) != doc.PROPN {
		return true
	}
	for _, m := range d.MentionsIn(who) {
		a := d.Mentions[m].Actor
		if a < 0 {
			continue
		}
		switch d.Actors[a].Kind {
		case doc.KindPerson, doc.KindOrganization, doc.KindGroup:
			return true
		case doc.KindCountry:
			return quoted
		}
	}
	for _, n := range d.Names {
		if n.Span.Begin >= who.End {
			break
		}
		if who.Covers(n.Span) {
			return n.Kind == doc.NamePER || quoted
		}
	}
	// Nothing but a name, and nobody says of what.
	for i := who.Begin; i < who.End; i++ {
		if u := d.UPOS(i); u != doc.PROPN && u != doc.NOUN || !f.capital(i) {
			return false
		}
	}
	return who.Len() <= 2
}
