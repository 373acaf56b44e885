package event

import "readout/doc"

// consent is the row of a verb that only accepts what was put forward just before:
// "Kenya proposed talks. Japan agreed."
var consent = &trigger{words: []string{"agree"}, kind: doc.EventMeeting, frame: "recip", pronoun: true}

// consents reports whether verb v says that somebody agrees and not to what: "Japan
// agreed on condition that the border reopens", not "Japan agreed to talks".
func (r *run) consents(v int32) bool {
	if !r.lex.classes["consenting"][r.word(v)] || r.d.Child(v, doc.RelObj, doc.RelXcomp) >= 0 || r.subjectSlot(v) == "obj" {
		return false
	}
	terms := false // "on condition that"
	for c := range r.d.Children(v) {
		terms = terms || r.word(c) == "condition"
	}
	if r.d.Child(v, doc.RelCcomp) >= 0 && !terms {
		return false
	}
	switch r.d.Deprel(v).Base() {
	case doc.RelRoot, doc.RelCcomp, doc.RelConj, doc.RelParataxis:
	default:
		return false
	}
	if s, _ := r.clauseSubject(v); s < 0 || !r.actorial(s) {
		return false
	}
	for c := range r.d.Children(v) {
		switch b := r.d.Deprel(c).Base(); {
		case b == doc.RelObl && r.timeOf[c] < 0 && r.word(c) != "condition":
			switch r.preposition(c) {
			case "in", "at", "during", "after", "by":
			default:
				return false // "agreed with the minister"
			}
		case b == doc.RelAdvcl && r.ownMood(c).to:
			return false // "agreed to meet", hung on it
		}
	}
	return true
}

// readConsent fills in a mention by which somebody accepts.
func (r *run) readConsent(m *mention) {
	md := r.moodOf(m.at)
	m.chain = append(m.chain, m.at)
	switch s := md.status(); {
	case md.yet:
		return
	case s == doc.StatusOccurred:
		m.set(doc.StatusPlanned)
	case s == doc.StatusDenied:
		m.set(doc.StatusDenied)
		m.refusal = true
	default:
		return
	}
	r.findLimits(m)
	m.span = doc.Span{Begin: m.at, End: m.at + 1}
	if s, _ := r.clauseSubject(m.at); s >= 0 && r.mentionOf[s] >= 0 {
		m.span = m.span.Union(r.d.Mentions[r.mentionOf[s]].Span)
	}
	m.confidence = sureGranted
	if s, ok := r.cueOf[m.at]; ok {
		m.statement = s
	}
}

// takesUp reports whether consent m answers what cluster c proposes: it is told in
// its sentence or the one before, it is nobody's plan yet, and who agrees is one
// of those who would take part, not the one who asked.
func (r *run) takesUp(m *mention, c *cluster) bool {
	s, _ := r.clauseSubject(m.at)
	if m.status == 0 || c.real >= 0 || s < 0 || r.d.Tokens.Sent[m.at]-r.d.Tokens.Sent[c.last] > 1 {
		return false
	}
	o := &r.mentions[c.mentions[len(c.mentions)-1]]
	if o.status != doc.StatusProposed && o.status != doc.StatusPlanned || o.status == doc.StatusPlanned && !r.sameSentence(o, m) {
		return false
	}
	for _, w := range r.actorsAt(s) {
		if o.statement >= 0 && r.samePeople(r.d.Statements[o.statement].Source.Actor, w.actor) {
			return false
		}
		for _, p := range c.parts {
			x, y := &r.d.Actors[p.actor], &r.d.Actors[w.actor]
			if r.samePeople(p.actor, w.actor) || p.as != doc.AsOrganiser && x.Country != "" && x.Country == y.Country {
				return true
			}
		}
	}
	return false
}

func (r *run) sameSentence(a, b *mention) bool { return r.d.Tokens.Sent[a.at] == r.d.Tokens.Sent[b.at] }

// answers are the statements that only deny what was told just before ("Japan
// denied it"), by the event they deny.
func (r *run) answers() map[doc.EventID][]doc.StatementID {
	out := map[doc.EventID][]doc.StatementID{}
	for k := range r.d.Statements {
		st := &r.d.Statements[k]
		if st.Cue.Act != doc.ActDeny || st.Negated || st.Cue.Head < 0 || st.Source.Actor < 0 || !r.pointsBack(st) {
			continue
		}
		if e := r.toldBefore(st); e >= 0 {
			out[e] = append(out[e], doc.StatementID(k))
		}
	}
	return out
}

// pointsBack reports whether what a statement says is only a word for what was
// said before: "it", "that", "the report".
func (r *run) pointsBack(st *doc.Statement) bool {
	if len(st.Content) != 1 || st.Content[0].Len() > 3 {
		return false
	}
	for i := st.Content[0].Begin; i < st.Content[0].End; i++ {
		switch u := r.d.UPOS(i); {
		case u == doc.DET || u == doc.PUNCT || u == doc.PRON && r.mentionOf[i] < 0:
		case r.lex.classes["saying"][r.word(i)]:
		default:
			return false
		}
	}
	return true
}

// toldBefore is the last event that another source told of before the statement,
// in its sentence or the one before; None without one.
func (r *run) toldBefore(st *doc.Statement) doc.EventID {
	sent := r.d.SentenceOf(st.Cue.Head)
	if sent.Begin > 0 {
		sent.Begin = r.d.SentenceOf(sent.Begin - 1).Begin
	}
	for i := st.Cue.Head - 1; i >= sent.Begin; i-- {
		k := r.eventOf[i]
		if k < 0 || r.mentions[k].at != i || r.mentions[k].event < 0 {
			continue
		}
		if s := r.mentions[k].statement; s >= 0 && r.d.Statements[s].Source.Actor != st.Source.Actor {
			return r.mentions[k].event
		}
	}
	return doc.None
}

// answered adds to event e the claims of those who deny it.
func (r *run) answered(e doc.EventID, ss []doc.StatementID) {
	for _, s := range ss {
		st := &r.d.Statements[s]
		ev := &r.d.Events[e]
		ev.Claims = append(ev.Claims, doc.Claim{By: st.Source.Actor, Statement: s, Line: doc.LineDenied, Status: doc.StatusDenied,
			Span: st.Cue.Span, Confidence: 0.75})
		r.about(s, e)
	}
}
