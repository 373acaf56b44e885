package event

import "readout/doc"

// retort is what the next sentence says in the article's own voice, with no verb
// but "did" or "had", of what a source told in mention m, and the words that say it:
// occurred or denied, 0 where it says neither. "Kenya said that the two had met. They
// had not."
func (r *run) retort(m *mention) (doc.Status, doc.Span) {
	none := doc.Span{Begin: doc.None, End: doc.None}
	if m.statement < 0 || m.noun || m.heading || m.status == 0 || m.status == doc.StatusDenied ||
		!r.asserted(m.at, r.d.Statements[m.statement].Cue.Head) {
		return 0, none
	}
	next := r.d.SentenceOf(m.at).End
	if next+2 >= int32(r.d.Len()) || r.statementOf[next] >= 0 || r.d.UPOS(next) != doc.PRON {
		return 0, none
	}
	if w := r.form(next + 1); w != "did" && w != "had" {
		return 0, none
	}
	s, end := doc.StatusOccurred, next+2
	if w := r.form(end); w == "not" || w == "n't" {
		s, end = doc.StatusDenied, end+1
	}
	if end < int32(r.d.Len()) && r.d.UPOS(end) != doc.PUNCT {
		return 0, none
	}
	return s, doc.Span{Begin: next, End: end}
}

// retorted adds to event ev the claims of the article itself that say in a word
// that what a source told of it is so, or is not.
func (r *run) retorted(ev *doc.Event, c *cluster) {
	for _, i := range c.mentions {
		if s, words := r.retort(&r.mentions[i]); s != 0 {
			ev.Claims = append(ev.Claims, doc.Claim{By: doc.None, Statement: doc.None, Line: ownLine(s),
				Status: s, Span: words, Confidence: 0.75})
		}
	}
}

// hearsay reports whether the mention is only what somebody is asked about: "Asked
// about a report that A and B had met, an official said". The answer decides.
func (r *run) hearsay(m *mention) bool {
	sent := r.d.SentenceOf(m.at)
	if m.realness() <= 0 || m.heading || r.form(sent.Begin) != "asked" {
		return false
	}
	for k := range r.d.Statements {
		if by := r.d.Statements[k].Source.Span.Begin; by > m.at && by < sent.End {
			return true
		}
	}
	return false
}

// apartFrom is the event that mention m is told apart from; None without one.
func (r *run) apartFrom(m *mention) int32 {
	if k := len(r.clusters) - 1; k >= 0 && r.apart(m, &r.clusters[k]) {
		return int32(k)
	}
	return doc.None
}

// apart reports whether who says in m that something took place has just said of
// c that it did not: the two are not one event, whatever they are called. "They did
// not meet, an envoy said. The contacts took place by letter, he said."
func (r *run) apart(m *mention, c *cluster) bool {
	if !m.noun || !m.firm || m.realness() <= 0 || m.statement < 0 || !r.onlyDenied(c) || r.d.Tokens.Sent[m.at]-r.d.Tokens.Sent[c.last] > 1 {
		return false
	}
	o := &r.mentions[c.mentions[len(c.mentions)-1]]
	if !o.firm || o.statement < 0 || o.row == m.row || r.d.Statements[o.statement].Cue.Act == doc.ActDeny {
		return false
	}
	a, b := r.d.Statements[m.statement].Source.Actor, r.d.Statements[o.statement].Source.Actor
	return a < 0 || a == b
}
