package event

import "readout/doc"

// voice is whose words a status rests on.
type voice uint8

const (
	voiceOwn   voice = iota // the article itself
	voiceParty              // a party to the event
	voiceOther              // anyone else
	voices     = iota
)

// evidence counts for each status and voice how it is supported: 2 firmly, by
// words that say it; 1 by words that take it for granted.
type evidence [int(doc.StatusDenied) + 1][voices]uint8

func (e *evidence) put(s doc.Status, v voice, firm bool) {
	n := uint8(1)
	if firm {
		n = 2
	}
	e[s][v] = max(e[s][v], n)
}

// firm and any report whether one of the voices supports s.
func (e *evidence) firm(s doc.Status, vs ...voice) bool {
	for _, v := range vs {
		if e[s][v] == 2 {
			return true
		}
	}
	return false
}

func (e *evidence) any(s doc.Status) bool {
	return e[s][voiceOwn] > 0 || e[s][voiceParty] > 0 || e[s][voiceOther] > 0
}

// derive is the status that the article as a whole supports; docs/status.md
// tells the rules with an example each.
//
//  1. What is cancelled or put off is so, unless the words say firmly that it
//     took place after all.
//  2. The article's own word that it takes or took place decides.
//  3. A party's denial or refusal outweighs others' word.
//  4. Anyone's firm word that it took place.
//  5. Plans: a condition said firmly, then planned; what is only proposed or
//     possible after those. Each by the article's and the parties' words before
//     those of others.
//  6. What the words only take for granted.
func (e *evidence) derive() doc.Status {
	const o, p, x = voiceOwn, voiceParty, voiceOther
	happened := e.firm(doc.StatusOccurred, o) || e.firm(doc.StatusOngoing, o)
	if !happened {
		for _, s := range []doc.Status{doc.StatusCancelled, doc.StatusPostponed} {
			if e.firm(s, o, p, x) {
				return s
			}
		}
	}
	for _, s := range []doc.Status{doc.StatusOccurred, doc.StatusOngoing} {
		if e.firm(s, o) {
			return s
		}
	}
	if e.firm(doc.StatusDenied, o) && e.firm(doc.StatusPlanned, o) {
		return doc.StatusCancelled // "were to meet", "did not take place"
	}
	if e.firm(doc.StatusDenied, o, p) {
		return doc.StatusDenied
	}
	for _, s := range []doc.Status{doc.StatusOccurred, doc.StatusOngoing} {
		if e.firm(s, p, x) {
			return s
		}
	}
	set := []doc.Status{doc.StatusConditional, doc.StatusPlanned}
	open := []doc.Status{doc.StatusProposed, doc.StatusPossible}
	for i, said := range []struct {
		by []voice
		of []doc.Status
	}{
		{[]voice{o, p}, set}, {[]voice{x}, set}, {[]voice{o, p}, open}, {[]voice{x}, []doc.Status{doc.StatusDenied}}, {[]voice{x}, append(set, open...)},
	} {
		if i == 1 && e.firm(doc.StatusDenied, x) {
			continue // others do not agree
		}
		for _, s := range said.of {
			if e.firm(s, said.by...) {
				return s
			}
		}
	}
	for _, s := range []doc.Status{doc.StatusOccurred, doc.StatusOngoing, doc.StatusPlanned, doc.StatusCancelled,
		doc.StatusPostponed, doc.StatusDenied, doc.StatusConditional, doc.StatusProposed, doc.StatusPossible} {
		if e.any(s) {
			return s
		}
	}
	return doc.StatusPossible
}

