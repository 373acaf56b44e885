package event

import "readout/doc"

// tense is what the auxiliaries and the ending of a verb say of when, and
// whether, what it tells of is the case.
type tense uint8

const (
	tenseNone    tense = iota // not finite: "to meet", "meeting", "held in Paris"
	tensePast                 // met, had met
	tensePerfect              // has met
	tensePresent              // meets
	tenseFuture               // will meet, is to meet
	tenseWould                // would meet
	tenseMay                  // may, might, can, could meet
	tenseShould               // should, must meet
)

// mood is the tense of a verb with what goes with it.
type mood struct {
	tense    tense
	progress bool // is meeting
	negated  bool
	longer   bool // "no longer": it was so before
	subject  bool // has a subject of its own
	reduced  bool // a participle after its noun: "talks held in Paris"
	yet      bool // "has yet to meet"
	to       bool // "to meet"
	unreal   bool // "would have met"
}

// moodOf reads verb v, or the copula of predicate v. A verb joined to another
// shares its auxiliaries: "will visit Paris and meet the president".
func (r *run) moodOf(v int32) mood {
	m := r.ownMood(v)
	for n := 0; n < 4 && m.tense == tenseNone && !m.subject && !m.to && r.d.Deprel(v) == doc.RelConj; n++ {
		v = r.d.Head(v)
		up := r.ownMood(v)
		up.reduced = false
		up.negated = up.negated || m.negated
		m = up
	}
	return m
}

func (r *run) ownMood(v int32) mood {
	var m mood
	var aux, cop int32 = doc.None, doc.None
	being, due, have := false, false, false
	for c := range r.d.Children(v) {
		switch rel := r.d.Deprel(c); rel {
		case doc.RelAux, doc.RelAuxPass, doc.RelCop:
			if aux < 0 || r.d.XPOS(c) == "MD" && c < v { // "had it held, they would have met"
				aux = c
			}
			have = have || r.d.Lemma(c) == "have"
			if rel == doc.RelCop {
				cop = c
			}
			being = being || r.d.Lemma(c) == "be" && r.d.XPOS(c) == "VBG"
		case doc.RelNsubj, doc.RelNsubjPass, doc.RelNsubjOuter:
			m.subject = true
			m.negated = m.negated || r.negatedNoun(c)
		case doc.RelMark:
			m.to = m.to || r.form(c) == "to"
			m.yet = m.yet || r.form(c) == "to" && c > 0 && r.form(c-1) == "yet" // where "yet" hangs on "has"
			due = due || r.form(c) == "due"
		case doc.RelCcPreconj, doc.RelCc:
			m.negated = m.negated || c < v && (r.form(c) == "neither" || r.form(c) == "nor")
		case doc.RelObj, doc.RelObl:
			m.negated = m.negated || r.form(c) == "nobody" || r.form(c) == "nothing"
		case doc.RelAdvmod:
			switch r.form(c) {
			case "not", "n't", "n’t", "never", "hardly", "barely", "scarcely":
				m.negated = true
			case "longer": // "will no longer be held"
				m.longer = c > 0 && r.form(c-1) == "no"
				m.negated = m.negated || m.longer
			case "yet":
				m.yet = true
			}
		}
	}
	if due { // "is due to meet", all hung on "meet"
		m.tense = tenseFuture
		return m
	}
	if aux >= 0 {
		m.tense = r.auxTense(aux, v)
		m.unreal = have && r.form(aux) == "would" && r.d.XPOS(v) == "VBN"
		m.progress = r.d.XPOS(v) == "VBG" && cop < 0 || being
		return m
	}
	switch r.d.XPOS(v) {
	case "VBD":
		m.tense = tensePast
	case "VBZ", "VBP":
		m.tense = tensePresent
	case "VBN":
		rel := r.d.Deprel(v).Base()
		m.reduced = rel == doc.RelAcl
		if o, _ := r.asAdjective(v); rel == doc.RelRoot || m.subject || o >= 0 {
			m.tense = tensePast
		}
	case "VB":
		if m.subject && !m.to { // "Let's meet", "demanded that he go"; or a verb in the present
			m.tense = tenseNone
		}
	}
	return m
}

// perfect reports whether verb v has the auxiliary "have": "to have met".
func (r *run) perfect(v int32) bool {
	for c := range r.d.Children(v) {
		if r.d.Deprel(c).Base() == doc.RelAux && r.d.Lemma(c) == "have" {
			return true
		}
	}
	return false
}

// auxTense is the tense that the first auxiliary gives.
func (r *run) auxTense(aux, v int32) tense {
	switch r.form(aux) {
	case "will", "wo", "'ll", "’ll", "shall":
		return tenseFuture
	case "would", "'d", "’d":
		if r.d.XPOS(v) == "VBN" && r.form(aux) != "would" {
			return tensePast // he'd met
		}
		return tenseWould
	case "may", "might", "can", "could", "ca":
		return tenseMay
	case "should", "must", "ought", "need":
		return tenseShould
	case "has", "have", "'ve", "’ve":
		if r.d.XPOS(aux) == "VB" || aux > 0 && r.form(aux-1) == "to" {
			return tenseNone // to have met
		}
		return tensePerfect
	case "had":
		return tensePast
	case "did", "was", "were":
		if r.d.Lemma(aux) == "be" && r.isTo(aux, v) {
			return tenseWould // was to meet
		}
		return tensePast
	case "do", "does":
		return tensePresent
	case "is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m":
		if r.isTo(aux, v) {
			return tenseFuture // is to meet
		}
		return tensePresent
	}
	return tenseNone // be, being, been, having
}

// isTo reports whether "to" stands between auxiliary and verb.
func (r *run) isTo(aux, v int32) bool {
	for i := aux + 1; i < v && i < aux+5; i++ {
		if r.form(i) == "to" {
			return true
		}
	}
	return false
}

// negatedNoun reports whether noun i is denied by its own words: "no meeting",
// "neither side".
func (r *run) negatedNoun(i int32) bool {
	for c := range r.d.Children(i) {
		if c > i {
			break
		}
		switch r.form(c) {
		case "no", "neither":
			return true
		}
	}
	switch r.form(i) {
	case "nobody", "none", "neither":
		return true
	}
	return false
}

// status is what a mood says by itself; unset where it leaves it to what
// governs the verb.
func (m mood) status() doc.Status {
	switch m.tense {
	case tensePast, tensePerfect:
		if m.negated {
			return doc.StatusDenied
		}
		if m.progress {
			return doc.StatusOngoing
		}
		return doc.StatusOccurred
	case tensePresent:
		if m.negated {
			return doc.StatusDenied
		}
		if m.progress {
			return doc.StatusOngoing
		}
		return doc.StatusOccurred
	case tenseFuture, tenseWould:
		switch {
		case m.longer:
			return doc.StatusCancelled
		case m.unreal:
			return doc.StatusDenied
		case m.negated:
			return doc.StatusDenied
		}
		return doc.StatusPlanned
	case tenseMay:
		if m.negated {
			return doc.StatusDenied
		}
		return doc.StatusPossible
	case tenseShould:
		return doc.StatusProposed
	}
	if m.reduced && !m.negated {
		return doc.StatusOccurred
	}
	if m.negated {
		return doc.StatusDenied
	}
	return 0
}
