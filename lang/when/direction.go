package when

import (
	"readout/doc"
)

// tense is where the verb over an expression puts it.
type tense uint8

const (
	unknown tense = iota // a weekday is past, a date the nearest
	past
	future
	hoped // ahead of a past or present verb (would, agreed to): a weekday is ahead, a date the nearest
	near  // ahead of a past one, and perhaps past by now (was due to): the nearest
	once  // the same, given up by now (had planned to): the nearest, a date ahead only within a season
)

// direction is a tense, and whether the expression hangs on a noun below the
// verb: "announced talks on Friday".
type direction struct {
	tense tense
	noun  bool
	aside bool // that noun is neither subject nor object of the verb
}

// maxClimb bounds the way up the tree.
const maxClimb = 24

// directionOf is the direction of e by its own words, its preposition, and the
// tree.
func (f *finder) directionOf(e *expr) direction {
	dir := f.direction(doc.Span{Begin: e.core, End: e.end}, e.relation)
	switch {
	case e.forward || e.within:
		dir.tense = future
	case e.relation == doc.TimeSince && !f.word(e.begin, "from"):
		dir.tense, dir.noun = past, false
	case e.begin == e.core && f.word(e.begin-1, "for"): // set for Friday
		dir.tense = hoped
	case e.begin == e.core && f.word(e.begin-1, "to") && f.extended(e): // put off to January
		dir.tense = hoped
	case e.relation == doc.TimeBefore && f.word(e.begin, "ahead"):
		dir.tense = hoped
	}
	return dir
}

// extended reports that e hangs on a verb of postponing.
func (f *finder) extended(e *expr) bool {
	if f.d.Has&doc.LayerTree == 0 {
		return false
	}
	h := f.d.Head(f.d.HeadOf(doc.Span{Begin: e.core, End: e.end}))
	return h >= 0 && f.lemma(h, clExtend)
}

// direction climbs from the head of s to the first verb that has a tense;
// relation is that of the expression.
func (f *finder) direction(s doc.Span, relation doc.TimeRelation) direction {
	until := relation == doc.TimeUntil || relation == doc.TimeBy
	var out direction
	if f.d.Has&doc.LayerTree == 0 {
		return out
	}
	i := f.d.HeadOf(s)
	out.noun = f.d.Deprel(i).Base() == doc.RelNsubj // "March 3 was proposed"
	for range maxClimb {
		h := f.d.Head(i)
		if h == doc.Root || s.Has(h) {
			return out
		}
		below := i
		i = h
		rel := f.d.Deprel(below).Base()
		out.aside = out.noun && rel != doc.RelObj && rel != doc.RelNsubj
		if u := f.d.UPOS(i); u == doc.VERB || u == doc.AUX || f.below(i).cop {
			if out.tense = f.verb(i, out.noun, until); !out.noun && out.tense == past && f.appeals(i, below) {
				out.noun = true
				out.tense = f.verb(i, true, until)
			}
			if out.tense == hoped && out.aside && f.presentVerb(i) {
				out.tense = past // "questions what was said at Monday's debate"
			}
			if out.tense != unknown {
				return out
			}
			continue
		}
		out.noun = true
		if f.below(i).planned {
			out.tense = future
			return out
		}
	}
	return out
}

// appeals reports whether the time with head t, which hangs on verb v, may be
// that of what v calls for: "called for talks in May", "proposed a vote in May".
func (f *finder) appeals(v, t int32) bool {
	for c := range f.d.Children(v) {
		if c < v || c > t || f.d.UPOS(c) != doc.NOUN {
			continue
		}
		switch f.d.Deprel(c).Base() {
		case doc.RelObj:
			return f.lemma(v, clPlan)
		case doc.RelObl:
			return f.lemma(v, clAppeal) && f.word(v+1, "for")
		}
	}
	return false
}

// presentVerb reports a predicate in the present tense.
func (f *finder) presentVerb(v int32) bool {
	x := f.d.XPOS(v)
	return x == "VBZ" || x == "VBP" || f.below(v).present
}

// lemma reports whether the lemma or form of token i is of class c.
func (f *finder) lemma(i int32, c class) bool {
	for _, e := range f.table[f.d.Lemma(i)] {
		if e.class == c {
			return true
		}
	}
	return f.has(i, c)
}