// statusOf gathers the evidence of a cluster's mentions.
func (r *run) statusOf(ev *doc.Event, c *cluster, answers []doc.StatementID) doc.Status {
	var e evidence
	for _, s := range answers {
		v := voiceOther
		if r.partyTo(ev, r.d.Statements[s].Source.Actor) {
			v = voiceParty
		}
		e.put(doc.StatusDenied, v, true)
	}
	for _, i := range c.mentions {
		m := &r.mentions[i]
		if m.status == 0 || m.supposed && len(c.mentions) > 1 {
			continue
		}
		if r.overtaken(m, c) {
			continue
		}
		if m.earlier && (m.status == doc.StatusCancelled || m.status == doc.StatusPostponed) && r.plannedBeside(m, c) {
			continue
		}
		v := voiceOwn
		if m.statement >= 0 {
			v = voiceOther
			if r.partyTo(ev, r.d.Statements[m.statement].Source.Actor) || r.arranges(m) {
				v = voiceParty
			}
			if m.refusal && c.kind == doc.EventVote && !r.mentionsFirst(m, c) {
				v = voiceOther // a vote is held over the head of who will not have it
			}
		}
		if s, _ := r.retort(m); s != 0 {
			e.put(s, voiceOwn, true)
		}
		if r.hearsay(m) {
			e.put(doc.StatusPossible, v, false)
			continue
		}
		e.put(m.status, v, m.firm && !m.heading)
	}
	if e == (evidence{}) && r.takenForGranted(c) {
		return doc.StatusOccurred
	}
	return e.derive()
}

// mentionsFirst reports whether the cluster begins with m.
func (r *run) mentionsFirst(m *mention, c *cluster) bool { return &r.mentions[c.mentions[0]] == m }

// overtaken reports whether what the mention says is out of date by a later
// sentence of the article: what was called off is planned again by the article
// or by who called it off; what was going on has been broken off.
func (r *run) overtaken(m *mention, c *cluster) bool {
	for _, i := range c.mentions {
		o := &r.mentions[i]
		if !o.firm || o.heading || o.earlier || r.d.Tokens.Sent[o.at] <= r.d.Tokens.Sent[m.at] {
			continue
		}
		switch m.status {
		case doc.StatusCancelled:
			if o.coming && (o.status == doc.StatusPlanned || o.status == doc.StatusConditional) && r.sameVoice(m, o) {
				return true
			}
		case doc.StatusOngoing:
			if (o.status == doc.StatusPostponed || o.status == doc.StatusCancelled) && o.statement < 0 {
				return true
			}
		}
	}
	return false
}

// sameVoice reports whether o is said by the article, by who says m, or m by the
// article.
func (r *run) sameVoice(m, o *mention) bool {
	return m.statement < 0 || o.statement < 0 || r.d.Statements[m.statement].Source.Actor == r.d.Statements[o.statement].Source.Actor
}

// takenForGranted: "the invasion of Kuwait", "their talks", of which nothing
// else is said, are told of as things that are.
func (r *run) takenForGranted(c *cluster) bool {
	for _, i := range c.mentions {
		m := &r.mentions[i]
		if !m.noun || m.supposed || m.any || m.row.step == stepExtend || m.article != definite && m.article != possessed {
			return false
		}
	}
	return true
}

// arranges reports whether who speaks of the mention announces it from an
// office that can make it happen: a president who announces the talks of
// others.
func (r *run) arranges(m *mention) bool {
	st := &r.d.Statements[m.statement]
	if st.Source.Actor < 0 || st.Cue.Act != doc.ActAnnounce && st.Cue.Act != doc.ActConfirm && st.Cue.Act != doc.ActAgree {
		return false
	}
	l := r.levelOf(st.Source.Actor)
	return l == doc.LevelLeaders || l == doc.LevelMinisters
}

// plannedBeside reports whether the sentence that tells that the event was once
// called off plans it again: "still wants to meet, after they called it off".
func (r *run) plannedBeside(m *mention, c *cluster) bool {
	for _, i := range c.mentions {
		o := &r.mentions[i]
		if o != m && o.firm && r.d.Tokens.Sent[o.at] == r.d.Tokens.Sent[m.at] {
			switch o.status {
			case doc.StatusPlanned, doc.StatusProposed, doc.StatusConditional, doc.StatusPossible:
				return true
			}
		}
	}
	return false
}
