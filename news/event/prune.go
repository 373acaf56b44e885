package event

import "readout/doc"

// prune drops mentions too weak to be an event, and folds a noun into the verb
// that carries it: "signed an agreement" is one mention.
func (r *run) prune() {
	for i := range r.mentions {
		r.mentions[i].folded = doc.None
	}
	for i := range r.mentions {
		r.fold(int32(i))
		r.foldStep(int32(i))
		r.foldSigned(int32(i))
		r.foldTopic(int32(i))
		r.foldJoined(int32(i))
	}
	for i := range r.mentions {
		if m := &r.mentions[i]; !m.dropped {
			r.format(m)
			m.dropped = !r.stands(m)
		}
	}
	for t, e := range r.eventOf {
		if e >= 0 && r.mentions[e].dropped && r.mentions[e].folded == doc.None {
			r.eventOf[t] = doc.None
		} else if e >= 0 && r.mentions[e].folded >= 0 {
			r.eventOf[t] = r.mentions[e].folded
		}
	}
}

// fold moves what noun mention i knows to the mention of the word it hangs on,
// when both name one thing.
func (r *run) fold(i int32) {
	m := &r.mentions[i]
	h := r.d.Head(m.at)
	if !m.noun || h < 0 || m.under >= 0 {
		return
	}
	switch r.d.Deprel(m.at).Base() {
	case doc.RelObj, doc.RelNsubj, doc.RelNmod, doc.RelObl:
	default:
		return
	}
	e := r.eventOf[h]
	if e < 0 || e == i || r.mentions[e].at != h || r.mentions[e].dropped {
		return
	}
	to := &r.mentions[e]
	if to.noun && to.row.needs&needTalks == 0 && to.kind != doc.EventSigning && to.kind != doc.EventDrafting {
		return
	}
	if !to.noun && to.row.class == "" || !sameKind(to.row, m.row) && to.row.class != "text" {
		return
	}
	if to.kind == doc.EventProposal && dialogue(m.kind) {
		return
	}
	for _, p := range m.parts {
		if as, ok := r.lex.frames[to.row.frame]["with"]; ok && p.as == doc.AsParticipant {
			p.as = as
		}
		r.add(to, []who{p.who}, p.as)
	}
	if to.place.Span.Empty() {
		to.place = m.place
	}
	if to.time == nil {
		to.time = m.time
	}
	if !to.firm && m.firm {
		to.status, to.firm = m.status, true
	}
	to.fresh = to.fresh || m.fresh
	if to.article == bare {
		to.article = m.article
	}
	m.dropped, m.folded = true, e
}

// foldSigned moves who "signed" to the text or truce that the clause belongs to: "a
// truce signed by A and B" is one event.
func (r *run) foldSigned(i int32) {
	m := &r.mentions[i]
	h := r.d.Head(m.at)
	if m.noun || m.dropped || m.kind != doc.EventSigning || h < 0 || r.d.Deprel(m.at).Base() != doc.RelAcl {
		return
	}
	e := r.eventOf[h]
	if e < 0 || r.mentions[e].at != h || r.mentions[e].dropped {
		return
	}
	to := &r.mentions[e]
	if !to.noun || to.kind != doc.EventCeasefire && to.kind != doc.EventAgreement {
		return
	}
	for _, p := range m.parts {
		r.add(to, []who{p.who}, p.as)
	}
	to.full = to.full || m.full
	if to.place.Span.Empty() {
		to.place = m.place
	}
	if to.time == nil {
		to.time = m.time
	}
	if m.firm && (!to.firm || to.status == 0) {
		to.status, to.firm = m.status, true
	}
	m.dropped, m.folded = true, e
}

// foldTopic moves who "discussed the plan during a call" to the call: the verb
// only tells what it was about.
func (r *run) foldTopic(i int32) {
	m := &r.mentions[i]
	if !m.noun || m.dropped || !dialogue(m.kind) {
		return
	}
	for _, a := range m.anchors {
		e := r.eventOf[a.at]
		if a.as != doc.LinkDuring || e < 0 || e == i || r.mentions[e].at != a.at {
			continue
		}
		v := &r.mentions[e]
		if v.row.needs&needSoft == 0 || v.dropped {
			continue
		}
		kept := m.parts[:0]
		for _, p := range m.parts {
			if !p.implied {
				kept = append(kept, p)
			}
		}
		m.parts = kept
		for _, p := range v.parts {
			r.add(m, []who{p.who}, p.as)
		}
		m.full = m.full || v.full
		if m.time == nil {
			m.time = v.time
		}
		if v.firm {
			m.status, m.firm = v.status, true
		}
		v.dropped, v.folded = true, i
		return
	}
}

// sameKind reports whether two rows can name one event.
func sameKind(a, b *trigger) bool {
	return a.kind == b.kind || has(a.also, b.kind) || has(b.also, a.kind)
}

func has(ks []doc.EventKind, k doc.EventKind) bool {
	for _, x := range ks {
		if x == k {
			return true
		}
	}
	return false
}

