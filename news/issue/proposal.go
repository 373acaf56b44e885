package issue

import (
	"strings"

	"readout/doc"
)

// proposals finds what is put on the table and its terms. A proposal hangs by a
// verb ("proposed a corridor", "exploring ways to …") or by a noun that is the
// subject of its terms ("the draft provides for …").
func (r *run) proposals() {
	d := r.d
	r.innermost()
	r.findGatherings()
	for bi, b := range d.Blocks {
		if b.Kind == doc.BlockHeading {
			continue
		}
		for i := b.Span.Begin; i < b.Span.End; i++ {
			p, ok := r.t.proposals[word{r.low[i], d.UPOS(i)}]
			if !ok {
				continue
			}
			v := doc.Proposal{By: r.proposers(i), Status: p.status}
			if p.status == doc.ProposalTabled && r.denied(i) {
				continue
			}
			if d.UPOS(i) == doc.VERB {
				if !r.acts(i) {
					continue // "estimates suggest"
				}
				v.Terms = r.verbTerms(i, p.status)
			} else {
				v.Terms = r.nounTerms(i)
			}
			r.propose(v, i, bi)
		}
		r.provisions(bi)
	}
}

// provisions are clauses of obligation or promise in a paragraph that speaks of
// an agreement or a draft: "the rebels would give up their weapons within a
// month".
func (r *run) provisions(block int) {
	d := r.d
	span := d.Blocks[block].Span
	text := int32(doc.None)
	for i := span.Begin; i < span.End; i++ {
		if d.UPOS(i) == doc.NOUN && r.t.text[r.low[i]] {
			text = i
		}
		if text == doc.None || d.UPOS(i) != doc.VERB || d.Tokens.Sent[i]-d.Tokens.Sent[text] > 3 || !r.provides(i, d.Tokens.Sent[i] == d.Tokens.Sent[text]) {
			continue
		}
		v := doc.Proposal{By: r.proposers(text), Status: doc.ProposalTabled, Terms: r.pieces(i)}
		if p, ok := r.t.proposals[word{r.low[text], doc.NOUN}]; ok {
			v.Status = p.status
		}
		r.propose(v, i, block)
		if len(v.Terms) > 0 && !r.placed {
			r.text(v, text, i)
		}
	}
}

// text gives v to the issue of the text itself ("the plan") where its terms
// name no topic, making that issue if need be.
func (r *run) text(v doc.Proposal, text, at int32) {
	d := r.d
	v.Span = doc.Span{Begin: at, End: at + 1}
	for _, t := range v.Terms {
		v.Span = v.Span.Union(t)
	}
	for k := len(r.hits) - 1; k >= 0; k-- {
		h := &r.hits[k]
		if h.issue == doc.None || h.span.Begin > at {
			continue
		}
		if c := d.Issues[h.issue].Canonical; c == "peace treaty" || c == "agreement" {
			d.Issues[h.issue].Proposals = append(d.Issues[h.issue].Proposals, v)
			return
		}
	}
	s := r.nounPhrase(text)
	key := strings.ToLower(d.Slice(s))
	id, ok := r.issues[key]
	if !ok {
		id = doc.IssueID(len(d.Issues))
		r.issues[key] = id
		d.Issues = append(d.Issues, doc.Issue{
			Topic: r.label(s), PartOf: doc.None, Evidence: []doc.Span{s}, Positions: []doc.Position{}, Proposals: []doc.Proposal{},
		})
	}
	d.Issues[id].Proposals = append(d.Issues[id].Proposals, v)
}

// provides reports whether the verb at i is the main one of a clause that lays
// something down: under "would", "must" or "shall", with a subject; under "will"
// only beside the text itself, since much else will happen.
func (r *run) provides(i int32, beside bool) bool {
	d := r.d
	switch d.Deprel(i).Base() {
	case doc.RelRoot, doc.RelCcomp, doc.RelParataxis, doc.RelAclRelcl:
	default:
		return false
	}
	if r.meets(i) || d.Child(i, doc.RelNsubj) < 0 {
		return false
	}
	for c := range d.Children(i) {
		if d.Deprel(c).Base() == doc.RelAux {
			switch r.low[c] {
			case "would", "must", "shall":
				return !r.denied(i)
			case "will":
				return beside && !r.denied(i)
			}
		}
	}
	return false
}

// meets reports whether the token at i, or its object, names a meeting or a
// call: who plans one puts no terms on the table.
func (r *run) meets(i int32) bool {
	return r.gatherings[i] || r.gatherings[max(r.d.Child(i, doc.RelObj), 0)]
}

