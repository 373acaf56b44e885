package event

import (
	"sort"

	"readout/doc"
)

// write makes the document's events of the clusters, in the order in which the
// text first tells of them, and fills Statement.About.
func (r *run) write() {
	for i := range r.mentions {
		r.mentions[i].event = doc.None
	}
	r.d.Events = make([]doc.Event, 0, len(r.clusters))
	kept := make([]int, 0, len(r.clusters))
	for k := range r.clusters {
		if !r.keeps(&r.clusters[k]) {
			continue
		}
		id := doc.EventID(len(kept))
		kept = append(kept, k)
		for _, i := range r.clusters[k].mentions {
			r.mentions[i].event = id
		}
	}
	for _, k := range kept {
		r.d.Events = append(r.d.Events, r.event(&r.clusters[k]))
	}
	answers := r.answers()
	for id, k := range kept {
		ev := &r.d.Events[id]
		ev.Status = r.statusOf(ev, &r.clusters[k], answers[doc.EventID(id)])
	}
	for k := range r.d.Statements {
		r.d.Statements[k].About = []doc.EventID{}
	}
	for id, k := range kept {
		r.claims(doc.EventID(id), &r.clusters[k])
		r.retorted(&r.d.Events[id], &r.clusters[k])
	}
	for id := range kept {
		r.answered(doc.EventID(id), answers[doc.EventID(id)])
	}
	r.spokenOf()
	r.silences()
	r.links()
	for id, k := range kept {
		r.code(&r.d.Events[id], &r.clusters[k])
	}
}

// keeps reports whether a cluster says enough to be an event.
func (r *run) keeps(c *cluster) bool {
	n, sure := 0, 0
	for _, p := range c.parts {
		if p.as != doc.AsAbsent {
			n++
			if !p.implied {
				sure++
			}
		}
	}
	firm, told, with, known := false, false, false, false
	for _, i := range c.mentions {
		m := &r.mentions[i]
		firm = firm || m.firm
		with = with || m.duration != nil
		told = told || m.status != 0
		with = with || m.noun && len(m.slots) > 0 && told
		known = known || m.noun && (c.kind == doc.EventAttack && !c.place.Span.Empty() || c.kind == doc.EventMeeting && m.label != "")
	}
	switch {
	case c.step != stepNone, n == 0 && known:
		return true
	case n == 0 && c.kind == doc.EventCeasefire:
		return firm
	case n == 0:
		return (firm || told && dialogue(c.kind)) && (!c.place.Span.Empty() || c.time != nil || with)
	case sure == 0:
		return told && (!c.place.Span.Empty() || c.time != nil || firm || with)
	case n == 1 && dialogue(c.kind) && c.kind != doc.EventVisit && !c.group:
		return firm || with || !c.place.Span.Empty() || c.time != nil
	}
	return true
}

// event makes the event of a cluster, but for status, claims and links.
func (r *run) event(c *cluster) doc.Event {
	ev := doc.Event{Kind: c.kind, Place: c.place, Time: c.time, Format: c.format,
		Participants: []doc.Participant{}, Claims: []doc.Claim{}, Conditions: []doc.Condition{}, Links: []doc.Link{}, Aux: []string{}}
	if ev.Level = r.level(c); c.step != stepNone {
		ev.Step, ev.Of = c.step, r.stepOf(c)
	}
	for _, p := range c.parts {
		ev.Participants = append(ev.Participants, doc.Participant{Actor: p.actor, As: p.as, Span: p.span})
	}
	order := append([]int32(nil), c.mentions...)
	sort.Slice(order, func(i, j int) bool { return r.mentions[order[i]].at < r.mentions[order[j]].at })
	for _, i := range order {
		m := &r.mentions[i]
		ev.Triggers = append(ev.Triggers, m.at)
		if len(ev.Evidence) == 0 || ev.Evidence[len(ev.Evidence)-1] != m.span {
			ev.Evidence = append(ev.Evidence, m.span)
		}
		if ev.Deadline == nil {
			ev.Deadline = m.deadline
		}
		if ev.Duration == nil {
			ev.Duration = m.duration
		}
		if ev.Confidence < m.confidence {
			ev.Confidence = m.confidence
		}
	}
	if ev.Format == 0 && (ev.Kind == doc.EventVisit || ev.Kind == doc.EventMeeting && !ev.Place.Span.Empty()) {
		ev.Format = doc.FormatInPerson
	}
	return ev
}

// level is the rank of those who meet: what the words say, else the lowest
// among the parties whose offices are told.
func (r *run) level(c *cluster) doc.Level {
	for _, i := range c.mentions {
		if l := r.mentions[i].level; l != 0 {
			return l
		}
	}
	var low doc.Level
	n := 0
	for _, p := range c.parts {
		if !attends(p.as) {
			continue
		}
		if l := r.levelOf(p.actor); l != 0 {
			n++
			low = max(low, l)
		}
	}
	if n == 0 || !dialogue(c.kind) {
		return 0
	}
	return low
}

// spokenOf adds to statements that name no event in their content the one
// their cue's clause speaks of: "described the call as candid".
func (r *run) spokenOf() {
	for k := range r.d.Statements {
		st := &r.d.Statements[k]
		if len(st.About) > 0 || st.Cue.Head < 0 || st.Form == doc.SaidSilence {
			continue
		}
		for c := range r.d.Children(st.Cue.Head) {
			switch r.d.Deprel(c).Base() {
			case doc.RelObj, doc.RelObl, doc.RelCcomp, doc.RelXcomp:
			default:
				continue
			}
			if e := r.eventOf[c]; e >= 0 && r.mentions[e].event >= 0 && !(r.d.Deprel(c).Base() == doc.RelObl && len(r.mentions[e].anchors) > 0) {
				r.about(doc.StatementID(k), r.mentions[e].event)
			}
		}
	}
}
