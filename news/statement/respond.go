package statement

import (
	"readout/doc"
)

// lookBack is how many statements back an answer may lie.
const lookBack = 25

// respond finds what each answer answers: a silence the announcement it leaves
// unanswered, a rejection the claim it rejects.
func (f *finder) respond(out []doc.Statement) {
	for i := range out {
		s := &out[i]
		silence := s.Form == doc.SaidSilence
		if !silence && !f.answers(i, s) {
			continue
		}
		if j := f.answered(i, out, silence); j >= 0 {
			s.RespondsTo = []doc.StatementID{doc.StatementID(j)}
		}
	}
}

// answers reports whether statement i answers another one: by its verb ("he
// replied"), by its words ("in response"), or by what it rejects ("dismissed
// her claim").
func (f *finder) answers(i int, s *doc.Statement) bool {
	switch s.Cue.Lemma {
	case "respond", "reply", "answer", "retort", "counter", "rebut", "refute", "hit back", "fire back", "shoot back":
		return true
	}
	if f.out[i].head < 0 {
		return false
	}
	for c := range f.d.Children(f.out[i].head) {
		switch f.d.Lemma(c) {
		case "response", "reaction", "answer", "reply":
			return f.d.Deprel(c).Base() == doc.RelObl
		case "react", "respond":
			return f.d.Deprel(c).Base() == doc.RelAdvcl
		}
	}
	switch s.Cue.Act {
	case doc.ActReject, doc.ActDeny, doc.ActAccept, doc.ActOppose, doc.ActAgree, doc.ActCriticise, doc.ActSupport, doc.ActPraise, doc.ActConfirm:
		return f.saysOf(i) >= 0 || s.Within < 0 && s.Cue.Act != doc.ActSupport && s.Cue.Act != doc.ActPraise && f.bareSaying(i)
	}
	return false
}

// bareSaying: what is rejected or confirmed is "that", "it" or "the charge":
// something just said.
func (f *finder) bareSaying(i int) bool {
	d := f.d
	if len(f.out[i].content) != 1 || f.out[i].content[0].Len() > 2 {
		return false
	}
	t := f.out[i].content[0].End - 1
	switch d.UPOS(t) {
	case doc.PRON:
		switch f.lowerForm(t) {
		case "that", "this", "it":
			return true
		}
	case doc.NOUN:
		w := f.t.cues[d.Lemma(t)]
		return f.out[i].content[0].Len() == 2 && (w != nil && w[posNoun] != nil || f.t.people[d.Lemma(t)] == paper)
	}
	return false
}

// saysOf is the actor whose saying statement i speaks of: X in "rejected X's
// claim", None when it speaks of no saying.
func (f *finder) saysOf(i int) doc.ActorID {
	d := f.d
	for _, c := range f.out[i].content {
		for t := c.Begin; t < c.End && t < c.Begin+12; t++ {
			w := f.t.cues[d.Lemma(t)]
			if d.UPOS(t) != doc.NOUN || w == nil || w[posNoun] == nil {
				continue
			}
			for g := range d.Children(t) {
				if d.Deprel(g).Base() != doc.RelNmod && d.Deprel(g).Base() != doc.RelCompound {
					continue
				}
				if a := f.actorOf(g, f.whole(g)); a >= 0 {
					return a
				}
			}
		}
	}
	return doc.None
}

// answered is the statement that statement i answers: the last before it by
// someone it names, else by anybody else; None without one.
func (f *finder) answered(i int, out []doc.Statement, silence bool) int {
	d := f.d
	named := map[doc.ActorID]bool{}
	x := &f.out[i]
	from := x.src
	if silence {
		sent := d.SentenceOf(x.cue.Begin)
		for _, m := range d.MentionsIn(doc.Span{Begin: x.cue.End, End: sent.End}) {
			named[d.Mentions[m].Actor] = true
		}
	} else if a := f.saysOf(i); a >= 0 {
		named[a] = true
	}
	me := out[i].Source.Actor
	last, anybody := doc.None, doc.None
	for j := i - 1; j >= 0 && j >= i-lookBack; j-- {
		y := &out[j]
		if y.Form == doc.SaidSilence || y.Source.Actor >= 0 && y.Source.Actor == me || y.Source.Span == from {
			continue
		}
		if y.Within >= 0 && !named[y.Source.Actor] {
			continue
		}
		if named[y.Source.Actor] && y.Source.Actor >= 0 {
			if y.Cue.Act == doc.ActAnnounce || y.Cue.Act == doc.ActOffer || y.Cue.Act == doc.ActSay {
				return j
			}
			if last < 0 {
				last = j
			}
		}
		if anybody < 0 && y.Within < 0 && y.Source.Standing != doc.StandingUnattributed {
			anybody = j
		}
	}
	if last >= 0 {
		return last
	}
	if len(named) > 0 && !silence {
		return doc.None
	}
	return anybody
}