// findGatherings notes the tokens that name meetings, calls, visits and talks,
// and the making and passing of texts.
func (r *run) findGatherings() {
	r.gatherings = map[int32]bool{}
	for i := range r.d.Events {
		switch r.d.Events[i].Kind {
		case doc.EventMeeting, doc.EventCall, doc.EventVisit, doc.EventNegotiation, doc.EventMediation,
			doc.EventVote, doc.EventDrafting, doc.EventSigning:
			for _, t := range r.d.Events[i].Triggers {
				r.gatherings[t] = t > 0 // token 0 stands for "no object" in meets
			}
		}
	}
}

// propose gives v to its issue: a topic named beside the proposal, else the one
// spoken of just before it or in the heading above, else one within its terms.
func (r *run) propose(v doc.Proposal, at int32, block int) {
	d := r.d
	r.placed = false
	if len(v.Terms) == 0 {
		return
	}
	v.Span = doc.Span{Begin: at, End: at + 1}
	for _, t := range v.Terms {
		v.Span = v.Span.Union(t)
	}
	sent := d.SentenceOf(v.Span.Begin)
	within, beside := doc.IssueID(doc.None), doc.IssueID(doc.None)
	for _, k := range r.hitsIn(sent) {
		h := &r.hits[k]
		switch {
		case h.issue == doc.None:
		case inTerms(h.span, v.Terms):
			if within == doc.None {
				within = h.issue
			}
		case beside == doc.None:
			beside = h.issue
		}
	}
	id := beside
	if id == doc.None && within == doc.None || id == doc.None && v.Status == doc.ProposalExplored {
		id = r.before(sent, block)
	}
	if id == doc.None {
		id = within
	}
	if id == doc.None {
		return
	}
	r.placed = true
	list := d.Issues[id].Proposals
	for k := range list {
		if list[k].Span.Overlaps(v.Span) {
			return
		}
	}
	d.Issues[id].Proposals = append(list, v)
}

func inTerms(s doc.Span, terms []doc.Span) bool {
	for _, t := range terms {
		if t.Covers(s) {
			return true
		}
	}
	return false
}

// before is the issue of the nearest hit before a sentence, no further back
// than the block before, or the heading of the section where it is near.
func (r *run) before(sent doc.Span, block int) doc.IssueID {
	d := r.d
	from := max(block-1, 0)
	for k := block; k >= max(block-6, 0); k-- {
		if d.Blocks[k].Kind == doc.BlockHeading {
			from = min(from, k)
			break
		}
	}
	reach := d.Blocks[from].Span.Begin
	for k := len(r.hits) - 1; k >= 0 && r.hits[k].span.Begin >= reach; k-- {
		if h := &r.hits[k]; h.span.End <= sent.Begin && h.issue != doc.None {
			return h.issue
		}
	}
	return doc.None
}

// proposers are the actors whose proposal it is: the verb's subject, the noun's
// owner, or the source of the statement that holds it.
func (r *run) proposers(i int32) []doc.ActorID {
	d := r.d
	at := int32(doc.None)
	if d.UPOS(i) == doc.VERB {
		at = r.subject(i)
	} else {
		for c := range d.Children(i) {
			poss := d.Deprel(c) == doc.RelNmodPoss
			by := d.Deprel(c).Base() == doc.RelNmod && (r.caseOf(c) == "by" || r.caseOf(c) == "from")
			if poss || by {
				at = c
			}
		}
	}
	if at != doc.None {
		if m := d.MentionOf(at); m != doc.None {
			return []doc.ActorID{d.Mentions[m].Actor}
		}
	}
	if s := r.speech[i]; s != doc.None && d.Statements[s].Source.Actor != doc.None {
		return []doc.ActorID{d.Statements[s].Source.Actor}
	}
	return nil
}

// innermost notes for each token the statement with the shortest content that
// holds it.
func (r *run) innermost() {
	r.speech = make([]doc.StatementID, r.d.Len())
	for i := range r.speech {
		r.speech[i] = doc.None
	}
	for k := range r.d.Statements {
		n := r.contentLen(doc.StatementID(k))
		for _, c := range r.d.Statements[k].Content {
			for i := c.Begin; i < c.End; i++ {
				if at := r.speech[i]; at == doc.None || n < r.contentLen(at) {
					r.speech[i] = doc.StatementID(k)
				}
			}
		}
	}
}

func (r *run) contentLen(s doc.StatementID) int {
	n := 0
	for _, c := range r.d.Statements[s].Content {
		n += c.Len()
	}
	return n
}

