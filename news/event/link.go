package event

import "readout/doc"

// links ties the events to each other: conditions, and the order and nesting
// that prepositions and conjunctions tell.
func (r *run) links() {
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.event < 0 {
			continue
		}
		r.conditions(m)
		r.sequence(m)
		for _, a := range m.anchors {
			r.anchored(m, a)
		}
	}
	r.sessions()
}

// sequence reads "The summit followed the talks", "The talks will be followed by
// a summit", "The call preceded the visit": m is the subject.
func (r *run) sequence(m *mention) {
	h := r.d.Head(m.at)
	if !m.noun || h < 0 || r.d.Deprel(m.at).Base() != doc.RelNsubj {
		return
	}
	later, earlier := m.event, m.event
	passive := r.d.Deprel(m.at) == doc.RelNsubjPass
	for c := range r.d.Children(h) {
		e := r.eventOf[c]
		if e < 0 || r.mentions[e].at != c || r.mentions[e].event < 0 || r.mentions[e].event == m.event {
			continue
		}
		if b := r.d.Deprel(c).Base(); b != doc.RelObj && !(b == doc.RelObl && passive && r.preposition(c) == "by") {
			continue
		}
		switch other := r.mentions[e].event; r.word(h) {
		case "follow":
			earlier = other
		case "precede":
			later = other
		default:
			return
		}
		if passive {
			later, earlier = earlier, later
		}
		r.link(later, earlier, doc.LinkFollows, doc.Span{Begin: h, End: h + 1}, 0.8)
		return
	}
}

// conditions adds what the mention waits for, and the event in it.
func (r *run) conditions(m *mention) {
	ev := &r.d.Events[m.event]
next:
	for _, l := range m.limits {
		for _, c := range ev.Conditions {
			if c.Span.Overlaps(l.span) {
				continue next
			}
		}
		to := r.eventBelow(l, m)
		ev.Conditions = append(ev.Conditions, doc.Condition{As: l.as, Event: to, Span: l.span})
		if to >= 0 && to != m.event {
			r.link(m.event, to, doc.LinkRequires, l.span, 0.8)
		}
	}
}

// eventBelow is the event told of in a condition, the one nearest its main
// word; None when it tells of none.
func (r *run) eventBelow(l limit, m *mention) doc.EventID {
	for k := l.span.Begin; k < l.span.End; k++ {
		if e := r.eventOf[k]; e >= 0 && r.mentions[e].event >= 0 && r.mentions[e].event != m.event && !r.topicOf(k) {
			return r.mentions[e].event
		}
	}
	if sent := r.d.Tokens.Sent[m.at]; sent > 0 && l.span.Len() <= 5 && r.proVerb(l.span) {
		if es := r.eventsIn(r.d.Sentences[sent-1]); len(es) > 0 && es[len(es)-1] != m.event {
			return es[len(es)-1]
		}
	}
	return doc.None
}

// topicOf reports whether noun k only tells what another thing is of: the trips of
// "if the ban on trips is lifted".
func (r *run) topicOf(k int32) bool {
	h := r.d.Head(k)
	return h >= 0 && r.d.Deprel(k) == doc.RelNmod && r.preposition(k) == "on" && r.d.UPOS(h) == doc.NOUN && r.eventOf[h] < 0
}

// proVerb reports whether a clause only points back: "if they do", "once that
// happens", "if so".
func (r *run) proVerb(s doc.Span) bool {
	for k := s.Begin; k < s.End; k++ {
		switch r.form(k) {
		case "do", "does", "did", "happens", "happened", "so", "succeeds", "works":
			return true
		}
	}
	return false
}

// anchored links the event of the clause that a mention is tied to.
func (r *run) anchored(m *mention, a anchor) {
	other := r.clauseEvent(a.at, m)
	if other < 0 {
		return
	}
	switch a.as {
	case doc.LinkFollows, doc.LinkDuring:
		if a.as == doc.LinkDuring && m.fresh && r.d.Events[other].Kind == r.d.Events[m.event].Kind {
			return // "spoke to A and, in a separate call, to B"
		}
		r.link(other, m.event, a.as, a.span, 0.75)
	case 0: // "before the talks, A met B": the talks follow
		r.link(m.event, other, doc.LinkFollows, a.span, 0.7)
	}
}

// clauseEvent is the event that the clause with main word h tells of, other
// than m's own: the one h names or supports, else one that stands in it. A
// clause that only speaks ("after talks, A said that …") tells of none.
func (r *run) clauseEvent(h int32, m *mention) doc.EventID {
	if e := r.eventOf[h]; e >= 0 && r.mentions[e].event >= 0 && r.mentions[e].event != m.event {
		return r.mentions[e].event
	}
	for c := range r.d.Children(h) {
		switch r.d.Deprel(c).Base() {
		case doc.RelObj, doc.RelNsubj, doc.RelObl, doc.RelXcomp:
			e := r.eventOf[c]
			if e < 0 || r.mentions[e].event < 0 || r.mentions[e].event == m.event {
				continue
			}
			if o := &r.mentions[e]; o.clause == h && c > h && len(o.anchors) > 0 && o.anchors[0].as == doc.LinkDuring || o.clause != h && r.held(h) {
				return o.event
			}
		}
	}
	return doc.None
}

// held reports whether word h tells that what it governs goes on or went on:
// "held talks", not "discussed the planned talks".
func (r *run) held(h int32) bool {
	g := r.governor(h, "obj", "subj", "clause")
	if g == nil {
		return false
	}
	switch g.effect {
	case effTense, effBegin, effContinue, effEnd, effReal:
		return true
	}
	return false
}

// sessions ties what is held in a room to what is held in its house, when both
// happen.
func (r *run) sessions() {
	for a := range r.d.Events {
		x := &r.d.Events[a]
		if !r.isRoom(x.Place) || x.Place.Within == "" {
			continue
		}
		for b := range r.d.Events {
			y := &r.d.Events[b]
			if a != b && b < a+64 && a < b+64 && samePlace(y.Place.Name, x.Place.Within) && dialogue(y.Kind) && dialogue(x.Kind) && isReal(x.Status) && isReal(y.Status) {
				r.link(doc.EventID(a), doc.EventID(b), doc.LinkPartOf, x.Place.Span, 0.6)
				if y.Status == doc.StatusOccurred {
					x.Status = doc.StatusOccurred // "continued talks in the next room": with the whole the part is over
				}
				break
			}
		}
	}
}

func isReal(s doc.Status) bool { return s == doc.StatusOccurred || s == doc.StatusOngoing }

// link adds a link unless it is there, or its opposite is.
func (r *run) link(from, to doc.EventID, as doc.LinkKind, s doc.Span, conf float32) {
	if from == to {
		return
	}
	for _, l := range r.d.Events[from].Links {
		if l.To == to && l.As == as {
			return
		}
	}
	for _, l := range r.d.Events[to].Links {
		if l.To == from && l.As == as {
			return
		}
	}
	ev := &r.d.Events[from]
	ev.Links = append(ev.Links, doc.Link{As: as, To: to, Span: s, Confidence: conf})
}
