package event

import (
	"time"

	"readout/doc"
)

// join adds the mention to the cluster, and what it tells.
func (r *run) join(m *mention, i, k int32) {
	c := &r.clusters[k]
	m.cluster = k
	first := len(c.mentions) == 0
	c.mentions = append(c.mentions, i)
	r.joinParts(m, c, first)
	if c.place.Span.Empty() || r.heldAfter(m, c) || r.isRoom(m.place) && samePlace(m.place.Within, c.place.Name) {
		if !m.place.Span.Empty() {
			c.place = m.place
		}
	}
	if c.time == nil || m.time != nil && !m.heading && (m.status == doc.StatusPostponed || r.heldAfter(m, c)) {
		c.time = m.time
	}
	if c.format == 0 || m.format == doc.FormatPhone {
		c.format = m.format
	}
	if m.format == doc.FormatPhone {
		c.kind = doc.EventCall
	}
	if c.label == "" {
		c.label = m.label
	}
	c.size = max(c.size, m.size)
	c.alone = c.alone || m.alone
	c.fresh, c.first, c.past = c.fresh || m.fresh, c.first || m.first, c.past || m.past
	c.off = c.off || m.status == doc.StatusPostponed
	if v := m.realness(); v != 0 && (c.real == 0 || m.firm && !c.firm || v > c.real) {
		c.real = v
	}
	c.firm = c.firm || m.firm && m.status != doc.StatusDenied
	if !m.heading {
		c.last = max(c.last, m.at)
	}
}

// joinParts merges who takes part. What a clause only implies counts for an
// event nobody is named of.
func (r *run) joinParts(m *mention, c *cluster, first bool) {
	if !first && r.refusedVote(m, c) {
		return
	}
	if !first && r.sameDeal(m, c) {
		if r.unnamedGroup(m.parts) {
			return
		}
		c.parts = nil
	}
	if !first && r.fillsGroup(m.parts, c.parts) {
		kept := c.parts[:0]
		for _, p := range c.parts {
			if r.sizeOf(p) == 0 {
				kept = append(kept, p)
			}
		}
		c.parts = kept
	} else if !first && r.fillsGroup(c.parts, m.parts) {
		return
	}
	for _, p := range m.parts {
		if p.implied && (!first || r.attending(m) > 1) {
			continue
		}
		if a := &r.d.Actors[p.actor]; m.heading && attendingOf(c.parts) > 1 && a.Kind == doc.KindGroup && len(a.Members) == 0 {
			continue // "Generals' meeting put off": whom the text names
		}
		known := false
		for k := range c.parts {
			q := &c.parts[k]
			if q.actor == p.actor {
				known = true
				if q.as == doc.AsParticipant || q.implied {
					q.as, q.implied = p.as, p.implied
				} else if !attends(q.as) && attends(p.as) && q.as != doc.AsAbsent {
					q.as = p.as
				}
			}
		}
		if !known && !r.standsFor(c, p) {
			c.parts = append(c.parts, p)
		}
	}
	c.full = c.full || m.full || c.kind == doc.EventCall && attendingOf(c.parts) >= 2
	c.group = false
	for _, p := range c.parts {
		if a := &r.d.Actors[p.actor]; attends(p.as) && a.Kind == doc.KindGroup && len(a.Members) == 0 {
			c.group = true
		}
	}
	if c.group {
		c.full = false
	}
}

// standsFor reports whether the cluster already holds someone in whose place
// the actor is named: Russia, where its president takes part.
func (r *run) standsFor(c *cluster, p part) bool {
	if r.d.Actors[p.actor].Kind != doc.KindCountry {
		return false
	}
	for _, q := range c.parts {
		if attends(q.as) && attends(p.as) && q.actor != p.actor && r.d.Actors[q.actor].Kind != doc.KindGroup && r.samePart(q.who, p.who) {
			return true
		}
	}
	return false
}

// refusedVote reports whether the mention tells that somebody will not have the
// vote that another plans: neither of them is who votes.
func (r *run) refusedVote(m *mention, c *cluster) bool {
	return m.kind == doc.EventVote && c.kind == doc.EventVote && m.refusal && c.real < 0 && m.time == nil
}

// sameDeal reports whether both tell of a text or a truce of the same day, one of
// them by a word for those who concluded it: "a truce that their leaders signed on
// Monday", "the truce of Monday, signed by A and B".
func (r *run) sameDeal(m *mention, c *cluster) bool {
	if dialogue(m.kind) || m.kind != c.kind || m.time == nil || c.time == nil || !m.time.Known() || m.time.From != c.time.From || m.time.To != c.time.To {
		return false
	}
	switch m.kind {
	case doc.EventCeasefire, doc.EventAgreement, doc.EventSigning:
	default:
		return false
	}
	return m.time.To.Sub(m.time.From) < 48*time.Hour && m.realness() > 0 && c.real > 0 && r.unnamedGroup(m.parts) != r.unnamedGroup(c.parts)
}

// unnamedGroup reports whether all that ps tell of who takes part is one word for
// a group of unknown members: "their leaders".
func (r *run) unnamedGroup(ps []part) bool {
	n, group := 0, false
	for _, p := range ps {
		if attends(p.as) && !p.implied {
			n++
			a := &r.d.Actors[p.actor]
			group = a.Kind == doc.KindGroup && len(a.Members) == 0 && a.Country == ""
		}
	}
	return n == 1 && group
}

// onlyDenied reports whether all that is told of c is that it did not take place.
func (r *run) onlyDenied(c *cluster) bool {
	for _, i := range c.mentions {
		if r.mentions[i].status != doc.StatusDenied {
			return false
		}
	}
	return true
}
