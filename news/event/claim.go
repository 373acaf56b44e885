package event

import "readout/doc"

// claims sets what each source and the article's own voice say of event e, and
// the events that statements speak of.
func (r *run) claims(e doc.EventID, c *cluster) {
	ev := &r.d.Events[e]
	own := map[doc.Status]bool{}
	for _, i := range c.mentions {
		m := &r.mentions[i]
		if m.heading {
			continue
		}
		if m.statement < 0 {
			s := m.status
			if s == doc.StatusDenied && m.firm && ev.Status == doc.StatusCancelled {
				s = doc.StatusCancelled // of what was planned, "did not take place"
			}
			if s != 0 && !m.supposed && !own[s] {
				own[s] = true
				ev.Claims = append(ev.Claims, doc.Claim{By: doc.None, Statement: doc.None, Line: ownLine(s),
					Status: s, Span: m.span, Confidence: m.confidence})
			}
			continue
		}
		r.about(m.statement, e)
		if r.d.Statements[m.statement].Form != doc.SaidSilence {
			r.claim(ev, m)
		}
	}
}

// ownLine is the line of the article's own voice.
func ownLine(s doc.Status) doc.Line {
	switch s {
	case doc.StatusOccurred, doc.StatusOngoing:
		return doc.LineConfirmed
	case doc.StatusDenied:
		return doc.LineDenied
	case doc.StatusPossible:
		return doc.LineHedged
	}
	return doc.LineAnnounced
}

// about notes that a statement, and those that relay it, speak of an event.
func (r *run) about(s doc.StatementID, e doc.EventID) {
	for n := 0; s >= 0 && n < 8; n++ {
		st := &r.d.Statements[s]
		for _, x := range st.About {
			if x == e {
				return
			}
		}
		st.About = append(st.About, e)
		s = st.Within
	}
}

func (r *run) claim(ev *doc.Event, m *mention) {
	st := &r.d.Statements[m.statement]
	status := m.status
	if status == 0 {
		status = ev.Status
	}
	denies := st.Cue.Act == doc.ActDeny && !st.Negated && (status == doc.StatusOccurred || status == doc.StatusOngoing) && m.status != 0
	if denies && !m.granted && r.asserted(m.at, st.Cue.Head) {
		status = doc.StatusDenied
	}
	conf := m.confidence * 0.95
	if m.status == 0 {
		conf *= 0.7
	}
	l := r.lineOf(ev, st, m, status)
	if denies && status != doc.StatusDenied {
		l = doc.LineConfirmed // "denied that its ceasefire had broken down"
	}
	for k := range ev.Claims {
		x := &ev.Claims[k]
		if x.Statement == m.statement && x.By == st.Source.Actor {
			if x.Status == status {
				return
			}
			if m.status == 0 {
				return
			}
		}
	}
	ev.Claims = append(ev.Claims, doc.Claim{By: st.Source.Actor, Statement: m.statement, Line: l, Status: status,
		Span: m.span, Confidence: conf})
}

// asserted reports whether the words at i are what the cue with main word h says,
// not what a clause in it takes for granted: "denied that the rebels had left the
// homes they occupy".
func (r *run) asserted(i, h int32) bool {
	for n := 0; n < maxSteps && i >= 0 && i != h; n++ {
		rel, up := r.d.Deprel(i), r.d.Head(i)
		if rel == doc.RelAclRelcl || rel.Base() == doc.RelAdvcl || up < 0 || up == h && r.afterColon(i, h) {
			return false
		}
		i = up
	}
	return true
}

// lineOf is the line a source takes by what it does in saying so (acts.tsv)
// and by how real it says the event is.
func (r *run) lineOf(ev *doc.Event, st *doc.Statement, m *mention, status doc.Status) doc.Line {
	row, ok := r.lex.acts[st.Cue.Act]
	if !ok {
		row = line{real: doc.LineConfirmed, unreal: doc.LineAnnounced}
	}
	l := row.unreal
	if status == doc.StatusOccurred || status == doc.StatusOngoing {
		l = row.real
	}
	switch {
	case st.Source.Standing == doc.StandingUnattributed:
		return doc.LineHedged
	case status == doc.StatusDenied:
		return doc.LineDenied
	case st.Negated && l != doc.LineDenied:
		return doc.LineHedged
	case m.status == 0 && l == doc.LineAnnounced, status == doc.StatusPossible && l != doc.LineDenied, m.supposed:
		return doc.LineHedged
	}
	if l == doc.LineAnnounced && status == doc.StatusPlanned {
		for _, x := range ev.Claims {
			if x.By >= 0 && x.By != st.Source.Actor && x.Status == status && r.partyTo(ev, st.Source.Actor) {
				return doc.LineConfirmed
			}
		}
	}
	return l
}

// partyTo reports whether an actor is one of the event's parties, or speaks for
// one.
func (r *run) partyTo(ev *doc.Event, a doc.ActorID) bool {
	if a < 0 {
		return false
	}
	for _, p := range ev.Participants {
		if r.samePeople(p.Actor, a) {
			return true
		}
		x, y := &r.d.Actors[p.Actor], &r.d.Actors[a]
		if x.Country != "" && x.Country == y.Country && !y.Anonymous {
			return true
		}
	}
	return false
}

