package statement

import (
	"slices"
	"strings"
	"unicode"

	"readout/doc"
)

// channels finds by what means each statement was made. What is said on with
// "he added" is said by the same means.
func (f *finder) channels(out []doc.Statement, within []int32) {
	// What another statement speaks of is no means of this one.
	mine := func(i int, c doc.Channel) bool {
		o := f.owner[c.Span.Begin]
		return o < 0 || o == within[i]
	}
	for i := range out {
		x := &f.out[i]
		if x.head < 0 || x.silence {
			continue
		}
		if c, ok := f.channelAt(x.head, x); ok && mine(i, c) {
			out[i].Channel = c
			continue
		}
		if x.rule != nil && (x.rule.frames&frameChannel != 0 || x.prep == "with") && f.sentPaper(x) {
			if c, ok := f.channelIn(f.d.HeadOf(x.content[0]), doc.RelObl); ok {
				out[i].Channel = c // sent a letter
				continue
			}
		}
		if h := f.d.Head(x.head); h >= 0 && !x.covers(h) && f.sharesChannel(x.head, h) {
			if c, ok := f.channelAt(h, x); ok && mine(i, c) {
				out[i].Channel = c
				continue
			}
		}
		if j := f.goesOn(i, out); j >= 0 && out[j].Channel.Kind != 0 {
			out[i].Channel = out[j].Channel
		}
	}
}

// occasions gives the statements of an actor around "Lee spoke at a press
// conference" that means: those of the sentence before and of the four after it
// that tell of no other.
func (f *finder) occasions(out []doc.Statement) {
	d := f.d
	for v := int32(0); v < int32(d.Len()); v++ {
		if d.UPOS(v) != doc.VERB || f.quoteAt[v] >= 0 || f.owner[v] >= 0 {
			continue
		}
		switch d.Lemma(v) {
		case "speak", "appear", "talk", "hold", "give", "address", "host", "brief":
		default:
			continue
		}
		sub := f.subject(v)
		if sub < 0 || f.negated(v) || f.passive(v) {
			continue
		}
		who := f.actorOf(sub, f.conjunct(sub))
		ch, ok := f.channelAt(v, &found{head: doc.None})
		if !ok || who < 0 {
			continue
		}
		if ch.Kind != doc.ChannelPressConference && ch.Kind != doc.ChannelBroadcast && ch.Kind != doc.ChannelInterview {
			continue
		}
		n := d.Tokens.Sent[v]
		for i := range out {
			s := &out[i]
			at := d.Tokens.Sent[f.out[i].start()]
			if s.Source.Actor == who && s.Channel.Kind == 0 && s.Within < 0 && s.Form != doc.SaidSilence && at >= n-1 && at <= n+4 {
				s.Channel = ch
			}
		}
	}
}

// sharesChannel: v is said by the means of its governor h: "appeared on
// television saying", "posted on X, adding".
func (f *finder) sharesChannel(v, h int32) bool {
	if !f.participle(v) && f.d.Deprel(v).Base() != doc.RelXcomp {
		return false
	}
	if o := f.d.Child(h, doc.RelObj); o >= 0 && f.t.channels[f.lowerForm(o)] != nil {
		return f.t.people[f.d.Lemma(o)] == paper // "issued a statement saying", not "left the meeting, saying"
	}
	return true
}

// sentPaper: what was sent or issued is itself a means of saying something.
func (f *finder) sentPaper(x *found) bool {
	if len(x.content) == 0 {
		return false
	}
	c, ok := f.channelIn(f.d.HeadOf(x.content[0]), doc.RelObl)
	return ok && (c.Kind == doc.ChannelWritten || c.Kind == doc.ChannelPost)
}

// goesOn is the statement that statement i adds to: "He added", "She went on".
func (f *finder) goesOn(i int, out []doc.Statement) int {
	switch out[i].Cue.Lemma {
	case "add", "continue", "go on", "conclude":
	default:
		return doc.None
	}
	if f.d.Tokens.Sent == nil {
		return doc.None
	}
	for j := i - 1; j >= 0 && j > i-8; j-- {
		if out[j].Within >= 0 || out[j].Form == doc.SaidSilence {
			continue
		}
		if out[j].Source.Actor == out[i].Source.Actor || out[i].Source.Actor < 0 {
			return j
		}
		return doc.None
	}
	return doc.None
}

