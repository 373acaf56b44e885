package statement

import (
	"fmt"
	"slices"
	"strings"

	"readout/doc"
)

// how is the way in which someone is reported to say nothing.
type how uint8

const (
	howNot     how = iota // did not comment, issued no statement, neither of them has replied
	howYet                // has yet to comment
	howDecline            // declined to comment
	howFail               // failed to respond
	howPassive            // could not be reached
	howWould              // would not say
	howState              // remained silent
	howNo                 // there was no comment from the ministry
)

var howNames = map[string]how{"not": howNot, "yet": howYet, "decline": howDecline, "fail": howFail,
	"passive": howPassive, "would": howWould, "state": howState, "no": howNo}

// silence is a row of silences.tsv.
type silence struct {
	how         how
	complements []string // one of them must hang by the word; nil asks for none
	act         doc.Act
}

func (t *tables) addSilence(row []string) error {
	h, ok := howNames[row[1]]
	if !ok {
		return fmt.Errorf("unknown way of silence %q", row[1])
	}
	s := &silence{how: h}
	if row[2] != "*" {
		s.complements = strings.Fields(row[2])
	}
	if s.act, ok = doc.ParseAct(row[3]); !ok {
		return fmt.Errorf("unknown act %q", row[3])
	}
	t.silences[row[0]] = append(t.silences[row[0]], s)
	return nil
}

// silent looks for a silence around token i and adds one statement for each
// party to it. It reports whether i is taken up by one.
func (f *finder) silent(i int32) bool {
	for _, s := range f.t.silences[f.d.Lemma(i)] {
		head, subject, ok := f.silenceAt(i, s)
		if !ok || subject >= 0 && f.t.people[f.d.Lemma(subject)] == paper {
			continue
		}
		if subject < 0 || f.d.Feat(subject, "PronType") == "Rel" && f.d.Head(subject) < 0 {
			continue
		}
		cue := f.cueSpan(head, i)
		f.silenced[head], f.silenced[i] = true, true
		for _, party := range f.parties(subject) {
			f.out = append(f.out, found{head: i, cue: cue, lemma: f.d.Lemma(i), act: s.act, silence: true,
				src: f.withoutPreposition(party, f.conjunct(party)), srcHead: party, conf: 0.9})
		}
		return true
	}
	return false
}

// silenceAt checks one row at token i and gives the token the cue begins with
// and the subject's token, None when the text names nobody.
func (f *finder) silenceAt(i int32, s *silence) (head, subject int32, ok bool) {
	d := f.d
	if !f.hasComplement(i, s.complements) {
		return 0, 0, false
	}
	h := d.Head(i)
	switch s.how {
	case howNot:
		if d.UPOS(i) != doc.VERB {
			return 0, 0, false
		}
		subject = f.subject(i)
		return i, subject, subject >= 0 && !f.passive(i) && (f.negated(i) || f.noObject(i) || f.neither(subject))
	case howWould:
		subject = f.subject(i)
		return i, subject, subject >= 0 && d.UPOS(i) == doc.VERB && f.modal(i, "would") && f.negated(i)
	case howYet:
		if i < 2 || d.Form(i-1) != "to" || d.Form(i-2) != "yet" {
			return 0, 0, false
		}
		if subject = f.subject(i); subject < 0 && h >= 0 {
			subject = f.subject(h)
		}
		if h >= 0 && h < i && d.Deprel(i).Base() == doc.RelXcomp {
			return h, subject, subject >= 0
		}
		return i, subject, subject >= 0
	case howDecline, howFail:
		if h < 0 || h > i || d.Deprel(i).Base() != doc.RelXcomp {
			return 0, 0, false
		}
		if l := d.Lemma(h); s.how == howDecline && l != "decline" && l != "refuse" || s.how == howFail && l != "fail" {
			return 0, 0, false
		}
		subject = f.subject(h)
		return h, subject, subject >= 0 && !f.negated(h)
	case howPassive:
		subject = d.Child(i, doc.RelNsubj)
		return i, subject, subject >= 0 && f.negated(i) && f.passive(i)
	case howState:
		return f.silentState(i)
	default:
		return f.noWord(i)
	}
}

// silentState finds the subject of "remained silent" and "was unavailable".
func (f *finder) silentState(i int32) (head, subject int32, ok bool) {
	d := f.d
	if d.UPOS(i) != doc.ADJ && d.UPOS(i) != doc.ADV && d.UPOS(i) != doc.NOUN {
		return 0, 0, false
	}
	if cop := d.Child(i, doc.RelCop); cop >= 0 {
		subject = f.subject(i)
		return cop, subject, subject >= 0 && !f.negated(i)
	}
	h := d.Head(i)
	if h < 0 || h > i || f.infinitive(h) {
		return 0, 0, false
	}
	switch d.Lemma(h) {
	case "remain", "stay", "keep", "fall":
		subject = f.subject(h)
		return h, subject, subject >= 0 && !f.negated(h)
	}
	return 0, 0, false
}