// dialogue reports whether the kind is of people talking to each other.
// foldJoined gives up "discussed" beside a verb that tells how they spoke: "met
// and discussed trade", "spoke by phone and discussed trade" are one.
func (r *run) foldJoined(i int32) {
	m := &r.mentions[i]
	if m.noun || m.dropped || m.row.needs&needSoft == 0 || r.d.Deprel(m.at).Base() != doc.RelConj {
		return
	}
	e := r.eventOf[max(r.d.Head(m.at), 0)]
	if e < 0 || e == i {
		return
	}
	if v := &r.mentions[e]; !v.noun && !v.dropped && dialogue(v.kind) && r.d.Child(m.at, doc.RelNsubj) < 0 {
		m.dropped, m.folded = true, e
	}
}

func dialogue(k doc.EventKind) bool {
	switch k {
	case doc.EventMeeting, doc.EventCall, doc.EventNegotiation, doc.EventVisit, doc.EventMediation:
		return true
	}
	return false
}

// stands reports whether the mention is strong enough: "the deal" alone is a
// topic, "reached a deal" an event.
func (r *run) stands(m *mention) bool {
	if m.status == doc.StatusDenied && m.time != nil && m.time.Relation == doc.TimeSince {
		return false // "have not met since May" tells of no event
	}
	if m.row.step != stepNone {
		return true // what it is of was looked for when it was found
	}
	n := r.attending(m)
	named := 0
	for _, p := range m.parts {
		if !p.implied {
			named++
		}
	}
	firm := m.firm || m.supposed
	anaphor := m.article == definite || m.article == pointing || m.article == possessed
	needs := m.row.needs
	switch {
	case needs&needSupport != 0 && !m.firm:
		return false
	case needs&needCall != 0:
		return !r.callFor(m) && (n > 0 || len(m.preds) > 1 || anaphor)
	case needs&needWith != 0 && m.noun:
		return n > 0
	case needs&needStrong != 0 && !firm && n == 0 && !anaphor:
		return false
	case needs&needSoft != 0 && n < 2 && !r.hasGroup(m):
		return false
	}
	if dialogue(m.kind) {
		return named > 0 || firm || anaphor || !m.place.Span.Empty() || m.time != nil || len(m.anchors) > 0
	}
	return named > 0 || firm && (!m.place.Span.Empty() || m.time != nil) || anaphor || m.supposed || m.firm && (m.negated || m.kind == doc.EventCeasefire)
}

func (r *run) hasGroup(m *mention) bool {
	for _, p := range m.parts {
		if r.d.Actors[p.actor].Kind == doc.KindGroup {
			return true
		}
	}
	return false
}

// callFor tells an appeal ("a call for talks") from a call.
func (r *run) callFor(m *mention) bool {
	for c := range r.d.Children(m.at) {
		if c <= m.at {
			continue
		}
		if p := r.preposition(c); p == "for" && r.timeOf[c] < 0 {
			return true
		}
		if r.d.Deprel(c) == doc.RelAcl && r.ownMood(c).to {
			return true
		}
	}
	return false
}

// format finds by what means the mention is held: "by phone", "by video link".
func (r *run) format(m *mention) {
	if !dialogue(m.kind) {
		return
	}
	for _, p := range m.preds {
		for c := range r.d.Children(p) {
			switch w := r.word(c); {
			case w == "phone" || w == "telephone":
				if q := r.preposition(c); q == "by" || q == "on" || q == "over" || q == "via" {
					m.format, m.kind = doc.FormatPhone, doc.EventCall
				}
			case w == "video" || w == "videoconference" || w == "videolink" || w == "link" || w == "zoom" || w == "video-conference" || w == "conference" || w == "call":
				if q := r.preposition(c); (q == "by" || q == "via" || q == "over") && r.eventOf[c] < 0 || w == "videoconference" && q != "" {
					m.format = doc.FormatVideo
				}
			case w == "virtually" || w == "online" || w == "remotely":
				m.format = doc.FormatVideo
			case w == "intermediary" || w == "mediator":
				if r.preposition(c) == "through" || r.preposition(c) == "via" {
					m.format = doc.FormatIndirect
				}
			case w == "indirectly":
				m.format = doc.FormatIndirect
			case w == "person":
				if r.preposition(c) == "in" {
					m.format = doc.FormatInPerson
				}
			case w == "letter":
				if q := r.preposition(c); q == "by" || q == "in" {
					m.format = doc.FormatLetter
				}
			}
		}
	}
	if m.kind == doc.EventCall || !m.noun && m.kind == doc.EventNegotiation {
		r.phoned(m)
	}
	if m.kind == doc.EventCall && m.row.format == 0 && m.format != doc.FormatPhone && !m.place.Span.Empty() {
		m.kind = doc.EventMeeting // "spoke with B in Doha"
	}
}

// phoned finds "by telephone" in the words after the mention, wherever it hangs.
func (r *run) phoned(m *mention) {
	for k := m.at + 1; k < r.d.SentenceOf(m.at).End && k < m.at+25; k++ {
		if r.d.UPOS(k) == doc.VERB {
			return
		}
		if w := r.form(k); (w == "phone" || w == "telephone") && (r.form(k-1) == "by" || r.form(k-1) == "the" && (r.form(k-2) == "on" || r.form(k-2) == "over")) {
			m.format, m.kind = doc.FormatPhone, doc.EventCall
		}
	}
}