// silences adds to the events that a statement of silence concerns the claim of
// the party that says nothing. It concerns the events of the statement it
// leaves unanswered; where none is known, those of its own sentence, else of
// the last sentence before that tells of one.
func (r *run) silences() {
	for k := range r.d.Statements {
		st := &r.d.Statements[k]
		if st.Form != doc.SaidSilence || st.Source.Actor < 0 {
			continue
		}
		for _, e := range r.concerns(st) {
			ev := &r.d.Events[e]
			ev.Claims = append(ev.Claims, doc.Claim{By: st.Source.Actor, Statement: doc.StatementID(k),
				Line: doc.LineSilent, Span: st.Cue.Span, Confidence: 0.8})
			r.about(doc.StatementID(k), e)
		}
	}
}

func (r *run) concerns(st *doc.Statement) []doc.EventID {
	var out []doc.EventID
	seen := map[doc.EventID]bool{}
	put := func(e doc.EventID) {
		if !seen[e] {
			seen[e] = true
			out = append(out, e)
		}
	}
	if st.Cue.Span.Empty() {
		return nil
	}
	sent := r.d.SentenceOf(st.Cue.Span.Begin)
	for i := sent.Begin; i < sent.End; i++ { // "has not commented on the meeting"
		k := r.eventOf[i]
		if k < 0 || r.mentions[k].at != i || r.mentions[k].event < 0 || r.aside(k) {
			continue
		}
		if after := i >= st.Cue.Span.Begin; after && (st.Cue.Head < 0 || r.below(i, st.Cue.Head)) || r.askedOf(i) {
			put(r.mentions[k].event)
		}
	}
	if len(out) > 0 {
		return out
	}
	if st.Cue.Head >= 0 && r.toldOf(st) {
		return nil
	}
	told := false
	for _, s := range st.RespondsTo {
		if s < 0 || int(s) >= len(r.d.Statements) {
			continue
		}
		for _, e := range r.d.Statements[s].About {
			told = true
			if r.atStake(e, s) && !r.historical(r.d.Events[e].Time) {
				put(e)
			}
		}
	}
	if told {
		return out
	}
	return r.lastTold(st)
}

// aside reports whether mention k only tells when: "refused to disclose the
// text before the signing".
func (r *run) aside(k int32) bool { return len(r.mentions[k].anchors) > 0 }

// atStake reports whether statement s speaks of event e otherwise than to say
// when or where it was made: "complained in a call that the answer was late"
// leaves the call out of it.
func (r *run) atStake(e doc.EventID, s doc.StatementID) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.event == e && m.statement >= 0 && r.within(m.statement, s) && !r.aside(int32(k)) {
			return true
		}
	}
	return false
}

// within reports whether statement s is t, or is relayed in it.
func (r *run) within(s, t doc.StatementID) bool {
	for n := 0; s >= 0 && n < 8; n++ {
		if s == t {
			return true
		}
		s = r.d.Statements[s].Within
	}
	return false
}

// askedOf reports whether the words at i are what somebody is asked: "Asked
// whether the talks would resume, he declined to answer".
func (r *run) askedOf(i int32) bool {
	for n := 0; n < maxSteps && i >= 0; n++ {
		if r.word(i) == "ask" && r.d.UPOS(i) == doc.VERB {
			rel := r.d.Deprel(i).Base()
			return rel == doc.RelAdvcl || rel == doc.RelAcl || i == r.d.SentenceOf(i).Begin
		}
		i = r.d.Head(i)
	}
	return false
}

// toldOf reports whether the words of a silence tell what it is about, and that
// is no event of the article: "declined to say whether the tariffs would fall".
// "Has not said whether the king will go" takes up the visit that was told of.
func (r *run) toldOf(st *doc.Statement) bool {
	sent := r.d.SentenceOf(st.Cue.Span.Begin)
	if r.lex.classes["revealing"][r.word(st.Cue.Head)] && r.d.Child(st.Cue.Head, doc.RelObj) >= 0 {
		return true // "refused to disclose the text"
	}
	for i := sent.Begin; i < sent.End; i++ {
		switch r.form(i) {
		case "charge", "charges", "accusation", "accusations", "allegation", "allegations", "criticism":
			if i > st.Cue.Span.Begin && r.below(i, st.Cue.Head) {
				return true
			}
		case "whether", "if", "how", "what", "when", "where", "who", "why":
			v := r.d.Head(i)
			if !r.askedOf(i) && (i < st.Cue.Span.Begin || !r.below(i, st.Cue.Head)) {
				continue
			}
			return v < 0 || !r.lex.classes["attending"][r.word(v)] || r.d.Child(v, doc.RelObj) >= 0
		}
	}
	return false
}

// lastTold are the events of the last sentence before a silence that tells of
// one: best still to come and with the silent one for a party, then still to
// come, then any that it is a party to.
func (r *run) lastTold(st *doc.Statement) []doc.EventID {
	here := r.d.Tokens.Sent[st.Cue.Span.Begin]
	for pass := range 3 {
		for s := here - 1; s >= 0 && s >= here-5; s-- {
			var out []doc.EventID
			for _, e := range r.eventsIn(r.d.Sentences[s]) {
				ev := &r.d.Events[e]
				if r.historical(ev.Time) {
					continue // nobody is asked of what is long past
				}
				open := !isReal(ev.Status) && ev.Status != doc.StatusCancelled && ev.Status != doc.StatusDenied
				party := r.partyTo(ev, st.Source.Actor)
				if pass == 2 && party || open && (pass == 1 || party) {
					out = append(out, e)
				}
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	return nil
}

// eventsIn are the events named in a sentence, in text order.
func (r *run) eventsIn(s doc.Span) []doc.EventID {
	var out []doc.EventID
	for i := s.Begin; i < s.End; i++ {
		if k := r.eventOf[i]; k >= 0 && r.mentions[k].at == i && r.mentions[k].event >= 0 {
			out = append(out, r.mentions[k].event)
		}
	}
	return out
}
