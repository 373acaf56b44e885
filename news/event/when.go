package event

import (
	"time"

	"readout/doc"
)

// findTimes sets time, deadline and duration from what hangs on the mention's
// words, one phrase deep: "met Xi in Goa on Monday" may hang the day on Goa.
func (r *run) findTimes(m *mention) {
	for _, p := range r.timeWords(m) {
		for c := range r.d.Children(p) {
			r.timed(m, c, p)
		}
	}
	for _, h := range m.chain { // "gave them until Friday to sign"
		if g := r.governor(h, "clause"); g == nil || g.effect != effPropose || m.deadline != nil || h == m.at {
			continue
		}
		for c := range r.d.Children(h) {
			if k := r.timeOf[c]; k >= 0 && c > h && (r.d.Times[k].Relation == doc.TimeUntil || r.d.Times[k].Relation == doc.TimeBy) {
				m.deadline = &r.d.Times[k]
			}
		}
	}
	if m.time == nil && !m.noun { // "phoned the delegation to give his consent on Monday"
		for c := range r.d.Children(m.at) {
			if c < m.at || r.d.Deprel(c).Base() != doc.RelAdvcl || !r.ownMood(c).to || r.eventOf[c] >= 0 {
				continue
			}
			for g := range r.d.Children(c) {
				if t := r.timeOf[g]; t >= 0 && r.beforeDay(&r.d.Times[t], r.d.Published) && m.status == doc.StatusOccurred {
					r.timed(m, g, c)
				}
			}
		}
	}
	for _, p := range m.preds { // "was held on Monday and lasted an hour"
		for c := range r.d.Children(p) {
			if r.d.Deprel(c) != doc.RelConj || r.word(c) != "last" || m.duration != nil {
				continue
			}
			for k := c + 1; k < c+8 && k < r.d.SentenceOf(c).End; k++ {
				if t := r.durationOf[k]; t >= 0 {
					m.duration = &r.d.Durations[t]
					break
				}
			}
		}
	}
	if m.time == nil && m.when >= 0 {
		for c := range r.d.Children(m.when) {
			r.timed(m, c, m.when)
		}
	}
	for _, p := range m.preds {
		for c := range r.d.Children(p) {
			switch r.d.Deprel(c).Base() {
			case doc.RelObl, doc.RelNmod, doc.RelObj, doc.RelConj:
			default:
				continue
			}
			if e := r.eventOf[c]; e >= 0 && r.mentions[e].at == c || r.timeOf[c] >= 0 || r.durationOf[c] >= 0 || r.isVerb(c) {
				continue
			}
			for _, k := range r.conjuncts(c) {
				for g := range r.d.Children(k) {
					if g > p {
						r.timed(m, g, k)
					}
				}
			}
		}
	}
}

// adjacent takes the time that stands right after the noun or verb, wherever the
// parser hung it, and the length told before: "five days of talks".
func (r *run) adjacent(m *mention) {
	for k := m.at + 1; m.time == nil && k <= m.at+2 && k < r.d.SentenceOf(m.at).End; k++ {
		if t := r.timeOf[k]; t >= 0 {
			if x := &r.d.Times[t]; !x.Set && x.Relation == doc.TimeAt {
				m.time = x
			}
			break
		}
		if u := r.d.UPOS(k); u != doc.ADP && u != doc.DET {
			break
		}
	}
	for _, h := range m.chain {
		if k := r.durationOf[h]; k >= 0 && m.duration == nil && h < m.at {
			m.duration = &r.d.Durations[k]
		}
	}
}

// findTold notes when what is said of the mention was said or done: "In December
// A refused to meet B".
func (r *run) findTold(m *mention) {
	for _, h := range m.chain {
		if h == m.at || r.d.UPOS(h) != doc.VERB {
			continue
		}
		for c := range r.d.Children(h) {
			if k := r.timeOf[c]; k >= 0 && r.d.Deprel(c).Base() == doc.RelObl && &r.d.Times[k] != m.time {
				m.told = &r.d.Times[k]
				return
			}
		}
	}
}

// timeWords are the words whose times are the mention's: its own, and those
// that plan it ("scheduled for Friday").
func (r *run) timeWords(m *mention) []int32 {
	out := append([]int32(nil), m.preds...)
	for _, h := range m.chain {
		if g := r.governor(h, "clause"); g != nil && g.effect == effPlan && h < m.at && r.isVerb(h) && r.word(h) != "agree" && r.word(h) != "decide" {
			out = append(out, h)
		}
	}
	return out
}

// lasting reports whether the mention may go on since some day: it is ongoing, or
// told in the perfect.
func (r *run) lasting(m *mention) bool {
	if m.status == doc.StatusOngoing || m.status == doc.StatusDenied {
		return true
	}
	for _, p := range m.preds {
		if r.perfect(p) {
			return true
		}
	}
	return false
}

// lapsed reports whether duration c is what went by before: "after two years of
// talks they agreed".
func (r *run) lapsed(c int32) bool {
	switch r.preposition(c) {
	case "after", "following", "before", "since":
		return true
	}
	return false
}