// noWord finds who "no comment from the ministry" speaks of.
func (f *finder) noWord(i int32) (head, subject int32, ok bool) {
	d := f.d
	if d.UPOS(i) != doc.NOUN {
		return 0, 0, false
	}
	no := int32(doc.None)
	for c := range d.Children(i) {
		if d.Deprel(c).Base() == doc.RelDet && d.Lemma(c) == "no" {
			no = c
		}
	}
	if no < 0 {
		return 0, 0, false
	}
	for _, at := range []int32{i, d.Head(i)} {
		if at < 0 {
			continue
		}
		for c := range d.Children(at) {
			if r := d.Deprel(c).Base(); r != doc.RelNmod && r != doc.RelObl {
				continue
			}
			if p := f.preposition(c); p >= 0 && (d.Lemma(p) == "from" || d.Lemma(p) == "by") && c > i {
				return no, c, true
			}
		}
	}
	return 0, 0, false
}

// hasComplement reports whether one of the words hangs by i or by what hangs
// by it; it asks for nothing when there are none.
func (f *finder) hasComplement(i int32, words []string) bool {
	if words == nil {
		return true
	}
	for c := range f.d.Children(i) {
		if slices.Contains(words, f.d.Lemma(c)) {
			return true
		}
		for g := range f.d.Children(c) {
			switch f.d.Deprel(c).Base() {
			case doc.RelCcomp, doc.RelAdvcl, doc.RelXcomp: // "did not say when it would leave"
				if c > i && g > i && slices.Contains(words, f.d.Lemma(g)) {
					return true
				}
			}
		}
	}
	return false
}

// noObject: "issued no statement".
func (f *finder) noObject(i int32) bool {
	o := f.d.Child(i, doc.RelObj)
	if o < 0 {
		return false
	}
	for c := range f.d.Children(o) {
		if f.d.Deprel(c).Base() == doc.RelDet && f.d.Lemma(c) == "no" {
			return true
		}
	}
	return false
}

// neither: "neither Chad nor Niger has replied", "neither side replied", "no
// party has commented".
func (f *finder) neither(subject int32) bool {
	d := f.d
	if subject < 0 {
		return false
	}
	switch strings.ToLower(d.Form(subject)) {
	case "neither", "none", "nobody":
		return true
	}
	for c := range d.Children(subject) {
		if c > subject {
			break
		}
		switch strings.ToLower(d.Form(c)) {
		case "neither", "no":
			return true
		}
	}
	if b := f.left[subject]; b > d.SentenceOf(subject).Begin && strings.EqualFold(d.Form(b-1), "neither") {
		return true // where the parser hung it elsewhere
	}
	return false
}

// parties are the members of a coordination, in text order; one token where
// there is none.
func (f *finder) parties(i int32) []int32 {
	out := []int32{i}
	for c := range f.d.Children(i) {
		if f.d.Deprel(c) == doc.RelConj && len(out) < maxParties {
			out = append(out, c)
		}
	}
	return out
}

// maxParties bounds how many statements one coordination makes.
const maxParties = 6

// withoutPreposition takes the preposition of i off the beginning of its span.
func (f *finder) withoutPreposition(i int32, s doc.Span) doc.Span {
	for s.Begin < i && f.d.Deprel(s.Begin).Base() == doc.RelCase {
		s.Begin++
	}
	return s
}

// conjunct is the span of i without the conjuncts that follow it and without
// "both" and "neither" before it.
func (f *finder) conjunct(i int32) doc.Span {
	d := f.d
	s := doc.Span{Begin: i, End: i + 1}
	end := f.right[i] + 1
	for c := range d.Children(i) {
		switch d.Deprel(c) {
		case doc.RelConj, doc.RelCc:
			if c > i {
				end = min(end, f.left[c])
			}
			continue
		case doc.RelCcPreconj:
			continue
		case doc.RelPunct:
			continue
		}
		if c < i {
			if l := strings.ToLower(d.Form(c)); l == "neither" || (l == "both" || l == "either") && d.Child(i, doc.RelConj) >= 0 {
				continue
			}
			s.Begin = min(s.Begin, f.left[c])
			continue
		}
		s.End = max(s.End, f.right[c]+1)
	}
	s.End = min(s.End, max(end, i+1))
	return f.trim(s)
}