// channelAt looks for a channel among what hangs by the verb v.
func (f *finder) channelAt(v int32, x *found) (doc.Channel, bool) {
	d := f.d
	if v == x.head {
		for _, p := range f.t.channels["~"+d.Lemma(v)] {
			return doc.Channel{Kind: p.channel, Text: d.Form(v), Span: doc.Span{Begin: v, End: v + 1}}, true
		}
	}
	for c := range d.Children(v) {
		covered := x.covers(c)
		switch d.Deprel(c).Base() {
		case doc.RelObl:
			p := f.preposition(c)
			if p < 0 {
				continue
			}
			switch d.Lemma(p) {
			case "on", "in", "at", "via", "through", "during", "by", "over", "to":
			default:
				continue
			}
		case doc.RelObj, doc.RelIobj, doc.RelNsubj:
		default:
			continue
		}
		if ch, ok := f.channelIn(c, d.Deprel(c).Base()); ok && !covered && !x.covers(ch.Span.Begin) {
			return ch, true
		}
		// "in a post on X", "in remarks at a rally": the first is taken; "told a
		// crowd at a rally" is found one step down.
		for g := range d.Children(c) {
			if g > c && d.Deprel(g).Base() == doc.RelNmod && d.Deprel(c).Base() != doc.RelNsubj {
				if ch, ok := f.channelIn(g, doc.RelObl); ok && !x.covers(ch.Span.Begin) {
					return ch, true
				}
			}
		}
	}
	return doc.Channel{}, false
}

// channelIn looks for a phrase of the table in the noun phrase of c.
func (f *finder) channelIn(c int32, rel doc.Deprel) (doc.Channel, bool) {
	d := f.d
	s := f.whole(c)
	if s.Len() > 12 {
		s = f.clip(s, doc.Span{Begin: c - 5, End: c + 6})
	}
	best := doc.Channel{}
	for i := s.Begin; i < s.End; i++ {
		for _, p := range f.t.channels[f.lowerForm(i)] {
			n := int32(len(p.words))
			if i-n+1 < s.Begin || !f.phraseAt(i-n+1, p.words) || int(n) < best.Span.Len() {
				continue
			}
			if p.words[0][0] >= 'A' && p.words[0][0] <= 'Z' && !f.capital(i-n+1) {
				continue
			}
			// A head, or a part of a name: "talks" in "peace talks committee" is none.
			if i != c && d.Head(i) != c && d.Head(i-n+1) != c {
				continue
			}
			if i < c && d.UPOS(c) == doc.NOUN && d.UPOS(i) == doc.NOUN {
				continue
			}
			if !channelFits(p.channel, rel) {
				continue
			}
			best = doc.Channel{Kind: p.channel, Span: doc.Span{Begin: i - n + 1, End: i + 1}}
		}
		if best.Kind != 0 && i > c {
			break
		}
	}
	if best.Kind == 0 {
		return best, false
	}
	if (rel == doc.RelObj || rel == doc.RelIobj) && best.Kind == doc.ChannelBroadcast {
		best.Kind = doc.ChannelInterview // told the BBC
	}
	for g := range d.Children(c) { // "joint statement", "rare interview"
		if r := d.Deprel(g).Base(); g < best.Span.Begin && best.Span.Has(c) && (r == doc.RelAmod || r == doc.RelCompound) {
			best.Span.Begin = f.left[g]
			break
		}
	}
	best.Text = strings.Join(strings.Fields(d.Slice(best.Span)), " ")
	return best, true
}

// channelFits: whom one can tell, and what can say something itself.
func channelFits(k doc.ChannelKind, rel doc.Deprel) bool {
	switch rel {
	case doc.RelObj, doc.RelIobj:
		return k == doc.ChannelPressConference || k == doc.ChannelBroadcast || k == doc.ChannelMeeting || k == doc.ChannelWritten || k == doc.ChannelPost
	case doc.RelNsubj:
		return k == doc.ChannelWritten || k == doc.ChannelPost || k == doc.ChannelLeak
	}
	return true
}

