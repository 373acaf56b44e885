package event

import "readout/doc"

// Who stays away, or leaves.

// stoodUp reads who did not come to what was planned: "were expected in Oslo, but
// Modi stayed away". What was to bring two together is off by that.
func (r *run) stoodUp(m *mention) {
	if m.noun || m.status != doc.StatusPlanned {
		return
	}
	for c := range r.d.Children(m.at) {
		if c < m.at || r.d.Deprel(c) != doc.RelConj || r.d.UPOS(c) != doc.VERB || !r.keepsAway(c) {
			continue
		}
		s, _ := r.clauseSubject(c)
		if s < 0 {
			continue
		}
		before, gone := r.attending(m), 0
		for _, w := range r.actorsAt(s) {
			for k := range m.parts {
				if p := &m.parts[k]; attends(p.as) && r.samePeople(p.actor, w.actor) {
					p.as = doc.AsAbsent
					gone++
				}
			}
		}
		if gone > 0 && before == 2 {
			m.set(doc.StatusCancelled)
		}
	}
}

// keepsAway reports whether verb v tells in the past that somebody did not come:
// "stayed away", "did not show up", "failed to appear".
func (r *run) keepsAway(v int32) bool {
	md := r.moodOf(v)
	if md.tense != tensePast && md.tense != tensePerfect {
		return false
	}
	switch w := r.word(v); {
	case w == "stay":
		return !md.negated && r.particle(v, "away")
	case w == "fail":
		x := r.d.Child(v, doc.RelXcomp)
		return !md.negated && x >= 0 && (r.lex.classes["attending"][r.word(x)] || r.word(x) == "show" || r.word(x) == "turn")
	case w == "show" || w == "turn":
		return md.negated && r.particle(v, "up")
	case r.lex.classes["attending"][w]:
		return md.negated
	}
	return false
}

// leavers takes back that an event is off where all that is told is that one of
// its parties left it, and no other is named: "Japan withdrew from the talks"
// leaves the talks to the others.
func (r *run) leavers() {
	for k := range r.clusters {
		c := &r.clusters[k]
		if attendingOf(c.parts) != 1 {
			continue
		}
		for _, i := range c.mentions {
			if m := &r.mentions[i]; m.left && m.article == definite && m.status == doc.StatusCancelled {
				m.status, m.firm = doc.StatusOccurred, false
			}
		}
	}
}