// verb is the tense of the clause of predicate v as it bears on what depends on
// it; noun says whether nouns stand between, until that it is a deadline.
func (f *finder) verb(v int32, noun, until bool) tense {
	aux := f.below(v)
	xpos := f.d.XPOS(v)
	over := aux.past || aux.have
	switch {
	case aux.modal && aux.have && xpos == "VBN": // would have met
		return past
	case aux.would:
		return hoped
	case aux.modal, aux.going:
		return future
	case aux.past && aux.to && xpos == "VB": // was to meet
		return near
	case aux.due, f.lemma(v, clSchedule) && (xpos == "VBN" || f.d.UPOS(v) == doc.ADJ): // is scheduled, was due
		switch {
		case aux.present && !over:
			return future
		case aux.past && aux.have:
			return once
		}
		return near
	case noun && f.lemma(v, clPlan), until && f.lemma(v, clExtend):
		if over {
			return near
		}
		return hoped
	case over, xpos == "VBD":
		return past
	}
	switch xpos {
	case "VBN", "VBG":
		if aux.present {
			return hoped
		}
		if xpos == "VBN" {
			return past
		}
		return unknown // a participle has the tense of what it hangs on
	case "VB":
		return f.infinitive(v)
	case "VBZ", "VBP":
		if f.lemma(v, clReport) || f.lemma(v, clEither) && xpos == "VBP" {
			return past
		}
		return hoped
	}
	if aux.present {
		return hoped
	}
	return unknown
}

// infinitive is the tense of an infinitive: ahead of a verb of planning or as a
// purpose, and that of the verb above where that says so (managed to meet).
// One without "to" or auxiliary is more likely a past form not known as one.
func (f *finder) infinitive(v int32) tense {
	h := f.d.Head(v)
	switch {
	case !f.below(v).to:
		return unknown
	case h == doc.Root:
		return future
	case f.d.Deprel(v).Base() == doc.RelAdvcl, f.lemma(h, clSame) && !f.lemma(h, clPlan):
		return unknown
	}
	above := f.below(h)
	switch {
	case f.lemma(h, clSchedule) && above.past && above.have:
		return once
	case f.lemma(h, clSchedule) && (above.past || above.have || !above.present && f.d.UPOS(h) == doc.ADJ): // was due to meet
		return near
	case above.present, above.modal && !above.would, f.d.XPOS(h) == "VBZ", f.d.XPOS(h) == "VBP":
		return future
	}
	return hoped
}

// dependents is what the dependents of a token say of its time.
type dependents struct {
	modal, would, have, past, present, going bool // auxiliaries and copulas
	cop, to                                  bool // it has a copula, the mark of an infinitive
	planned                                  bool // an adjective puts it ahead: "the planned talks"
	due                                      bool // "is due to meet", where all hangs on meet
}

// below looks once at the dependents of each token, however many expressions
// hang on it.
func (f *finder) below(v int32) dependents {
	if a, ok := f.seen[v]; ok {
		return a
	}
	var a dependents
	for c := range f.d.Children(v) {
		a.to = a.to || f.d.XPOS(c) == "TO"
		switch f.d.Deprel(c).Base() {
		case doc.RelMark:
			a.due = a.due || f.d.UPOS(c) == doc.ADJ && f.lemma(c, clSchedule)
		case doc.RelAmod:
			a.planned = a.planned || f.lemma(c, clFutureMod)
		case doc.RelCop:
			a.cop = true
			f.auxiliary(&a, c)
		case doc.RelAux:
			f.auxiliary(&a, c)
		}
	}
	// "is going to meet": meet is the complement of going.
	if h := f.d.Head(v); h >= 0 && f.d.Deprel(v).Base() == doc.RelXcomp && f.d.Lemma(h) == "go" && f.d.XPOS(h) == "VBG" {
		a.going = true
	}
	f.seen[v] = a
	return a
}

func (f *finder) negated(v int32) bool {
	for c := range f.d.Children(v) {
		if l := f.d.Lemma(c); l == "not" || l == "never" {
			return true
		}
	}
	return false
}

func (f *finder) auxiliary(a *dependents, c int32) {
	switch f.d.XPOS(c) {
	case "MD":
		a.modal = f.d.Lemma(c) != "could" // below
	case "VBD":
		a.past = true
	case "VBZ", "VBP":
		a.present = true
	}
	switch f.d.Lemma(c) {
	case "have":
		a.have = true
	case "would":
		a.modal, a.would = true, true
	case "could":
		// "could not be reached on Sunday" tells of what was; "could meet on
		// Sunday" of what may be.
		if v := f.d.Head(c); v >= 0 && f.negated(v) {
			a.past = true
			return
		}
		a.modal = true
	case "will", "shall", "may", "might", "can", "should", "must":
		a.modal = true
	}
}
