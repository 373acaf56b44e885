package event

import "readout/doc"

// apply lets a word of the tables act on the status of the mention below it.
// Words act from the mention outwards: "plans" on what "convene" left open in
// "announced plans to convene talks". What is firm stays, but for words
// that take an inner one back: who refuses to cancel, still plans.
//
//	                     open      planned   proposed  cancelled
//	agree to             planned   planned   proposed  cancelled
//	call for             proposed  proposed  proposed  cancelled
//	hope for, may        possible  possible  possible  planned
//	refuse to            denied    denied    denied    planned
//	deny that            denied    denied    denied    planned
func (m *mention) apply(e effect, md mood, neg doc.Status) {
	if md.negated && e != effTense && e != effKeep && e != effNone && e != effReal {
		switch {
		case neg != 0:
			m.set(neg)
			m.refusal = neg == doc.StatusDenied && e != effDeny
		case e == effPlan || e == effAccept: // "has no plans to meet"
			m.set(doc.StatusDenied)
		}
		return
	}
	unsure := md.tense == tenseMay || md.tense == tenseShould || md.tense == tenseWould
	switch e {
	case effTense:
		m.applyTense(md)
	case effReal:
		m.granted = true
		if m.status == doc.StatusProposed && !m.firm && md.status() == doc.StatusOccurred {
			m.status = 0 // "told the meeting, which Japan had requested"
		}
		if s := md.status(); m.status == 0 && (s == doc.StatusOccurred || s == doc.StatusOngoing || s == doc.StatusDenied) {
			m.status = doc.StatusOccurred
		}
	case effRevive:
		if unsure {
			m.set(doc.StatusPossible)
		} else {
			m.set(doc.StatusPlanned)
		}
	case effPlan:
		switch {
		case m.status == 0 && unsure:
			m.set(doc.StatusPossible)
		case m.status == 0 || !m.firm:
			m.set(doc.StatusPlanned)
		}
	case effAccept:
		switch {
		case unsure:
			m.set(doc.StatusPossible)
		case m.status == 0 || !m.firm || m.status == doc.StatusProposed || m.status == doc.StatusPossible:
			m.set(doc.StatusPlanned)
		}
	case effPropose:
		if m.status == doc.StatusDenied && !m.noun {
			m.set(doc.StatusPossible) // "urged B not to leave"
		} else if m.status == 0 || !m.firm || m.status == doc.StatusPlanned || m.status == doc.StatusPossible {
			m.set(doc.StatusProposed)
		}
	case effPossible, effThreaten, effTry:
		m.applyPossible(e)
	case effBegin, effContinue:
		m.applyAspect(e, md)
	case effEnd:
		switch s := md.status(); {
		case s == doc.StatusOccurred || s == doc.StatusOngoing:
			m.set(doc.StatusOccurred)
		case s != 0 || md.to:
			m.set(doc.StatusOngoing) // "after concluding talks" leaves it to the clause
		}
	case effCancel, effPostpone:
		m.applyOff(e, unsure)
	case effRefuse, effDeny:
		if m.granted { // "denied that the talks had failed"
			return
		}
		if m.status == doc.StatusCancelled || m.status == doc.StatusPostponed {
			m.set(doc.StatusPlanned)
			return
		}
		m.set(doc.StatusDenied)
		m.refusal = e == effRefuse
	case effCondition:
		m.set(doc.StatusConditional)
	}
}

func (m *mention) set(s doc.Status) { m.status, m.firm = s, true }

func (m *mention) applyTense(md mood) {
	if m.firm {
		// What was planned and "did not take place" was called off.
		if md.negated && !md.yet && m.status == doc.StatusPlanned {
			m.set(doc.StatusCancelled)
		}
		return
	}
	s := md.status()
	if md.yet && s == doc.StatusOccurred || md.yet && s == 0 {
		s = doc.StatusPossible // has yet to be held
	}
	if s != 0 {
		m.set(s)
		m.present = md.tense == tensePresent && !md.progress && !md.negated
	}
}

func (m *mention) applyPossible(e effect) {
	switch m.status {
	case 0, doc.StatusPlanned, doc.StatusProposed:
		m.set(doc.StatusPossible)
	case doc.StatusCancelled, doc.StatusPostponed:
		if e != effTry {
			m.set(doc.StatusPlanned)
		}
	case doc.StatusOccurred, doc.StatusOngoing:
		if !m.firm {
			m.set(doc.StatusPossible)
		}
	}
}

// applyAspect: what is begun or goes on is ongoing, when it is begun at all.
func (m *mention) applyAspect(e effect, md mood) {
	m.goesOn = true
	if m.firm && m.status != doc.StatusOccurred {
		return
	}
	switch md.tense {
	case tenseFuture, tenseWould:
		m.set(doc.StatusPlanned)
		if e == effContinue {
			m.set(doc.StatusOngoing)
		}
	case tenseMay:
		m.set(doc.StatusPossible)
	case tenseShould:
		m.set(doc.StatusProposed)
	case tenseNone:
		if e == effContinue || md.reduced {
			m.set(doc.StatusOngoing)
		}
	default:
		m.set(doc.StatusOngoing)
	}
}

// applyOff: what may be cancelled is still planned.
func (m *mention) applyOff(e effect, unsure bool) {
	switch {
	case unsure:
		m.set(doc.StatusPlanned)
	case e == effCancel:
		m.set(doc.StatusCancelled)
	default:
		m.set(doc.StatusPostponed)
	}
}