// phraseAt reports whether the words stand at token i, case disregarded but for
// single letters.
func (f *finder) phraseAt(i int32, words []string) bool {
	if i < 0 || int(i)+len(words) > f.d.Len() {
		return false
	}
	for k, w := range words {
		form := f.d.Form(i + int32(k))
		if !strings.EqualFold(form, w) || len(w) == 1 && unicode.IsUpper(rune(w[0])) && form != w {
			return false
		}
	}
	return true
}

// records says on what terms each statement was made.
func (f *finder) records(out []doc.Statement) {
	bySent := map[int32][]int{}
	for i := range out {
		if at := f.out[i].start(); out[i].Form != doc.SaidSilence {
			n := f.d.Tokens.Sent[at]
			bySent[n] = append(bySent[n], i)
		}
	}
	for i := int32(0); i < int32(f.d.Len()); i++ {
		for _, p := range f.t.records[f.lowerForm(i)] {
			if f.phraseAt(i, p.words) {
				f.record(i, p, bySent, out)
				break
			}
		}
	}
	for i := range out {
		s := &out[i]
		if s.Record != 0 || s.Form == doc.SaidSilence {
			continue
		}
		if j := f.goesOn(i, out); j >= 0 {
			s.Record = out[j].Record
			continue
		}
		switch s.Source.Standing {
		case doc.StandingAnonymous:
			s.Record = doc.RecordBackground
			if h := f.out[i].srcHead; h >= 0 { // who speaks for a body speaks openly, named or not
				switch f.d.Lemma(h) {
				case "spokesman", "spokeswoman", "spokesperson":
					s.Record = doc.RecordOn
				}
			}
		case doc.StandingNamed, doc.StandingCollective:
			s.Record = doc.RecordOn
		}
	}
}

// record applies the phrase p at token i to the statements of its sentence; when
// there is none ("The official spoke on condition of anonymity."), to those of
// the sentence before with an anonymous source.
func (f *finder) record(i int32, p phrase, bySent map[int32][]int, out []doc.Statement) {
	n := f.d.Tokens.Sent[i]
	near := bySent[n]
	alone := len(near) == 0
	if alone {
		near = append(append([]int(nil), bySent[n-1]...), bySent[n+1]...)
	}
	for _, k := range near {
		s := &out[k]
		if f.out[k].covers(i) || s.Record != 0 {
			continue
		}
		if p.record == doc.RecordBackground && s.Source.Standing == doc.StandingNamed || alone && s.Source.Standing != doc.StandingAnonymous {
			continue
		}
		s.Record = p.record
		if s.Channel.Kind == 0 && p.channel != 0 {
			span := doc.Span{Begin: i, End: i + int32(len(p.words))}
			s.Channel = doc.Channel{Kind: p.channel, Text: f.d.Slice(span), Span: span}
		}
	}
}

// times finds when each statement was made: the time that hangs by its cue.
func (f *finder) times(out []doc.Statement) {
	d := f.d
	k := 0
	byVerb := map[int32]int{}
	for ; k < len(d.Times); k++ {
		t := d.Times[k]
		if t.Set || t.Relation == doc.TimeUntil || t.Relation == doc.TimeBy {
			continue
		}
		for i, n := d.HeadOf(t.Span), 0; i >= 0 && n < 4; i, n = d.Head(i), n+1 {
			if d.UPOS(i) == doc.VERB {
				if _, ok := byVerb[i]; !ok {
					byVerb[i] = k
				}
				break
			}
		}
	}
	for i := range out {
		x := &f.out[i]
		if x.head < 0 {
			continue
		}
		at, ok := byVerb[x.head]
		if h := d.Head(x.head); !ok && h >= 0 && d.UPOS(h) == doc.VERB && !x.covers(h) && (f.participle(x.head) || d.Deprel(x.head) == doc.RelXcomp) {
			at, ok = byVerb[h]
		}
		if !ok && out[i].Channel.Kind != 0 { // "in a letter released on Thursday"
			h := d.HeadOf(out[i].Channel.Span)
			at = slices.IndexFunc(d.Times, func(t doc.Time) bool { return f.whole(h).Covers(t.Span) })
			ok = at >= 0 && !d.Times[at].Set
		}
		if ok && !overlapsAny(d.Times[at].Span, x.content) {
			t := d.Times[at]
			out[i].Time = &t
		}
	}
}
