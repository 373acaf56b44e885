package issue

import "readout/doc"

// index collects the hits in the words of each statement: its cue and content,
// so that "expressed support for talks" counts whichever way it is cut.
func (r *run) index() {
	r.spoken = make([][]int, len(r.d.Statements))
	for i := range r.d.Statements {
		s := &r.d.Statements[i]
		if s.Form == doc.SaidSilence {
			continue
		}
		for _, c := range s.Content {
			r.spoken[i] = append(r.spoken[i], r.hitsIn(c)...)
		}
		if !s.Cue.Span.Empty() {
			r.spoken[i] = append(r.spoken[i], r.hitsIn(s.Cue.Span)...)
		}
	}
}

// positions gives each source of a statement its stance on the topics of which
// the statement speaks. Where a statement relays another one, the words are the
// inner speaker's: who reports that a minister opposes a plan does not oppose it.
func (r *run) positions() {
	d := r.d
	inner := make([]map[int]bool, len(d.Statements))
	for i := range d.Statements {
		if w := d.Statements[i].Within; w >= 0 {
			if inner[w] == nil {
				inner[w] = map[int]bool{}
			}
			for _, k := range r.spoken[i] {
				inner[w][k] = true
			}
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		for _, k := range r.spoken[i] {
			h := &r.hits[k]
			who, st := r.speaker(s), r.stance(s, h)
			if r.hypothetical(s.Cue.Head) && s.Within != doc.None {
				// "if the neighbour recognises the border": what the outer speaker wants.
				who, st = r.speaker(&d.Statements[s.Within]), doc.StanceSeeks
			}
			if inner[i][k] || h.issue == doc.None || who == doc.None {
				continue
			}
			r.position(h.issue, doc.Position{
				Actor: who, Stance: st, Statement: doc.StatementID(i),
				Span: h.span, Confidence: s.Confidence,
			})
		}
	}
	r.pointed()
	r.ownVoice()
	r.inherit()
}

// speaker is the actor whose stance s is: its source, or where that is no actor
// ("said his country supports"), the source of the statement that relays it.
func (r *run) speaker(s *doc.Statement) doc.ActorID {
	for s.Source.Actor == doc.None && s.Within != doc.None && s.Source.Standing != doc.StandingUnattributed {
		s = &r.d.Statements[s.Within]
	}
	return s.Source.Actor
}

// hypothetical reports whether the clause of the word at i is a condition.
func (r *run) hypothetical(i int32) bool {
	for n := 0; n < 3 && i >= 0; n++ {
		if m := r.d.Child(i, doc.RelMark); m >= 0 {
			switch r.low[m] {
			case "if", "unless", "once", "until", "provided":
				return true
			}
		}
		if b := r.d.Deprel(i).Base(); b != doc.RelConj && b != doc.RelXcomp {
			return false
		}
		i = r.d.Head(i)
	}
	return false
}

// possessed reports whether a noun is somebody's: "his country".
func (r *run) possessed(i int32) bool {
	d := r.d
	for c := range d.Children(i) {
		if d.Deprel(c) == doc.RelNmodPoss && d.UPOS(c) == doc.PRON {
			return true
		}
	}
	return false
}

// pointed gives a stance to who praises or attacks something by a pronoun or a
// word such as "the text": it is the topic spoken of last.
func (r *run) pointed() {
	d := r.d
	for i := range d.Statements {
		s := &d.Statements[i]
		st := flip(actStance(s.Cue.Act), s.Negated)
		if len(r.spoken[i]) > 0 || s.Source.Actor == doc.None || len(s.Content) == 0 || st != doc.StanceSupports && st != doc.StanceOpposes {
			continue
		}
		c := s.Content[0]
		h := d.HeadOf(c)
		first := c.Begin
		for first+1 < c.End && (d.UPOS(first) == doc.DET || d.UPOS(first) == doc.PUNCT || d.UPOS(first) == doc.ADP) {
			first++
		}
		if !(d.UPOS(first) == doc.PRON && (r.low[first] == "it" || r.low[first] == "this" || r.low[first] == "that")) && !r.t.text[r.low[h]] && !r.t.text[r.low[first]] {
			continue
		}
		if id := r.before(d.SentenceOf(c.Begin), r.blockOf(c.Begin)); id != doc.None {
			r.position(id, doc.Position{Actor: s.Source.Actor, Stance: st, Statement: doc.StatementID(i), Span: c, Confidence: 0.4})
		}
	}
}

// inherit passes positions on a topic to its parts named with it: who raises
// "humanitarian issues, including X" speaks of X.
func (r *run) inherit() {
	d := r.d
	for k := range r.hits {
		h := &r.hits[k]
		if h.issue == doc.None || h.heading || !including(r.caseOf(h.head)) {
			continue
		}
		w := r.hitAt(d.Head(h.head))
		if w == nil || w.issue == doc.None || w.issue == h.issue {
			continue
		}
		for _, p := range d.Issues[w.issue].Positions {
			if p.Span == w.span {
				p.Span = h.span
				r.position(h.issue, p)
			}
		}
	}
}

// position adds p unless the issue has it; a stance replaces a mere
// "discusses" of the same actor.
func (r *run) position(id doc.IssueID, p doc.Position) {
	list := r.d.Issues[id].Positions
	for k := range list {
		if list[k].Actor != p.Actor {
			continue
		}
		if list[k].Stance == p.Stance || p.Stance == doc.StanceDiscusses {
			return
		}
		if list[k].Stance == doc.StanceDiscusses {
			list[k] = p
			return
		}
	}
	r.d.Issues[id].Positions = append(list, p)
}

// ownVoice adds the stances that the article tells without a statement: "the
// ministers discussed a ceasefire", "his staff are drafting guarantees".
func (r *run) ownVoice() {
	d := r.d
	inside := make([]bool, len(r.hits))
	for _, hits := range r.spoken {
		for _, k := range hits {
			inside[k] = true
		}
	}
	for k := range r.hits {
		h := &r.hits[k]
		if inside[k] || h.heading || h.issue == doc.None {
			continue
		}
		g, st := r.governor(h, doc.None)
		if g == doc.None {
			continue
		}
		if subj := r.subject(g); subj != doc.None {
			if m := d.MentionOf(subj); m != doc.None {
				r.position(h.issue, doc.Position{
					Actor: d.Mentions[m].Actor, Stance: st, Statement: doc.None, Span: h.span, Confidence: 0.5,
				})
			}
		}
	}
}

// actStance is what an act by itself says of a topic in its content.
func actStance(a doc.Act) doc.Stance {
	switch a {
	case doc.ActSupport, doc.ActPraise, doc.ActAgree, doc.ActAccept:
		return doc.StanceSupports
	case doc.ActOppose, doc.ActReject, doc.ActCriticise:
		return doc.StanceOpposes
	case doc.ActDemand, doc.ActRequest, doc.ActUrge, doc.ActIntend, doc.ActHope, doc.ActAsk:
		return doc.StanceSeeks
	case doc.ActOffer, doc.ActPromise:
		return doc.StanceOffers
	}
	return doc.StanceDiscusses
}

// stance is what s makes of the topic at h: the nearest word above it that the
// table knows, else the act.
func (r *run) stance(s *doc.Statement, h *hit) doc.Stance {
	g, st := r.governor(h, s.Cue.Head)
	if g != doc.None && g != s.Cue.Head && r.othersWord(g, s) {
		return doc.StanceDiscusses
	}
	if g != doc.None {
		if g == s.Cue.Head && st == doc.StanceDiscusses {
			return flip(actStance(s.Cue.Act), s.Negated)
		}
		// Who demands that sanctions be lifted offers nothing.
		if st == doc.StanceOffers && actStance(s.Cue.Act) == doc.StanceSeeks {
			return doc.StanceSeeks
		}
		return st
	}
	return flip(actStance(s.Cue.Act), s.Negated)
}

func flip(st doc.Stance, negated bool) doc.Stance {
	if !negated {
		return st
	}
	switch st {
	case doc.StanceSupports, doc.StanceOffers:
		return doc.StanceOpposes
	case doc.StanceOpposes:
		return doc.StanceSupports
	}
	return doc.StanceDiscusses
}

// governor is the nearest word above h that the stance table knows, and what it
// makes of h; a necessity ("must", "should") on the way seeks what it governs.
// It looks no higher than the token stop.
func (r *run) governor(h *hit, stop int32) (int32, doc.Stance) {
	d := r.d
	needed, from := int32(doc.None), int32(doc.None)
	at := h.head
	for n := 0; n < 12 && at >= 0; n++ {
		if row, ok := r.row(at, from); ok && !h.span.Has(at) && (d.UPOS(at) == doc.VERB || d.UPOS(at) == doc.NOUN || d.UPOS(at) == doc.ADJ) {
			st := row.plain
			if r.denied(at) {
				st = row.negated
			} else if r.necessary(at) && (st == doc.StanceDiscusses || st == doc.StanceOffers) {
				st = doc.StanceSeeks
			}
			return at, st
		}
		if needed == doc.None && r.necessary(at) {
			needed = at
		}
		if at == stop {
			break
		}
		from, at = at, d.Head(at)
	}
	if needed != doc.None {
		return needed, doc.StanceSeeks
	}
	return doc.None, 0
}

// row is the row of the table for the word at i that governs the token from: of
// the word with its preposition ("call for"), else of the word alone.
func (r *run) row(i, from int32) (stance, bool) {
	if from != doc.None {
		if c := r.caseOf(from); c != "" {
			if row, ok := r.t.stances[r.low[i]+" "+c]; ok {
				return row, true
			}
		}
	}
	row, ok := r.t.stances[r.low[i]]
	return row, ok
}

// denied reports whether the word at i is negated, by itself or by a refusal
// above it: "will not accept", "refused to accept", "no longer supports".
func (r *run) denied(i int32) bool {
	d := r.d
	for c := range d.Children(i) {
		switch r.low[c] {
		case "not", "never", "no", "neither", "n't":
			return true
		}
	}
	if h := d.Head(i); h >= 0 && d.Deprel(i).Base() == doc.RelXcomp {
		switch r.low[h] {
		case "refuse", "decline", "fail", "stop", "cease":
			return true
		}
	}
	return false
}

// necessary reports whether i is under a modal of necessity.
func (r *run) necessary(i int32) bool {
	d := r.d
	for c := range d.Children(i) {
		if d.Deprel(c).Base() == doc.RelAux {
			switch r.low[c] {
			case "must", "should", "ought":
				return true
			}
		}
	}
	if h := d.Head(i); h >= 0 && d.Deprel(i).Base() == doc.RelXcomp {
		return r.low[h] == "have" || r.low[h] == "need"
	}
	return false
}

// subject is the subject of i, or of the verb that controls it, or None.
func (r *run) subject(i int32) int32 {
	d := r.d
	for n := 0; n < 5 && i >= 0; n++ {
		if s := d.Child(i, doc.RelNsubj); s >= 0 {
			return s
		}
		switch d.Deprel(i).Base() {
		case doc.RelXcomp, doc.RelConj, doc.RelAdvcl:
			i = d.Head(i)
		default:
			return doc.None
		}
	}
	return doc.None
}

// othersWord reports whether the word at g has a subject other than the source
// of s: "Berlin says that Rome opposes the plan" is no stance of Berlin's.
func (r *run) othersWord(g int32, s *doc.Statement) bool {
	d := r.d
	subj := d.Child(g, doc.RelNsubj)
	if subj < 0 {
		return false
	}
	// What another must do is what the source wants; and "his country" is the
	// source's own.
	if r.necessary(g) || r.possessed(subj) {
		return false
	}
	m := d.MentionOf(subj)
	if m == doc.None {
		return false
	}
	a := d.Mentions[m].Actor
	if a == s.Source.Actor || d.Mentions[m].Form == doc.FormPronoun && d.Feat(subj, "Person") == "1" {
		return false
	}
	if s.Source.Actor == doc.None {
		return true
	}
	// A minister speaks for the own country.
	src := d.Actors[s.Source.Actor]
	return src.Country == "" || src.Country != d.Actors[a].Country
}
