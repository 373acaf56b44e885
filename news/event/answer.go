package event

import "readout/doc"

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