func (r *run) timed(m *mention, c, p int32) {
	switch r.d.Deprel(c).Base() {
	case doc.RelObl, doc.RelNmod, doc.RelAdvmod, doc.RelCompound, doc.RelAmod, doc.RelNummod, doc.RelObj, doc.RelDep, doc.RelAppos, doc.RelParataxis:
	default:
		return
	}
	if k := r.durationOf[c]; k >= 0 && m.duration == nil && !r.lapsed(c) {
		m.duration = &r.d.Durations[k]
	}
	k := r.timeOf[c]
	if k < 0 {
		return
	}
	t := &r.d.Times[k]
	if t.Set || r.toldOn(c, p) {
		return
	}
	if m.row.step == stepExtend {
		switch r.preposition(c) {
		case "beyond", "past", "to", "until", "till", "through", "after", "from":
			return // to what day it is extended
		}
	}
	if p != m.at && (r.putsOff(p) || r.governor(p, "obj") != nil && r.lex.classes["speaking of"][r.word(p)]) {
		if q := r.preposition(c); q != "to" && q != "until" && q != "till" && q != "for" {
			return
		}
	}
	if t.Relation == doc.TimeSince && !r.lasting(m) {
		return // "their first meeting since May"
	}
	switch t.Relation {
	case doc.TimeBy:
		if m.deadline == nil {
			m.deadline = t
		}
	case doc.TimeBefore, doc.TimeAfter:
	case doc.TimeUntil:
		if m.status == doc.StatusPostponed && m.time == nil {
			m.time = t
		}
	default:
		if m.time == nil {
			m.time = t
		}
	}
}

// toldOn reports whether time c is when verb p was spoken of, and hung on p by the
// parser: "said on Monday it would leave".
func (r *run) toldOn(c, p int32) bool {
	s, _ := r.clauseSubject(p)
	b := r.d.Times[r.timeOf[c]].Span.Begin
	for b > 0 && r.d.UPOS(b-1) == doc.ADP {
		b--
	}
	if s < c || b == 0 {
		return false
	}
	_, cue := r.cueOf[b-1]
	return cue
}

// settle holds the status against time and day of publication, and what the
// noun's own article says.
func (r *run) settle(m *mention) {
	if m.negated {
		switch m.status {
		case 0, doc.StatusOccurred, doc.StatusOngoing, doc.StatusPlanned, doc.StatusPossible, doc.StatusProposed:
			m.set(doc.StatusDenied)
		}
	}
	if m.any && !m.firm {
		m.status = doc.StatusPossible
	}
	pub := r.d.Published
	if m.time == nil || !m.time.Known() || pub.IsZero() {
		return
	}
	before, after := r.beforeDay(m.time, pub), r.afterDay(m.time, pub)
	if m.present && m.status == doc.StatusOccurred && !m.noun && !before && !after && m.time.Unit == doc.PerDay {
		m.set(doc.StatusPlanned) // "Xi and Modi meet today"
		return
	}
	switch m.status {
	case 0:
		if after {
			m.status = doc.StatusPlanned
		} else if before {
			m.status = doc.StatusOccurred
		}
	case doc.StatusOccurred:
		if after && (m.present || !m.firm) {
			m.set(doc.StatusPlanned)
		}
	case doc.StatusOngoing:
		if after {
			m.set(doc.StatusPlanned)
		} else if m.time.Relation != doc.TimeSince && m.time.To.Before(pub.AddDate(0, 0, -7)) {
			m.set(doc.StatusOccurred)
		}
	case doc.StatusPlanned:
		old := m.time.To.Before(pub.AddDate(0, -6, 0))
		if before && !m.firm || m.would && old && m.statement < 0 {
			m.status = doc.StatusOccurred
		}
	}
}

// beforeDay and afterDay hold a time against the day of publication.
func (r *run) beforeDay(t *doc.Time, pub time.Time) bool {
	y, mo, d := pub.UTC().Date()
	return t.To.Before(time.Date(y, mo, d, 0, 0, 0, 0, time.UTC))
}

func (r *run) afterDay(t *doc.Time, pub time.Time) bool {
	y, mo, d := pub.UTC().Date()
	return !t.From.Before(time.Date(y, mo, d+1, 0, 0, 0, 0, time.UTC))
}

// historical reports whether the mention's time lies more than some months
// before the article: the background of its news.
func (r *run) historical(t *doc.Time) bool {
	pub := r.d.Published
	return t != nil && t.Known() && !pub.IsZero() && t.To.Before(pub.AddDate(0, -3, 0))
}

// spanOf is the words the mention rests on: from its first to its last word
// among trigger, supporting words, parties, place and time, when they stand
// close enough to be read as one.
func (r *run) spanOf(m *mention) doc.Span {
	sent := r.d.SentenceOf(m.at)
	s := doc.Span{Begin: m.at, End: m.at + 1}
	grow := func(t doc.Span) {
		u := s.Union(t)
		if !sent.Covers(u) || u.Len() > 40 {
			return
		}
		for k := u.Begin; k < u.End && m.row.step != stepNone; k++ {
			if e := r.eventOf[k]; e >= 0 && r.mentions[e].at == k && k != m.at && r.mentions[e].row.step != stepNone {
				return // "resumed its part, four days after leaving"
			}
		}
		s = u
	}
	for _, p := range m.preds {
		grow(doc.Span{Begin: p, End: p + 1})
	}
	for _, p := range m.parts {
		if !p.implied {
			grow(p.span)
		}
	}
	grow(m.place.Span)
	if m.time != nil {
		grow(m.time.Span)
	}
	return s
}