// verbTerms are the objects and clauses of the verb at i. Who accepts or rejects
// does so with a proposal that the article describes; its terms are that
// proposal's, and a bare object is none.
func (r *run) verbTerms(i int32, status doc.ProposalStatus) []doc.Span {
	d := r.d
	var out []doc.Span
	for c := range d.Children(i) {
		switch d.Deprel(c).Base() {
		case doc.RelObj, doc.RelXcomp, doc.RelCcomp:
			settled := status == doc.ProposalAccepted || status == doc.ProposalRejected
			if c < i || settled && d.Deprel(c).Base() != doc.RelObj {
				continue
			}
			// The terms of a noun that itself means a proposal, or of "ways to", are
			// what the noun is for.
			inner := r.nounTerms(c)
			if len(inner) == 0 && r.t.text[r.low[c]] {
				inner = r.purpose(i) // "for a corridor", hung on the verb
			}
			if len(inner) > 0 && d.UPOS(c) == doc.NOUN && (r.t.text[r.low[c]] || r.t.vague[r.low[c]]) {
				out = append(out, inner...)
				continue
			}
			bare := status == doc.ProposalAccepted || status == doc.ProposalRejected || r.t.vague[r.low[c]] || r.t.text[r.low[c]]
			if d.UPOS(c) == doc.PRON || d.UPOS(c) == doc.NOUN && bare || r.meets(c) {
				continue
			}
			out = append(out, r.pieces(c)...)
		}
	}
	return out
}

// acts reports whether the subject of the verb at i may propose something:
// "estimates suggest" puts nothing on the table.
func (r *run) acts(i int32) bool {
	s := r.subject(i)
	return s == doc.None || !r.t.findings[r.low[s]]
}

// purpose is the for-phrase of the verb at i, in pieces.
func (r *run) purpose(i int32) []doc.Span {
	for c := range r.d.Children(i) {
		if c > i && r.d.Deprel(c).Base() == doc.RelObl && r.caseOf(c) == "for" {
			return r.pieces(c)
		}
	}
	return nil
}

// nounTerms are the terms that hang by a noun: "a plan to …", "a proposal for
// …", "the draft provides for …".
func (r *run) nounTerms(i int32) []doc.Span {
	d := r.d
	var out []doc.Span
	for c := range d.Children(i) {
		rel := d.Deprel(c).Base()
		if c > i && rel == doc.RelAppos && r.listed(i, c) { // "a plan: a truce, the exchange of prisoners"
			out = append(out, r.pieces(c)...)
		}
		if c > i && !r.meets(c) && (rel == doc.RelAcl && d.Deprel(c) != doc.RelAclRelcl || rel == doc.RelNmod && r.caseOf(c) == "for") {
			out = append(out, r.pieces(c)...)
		}
	}
	if h := d.Head(i); h >= 0 && d.Deprel(i).Base() == doc.RelNsubj && r.t.sets[r.low[h]] {
		for c := range d.Children(h) {
			switch rel := d.Deprel(c).Base(); {
			case rel == doc.RelObj, rel == doc.RelCcomp, rel == doc.RelXcomp, rel == doc.RelObl && r.caseOf(c) == "for":
				out = append(out, r.pieces(c)...)
			}
		}
	}
	return out
}

// listed reports whether a colon stands between noun i and phrase c.
func (r *run) listed(i, c int32) bool {
	for k := i + 1; k < c && k < i+8; k++ {
		if r.low[k] == ":" {
			return true
		}
	}
	return false
}

// pieces cuts the phrase headed by h into terms: one a coordinated part, and
// what "with" or "without" adds after a comma.
func (r *run) pieces(h int32) []doc.Span {
	d := r.d
	whole := d.Subtree(h)
	cuts := []int32{}
	for c := range d.Children(h) {
		if d.Deprel(c).Base() == doc.RelConj && c > h {
			cuts = append(cuts, d.Subtree(c).Begin)
		}
	}
	for i := whole.Begin + 1; i < whole.End; i++ {
		if d.Form(i-1) == "," && (r.low[i] == "without" || r.low[i] == "with") {
			cuts = append(cuts, i)
		}
	}
	var out []doc.Span
	from := whole.Begin
	for i := whole.Begin + 1; i <= whole.End; i++ {
		cut := i == whole.End
		for _, c := range cuts {
			cut = cut || c == i
		}
		if !cut {
			continue
		}
		if s := r.trim(doc.Span{Begin: from, End: i}); !s.Empty() {
			out = append(out, s)
		}
		from = i
	}
	return out
}

// trim drops punctuation and conjunctions at the ends of a term.
func (r *run) trim(s doc.Span) doc.Span {
	d := r.d
	for !s.Empty() && (d.UPOS(s.Begin) == doc.PUNCT || d.UPOS(s.Begin) == doc.CCONJ) {
		s.Begin++
	}
	for !s.Empty() && (d.UPOS(s.End-1) == doc.PUNCT || d.UPOS(s.End-1) == doc.CCONJ) {
		s.End--
	}
	return s
}
